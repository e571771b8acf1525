"""`carebase seed` and `carebase demo`, as a newcomer and as a script call them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from carebase import seeds
from tests.commands import carebase
from tests.conftest import Stack


@pytest.fixture
def environment(stack: Stack) -> dict[str, str]:
    """The stack of this module instead of the checkout's own."""
    return {"CAREBASE_PROJECT": str(stack.project.root), "CAREBASE_STATE": str(stack.project.state)}


def test_users_are_listed_for_scripts(stack: Stack, environment: dict[str, str]) -> None:
    done = carebase("demo", "users", "--json", env=environment)
    assert done.returncode == 0, done.stderr
    users = json.loads(done.stdout)
    assert {"email", "password", "persona", "organization"} <= users[0].keys()
    assert {user["password"] for user in users} == {seeds.demo_password(stack.project)}
    lakeside = [user["persona"] for user in users if user["organization"] == "Lakeside Home Health"]
    assert {"org_owner", "admin", "care_manager"} <= set(lakeside)
    assert lakeside.count("nurse") >= 6
    assert any(user["persona"] == "nurse" and user["organization"] == "Harbor Clinic" for user in users)


def test_users_are_listed_for_people(stack: Stack, environment: dict[str, str]) -> None:
    done = carebase("demo", "users", env=environment)
    assert done.returncode == 0, done.stderr
    assert "caremanager@example.com" in done.stdout
    assert seeds.demo_password(stack.project) in done.stdout


def test_run_draws_a_chart_that_a_log_file_can_hold(environment: dict[str, str]) -> None:
    done = carebase("demo", "run", env=environment)
    assert done.returncode == 0, done.stderr
    assert "6 nurses of Lakeside Home Health checked in for" in done.stdout
    assert "####" in done.stdout
    assert "still open" in done.stdout
    assert "Suppressed, because fewer than five people checked in" in done.stdout
    assert done.stdout.isascii()


def test_run_tells_scripts_the_same(environment: dict[str, str]) -> None:
    done = carebase("demo", "run", "--json", env=environment)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert len(told["checked_in"]) == 6
    assert len(told["team"]) == 14
    open_day = told["team"][-1]
    assert (open_day["checkin_date"], open_day["is_open"], open_day["people_count"]) == (
        told["day"],
        True,
        None,
    )
    figures = [day["average_stress_level"] for day in told["team"] if day["people_count"]]
    assert figures
    assert all(isinstance(figure, float) and 1 <= figure <= 10 for figure in figures)


def test_run_without_a_stack_says_what_to_do(environment: dict[str, str], tmp_path: Path) -> None:
    done = carebase("demo", "run", env={**environment, "CAREBASE_STATE": str(tmp_path / "none")})
    assert done.returncode == 2
    assert "carebase up" in done.stderr
    assert "Traceback" not in done.stderr


def test_seeding_reports_what_it_did(stack: Stack, environment: dict[str, str]) -> None:
    there = {**environment, "CAREBASE_DB_URL": stack.db_url}
    carebase("seed", "demo", "--day", "2026-11-20", env=there)
    again = carebase("seed", "demo", "--day", "2026-11-20", env=there)
    assert again.returncode == 0, again.stderr
    assert "nothing was changed" in again.stdout
    report = json.loads(carebase("seed", "demo", "--day", "2026-11-20", "--json", env=there).stdout)
    assert report["days"] == {
        "lakeside": "2026-11-20",
        "harbor": "2026-11-20",
        "meadow": "2026-11-20",
    }
    assert {table["inserted"] for table in report["tables"]} == {0}
    assert json.loads(carebase("seed", "reference", "--json", env=there).stdout)["seed"] == "reference"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--day", "yesterday"], 2, "--day"),
        (["--day", "1900-01-01"], 2, "day_out_of_range"),
        (["--db-url", "not a url"], 2, "db_url_invalid"),
        (["--db-url", "host=127.0.0.1 port=1 password=hidden"], 3, "database_unreachable"),
    ],
    ids=["no day", "a day too far", "no address", "nobody there"],
)
def test_a_mistake_is_a_sentence(
    words: list[str], code: int, said: str, stack: Stack, environment: dict[str, str]
) -> None:
    done = carebase("seed", "demo", *words, env={**environment, "CAREBASE_DB_URL": stack.db_url})
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "hidden" not in done.stderr
