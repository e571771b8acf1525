"""`carebase audit tail|search|export`: events as JSON lines or CSV."""

from __future__ import annotations

import csv
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Annotated, Any, Literal
from uuid import UUID

import orjson
import typer
from rich.markup import escape

from carebase import audit
from carebase.db.connect import ENV, resolve_url
from carebase.problems import UsageProblem
from carebase.project import Project
from carebase_cli.output import err

Format = Literal["jsonl", "csv"]
_DbUrl = Annotated[
    str | None,
    typer.Option(envvar=ENV, help="Postgres address; default: the local stack.", show_default=False),
]
_Org = Annotated[
    str | None,
    typer.Option(help="Slug or id; `none` for events of no organization.", show_default=False),
]
_Since = Annotated[
    datetime | None, typer.Option(help="From this moment on (UTC unless it says).", show_default=False)
]
_Until = Annotated[datetime | None, typer.Option(help="Before this moment.", show_default=False)]
_Actor = Annotated[UUID | None, typer.Option(help="The person who did it.", show_default=False)]
_Table = Annotated[str | None, typer.Option(help="The table, such as sites.", show_default=False)]
_Row = Annotated[str | None, typer.Option(help="Id of the row.", show_default=False)]
_Action = Annotated[str | None, typer.Option(help="insert, update, delete, read …", show_default=False)]
_Subject = Annotated[UUID | None, typer.Option(help="Whose data were read.", show_default=False)]
_Text = Annotated[
    str | None, typer.Option(help="Somewhere in operation, purpose or changes.", show_default=False)
]
_As = Annotated[Format, typer.Option("--format", help="JSON lines or CSV.")]


def register(app: typer.Typer) -> None:
    """Add the commands to `carebase audit`."""
    for command in (tail, search, export):
        app.command()(command)


def tail(
    lines: Annotated[int, typer.Option("--lines", "-n", min=0, help="So many of the newest.")] = 20,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on as events come.")] = False,
    org: _Org = None,
    format_: _As = "jsonl",
    db_url: _DbUrl = None,
) -> None:
    """Print the newest events.

    With --follow, events of transactions that take longer than two seconds may be missing; `search` has them.

    Exit codes: 0 done; 2 no such organization; 3 no database answers; 4 it refused; 130 interrupted.

    Example:
        carebase audit tail --org lakeside -n 50
    """
    url, wanted = resolve_url(Project.find(), db_url), audit.Filter(organization=org)
    writer = _writer(sys.stdout, format_)
    moments = [datetime.now(UTC)] if lines == 0 else []
    for event in audit.read_events(url, wanted, last=lines):
        moments.append(event["occurred_at"])
        writer(event)
    sys.stdout.flush()
    newest = max(moments, default=datetime.now(UTC))
    # What had happened by then, but was not among the newest so many, is not to be taken for new.
    recent = audit.read_events(url, wanted.model_copy(update={"since": _before(newest)})) if follow else ()
    seen = {event["id"]: event["occurred_at"] for event in recent if event["occurred_at"] <= newest}
    while follow:
        time.sleep(0.5)
        for event in audit.read_events(url, wanted.model_copy(update={"since": _before(newest)})):
            if event["id"] not in seen:
                writer(event)
            seen[event["id"]] = event["occurred_at"]
            newest = max(newest, event["occurred_at"])
        sys.stdout.flush()
        seen = {key: at for key, at in seen.items() if at >= _before(newest)}


def search(
    org: _Org = None,
    since: _Since = None,
    until: _Until = None,
    actor: _Actor = None,
    table: _Table = None,
    row: _Row = None,
    action: _Action = None,
    subject: _Subject = None,
    text: _Text = None,
    limit: Annotated[int, typer.Option(min=1, help="The newest so many.")] = 1000,
    format_: _As = "jsonl",
    db_url: _DbUrl = None,
) -> None:
    """Print the events that fit, oldest first.

    Exit codes: 0 done, also if none fits; 2 no such organization or action; 3 no database answers;
    4 it refused.

    Example:
        carebase audit search --org lakeside --table sites --action update --since 2026-01-01
    """
    wanted = audit.Filter(
        organization=org,
        since=utc(since),
        until=utc(until),
        actor=actor,
        table=table,
        row=row,
        action=action,
        subject=subject,
        text=text,
    )
    writer = _writer(sys.stdout, format_)
    for event in audit.read_events(resolve_url(Project.find(), db_url), wanted, last=limit):
        writer(event)


def export(
    path: Annotated[Path, typer.Argument(help="File to write; must not be there yet.")],
    org: _Org = None,
    since: _Since = None,
    until: _Until = None,
    purpose: Annotated[str | None, typer.Option(help="Why, for the trail.", show_default=False)] = None,
    format_: _As = "jsonl",
    db_url: _DbUrl = None,
) -> None:
    """Write events to a file that only you can read; the trail says that it was done.

    Exit codes: 0 done; 2 the file is there already, or no such organization; 3 no database answers;
    4 it refused.

    Example:
        carebase audit export lakeside.jsonl --org lakeside --purpose "Inspection of May"
    """
    wanted = audit.Filter(organization=org, since=utc(since), until=utc(until))
    url = resolve_url(Project.find(), db_url)
    count = 0
    with _new_file(path) as file:
        audit.record_export(url, wanted, purpose)
        writer = _writer(file, format_)
        for event in audit.read_events(url, wanted):
            writer(event)
            count += 1
    err.print(f"{count:,} events written to {escape(str(path))}.", highlight=False)


def utc(moment: datetime | None) -> datetime | None:
    """A moment without a time zone is meant in UTC."""
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment


def _before(moment: datetime) -> datetime:
    return datetime.fromtimestamp(moment.timestamp() - 2, UTC)


@contextmanager
def _new_file(path: Path) -> Iterator[IO[str]]:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise UsageProblem("file_exists", f"{path} is there already; nothing was written.") from None
    except OSError as error:
        raise UsageProblem("file_unwritable", f"{path} cannot be written: {error.strerror}.") from error
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            yield file
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _writer(file: IO[str], format_: Format) -> Callable[[dict[str, Any]], object]:
    if format_ == "jsonl":
        return lambda event: file.write(orjson.dumps(event, default=str).decode() + "\n")
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(audit.COLUMNS)
    return lambda event: rows.writerow([_cell(event[name]) for name in audit.COLUMNS])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (dict, list)):
        return orjson.dumps(value, default=str).decode()
    text = value.isoformat() if isinstance(value, datetime) else str(value)
    # A cell that a spreadsheet would take for a formula, such as a program's name that a client made up.
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
