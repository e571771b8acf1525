"""`carebase test` and `carebase bench`: everything there is to check, one step after the other."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Annotated

import typer
from rich.table import Table

from carebase.problems import EXIT_FOUND, UsageProblem
from carebase.project import Project
from carebase_cli.output import err

_CLI = (sys.executable, "-m", "carebase_cli")
# One file is one unit: its fixtures (a gateway, a stack) are made once, on one process. Long ones first,
# as tests/conftest.py has it; pytest-xdist's own order begins with those of many tests.
_PYTEST = (sys.executable, "-m", "pytest", "-q", "-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder")
# What applies, undoes and compares migrations. They are written on Postgres 17 wherever they go.
_MIGRATIONS = tuple(
    f"tests/db/test_{name}.py"
    for name in ("migrate", "rollback", "prove", "drift", "reset", "grants", "live_sessions", "supabase_cli")
)


@dataclass(frozen=True)
class Check:
    """A name to select it by, what it shows, and the command that shows it."""

    name: str
    shows: str
    command: tuple[str, ...]


CHECKS = (
    Check("compile", "generated access SQL is up to date", (*_CLI, "db", "compile", "--check")),
    Check("access", "docs/access and docs/personas.md are up to date", (*_CLI, "access", "show", "--check")),
    Check("lint", "no findings in SQL, migrations, catalogue, Python", (*_CLI, "lint")),
    Check("drift", "migrations give the declared database, and undo", (*_CLI, "db", "drift", "--rollbacks")),
    Check("types", "Python and TypeScript types are up to date", (*_CLI, "types", "--check")),
    Check("tests", "every test, on Postgres 17", _PYTEST),
    Check(
        "postgres15",
        "SQL stories, HTTP and migrations, on Postgres 15",
        (*_PYTEST, "--postgres", "15", "tests/sql", "tests/api", *_MIGRATIONS),
    ),
)


def run_checks(
    only: Annotated[
        list[str] | None, typer.Option(help=f"Run only this: {', '.join(check.name for check in CHECKS)}.")
    ] = None,
) -> None:
    """Run every check and test there is, on throw-away databases; the local stack need not run.

    A failing step does not stop the others. Exit code 0 when all passed, 1 otherwise.

    Example:

        carebase test --only lint --only drift
    """
    known = {check.name for check in CHECKS}
    if unknown := sorted(set(only or ()) - known):
        raise UsageProblem(
            "check_unknown", f"There is no check {unknown[0]!r}.", hint=f"Checks: {', '.join(sorted(known))}."
        )
    results = [(check, *_run(check)) for check in CHECKS if not only or check.name in only]
    table = Table(title="Checks", title_justify="left")
    for column in ("check", "shows", "seconds", "result"):
        table.add_column(column, justify="right" if column == "seconds" else "left")
    for check, code, seconds in results:
        table.add_row(
            check.name,
            check.shows,
            f"{seconds:.0f}",
            "[green]passed" if code == 0 else f"[red]failed ({code})",
        )
    err.print(table)
    if any(code for _, code, _ in results):
        raise typer.Exit(EXIT_FOUND)


def _run(check: Check) -> tuple[int, float]:
    err.rule(f"{check.name}: {check.shows}", align="left")
    started = time.monotonic()
    code = subprocess.run(check.command, cwd=Project.find().root).returncode
    return code, time.monotonic() - started


def bench() -> None:
    """Run the benchmarks; each prints medians, ratios and their spread.

    Example:

        carebase bench
    """
    project = Project.find()
    failed = False
    for script in sorted((project.root / "benchmarks").glob("*.py")):
        err.rule(script.stem, align="left")
        failed |= subprocess.run([sys.executable, script], cwd=project.root).returncode != 0
    if failed:
        raise typer.Exit(EXIT_FOUND)


def register(app: typer.Typer) -> None:
    """Add both commands to the root app."""
    app.command("test")(run_checks)
    app.command()(bench)
