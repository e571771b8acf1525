"""What the solver is told: open shifts, who comes into question for each, and what speaks against it.

The database decides what speaks against one person on one shift (`app.assignment_faults`). Only what depends
on the other lines of the same proposal is decided here: not two at once, rest between two, minutes in a week.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from psycopg.rows import class_row, dict_row

from carebase.db.connect import Connection


@dataclass(frozen=True)
class OpenShift:
    """A shift that is to come and needs `open_count` people more. `minutes` count as work."""

    shift_id: UUID
    starts_at: datetime
    ends_at: datetime
    minutes: int
    open_count: int


@dataclass(frozen=True)
class Candidate:
    """One person and one shift: the terms of that day, what they work that week, what speaks against it."""

    shift_id: UUID
    user_id: UUID
    rest_minutes: int
    maximum_minutes: int
    planned_minutes: int
    is_preferred: bool
    reasons: tuple[str, ...]

    @property
    def is_free(self) -> bool:
        """Whether nothing speaks against it but, perhaps, another line of the same proposal."""
        return not self.reasons


@dataclass(frozen=True)
class RotaFacts:
    """All there is to know about the open shifts of one week at one site."""

    shifts: tuple[OpenShift, ...]
    candidates: tuple[Candidate, ...]

    def of_shift(self, shift_id: UUID) -> list[Candidate]:
        """Everybody who comes into question for a shift."""
        return [each for each in self.candidates if each.shift_id == shift_id]


def clash(one: tuple[OpenShift, Candidate], two: tuple[OpenShift, Candidate]) -> str | None:
    """Why one person cannot work both shifts: `double_booking`, `rest`, or None.

    As in the database, the rest after a shift is that of the day of this shift.
    """
    (first, terms), (later, _) = sorted((one, two), key=lambda each: each[0].starts_at)
    if first.ends_at > later.starts_at:
        return "double_booking"
    rest = timedelta(minutes=terms.rest_minutes)
    return "rest" if first.ends_at + rest > later.starts_at else None


def refusals(facts: RotaFacts, shift: OpenShift, lines: Collection[tuple[UUID, UUID]]) -> Counter[str]:
    """How many people each rule keeps from a shift, given the lines (shift, person) of a proposal.

    Who is on the shift already, by the proposal, is not counted. Somebody may be kept by several rules.
    """
    shifts = {each.shift_id: each for each in facts.shifts}
    by_pair = {(each.shift_id, each.user_id): each for each in facts.candidates}
    found: Counter[str] = Counter()
    for candidate in facts.of_shift(shift.shift_id):
        if (shift.shift_id, candidate.user_id) in lines:
            continue
        mine = [by_pair[line] for line in lines if line[1] == candidate.user_id]
        reasons = set(candidate.reasons)
        for other in mine:
            reasons.add(clash((shift, candidate), (shifts[other.shift_id], other)) or "")
        minutes = candidate.planned_minutes + shift.minutes + sum(shifts[o.shift_id].minutes for o in mine)
        if minutes > min([candidate.maximum_minutes, *(other.maximum_minutes for other in mine)]):
            reasons.add("weekly_maximum")
        found.update(reasons - {""})
    return found


def read_facts(conn: Connection, org_id: UUID, rota_week_id: UUID) -> RotaFacts:
    """Read them, as one moment has them.

    Args:
        conn: of the owner of the database, which rows are nobody's secret for.
        org_id: the organization.
        rota_week_id: the rota of a site and week.
    """
    with conn.cursor(row_factory=class_row(OpenShift)) as cursor:
        shifts = cursor.execute(
            "select * from app.rota_open_shifts(%s, %s)", [org_id, rota_week_id]
        ).fetchall()
    with conn.cursor(row_factory=dict_row) as by_name:
        rows = by_name.execute(
            """select
                 shift_id, user_id, rest_minutes, maximum_minutes, planned_minutes, is_preferred,
                 reasons::text[] as reasons
               from app.rota_candidates(%s, %s) order by shift_id, user_id""",
            [org_id, rota_week_id],
        ).fetchall()
    candidates = (Candidate(**{**row, "reasons": tuple(row["reasons"])}) for row in rows)
    return RotaFacts(tuple(shifts), tuple(candidates))
