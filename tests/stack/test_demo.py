"""A newcomer runs the one command of the README and is told what there is, and that all of it works."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator

import pytest

from carebase.project import Project
from carebase.seeds import demo_password, demo_users
from carebase.stack import places
from tests.stack.conftest import House, signed_out


@pytest.fixture(scope="module")
def newcomer(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The checkout itself, with a stack that was never up."""
    state = tmp_path_factory.mktemp("newcomer") / "state"
    house = House(Project(project.root, state), {"CAREBASE_STATE": str(state)})
    try:
        yield house
    finally:
        house.run("down")
        shutil.rmtree(places.server_home(house.project))


@pytest.fixture(scope="module")
def shown(newcomer: House) -> str:
    """What the first `up --demo` printed."""
    return newcomer.run("up", "--demo").stdout


def test_it_shows_the_nurses_day_and_what_to_try_next(newcomer: House, shown: str) -> None:
    assert "nurses of Lakeside Home Health checked in" in shown
    assert "suppressed" in shown
    state = newcomer.state
    for told in (state.api_url, state.publishable_key, state.secret_key, demo_password(newcomer.project)):
        assert told in shown
    for user in demo_users(newcomer.project):
        assert user.email in shown
    assert len([line for line in shown.splitlines() if line.startswith("  carebase ")]) == 3


@pytest.mark.usefixtures("shown")
def test_a_nurse_signs_in_with_what_was_printed(newcomer: House) -> None:
    nurses = [user.email for user in demo_users(newcomer.project) if user.persona == "nurse"]
    email = next(email for email in nurses if email.endswith("@example.com"))
    with signed_out(newcomer.state.api_url, newcomer.state.publishable_key) as client:
        client.auth.sign_in_with_password({"email": email, "password": demo_password(newcomer.project)})
        assert client.rpc("get_my_checkins", {}).execute().data


@pytest.mark.usefixtures("shown")
def test_again_it_adds_nothing_and_is_quick(newcomer: House) -> None:
    started = time.monotonic()
    printed = json.loads(newcomer.run("up", "--demo", "--json").stdout)
    assert time.monotonic() - started < 15
    assert printed["healthy"] is True
    assert (printed["started"], printed["migrated"], printed["seeded"]) == ([], [], 0)
    assert printed["examples"] > 0
    assert len(printed["demo"]["checked_in"]) >= 5


@pytest.mark.usefixtures("shown")
def test_the_migrations_applied_are_those_of_the_checkout(newcomer: House) -> None:
    printed = json.loads(newcomer.run("status", "--json").stdout)
    assert printed["migrations"]["applied"] == sorted(
        path.stem for path in newcomer.project.migrations.glob("*.sql")
    )
    assert printed["migrations"]["pending"] == []


def test_make_up_is_that_command(project: Project) -> None:
    assert "$(carebase) up --demo\n" in (project.root / "Makefile").read_text()


@pytest.mark.usefixtures("shown")
def test_an_empty_local_database_is_filled_as_its_superuser(newcomer: House) -> None:
    """Homes are made in no other way; the last test of this module, for it empties the database."""
    words = ("demo", "generate", "--care-homes", "1", "--beds", "4", "--days", "1", "--organizations", "0")
    assert "database_in_use" in newcomer.run(*words, expect=2).stderr
    newcomer.run("reset", "--yes", "--no-seed")
    assert json.loads(newcomer.run(*words, "--json").stdout)["triggers"] is False
    assert newcomer.sql("select count(*) > 0 from public.beds") == [(True,)]
