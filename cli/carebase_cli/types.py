"""`carebase types`: typed Python and TypeScript from the database."""

from __future__ import annotations

from typing import Annotated

import typer

from carebase.db.connect import ENV
from carebase.problems import EXIT_FOUND
from carebase.project import Project
from carebase.types import generate
from carebase_cli.output import err, out, print_json, step

_DbUrl = Annotated[
    str | None,
    typer.Option(
        help=f"Describe this database instead of building one from sql/. {ENV} is not read here: "
        "what is committed describes sql/.",
        show_default=False,
    ),
]
_Json = Annotated[bool, typer.Option("--json", help="Print one JSON document, for scripts.")]


def register(app: typer.Typer) -> None:
    """Add the command of this module to the root app."""
    app.command("types", rich_help_panel="Checks")(_types)


def _types(
    check: Annotated[bool, typer.Option("--check", help="Write nothing; fail when a file is stale.")] = False,
    db_url: _DbUrl = None,
    as_json: _Json = False,
) -> None:
    """Bring the typed client, its models and the TypeScript types up to date with the database.

    Python: pylib/carebase/models and pylib/carebase/client; TypeScript: supabase/types/database.types.ts, by
    Supabase's own generator. The database is built from sql/ on a server of its own, gone afterwards.

    Exit codes: 0 up to date now; 1 stale files (with --check); 2 two objects with one name, or a file in the
    way; 3 a tool is missing; 4 sql/ does not load.

    Example:
        carebase types --check
    """
    project = Project.find()
    with step("Reading the database and generating types"):
        files = generate(project, db_url, check=check)
    changed = [file.relative_to(project.root).as_posix() for file in files]
    if as_json:
        print_json({"stale" if check else "changed": changed})
    else:
        for path in changed:
            out.print(path, highlight=False, markup=False)
        if check and changed:
            err.print(f"{len(changed)} stale: run `carebase types` and commit the files.")
        elif not changed:
            err.print("Every generated file is up to date.")
    if check and changed:
        raise typer.Exit(EXIT_FOUND)
