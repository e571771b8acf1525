"""Partitions are made ahead, take over what came too early, and go as a whole once they are old."""

from __future__ import annotations

import psycopg
import pytest

from tests.audit.conftest import Trail

_OLD = (
    "insert into public.audit_events (org_id, occurred_at, action, database_role)"
    " select %s, '2018-05-10 12:00+00'::timestamptz + day * interval '1 day', 'read', 'test'"
    " from generate_series(0, 40) as day"
)


def partitions(trail: Trail) -> list[str]:
    rows = trail.rows("select name from app.audit_partitions() order by from_date")
    return [row["name"] for row in rows]


def test_partitions_are_made_ahead_once(trail: Trail) -> None:
    assert trail.value("select app.make_audit_partitions()") == 0
    assert trail.value("select app.make_audit_partitions(5)") == 2
    assert trail.value("select count(*) from app.audit_events_default") == 0
    assert trail.value("select count(*) from public.audit_events") > 0


def test_what_no_partition_was_made_for_becomes_one(trail: Trail) -> None:
    trail.rows(_OLD, trail.lakeside)
    assert trail.value("select count(*) from app.audit_events_default") == 41
    trail.rows("select app.make_audit_partitions()")
    assert trail.value("select count(*) from app.audit_events_default") == 0
    assert partitions(trail)[0] == "audit_events_2018_05"
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        trail.rows("truncate app.audit_events_2018_05")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        trail.rows("delete from app.audit_events_2018_05")
    open_tables = trail.rows(
        "select relname from pg_class where relnamespace = 'app'::regnamespace and relkind in ('r', 'p')"
        " and not (relrowsecurity and relforcerowsecurity)"
    )
    assert open_tables == []


def test_old_months_go_and_the_chain_still_verifies(trail: Trail) -> None:
    trail.rows(_OLD, trail.lakeside)
    trail.rows("select app.make_audit_partitions()")
    with pytest.raises(psycopg.errors.ObjectNotInPrerequisiteState):
        trail.rows("select app.drop_audit_months('2018-07-01')")
    trail.seal()
    trail.write(trail.lakeside)
    trail.seal()
    assert trail.value("select app.drop_audit_months('2018-06-01')") == 0
    assert trail.value("select app.drop_audit_months('2018-07-01')") == 2
    assert trail.value("select app.drop_audit_months('2018-07-01')") == 0
    assert trail.value("select count(*) from public.audit_events where occurred_at < '2019-01-01'") == 0
    assert trail.faults() == []
    trail.seal()
    assert trail.faults() == []
    told = trail.rows("select changes from public.audit_events where operation = 'drop_audit_months'")
    assert [row["changes"]["events"] for row in told] == [[41, None]]


def test_deleting_a_month_cannot_pass_for_retention(trail: Trail) -> None:
    trail.rows(_OLD, trail.lakeside)
    trail.rows("select app.make_audit_partitions()")
    trail.seal()
    trail.rows_as_superuser(
        "drop table app.audit_events_2018_05; drop table app.audit_contents_2018_05;"
        "drop table app.audit_contents_2018_06;"
        "insert into app.audit_dropped_months select m::date, 1, 1, 1, sha256(''), now()"
        " from generate_series('2018-05-01'::timestamp, '2018-06-01', '1 month') as m"
    )
    assert [row["fault"] for row in trail.faults()] == ["dropped month altered: 2018-05-01"]
