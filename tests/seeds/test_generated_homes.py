"""`carebase demo generate --care-homes`: as constraints and rules have it, and the same on every machine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from carebase.problems import DatabaseProblem, UsageProblem
from carebase.project import Project
from carebase.seeds.scale import HomesPlan, Plan, generate
from carebase.seeds.scale.home_rows import TIMES
from carebase.stack.server import PostgresServer
from tests.commands import carebase
from tests.sealed import opened

PLAN = HomesPlan(homes=3, beds=20, days=45, organizations=2, until=date(2026, 6, 25))
SMALL = PLAN.model_copy(update={"homes": 1, "beds": 4, "days": 3})
TABLES = (
    "public.organizations", "public.sites", "public.rooms", "public.beds", "auth.users", "public.profiles",
    "public.role_assignments", "public.staff_members", "public.patients", "public.org_patients",
    "public.residents", "public.admissions", "public.bed_stays", "public.care_plans",
    "public.care_plan_versions", "public.care_plan_reviews", "public.care_plan_tasks",
    "public.care_plan_task_occurrences", "public.daily_notes", "public.medication_orders",
    "app.medication_plans", "public.medication_doses", "public.medication_administrations",
    "public.incidents", "public.incident_people", "public.incident_timers", "public.assessments",
    "public.assessment_scores", "public.rota_weeks", "public.shifts", "public.shift_assignments",
)  # fmt: skip
SEALED = {"care_plan_versions": "content", "care_plan_tasks": "instructions", "medication_orders": "details",
          "incidents": "description"}  # fmt: skip
NOT_OURS = {"created_at", "updated_at", "confirmed_at", "is_sso_user", "is_anonymous"}


@pytest.fixture
def empty(make_database: Callable[[str], str], server: PostgresServer) -> Callable[[], str]:
    """Makes migrated databases; their addresses as the superuser."""
    return lambda: server.url(str(conninfo_to_dict(make_database("migrated"))["dbname"]))


def everything(url: str) -> dict[str, list[str]]:
    """All rows of the generated tables, and what is sealed in them, opened."""
    left_out = [*NOT_OURS, *SEALED.values()]
    with psycopg.connect(url) as conn:
        found = {
            table: [
                str(row[0])
                for row in conn.execute(
                    sql.SQL("select (to_jsonb(t) - %s::text[])::text from {} as t order by 1").format(
                        sql.Identifier(*table.split("."))
                    ),
                    [left_out],
                )
            ]
            for table in TABLES
        }
        for table, column in SEALED.items():
            query = f"select {opened(column, table)} from public.{table} order by 1"
            found[f"{table}.{column}"] = [str(row[0]) for row in conn.execute(query.encode())]
    return found


def ask(url: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as conn:
        conn.execute("set carebase.frozen_clock = '2026-06-25 12:30Z'")
        return conn.execute(query.encode()).fetchall()


def test_what_was_interrupted_ends_with_the_same_rows(empty: Callable[[], str], project: Project) -> None:
    whole, broken = empty(), empty()
    report = generate(whole, project, PLAN)
    assert set(report.rows) == set(TABLES)
    assert all(report.rows.values())

    def end(after: int) -> Callable[[int, int], None]:
        def progress(done: int, parts: int) -> None:
            assert done <= parts
            if done == after:
                raise KeyboardInterrupt

        return progress

    parts: list[tuple[int, int]] = []
    for after in (13, 300, 900):
        with pytest.raises(KeyboardInterrupt):
            generate(broken, project, PLAN, end(after))
    again = generate(broken, project, PLAN, lambda *told: parts.append(told))
    assert again.skipped > 300
    assert parts[-1][0] == parts[-1][1]
    assert everything(broken) == everything(whole)
    assert sum(generate(whole, project, PLAN).rows.values()) == 0


def test_rows_keep_every_constraint_and_rule(empty: Callable[[], str], project: Project) -> None:
    """Triggers were off: what foreign keys and guards would have refused is looked for afterwards."""
    url = empty()
    report = generate(url, project, PLAN)
    with psycopg.connect(url) as conn:
        constraints = conn.execute(
            "select conrelid::regclass::text, conname, pg_get_constraintdef(oid)"
            " from pg_catalog.pg_constraint"
            " where contype = 'f' and conparentid = 0 and conrelid::regclass::text = any(%s)",
            [[table.removeprefix("public.") for table in TABLES] + list(TABLES)],
        ).fetchall()
        assert len(constraints) > 60
        for table, name, definition in constraints:
            conn.execute(f"alter table {table} drop constraint {name}".encode())
            conn.execute(f"alter table {table} add constraint {name} {definition}".encode())
        conn.rollback()
    assert ask(
        url,
        "select faults.* from public.shift_assignments as people cross join lateral"
        " app.assignment_faults(people.org_id, people.shift_id, people.user_id, array[people.id]) as faults",
    ) == []  # fmt: skip
    counts = ask(
        url,
        "select counted.bed_count, counted.occupied_count, counted.overstay_count from public.sites"
        " cross join lateral app.count_occupancy(sites.org_id, array[sites.id]) as counted",
    )
    assert sorted(counts) == [(5, 4, 0), (5, 5, 0), *[(20, 19, 0)] * 3]
    # Everything that is due up to the day after tomorrow is there: jobs find nothing to add.
    before = len(everything(url)["public.care_plan_task_occurrences"])
    with psycopg.connect(url) as conn:
        conn.execute("set local carebase.frozen_clock = '2026-06-25 12:30Z'")
        conn.execute("select app.generate_care_task(t, '2026-06-27') from public.care_plan_tasks as t"
                     " where t.ended_at is null")  # fmt: skip
        after = conn.execute("select count(*) from public.care_plan_task_occurrences").fetchone()
    assert after == (before,)
    residents = report.rows["app.medication_plans"]
    assert residents == 3 * 19 + 4 + 5
    today = "from public.care_plan_task_occurrences where due_on = '2026-06-25' and status = 'due'"
    assert ask(url, f"select count(*) {today}") == [(residents * len(TIMES),)]


def test_what_is_sealed_opens_and_next_week_is_a_draft(empty: Callable[[], str], project: Project) -> None:
    url = empty()
    generate(url, project, SMALL)
    drafts = ask(url, "select status::text, count(*) from public.rota_weeks group by 1 order by 1")
    assert drafts == [("draft", 3), ("published", 3)]
    opened_texts = everything(url)
    assert set(opened_texts["care_plan_tasks.instructions"]) == {"Help as she likes it."}
    assert (
        opened_texts["incidents.description"] == []
        or "What happened." in opened_texts["incidents.description"]
    )


def test_another_seed_gives_other_rows_and_a_used_database_is_refused(
    empty: Callable[[], str], project: Project
) -> None:
    here, there = empty(), empty()
    generate(here, project, SMALL)
    generate(there, project, SMALL.model_copy(update={"seed": 2}))
    assert everything(here)["public.beds"] != everything(there)["public.beds"]
    for other in (
        SMALL.model_copy(update={"seed": 2}),
        Plan(providers=10, days=2, organizations=0, until=PLAN.until),
    ):
        with pytest.raises(UsageProblem) as caught:
            generate(here, project, other)
        assert caught.value.code == "database_in_use"


def test_who_may_not_switch_triggers_off_is_refused(
    make_database: Callable[[str], str], project: Project
) -> None:
    url = make_database("migrated")
    with pytest.raises(DatabaseProblem) as caught:
        generate(url, project, SMALL)
    assert caught.value.code == "seed_forbidden"
    assert ask(url, "select count(*) from public.organizations where kind <> 'platform'") == [(0,)]


def test_the_command(empty: Callable[[], str]) -> None:
    url = empty()
    done = carebase(
        "demo", "generate", "--care-homes", 2, "--beds", 4, "--days", 2, "--organizations", 1,
        "--until", "2026-06-30", "--db-url", url,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "public.bed_stays" in done.stdout
    assert ask(url, "select count(*) from public.beds") == [(2 * 4 + 5,)]
