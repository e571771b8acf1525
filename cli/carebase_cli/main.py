"""The root of the command line: finds a command's module, turns exceptions into sentences and exit codes."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import typer
from rich.markup import escape
from typer.core import TyperGroup

from carebase.problems import Problem
from carebase_cli.output import err

# Which module registers a command, in the order of the help. A module is imported when one of its commands is
# asked for: importing all of them takes most of a second.
MODULES = {
    "up": "stack",
    "down": "stack",
    "status": "stack",
    "logs": "stack",
    "console": "console",
    "reset": "stack",
    "backup": "backups",
    "restore": "backups",
    "types": "types",
    "lint": "lint",
    "commit-check": "lint",
    "test": "checks",
    "bench": "checks",
    "db": "db",
    "doctor": "doctor",
    "access": "access",
    "audit": "audit",
    "keys": "keys",
    "jobs": "jobs",
    "seed": "seed",
    "demo": "demo",
    "flags": "flags",
    "resilience": "resilience",
    "import": "importing",
    "org": "org",
    "rota": "rota",
}


class _Commands(Mapping[str, Any]):
    def __getitem__(self, name: str) -> Any:
        shelf = typer.Typer(rich_markup_mode="rich")
        import_module(f"carebase_cli.{MODULES[name]}").register(shelf)
        return typer.main.get_group(shelf).commands[name]

    def get(self, name: str, default: Any = None) -> Any:
        # The inherited one would take a KeyError of a module for a command that does not exist.
        return self[name] if name in MODULES else default

    def __iter__(self) -> Iterator[str]:
        return iter(MODULES)

    def __len__(self) -> int:
        return len(MODULES)


class _Root(TyperGroup):
    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.commands = _Commands()  # type: ignore[assignment]  # nothing is added to the root


app = typer.Typer(
    cls=_Root,
    name="carebase",
    help="The carebase platform from the command line: local stack, migrations, seeds, types, linting.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def _root() -> None:
    pass


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
