"""`carebase up`, `down`, `status`, `logs`, `reset`: the local stack."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from carebase import seeds
from carebase.problems import EXIT_ENVIRONMENT, UsageProblem
from carebase.project import Project
from carebase.stack import local
from carebase.stack.local import Service, StackStatus, UpReport
from carebase_cli.output import err, out, print_json, step


def _port(what: str) -> Any:
    return typer.Option(min=1024, max=65535, help=f"Port for {what}; remembered. Default: a free one.")


_Seed = Annotated[bool, typer.Option("--seed/--no-seed", help="Load the reference data.")]
_Demo = Annotated[bool, typer.Option("--demo", help="Load the demo organization and run the demo.")]
_Json = Annotated[bool, typer.Option("--json", help="Print one JSON document, for scripts.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module to the root app."""
    for command in (up, down, status, logs, reset):
        app.command(rich_help_panel="Local stack")(command)


def up(
    db_port: Annotated[int | None, _port("Postgres")] = None,
    api_port: Annotated[int | None, _port("the API gateway")] = None,
    seed: _Seed = True,
    demo: _Demo = False,
    as_json: _Json = False,
) -> None:
    """Start the local stack: Postgres, migrations, API gateway, seeds. Run it as often as you like.

    Exit codes: 0 everything runs; 3 something on this machine is in the way; 4 the database refused.

    Example:
        carebase up --demo
    """
    project = Project.find()
    report = local.up(project, db_port=db_port, api_port=api_port, seed=seed, demo=demo, step=step)
    if as_json:
        print_json(_up_as_json(project, report, demo))
    else:
        _tell(project, report, demo)


def down(as_json: _Json = False) -> None:
    """Stop the local stack. Data, ports and keys stay for the next `carebase up`.

    Exit codes: 0 it is down.

    Example:
        carebase down
    """
    stopped = local.down(Project.find(), step=step)
    if as_json:
        print_json({"stopped": stopped})
    else:
        err.print("The local stack is down." if stopped else "The local stack was not running.")


def status(as_json: _Json = False) -> None:
    """Say where the local stack is and whether it is healthy. What it prints holds the stack's secrets.

    Exit codes: 0 healthy; 3 not.

    Example:
        carebase status --json
    """
    found = local.status(Project.find())
    if as_json:
        print_json(found.model_dump())
    else:
        _tell_status(found)
    if not found.healthy:
        raise typer.Exit(EXIT_ENVIRONMENT)


def logs(
    service: Annotated[
        str | None, typer.Argument(help="One of the two; both if left out.", metavar="[postgres|gateway]")
    ] = None,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on until Ctrl-C.")] = False,
    lines: Annotated[int, typer.Option("--lines", "-n", min=0, help="How many of the last lines.")] = 100,
) -> None:
    """Show what the servers of the local stack wrote.

    Exit codes: 0 shown; 2 no such service; 130 ended by Ctrl-C.

    Example:
        carebase logs gateway --follow
    """
    wanted = _service(service)
    for name, line in local.logs(Project.find(), wanted, lines=lines, follow=follow):
        out.print(line if wanted else f"{name:8} {line}", markup=False, highlight=False)


def reset(
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    seed: _Seed = True,
    demo: _Demo = False,
) -> None:
    """Delete the local database and start a new one. Ports and keys stay.

    Exit codes: 0 a new stack runs; 2 not confirmed; 3 something on this machine is in the way.

    Example:
        carebase reset --yes
    """
    project = Project.find()
    if not yes and not _confirmed(f"Delete everything in the local database of {project.root}?"):
        raise UsageProblem(
            "not_confirmed", "Nothing was deleted.", hint="`carebase reset --yes` does it without asking."
        )
    local.reset(project, step=step)
    _tell(project, local.up(project, seed=seed, demo=demo, step=step), demo)


def _confirmed(question: str) -> bool:
    return sys.stdin.isatty() and typer.confirm(question, err=True)


def _service(name: str | None) -> Service | None:
    for service in local.SERVICES:
        if name == service:
            return service
    if name is None:
        return None
    raise typer.BadParameter(f"{name} is not a service; choose one of {', '.join(local.SERVICES)}.")


def _up_as_json(project: Project, report: UpReport, demo: bool) -> dict[str, Any]:
    shown = None
    if demo:
        # Its client takes longer to import than most commands to run.
        from carebase_jobs import daily_checkins

        shown = daily_checkins.run(project).model_dump()
    did = {"started": report.started, "migrated": report.migrated, "seeded": report.seeded}
    return {**local.status(project).model_dump(), **did, "examples": report.examples, "demo": shown}


def _tell(project: Project, report: UpReport, demo: bool) -> None:
    if demo:
        from carebase_cli import demo as demonstration  # as above

        demonstration.run()
        out.print()
    state = report.state
    did = [f"started {' and '.join(report.started)}" if report.started else "everything ran already"]
    did.append(f"migrations applied: {len(report.migrated)}")
    if report.seeded is not None:
        did.append(f"rows of seed data added: {report.seeded}")
    if report.examples is not None:
        did.append(f"FHIR example records there: {report.examples}")
    out.print(f"The local stack is up: {', '.join(did)}.\n")
    out.print(f"  API              {state.api_url}")
    out.print(f"  console          {state.console_url}")
    out.print(f"  publishable key  {escape(state.publishable_key)}", highlight=False)
    out.print(f"  secret key       {escape(state.secret_key)}", highlight=False)
    if demo:
        _tell_who_can_sign_in(project)
    out.print("\nTry next:\n")
    out.print("  carebase demo users      who can sign in, and with which password", highlight=False)
    out.print("  carebase demo run        check the nurses in and show the team's summary", highlight=False)
    out.print("  carebase status --json   every URL and key, for scripts", highlight=False)


def _tell_who_can_sign_in(project: Project) -> None:
    table = Table("who can sign in", "as", "of", box=None)
    for user in seeds.demo_users(project):
        table.add_row(user.email, user.persona, user.organization)
    out.print()
    out.print(table)
    out.print(f"\n password of all  {escape(seeds.demo_password(project))}", highlight=False)


def _tell_status(found: StackStatus) -> None:
    if found.api_url is None:
        err.print("There is no local stack here yet: run `carebase up`.")
        return
    out.print("healthy" if found.healthy else "[red]not healthy[/red]: run `carebase up`")
    out.print(f"  API         {found.api_url}")
    out.print(f"  database    {escape(str(found.db_url))}", highlight=False)
    out.print(f"  Postgres    {found.postgres_version or 'not running'}", highlight=False)
    applied, pending = len(found.migrations.applied), len(found.migrations.pending)
    out.print(f"  migrations  {applied} applied, {pending} pending", highlight=False)
