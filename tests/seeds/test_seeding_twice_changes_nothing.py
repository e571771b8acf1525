"""Whoever seeds again, on a later day or with somebody else at once: no row is written that was there."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import psycopg
import pytest

from carebase import seeds
from carebase.phi import keys
from carebase.project import Project
from tests.seeds.conftest import Rows

DAY = date(2026, 11, 20)
# What follows from an assessment, an incident, a record of training: clocks, messages, schedules, figures.
FOLLOWING = (
    "app.notification_tasks",
    "public.assessment_follow_ups",
    "public.assessment_schedules",
    "public.compliance_stats",
    "public.incident_notifications_of_regulators",
    "public.incident_timers",
    "public.notification_queue",
    "public.notification_templates",
)
# Up to when everything that is due was made is noted in rows that are there.
NOTED = ("public.care_plan_tasks", "app.medication_plans")


@pytest.mark.parametrize("seed", ["reference", "demo"])
def test_the_second_time_writes_nothing(
    seed: seeds.Seed, database: str, project: Project, all_rows: Callable[[str], Rows]
) -> None:
    first = seeds.apply(database, project, seed, DAY)
    before = all_rows(database)
    second = seeds.apply(database, project, seed, DAY)
    assert second.changed == 0
    assert all_rows(database) == before
    assert [table.inserted + table.unchanged for table in first.tables] == [
        t.unchanged for t in second.tables
    ]


def test_the_report_counts_what_is_in_the_database(
    make_database: Callable[[str], str], project: Project, all_rows: Callable[[str], Rows]
) -> None:
    url = make_database("migrated")
    before = {table: len(rows) for table, rows in all_rows(url).items()}
    report = seeds.apply(url, project, "demo", DAY)
    after = {table: len(rows) for table, rows in all_rows(url).items()}
    added = {table: count - before[table] for table, count in after.items() if count != before[table]}
    # Sealing what rows hold makes keys by itself: the organizations', each patient's, each resident's, those
    # of the indexes.
    assert added.pop("app.key_encryption_keys") == 1
    assert added.pop("app.data_keys") == added["public.patients"] + added["public.residents"] + 7
    # A trigger counts encounters by practitioner and day.
    assert 0 < added.pop("app.provider_workload_deltas") <= added["public.encounters"]
    # Another begins the history of each resident.
    assert added.pop("public.resident_status_history") == added["public.residents"]
    for table in FOLLOWING:
        assert added.pop(table), table
    assert added == {line.table: line.inserted for line in report.tables if line.inserted}
    assert report.days == {"lakeside": DAY, "harbor": DAY, "meadow": DAY}


def test_a_later_day_only_adds_history(
    database: str, project: Project, all_rows: Callable[[str], Rows]
) -> None:
    seeds.apply(database, project, "demo", DAY)
    before = all_rows(database)
    later = seeds.apply(database, project, "demo", date(2026, 11, 24))
    after = all_rows(database)
    grown = {line.table for line in later.tables if line.inserted}
    assert grown == {
        "public.encounters",
        "public.provider_daily_checkins",
        "public.provider_checkin_days",
        "public.care_plan_task_occurrences",
        "public.medication_doses",
        "public.rota_weeks",
        "public.shifts",
        "public.shift_assignments",
        "public.shift_reports",
    }
    for table, rows in before.items():
        if table in NOTED:
            continue
        kept = [row for row in after[table] if row in rows]
        assert kept == rows, table
        assert table in (*grown, "app.provider_workload_deltas") or len(after[table]) == len(rows), table


def test_two_at_once_both_end_well(make_database: Callable[[str], str], project: Project) -> None:
    url = make_database("migrated")
    with ThreadPoolExecutor(2) as pool:
        reports = list(pool.map(lambda _: seeds.apply(url, project, "demo", DAY), range(2)))
    assert sorted(report.changed == 0 for report in reports) == [False, True]


def test_what_somebody_made_of_the_demo_stays(database: str, project: Project) -> None:
    seeds.apply(database, project, "demo", DAY)
    with psycopg.connect(database, autocommit=True) as conn:
        conn.execute("update public.profiles set display_name = 'Somebody else'")
        conn.execute("update public.role_assignments set deleted_at = now() where role = 'wellness_officer'")
        assert seeds.apply(database, project, "demo", DAY).changed == 0
        names = conn.execute("select distinct display_name from public.profiles").fetchall()
        revoked = conn.execute(
            "select count(*) from public.role_assignments where deleted_at is not null"
        ).fetchone()
    assert names == [("Somebody else",)]
    assert revoked == (1,)


def test_whose_key_was_destroyed_stays_unreadable(database: str, project: Project) -> None:
    seeds.apply(database, project, "demo", DAY)
    with psycopg.connect(database, autocommit=True) as conn:
        row = conn.execute("select id from public.patients limit 1").fetchone()
        assert row
        keys.destroy(database, None, row[0])
    assert seeds.apply(database, project, "demo", DAY).changed == 0


def test_a_connection_inside_a_transaction_decides_itself(database: str, project: Project) -> None:
    with psycopg.connect(database) as conn:
        conn.execute("select 1")
        assert seeds.apply(conn, project, "demo", DAY).changed
        conn.rollback()
        assert conn.execute("select count(*) from public.profiles").fetchone() == (0,)
