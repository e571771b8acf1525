"""room.toml: the order of rooms, and a sentence with file and key for each mistake."""

from __future__ import annotations

from itertools import pairwise

import pytest

from carebase.db.rooms import load_rooms
from carebase.problems import UsageProblem
from carebase.project import Project
from tests.db.conftest import House


def test_kernel_rooms_come_first_and_each_room_after_those_it_uses(house: House) -> None:
    house.room("attic", kind="domain", uses=("zoo",))
    house.room("zoo", kind="domain")
    house.room("ground", uses=("base",))
    assert [room.name for room in load_rooms(house.project)] == ["base", "ground", "zoo", "attic"]


def test_the_rooms_of_this_house(project: Project) -> None:
    names = [room.name for room in load_rooms(project)]
    assert names[:2] == ["platform", "tenancy"]
    assert names.index("people") < names.index("resilience")


def test_a_matrix_is_read_as_it_is_written(house: House) -> None:
    house.room("base", extra='[tables."app.links"]\nbelongs_to = "nobody"\nmutable = false\n')
    room = load_rooms(house.project)[0]
    assert room.qualified("app.links") == ("app", "links")
    assert room.qualified("links") == ("public", "links")
    assert room.tables["app.links"].mutable is False


@pytest.mark.parametrize(
    ("extra", "sentence"),
    [
        ("[tables.x]\nbelongs_to = 'somebody'\n", "sql/base/room.toml: tables.x.belongs_to: Input should be"),
        (
            "[tables.x]\nbelongs_to = 'nobody'\ncolour = 1\n",
            "tables.x.colour: Extra inputs are not permitted",
        ),
        (
            "[tables.x]\nbelongs_to = 'nobody'\nmutable = 'no'\n",
            "tables.x.mutable: Input should be a valid boolean",
        ),
        ("[tables.'x y']\nbelongs_to = 'nobody'\n", "tables.x y: String should match pattern"),
        ("[tables.x.access]\nnurse = { truncate = 'own' }\n", "tables.x.access.nurse.truncate"),
        (
            "[tables.x]\nbelongs_to = 'nobody'\nlink = { table = 'a', column = 'b' }\n",
            "tables.x.link: only a table that belongs to a person is linked",
        ),
        ("[tables\n", "sql/base/room.toml: not valid TOML"),
        ("[hall]\n", "hall: Extra inputs are not permitted"),
    ],
)
def test_a_wrong_key_is_named(house: House, extra: str, sentence: str) -> None:
    house.room("base", extra=extra)
    with pytest.raises(UsageProblem, match="base") as caught:
        load_rooms(house.project)
    assert sentence in caught.value.message


def test_an_unknown_room_is_refused(house: House) -> None:
    house.room("zoo", kind="domain", uses=("cellar",))
    with pytest.raises(UsageProblem, match=r"sql/zoo/room.toml: room.uses: there is no room 'cellar'"):
        load_rooms(house.project)


def test_a_circle_is_refused_and_drawn(house: House) -> None:
    house.room("one", kind="domain", uses=("two",))
    house.room("two", kind="domain", uses=("three",))
    house.room("three", kind="domain", uses=("one",))
    with pytest.raises(UsageProblem) as caught:
        load_rooms(house.project)
    drawn = caught.value.message.removeprefix("Rooms use each other in a circle: ").removesuffix(".")
    circle = drawn.split(" uses ")
    assert set(pairwise(circle)) == {("one", "two"), ("two", "three"), ("three", "one")}


def test_a_kernel_room_may_not_use_a_domain_room(house: House) -> None:
    house.room("zoo", kind="domain")
    house.room("base", uses=("zoo",))
    with pytest.raises(UsageProblem, match="a kernel room may not use the domain room 'zoo'"):
        load_rooms(house.project)


def test_a_folder_without_room_file_is_refused(house: House) -> None:
    (house.project.sql / "shed").mkdir()
    with pytest.raises(UsageProblem, match=r"sql/shed/room.toml: is missing"):
        load_rooms(house.project)


def test_a_room_is_named_like_its_folder(house: House) -> None:
    (house.project.sql / "base" / "room.toml").rename(house.project.sql / "moved.toml")
    house.room("shed")
    (house.project.sql / "moved.toml").rename(house.project.sql / "base" / "room.toml")
    text = (
        (house.project.sql / "base" / "room.toml").read_text(encoding="utf-8").replace('"base"', '"cellar"')
    )
    (house.project.sql / "base" / "room.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageProblem, match=r"room.name is 'cellar', the folder 'base'"):
        load_rooms(house.project)
