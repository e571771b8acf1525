"""Where and when the care of a demo organization happens: ids, places and moments of its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from carebase.seeds.care.documents import Care
from carebase.seeds.ids import Key, seed_id, user_id


@dataclass(frozen=True)
class Scene:
    """One organization on one day.

    Attributes:
        slug: of the organization.
        org_id: its id.
        day: what `ago` counts back from.
        zone: the time zone in which its clocks tell.
        homes: key of a resident → key of the site where they live.
        care: what is told of it.
    """

    slug: str
    org_id: UUID
    day: date
    zone: str
    homes: dict[Key, Key]
    care: Care

    def id(self, *path: object) -> UUID:
        """The id of a row of care by its path of names."""
        return seed_id(self.slug, "care", *path)

    def site(self, key: Key) -> UUID:
        return seed_id(self.slug, "sites", key)

    def resident(self, key: Key) -> UUID:
        return seed_id(self.slug, "residents", key)

    def person(self, key: Key) -> UUID:
        return user_id(self.slug, key)

    def place(self, resident: Key) -> dict[str, UUID]:
        """Whose row it is and where: the columns that every row about a resident has."""
        return {
            "org_id": self.org_id,
            "resident_id": self.resident(resident),
            "site_id": self.site(self.homes[resident]),
        }

    def past(self, ago: int) -> date:
        return self.day - timedelta(days=ago)

    def moment(self, day: date, at: time) -> str:
        """A local time, for Postgres, which knows the time zones."""
        return f"{day} {at} {self.zone}"

    def then(self, ago: int, at: time = time(10)) -> str:
        """A local time of a day that is over."""
        return self.moment(self.past(ago), at)
