"""People go on working while Lakeside is exported: the export is as things were when it began."""

from __future__ import annotations

import threading

import psycopg
import pytest

from carebase import tenants
from carebase.problems import DatabaseProblem
from tests.tenants.conftest import LAKESIDE, Move


class Writing(tenants.Progress):
    """Writes a new patient with a visit before each table is read."""

    def __init__(self, move: Move) -> None:
        self._conn = psycopg.connect(move.source.url, autocommit=True)
        self._org = move.source.org(LAKESIDE)
        self.written = 0

    def work(self, what: str, total: int | None = None) -> None:
        if not what.startswith("Writing "):
            return
        (patient,) = (
            self._conn.execute(
                "insert into public.patients (family_name) values ('Late') returning id"
            ).fetchone()
            or ()
        )
        self._conn.execute(
            "insert into public.org_patients (org_id, patient_id) values (%s, %s)", [self._org, patient]
        )
        self._conn.execute(
            "insert into public.encounters (org_id, patient_id, status, class_code)"
            " values (%s, %s, 'planned', 'AMB')",
            [self._org, patient],
        )
        self._conn.execute(
            "delete from public.practitioner_roles where id = (select max(id::text)::uuid from"
            " public.practitioner_roles where org_id = %s)",
            [self._org],
        )
        self.written += 1


def test_whatever_is_written_meanwhile(move: Move) -> None:
    org = move.source.org(LAKESIDE)
    before = move.source.of(org)
    writing = Writing(move)
    move.load(move.export(progress=writing))
    assert writing.written > 10
    assert move.source.of(org) != before
    after = move.target.of(org)
    for table in ("org_patients", "encounters", "practitioner_roles", "provider_daily_checkins"):
        assert after[f"public.{table}"] == before[f"public.{table}"]
    assert len(after["public.patients"]) == 4


def test_closing_waits_for_what_is_being_written(move: Move) -> None:
    waited: list[int] = []
    with psycopg.connect(move.source.url) as conn:
        conn.execute(
            "update public.sites set name = name || ' (late)' where org_id = %s", [move.source.org(LAKESIDE)]
        )
        with pytest.raises(DatabaseProblem) as refused:
            tenants.close_organization(move.source.url, LAKESIDE, waiting=waited.append, patience=0.5)
        assert refused.value.code == "transactions_open"
        closing = threading.Thread(target=tenants.close_organization, args=(move.source.url, LAKESIDE))
        closing.start()
        closing.join(0.5)
        assert closing.is_alive()
    closing.join(20)
    assert not closing.is_alive()
    assert waited == [1]
    assert not move.source.value("select is_active from public.organizations where slug = 'lakeside'")
    move.load(move.export())
    assert move.target.value("select count(*) from public.sites where name like '%% (late)'") == 3
    tenants.open_organization(move.target.url, LAKESIDE)
    assert move.target.value("select is_active from public.organizations where slug = 'lakeside'")
