"""What the demo is for: a team with a history that shows what a manager may see and what not."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import sql
from psycopg.types.json import Jsonb

from carebase import seeds
from carebase.project import Project

DAY = date(2026, 11, 20)


@pytest.fixture
def demo(database: str, project: Project) -> str:
    seeds.apply(database, project, "demo", DAY)
    return database


def user(project: Project, email: str) -> UUID:
    return next(user.id for user in seeds.demo_users(project) if user.email == email)


def ask_as(url: str, user_id: UUID, query: str) -> list[tuple[object, ...]]:
    """What a signed-in person gets, on the day of the demo."""
    with psycopg.connect(url) as conn:
        conn.execute("set local carebase.frozen_clock = '2026-11-20 12:00 America/Chicago'")
        session_id = uuid4()
        conn.execute(
            "insert into auth.sessions (id, user_id, aal) values (%s, %s, 'aal1')", [session_id, user_id]
        )
        claims = Jsonb({"sub": str(user_id), "role": "authenticated", "session_id": str(session_id)})
        conn.execute("select set_config('request.jwt.claims', %s::text, true)", [claims])
        conn.execute("set local role authenticated")
        return conn.execute(sql.SQL(query)).fetchall()


def test_six_nurses_have_two_weeks_and_none_has_today(demo: str) -> None:
    with psycopg.connect(demo) as conn:
        rows = conn.execute("select user_id, checkin_date from public.provider_daily_checkins").fetchall()
    days = {day for _, day in rows}
    assert max(days) == DAY - timedelta(days=1)
    assert {DAY - timedelta(days=back) for back in range(1, 15)} <= days
    assert len({person for person, _ in rows}) == 6
    assert max(Counter(rows).values()) == 1


@pytest.mark.parametrize("email", ["owner@example.com", "caremanager@example.com", "wellness@example.com"])
def test_leaders_see_the_team_and_no_small_group(demo: str, project: Project, email: str) -> None:
    summary = ask_as(
        demo,
        user(project, email),
        "select checkin_date, is_open, is_suppressed, people_count from public.get_team_checkin_summary()",
    )
    assert len(summary) == 14
    assert summary[-1] == (DAY, True, False, None)
    suppressed = [day for day, _, is_suppressed, _ in summary if is_suppressed]
    assert suppressed == [date(2026, 11, 8), date(2026, 11, 15)]
    assert {people for _, is_open, is_suppressed, people in summary if not is_open and not is_suppressed} == {
        5,
        6,
    }


def test_a_nurse_has_her_own_history(demo: str, project: Project) -> None:
    mine = ask_as(demo, user(project, "nurse1@example.com"), "select user_id from public.get_my_checkins()")
    assert mine == [(user(project, "nurse1@example.com"),)] * 28


def test_the_second_organization_has_no_hub(demo: str, project: Project) -> None:
    question = "select public.is_feature_enabled('resilience_hub')"
    assert ask_as(demo, user(project, "nurse1@example.org"), question) == [(False,)]
    assert ask_as(demo, user(project, "nurse1@example.com"), question) == [(True,)]


def test_each_organization_sees_its_own_patients(demo: str, project: Project) -> None:
    question = "select count(*), count(distinct org_id) from public.encounters"
    lakeside = ask_as(demo, user(project, "nurse1@example.com"), question)
    harbor = ask_as(demo, user(project, "nurse1@example.org"), question)
    with psycopg.connect(demo) as conn:
        total = conn.execute("select count(*) from public.encounters").fetchone()
    assert total
    assert lakeside[0][1] == harbor[0][1] == 1
    assert int(str(lakeside[0][0])) + int(str(harbor[0][0])) == total[0]


def test_everybody_the_newcomer_needs_is_there(project: Project) -> None:
    people = seeds.demo_users(project)
    personas = Counter((user.organization, user.persona) for user in people)
    assert personas["Lakeside Home Health", "nurse"] >= 6
    for persona in ("org_owner", "admin", "care_manager", "wellness_officer", "clinician"):
        assert personas["Lakeside Home Health", persona] == 1, persona
    assert personas["Harbor Clinic", "nurse"] == 1
    assert personas["Platform", "super_admin"] == 1
    assert len({user.email for user in people}) == len(people)


def test_houses_and_care_homes_are_among_the_sites(demo: str, project: Project) -> None:
    owner = user(project, "owner@example.com")
    assert ask_as(demo, owner, "select name from public.houses") == [("Maple House",)]
    assert ask_as(demo, owner, "select name from public.care_homes") == [("Willow Court",)]
