"""Staffing: templates, rotas, who is on which shift."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING
from uuid import UUID

from carebase.client.asynchronous.collection import AsyncCollection, AsyncLines, AsyncRows
from carebase.client.asynchronous.services.calls.staffing import AsyncStaffingCalls
from carebase.client.asynchronous.services.subject import AsyncPending
from carebase.client.shapes import RosterPerson, roster
from carebase.models import (
    ListRosterWeekResult,
    RotaProposal,
    RotaProposalLine,
    RotaWeek,
    Shift,
    ShiftAssignment,
    ShiftAttendance,
    ShiftOffer,
    ShiftSwap,
    ShiftTemplate,
    StaffContract,
)

if TYPE_CHECKING:
    from carebase.client.asynchronous.session import AsyncSession


class AsyncStaffing(AsyncStaffingCalls):
    """The rota of a home. Rules, and the reasons of every refusal: docs/care/staffing.md.

    A template is ended (`is_active`), a shift is cancelled (`cancel`), a contract ends with its days:
    nothing is archived. People come on shifts by `assign`, `claim`, swaps and proposals alone, so that the
    rules hold.

    Attributes:
        templates: what a home needs on which days; also made by `create_template`.
        shifts: single shifts; several planners at once use `merge_shift`.
        contracts: weekly maximum, rest, skills.
        weeks, assignments, offers, swaps, attendance, proposals, proposal_lines: as they stand; written by
            the methods here.

    Example:
        >>> week = await carebase.staffing.plan(home.id, week=monday)
        >>> page = await carebase.staffing.week(home.id, week=monday)
        >>> await carebase.staffing.assign(page.items[0].shift_id, user_id=nurse_id)
        >>> await carebase.staffing.publish(home.id, week=monday)
    """

    def __init__(self, session: AsyncSession) -> None:
        super().__init__(session)
        self.templates = AsyncCollection(session, ShiftTemplate)
        self.shifts = AsyncCollection(session, Shift)
        self.contracts = AsyncCollection(session, StaffContract)
        self.weeks = AsyncRows(session, RotaWeek)
        self.assignments = AsyncRows(session, ShiftAssignment)
        self.offers = AsyncRows(session, ShiftOffer)
        self.swaps = AsyncRows(session, ShiftSwap)
        self.attendance = AsyncLines(session, ShiftAttendance, "assignment_id")
        self.proposals = AsyncRows(session, RotaProposal)
        self.proposal_lines = AsyncRows(session, RotaProposalLine)

    def people(self, shift: ListRosterWeekResult) -> builtins.list[RosterPerson]:
        """Who is on a shift of `week`.

        Example:
            >>> [person.name for person in carebase.staffing.people(shift)]
        """
        return roster.people(shift)

    def assigning(
        self, shift: ListRosterWeekResult, *, user_id: UUID, name: str | None = None
    ) -> AsyncPending[ListRosterWeekResult, ShiftAssignment]:
        """A shift that is shown with somebody on it before the database said so; `send()` does as `assign`.

        Args:
            shift: as `week` gave it.
            user_id: whom.
            name: what to show of them until the answer is there.

        Example:
            >>> change = carebase.staffing.assigning(shift, user_id=nurse_id, name="Nadia")
            >>> show(change.expected)
            >>> try:
            ...     await change.send()
            ... except Conflict as refused:
            ...     show(change.before, refused.details["reason"])
        """
        expected = roster.with_person(shift, user_id, name)
        return AsyncPending(shift, expected, lambda: self.assign(shift.shift_id, user_id=user_id))

    def unassigning(
        self, shift: ListRosterWeekResult, *, assignment_id: UUID
    ) -> AsyncPending[ListRosterWeekResult, None]:
        """A shift that is shown without somebody before the database said so; `send()` does as `unassign`.

        Args:
            shift: as `week` gave it.
            assignment_id: who is taken off it, as `people` has it.

        Example:
            >>> change = carebase.staffing.unassigning(shift, assignment_id=person.assignment_id)
        """
        expected = roster.without(shift, assignment_id)
        return AsyncPending(shift, expected, lambda: self.unassign(assignment_id))
