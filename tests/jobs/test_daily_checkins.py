"""The nurses of the demo check in over HTTP and their care manager looks at the team."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from carebase import seeds
from carebase.client import Carebase
from carebase.errors import NotAuthenticated
from carebase.problems import DatabaseProblem, EnvironmentProblem
from carebase.settings import Settings
from carebase_jobs import daily_checkins
from tests.conftest import Stack

TODAY = """
select user_id, work_setting::text, stress_level, energy_level, patients_contacted_today,
       difficult_patient_calls, overtime_hours::float8, missed_break, is_shared
from public.provider_daily_checkins
where checkin_date = (now() at time zone 'America/Chicago')::date
"""


@pytest.fixture
def settings(stack: Stack) -> Settings:
    return Settings.load(api_url=stack.state.api_url, publishable_key=stack.state.publishable_key)


@pytest.fixture
def hub_off(stack: Stack) -> Iterator[None]:
    stack.execute("update public.organization_feature_flags set is_enabled = false")
    yield
    stack.execute("update public.organization_feature_flags set is_enabled = true")


def test_every_demo_user_signs_in(stack: Stack, settings: Settings) -> None:
    password = seeds.demo_password(stack.project)
    for user in seeds.demo_users(stack.project):
        with Carebase.from_settings(settings) as carebase:
            assert carebase.sign_in(user.email, password).user_id == user.id, user.email
            profile = carebase.supabase.table("profiles").select("display_name").execute().data
            assert profile == [{"display_name": user.name}], user.email
            carebase.sign_out()


def test_a_wrong_password_does_not(stack: Stack, settings: Settings) -> None:
    with Carebase.from_settings(settings) as carebase, pytest.raises(NotAuthenticated):
        carebase.sign_in("nurse1@example.com", "not the demo's password")


def test_six_nurses_check_in_with_the_answers_of_the_day(stack: Stack, settings: Settings) -> None:
    done = daily_checkins.run(stack.project, settings=settings)
    assert done.organization == "Lakeside Home Health"
    assert [nurse.email for nurse in done.checked_in] == [
        f"nurse{number}@example.com" for number in range(1, 7)
    ]
    assert {nurse.checkin_date for nurse in done.checked_in} == {done.day}
    _, nurses = daily_checkins.team_of(stack.project)
    expected = {
        (
            nurse.id,
            *seeds.checkin_values(nurse.id, done.day, str(nurse.work_setting), may_share=nurse.may_share)
            .model_dump()
            .values(),
        )
        for nurse in nurses
    }
    assert set(stack.execute(TODAY)) == expected


def test_the_manager_sees_two_weeks_without_small_groups(stack: Stack, settings: Settings) -> None:
    done = daily_checkins.run(stack.project, settings=settings)
    assert [day.checkin_date for day in done.team] == [
        done.day - timedelta(days=back) for back in range(13, -1, -1)
    ]
    assert [day.checkin_date for day in done.team if day.is_open] == [done.day]
    for day in done.team[:-1]:
        assert day.is_suppressed == (day.checkin_date.weekday() == 6), day
        assert (day.people_count is None) == day.is_suppressed, day
        assert (day.average_stress_level is None) == day.is_suppressed, day


def test_running_it_again_ends_the_same(stack: Stack, settings: Settings) -> None:
    first = daily_checkins.run(stack.project, settings=settings)
    before = sorted(map(repr, stack.execute(TODAY)))
    assert daily_checkins.run(stack.project, settings=settings) == first
    assert sorted(map(repr, stack.execute(TODAY))) == before


def test_seeding_after_the_run_keeps_it(stack: Stack, settings: Settings) -> None:
    daily_checkins.run(stack.project, settings=settings)
    before = sorted(map(repr, stack.execute(TODAY)))
    assert seeds.apply(stack.db_url, stack.project, "demo").changed == 0
    assert sorted(map(repr, stack.execute(TODAY))) == before


@pytest.mark.usefixtures("hub_off")
def test_a_hub_that_is_off_is_a_sentence(stack: Stack, settings: Settings) -> None:
    with pytest.raises(DatabaseProblem) as caught:
        daily_checkins.run(stack.project, settings=settings)
    assert caught.value.code == "feature_disabled"
    assert "Lakeside Home Health" in caught.value.message


def test_a_demo_that_is_not_there_is_a_sentence(
    stack: Stack, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAREBASE_DEMO_PASSWORD", "set without seeding again")
    with pytest.raises(DatabaseProblem) as caught:
        daily_checkins.run(stack.project, settings=settings)
    assert caught.value.code == "demo_not_seeded"
    assert "carebase seed demo" in caught.value.hint
    assert "set without" not in str(caught.value)


def test_a_nurse_without_a_role_is_a_sentence(stack: Stack, settings: Settings) -> None:
    one = "where user_id = (select id from auth.users where email = 'nurse3@example.com')"
    stack.execute(f"update public.role_assignments set deleted_at = now() {one}")
    with pytest.raises(DatabaseProblem) as caught:
        daily_checkins.run(stack.project, settings=settings)
    stack.execute(f"update public.role_assignments set deleted_at = null {one}")
    assert caught.value.code == "permission_denied"
    assert "nurse3@example.com" in caught.value.message


def test_an_api_that_is_down_is_a_sentence(stack: Stack) -> None:
    nowhere = Settings.load(api_url="http://127.0.0.1:1", publishable_key="sb_publishable_x", max_attempts=1)
    with pytest.raises(EnvironmentProblem) as caught:
        daily_checkins.run(stack.project, settings=nowhere)
    assert caught.value.code == "api_down"
    assert "carebase up" in caught.value.hint
