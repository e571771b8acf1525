"""Who is on a shift, and how a shift looks with one more or one less: shared by both clients."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from pydantic import TypeAdapter

from carebase.client import wire
from carebase.models import ListRosterWeekResult
from carebase.records import Record


class RosterPerson(Record):
    """Somebody on a shift."""

    assignment_id: UUID | None
    """What `unassign` takes; None while it is only expected."""
    user_id: UUID
    """Who."""
    name: str | None
    """What they are called."""
    clocked_in_at: dt.datetime | None
    """When they came."""
    clocked_out_at: dt.datetime | None
    """When they left."""
    told_minutes: int | None
    """So many minutes after the beginning somebody was told that they had not come."""


_PEOPLE: TypeAdapter[list[RosterPerson]] = TypeAdapter(list[RosterPerson])


def people(shift: ListRosterWeekResult) -> list[RosterPerson]:
    """Who is on a shift.

    Raises:
        UnexpectedResponse: library and database are of different versions.
    """
    return wire.validated(_PEOPLE, shift.people, "The people of a shift")


def with_person(shift: ListRosterWeekResult, user_id: UUID, name: str | None) -> ListRosterWeekResult:
    """The shift with one more on it."""
    one = RosterPerson(
        assignment_id=None,
        user_id=user_id,
        name=name,
        clocked_in_at=None,
        clocked_out_at=None,
        told_minutes=None,
    )
    return _of(shift, [*people(shift), one], 1)


def without(shift: ListRosterWeekResult, assignment_id: UUID) -> ListRosterWeekResult:
    """The shift with one less; as it is if they are not on it."""
    there = people(shift)
    left = [one for one in there if one.assignment_id != assignment_id]
    return _of(shift, left, len(left) - len(there))


def _of(shift: ListRosterWeekResult, there: list[RosterPerson], more: int) -> ListRosterWeekResult:
    document = _PEOPLE.dump_python(there, mode="json")
    return shift.model_copy(update={"people": document, "assigned_count": shift.assigned_count + more})
