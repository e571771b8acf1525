"""`carebase db`: what each command prints, and with which code it ends."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from carebase.problems import Problem
from carebase.project import Project
from carebase_cli.db import app
from tests.db.conftest import House, ask

Run = Callable[..., Result]


@pytest.fixture
def run(house: House, project: Project, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in the small checkout; a Problem passes as it does to the real entry point."""
    shutil.copy(project.sql / "access.toml", house.project.sql)
    monkeypatch.setenv("CAREBASE_PROJECT", str(house.root))
    monkeypatch.delenv("CAREBASE_DB_URL", raising=False)

    def run(*words: str) -> Result:
        result = CliRunner().invoke(app, list(words))
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


def data(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_life_of_a_table(house: House, url: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Declared, diffed, migrated, undone, migrated again, reset; the address comes from the environment."""
    monkeypatch.setenv("CAREBASE_DB_URL", url)
    house.declare("create table public.t (a int);")
    written = data(run("diff", "add_t", "--json"))
    again = run("diff", "nothing")
    assert (again.exit_code, again.stdout) == (0, "")
    assert "Nothing changed" in again.stderr
    version = written[0].removeprefix("supabase/migrations/")[:14]
    assert written == [f"supabase/{folder}/{version}_add_t.sql" for folder in ("migrations", "rollbacks")]
    pending = {
        "version": version,
        "name": "add_t",
        "state": "pending",
        "has_rollback": True,
        "applied": False,
    }
    assert data(run("status", "--json")) == [pending]
    assert data(run("migrate", "--json")) == {"applied": [f"{version}_add_t"]}
    assert data(run("migrate", "--json")) == {"applied": []}
    assert data(run("status", "--json")) == [{**pending, "state": "applied", "applied": True}]
    assert data(run("rollback", "--json")) == {"undone": [f"{version}_add_t"]}
    assert ask(url, "select to_regclass('public.t')") == [(None,)]
    assert run("migrate").exit_code == 0
    assert data(run("reset", "--json")) == {"applied": [f"{version}_add_t"]}
    assert "add_t" in run("status").stdout


def test_drift_ends_with_one_and_lists_the_difference(house: House, url: str, run: Run) -> None:
    house.declare("create table public.t (a int);")
    found = run("drift", "--json")
    assert found.exit_code == 1
    assert {"seen": "without default privileges", "kind": "relation", "identity": "public.t", "change": "missing", "details": {}} in json.loads(found.stdout)  # fmt: skip  # noqa: E501
    house.begin("create table public.t (a int);", "drop table public.t;")
    assert run("drift", "--rollbacks").exit_code == 0
    live = run("drift", "--db-url", url, "--json")
    assert live.exit_code == 1
    assert {drift["seen"] for drift in json.loads(live.stdout)} == {"in the database"}


@pytest.mark.parametrize("data_option", [[], ["--data"]])
def test_new_writes_a_pair(house: House, run: Run, data_option: list[str]) -> None:
    written = data(run("new", "mend", "--json", *data_option))
    assert [path.split("/")[1] for path in written] == ["migrations", "rollbacks"]
    assert all((house.root / path).read_text(encoding="utf-8").startswith("-- ") for path in written)


def test_compile_checks_and_writes(house: House, run: Run) -> None:
    house.declare("create table public.t (a int);", file="base/tables/t.sql")
    house.room("base", extra='[tables.t]\nbelongs_to = "nobody"\nmutable = false\n')
    stale = run("compile", "--check", "--json")
    assert stale.exit_code == 1
    assert json.loads(stale.stdout) == ["sql/base/generated/t.sql"]
    assert data(run("compile", "--json")) == ["sql/base/generated/t.sql"]
    assert run("compile", "--check").exit_code == 0


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (["new", "Bad-Name"], "migration_name", 2),
        (["diff", "Bad-Name"], "migration_name", 2),
        (["status"], "stack_not_set_up", 3),
        (["status", "--db-url", "nonsense"], "db_url_invalid", 2),
        (["rollback", "--to", "1", "--db-url", "%(url)s"], "version_unknown", 2),
        (["reset", "--db-url", "postgresql://postgres@db.example/x"], "reset_refused", 2),
        (["migrate", "--db-url", "%(url)s"], "rollback_missing", 2),
    ],
)
def test_a_mistake_has_its_code(
    house: House, url: str, run: Run, words: list[str], code: str, exit_code: int
) -> None:
    house.migration(1, "select 1;", None)
    with pytest.raises(Problem) as caught:
        run(*(word.replace("%(url)s", url) for word in words))
    assert (caught.value.code, caught.value.exit_code) == (code, exit_code)
