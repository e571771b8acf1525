"""`carebase db`: from `sql/` to migrations, and from migrations to a database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Annotated, Literal

import typer
from rich.markup import escape
from rich.table import Table

from carebase.access import compile_rooms
from carebase.db import diff as differ
from carebase.db import drift as drifts
from carebase.db import files, migrations, prove
from carebase.db import reset as resetting
from carebase.db.connect import ENV, resolve_url, server_version
from carebase.db.files import Migration
from carebase.db.migrations import Watcher
from carebase.db.scratch import Scratch, scratch_server
from carebase.db.script_text import new_texts
from carebase.problems import EXIT_FOUND
from carebase.project import Project
from carebase_cli.output import err, out, print_json

app = typer.Typer(no_args_is_help=True, help="Migrations: write them from sql/, apply, undo and prove them.")


def register(root: typer.Typer) -> None:
    """Add the commands of this module to the root app."""
    root.add_typer(app, name="db")


_DbUrl = Annotated[
    str | None,
    typer.Option(envvar=ENV, help="Postgres address; default: the local stack.", show_default=False),
]
_Json = Annotated[bool, typer.Option("--json", help="Print one JSON document, for scripts.")]
_Name = Annotated[str, typer.Argument(help="Lower-case words joined by underscores.")]
_Postgres = Annotated[Literal["15", "17"], typer.Option(help="Major version of the throw-away server.")]


class _Told(Watcher):
    """Says on stderr what a run does."""

    def waiting(self) -> None:
        err.print("Another run is migrating this database; waiting for it to end ...")

    def begins(self, migration: Migration) -> None:
        err.print(f"[dim]{migration.label} ...[/dim]")

    def ends(self, migration: Migration, seconds: float) -> None:
        err.print(f"[green]✓[/green] {migration.label} [dim]{seconds:.1f} s[/dim]")


@app.command()
def new(
    name: _Name,
    data: Annotated[bool, typer.Option("--data", help="It changes rows, not structure.")] = False,
    as_json: _Json = False,
) -> None:
    """Write an empty migration and rollback, to be filled in by hand.

    For what `carebase db diff` cannot know: changed rows, an index made concurrently.

    Exit codes: 0 written; 2 a bad name.

    Example:
        carebase db new backfill_display_names --data
    """
    up, down = new_texts(name, data=data)
    _tell_written([files.new_pair(Project.find(), name, up=up, down=down)], as_json)


@app.command()
def diff(
    name: _Name,
    allow_drops: Annotated[bool, typer.Option("--allow-drops", help="Go on although data is lost.")] = False,
    rename: Annotated[
        list[str] | None,
        typer.Option(help="OLD=NEW, as the refusal names them: renamed, not dropped. May be repeated."),
    ] = None,
    postgres: _Postgres = "17",
    as_json: _Json = False,
) -> None:
    """Write a migration and its rollback from what was edited in sql/.

    Compiles the access matrices, compares sql/ with the migrations on a throw-away server, writes the
    difference, and proves it: applied, undone and applied again. Needs no running stack.

    Exit codes: 0 written, or nothing changed; 2 refused: data would be lost, sql/ is wrong; 3 something is
    not installed; 4 a statement fails.

    Example:
        carebase db diff add_beds
    """
    project = Project.find()
    files.require_name(name)
    for path in compile_rooms(project):
        _tell(f"compiled {path.relative_to(project.root)}")
    with _scratch(project, int(postgres)) as scratch:
        written = differ.write_migration(
            project, scratch, name, allow_drops=allow_drops, renames=rename or [], tell=_tell
        )
    if not written and not as_json:
        err.print("Nothing changed: the migrations already give what sql/ declares.")
        return
    _tell_written(written, as_json)


@app.command()
def migrate(
    db_url: _DbUrl = None,
    install_platform: Annotated[
        bool,
        typer.Option("--install-platform", help="First add Supabase's platform objects to a plain Postgres."),
    ] = False,
    as_json: _Json = False,
) -> None:
    """Apply the pending migrations, each in a transaction of its own.

    Exit codes: 0 up to date; 2 a migration is not fit to run; 3 no database answers; 4 the database is
    ahead, a migration was edited, or a statement failed (everything of that migration is undone).

    Example:
        carebase db migrate
    """
    project = Project.find()
    done = migrations.migrate(
        project, resolve_url(project, db_url), watcher=_Told(), install_platform=install_platform
    )
    _tell_done("applied", done, as_json)


@app.command()
def rollback(
    steps: Annotated[int, typer.Option(min=1, help="How many migrations to undo.")] = 1,
    to: Annotated[
        str | None, typer.Option(metavar="VERSION", help="Undo everything newer than this; 0 undoes all.")
    ] = None,
    db_url: _DbUrl = None,
    as_json: _Json = False,
) -> None:
    """Undo the newest migrations with their rollbacks. Rows in what is dropped are lost.

    Exit codes: 0 undone; 2 no such version; 3 no database answers; 4 one cannot be undone, or a statement
    failed.

    Example:
        carebase db rollback --steps 1
    """
    project = Project.find()
    done = migrations.rollback(project, resolve_url(project, db_url), steps=steps, to=to, watcher=_Told())
    _tell_done("undone", done, as_json)


@app.command()
def status(db_url: _DbUrl = None, as_json: _Json = False) -> None:
    """List the migrations and how each stands in the database.

    Exit codes: 0 listed, whatever the state; 2 not a checkout; 3 no database answers; 4 it refused.

    Example:
        carebase db status --json
    """
    project = Project.find()
    rows = migrations.status(project, resolve_url(project, db_url))
    if as_json:
        print_json([{**asdict(row), "applied": row.state != "pending"} for row in rows])
        return
    table = Table("version", "name", "state", "rollback", box=None, pad_edge=False)
    colours = {"applied": "green", "pending": "yellow", "edited": "red", "unknown": "red"}
    for row in rows:
        state = f"[{colours[row.state]}]{row.state}[/]"
        table.add_row(row.version, escape(row.name), state, "yes" if row.has_rollback else "no")
    out.print(table if rows else "There are no migrations.")


@app.command()
def reset(
    db_url: _DbUrl = None,
    yes_really: Annotated[
        bool, typer.Option("--yes-really", help="Even a database that is not on this machine.")
    ] = False,
    as_json: _Json = False,
) -> None:
    """Delete everything of ours in the local database, sign-ins included, and migrate anew, without seeds.

    Exit codes: 0 empty and migrated; 2 the database is not on this machine; 3 no database answers; 4 it
    refused.

    Example:
        carebase db reset
    """
    project = Project.find()
    url = resolve_url(project, db_url)
    _tell_done("applied", resetting.reset(project, url, anywhere=yes_really, watcher=_Told()), as_json)


@app.command()
def drift(
    rollbacks: Annotated[
        bool, typer.Option("--rollbacks", help="Also apply, undo and apply again each migration.")
    ] = False,
    live: Annotated[
        bool, typer.Option("--live", help="Compare the local stack's database instead; it is only read.")
    ] = False,
    db_url: Annotated[
        str | None, typer.Option(help="The same with this database.", show_default=False)
    ] = None,
    postgres: _Postgres = "17",
    as_json: _Json = False,
) -> None:
    """Prove that replaying all migrations gives exactly what sql/ declares, or print the difference.

    Tables, columns, constraints, indexes, policies, functions, triggers, views, grants, comments and the
    rest, on a throw-away server. Needs no running stack.

    Exit codes: 0 no difference; 1 differences; 2 sql/ or a migration is wrong; 3 something is not installed;
    4 a statement fails.

    Example:
        carebase db drift --rollbacks
    """
    project = Project.find()
    if live or db_url:
        url = resolve_url(project, db_url)
        with _scratch(project, 15 if server_version(url) < 16 else 17) as scratch:
            found = drifts.find_live_drift(project, scratch, url)
    else:
        with _scratch(project, int(postgres)) as scratch:
            found = drifts.find_drift(project, scratch, tell=_tell)
            for generous in (True, False) if rollbacks else ():
                found += prove.prove_rollbacks(project, scratch, generous=generous, tell=_tell).drifts
    if as_json:
        print_json([{"seen": drift.seen, **asdict(drift.difference)} for drift in found])
    elif found:
        for drift in found:
            out.print(f"[dim]{drift.seen}:[/dim] {escape(str(drift.difference))}")
        err.print(f"{len(found)} difference(s). `carebase db diff NAME` writes a migration from sql/.")
    else:
        err.print("No drift.")
    if found:
        raise typer.Exit(EXIT_FOUND)


@app.command(name="compile")
def compile_(
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 if stale.")] = False,
    as_json: _Json = False,
) -> None:
    """Compile the access matrices of all rooms to sql/ROOM/generated/.

    Exit codes: 0 up to date or written; 1 stale, with --check; 2 a matrix is wrong.

    Example:
        carebase db compile --check
    """
    project = Project.find()
    changed = [str(path.relative_to(project.root)) for path in compile_rooms(project, check=check)]
    if as_json:
        print_json(changed)
    else:
        for path in changed:
            out.print(path)
        if not changed:
            err.print("Up to date.")
    if check and changed:
        raise typer.Exit(EXIT_FOUND)


@contextmanager
def _scratch(project: Project, version: int) -> Iterator[Scratch]:
    _tell("starting a throw-away server")
    with scratch_server(project, version) as scratch:
        yield scratch


def _tell(text: str) -> None:
    err.print(f"[dim]{escape(text)} ...[/dim]")


def _tell_written(written: list[Migration], as_json: bool) -> None:
    paths = [script.where for pair in written for script in (pair.up, pair.down) if script is not None]
    if as_json:
        print_json(paths)
    else:
        for path in paths:
            out.print(path)


def _tell_done(word: str, done: list[Migration], as_json: bool) -> None:
    if as_json:
        print_json({word: [migration.label for migration in done]})
    elif not done:
        err.print(f"Nothing to do: nothing was {word}." if word == "undone" else "Nothing to do: up to date.")
