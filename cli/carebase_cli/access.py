"""`carebase access`: who may do what, in words."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from carebase.access.pages import html_page, write_pages
from carebase.access.show import Row, TableMatrix, show_access
from carebase.db.rooms import Command
from carebase.problems import EXIT_FOUND, UsageProblem
from carebase.project import Project
from carebase_cli import mutants, prove
from carebase_cli.output import err, out, print_json

app = typer.Typer(no_args_is_help=True, help="Who may do what: the matrices that policies are compiled from.")


def register(root: typer.Typer) -> None:
    """Add the commands of this module to the root app."""
    mutants.register(app)
    prove.register(app)
    root.add_typer(app, name="access")


@app.callback()
def _group() -> None:
    """Who may do what: the matrices that policies are compiled from."""


@app.command()
def show(
    table: Annotated[str | None, typer.Option(help="Only this table.")] = None,
    persona: Annotated[str | None, typer.Option(help="Only this persona.")] = None,
    html: Annotated[bool, typer.Option("--html", help="Print one page for a browser.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document, for scripts.")] = False,
    write: Annotated[
        bool, typer.Option("--write", help="Bring docs/access and docs/personas.md up to date.")
    ] = False,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 if they are stale.")] = False,
) -> None:
    """Show the access matrix: personas down, commands across, each cell the rows in words.

    "without" in a cell names columns that stay closed; what opens them to whom is told below the table.

    Exit codes: 0 shown, written or up to date; 1 stale, with --check; 2 a matrix is wrong, or there is no
    such table or persona.

    Example:
        carebase access show --table patients --persona scheduler
    """
    if sum((html, as_json, write, check)) > 1:
        raise UsageProblem("options_exclude_each_other", "Only one of --html, --json, --write and --check.")
    project = Project.find()
    if write or check:
        if table or persona:
            raise UsageProblem(
                "options_exclude_each_other", "The pages are written whole: no --table, --persona."
            )
        _pages(project, check=check)
        return
    matrices = show_access(project, table=table, persona=persona)
    if html:
        print(html_page(matrices), end="")
    elif as_json:
        print_json([asdict(one) for one in matrices])
    else:
        for one in matrices:
            _print(one)


def _pages(project: Project, *, check: bool) -> None:
    stale = write_pages(project, check=check)
    for path in stale:
        out.print(path.relative_to(project.root).as_posix(), highlight=False, markup=False)
    if not stale:
        err.print("Up to date.")
    elif check:
        err.print(f"{len(stale)} stale: run `carebase access show --write` and commit the files.")
        raise typer.Exit(EXIT_FOUND)


def _print(one: TableMatrix) -> None:
    out.print(f"[bold]{escape(one.room)}: {escape(one.name)}[/bold]  {escape(one.says)}")
    out.print(f"[dim]Whatever else is allowed: {one.floor}.[/dim]" if one.floor else "[dim]No floor.[/dim]")
    if one.rows:
        table = Table("who", *one.commands, pad_edge=False)
        for row in one.grouped:
            table.add_row(one.label(row), *(_cell(row, command) for command in one.commands))
        out.print(table)
    if one.nothing:
        out.print(f"[dim]May do nothing: {', '.join(one.nothing)}.[/dim]")
    functions = " and ".join(one.functions)
    for columns, who in one.readers:
        out.print(f"[yellow]{', '.join(columns)}[/yellow]: {functions}, for {', '.join(who)}.")
    out.print()


def _cell(row: Row, command: Command) -> str:
    return "; ".join(
        escape(cell.says) + (f", [yellow]without {', '.join(cell.without)}[/yellow]" if cell.without else "")
        for cell in row.cells.get(command, [])
    )
