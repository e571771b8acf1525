"""Care homes of any number: who lives, works and leads there, and the ids that follow from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Annotated

from pydantic import Field

from carebase.seeds.scale.plan import Made

# Of each small organization.
_HOMES_BESIDE, _BEDS_BESIDE = 1, 5
# Their numbers as users; staff of homes come after them.
LEADERS = ("org_owner", "admin", "compliance_lead", "care_manager")
TASKS = 3


class HomesPlan(Made):
    """A large organization of care homes.

    Attributes:
        homes: how many homes it has.
        beds: how many beds each home has.
    """

    homes: Annotated[int, Field(ge=1, le=2_000)] = 500
    beds: Annotated[int, Field(ge=4, le=200)] = 60
    days: Annotated[int, Field(ge=1, le=730)] = 730

    @property
    def key(self) -> str:
        """The whole plan in a word."""
        return f"{self.seed}/homes/{self.homes}/{self.beds}/{self.days}/{self.organizations}/{self.until}"


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody who has a bed from one day on, until another or to this day.

    Attributes:
        number: among those of all homes of their crowd.
        home: the number of their home.
        tasks: what is done for them each day.
    """

    number: int
    home: int
    org: str
    site: str
    id: str
    bed: str
    admission: str
    care_plan: str
    order: str
    tasks: tuple[str, ...]
    first: date
    last: date | None

    @property
    def place(self) -> str:
        """Whose row it is and where: two columns that every row about them has."""
        return f"{self.id}\t{self.site}"

    def lives_there(self, day: date) -> bool:
        """All of that day."""
        return self.first < day and (self.last is None or day < self.last)


@dataclass(frozen=True)
class Homes:
    """Organizations with equally many homes of one size: a large one and many small are alike."""

    plan: HomesPlan
    first: int
    organizations: int
    homes: int
    beds: int

    @property
    def count(self) -> int:
        """How many homes there are."""
        return self.organizations * self.homes

    @property
    def staff(self) -> int:
        """How many people work at each home; the first one runs it."""
        return 1 + max(3, self.beds // 2)

    def organization(self, home: int) -> str:
        return self.plan.id("organization", self.first + home // self.homes)

    def site(self, home: int) -> str:
        return self.plan.id("site", self.first + home // self.homes, home % self.homes)

    def worker(self, home: int, number: int) -> str:
        """The sign-in of somebody who works at a home."""
        return self.plan.id(
            "user", self.first + home // self.homes, len(LEADERS) + home % self.homes * self.staff + number
        )

    @cached_property
    def places(self) -> list[tuple[str, str]]:
        """Organization and site of each home."""
        return [(self.organization(home), self.site(home)) for home in range(self.count)]

    @cached_property
    def workers(self) -> list[list[str]]:
        """Who works at each home."""
        return [[self.worker(home, n) for n in range(self.staff)] for home in range(self.count)]

    @cached_property
    def residents(self) -> list[Resident]:
        """Everybody who ever had a bed. One in twenty beds is free; every third changed hands once."""
        made: list[Resident] = []
        first_day = self.plan.first_day()
        for bed in range(self.count * self.beds):
            if bed % 20 == 7:
                continue
            change = first_day + timedelta(days=1 + bed * 37 % self.plan.days)
            if bed % 3 == 0 and change < self.plan.until:
                made.append(self._resident(len(made), bed, first_day - timedelta(days=1), change))
                made.append(self._resident(len(made), bed, change, None))
            else:
                made.append(self._resident(len(made), bed, first_day - timedelta(days=1), None))
        return made

    def _resident(self, number: int, bed: int, first: date, last: date | None) -> Resident:
        home = bed // self.beds
        organization, plan = self.first + home // self.homes, self.plan
        org, site = self.places[home]
        return Resident(
            number=number,
            home=home,
            org=org,
            site=site,
            id=plan.id("patient", organization, number),
            bed=plan.id("bed", self.first, bed),
            admission=plan.id("admission", organization, number),
            care_plan=plan.id("care plan", organization, number),
            order=plan.id("order", organization, number),
            tasks=tuple(plan.id("task", organization, number * TASKS + n) for n in range(TASKS)),
            first=first,
            last=last,
        )


def home_crowds(plan: HomesPlan) -> tuple[Homes, Homes]:
    """The large organization, and those beside it."""
    return (
        Homes(plan, 0, 1, plan.homes, plan.beds),
        Homes(plan, 1, plan.organizations, _HOMES_BESIDE, _BEDS_BESIDE),
    )
