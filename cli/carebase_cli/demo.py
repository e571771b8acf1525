"""`carebase demo`: who can sign in to the demo, and a day of its team."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from carebase.project import Project
from carebase.seeds import demo_password, demo_users
from carebase_cli.output import out, print_json, step
from carebase_cli.team_chart import team_chart
from carebase_jobs import daily_checkins

app = typer.Typer(no_args_is_help=True, help="The made-up organizations of the demo and their day.")


def register(root: typer.Typer) -> None:
    """Add the commands of this module to the root app."""
    root.add_typer(app, name="demo")


_Json = Annotated[bool, typer.Option("--json", help="Print one JSON document, for scripts.")]


@app.command()
def users(as_json: _Json = False) -> None:
    """List who can sign in to the demo, with which password, as what and where.

    The password is this installation's own; CAREBASE_DEMO_PASSWORD overrides it (then seed again).

    Exit codes: 0 listed; 2 a seed file or the password is wrong; 3 the password cannot be kept.

    Example:
        carebase demo users --json
    """
    project = Project.find()
    password = demo_password(project)
    people = demo_users(project)
    if as_json:
        print_json(
            [
                {
                    "email": user.email,
                    "password": password,
                    "persona": user.persona,
                    "organization": user.organization,
                    "name": user.name,
                }
                for user in people
            ]
        )
        return
    table = Table("e-mail", "persona", "name", box=None, pad_edge=False)
    for organization, members in groupby(people, key=lambda user: user.organization):
        table.add_row(f"[bold]{escape(organization)}[/bold]")
        for user in members:
            table.add_row(f"  {user.email}", user.persona, user.name)
    out.print(table)
    out.print(f"\nEverybody's password: {password}", markup=False, highlight=False)


@app.command()
def run(as_json: _Json = False) -> None:
    """Check the demo's nurses in for today over HTTP and show their care manager's summary.

    Run it as often as you like: a check-in of the same day replaces the one before.

    Exit codes: 0 done; 2 there is no stack; 3 the API does not answer; 4 the demo is not seeded, or the
    resilience hub is switched off.

    Example:
        carebase demo run
    """
    project = Project.find()
    with step("Checking the nurses in"):
        done = daily_checkins.run(project)
    if as_json:
        print_json(done.model_dump())
        return
    names = ", ".join(nurse.name for nurse in done.checked_in)
    out.print(
        f"{len(done.checked_in)} nurses of {done.organization} checked in for {done.day}:", highlight=False
    )
    out.print(f"{names}.\n\nWhat {done.manager}, their care manager, sees:\n")
    out.print(team_chart(done.team, out))
    _explain(done)


def _explain(done: daily_checkins.DailyCheckins) -> None:
    """Say why some days have no figures."""
    suppressed = ", ".join(f"{day.checkin_date:%d %b}" for day in done.team if day.is_suppressed)
    still_open = ", ".join(f"{day.checkin_date:%d %b}" for day in done.team if day.is_open)
    if suppressed:
        out.print(f"\nSuppressed, because fewer than five people checked in: {suppressed}.", highlight=False)
    if still_open:
        out.print(f"\nStill open; figures come when the day is over: {still_open}.", highlight=False)
