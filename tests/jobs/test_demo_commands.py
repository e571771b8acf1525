"""`carebase seed` and `carebase demo`, as a newcomer and as a script call them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from carebase import seeds
from tests.conftest import Stack


@pytest.fixture
def environment(stack: Stack) -> dict[str, str]:
    """Nothing of the caller's settings; the stack of this module instead of the checkout's own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CAREBASE_")}
    return {**kept, "CAREBASE_PROJECT": str(stack.project.root), "CAREBASE_STATE": str(stack.project.state)}


def carebase(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "carebase_cli", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_users_are_listed_for_scripts(stack: Stack, environment: dict[str, str]) -> None:
    done = carebase(environment, "demo", "users", "--json")
    assert done.returncode == 0, done.stderr
    users = json.loads(done.stdout)
    assert {"email", "password", "persona", "organization"} <= users[0].keys()
    assert {user["password"] for user in users} == {seeds.demo_password(stack.project)}
    lakeside = [user["persona"] for user in users if user["organization"] == "Lakeside Home Health"]
    assert {"org_owner", "admin", "care_manager"} <= set(lakeside)
    assert lakeside.count("nurse") >= 6
    assert any(user["persona"] == "nurse" and user["organization"] == "Harbor Clinic" for user in users)


def test_users_are_listed_for_people(stack: Stack, environment: dict[str, str]) -> None:
    done = carebase(environment, "demo", "users")
    assert done.returncode == 0, done.stderr
    assert "caremanager@example.com" in done.stdout
    assert seeds.demo_password(stack.project) in done.stdout


def test_run_draws_a_chart_that_a_log_file_can_hold(environment: dict[str, str]) -> None:
    done = carebase(environment, "demo", "run")
    assert done.returncode == 0, done.stderr
    assert "6 nurses of Lakeside Home Health checked in for" in done.stdout
    assert "####" in done.stdout
    assert "still open" in done.stdout
    assert "Suppressed, because fewer than five people checked in" in done.stdout
    assert done.stdout.isascii()


def test_run_tells_scripts_the_same(environment: dict[str, str]) -> None:
    done = carebase(environment, "demo", "run", "--json")
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
    done = carebase({**environment, "CAREBASE_STATE": str(tmp_path / "none")}, "demo", "run")
    assert done.returncode == 2
    assert "carebase up" in done.stderr
    assert "Traceback" not in done.stderr


def test_seeding_reports_what_it_did(stack: Stack, environment: dict[str, str]) -> None:
    there = {**environment, "CAREBASE_DB_URL": stack.db_url}
    carebase(there, "seed", "demo", "--day", "2026-11-20")
    again = carebase(there, "seed", "demo", "--day", "2026-11-20")
    assert again.returncode == 0, again.stderr
    assert "nothing was changed" in again.stdout
    report = json.loads(carebase(there, "seed", "demo", "--day", "2026-11-20", "--json").stdout)
    assert report["days"] == {"lakeside": "2026-11-20", "harbor": "2026-11-20"}
    assert {table["inserted"] for table in report["tables"]} == {0}
    assert json.loads(carebase(there, "seed", "reference", "--json").stdout)["seed"] == "reference"


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
    done = carebase({**environment, "CAREBASE_DB_URL": stack.db_url}, "seed", "demo", *words)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "hidden" not in done.stderr
