"""`carebase doctor`: is this database fit to run?"""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape

from carebase.db.connect import ENV, resolve_url
from carebase.doctor import Examination
from carebase.doctor import examine as examine_database
from carebase.problems import EXIT_FOUND
from carebase.project import Project
from carebase.settings import Settings
from carebase_cli.output import out, print_json

_MARKS = {"well": "[green]✓[/]", "found": "[red]✗[/]", "not_asked": "[dim]-[/]"}


def register(app: typer.Typer) -> None:
    """Add the command to the root app."""
    app.command()(doctor)


def doctor(
    drift: Annotated[
        bool, typer.Option("--drift", help="Also compare every object with sql/; takes some seconds.")
    ] = False,
    env: Annotated[
        bool,
        typer.Option("--env", help="Also look whether keys, secrets, settings and schedule are provided."),
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as problems.")] = False,
    db_url: Annotated[
        str | None,
        typer.Option(envvar=ENV, help="Postgres address; default: the local stack.", show_default=False),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document, for scripts.")] = False,
) -> None:
    """Examine a database and say in a sentence each what is not as it should be. Only reads.

    Version, extensions, roles, row-level security, triggers, migrations, late and failing jobs, partitions,
    bloat, sessions that hold others up. With --env also what has to come from outside: settings, keys and
    secrets in the vault, what runs the schedule, features.

    Exit codes: 0 no problem; 1 problems; 3 no database answers; 4 it refused.

    Example:
        carebase doctor --drift
    """
    project = Project.find()
    found = examine_database(
        project, resolve_url(project, db_url), drift=drift, settings=Settings.load() if env else None
    )
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        _tell(found)
    if found.problems or (strict and found.findings):
        raise typer.Exit(EXIT_FOUND)


def _tell(found: Examination) -> None:
    for answer in found.answers:
        findings = [one for one in found.findings if one.check == answer.check]
        out.print(f"{_MARKS[answer.state]} {escape(answer.asks)}", highlight=False)
        for one in findings[:10]:
            color = "red" if one.severity == "problem" else "yellow"
            out.print(f"    [{color}]{one.severity}[/] {escape(one.says)}", highlight=False)
        if len(findings) > 10:
            out.print(f"    and {len(findings) - 10} more: --json", highlight=False)
        if findings:
            out.print(f"    [dim]{escape(findings[0].hint)}[/]", highlight=False)
    problems = len(found.problems)
    warnings = len(found.findings) - problems
    out.print(f"\n{escape(found.database)}: {problems} problems, {warnings} warnings.", highlight=False)
