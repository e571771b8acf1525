"""`carebase resilience`: switch the resilience hub on, roll it out, and look at its closed months."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from carebase import flags, resilience
from carebase.db.connect import ENV, resolve_url
from carebase.project import Project
from carebase.resilience import FEATURE, MOST_MONTHS, WellbeingMonth
from carebase_cli.flags import tell_features, tell_flags
from carebase_cli.output import out, print_json

app = typer.Typer(
    no_args_is_help=True, help="The resilience hub: switch it on, roll it out, see how it goes."
)


def register(root: typer.Typer) -> None:
    """Add the commands of this module to the root app."""
    root.add_typer(app, name="resilience")


_DbUrl = Annotated[
    str | None,
    typer.Option(envvar=ENV, help="Postgres address; default: the local stack.", show_default=False),
]
_Json = Annotated[bool, typer.Option("--json", help="Print one JSON document, for scripts.")]
_Org = Annotated[str | None, typer.Option(help="Only the organization with this slug.", show_default=False)]
_Months = Annotated[int, typer.Option(min=1, max=MOST_MONTHS, help="So many calendar months back.")]
_Teams = Annotated[bool, typer.Option("--teams", help="Also each team, where it may be told.")]
Format = Literal["json", "csv"]
_WIDTH = 120
_SUPPRESSED = "- suppressed: it would stand for fewer than five people, alone or by subtraction."


@app.command()
def enable(
    organization: Annotated[str, typer.Argument(help="Slug of the organization.")],
    reason: Annotated[str, typer.Option(help="Why, for those who come later.")] = "A beta.",
    db_url: _DbUrl = None,
    as_json: _Json = False,
) -> None:
    """Switch the hub on for one organization: a beta, before licence and rollout.

    Acts on its next request, and takes part for nobody: each provider is asked. The way back is
    `carebase flags override resilience_hub ORGANIZATION --remove`.

    Exit codes: 0 done; 2 no such organization; 3 no database answers; 4 it refused.

    Example:
        carebase resilience enable lakeside --reason "Beta, agreed on with the works council."
    """
    url = resolve_url(Project.find(), db_url)
    feature = flags.override_feature(url, FEATURE, organization, is_enabled=True, reason=reason)
    tell_features([feature], as_json)


@app.command()
def rollout(
    percent: Annotated[int, typer.Argument(min=0, max=100, help="Of the organizations, 0 to 100.")],
    db_url: _DbUrl = None,
    as_json: _Json = False,
) -> None:
    """Switch the hub on for so many percent of the organizations whose licence includes it.

    10, then 50, then 100: who has it keeps it. A smaller figure takes it from those who came last; 0 leaves
    it to those for whom it was enabled by name.

    Exit codes: 0 done; 2 no percentage; 3 no database answers; 4 it refused.

    Example:
        carebase resilience rollout 10
    """
    url = resolve_url(Project.find(), db_url)
    # At once: switched on before the figure, it would be on for everybody in between.
    flag = flags.set_flag(url, FEATURE, is_enabled_globally=True, rollout_percent=percent)
    tell_flags([flag], as_json)


@app.command()
def summary(
    org: _Org = None,
    months: _Months = 6,
    teams: _Teams = False,
    db_url: _DbUrl = None,
    as_json: _Json = False,
) -> None:
    """Show the months that are closed: what their organizations' leads may know, and no more.

    A figure of fewer than five people, or one that could be had by subtraction, is suppressed: a dash.

    Exit codes: 0 shown, also where no month is closed yet; 2 no such organization; 3 no database answers; 4
    it is not migrated, or refused.

    Example:
        carebase resilience summary --org lakeside --months 12
    """
    url = resolve_url(Project.find(), db_url)
    found = resilience.list_months(url, organization=org, months=months, with_teams=teams)
    if as_json:
        _print_months(found)
    elif found:
        # As wide as it is: a figure that is cut off is none.
        Console(width=max(out.width, _WIDTH)).print(_table(found, with_teams=teams))
        out.print(f"[dim]{_SUPPRESSED}[/dim]")
    else:
        out.print("No month is closed yet. The first of each month closes the one before.")


@app.command()
def export(
    format_: Annotated[Format, typer.Option("--format", help="What to write.")],
    org: _Org = None,
    months: _Months = MOST_MONTHS,
    teams: _Teams = False,
    db_url: _DbUrl = None,
) -> None:
    """Write the months that are closed to stdout, for a spreadsheet or another program.

    Figures only, never rows of people. What is suppressed is null in JSON and empty in CSV.

    Exit codes: 0 written; 2 no such organization or format; 3 no database answers; 4 it is not migrated, or
    refused.

    Example:
        carebase resilience export --org lakeside --format csv
    """
    url = resolve_url(Project.find(), db_url)
    found = resilience.list_months(url, organization=org, months=months, with_teams=teams)
    if format_ == "json":
        _print_months(found)
        return
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(WellbeingMonth.model_fields)
    for month in found:
        # Numbers are numbers: only what is text can be taken for a formula.
        rows.writerow([_cell(value) for value in month.model_dump().values()])


def _print_months(found: Sequence[WellbeingMonth]) -> None:
    print_json([month.model_dump() for month in found])


def _cell(value: object) -> object:
    """A cell that a spreadsheet does not take for a formula: people name teams."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _table(found: Sequence[WellbeingMonth], *, with_teams: bool) -> Table:
    table = Table("organization", *(["team"] if with_teams else []), "month", box=None, pad_edge=False)
    for column in ("people", "assessed", "burnout", "at risk", "checked in", "stress", "trained", "effect"):
        table.add_column(column, justify="right", no_wrap=True)
    for month in found:
        level = None if month.median_burnout is None else f"{month.median_burnout} {month.risk_level}"
        table.add_row(
            month.organization,
            *([escape(month.team or "all")] if with_teams else []),
            f"{month.month:%Y-%m}",
            str(month.provider_count),
            _told(month.assessed_count),
            _told(level),
            _told(month.elevated_percent, " %"),
            _told(month.adoption_percent, " %"),
            _told(month.average_stress),
            _told(month.trained_percent, " %"),
            _told(month.median_effect),
        )
    return table


def _told(figure: object, unit: str = "") -> str:
    return "[dim]-[/dim]" if figure is None else f"{figure}{unit}"
