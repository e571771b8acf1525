"""`carebase console`: where the web console of the local stack is."""

from __future__ import annotations

import sys
import webbrowser
from typing import Annotated

import typer

from carebase.problems import EnvironmentProblem
from carebase.project import Project
from carebase.stack.gateway import Gateway
from carebase.stack.state import StackState
from carebase_cli.output import err, out


def register(app: typer.Typer) -> None:
    """Add the command to the root app."""
    app.command(rich_help_panel="Local stack")(console)


def console(
    open_: Annotated[
        bool | None,
        typer.Option(
            "--open/--no-open", help="Open it in the browser; by default in a terminal.", show_default=False
        ),
    ] = None,
) -> None:
    """Say where the web console is, and open it. `carebase up` serves it, `carebase demo users` sign in.

    Exit codes: 0 it is there; 3 the local stack does not run.

    Example:
        carebase console --no-open
    """
    project = Project.find()
    state = StackState.load(project)
    if not Gateway(project, state).is_healthy():
        raise EnvironmentProblem(
            "stack_down", "The local stack does not run; it serves the console.", hint="Run `carebase up`."
        )
    out.print(state.console_url, highlight=False)
    if (sys.stdout.isatty() if open_ is None else open_) and not webbrowser.open(state.console_url):
        err.print("There is no browser to open here: open the address yourself.")
