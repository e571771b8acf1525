"""A matrix that says what it may not: a sentence with file and key, and nothing is written."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from carebase.access import compile_rooms
from carebase.problems import UsageProblem
from tests.access.conftest import House

MISTAKES = tomllib.loads((Path(__file__).parent / "mistakes.toml").read_text(encoding="utf-8"))["mistake"]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda one: one["new"] or one["old"])
def test_a_mistake_is_named_by_file_and_key(house: House, mistake: dict[str, str]) -> None:
    compile_rooms(house.project)
    house.replace("sql/ward/room.toml", mistake["old"], mistake["new"])
    if "ward_wards" in mistake["new"]:
        house.replace("sql/ward/room.toml", "[tables.ward_words.access]", "[tables.ward_wards.access]")
    before = {path: path.read_bytes() for path in house.project.sql.rglob("*.sql")}
    with pytest.raises(UsageProblem) as caught:
        compile_rooms(house.project)
    assert caught.value.code == "matrix_invalid"
    assert caught.value.message.startswith(mistake["says"])
    assert {path: path.read_bytes() for path in house.project.sql.rglob("*.sql")} == before


def test_a_column_without_readers_is_refused(house: House) -> None:
    house.replace("sql/ward/room.toml", 'blood = ["nurse"]', "blood = []")
    with pytest.raises(UsageProblem, match=r"ward/room\.toml: tables\.ward_guests\.columns\.blood"):
        compile_rooms(house.project)


def test_a_key_of_several_columns_cannot_be_asked_for(house: House) -> None:
    house.replace(
        "sql/ward/tables/ward_notes.sql", "primary key (org_id, id)", "primary key (org_id, id, title)"
    )
    with pytest.raises(UsageProblem, match=r"tables\.ward_notes\.columns: restricted columns need a key"):
        compile_rooms(house.project)


def test_a_table_that_is_no_sql_is_named(house: House) -> None:
    house.replace("sql/ward/tables/ward_words.sql", "create table", "create tabel")
    with pytest.raises(UsageProblem, match=r"sql/ward/tables/ward_words\.sql: syntax error"):
        compile_rooms(house.project)
