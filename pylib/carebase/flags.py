"""Feature flags as the operator of a database sees and switches them, over Postgres itself.

Frontends and super administrators use the RPCs; this is for the command line and for jobs that roll out.
"""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from psycopg.rows import class_row
from pydantic import BaseModel

from carebase.db.connect import Connection, owner_session
from carebase.problems import UsageProblem

LicenseTier = Literal["basic", "standard", "premium", "enterprise"]


class Flag(BaseModel):
    """A feature, how it is switched, and how many organizations it is switched for by hand."""

    feature_key: str
    feature_name: str
    is_enabled_globally: bool
    rollout_percent: int
    required_license_tier: LicenseTier
    is_hidden_when_standalone: bool
    overrides_on: int
    overrides_off: int
    unwanted: int


class OrganizationFeature(BaseModel):
    """A feature for one organization: available to it, wanted by it, on."""

    feature_key: str
    feature_name: str
    is_available: bool
    is_wanted: bool
    is_enabled: bool


def list_flags(url: str) -> list[Flag]:
    """Every feature, in alphabetical order of its key.

    Args:
        url: the database, as the owner of our objects.

    Raises:
        DatabaseProblem: it is not migrated, or refused.

    Example:
        >>> list_flags(url)[0].feature_key  # doctest: +SKIP
        'brain_generator'
    """
    with owner_session(url) as conn, conn.cursor(row_factory=class_row(Flag)) as cursor:
        return cursor.execute(
            """select
                 flags.feature_key, flags.feature_name, flags.is_enabled_globally, flags.rollout_percent,
                 flags.required_license_tier, flags.is_hidden_when_standalone,
                 count(*) filter (where special.is_enabled) as overrides_on,
                 count(*) filter (where not special.is_enabled) as overrides_off,
                 count(*) filter (where not special.is_wanted) as unwanted
               from public.nurseos_feature_flags as flags
               left join public.organization_feature_flags as special
                 on special.feature_key = flags.feature_key
               group by flags.id
               order by flags.feature_key"""
        ).fetchall()


def list_organization_features(url: str, organization: str) -> list[OrganizationFeature]:
    """Every feature as it is for one organization.

    Args:
        url: the database, as the owner of our objects.
        organization: its slug.

    Raises:
        UsageProblem: `organization_unknown`.
        DatabaseProblem: the database is not migrated, or refused.
    """
    with owner_session(url) as conn, conn.cursor(row_factory=class_row(OrganizationFeature)) as cursor:
        return cursor.execute(
            "select features.* from app.organization_features(%s) as features order by features.feature_key",
            [_organization(conn, organization)],
        ).fetchall()


def set_flag(
    url: str,
    feature_key: str,
    *,
    is_enabled_globally: bool | None = None,
    rollout_percent: int | None = None,
    required_license_tier: LicenseTier | None = None,
) -> Flag:
    """Switch a feature for every organization; what is None stays. It acts on their next request.

    Args:
        url: the database, as the owner of our objects.
        feature_key: the feature.
        is_enabled_globally: on for those whose licence includes it and whom the rollout has reached.
        rollout_percent: 0 to 100 percent of the organizations; a larger figure takes it from nobody.
        required_license_tier: the lowest tier that includes it.

    Returns:
        The feature as it is now.

    Raises:
        UsageProblem: `feature_unknown`.
        DatabaseProblem: the database is not migrated, or refused.

    Example:
        >>> set_flag(url, "resilience_hub", rollout_percent=50).rollout_percent  # doctest: +SKIP
        50
    """
    with owner_session(url) as conn:
        changed = conn.execute(
            """update public.nurseos_feature_flags
               set
                 is_enabled_globally = coalesce(%(on)s, is_enabled_globally),
                 rollout_percent = coalesce(%(percent)s, rollout_percent),
                 required_license_tier = coalesce(%(tier)s::public.license_tier, required_license_tier)
               where feature_key = %(key)s""",
            {
                "on": is_enabled_globally,
                "percent": rollout_percent,
                "tier": required_license_tier,
                "key": feature_key,
            },
        )
    if not changed.rowcount:
        raise _no_feature(feature_key)
    return next(flag for flag in list_flags(url) if flag.feature_key == feature_key)


def override_feature(
    url: str, feature_key: str, organization: str, *, is_enabled: bool | None, reason: str | None = None
) -> OrganizationFeature:
    """Switch a feature for one organization, before global switch, licence and rollout; None takes that back.

    Args:
        url: the database, as the owner of our objects.
        feature_key: the feature.
        organization: its slug.
        is_enabled: on or off; None removes the override.
        reason: why, for those who come later.

    Returns:
        The feature as it is for the organization now.

    Raises:
        UsageProblem: `feature_unknown`, `organization_unknown`.
        DatabaseProblem: the database is not migrated, or refused.
    """
    with owner_session(url) as conn:
        org_id = _organization(conn, organization)
        done = conn.execute(
            "select app.override_feature(%s, %s, %s, %s)", [org_id, feature_key, is_enabled, reason]
        ).fetchone()
    if done is None or done[0] is None:
        raise _no_feature(feature_key)
    features = list_organization_features(url, organization)
    return next(feature for feature in features if feature.feature_key == feature_key)


def _organization(conn: Connection, slug: str) -> UUID:
    row: tuple[Any, ...] | None = conn.execute(
        "select id from public.organizations where slug = %s and deleted_at is null", [slug]
    ).fetchone()
    if row is None:
        raise UsageProblem(
            "organization_unknown", f"There is no organization {slug!r}.", hint="Name it by its slug."
        )
    found: UUID = row[0]
    return found


def _no_feature(key: str) -> UsageProblem:
    return UsageProblem(
        "feature_unknown", f"There is no feature {key!r}.", hint="`carebase flags list` shows them."
    )
