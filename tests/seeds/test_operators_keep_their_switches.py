"""Reference rows are where a database starts; what operators make of them afterwards is theirs."""

from __future__ import annotations

import psycopg

from carebase import seeds
from carebase.project import Project

FLAGS = {
    "resilience_hub": ("Emotional Resilience Hub", False, "standard"),
    "command_center": ("Nurse Command Center", True, "basic"),
    "brain_generator": ("Nurse Brain Generator", False, "standard"),
    "medication_guardian": ("Medication Guardian", False, "premium"),
    "patient_modules": ("Patients and Community", True, "basic"),
    "residency": ("Residents and Beds", True, "basic"),
    "documents": ("Documents", True, "basic"),
    "care_homes": ("Care Homes", True, "standard"),
}


def flags(conn: psycopg.Connection[tuple[object, ...]]) -> dict[object, tuple[object, ...]]:
    rows = conn.execute(
        """select feature_key, feature_name, is_enabled_globally, required_license_tier::text
           from public.nurseos_feature_flags"""
    ).fetchall()
    return {row[0]: row[1:] for row in rows}


def test_the_flags_start_as_they_are_sold(database: str) -> None:
    with psycopg.connect(database) as conn:
        assert flags(conn) == FLAGS


def test_an_operators_switch_stays(database: str, project: Project) -> None:
    with psycopg.connect(database, autocommit=True) as conn:
        conn.execute(
            """update public.nurseos_feature_flags set is_enabled_globally = true, feature_name = 'The hub'
               where feature_key = 'resilience_hub'"""
        )
        seeds.apply(database, project, "reference")
        seeds.apply(database, project, "demo")
        assert flags(conn) == {**FLAGS, "resilience_hub": ("The hub", True, "standard")}


def test_a_flag_that_an_operator_made_first_is_taken_as_it_is(database: str, project: Project) -> None:
    with psycopg.connect(database, autocommit=True) as conn:
        conn.execute("delete from public.nurseos_feature_flags")
        conn.execute(
            """insert into public.nurseos_feature_flags (feature_key, feature_name, required_license_tier)
               values ('command_center', 'Ours', 'enterprise')"""
        )
        assert seeds.apply(database, project, "reference").changed == len(FLAGS) - 1
        assert flags(conn) == {**FLAGS, "command_center": ("Ours", False, "enterprise")}


def test_there_is_one_platform_organization(database: str) -> None:
    with psycopg.connect(database) as conn:
        rows = conn.execute(
            "select id::text, slug from public.organizations where kind = 'platform'"
        ).fetchall()
    assert rows == [("00000000-0000-4000-8000-000000000001", "platform")]


def test_the_demo_asks_nobody_for_a_second_factor_that_the_local_stack_lacks(
    database: str, project: Project
) -> None:
    seeds.apply(database, project, "demo")
    with psycopg.connect(database) as conn:
        rows = conn.execute("select slug, settings from public.organizations order by slug").fetchall()
    none: dict[str, list[str]] = {"mfa_roles": []}
    assert rows == [("harbor", none), ("lakeside", none), ("meadow", none), ("platform", none)]


def test_settings_that_an_operator_gave_the_platform_stay(database: str, project: Project) -> None:
    with psycopg.connect(database, autocommit=True) as conn:
        conn.execute(
            "update public.organizations set settings = %s where kind = 'platform'", ['{"session_hours": 8}']
        )
        seeds.apply(database, project, "demo")
        kept = conn.execute("select settings from public.organizations where kind = 'platform'").fetchone()
    assert kept == ({"session_hours": 8},)
