"""pg_cron itself, on Debian's Postgres 15: it fires each minute, and the rows say what runs."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from psycopg.rows import dict_row

from carebase import seeds
from carebase.db import declared, migrations
from carebase.project import Project
from carebase.stack.runtime import Runtime
from carebase.stack.server import throwaway
from tests import debian
from tests.scheduler.conftest import Connection

_HOME = Path("/usr/lib/postgresql/15")


def _is_there() -> bool:
    control = Path("/usr/share/postgresql/15/extension/pg_cron.control")
    return (_HOME / "bin" / "postgres").is_file() and control.is_file()


@pytest.fixture(scope="module")
def cron_database(project: Project, pytestconfig: pytest.Config) -> Iterator[str]:
    """URL of a database with our schema and pg_cron, as `postgres`."""
    debian.require("pg_cron", _is_there, "postgresql-15", "postgresql-15-cron")
    preloaded = {
        "shared_preload_libraries": "pg_cron",
        "cron.database_name": "postgres",
        # Its background workers need no login, but in 1.4 the launcher stands still while one of them runs.
        "cron.host": "127.0.0.1",
    }
    with throwaway(project, settings=preloaded, runtime=Runtime(_HOME, 15)) as server:
        with psycopg.connect(server.url(), autocommit=True) as conn:
            conn.execute("create extension pg_cron")
            # pg_cron logs in without a password: for this role and database, on a throw-away server.
            (hba,) = conn.execute("show hba_file").fetchone() or ("",)
            rules = Path(hba).read_text(encoding="utf-8")
            Path(hba).write_text(f"host postgres postgres 127.0.0.1/32 trust\n{rules}", encoding="utf-8")
            conn.execute("select pg_reload_conf()")
            conn.execute("grant usage on schema cron to postgres with grant option")
            conn.execute("grant all on all tables in schema cron to postgres")
            conn.execute("alter database postgres owner to postgres")
        url = server.url("postgres", "postgres")
        if pytestconfig.getoption("--declared"):
            declared.build(url, project)
        else:
            migrations.migrate(project, url)
        seeds.apply(url, project, "reference")
        yield url


@pytest.fixture
def cron_owner(cron_database: str) -> Iterator[Connection]:
    with psycopg.connect(cron_database, autocommit=True, row_factory=dict_row) as conn:
        conn.execute("update public.scheduled_jobs set paused_at = now()")
        yield conn


def _wait_for(condition: Callable[[], bool], seconds: float) -> None:
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends, "it did not happen in time"
        time.sleep(0.5)


def _outcomes(conn: Connection, name: str) -> list[object]:
    rows = conn.execute("select outcome from public.job_runs where job_name = %s order by started_at", [name])
    return [row["outcome"] for row in rows]


def _work(url: str) -> threading.Thread:
    """A session that works as those of pg_cron do, begun by hand in the middle of a minute."""

    def call() -> None:
        with suppress(psycopg.OperationalError), psycopg.connect(url, autocommit=True) as conn:
            conn.execute("call app.work_jobs()")

    thread = threading.Thread(target=call)
    thread.start()
    return thread


def _add_job(conn: Connection, name: str, body: str, *, parameters: str = "", time_limit: str) -> None:
    conn.execute(
        f"create function app.job_{name}({parameters}) returns integer language plpgsql"
        f" as $body$ begin {body}; end $body$".encode()
    )
    conn.execute(
        "insert into public.scheduled_jobs (name, description, cron, time_zone, time_limit, batch_size)"
        " values (%s, 'Of a test.', '0 0 1 1 *', 'UTC', %s, 1)",
        [name, time_limit],
    )


def test_pg_cron_runs_what_is_due(cron_owner: Connection, cron_database: str) -> None:
    """A firing does it all: batches, a failure; it ends what takes too long, and finds what was killed."""
    conn = cron_owner
    conn.execute("create table public.batches (transaction xid8)")
    # Slow enough that somebody is still at work when those that were lost have been found.
    _add_job(
        conn,
        "batches",
        "insert into public.batches values (pg_current_xact_id()); perform pg_sleep(0.7);"
        " return p_limit - (select count(*) / 3 from public.batches)",
        parameters="p_limit integer",
        time_limit="30 seconds",
    )
    _add_job(conn, "fails", "perform 1 / 0; return 1", time_limit="5 seconds")
    # It takes its time when it is told to end: until then pg_cron's own sessions have taken all the others.
    _add_job(
        conn,
        "slow",
        "perform pg_sleep(600); return 1;"
        " exception when query_canceled then perform pg_sleep(5); raise query_canceled",
        time_limit="1 second",
    )
    _add_job(conn, "dies", "perform pg_sleep(600); return 1", time_limit="10 minutes")
    conn.execute("select app.plan_jobs()")

    # In the minute before the firing: one runs too long, and the session of another dies.
    due = "update app.job_slots set next_run_at = now() where job_name = any(%s)"
    conn.execute(due, [["slow", "dies"]])
    sessions = [_work(cron_database) for _ in range(2)]
    _wait_for(lambda: _outcomes(conn, "slow") == _outcomes(conn, "dies") == ["running"], 30)
    conn.execute(
        "create or replace function app.job_dies() returns integer language plpgsql"
        " as $$ begin return 1; end $$"
    )
    conn.execute(
        "select pg_terminate_backend(backend_pid) from public.job_runs"
        " where outcome = 'running' and job_name = 'dies'"
    )
    by_hand = {row["backend_pid"] for row in conn.execute("select backend_pid from public.job_runs")}
    assert _outcomes(conn, "dies") == ["running"], "nobody has noticed"

    conn.execute(due, [["batches", "fails"]])
    assert conn.execute("select app.sync_cron() as said").fetchone() == {"said": "pg_cron runs the jobs."}
    assert conn.execute("select app.sync_cron() as said").fetchone() == {"said": "pg_cron runs the jobs."}
    entries = conn.execute("select jobname from cron.job order by jobname").fetchall()
    assert [row["jobname"] for row in entries] == [
        "carebase_jobs_1",
        "carebase_jobs_2",
        "carebase_jobs_watch",
    ]
    _wait_for(lambda: _outcomes(conn, "batches") == ["succeeded"], 90)
    transactions = conn.execute("select count(distinct transaction) as n from public.batches").fetchone()
    assert transactions == {"n": 3}, "each batch is a transaction"
    _wait_for(lambda: _outcomes(conn, "fails") == ["failed"], 30)
    _wait_for(lambda: _outcomes(conn, "slow") == ["timed_out"], 90)
    _wait_for(lambda: _outcomes(conn, "dies") == ["lost", "succeeded"], 90)
    ran = conn.execute("select job_name, backend_pid from public.job_runs").fetchall()
    assert {row["job_name"] for row in ran if row["backend_pid"] not in by_hand} == {
        "batches",
        "fails",
        "dies",
    }
    for name in ("batches", "fails", "slow"):
        assert len(_outcomes(conn, name)) == 1, "it was due once"
    for session in sessions:
        session.join(30)

    said = conn.execute("select app.sync_cron(0) as said").fetchone()
    assert said == {"said": "pg_cron runs no jobs any more."}
    assert conn.execute("select 1 from cron.job").fetchall() == []


def test_without_pg_cron_it_says_what_to_do(owner: Connection) -> None:
    said = owner.execute("select app.sync_cron() as said").fetchone()
    assert said == {"said": "pg_cron is not in this database: run `carebase jobs serve`."}
