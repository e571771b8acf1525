"""`carebase demo generate`: one plan gives the same rows, whatever came between; nobody is overwritten."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import date
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from carebase.problems import UsageProblem
from carebase.project import Project
from carebase.seeds.scale import Plan, generate
from carebase.stack.server import PostgresServer
from tests.commands import carebase

PLAN = Plan(providers=60, days=40, organizations=2, until=date(2026, 6, 30))
SMALL = PLAN.model_copy(update={"days": 3})
TABLES = (
    "public.organizations", "public.organization_feature_flags", "auth.users", "public.profiles",
    "public.role_assignments", "public.fhir_practitioners", "public.org_practitioners",
    "public.provider_teams", "public.provider_team_members", "public.provider_consents",
    "public.org_patients",
    "public.provider_daily_checkins", "app.provider_anonymous_checkins", "public.encounters",
    "public.nurse_questions", "public.provider_burnout_assessments", "public.provider_assessment_scores",
    "public.provider_checkin_days", "public.provider_wellbeing_months", "app.provider_workload_days",
)  # fmt: skip
# What tells when a row was written, and ids that the database makes.
NOT_OURS = {
    "created_at", "updated_at", "frozen_at", "created_by", "updated_by", "confirmed_at", "is_sso_user",
    "is_anonymous",
}  # fmt: skip


def everything(url: str) -> dict[str, list[str]]:
    """All rows of the generated tables."""
    with psycopg.connect(url) as conn:
        return {
            table: [
                str(row[0])
                for row in conn.execute(
                    sql.SQL("select (to_jsonb(t) - %s::text[])::text from {} as t order by 1").format(
                        sql.Identifier(*table.split("."))
                    ),
                    [[*NOT_OURS, *(["id"] if table == "public.provider_wellbeing_months" else [])]],
                )
            ]
            for table in TABLES
        }


@pytest.fixture
def empty(make_database: Callable[[str], str], server: PostgresServer) -> Callable[[], str]:
    """Makes migrated databases; their addresses as the superuser."""
    return lambda: server.url(str(conninfo_to_dict(make_database("migrated"))["dbname"]))


def one(url: str, query: str) -> Any:
    with psycopg.connect(url) as conn:
        row = conn.execute(query.encode()).fetchone()
    assert row
    return row[0]


def test_what_was_interrupted_ends_with_the_same_rows(empty: Callable[[], str], project: Project) -> None:
    whole, broken = empty(), empty()
    report = generate(whole, project, PLAN)
    assert not report.triggers
    assert all(report.rows[table] for table in report.rows)

    def end(after: int) -> Callable[[int, int], None]:
        def progress(done: int, parts: int) -> None:
            assert done <= parts
            if done == after:
                raise KeyboardInterrupt

        return progress

    for after in (9, 200, 508):
        with pytest.raises(KeyboardInterrupt):
            generate(broken, project, PLAN, end(after))
    assert generate(broken, project, PLAN).skipped > 300
    assert everything(broken) == everything(whole)

    # Counted days, closed months, and workload days that a recount agrees with.
    assert one(whole, "select count(*) from public.provider_checkin_days where people_count >= 5") > 30
    assert one(whole, "select count(*) from public.provider_wellbeing_months where checked_in_count >= 5")
    drift = "select count(*) from public.organizations, app.workload_drift(organizations.id)"
    assert one(whole, drift) == 0
    assert one(whole, "select sum(encounters) from app.provider_workload_days") > 100


def test_another_seed_gives_other_rows(empty: Callable[[], str], project: Project) -> None:
    here, there = empty(), empty()
    generate(here, project, SMALL)
    generate(there, project, SMALL.model_copy(update={"seed": 2}))
    assert (
        everything(here)["public.provider_daily_checkins"]
        != everything(there)["public.provider_daily_checkins"]
    )
    with pytest.raises(UsageProblem) as caught:
        generate(here, project, SMALL.model_copy(update={"seed": 2}))
    assert caught.value.code == "database_in_use"


def test_with_triggers_it_comes_to_the_same(
    empty: Callable[[], str], make_database: Callable[[str], str], project: Project
) -> None:
    """As the owner of the tables, who may not switch triggers off."""
    without, owner = empty(), make_database("migrated")
    generate(without, project, SMALL)
    assert generate(owner, project, SMALL).triggers
    for table in ("app.provider_workload_days", "public.provider_checkin_days", "public.encounters"):
        assert everything(owner)[table] == everything(without)[table], table


def test_a_database_that_somebody_uses_is_left_alone(
    make_database: Callable[[str], str], project: Project
) -> None:
    used = make_database("demo")
    before = everything(used)
    with pytest.raises(UsageProblem) as caught:
        generate(used, project, SMALL)
    assert caught.value.code == "database_in_use"
    assert everything(used) == before


def test_the_command(empty: Callable[[], str]) -> None:
    url = empty()
    words = (
        "demo",
        "generate",
        "--providers",
        20,
        "--days",
        2,
        "--organizations",
        1,
        "--until",
        "2026-06-30",
    )
    done: subprocess.CompletedProcess[str] = carebase(*words, "--db-url", url)
    assert done.returncode == 0, done.stderr
    assert "public.encounters" in done.stdout
    assert one(url, "select count(*) from public.org_practitioners") == 28
