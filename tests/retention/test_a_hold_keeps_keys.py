"""What is held is not made unreadable either: its key cannot be destroyed as long as the hold is there."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from carebase.phi import keys
from carebase.problems import DatabaseProblem
from tests.retention.conftest import Archive


def make_keys(archive: Archive, person: UUID) -> str:
    """A key of the organization, one of a person in it, one of the person; the organization's slug."""
    with archive.conn.transaction():
        for org, subject in ((archive.org, None), (archive.org, person), (None, person)):
            archive.conn.execute("select app.sealing_key('seal', %s, %s)", [org, subject])
        archive.conn.execute("select app.sealing_key('index', %s, null)", [archive.org])
    row = archive.conn.execute(
        "select slug from public.organizations where id = %s", [archive.org]
    ).fetchone()
    assert row
    slug: str = row[0]
    return slug


def make_nurse(archive: Archive) -> UUID:
    person = archive.town.make_person()
    archive.town.give(person, archive.org, "nurse")
    return person


def test_a_hold_on_the_organization_keeps_its_keys(archive: Archive) -> None:
    person, another = make_nurse(archive), make_nurse(archive)
    slug = make_keys(archive, person)
    hold = archive.hold(archive.conn)
    with pytest.raises(DatabaseProblem, match="legal hold"):
        keys.destroy(archive.url, slug, None)
    with pytest.raises(DatabaseProblem, match="legal hold"):
        keys.destroy(archive.url, slug, person)
    archive.release(archive.conn, hold)

    about = archive.hold(archive.conn, about=another)
    with pytest.raises(DatabaseProblem, match="legal hold"):
        keys.destroy(archive.url, slug, None)  # it opens what is about that other person, too
    assert keys.destroy(archive.url, slug, person) == 1
    archive.release(archive.conn, about)
    assert keys.destroy(archive.url, slug, None) == 2


def test_a_hold_on_a_person_keeps_theirs_wherever_it_is(archive: Archive) -> None:
    held, free = make_nurse(archive), make_nurse(archive)
    make_keys(archive, held)
    make_keys(archive, free)
    hold = archive.hold(archive.conn, about=held)
    with pytest.raises(DatabaseProblem, match="legal hold"):
        keys.destroy(archive.url, None, held)
    assert keys.destroy(archive.url, None, free) == 2
    archive.release(archive.conn, hold)
    assert keys.destroy(archive.url, None, held) == 2


def test_keys_are_rotated_and_indexes_replaced_all_the_same(archive: Archive) -> None:
    make_keys(archive, uuid4())
    archive.hold(archive.conn)
    rotated = archive.conn.execute("select app.rotate_data_keys(%s, now(), 100)", [archive.org])
    assert rotated.fetchone() == (3,)
    keys.reseal(archive.url)
    left = archive.conn.execute(
        "select count(*) from app.data_keys where org_id = %s and purpose = 'index' and destroyed_at is null",
        [archive.org],
    )
    assert left.fetchone() == (1,)
