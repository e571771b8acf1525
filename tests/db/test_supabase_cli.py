"""The real Supabase CLI takes our migrations as they are, and we take its history."""

from __future__ import annotations

import os
import subprocess

import pytest

from carebase.db import drift, migrations
from carebase.db.scratch import Scratch
from carebase.problems import DatabaseProblem
from carebase.project import Project
from tests.db.conftest import House

QUIET = {"SUPABASE_TELEMETRY_DISABLED": "1", "DO_NOT_TRACK": "1", "CI": "1"}


def supabase(project: Project, url: str, *words: str) -> str:
    """Run the CLI against a database; what it said."""
    done = subprocess.run(
        [str(project.node_modules / ".bin" / "supabase"), *words, f"--remote={url}", "--yes"],
        cwd=project.root,
        env={**os.environ, **QUIET},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def copied(house: House, project: Project) -> Project:
    """The real migrations in a folder where the CLI may leave its own files."""
    for name in ("migrations", "rollbacks"):
        (house.root / "supabase" / name).symlink_to(project.supabase / name)
    (house.root / "sql").rename(house.root / "empty")
    (house.root / "sql").symlink_to(project.sql)
    return house.project


def test_db_push_applies_all_and_leaves_no_drift(
    house: House, project: Project, scratch: Scratch, url: str
) -> None:
    ours = copied(house, project)
    supabase(ours, url, "db", "push")
    rows = migrations.status(ours, url)
    assert rows
    assert {row.state for row in rows} == {"applied"}
    assert [str(one.difference) for one in drift.find_live_drift(ours, scratch, url)] == []
    assert migrations.migrate(ours, url) == []


def test_db_push_has_nothing_to_do_after_migrate(house: House, project: Project, url: str) -> None:
    ours = copied(house, project)
    migrations.migrate(ours, url)
    assert "up to date" in supabase(ours, url, "db", "push").lower()


def test_what_db_push_recorded_is_compared_with_the_file(house: House, url: str) -> None:
    odd = (
        "-- a; comment\ncreate table public.t (a text default 'x;y'); /* ; */\n"
        "create function public.f() returns int language sql begin atomic select 1; select 2; end;\n"
        "do $do$ begin perform ';'; end $do$;\n"
    )
    house.migration(1, odd)
    supabase(house.project, url, "db", "push")
    assert [row.state for row in migrations.status(house.project, url)] == ["applied"]
    house.migration(1, odd.replace("x;y", "x; y"))
    with pytest.raises(DatabaseProblem, match="Nobody edits an applied migration"):
        migrations.migrate(house.project, url)
