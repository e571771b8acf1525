"""How much to make, and the ids that follow from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

# Of each small organization.
PEOPLE_BESIDE = 8
TEAM_SIZE = 50


class Made(BaseModel):
    """What everything that is made has in common; every id follows from all of it.

    Attributes:
        days: how many days of history, the last one being `until`.
        organizations: how many small ones there are beside the large one.
        seed: another number gives other rows.
        until: the last day that has rows; figures of the days before it are counted and final.
    """

    model_config = ConfigDict(frozen=True)

    days: Annotated[int, Field(ge=1, le=730)] = 365
    organizations: Annotated[int, Field(ge=0, le=10_000)] = 1_000
    seed: Annotated[int, Field(ge=0, le=2**31)] = 1
    until: date

    @property
    def key(self) -> str:
        """The whole plan in a word."""
        raise NotImplementedError

    def id(self, kind: str, organization: int, number: int = 0) -> str:
        """The id of one of its things, as 32 hexadecimal digits (RFC 9562, version 8)."""
        begun = _begun(self, kind).copy()
        begun.update(b"%d/%d" % (organization, number))
        plain = begun.hexdigest()
        return f"{plain[:12]}8{plain[13:16]}8{plain[17:]}"

    def every_day(self) -> Iterator[date]:
        """The days of its history, oldest first."""
        for before in range(self.days - 1, -1, -1):
            yield self.until - timedelta(days=before)

    def first_day(self) -> date:
        """The oldest day of its history."""
        return self.until - timedelta(days=self.days - 1)


class Plan(Made):
    """A large organization of people who take part in the resilience hub.

    Attributes:
        providers: how many people the large organization has.
    """

    providers: Annotated[int, Field(ge=10, le=1_000_000)] = 100_000

    @property
    def key(self) -> str:
        """The whole plan in a word."""
        return f"{self.seed}/{self.providers}/{self.days}/{self.organizations}/{self.until}"


@lru_cache(maxsize=32)
def _begun(plan: Made, kind: str) -> blake2b:
    """What all ids of a kind begin with, hashed once."""
    return blake2b(f"{plan.key}/{kind}/".encode(), digest_size=16)


@lru_cache(maxsize=1 << 14)
def _organization(plan: Made, number: int) -> str:
    return plan.id("organization", number)


@dataclass(frozen=True)
class People:
    """Organizations of one size, all their people in one row: a large one and many small are alike."""

    plan: Plan
    first: int
    organizations: int
    each: int

    @property
    def count(self) -> int:
        return self.organizations * self.each

    def place(self, index: int) -> tuple[int, int]:
        """The organization of a person, and their number in it."""
        return self.first + index // self.each, index % self.each

    def organization(self, index: int) -> str:
        return _organization(self.plan, self.first + index // self.each)

    def user(self, index: int) -> str:
        return self.plan.id("user", *self.place(index))

    def practitioner(self, index: int) -> str:
        return self.plan.id("practitioner", *self.place(index))


def crowds(plan: Plan) -> tuple[People, People]:
    """The large organization, and those beside it."""
    return People(plan, 0, 1, plan.providers), People(plan, 1, plan.organizations, PEOPLE_BESIDE)


def timed_id(day: date, number: int) -> str:
    """A row's id as the database makes them: it begins with the moment, here noon (RFC 9562, version 7)."""
    return f"{_moment(day)}70008000{number:012x}"


@lru_cache(maxsize=8)
def _moment(day: date) -> str:
    return f"{int(noon(day).timestamp() * 1000):012x}"


def noon(day: date) -> datetime:
    """When everything of a day happens."""
    return datetime.combine(day, time(12), UTC)
