"""One session that claims runs and runs them, batch by batch."""

from __future__ import annotations

import math
import os
import socket
import threading
import time
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import psycopg
from psycopg import errors

from carebase.db.connect import Connection, connect_as_owner, owner_session
from carebase.jobs.schedule import Run, list_runs, require_job
from carebase.problems import UsageProblem

_CLAIM = """
  select run.id, run.job_name, jobs.time_limit, run.due_at
  from app.claim_job(%s, %s, %s) as run
  inner join public.scheduled_jobs as jobs on jobs.name = run.job_name
"""


class Claimed(NamedTuple):
    """A run that this session holds."""

    id: UUID
    job_name: str
    time_limit: timedelta
    due_at: datetime


def server_name() -> str:
    """Who runs a job, as `job_runs` shows it: machine and process."""
    return f"{socket.gethostname()[:100]}:{os.getpid()}"


class Runner:
    """Runs jobs in a database session of its own; when the session dies, the run it holds is lost.

    The session must be a real one: a pooler that gives each transaction another (port 6543 on Supabase)
    would lose the lock that says who runs what.

    Args:
        url: the database, as the owner of our objects.
        stopping: set from outside; the run that goes on ends after its batch.
    """

    def __init__(self, url: str, stopping: threading.Event | None = None) -> None:
        self._stopping = stopping or threading.Event()
        self._conn = connect_as_owner(url)
        self._conn.execute("set search_path = ''")
        # What a server that was killed left running would else go on to its end, and its slot with it.
        self._conn.execute("set client_connection_check_interval = '2s'")
        self._name = server_name()

    def close(self) -> None:
        """End the session, and with it whatever it holds."""
        with suppress(psycopg.Error):
            self._conn.close()

    def cancel(self) -> None:
        """End the batch that runs now; safe from another thread."""
        with suppress(psycopg.Error):
            self._conn.cancel_safe(timeout=5)

    def claim(self, name: str | None = None, org_id: UUID | None = None) -> Claimed | None:
        """Take a run that is due, or the one named, due or not; None without one."""
        with self._conn.transaction():
            row = self._conn.execute(_CLAIM, [self._name, name, org_id]).fetchone()
        return Claimed(*row) if row else None

    def run(self, claimed: Claimed) -> str:
        """Run it to its end, its time limit, or until `stopping`; the outcome, as it is in `job_runs`.

        Raises:
            psycopg.Error: the session is gone; the run will be found to be lost.
        """
        ends = time.monotonic() + claimed.time_limit.total_seconds()
        try:
            while self._batch(claimed, ends):
                if self._stopping.is_set():
                    said = "Its server was told to end between two batches."
                    return self._finish(claimed, "stopped", said)
        except errors.QueryCanceled:
            if self._stopping.is_set():
                said = "Its server was told to end and did not wait longer."
                return self._finish(claimed, "stopped", said)
            if time.monotonic() >= ends:
                return self._finish(claimed, "timed_out", f"It took longer than {claimed.time_limit}.")
            return self._finish(claimed, "failed", "It was cancelled.")
        except psycopg.Error as error:
            if self._conn.closed or self._conn.broken:
                raise
            return self._failed(claimed, error)
        return self._finish(claimed, "succeeded", None)

    def _batch(self, claimed: Claimed, ends: float) -> bool:
        """Run one batch in what time is left; whether there may be more."""
        left = ends - time.monotonic()
        if left <= 0:
            raise errors.QueryCanceled
        # Rounded up: a batch cut off a hair before its end would look as if someone had cancelled it.
        limit = str(math.ceil(left * 1000) + 1)
        with self._conn.transaction():
            self._conn.execute("select set_config('statement_timeout', %s, true)", [limit])
            row = self._conn.execute("select app.run_job_batch(%s)", [claimed.id]).fetchone()
        return bool(row and row[0])

    def _failed(self, claimed: Claimed, error: psycopg.Error) -> str:
        said = self._conn.execute(
            "select app.describe_failure(%s, %s)",
            [error.sqlstate or "XX000", error.diag.message_primary or type(error).__name__],
        ).fetchone()
        return self._finish(claimed, "failed", said[0] if said else None)

    def _finish(self, claimed: Claimed, outcome: str, message: str | None) -> str:
        self._conn.execute(
            "select app.finish_job(%s, %s::public.job_outcome, %s)", [claimed.id, outcome, message]
        )
        return outcome


def run_now(url: str, name: str, organization: str | None = None) -> Run:
    """Run a job once, due or paused or not, and wait for its end.

    Args:
        url: the database, as the owner of our objects.
        name: the job.
        organization: slug of the organization, for a job of organizations.

    Raises:
        UsageProblem: `job_unknown`, `organization_unknown`, `organization_missing`, `organization_needless`,
            `job_running`.
        DatabaseProblem: the database is not migrated, or refused.
    """
    with owner_session(url) as conn:
        job = require_job(conn, name)
        if job.scope == "platform" and organization is not None:
            raise UsageProblem(
                "organization_needless", f"{name} is a job of the platform, of no organization."
            )
        if job.scope == "organization" and organization is None:
            raise UsageProblem("organization_missing", f"Say for which organization to run {name}.")
        org_id = _organization(conn, organization) if organization else None
        conn.execute("select app.watch_jobs()")
    runner = Runner(url)
    try:
        claimed = runner.claim(name, org_id)
        if claimed is None:
            raise UsageProblem("job_running", f"{name} is running now.", hint=f"carebase jobs history {name}")
        runner.run(claimed)
    finally:
        runner.close()
    return next(run for run in list_runs(url, name=name, limit=500) if run.id == claimed.id)


def _organization(conn: Connection, slug: str) -> UUID:
    row = conn.execute(
        "select id from public.organizations where slug = %s and is_active and deleted_at is null", [slug]
    ).fetchone()
    if row is None:
        raise UsageProblem("organization_unknown", f"There is no active organization {slug!r}.")
    org_id: UUID = row[0]
    return org_id
