"""Lakeside moves to an installation with other keys: its people open and find there what they did here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from carebase.phi import keys
from tests.tenants.conftest import HARBOR, LAKESIDE, Database
from tests.tenants.sealed.conftest import CANARY, Installations, found, opened

ROWS = """
select 'people' as kind, org_id, id, version, created_at, created_by, updated_at, updated_by
from public.sealed_people where org_id = %(org)s
union all
select 'notes', org_id, id, version, created_at, created_by, updated_at, updated_by
from public.sealed_notes where org_id = %(org)s
union all
select 'guests', null, guests.id, guests.version, guests.created_at, guests.created_by, guests.updated_at,
  guests.updated_by
from public.sealed_guests as guests inner join public.ward_stays as stays on stays.guest_id = guests.id
where stays.org_id = %(org)s
order by 1, 3
"""
STALE = """
select count(*) as n from (
  select family_name from public.sealed_people union all select birth_date from public.sealed_people
  union all select history from public.sealed_people union all select note from public.sealed_notes
  union all select guest_name from public.sealed_guests union all select story from public.sealed_guests
) as v (sealed)
left join app.data_keys as k on k.id = encode(substr(v.sealed, 2, 16), 'hex')::uuid and k.retired_at is null
where v.sealed is not null and k.id is null
"""
KEYS = "select id, wrapped_key from app.data_keys where wrapped_key is not null order by id"


def rows(database: Database) -> list[dict[str, object]]:
    with psycopg.connect(database.url, row_factory=dict_row) as conn:
        return conn.execute(ROWS, {"org": database.org(LAKESIDE)}).fetchall()


@dataclass(frozen=True)
class Moved:
    """A move that is done: what could be opened and what keys there were before it, what was told of it."""

    ward: Installations
    before: dict[str, list[tuple[Any, ...]]]
    keys: list[dict[str, Any]]
    events: list[dict[str, Any]]


@pytest.fixture(scope="module")
def moved(still_ward: Installations) -> Moved:
    """What is only looked at afterwards moves once."""
    before, keys_before = opened(still_ward.source, "nadia"), still_ward.source.rows(KEYS)
    still_ward.move()
    events = still_ward.target.rows("select operation, changes from public.audit_events")
    return Moved(still_ward, before, keys_before, events)


def test_the_same_people_open_and_find_the_same(moved: Moved) -> None:
    ward, before = moved.ward, moved.before
    assert [len(each) for each in before.values()] == [6, 3, 3]
    assert all(CANARY in str(row) for row in before["sealed_guests"])
    assert opened(ward.target, "nadia") == before
    assert rows(ward.target) == rows(ward.source)
    guest = before["sealed_guests"][1][1]
    for table, value in (("sealed_people", f"{CANARY} nadia3"), ("sealed_guests", guest.upper())):
        there = found(ward.target, "nadia", table, value)
        assert len(there) == 1
        assert there == found(ward.source, "nadia", table, value)
        assert found(ward.target, "nadia", table, CANARY) == []


def test_every_value_is_under_a_key_of_the_new_installation(moved: Moved) -> None:
    ward, before = moved.ward, moved.keys
    assert ward.target.value(STALE) == 0
    there = ward.target.rows(KEYS)
    assert {key["id"] for key in there}.isdisjoint(key["id"] for key in before)
    # The organization's, three residents', three guests'; to find by: the organization's, the installation's.
    assert len(there) == 1 + 3 + 3 + 2
    assert ward.source.rows(KEYS) == before, "an export changes no key"


def test_it_leaves_one_event_and_none_per_value(moved: Moved) -> None:
    events = moved.events
    assert [event["operation"] for event in events] == ["carebase org import"]
    assert set(events[0]["changes"]) == {"transfer_key_id"}


def test_people_go_on_writing_and_rotation_goes_on(ward: Installations) -> None:
    ward.move()
    before = opened(ward.target, "nadia")
    keys.rotate(ward.target.url)
    keys.reseal(ward.target.url)
    assert opened(ward.target, "nadia") == before
    assert ward.target.value(STALE) == 0


@pytest.mark.parametrize("reseal", [False, True])
def test_it_compares_equal_whatever_key_seals_here_or_there(ward: Installations, reseal: bool) -> None:
    path = ward.export()
    ward.load(path)
    for database in (ward.source, ward.target):
        keys.rotate(database.url)
        if reseal:
            keys.reseal(database.url)
    assert ward.differences(path) == []
    assert ward.back().differences(path) == []
    assert ward.load(path).is_unchanged
    ward.introduce()
    ward.target.rows(
        "update public.sealed_people set birth_date = app.plain(date '1960-01-01')"
        " where id = (select max(id::text)::uuid from public.sealed_people where birth_date is not null)"
    )
    assert [each.table for each in ward.differences(path)] == ["public.sealed_people"]


def test_while_the_source_changes_its_keys_everything_moves(ward: Installations) -> None:
    keys.rotate(ward.source.url)
    ward.source.rows(
        "update public.sealed_people set history = app.plain('{}'::jsonb)"
        " where id = (select max(id::text)::uuid from public.sealed_people where history is not null)"
    )
    before = opened(ward.source, "nadia")
    ward.move()
    assert opened(ward.target, "nadia") == before


def test_two_organizations_one_after_the_other_share_a_guest(ward: Installations) -> None:
    before = {name: opened(ward.source, name) for name in ("nadia", "hana")}
    ward.move(HARBOR)
    shared = ward.target.rows("select id, guest_name from public.sealed_guests order by id")
    assert len(shared) == 2
    ward.target.rows("update public.sealed_guests set story = app.plain('{\"new\": 1}'::jsonb)")
    ward.move(LAKESIDE)
    for row in shared:
        there = ward.target.rows("select id, guest_name from public.sealed_guests where id = %s", row["id"])
        assert there == [row], "who is there keeps what is there"
    assert opened(ward.target, "hana")["sealed_people"] == before["hana"]["sealed_people"]
    lakesides = opened(ward.target, "nadia")
    assert lakesides["sealed_people"] == before["nadia"]["sealed_people"]
    assert lakesides["sealed_notes"] == before["nadia"]["sealed_notes"]
    assert [row[1] for row in lakesides["sealed_guests"]] == [
        row[1] for row in before["nadia"]["sealed_guests"]
    ]
    assert sum(row[2] == {"new": 1} for row in lakesides["sealed_guests"]) == 1
    indexes = "select count(distinct id) from app.data_keys where org_id is null and purpose = 'index'"
    assert ward.target.value(indexes) == 1
    for guest_id, name, _ in lakesides["sealed_guests"]:
        assert found(ward.target, "nadia", "sealed_guests", name) == [guest_id]


def test_what_was_destroyed_moves_unreadable_and_stays_destroyed(ward: Installations) -> None:
    guest = ward.source.value(
        "select min(guest_id::text)::uuid from public.ward_stays where org_id = %s",
        ward.source.org(LAKESIDE),
    )
    resident = ward.source.value(
        "select min(resident_id::text)::uuid from public.sealed_notes where org_id = %s",
        ward.source.org(LAKESIDE),
    )
    keys.destroy(ward.source.url, None, guest)
    keys.destroy(ward.source.url, LAKESIDE, resident)
    before = opened(ward.source, "nadia")
    assert (guest, None, None) in before["sealed_guests"]
    path = ward.export()
    ward.load(path)
    ward.introduce()
    assert opened(ward.target, "nadia") == before
    assert ward.differences(path) == []
    assert ward.load(path).is_unchanged
    for database in (ward.source, ward.target):
        gone = database.rows("select subject_id, destroyed_at from app.data_keys where wrapped_key is null")
        assert {row["subject_id"] for row in gone} == {guest, resident}
    with pytest.raises(psycopg.errors.ObjectNotInPrerequisiteState):
        ward.target.rows(
            "update public.sealed_guests set story = app.plain('{}'::jsonb) where id = %s", guest
        )


def test_the_source_is_destroyed_after_the_export(ward: Installations) -> None:
    before = opened(ward.source, "nadia")
    path = ward.export()
    keys.destroy(ward.source.url, LAKESIDE, None)
    assert all(row[1:] == (None, None, None) for row in opened(ward.source, "nadia")["sealed_people"])
    ward.load(path)
    ward.introduce()
    assert opened(ward.target, "nadia") == before
