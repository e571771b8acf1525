"""One run: find the rota, read the facts, solve, keep the proposal. A manager applies it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import orjson
from pydantic import BaseModel, ConfigDict

from carebase.db.connect import Connection, owner_session
from carebase.problems import UsageProblem
from carebase_jobs.rota.facts import read_facts
from carebase_jobs.rota.solving import Plan, solve


class OpenLine(BaseModel):
    """A shift that stays open, and how many people each rule keeps from it."""

    model_config = ConfigDict(frozen=True)

    shift_id: UUID
    open_count: int
    refusals: dict[str, int]


class Filled(BaseModel):
    """The proposal that was made: `apply_rota_proposal(proposal_id)` carries it out."""

    model_config = ConfigDict(frozen=True)

    proposal_id: UUID
    organization: str
    site: str
    week_on: date
    place_count: int
    filled_count: int
    is_optimal: bool
    stays_open: list[OpenLine]


def fill(url: str, organization: str, site: str, week: date, *, seconds: float = 20.0) -> Filled:
    """Propose who could work the open shifts of a site in a week.

    Args:
        url: the database, as the owner of our objects.
        organization: its slug.
        site: its id, or its name if only one site has that name.
        week: any day of the week.
        seconds: for the solver.

    Raises:
        UsageProblem: `organization_unknown`, `site_unknown`, `site_ambiguous`, `rota_missing`.
        DatabaseProblem: the database is not migrated, or refused.

    Example:
        >>> fill(url, "lakeside", "The Elms", date(2026, 3, 2)).filled_count  # doctest: +SKIP
        38
    """
    week_on = week - timedelta(days=week.weekday())
    with owner_session(url) as conn:
        org_id, site_id, name = _find_site(conn, organization, site)
        found = conn.execute(
            "select id from public.rota_weeks where org_id = %s and site_id = %s and week_on = %s",
            [org_id, site_id, week_on],
        ).fetchone()
        if found is None:
            raise UsageProblem(
                "rota_missing",
                f"There is no rota of {name!r} for the week of {week_on}.",
                hint="Plan it first: plan_rota().",
            )
        # One moment for both reads; the solver runs while nothing is held.
        with conn.transaction():
            conn.execute("set transaction isolation level repeatable read read only")
            facts = read_facts(conn, org_id, found[0])
        plan = solve(facts, seconds=seconds)
        row = conn.execute(
            "select app.save_rota_proposal(%s, %s, %s, %s::jsonb)",
            [org_id, found[0], plan.is_optimal, orjson.dumps(_lines(plan)).decode()],
        ).fetchone()
        if row is None:
            raise UsageProblem("rota_missing", f"The rota of {name!r} is gone.")
    return Filled(
        proposal_id=row[0],
        organization=organization,
        site=name,
        week_on=week_on,
        place_count=sum(shift.open_count for shift in facts.shifts),
        filled_count=len(plan.lines),
        is_optimal=plan.is_optimal,
        stays_open=[
            OpenLine(shift_id=each.shift_id, open_count=each.open_count, refusals=dict(each.refusals))
            for each in plan.stays_open
        ],
    )


def _lines(plan: Plan) -> list[dict[str, Any]]:
    chosen = [{"shift_id": shift, "assignee_id": person} for shift, person in plan.lines]
    opened = [
        {"shift_id": each.shift_id, "open_count": each.open_count, "refusals": dict(each.refusals)}
        for each in plan.stays_open
    ]
    return [*chosen, *opened]


def _find_site(conn: Connection, organization: str, site: str) -> tuple[UUID, UUID, str]:
    org: tuple[Any, ...] | None = conn.execute(
        "select id from public.organizations where slug = %s and deleted_at is null", [organization]
    ).fetchone()
    if org is None:
        raise UsageProblem(
            "organization_unknown", f"There is no organization {organization!r}.", hint="Name it by its slug."
        )
    found: list[tuple[Any, ...]] = conn.execute(
        """select id, name from public.sites
           where org_id = %s and deleted_at is null and %s in (id::text, name) limit 2""",
        [org[0], site],
    ).fetchall()
    if not found:
        raise UsageProblem("site_unknown", f"There is no site {site!r} in {organization!r}.")
    if len(found) > 1:
        raise UsageProblem(
            "site_ambiguous", f"{organization!r} has several sites {site!r}.", hint="Name it by its id."
        )
    return org[0], found[0][0], str(found[0][1])
