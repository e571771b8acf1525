"""`carebase jobs`: what runs on a schedule, and running it where pg_cron does not."""

from __future__ import annotations

import signal
import sys
import threading
from types import FrameType
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from carebase import jobs as scheduled
from carebase.db.connect import ENV, describe, resolve_url
from carebase.jobs import Job, JobMetrics, Run
from carebase.problems import EXIT_FOUND
from carebase.project import Project
from carebase.telemetry import log_to
from carebase_cli import outbox
from carebase_cli.output import err, out, print_json

app = typer.Typer(
    no_args_is_help=True, help="Jobs: what runs on a schedule, and the worker that sends messages."
)


def register(root: typer.Typer) -> None:
    """Add the commands of this module to the root app."""
    outbox.register(app)
    root.add_typer(app, name="jobs")


_DbUrl = Annotated[
    str | None,
    typer.Option(envvar=ENV, help="Postgres address; default: the local stack.", show_default=False),
]
_Json = Annotated[bool, typer.Option("--json", help="Print one JSON document, for scripts.")]
_Name = Annotated[str, typer.Argument(help="The job, such as purge_sessions.")]
_COLORS = {"succeeded": "green", "running": "blue", "skipped": "yellow", "stopped": "yellow"}


@app.command("list")
def list_(db_url: _DbUrl = None, as_json: _Json = False) -> None:
    """List the jobs: when they run, when next, how it last went.

    Exit codes: 0 listed; 3 no database answers; 4 it is not migrated, or refused.

    Example:
        carebase jobs list
    """
    _tell_jobs(scheduled.list_jobs(resolve_url(Project.find(), db_url)), as_json)


@app.command()
def history(
    name: Annotated[str | None, typer.Argument(help="Only of this job.", show_default=False)] = None,
    failed: Annotated[bool, typer.Option("--failed", help="Only runs that did not succeed.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 20,
    db_url: _DbUrl = None,
    as_json: _Json = False,
) -> None:
    """Show the latest runs, newest first.

    Exit codes: 0 shown; 2 no such job; 3 no database answers; 4 it is not migrated, or refused.

    Example:
        carebase jobs history purge_sessions --failed
    """
    url = resolve_url(Project.find(), db_url)
    _tell_runs(scheduled.list_runs(url, name=name, failed=failed, limit=limit), as_json)


@app.command()
def run(
    name: _Name,
    organization: Annotated[
        str | None, typer.Option(help="Slug, for a job of organizations.", show_default=False)
    ] = None,
    db_url: _DbUrl = None,
    as_json: _Json = False,
) -> None:
    """Run a job now, due or paused or not, and wait for its end.

    Exit codes: 0 it succeeded; 1 it did not; 2 no such job or organization, or it is running; 3 no database
    answers; 4 it is not migrated, or refused.

    Example:
        carebase jobs run purge_sessions
    """
    done = scheduled.run_now(resolve_url(Project.find(), db_url), name, organization)
    _tell_runs([done], as_json)
    if done.outcome != "succeeded":
        raise typer.Exit(EXIT_FOUND)


@app.command()
def pause(
    name: _Name,
    reason: Annotated[
        str | None, typer.Option(help="Why, for those who come later.", show_default=False)
    ] = None,
    db_url: _DbUrl = None,
    as_json: _Json = False,
) -> None:
    """Take a job off its schedule; a run that goes on now ends by itself.

    Exit codes: 0 paused; 2 no such job; 3 no database answers; 4 it is not migrated, or refused.

    Example:
        carebase jobs pause purge_sessions --reason "Looking into sessions that vanish."
    """
    _tell_jobs([scheduled.pause_job(resolve_url(Project.find(), db_url), name, reason)], as_json)


@app.command()
def resume(name: _Name, db_url: _DbUrl = None, as_json: _Json = False) -> None:
    """Put a job back on its schedule; what it missed is made up for as the job says.

    Exit codes: 0 resumed; 2 no such job; 3 no database answers; 4 it is not migrated, or refused.

    Example:
        carebase jobs resume purge_sessions
    """
    _tell_jobs([scheduled.resume_job(resolve_url(Project.find(), db_url), name)], as_json)


@app.command()
def cron(
    workers: Annotated[
        int, typer.Option(min=0, max=16, help="How many runs at a time; 0: pg_cron runs none.")
    ] = 2,
    db_url: _DbUrl = None,
) -> None:
    """Have pg_cron run the jobs, where the database has it.

    Exit codes: 0 done, or there is no pg_cron; 3 no database answers; 4 it is not migrated, or refused.

    Example:
        carebase jobs cron --workers 4
    """
    out.print(escape(scheduled.sync_cron(resolve_url(Project.find(), db_url), workers)))


@app.command()
def serve(
    workers: Annotated[int, typer.Option(min=1, max=32, help="How many runs at a time.")] = 2,
    poll: Annotated[float, typer.Option(min=0.1, max=60, help="Seconds between two looks.")] = 1.0,
    grace: Annotated[float, typer.Option(min=0, help="Seconds for runs to end when told to.")] = 30.0,
    metrics_port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Serve Prometheus metrics on this port.", show_default=False),
    ] = None,
    db_url: _DbUrl = None,
) -> None:
    """Run what is due, until told to end (SIGTERM, Ctrl-C). Several may serve one database.

    Told to end, it begins nothing new, lets each batch end, and cancels what has not after the grace. Logs go
    to standard error, one JSON object per line.

    Exit codes: 0 told to end; 3 no database answers when it begins, or the port is taken; 4 it is not
    migrated, or refused.

    Example:
        carebase jobs serve --workers 4 --metrics-port 9465
    """
    url = resolve_url(Project.find(), db_url)
    stopping = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    err.print(f"Serving {escape(describe(url))}, {workers} at a time.", highlight=False)
    log_to("carebase.jobs", sys.stderr)
    metrics = JobMetrics()
    if metrics_port is not None:
        err.print(f"metrics on http://127.0.0.1:{metrics.serve(metrics_port)}/metrics")
    scheduled.serve(url, stopping, workers=workers, poll_seconds=poll, grace_seconds=grace, metrics=metrics)


def _tell_jobs(found: list[Job], as_json: bool) -> None:
    if as_json:
        print_json([job.model_dump(mode="json") for job in found])
        return
    table = Table("job", "when", "next", "last", "what", box=None, pad_edge=False)
    for job in found:
        due = f"{job.next_run_at:%Y-%m-%d %H:%M}" if job.next_run_at else "never"
        last = f"[{_COLORS.get(job.last_outcome, 'red')}]{job.last_outcome}[/]" if job.last_outcome else "-"
        table.add_row(
            job.name,
            f"{job.cron} {job.time_zone or 'each organization'}",
            "[yellow]paused[/]" if job.paused_at else due,
            last + (f" ({job.failing_count} failing)" if job.failing_count else ""),
            escape(job.pause_reason or job.description),
        )
    out.print(table)


def _tell_runs(found: list[Run], as_json: bool) -> None:
    if as_json:
        print_json([one.model_dump(mode="json") for one in found])
        return
    table = Table("job", "for", "due", "started", "took", "outcome", "rows", "why", box=None, pad_edge=False)
    for one in found:
        took = f"{(one.ended_at - one.started_at).total_seconds():.1f} s" if one.ended_at else ""
        table.add_row(
            one.job_name,
            one.organization or "",
            f"{one.due_at:%Y-%m-%d %H:%M}",
            f"{one.started_at:%H:%M:%S}",
            took,
            f"[{_COLORS.get(one.outcome, 'red')}]{one.outcome}[/]",
            "" if one.row_count is None else f"{one.row_count:,}",
            escape(one.message or ""),
        )
    out.print(table)
