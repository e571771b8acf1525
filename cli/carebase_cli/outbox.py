"""`carebase jobs worker` and the dead letters: what the outbox needs from outside the database."""

from __future__ import annotations

import asyncio
import signal
import sys
from typing import Annotated

import typer

from carebase.db.connect import ENV, describe, owner_session, resolve_url
from carebase.problems import UsageProblem
from carebase.project import Project
from carebase_cli.output import err, out, print_json

_DbUrl = Annotated[
    str | None,
    typer.Option(envvar=ENV, help="Postgres address; default: the local stack.", show_default=False),
]
_Json = Annotated[bool, typer.Option("--json", help="Print one JSON document, for scripts.")]


def register(group: typer.Typer) -> None:
    """Add the commands of this module to the `jobs` app."""
    group.command()(worker)
    group.command("dead-letters")(dead_letters)
    group.command()(requeue)


def worker(
    db_url: _DbUrl = None,
    until_empty: Annotated[bool, typer.Option("--until-empty", help="End when nothing is due.")] = False,
    metrics_port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Serve Prometheus metrics on this port.", show_default=False),
    ] = None,
    allow_network: Annotated[
        list[str] | None,
        typer.Option(
            help="A private network that messages may go to, as CIDR; repeatable.", show_default=False
        ),
    ] = None,
) -> None:
    """Send what the outbox holds: mail, SMS, chat, webhooks, notifications in the application.

    Start as many as you like, on any machine. SIGTERM and SIGINT end it after what is under way. Further
    settings: CAREBASE_WORKER_…, see docs/signals.md. Logs go to standard error, one JSON object per line.

    Exit codes: 0 ended as told; 2 a setting is wrong; 3 no database answers at the start,
    or the port is taken.

    Example:
        carebase jobs worker --metrics-port 9464
    """
    from pydantic import ValidationError

    from carebase_jobs.outbox.logs import log_to
    from carebase_jobs.outbox.metrics import Metrics
    from carebase_jobs.outbox.settings import WorkerSettings
    from carebase_jobs.outbox.worker import Worker

    url = resolve_url(Project.find(), db_url)
    given = {"allow_networks": tuple(allow_network)} if allow_network else {}
    try:
        settings = WorkerSettings(**given)  # type: ignore[arg-type]  # pydantic checks it
    except ValidationError as error:
        wrong = error.errors(include_input=False, include_context=False, include_url=False)[0]
        raise UsageProblem("setting_invalid", f"{wrong['loc'][0]}: {wrong['msg']}.") from None
    with owner_session(url):
        pass  # a wrong address is told at once; one that goes away later is waited for
    log_to(sys.stderr)

    async def work() -> None:
        running = Worker(url, settings, metrics=Metrics())
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, running.stop)
        # Who is answered here may as well tell it to end: it knows by now how.
        if metrics_port is not None:
            err.print(f"metrics on http://127.0.0.1:{running.metrics.serve(metrics_port)}/metrics")
        await running.run(until_empty=until_empty)

    asyncio.run(work())


def dead_letters(
    db_url: _DbUrl = None,
    limit: Annotated[int, typer.Option(min=1, max=10000, help="At most so many.")] = 100,
    as_json: _Json = False,
) -> None:
    """List messages that were given up, newest first, with the reason.

    Exit codes: 0 listed; 3 no database answers; 4 it is not migrated, or refused.

    Example:
        carebase jobs dead-letters --limit 20
    """
    from carebase_jobs.outbox import dead

    found = dead.list_dead_letters(resolve_url(Project.find(), db_url), limit)
    if as_json:
        print_json([letter.model_dump(mode="json") for letter in found])
        return
    for letter in found:
        out.print(
            f"{letter.id} {letter.organization} {letter.channel} {letter.template_key}: {letter.last_error}",
            highlight=False,
            markup=False,
        )
    err.print(f"{len(found)} dead letters")


def requeue(
    ids: Annotated[
        list[str] | None, typer.Argument(help="Messages of `dead-letters`.", show_default=False)
    ] = None,
    all_with: Annotated[
        str | None, typer.Option(help="Instead: all whose error begins with this.", show_default=False)
    ] = None,
    db_url: _DbUrl = None,
) -> None:
    """Send dead letters again, once what was wrong is put right.

    Exit codes: 0 done; 2 nothing named; 3 no database answers; 4 it is not migrated, or refused.

    Example:
        carebase jobs requeue --all-with http_503
    """
    from carebase_jobs.outbox import dead

    if bool(ids) == bool(all_with):
        raise UsageProblem("nothing_named", "Name messages, or say --all-with.")
    url = resolve_url(Project.find(), db_url)
    count = dead.requeue(url, ids or [], all_with)
    err.print(f"{count} messages go out again from {describe(url)}")
