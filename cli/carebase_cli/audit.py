"""`carebase audit`: read the audit trail, seal it, and find out whether it is whole."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from carebase import audit
from carebase.db.connect import ENV, resolve_url
from carebase.problems import EXIT_FOUND, UsageProblem
from carebase.project import Project
from carebase_cli import audit_events
from carebase_cli.audit_events import utc
from carebase_cli.output import out, print_json

app = typer.Typer(no_args_is_help=True, help="The audit trail: read it, seal it, verify it.")


def register(root: typer.Typer) -> None:
    """Add the commands of this module to the root app."""
    root.add_typer(app, name="audit")


_DbUrl = Annotated[
    str | None,
    typer.Option(envvar=ENV, help="Postgres address; default: the local stack.", show_default=False),
]
_Json = Annotated[bool, typer.Option("--json", help="Print one JSON document, for scripts.")]
_Org = Annotated[
    str | None,
    typer.Option(help="Slug or id; `none` for events of no organization.", show_default=False),
]
_Since = Annotated[
    datetime | None, typer.Option(help="From this moment on (UTC unless it says).", show_default=False)
]


@app.command()
def verify(
    org: _Org = None,
    since: _Since = None,
    checkpoint: Annotated[
        Path | None, typer.Option(help="What `carebase audit checkpoint` wrote.", show_default=False)
    ] = None,
    public_key: Annotated[
        Path | None, typer.Option(help="The checkpoint must be signed with this key.", show_default=False)
    ] = None,
    db_url: _DbUrl = None,
    as_json: _Json = False,
) -> None:
    """Recompute every chain and name the first event that is altered, missing, inserted or out of its order.

    What was cut off at the end of everything is found against a checkpoint only.

    Exit codes: 0 whole; 1 something is wrong; 2 wrong options or checkpoint; 3 no database answers;
    4 the database refused.

    Example:
        carebase audit verify --org lakeside --checkpoint friday.checkpoint
    """
    if public_key is not None and checkpoint is None:
        raise UsageProblem("checkpoint_missing", "--public-key is for a --checkpoint.")
    kept = audit.read_checkpoint(checkpoint, public_key=public_key) if checkpoint else None
    url = resolve_url(Project.find(), db_url)
    found = audit.verify(url, organization=org, since=utc(since), checkpoint=kept)
    if as_json:
        print_json(found.model_dump(mode="json") | {"events": found.events, "is_whole": not found.faults})
    for fault in () if as_json else found.faults:
        out.print(f"[red]✗[/red] {escape(fault.sentence())}", highlight=False)
    if found.faults:
        raise typer.Exit(EXIT_FOUND)
    if not as_json:
        chains = sum(chain.org_id is not None for chain in found.chains)
        out.print(f"[green]✓[/green] {found.events:,} events in {chains} chains are as they were.")


@app.command()
def checkpoint(
    path: Annotated[
        Path | None, typer.Argument(help="File to write; default: print it.", show_default=False)
    ] = None,
    sign_with: Annotated[
        Path | None, typer.Option(help="Private Ed25519 key (PEM) to sign with.", show_default=False)
    ] = None,
    db_url: _DbUrl = None,
) -> None:
    """Write down the ends of all chains, to be kept where nobody who can change the database can change it.

    Exit codes: 0 done; 2 the file is there already, or the key is none; 3 no database answers; 4 it refused.

    Example:
        carebase audit checkpoint friday.checkpoint
    """
    text = audit.write_checkpoint(resolve_url(Project.find(), db_url), path, sign_with=sign_with)
    if path is None:
        sys.stdout.write(text + "\n")


@app.command()
def seal(
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on until interrupted.")] = False,
    every: Annotated[float, typer.Option(min=0.05, help="Seconds between two looks.")] = 0.5,
    rotate_key: Annotated[bool, typer.Option("--rotate-key", help="Make a new key first.")] = False,
    db_url: _DbUrl = None,
    as_json: _Json = False,
) -> None:
    """Seal what has been committed; several sealers at once do no harm.

    Exit codes: 0 done; 3 no database answers; 4 it refused; 130 interrupted.

    Example:
        carebase audit seal --follow
    """
    url = resolve_url(Project.find(), db_url)
    version = audit.rotate_key(url) if rotate_key else None
    if follow:
        audit.seal_on(url, every=every)
    count = audit.seal(url)
    if as_json:
        print_json({"sealed": count, "rotated_to": version} | audit.status(url).model_dump(mode="json"))
        return
    if version is not None:
        out.print(f"Key {version} seals from now on.")
    out.print(f"{count:,} events sealed.", highlight=False)


@app.command()
def drop(
    before: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="A day, six years ago or more.")],
    db_url: _DbUrl = None,
) -> None:
    """Drop the events of whole months before a day; their seals stay, and the chain verifies as before.

    Verify first, and write an export and a checkpoint: what is dropped is gone.

    Exit codes: 0 done; 3 no database answers; 4 too young, not all sealed, or refused.

    Example:
        carebase audit drop 2020-01-01
    """
    months = audit.drop_months(resolve_url(Project.find(), db_url), before.date())
    out.print(f"{months} months dropped.", highlight=False)


audit_events.register(app)
