"""`carebase lint` and `carebase commit-check`: what is wrong with the checkout and the coming commit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from carebase.lint import SOURCES, Finding, lint
from carebase.lint.catalogue.check import ALL_RULES
from carebase.lint.secrets.check import check_commit
from carebase.problems import EXIT_FOUND
from carebase.project import Project
from carebase_cli.output import counted, err, out, print_json

_Paths = Annotated[list[Path] | None, typer.Argument(help="Count only what is in these files and folders.")]
_Staged = Annotated[
    list[Path] | None, typer.Argument(help="Files and folders; what is staged when none is named.")
]
_Json = Annotated[bool, typer.Option("--json", help="Print one JSON document, for scripts.")]
_WIDE = 2000
_NAMES = ", ".join(source.name for source in SOURCES)


def register(app: typer.Typer) -> None:
    """Add the commands of this module to the root app."""
    app.command("lint", rich_help_panel="Checks")(_lint)
    app.command("commit-check", rich_help_panel="Checks")(_commit_check)


def _lint(
    paths: _Paths = None,
    only: Annotated[
        list[str] | None, typer.Option(help=f"Run only this source: {_NAMES}. Repeatable.")
    ] = None,
    db_url: Annotated[
        str | None,
        typer.Option(help="Ask this database instead of building one from sql/. Nothing in it is changed."),
    ] = None,
    rules: Annotated[
        bool, typer.Option("--rules", help="List the rules of the house with their reasons.")
    ] = False,
    as_json: _Json = False,
) -> None:
    """Show what is wrong, in one table: SQL, migrations, the built database, rooms, Python, secrets.

    What is accepted is listed, with its reason, in the lint-exceptions.toml of its room.

    Exit codes: 0 no findings; 1 findings; 2 wrong options or a wrong list of exceptions; 3 a tool is missing.

    Example:
        carebase lint --only catalogue --only rooms sql/tenancy
    """
    if rules:
        _list_rules(as_json)
        return
    with _Progress() as progress:
        report = lint(Project.find(), only=only or (), paths=paths or (), db_url=db_url, listener=progress)
    if as_json:
        print_json(
            {
                "findings": [finding.as_dict() for finding in report.findings],
                "accepted": report.accepted,
                "sources": report.sources,
            }
        )
    else:
        _tell(report.findings)
        count = len(report.findings)
        err.print(
            f"{count} finding{'' if count == 1 else 's'} from {', '.join(report.sources) or 'no source'}; "
            f"{report.accepted} accepted by the lists of exceptions"
        )
    if report.findings:
        raise typer.Exit(EXIT_FOUND)


def _commit_check(paths: _Staged = None, as_json: _Json = False) -> None:
    """Refuse a commit that holds a secret, or what looks like the health data of a person.

    Looks at what is staged. A line may be allowed where it stands: `carebase: allow-KIND: reason`.

    Exit codes: 0 nothing found; 1 findings; 2 a path does not exist; 3 this is no git checkout.

    Example:
        carebase commit-check
    """
    with counted("Looking for secrets and health data") as bar:
        found = check_commit(Project.find(), paths or (), looked=lambda _: bar.advance(TaskID(0)))
    if as_json:
        print_json({"findings": [finding.as_dict() for finding in found]})
    else:
        _tell(found)
    if found:
        raise typer.Exit(EXIT_FOUND)


def _tell(findings: Sequence[Finding]) -> None:
    if not findings:
        return
    table = Table(box=None, pad_edge=False)
    for column in ("tool", "rule", "place", "message"):
        table.add_column(column, overflow="fold")
    for finding in findings:
        place = f"{finding.file}:{finding.line}" if finding.line else finding.file
        hint = f" [dim]{escape(finding.hint)}[/dim]" if finding.hint else ""
        table.add_row(finding.tool, finding.rule, escape(place), escape(finding.message) + hint)
    _print(table)


def _list_rules(as_json: bool) -> None:
    if as_json:
        print_json([{"name": rule.name, "why": rule.why, "mend": rule.mend} for rule in ALL_RULES])
        return
    table = Table(box=None, pad_edge=False)
    for column in ("rule", "why", "what to do"):
        table.add_column(column, overflow="fold")
    for rule in ALL_RULES:
        table.add_row(rule.name, escape(rule.why), escape(rule.mend))
    _print(table)


def _print(table: Table) -> None:
    """Folded to the terminal; one line per row where a program reads it."""
    console = out if out.is_terminal else Console(width=_WIDE)
    console.print(table)


class _Progress:
    """One line per source while it runs; a line that stays when it is done."""

    def __init__(self) -> None:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
        self._bar = Progress(*columns, console=err, transient=True, disable=not err.is_terminal)
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> _Progress:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def started(self, name: str) -> None:
        self._tasks[name] = self._bar.add_task(name)

    def finished(self, name: str, findings: int, seconds: float) -> None:
        self._bar.remove_task(self._tasks[name])
        # Accepted ones are still among them: what stands is known when all are done.
        err.print(f"[green]✓[/green] {name} [dim]{findings} found, {seconds:.1f} s[/dim]")
