"""The schedule and its history, as the operator of a database sees them and pauses them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from psycopg.rows import class_row
from pydantic import BaseModel

from carebase.db.connect import Connection, owner_session
from carebase.problems import UsageProblem

Outcome = Literal["running", "succeeded", "failed", "timed_out", "stopped", "lost", "skipped"]

_JOBS = """
  select
    jobs.name, jobs.description, jobs.scope, jobs.cron, jobs.time_zone, jobs.time_limit, jobs.catch_up,
    jobs.paused_at, jobs.pause_reason, slots.next_run_at, coalesce(slots.slot_count, 0) as slot_count,
    coalesce(slots.failing_count, 0) as failing_count,
    last.outcome as last_outcome, last.started_at as last_started_at
  from public.scheduled_jobs as jobs
  left join lateral (
    select
      min(s.next_run_at) as next_run_at, count(*) as slot_count,
      count(*) filter (where s.failure_count > 0) as failing_count
    from app.job_slots as s where s.job_name = jobs.name
  ) as slots on true
  left join lateral (
    select r.outcome, r.started_at from public.job_runs as r
    where r.job_name = jobs.name order by r.started_at desc, r.id desc limit 1
  ) as last on true
  where %(name)s::text is null or jobs.name = %(name)s
  order by jobs.name
"""


class Job(BaseModel):
    """A job, when it is next due (in the organization where that is first), and how it last went."""

    name: str
    description: str
    scope: Literal["platform", "organization"]
    cron: str
    time_zone: str | None
    time_limit: timedelta
    catch_up: Literal["skip", "once", "all"]
    paused_at: datetime | None
    pause_reason: str | None
    next_run_at: datetime | None
    slot_count: int
    failing_count: int
    last_outcome: Outcome | None
    last_started_at: datetime | None


class Run(BaseModel):
    """One run of a job."""

    id: UUID
    job_name: str
    organization: str | None
    due_at: datetime
    attempt: int
    is_manual: bool
    started_at: datetime
    ended_at: datetime | None
    outcome: Outcome
    row_count: int | None
    message: str | None
    server: str


def list_jobs(url: str) -> list[Job]:
    """Every job in alphabetical order.

    Args:
        url: the database, as the owner of our objects.

    Raises:
        DatabaseProblem: it is not migrated, or refused.

    Example:
        >>> list_jobs(url)[0].name  # doctest: +SKIP
        'purge_invitations'
    """
    with owner_session(url) as conn:
        conn.execute("select app.plan_jobs()")
        return _jobs(conn, None)


def list_runs(url: str, *, name: str | None = None, failed: bool = False, limit: int = 50) -> list[Run]:
    """The latest runs, newest first.

    Args:
        url: the database, as the owner of our objects.
        name: only of this job.
        failed: only those that did not succeed.
        limit: at most so many.

    Raises:
        UsageProblem: `job_unknown`.
        DatabaseProblem: the database is not migrated, or refused.
    """
    with owner_session(url) as conn, conn.cursor(row_factory=class_row(Run)) as cursor:
        if name is not None:
            require_job(conn, name)
        return cursor.execute(
            """select
                 runs.id, runs.job_name, organizations.slug as organization, runs.due_at, runs.attempt,
                 runs.is_manual, runs.started_at, runs.ended_at, runs.outcome, runs.row_count, runs.message,
                 runs.server
               from public.job_runs as runs
               left join public.organizations on organizations.id = runs.for_org_id
               where (%(name)s::text is null or runs.job_name = %(name)s)
                 and (not %(failed)s or runs.outcome not in ('running', 'succeeded'))
               order by runs.started_at desc, runs.id desc
               limit %(limit)s""",
            {"name": name, "failed": failed, "limit": limit},
        ).fetchall()


def pause_job(url: str, name: str, reason: str | None = None) -> Job:
    """Take a job off its schedule; a run that goes on now ends by itself.

    Pausing again keeps the first moment.

    Raises:
        UsageProblem: `job_unknown`.
        DatabaseProblem: the database is not migrated, or refused.
    """
    return _set(url, name, "paused_at = coalesce(paused_at, now()), pause_reason = %(reason)s", reason=reason)


def resume_job(url: str, name: str) -> Job:
    """Put a job back on its schedule. What it missed is made up for as the job says (catch_up).

    Raises:
        UsageProblem: `job_unknown`.
        DatabaseProblem: the database is not migrated, or refused.
    """
    return _set(url, name, "paused_at = null, pause_reason = null")


def sync_cron(url: str, workers: int = 2) -> str:
    """Have pg_cron run the jobs, `workers` at a time (0: no longer); the sentence says what was done.

    Raises:
        DatabaseProblem: the database is not migrated, or refused.
    """
    with owner_session(url) as conn:
        row = conn.execute("select app.sync_cron(%s)", [workers]).fetchone()
        return str(row[0]) if row else ""


def require_job(conn: Connection, name: str) -> Job:
    """The job of this name.

    Raises:
        UsageProblem: `job_unknown`.
    """
    found = _jobs(conn, name)
    if not found:
        known = ", ".join(job.name for job in _jobs(conn, None))
        raise UsageProblem("job_unknown", f"There is no job {name!r}.", hint=f"Jobs: {known or 'none yet'}.")
    return found[0]


def _jobs(conn: Connection, name: str | None) -> list[Job]:
    with conn.cursor(row_factory=class_row(Job)) as cursor:
        return cursor.execute(_JOBS, {"name": name}).fetchall()


def _set(url: str, name: str, changes: str, **values: Any) -> Job:
    with owner_session(url) as conn:
        require_job(conn, name)
        conn.execute(
            # The changes are words of this file, their values parameters.
            f"update public.scheduled_jobs set {changes} where name = %(name)s".encode(),  # noqa: S608
            {"name": name, **values},
        )
        return require_job(conn, name)
