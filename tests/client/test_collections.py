"""Rows of a table through the typed client: pages, changes that collide, rollback data, envelopes."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from carebase import AsyncCarebase
from carebase.client.envelope import enveloped, enveloped_async
from carebase.client.functions.tenancy import REMOVE_ROOMS
from carebase.client.query import page_request
from carebase.errors import CarebaseError, Conflict, InvalidInput, NotFound, PermissionDenied
from carebase.models import CareHome, Room, Site
from tests.api.conftest import PASSWORD, Api, Person


@pytest.fixture(scope="module")
def lakeside(make_org: Callable[..., UUID]) -> UUID:
    return make_org("collections")


@pytest.fixture(scope="module")
def home(api: Api, lakeside: UUID) -> UUID:
    with psycopg.connect(api.db_url) as conn:
        [(site,)] = conn.execute(
            "insert into public.sites (org_id, kind, name) values (%s, 'care_home', 'The Elms') returning id",
            [lakeside],
        ).fetchall()
    return UUID(str(site))


@pytest.fixture(scope="module")
def ada(make_person: Callable[..., Person], lakeside: UUID) -> Person:
    return make_person("admin", lakeside)


@pytest.fixture
def client(api: Api, make_client: Callable[..., Any], ada: Person) -> Any:
    made = make_client(api.url, api.publishable_key)
    made.sign_in(ada.email, PASSWORD)
    return made


@pytest.fixture
def rooms(client: Any) -> Any:
    return client.collection(Room, archive=REMOVE_ROOMS)


def test_a_room_is_made_read_changed_and_removed(rooms: Any, home: UUID) -> None:
    made = rooms.create(site_id=home, name=f"Room {uuid4()}")
    assert isinstance(made, Room)
    assert rooms.get(made.id) == made
    changed = rooms.update(made, floor="First floor")
    assert (changed.floor, changed.version) == ("First floor", made.version + 1)
    rooms.archive(made.id)
    with pytest.raises(NotFound):
        rooms.get(made.id)


def test_pages_hold_every_row_once_whatever_is_added_meanwhile(rooms: Any, home: UUID) -> None:
    floor = f"Floor {uuid4()}"
    names = [f"{letter} {floor}" for letter in "FBDACE"]
    for name in names:
        rooms.create(site_id=home, name=name, floor=floor)
    found = []
    after = None
    for number in range(3):
        page = rooms.list({"floor": floor}, order="name", limit=2, after=after)
        found += [room.name for room in page.items]
        after = page.next
        rooms.create(site_id=home, name=f"A{number} {floor}", floor=floor)
    assert after is None
    assert found == sorted(names)
    newest = rooms.list({"floor": floor}, order="-created_at", limit=3)
    assert [room.name[:2] for room in newest.items] == ["A2", "A1", "A0"]


def test_whoever_was_slower_learns_of_it_and_goes_back(rooms: Any, home: UUID) -> None:
    read = rooms.create(site_id=home, name=f"Room {uuid4()}", floor="1")
    mine = rooms.change(read, floor="2")
    assert (mine.before.floor, mine.expected.floor) == ("1", "2")
    theirs = rooms.update(read, floor="3")
    with pytest.raises(Conflict) as caught:
        mine.send()
    assert caught.value.details == {"version": theirs.version}
    assert rooms.get(read.id).floor == "3"
    rooms.archive(read.id)
    with pytest.raises(NotFound):
        mine.send()


def test_what_is_wrong_is_said_before_anything_is_sent(rooms: Any, client: Any) -> None:
    attempts: tuple[Callable[[], Any], ...] = (
        lambda: rooms.list(order="colour"),
        lambda: rooms.list(order="floor"),
        lambda: rooms.list(limit=501),
        lambda: rooms.list(after="nonsense"),
        lambda: rooms.create(),
        lambda: client.collection(Site).archive(uuid4()),
    )
    for attempt in attempts:
        with pytest.raises(InvalidInput):
            attempt()


def test_a_page_of_another_order_is_none(rooms: Any, home: UUID) -> None:
    for _ in range(2):
        rooms.create(site_id=home, name=f"Room {uuid4()}")
    page = rooms.list({"site_id": home}, order="name", limit=1)
    with pytest.raises(InvalidInput) as caught:
        rooms.list({"site_id": home}, order="-created_at", limit=1, after=page.next)
    assert caught.value.field == "after"


def test_values_in_a_cursor_are_quoted() -> None:
    cursor = _cursor('a",b.(c)\\', UUID(int=1))
    (_, behind), *_ = [pair for pair in page_request(Room, None, "name", 5, cursor).params if pair[0] == "or"]
    assert behind == (
        '(name.gt."a\\",b.(c)\\\\",and(name.eq."a\\",b.(c)\\\\",id.gt.00000000-0000-0000-0000-000000000001))'
    )


def test_those_who_may_not_are_refused(
    api: Api, make_client: Callable[..., Any], make_person: Callable[..., Person], lakeside: UUID, home: UUID
) -> None:
    nurse = make_client(api.url, api.publishable_key)
    nurse.sign_in(make_person("nurse", lakeside).email, PASSWORD)
    with pytest.raises(PermissionDenied):
        nurse.collection(Room).create(site_id=home, name="Mine")


def test_a_care_home_with_its_rooms_and_beds(client: Any) -> None:
    name = f"Home {uuid4()}"
    home = client.care_homes.create(name=name, time_zone="Europe/London")
    assert isinstance(home, CareHome)
    assert client.care_homes.list({"name": name}, order="name").items == [home]
    room = client.care_homes.rooms.create(site_id=home.id, name="12")
    bed = client.care_homes.beds.create(site_id=home.id, room_id=room.id, name="A")
    assert client.care_homes.beds.list({"room_id": room.id}).items == [bed]
    closed = client.care_homes.update(home, is_active=False)
    assert closed.is_active is False
    client.care_homes.archive(home.id)
    with pytest.raises(NotFound):
        client.care_homes.get(home.id)


def test_an_envelope_holds_data_or_the_reason_why_not(api: Api, ada: Person) -> None:
    async def ask() -> None:
        async with AsyncCarebase(api.url, api.publishable_key) as client:
            await client.sign_in(ada.email, PASSWORD)
            rooms = client.collection(Room)
            good = await enveloped_async(rooms.list(limit=1))
            assert good.error is None
            assert good.data is not None
            assert good.meta["count"] == len(good.data)
            bad = await enveloped_async(rooms.get(uuid4()))
            assert bad.data is None
            assert bad.error is not None
            assert (bad.error.code, bad.error.message) == (
                "not_found",
                "There is no such row, or none that you can see.",
            )

    asyncio.run(ask())

    def refused() -> None:
        raise CarebaseError("No.")

    assert enveloped(refused).error is not None
    assert enveloped(lambda: 7).data == 7


def _cursor(name: str, key: UUID) -> str:
    return base64.urlsafe_b64encode(json.dumps(["name", name, str(key)]).encode()).decode()
