"""`carebase rota`: propose who could work the open shifts of a home."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer
from rich.markup import escape

from carebase.db.connect import ENV, resolve_url
from carebase.project import Project
from carebase_cli.output import out, print_json
from carebase_jobs import rota

app = typer.Typer(no_args_is_help=True, help="Rotas of care homes: fill the open shifts of a week.")


def register(root: typer.Typer) -> None:
    """Add the commands of this module to the root app."""
    root.add_typer(app, name="rota")


@app.callback()
def _group() -> None:
    pass


_DbUrl = Annotated[
    str | None,
    typer.Option(envvar=ENV, help="Postgres address; default: the local stack.", show_default=False),
]
_Json = Annotated[bool, typer.Option("--json", help="Print one JSON document, for scripts.")]


@app.command()
def fill(
    org: Annotated[str, typer.Option(help="Slug of the organization.")],
    site: Annotated[str, typer.Option(help="Name or id of the site.")],
    week: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Any day of the week.")],
    seconds: Annotated[float, typer.Option(min=0.1, max=600, help="For the solver.")] = 20.0,
    db_url: _DbUrl = None,
    as_json: _Json = False,
) -> None:
    """Propose who could work the open shifts of a week, and say why the others stay open.

    Nobody is assigned: a manager looks at the proposal and applies it, under the same rules as by hand. It
    replaces the one before.

    Exit codes: 0 proposed, also if shifts stay open; 2 no such organization, site or rota; 3 no database
    answers; 4 it is not migrated, or refused.

    Example:
        carebase rota fill --org lakeside --site "The Elms" --week 2026-03-02
    """
    url = resolve_url(Project.find(), db_url)
    filled = rota.fill(url, org, site, week.date(), seconds=seconds)
    if as_json:
        print_json(filled.model_dump())
        return
    best = "" if filled.is_optimal else " [dim](there may be a better one: the time was over)[/dim]"
    out.print(
        f"{escape(filled.site)}, week of {filled.week_on}: "
        f"{filled.filled_count} of {filled.place_count} open places filled{best}"
    )
    for line in filled.stays_open:
        why = ", ".join(f"{reason} {count}" for reason, count in sorted(line.refusals.items()))
        out.print(f"  {line.shift_id}: {line.open_count} open [dim]({why or 'nobody works there'})[/dim]")
    out.print(f"proposal {filled.proposal_id}")
