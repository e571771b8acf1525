"""`carebase demo`: who can sign in to the demo, a day of its team, and an organization of any size."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import groupby
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from carebase.db.connect import ENV
from carebase.project import Project
from carebase.seeds import demo_password, demo_users
from carebase.seeds.scale import HomesPlan, Plan
from carebase.seeds.scale import generate as fill
from carebase.stack.state import StackState
from carebase_cli.output import counted, out, print_json, step
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


@app.command()
def generate(
    providers: Annotated[
        int, typer.Option(min=10, max=1_000_000, help="People of the large organization.")
    ] = 100_000,
    care_homes: Annotated[
        int, typer.Option(min=0, max=2_000, help="Care homes, instead of people of the resilience hub.")
    ] = 0,
    beds: Annotated[int, typer.Option(min=4, max=200, help="Beds of each home.")] = 60,
    days: Annotated[int, typer.Option(min=1, max=730, help="Days of history.")] = 365,
    organizations: Annotated[
        int, typer.Option(min=0, max=10_000, help="Small organizations beside it.")
    ] = 1_000,
    seed: Annotated[int, typer.Option(min=0, max=2**31, help="Another number gives other rows.")] = 1,
    until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The last day that has rows.", show_default="today, in UTC"),
    ] = None,
    db_url: Annotated[
        str | None,
        typer.Option(envvar=ENV, help="Postgres address; default: the local stack.", show_default=False),
    ] = None,
    allow_remote: Annotated[
        bool, typer.Option("--allow-remote", help="Let made-up people into a database on another machine.")
    ] = False,
    as_json: _Json = False,
) -> None:
    """Fill a throw-away database with one large organization and many small ones, to see how fast it is.

    Refuses a database that holds any other organization: `carebase reset --no-seed` empties the local one,
    which is filled as its superuser, so that triggers can be switched off. Another database goes many times
    as fast that way, too; homes are made in no other way. May be interrupted: the same command goes on where
    it ended. The same numbers, seed and last day give the same rows.

    Exit codes: 0 done; 2 wrong input, a database in use, or one on another machine; 3 no database answers;
    4 the database refused; 130 interrupted.

    Example:
        carebase demo generate --care-homes 20 --beds 40 --days 90 --organizations 20
    """
    project = Project.find()
    last = until.date() if until else datetime.now(UTC).date()
    plan = (
        HomesPlan(homes=care_homes, beds=beds, days=days, organizations=organizations, seed=seed, until=last)
        if care_homes
        else Plan(providers=providers, days=days, organizations=organizations, seed=seed, until=last)
    )
    with counted("Making people and their days") as bar:
        report = fill(
            db_url or StackState.load(project).admin_url,
            project,
            plan,
            lambda done, parts: bar.update(bar.task_ids[0], completed=done, total=parts),
            allow_remote=allow_remote,
        )
    if as_json:
        print_json(report.model_dump())
        return
    table = Table("table", "rows", box=None, pad_edge=False)
    for name, count in report.rows.items():
        table.add_row(name, f"{count:,}")
    out.print(table)
    if report.skipped:
        out.print(f"{report.skipped} parts were there already.", highlight=False)
