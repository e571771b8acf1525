"""`carebase seed`: the rows a database starts with."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer
from rich.table import Table

from carebase import seeds
from carebase.db.connect import ENV, resolve_url
from carebase.project import Project
from carebase.seeds import SeedReport
from carebase_cli.output import out, print_json, step

app = typer.Typer(no_args_is_help=True, help="Put the rows into a database that it starts with.")


def register(root: typer.Typer) -> None:
    """Add the commands of this module to the root app."""
    root.add_typer(app, name="seed")


_DbUrl = Annotated[
    str | None,
    typer.Option(envvar=ENV, help="Postgres address; default: the local stack.", show_default=False),
]
_Json = Annotated[bool, typer.Option("--json", help="Print one JSON document, for scripts.")]


@app.command()
def reference(db_url: _DbUrl = None, as_json: _Json = False) -> None:
    """Add the reference rows that are missing: the platform's organization, the feature flags.

    Safe for production and to repeat: what is there stays as an operator left it.

    Exit codes: 0 done; 2 a seed file is wrong; 3 no database answers; 4 the database refused.

    Example:
        carebase seed reference
    """
    project = Project.find()
    with step("Seeding reference rows"):
        report = seeds.apply(resolve_url(project, db_url), project, "reference")
    _tell(report, as_json)


@app.command()
def demo(
    day: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day that dates are relative to.", show_default="today"),
    ] = None,
    db_url: _DbUrl = None,
    allow_remote: Annotated[
        bool, typer.Option("--allow-remote", help="Let made-up people into a database on another machine.")
    ] = False,
    as_json: _Json = False,
) -> None:
    """Add the demo rows that are missing: two organizations, their people and four weeks of history, made up.

    Safe to repeat: what is there stays as it is. Includes the reference rows. Who can sign in:
    `carebase demo users`.

    Exit codes: 0 done; 2 wrong input, or a database on another machine; 3 no database answers; 4 the database
    refused.

    Example:
        carebase seed demo --day 2026-11-20
    """
    project = Project.find()
    with step("Seeding the demo"):
        url = resolve_url(project, db_url)
        relative_to = day.date() if day else None
        report = seeds.apply(url, project, "demo", relative_to, allow_remote=allow_remote)
    _tell(report, as_json)


def _tell(report: SeedReport, as_json: bool) -> None:
    if as_json:
        print_json(report.model_dump())
        return
    if not report.changed:
        out.print("Every row was there already; nothing was changed.")
        return
    table = Table("table", box=None)
    for heading in ("added", "renewed", "unchanged"):
        table.add_column(heading, justify="right")
    for line in report.tables:
        table.add_row(line.table, str(line.inserted), str(line.updated), str(line.unchanged))
    out.print(table)
    if report.days:
        days = " and ".join(sorted({str(day) for day in report.days.values()}))
        out.print(f"\nDates are relative to {days}.", highlight=False)
