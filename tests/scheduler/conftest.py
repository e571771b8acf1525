"""Scheduled jobs on a database of one's own."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator

import psycopg
import pytest
from psycopg.rows import dict_row

from tests.commands import carebase

Connection = psycopg.Connection[dict[str, object]]


@pytest.fixture
def owner(database: str) -> Iterator[Connection]:
    """A session of the owner in which each statement is a transaction."""
    with psycopg.connect(database, autocommit=True, row_factory=dict_row) as conn:
        # Only the jobs of a test are due in it.
        conn.execute("update public.scheduled_jobs set paused_at = now()")
        yield conn


@pytest.fixture
def declare(owner: Connection) -> Callable[..., None]:
    """Make a job of a body, due at once and then at New Year: `declare("tick", "begin return 1; end")`."""

    def make(
        name: str, body: str, *, parameters: str = "", returns: str = "integer", **columns: object
    ) -> None:
        owner.execute(
            f"create function app.job_{name}({parameters}) returns {returns}"
            f" language plpgsql as $body$ {body} $body$".encode()
        )
        given = {"description": "Of a test.", "cron": "0 0 1 1 *", "time_zone": "UTC", **columns}
        owner.execute(
            f"insert into public.scheduled_jobs (name, {', '.join(given)})"
            f" values (%s, {', '.join(['%s'] * len(given))})".encode(),
            [name, *given.values()],
        )
        owner.execute("select app.plan_jobs()")
        make_due(owner, name)

    return make


def make_due(owner: Connection, name: str) -> None:
    """A moment ago, for every organization."""
    owner.execute(
        "update app.job_slots set next_run_at = date_trunc('minute', now()) where job_name = %s", [name]
    )


@pytest.fixture
def jobs(database: str) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run `carebase jobs …` on the database."""

    def run(*words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        done = carebase("jobs", *words, "--db-url", database)
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
        return done

    return run
