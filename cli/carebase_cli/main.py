"""The Typer app: registers one module per noun and turns exceptions into sentences and exit codes."""

from __future__ import annotations

import sys

import typer
from rich.markup import escape

from carebase.problems import Problem
from carebase_cli import (
    access,
    checks,
    db,
    demo,
    flags,
    importing,
    lint,
    mutants,
    org,
    prove,
    seed,
    stack,
    types,
)
from carebase_cli.output import err

app = typer.Typer(
    name="carebase",
    help="The carebase platform from the command line: local stack, migrations, seeds, types, linting.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)

stack.register(app)
app.add_typer(db.app, name="db")
mutants.register(access.app)
prove.register(access.app)
app.add_typer(access.app, name="access")
app.add_typer(seed.app, name="seed")
app.add_typer(demo.app, name="demo")
app.add_typer(flags.app, name="flags")
app.add_typer(importing.app, name="import")
app.add_typer(org.app, name="org")
types.register(app)
lint.register(app)
checks.register(app)


def run() -> None:
    """Entry point: the one place where an exception becomes a sentence and an exit code."""
    verbose = "--verbose" in sys.argv
    if verbose:
        sys.argv.remove("--verbose")
    try:
        app()
    except Problem as problem:
        if verbose:
            raise
        err.print(f"[red]error[/red] {escape(problem.message)} [dim]({problem.code})[/dim]")
        if problem.hint:
            err.print(f"      {escape(problem.hint)}")
        sys.exit(problem.exit_code)
    except KeyboardInterrupt:
        err.print("interrupted; what was done is kept, run the command again to go on")
        sys.exit(130)
