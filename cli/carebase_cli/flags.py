"""`carebase flags`: which features are on for whom, switched by the operator of a database."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from carebase import flags
from carebase.db.connect import ENV, resolve_url
from carebase.flags import Flag, LicenseTier, OrganizationFeature
from carebase.problems import UsageProblem
from carebase.project import Project
from carebase_cli.output import out, print_json

app = typer.Typer(no_args_is_help=True, help="Features: switch them, roll them out, override them.")


def register(root: typer.Typer) -> None:
    """Add the commands of this module to the root app."""
    root.add_typer(app, name="flags")


_DbUrl = Annotated[
    str | None,
    typer.Option(envvar=ENV, help="Postgres address; default: the local stack.", show_default=False),
]
_Json = Annotated[bool, typer.Option("--json", help="Print one JSON document, for scripts.")]
_Feature = Annotated[str, typer.Argument(help="Key of the feature, such as resilience_hub.")]
_ON = {True: "[green]on[/green]", False: "[dim]off[/dim]"}


@app.command("list")
def list_(
    organization: Annotated[
        str | None, typer.Option(help="As they are for the organization with this slug.", show_default=False)
    ] = None,
    db_url: _DbUrl = None,
    as_json: _Json = False,
) -> None:
    """List the features and how they are switched, for all or for one organization.

    Exit codes: 0 listed; 2 no such organization; 3 no database answers; 4 it is not migrated, or refused.

    Example:
        carebase flags list --organization lakeside
    """
    url = resolve_url(Project.find(), db_url)
    if organization is not None:
        tell_features(flags.list_organization_features(url, organization), as_json)
    else:
        tell_flags(flags.list_flags(url), as_json)


@app.command("set")
def set_(
    feature: _Feature,
    on: Annotated[
        bool | None, typer.Option("--on/--off", help="For every organization whose licence includes it.")
    ] = None,
    tier: Annotated[
        LicenseTier | None, typer.Option(help="The lowest licence that includes it.", show_default=False)
    ] = None,
    db_url: _DbUrl = None,
    as_json: _Json = False,
) -> None:
    """Switch a feature for every organization, or say which licence includes it.

    Acts on their next request; overrides of single organizations stay.

    Exit codes: 0 done; 2 no such feature, or nothing to change; 3 no database answers; 4 it refused.

    Example:
        carebase flags set resilience_hub --on --tier standard
    """
    if on is None and tier is None:
        raise UsageProblem("nothing_to_change", "Say --on, --off or --tier.")
    url = resolve_url(Project.find(), db_url)
    flag = flags.set_flag(url, feature, is_enabled_globally=on, required_license_tier=tier)
    tell_flags([flag], as_json)


@app.command()
def rollout(
    feature: _Feature,
    percent: Annotated[int, typer.Argument(min=0, max=100, help="Of the organizations, 0 to 100.")],
    db_url: _DbUrl = None,
    as_json: _Json = False,
) -> None:
    """Roll a feature out to so many percent of the organizations.

    Which ones come first is fixed per feature: going from 10 to 50 to 100 takes it from nobody. It reaches
    those whose licence includes it, once it is switched on (`carebase flags set`).

    Exit codes: 0 done; 2 no such feature, or no percentage; 3 no database answers; 4 it refused.

    Example:
        carebase flags rollout resilience_hub 10
    """
    url = resolve_url(Project.find(), db_url)
    tell_flags([flags.set_flag(url, feature, rollout_percent=percent)], as_json)


@app.command()
def override(
    feature: _Feature,
    organization: Annotated[str, typer.Argument(help="Slug of the organization.")],
    on: Annotated[bool | None, typer.Option("--on/--off", help="Whatever the rest says.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take the override back.")] = False,
    reason: Annotated[
        str | None, typer.Option(help="Why, for those who come later.", show_default=False)
    ] = None,
    db_url: _DbUrl = None,
    as_json: _Json = False,
) -> None:
    """Switch a feature for one organization: a beta before the others, or a feature withheld.

    Exit codes: 0 done; 2 no such feature or organization; 3 no database answers; 4 it refused.

    Example:
        carebase flags override resilience_hub lakeside --on --reason "Pilot of the resilience hub."
    """
    if (on is None) != remove:
        raise UsageProblem("override_unclear", "Say one of --on, --off and --remove.")
    url = resolve_url(Project.find(), db_url)
    feature_now = flags.override_feature(url, feature, organization, is_enabled=on, reason=reason)
    tell_features([feature_now], as_json)


def tell_flags(found: list[Flag], as_json: bool) -> None:
    """Print features as they are switched for all."""
    if as_json:
        print_json([flag.model_dump() for flag in found])
        return
    table = Table("feature", "name", "all", "rollout", "licence", "overrides", box=None, pad_edge=False)
    for flag in found:
        counts = {"on": flag.overrides_on, "off": flag.overrides_off, "unwanted": flag.unwanted}
        table.add_row(
            flag.feature_key,
            escape(flag.feature_name),
            _ON[flag.is_enabled_globally],
            f"{flag.rollout_percent} %",
            flag.required_license_tier,
            ", ".join(f"{count} {word}" for word, count in counts.items() if count),
        )
    out.print(table)


def tell_features(found: list[OrganizationFeature], as_json: bool) -> None:
    """Print features as they are for one organization."""
    if as_json:
        print_json([feature.model_dump() for feature in found])
        return
    table = Table("feature", "name", "is", "because", box=None, pad_edge=False)
    for feature in found:
        table.add_row(
            feature.feature_key, escape(feature.feature_name), _ON[feature.is_enabled], _because(feature)
        )
    out.print(table)


def _because(feature: OrganizationFeature) -> str:
    if not feature.is_available:
        return "not available: switch, licence, rollout or override"
    if not feature.is_wanted:
        return "the organization switched it off"
    return "available" if feature.is_enabled else "hidden: the organization is standalone"
