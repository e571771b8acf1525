"""Who may do anything in the database, every trigger asleep, changes the trail: it is always found.

By default some hundreds of random ways; `CAREBASE_TAMPERINGS=10000` tries as many as the trail is judged by.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from tests.audit import tampering
from tests.audit.conftest import Trail
from tests.audit.tampering import Event, Found, Sealed

COUNT = int(os.environ.get("CAREBASE_TAMPERINGS", "300"))
_VERIFY = """
select org_id, seal_number, event_id, fault from app.verify_audit() where fault is not null
union all
select * from app.verify_audit_checkpoint(%s)
"""
_EVENTS = """
select contents.org_id, sealed.id from app.audit_contents as contents
cross join unnest(contents.event_ids) with ordinality as sealed (id, place)
order by contents.org_id, contents.number, sealed.place
"""


@pytest.fixture
def sealed(trail: Trail) -> Iterator[tuple[Sealed, str]]:
    """A trail of two organizations and none, in six runs, and its checkpoint."""
    trail.seal()
    for count in (1, 4, 2, 7, 3):
        trail.write(trail.lakeside, count)
        trail.write(trail.harbor, 2)
        trail.seal()
    checkpoint = json.dumps(trail.value("select app.audit_checkpoint()"))
    assert trail.rows(_VERIFY, checkpoint) == []
    with psycopg.connect(trail.superuser, row_factory=dict_row) as conn:
        conn.execute("set session_replication_role = replica")
        conn.execute("set timezone = 'UTC'")
        yield read(conn), checkpoint
        conn.rollback()


def read(conn: psycopg.Connection[dict[str, Any]]) -> Sealed:
    """What there is to tamper with."""
    events = [Event(row["org_id"], row["id"]) for row in conn.execute(_EVENTS).fetchall()]
    seals = conn.execute("select org_id, number from app.audit_seals order by 1, 2").fetchall()
    runs = conn.execute("select count(*) from app.audit_runs").fetchone()
    assert runs
    return Sealed(conn, events, [(row["org_id"], row["number"]) for row in seals], runs["count"])


def fits(row: dict[str, Any], wanted: Found) -> bool:
    """Whether a finding says what and where it was."""
    return (
        row["fault"] in wanted.faults
        and wanted.event_id in (None, row["event_id"])
        and wanted.number in (None, row["seal_number"])
    )


def test_every_tampering_is_found_and_named(sealed: tuple[Sealed, str]) -> None:
    trail, checkpoint = sealed
    random = Random(20260101)
    tried: Counter[str] = Counter()
    for _ in range(COUNT):
        way = random.choice(tampering.ALL)
        trail.conn.execute("savepoint untouched")
        wanted = way(trail, random)
        found = trail.conn.execute(_VERIFY, [checkpoint]).fetchall()
        assert any(fits(row, wanted) for row in found), f"{way.__name__}: wanted {wanted}, found {found}"
        trail.conn.execute("rollback to savepoint untouched")
        trail.conn.execute("release savepoint untouched")
        tried[way.__name__] += 1
    assert len(tried) == len(tampering.ALL)
    assert trail.conn.execute(_VERIFY, [checkpoint]).fetchall() == []
