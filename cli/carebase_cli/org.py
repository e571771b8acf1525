"""`carebase org`: organizations as a whole, and moving one to a database of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from carebase import tenants
from carebase.db.connect import ENV, resolve_url
from carebase.problems import EXIT_FOUND
from carebase.project import Project
from carebase.stack.gateway import storage_folder
from carebase.stack.state import StackState
from carebase_cli.org_output import shown, tell, tell_waiting, whole
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
_Secrets = Annotated[
    Path | None,
    typer.Option(help="The file that the export's --secrets wrote, for sealed values.", show_default=False),
]
_Files = Annotated[
    Path | None,
    typer.Option(
        "--files",
        help="The folder of the database's storage; default: the local stack's, for its database.",
        show_default=False,
    ),
]
_Path = Annotated[Path, typer.Argument(help="What `carebase org export` wrote, a folder or a .tar file.")]


def _storage(project: Project, url: str, files: Path | None) -> Path | None:
    """Where the files of a database are: nobody but the local stack says so by itself."""
    if files or not StackState.exists(project) or StackState.load(project).db_url != url:
        return files
    return storage_folder(project)


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
    closed = tenants.close_organization(url, organization, waiting=tell_waiting)
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
    secrets: Annotated[
        Path | None,
        typer.Option(help="Write what opens sealed values to this file, to keep apart.", show_default=False),
    ] = None,
    files: _Files = None,
    db_url: _DbUrl = None,
    as_json: _Json = False,
) -> None:
    """Write everything of one organization to files, as it is at one moment.

    With its people and their sign-ins, passwords as they are stored, that is hashed. The files are not
    encrypted: only their owner can read them, keep it so. Sealed values stay sealed, with a key that is made
    for this export and is in the file for secrets only. An interrupted export leaves nothing.

    Exit codes: 0 done; 1 done, but for files of the storage that are missing, altered or elsewhere, which are
    named; 2 wrong input; 3 no database answers; 4 the database refused.

    Example:
        carebase org export lakeside --out lakeside.tar --secrets lakeside.secrets
    """
    project = Project.find()
    url = resolve_url(project, db_url)
    with shown() as progress, whole("written"):
        report = tenants.export_organization(
            url,
            project,
            organization,
            path,
            secrets=secrets,
            storage=_storage(project, url, files),
            progress=progress,
        )
    err.print(
        f"[yellow]warning[/yellow] {escape(str(path))} holds health data and sign-ins in clear."
        " Move it over encrypted channels only, and delete it when the move is done."
    )
    if secrets:
        err.print(
            f"[yellow]warning[/yellow] {escape(str(secrets))} opens what is sealed in it."
            " Send and keep the two apart, and delete both."
        )
    tell(report, as_json, f"of {report.organization} written to {path}")
    elsewhere = sum(fault.fault == "elsewhere" for fault in report.file_faults)
    if elsewhere:
        err.print(
            f"[red]error[/red] {elsewhere:,} files of the storage are not in the export:"
            " name the folder that they are in with --files"
        )
    for fault in report.file_faults[: 0 if elsewhere else None]:
        err.print(f"[red]error[/red] {fault.path} of the storage is {fault.fault}, and not in the export")
    if report.file_faults:
        raise typer.Exit(EXIT_FOUND)


@app.command("import")
def import_organization(
    path: _Path,
    secrets: _Secrets = None,
    files: _Files = None,
    db_url: _DbUrl = None,
    as_json: _Json = False,
) -> None:
    """Load an organization into a database that does not have it.

    All of it, compared with the files table by table, or nothing. People who are in the database already stay
    as they are there. Repeating it changes nothing; an organization that is there with other rows is refused.
    Sealed values are sealed anew, with keys of this installation.

    Exit codes: 0 done, or all was there already; 2 the export or its secrets are damaged or wrong; 3 no
    database answers; 4 the database refused.

    Example:
        carebase org import lakeside.tar --secrets lakeside.secrets
    """
    project = Project.find()
    url = resolve_url(project, db_url)
    with shown() as progress, whole("imported"):
        report = tenants.import_organization(
            url,
            project,
            path,
            secrets=secrets,
            storage=_storage(project, url, files),
            progress=progress,
        )
    if report.is_unchanged and not as_json:
        out.print("Every row was there already; nothing was changed.")
        return
    tell(report, as_json, f"of {report.organization} loaded and compared")


@app.command("compare")
def compare_organization(
    path: _Path,
    secrets: _Secrets = None,
    files: _Files = None,
    db_url: _DbUrl = None,
    as_json: _Json = False,
) -> None:
    """Compare an export with what a database holds of its organization. Changes nothing.

    Exit codes: 0 the same; 1 some tables differ; 2 the export or its secrets are damaged or wrong; 3 no
    database answers; 4 the database refused.

    Example:
        carebase org compare lakeside.tar --secrets lakeside.secrets
    """
    project = Project.find()
    url = resolve_url(project, db_url)
    with shown() as progress, whole("changed"):
        found = tenants.compare_organization(
            url,
            project,
            path,
            secrets=secrets,
            storage=_storage(project, url, files),
            progress=progress,
        )
    if as_json:
        print_json([each.model_dump() for each in found])
    elif not found:
        out.print("The database holds exactly what the export holds.")
    else:
        table = Table(box=None)
        table.add_column("table or file that differs", overflow="fold")
        table.add_column("rows in the export", justify="right")
        table.add_column("in the database", justify="right")
        for each in found:
            table.add_row(each.table, f"{each.rows:,}", f"{each.rows_there:,}")
        out.print(table)
    if found:
        raise typer.Exit(EXIT_FOUND)
