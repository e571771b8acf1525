"""What is written as JSON documents, with names and types: what goes into functions, never what comes out."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from pydantic_core import to_jsonable_python

from carebase.models import CarePlanRiskLevel, IncidentPersonRole, StaffSkill
from carebase.records import OMITTED
from carebase.values import Range


class Input(BaseModel):
    """Something to send; what is None is left out. It never shows what it holds: most is about people."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    __str__ = __repr__

    def document(self) -> Any:
        """As JSON."""
        return self.model_dump(mode="json", exclude_none=True)


class ContactDetails(Input):
    """Somebody to be called.

    Attributes:
        name: who it is.
        relationship: to whom it is about.
        phone, email, address: where they are reached.
        note: what else there is to know.
    """

    name: str
    relationship: str | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    note: str | None = None


class EnquiryPerson(Input):
    """Who would move in, as far as it is known."""

    family_name: str | None = None
    given_names: str | None = None
    birth_date: dt.date | None = None
    preferred_name: str | None = None


class PlanContent(Input):
    """What a care plan says: each part a text of at most 10,000 characters."""

    needs: str | None = None
    goals: str | None = None
    interventions: str | None = None


class Changes(Input):
    """Fields of a row to change, or as they were read: those that are said. None is said: it empties one."""

    def document(self) -> Any:
        """The fields that were said."""
        return self.model_dump(mode="json", exclude_unset=True)


class PlanChanges(Changes):
    """What changes in the draft of a care plan."""

    needs: str = ""
    goals: str = ""
    interventions: str = ""
    risk_level: CarePlanRiskLevel = "low"


class TaskChanges(Changes):
    """What changes in a task of a care plan, from now on: no rule is once, assigned to None is the shift."""

    first_on: dt.date = dt.date.min
    first_time: dt.time = dt.time()
    rule: str | None = None
    grace_minutes: int = 0
    assigned_to: UUID | None = None
    instructions: str = ""


class TemplateChanges(Changes):
    """What changes in a shift template: times by the clock of the site, weekdays from 1, Monday, to 7."""

    name: str = ""
    skill: StaffSkill = "care"
    weekdays: list[int] = []
    starts_local: dt.time = dt.time()
    ends_local: dt.time = dt.time()
    break_minutes: int = 0
    needed_count: int = 1
    is_active: bool = True


class ShiftChanges(Changes):
    """What changes in a shift."""

    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None
    break_minutes: int = 0
    skill: StaffSkill = "care"
    needed_count: int = 1


class ContractChanges(Changes):
    """What changes in a contract."""

    holds_during: Range[dt.date] = Range()
    weekly_maximum_minutes: int | None = None
    minimum_rest_minutes: int | None = None
    skills: list[StaffSkill] | None = None


class BodyMark(Input):
    """One mark on a body map.

    Attributes:
        x, y: where, each from 0 to 1000 of the drawing's width and height, from the left and from the top.
        side: of the body, as one looks at it.
        kind: what it is.
    """

    x: int
    y: int
    side: Literal["front", "back", "left", "right"]
    kind: Literal["bruise", "cut", "skin_tear", "burn", "pressure", "swelling", "fracture", "pain", "other"]


class PersonInvolved(Input):
    """Somebody who was involved in an incident, saw it, or was told of it: by one of the ids, or by name.

    Attributes:
        role: what they had to do with it.
        resident_id, staff_id, name: who.
        informed_at: when they were told, of who was.
    """

    role: IncidentPersonRole
    resident_id: UUID | None = None
    staff_id: UUID | None = None
    name: str | None = None
    informed_at: dt.datetime | None = None


class Answer(Input):
    """One item of an assessment: what was measured, or the code of what was chosen."""

    link_id: str
    value: int | float | None = None
    code: str | None = None


def jsonable(value: Any) -> Any:
    """The document that the database gets; what was left out stays left out.

    Example:
        >>> jsonable([Answer(link_id="pulse", value=71)])
        [{'link_id': 'pulse', 'value': 71}]
    """
    if value is OMITTED or value is None:
        return value
    if isinstance(value, Input):
        return value.document()
    if isinstance(value, list | tuple):
        return [jsonable(item) for item in value]
    return to_jsonable_python(value)
