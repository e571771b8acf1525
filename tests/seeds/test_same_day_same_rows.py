"""Two databases seeded for one day hold the same rows, whenever and wherever that happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import psycopg
import pytest

from carebase import seeds
from carebase.problems import UsageProblem
from carebase.project import Project
from tests.sealed import opened
from tests.seeds.conftest import Rows
from tests.seeds.test_seeding_twice_changes_nothing import FOLLOWING

# A leap day, the night daylight saving ends in Chicago, a New Year.
DAYS = [date(2024, 2, 29), date(2026, 11, 1), date(2027, 1, 1)]

# When a row was written is the database's to say; a bcrypt hash has a random salt; keys are random, and so is
# what they seal.
_SEALED = {
    "patients": ("family_name", "given_names", "birth_date", "gender"),
    "org_patients": ("medical_record_number",),
    "residents": ("preferred_name",),
    "care_plan_versions": ("content",),
    "care_plan_tasks": ("instructions",),
    "daily_notes": ("note",),
    "assessments": ("answers", "note"),
    "medication_stock": ("medication_name",),
    "medication_orders": ("details",),
    "incidents": ("description",),
    "incident_actions": ("action_text",),
    "incident_followups": ("note",),
    "complaints": ("details", "complainant"),
    "handover_items": ("note",),
    "staff_checks": ("reference_number",),
    "supervisions": ("notes",),
}
_INDEXES = {f"{column}_index" for columns in _SEALED.values() for column in columns}
_OWN = {
    "created_at",
    "updated_at",
    "frozen_at",
    "encrypted_password",
    *_INDEXES,
    *(c for all in _SEALED.values() for c in all),
}
# Keys are random; what follows from other rows has ids of its own: changes of the workload, histories of
# residents, what an assessment asks for, clocks, messages, figures.
_FOLLOWING = (
    "public.nurseos_feature_flags",
    "app.data_keys",
    "app.key_encryption_keys",
    "app.provider_workload_deltas",
    "public.resident_status_history",
    *FOLLOWING,
)
# So has what jobs make ahead, and what refers to it: compared without.
_MADE = {
    "public.care_plan_task_occurrences": ("id",),
    "public.medication_doses": ("id",),
    "public.medication_administrations": ("id", "dose_id"),
    "public.medication_stock_movements": ("id", "administration_id"),
    "public.handover_items": ("id", "source_id"),
}


def values(rows: Rows) -> dict[str, list[dict[str, Any]]]:
    return {
        table: sorted(
            (
                {name: value for name, value in row.items() if name not in (*_OWN, *_MADE.get(table, ()))}
                for _, row in found
            ),
            key=str,
        )
        for table, found in rows.items()
        if table not in _FOLLOWING
    }


def opened_values(url: str) -> list[list[tuple[Any, ...]]]:
    """What is sealed, opened."""

    def question(table: str) -> bytes:
        expressions = ", ".join(opened(column, table) for column in _SEALED[table])
        return f"select {expressions} from public.{table} order by 1".encode()

    with psycopg.connect(url) as conn:
        return [conn.execute(question(table)).fetchall() for table in _SEALED]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_two_databases_are_equal(
    day: date, make_database: Callable[[str], str], project: Project, all_rows: Callable[[str], Rows]
) -> None:
    one, other = make_database("migrated"), make_database("migrated")
    seeds.apply(one, project, "demo", day)
    seeds.apply(other, project, "demo", day)
    found = values(all_rows(one))
    assert found["public.provider_daily_checkins"]
    assert found == values(all_rows(other))
    assert opened_values(one)[0]
    assert opened_values(one) == opened_values(other)


def test_ids_are_the_same_on_every_machine(database: str, project: Project) -> None:
    """Links to a demo person, in documentation or bookmarks, hold after every reset."""
    seeds.apply(database, project, "demo", DAYS[1])
    with psycopg.connect(database) as conn:
        row = conn.execute(
            """select u.id::text, o.id::text
               from auth.users as u inner join public.profiles as p on p.id = u.id
               inner join public.organizations as o on o.id = p.default_org_id
               where u.email = 'nurse1@example.com'"""
        ).fetchone()
    assert row == ("22fd0aa4-e607-5a3c-ad76-c75b1066a44e", "d43b703b-359c-5c68-a717-285e473ca285")


def test_today_is_the_databases_in_the_organizations_zone(database: str, project: Project) -> None:
    """Half past midnight in Chicago is still yesterday evening in Los Angeles."""
    with psycopg.connect(database) as conn:
        conn.execute("set carebase.frozen_clock = '2026-11-20 00:30 America/Chicago'")
        conn.commit()
        report = seeds.apply(conn, project, "demo")
    assert report.days == {
        "lakeside": date(2026, 11, 20),
        "harbor": date(2026, 11, 19),
        "meadow": date(2026, 11, 20),
    }


@pytest.mark.parametrize("day", [date.min, date.max, date(1999, 12, 31), date(2200, 1, 1)], ids=str)
def test_an_impossible_day_is_refused(day: date, database: str, project: Project) -> None:
    with pytest.raises(UsageProblem) as caught:
        seeds.apply(database, project, "demo", day)
    assert caught.value.code == "day_out_of_range"
