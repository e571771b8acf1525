"""What is told of the care in a demo organization, as typed documents: `seeds/demo/care`."""

from __future__ import annotations

from datetime import time
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from carebase.seeds.ids import Key
from carebase.seeds.weekdays import Weekdays


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Wording(_Strict):
    """What a version of a care plan says, and how many days ago it was published."""

    ago: int = Field(ge=1)
    needs: str
    goals: str
    interventions: str


class Task(_Strict):
    """What a plan asks to be done; `rule` is a recurrence as RFC 5545 writes it."""

    key: Key
    kind: str
    at: time
    rule: str
    text: str
    grace: int = 60


class Plan(Wording):
    """A care plan as it is followed now; `before` is the version that it replaced."""

    key: Key
    resident: Key
    type: str
    risk: str
    by: Key
    before: Wording | None = None
    tasks: list[Task] = []


class Happening(_Strict):
    """Something that happened at a time of a day that is over."""

    key: Key
    ago: int = Field(ge=1)
    at: time


class Note(Happening):
    """What somebody wrote down or measured."""

    resident: Key
    kind: str
    by: Key
    value: float | None = None
    text: str | None = None
    shared: bool = False
    handover: bool = False


class Assessed(Happening):
    """What an instrument was answered, or what its scales came to."""

    resident: Key
    instrument: Key
    measured: dict[Key, float] = {}
    chosen: dict[Key, str] = {}
    scores: dict[Key, float] | None = None
    text: str | None = None

    @property
    def answers(self) -> list[dict[str, Any]] | None:
        """As record_assessment() takes them."""
        given: list[dict[str, Any]] = [
            {"link_id": key, "value": value} for key, value in self.measured.items()
        ]
        given += [{"link_id": key, "code": code} for key, code in self.chosen.items()]
        return given or None


class AsNeeded(_Strict):
    """Limits of a medicine that is given when it is needed."""

    hours_between: int
    most_a_day: float
    effect_after_minutes: int


class Medicine(_Strict):
    """What somebody is to be given, and how much of it was delivered."""

    key: Key
    resident: Key
    by: Key
    witness: Key
    name: str
    dose: str
    quantity: float
    unit: str
    route: str
    times: list[time] | None = None
    as_needed: AsNeeded | None = None
    indication: str | None = None
    instructions: str | None = None
    prescriber: str
    controlled: bool = False
    ago: int = Field(ge=3)
    received: float
    reorder: float

    @model_validator(mode="after")
    def _times_or_as_needed(self) -> Medicine:
        if (self.times is None) == (self.as_needed is None):
            raise ValueError("a medicine has times or is given as needed")
        return self


class Regulator(_Strict):
    """Who is told of incidents, from which severity on."""

    name: str
    from_: str = Field(alias="from")
    within_hours: int


class Action(_Strict):
    """What somebody is to do about an incident, or has done."""

    by: Key
    text: str
    done_ago: int | None = Field(default=None, ge=1)


class Incident(Happening):
    """What went wrong, or nearly did."""

    site: Key
    kind: str
    severity: str
    injury: str
    by: Key
    text: str
    resident: Key | None = None
    status: Literal["reported", "acknowledged", "under_review", "closed"] = "reported"
    actions: list[Action] = []
    note: str | None = None


class Complaint(_Strict):
    """A complaint or a compliment."""

    key: Key
    site: Key
    kind: Literal["complaint", "compliment"]
    source: str
    resident: Key | None = None
    ago: int = Field(ge=1)
    text: str
    from_: str | None = Field(default=None, alias="from")


class Handover(_Strict):
    """What one shift told the next: what was recorded meanwhile, and these words."""

    key: Key
    site: Key
    ago: int = Field(ge=1)
    starts: time
    ends: time
    by: Key
    texts: list[str] = []


class Rota(_Strict):
    """How many weeks of a site are published, from that of the day on; the one after is a draft."""

    site: Key
    published: int = Field(ge=0, le=8)


class Worked(_Strict):
    """Who works a shift on these days."""

    by: Key
    on: Weekdays


class Shift(_Strict):
    """A shift that a site needs; `offered` are the days on which next week's is offered."""

    key: Key
    site: Key
    name: str
    skill: str
    starts: time
    ends: time
    break_: int = Field(alias="break")
    on: Weekdays
    worked: list[Worked] = []
    offered: Weekdays | None = None


class Contract(_Strict):
    """What somebody's rota keeps."""

    by: Key
    site: Key
    hours: int
    skills: list[str]


class Availability(_Strict):
    """When somebody cannot work, or would like to."""

    key: Key
    by: Key
    kind: Literal["unavailable", "preferred"]
    in_days: int = Field(ge=14)
    days: int = Field(ge=1)


class Course(_Strict):
    """A course, who has to have done it, and whether nobody is rostered without it."""

    code: Key
    title: str
    months: int = Field(ge=1, le=120)
    roles: list[str]
    blocks: bool = False


class Trained(_Strict):
    """For how many days the course of each person still holds; below zero: since when it does not."""

    course: Key
    people: dict[Key, int]


class Check(_Strict):
    """A check of these people, required of these roles, and for how many days it still holds."""

    kind: str
    reference: str
    people: dict[Key, int]
    roles: list[str]


class Supervision(_Strict):
    """A one-to-one."""

    key: Key
    site: Key
    of: Key
    by: Key
    kind: str
    ago: int = Field(ge=1)
    next_in: int = Field(ge=1)
    text: str


class Care(_Strict):
    """One file of `seeds/demo/care`: the care of the organization whose file has the same name."""

    plans: list[Plan] = []
    notes: list[Note] = []
    assessments: list[Assessed] = []
    medicines: list[Medicine] = []
    regulators: list[Regulator] = []
    incidents: list[Incident] = []
    complaints: list[Complaint] = []
    handovers: list[Handover] = []
    rotas: list[Rota] = []
    shifts: list[Shift] = []
    contracts: list[Contract] = []
    availability: list[Availability] = []
    courses: list[Course] = []
    trained: list[Trained] = []
    checks: list[Check] = []
    supervisions: list[Supervision] = []

    @model_validator(mode="after")
    def _keys_once(self) -> Care:
        for what in ("plans", "notes", "assessments", "medicines", "incidents", "complaints", "shifts"):
            keys = [one.key for one in getattr(self, what)]
            twice = sorted({key for key in keys if keys.count(key) > 1})
            if twice:
                raise ValueError(f"{what}: {twice[0]!r} is there twice")
        courses = {course.code for course in self.courses}
        for line in self.trained:
            if line.course not in courses:
                raise ValueError(f"there is no course {line.course!r} in this file")
        return self

    def named(self) -> dict[str, list[Key | None]]:
        """The keys of people, residents and sites that it uses, by kind: the organization's file has them."""
        told = [one for field in type(self).model_fields for one in getattr(self, field)]
        parts = [*told, *(action for one in self.incidents for action in one.actions)]
        parts += [worked for shift in self.shifts for worked in shift.worked]
        people = [getattr(one, name, None) for one in parts for name in ("by", "witness", "of")]
        people += [key for line in self.trained for key in line.people]
        people += [key for line in self.checks for key in line.people]
        return {
            "person": people,
            "resident": [getattr(one, "resident", None) for one in told],
            "site": [getattr(one, "site", None) for one in told],
        }
