"""Both sides of each comparison compute the same: otherwise their times say nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg
import pytest
import resilience
from resilience_cases import dashboards, workload
from resilience_cases.world import ADMIN, CARE_MANAGER, HEAVY_NURSE, NURSE, sign_in

from carebase.project import Project
from carebase.seeds.scale import Plan, generate
from carebase.stack.server import PostgresServer
from tests.conftest import cloned

PLAN = Plan(providers=120, days=70, organizations=3, until=datetime.now(UTC).date())


@pytest.fixture(scope="module")
def filled(server: PostgresServer, templates: dict[str, str], project: Project) -> Iterator[str]:
    """A database with a small large organization."""
    with cloned(server, templates["migrated"]) as name:
        generate(server.url(name), project, PLAN)
        yield name


@pytest.mark.parametrize("dashboard", dashboards.DASHBOARDS, ids=lambda one: one.name)
def test_dashboards(server: PostgresServer, filled: str, dashboard: dashboards.Dashboard) -> None:
    number = {"admin": ADMIN, "care_manager": CARE_MANAGER, "nurse": HEAVY_NURSE}[dashboard.who]
    with (
        psycopg.connect(server.url(filled), autocommit=True) as filtered,
        psycopg.connect(server.url(filled, "authenticator"), autocommit=True) as secured,
    ):
        person = sign_in(filtered, PLAN, number)
        _, answer = dashboards.ask(secured, dashboard, person, as_rpc=True)
        assert answer
        assert answer == dashboards.ask(filtered, dashboard, person, as_rpc=False)[1]


def test_the_refresh_and_the_count(server: PostgresServer, filled: str) -> None:
    with psycopg.connect(server.url(filled), autocommit=True) as conn:
        workload.refresh(conn)
        assert workload.differences(conn) == 0
        assert workload.count_plainly(conn) > 0
        conn.execute("delete from public.nurse_questions")
        conn.execute("delete from public.encounters")
        assert workload.differences(conn) > 0


def test_writes_with_and_without_the_trigger(server: PostgresServer, filled: str) -> None:
    with (
        psycopg.connect(server.url(filled), autocommit=True) as writer,
        psycopg.connect(server.url(filled), autocommit=True) as other,
    ):
        nurse = sign_in(other, PLAN, NURSE)
        patient = workload.patient_of(other, nurse.org)
        assert workload.seen_after(writer, other, nurse, patient) > 0
        workload.set_counting(other, on=False)
        with pytest.raises(AssertionError):
            workload.seen_after(writer, other, nurse, patient)
        workload.set_counting(other, on=True)
        assert workload.seen_after(writer, other, nurse, patient) > 0


def test_checkins_arrive(
    server: PostgresServer,
    filled: str,
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(resilience, "CLIENTS", 5)
    today = "select count(*) from public.provider_daily_checkins where checkin_date = app.today()"
    with psycopg.connect(server.url(filled), autocommit=True) as conn:
        before = conn.execute(today).fetchone()
        resilience.measure_checkins(server, project, filled, PLAN, 2)
        after = conn.execute(today).fetchone()
    assert before
    assert after
    assert after[0] == before[0] + 15
    assert "check-ins at once" in capsys.readouterr().out


def test_bars() -> None:
    pairs = [(0.3, 0.1)] * 4
    assert resilience.compare("slow", pairs, most=0.2).holds is False
    assert resilience.compare("dear", pairs, ratio=1.2).holds is False
    assert resilience.compare("fine", pairs, most=0.4, ratio=3.1).holds is True
