"""The resilience hub as the operator of a database sees it: closed months in figures, never people.

Frontends and an organization's leads use the RPCs; this is for the command line.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from psycopg.rows import class_row
from pydantic import BaseModel

from carebase.db.connect import owner_session
from carebase.problems import UsageProblem

FEATURE = "resilience_hub"
MOST_MONTHS = 24


class WellbeingMonth(BaseModel):
    """A closed month of an organization, or of one of its teams. None: it may not be told.

    The columns are those of `get_wellbeing_months()`, with their meanings.
    """

    organization: str
    team: str | None
    month: date
    provider_count: int
    assessed_count: int | None
    median_burnout: int | None
    average_burnout: int | None
    risk_level: str | None
    elevated_percent: int | None
    adoption_percent: int | None
    checkins_per_provider_week: Decimal | None
    average_stress: Decimal | None
    trained_percent: int | None
    helped_count: int | None
    median_effect: int | None
    workload_correlation: Decimal | None


def list_months(
    url: str, *, organization: str | None = None, months: int = 6, with_teams: bool = False
) -> list[WellbeingMonth]:
    """Closed months as their organizations' leads are told of them, and no more than that.

    Args:
        url: the database, as the owner of our objects.
        organization: its slug; None: all of them.
        months: so many calendar months back, 1 to 24.
        with_teams: also a row for each team.

    Returns:
        By organization, the whole before its teams, oldest month first.

    Raises:
        UsageProblem: `organization_unknown`.
        DatabaseProblem: the database is not migrated, or refused.

    Example:
        >>> list_months(url, organization="lakeside")[0].adoption_percent  # doctest: +SKIP
        62
    """
    if not 1 <= months <= MOST_MONTHS:
        raise UsageProblem("months_out_of_range", f"Ask for 1 to {MOST_MONTHS} months.")
    with owner_session(url) as conn:
        found: tuple[Any, ...] | None = conn.execute(
            "select count(*) from public.organizations where slug = %s and deleted_at is null", [organization]
        ).fetchone()
        if organization is not None and (found is None or not found[0]):
            raise UsageProblem(
                "organization_unknown",
                f"There is no organization {organization!r}.",
                hint="Name it by its slug.",
            )
        with conn.cursor(row_factory=class_row(WellbeingMonth)) as cursor:
            return cursor.execute(
                """select
                     orgs.slug as organization, teams.name as team, months.month, months.provider_count,
                     months.assessed_count, months.median_burnout, months.average_burnout,
                     app.burnout_level(months.median_burnout)::text as risk_level, months.elevated_percent,
                     months.adoption_percent, months.checkins_per_provider_week, months.average_stress,
                     months.trained_percent, months.helped_count, months.median_effect,
                     months.workload_correlation
                   from public.provider_wellbeing_months as months
                   inner join public.organizations as orgs on orgs.id = months.org_id
                   left join public.provider_teams as teams
                     on teams.org_id = months.org_id and teams.id = months.team_id
                   where
                     orgs.deleted_at is null
                     and orgs.slug = coalesce(%(organization)s, orgs.slug)
                     and (%(with_teams)s or months.team_id is null)
                     and months.month >= date_trunc('month', app.organization_day(orgs.id))
                       - make_interval(months => %(months)s)
                   order by orgs.slug, teams.name nulls first, months.team_id, months.month""",
                {"organization": organization, "with_teams": with_teams, "months": months},
            ).fetchall()
