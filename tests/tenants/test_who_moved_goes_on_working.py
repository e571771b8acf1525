"""After the move a nurse of Lakeside signs in at the new address with her old password, and checks in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from supabase import AuthApiError, Client, create_client

from carebase.project import Project
from carebase.seeds.password import demo_password
from carebase.stack.server import PostgresServer
from tests.conftest import Stack, cloned, served
from tests.tenants.conftest import LAKESIDE, Database, Move

CHECKIN = {"p_work_setting": "home_health", "p_stress_level": 7, "p_energy_level": 4}


@pytest.fixture(scope="module")
def moved(
    demo: Database,
    project: Project,
    server: PostgresServer,
    templates: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stack]:
    """A gateway over the database that Lakeside moved to."""
    folder = tmp_path_factory.mktemp("moved")
    with cloned(server, templates["migrated"]) as database:
        move = Move(demo, Database(server.url(database, "postgres")), project, folder)
        move.load(move.export())
        with served(project, server, database, folder / "state") as stack:
            yield stack


def client(stack: Stack) -> Client:
    return create_client(stack.state.api_url, stack.state.publishable_key)


def test_she_signs_in_and_checks_in(moved: Stack, demo: Database, project: Project) -> None:
    nurse = client(moved)
    signed_in = nurse.auth.sign_in_with_password(
        {"email": "nurse1@example.com", "password": demo_password(project)}
    )
    assert signed_in.user
    made = nurse.rpc("submit_daily_checkin", CHECKIN).execute().data
    assert made["stress_level"] == 7
    assert made["org_id"] == str(demo.org(LAKESIDE))
    history = nurse.rpc("get_my_checkins", {}).execute().data
    theirs = demo.value(
        "select count(*) from public.provider_daily_checkins where user_id = %s", signed_in.user.id
    )
    assert len(history) == theirs + 1

    manager = client(moved)
    manager.auth.sign_in_with_password(
        {"email": "caremanager@example.com", "password": demo_password(project)}
    )
    summary = manager.rpc("get_team_checkin_summary", {}).execute().data
    assert any(day["people_count"] for day in summary)


def test_who_did_not_move_is_nobody_there(moved: Stack, project: Project) -> None:
    with pytest.raises(AuthApiError, match="Invalid login credentials"):
        client(moved).auth.sign_in_with_password(
            {"email": "nurse1@example.org", "password": demo_password(project)}
        )
