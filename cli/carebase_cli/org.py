"""`carebase org`: organizations as a whole, and moving one to a database of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars
from rich.table import Table

from carebase import tenants
from carebase.db.connect import ENV, resolve_url
from carebase.problems import EXIT_FOUND, Problem
from carebase.project import Project
from carebase_cli.output import err, out, print_json

app = typer.Typer(
    no_args_is_help=True, help="Organizations as a whole: list them, move one to another database."
)


def register(root: typer.Typer) -> None:
    """Add the commands of this module to the root app."""
    root.add_typer(app, name="org")


_DbUrl = Annotated[
    str | None,
    typer.Option(envvar=ENV, help="Postgres address; default: the local stack.", show_default=False),
]
_Json = Annotated[bool, typer.Option("--json", help="Print one JSON document, for scripts.")]
_Organization = Annotated[str, typer.Argument(help="Slug or id of the organization.", metavar="ORG")]
_Path = Annotated[Path, typer.Argument(help="What `carebase org export` wrote, a folder or a .tar file.")]


class _Interrupted(Problem):
    """The user stopped it."""

    exit_code = 130


@app.command("list")
def list_organizations(db_url: _DbUrl = None, as_json: _Json = False) -> None:
    """List the organizations of a database, and how many people have a role in each now.

    Exit codes: 0 done; 3 no database answers; 4 the database refused.

    Example:
        carebase org list
    """
    lines = tenants.list_organizations(resolve_url(Project.find(), db_url))
    if as_json:
        print_json([line.model_dump(mode="json") for line in lines])
        return
    table = Table("slug", "name", "kind", "tier", box=None)
    table.add_column("people", justify="right")
    table.add_column("")
    for line in lines:
        closed = "" if line.is_active else "closed"
        name = escape(line.name)
        table.add_row(line.slug, name, line.kind, line.license_tier, f"{line.people:,}", closed)
    out.print(table)


@app.command("close")
def close_organization(organization: _Organization, db_url: _DbUrl = None) -> None:
    """Let nobody act in an organization any more, and wait for what is still being written.

    Its rows stay. The step before an export that nothing may be missing from.

    Exit codes: 0 done; 2 no such organization; 3 no database answers; 4 the database refused,
    or what began before did not end in time.

    Example:
        carebase org close lakeside
    """
    url = resolve_url(Project.find(), db_url)
    closed = tenants.close_organization(url, organization, waiting=_tell_waiting)
    out.print(f"{closed.slug} is closed: nobody acts in it any more.")


@app.command("open")
def open_organization(organization: _Organization, db_url: _DbUrl = None) -> None:
    """Let people act in an organization again, for instance where it has moved to.

    Exit codes: 0 done; 2 no such organization; 3 no database answers; 4 the database refused.

    Example:
        carebase org open lakeside
    """
    opened = tenants.open_organization(resolve_url(Project.find(), db_url), organization)
    out.print(f"{opened.slug} is open.")


@app.command("export")
def export_organization(
    organization: _Organization,
    path: Annotated[
        Path, typer.Option("--out", help="What to write: a folder, or one file if it ends in .tar.")
    ],
    db_url: _DbUrl = None,
    as_json: _Json = False,
) -> None:
    """Write everything of one organization to files, as it is at one moment.

    With its people and their sign-ins, passwords as they are stored, that is hashed. The files are not
    encrypted: only their owner can read them, keep it so. An interrupted export leaves nothing.

    Exit codes: 0 done; 2 wrong input; 3 no database answers; 4 the database refused.

    Example:
        carebase org export lakeside --out lakeside.tar
    """
    project = Project.find()
    url = resolve_url(project, db_url)
    with _shown() as shown, _whole("written"):
        report = tenants.export_organization(url, project, organization, path, progress=shown)
    err.print(
        f"[yellow]warning[/yellow] {escape(str(path))} holds health data and sign-ins in clear."
        " Move it over encrypted channels only, and delete it when the move is done."
    )
    _tell(report, as_json, f"of {report.organization} written to {path}")


@app.command("import")
def import_organization(path: _Path, db_url: _DbUrl = None, as_json: _Json = False) -> None:
    """Load an organization into a database that does not have it.

    All of it, compared with the files table by table, or nothing. People who are in the database already stay
    as they are there. Repeating it changes nothing; an organization that is there with other rows is refused.

    Exit codes: 0 done, or all was there already; 2 the export is damaged or wrong; 3 no database answers;
    4 the database refused.

    Example:
        carebase org import lakeside.tar --db-url postgresql://postgres@db.example:5432/postgres
    """
    project = Project.find()
    url = resolve_url(project, db_url)
    with _shown() as shown, _whole("imported"):
        report = tenants.import_organization(url, project, path, progress=shown)
    if report.is_unchanged and not as_json:
        out.print("Every row was there already; nothing was changed.")
        return
    _tell(report, as_json, f"of {report.organization} loaded and compared")


@app.command("compare")
def compare_organization(path: _Path, db_url: _DbUrl = None, as_json: _Json = False) -> None:
    """Compare an export with what a database holds of its organization. Changes nothing.

    Exit codes: 0 the same; 1 some tables differ; 2 the export is damaged; 3 no database answers; 4 the
    database refused.

    Example:
        carebase org compare lakeside.tar
    """
    project = Project.find()
    url = resolve_url(project, db_url)
    with _shown() as shown, _whole("changed"):
        found = tenants.compare_organization(url, project, path, progress=shown)
    if as_json:
        print_json([each.model_dump() for each in found])
    elif not found:
        out.print("The database holds exactly what the export holds.")
    else:
        table = Table("table that differs", box=None)
        table.add_column("rows in the export", justify="right")
        table.add_column("in the database", justify="right")
        for each in found:
            table.add_row(each.table, f"{each.rows:,}", f"{each.rows_there:,}")
        out.print(table)
    if found:
        raise typer.Exit(EXIT_FOUND)


def _tell_waiting(count: int) -> None:
    err.print(f"Waiting for {count} transactions that began before ...")


class _Bar(tenants.Progress):
    """The part of the work that is going on, and its bytes."""

    def __init__(self, bars: Bars, task: TaskID) -> None:
        self._bars = bars
        self._task = task

    def work(self, what: str, total: int | None = None) -> None:
        if not err.is_terminal:
            err.print(f"{what} ...")
        self._bars.reset(self._task, description=what, total=total)

    def advance(self, size: int) -> None:
        self._bars.advance(self._task, size)


@contextmanager
def _shown() -> Iterator[_Bar]:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TimeElapsedColumn(),
    )
    with Bars(*columns, console=err, transient=True, disable=not err.is_terminal) as bars:
        yield _Bar(bars, bars.add_task("Connecting", total=None))


@contextmanager
def _whole(done: str) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        raise _Interrupted(
            "interrupted", f"Interrupted; nothing was {done}.", hint="Run the command again."
        ) from None


def _tell(report: tenants.MoveReport, as_json: bool, done: str) -> None:
    if as_json:
        print_json(report.summary())
        return
    table = Table("table", box=None)
    for heading in ("rows", "bytes", "there already"):
        table.add_column(heading, justify="right")
    for line in report.tables:
        table.add_row(line.table, f"{line.rows:,}", f"{line.bytes:,}", f"{line.kept:,}" if line.kept else "")
    out.print(table)
    for name, reason in report.left_out.items():
        out.print(f"{name} does not move: {escape(reason)}.", highlight=False)
    out.print(f"\n{report.rows:,} rows {escape(done)} in {report.seconds:.1f} s.", highlight=False)
