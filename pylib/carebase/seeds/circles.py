"""Support circles of a demo organization: their members, and what was said in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from carebase.seeds.ids import Key, practitioner_id, seed_id, user_id
from carebase.seeds.insert import Row, TableRows


class Reflection(BaseModel, extra="forbid", frozen=True):
    """What a member (key of a person) wrote, with or without their name."""

    key: Key
    by: Key
    is_anonymous: bool = False
    text: str = Field(min_length=1, max_length=4000)


class Circle(BaseModel, extra="forbid", frozen=True):
    """A circle; `facilitator` and `members` are keys of people who give care."""

    key: Key
    name: str
    meeting_frequency: str
    max_members: int = 12
    facilitator: Key | None = None
    members: list[Key] = []
    reflections: list[Reflection] = []

    @model_validator(mode="after")
    def _members_speak(self) -> Circle:
        if len(self.members) > self.max_members:
            raise ValueError(f"{len(self.members)} members, but {self.max_members} seats")
        for reflection in self.reflections:
            if reflection.by not in self.members:
                raise ValueError(f"{reflection.by!r} is no member of the circle {self.key!r}")
        return self


def circle_rows(
    slug: str, org_id: UUID, circles: list[Circle], names: Mapping[str, str], since: str
) -> Iterator[TableRows]:
    """The rows of all circles of one organization, tables in the order in which they refer to each other.

    Args:
        slug: of the organization.
        org_id: its id.
        circles: its circles.
        names: key of a person → what they are called.
        since: when the members joined, as Postgres reads it.
    """
    yield TableRows(
        "public.provider_support_circles",
        ("org_id", "id"),
        [
            {
                "org_id": org_id,
                "id": seed_id(slug, "circles", circle.key),
                "name": circle.name,
                "meeting_frequency": circle.meeting_frequency,
                "max_members": circle.max_members,
                "facilitator_id": user_id(slug, circle.facilitator) if circle.facilitator else None,
            }
            for circle in circles
        ],
    )
    yield TableRows(
        "public.provider_support_circle_members",
        ("org_id", "circle_id", "user_id"),
        [
            {
                "org_id": org_id,
                "id": seed_id(slug, "circles", circle.key, member),
                "circle_id": seed_id(slug, "circles", circle.key),
                "practitioner_id": practitioner_id(slug, member),
                "user_id": user_id(slug, member),
                "joined_at": since,
            }
            for circle in circles
            for member in circle.members
        ],
    )
    yield TableRows(
        "public.provider_support_reflections",
        ("org_id", "id"),
        [
            _reflection(slug, org_id, circle, reflection, names[reflection.by])
            for circle in circles
            for reflection in circle.reflections
        ],
    )


def _reflection(slug: str, org_id: UUID, circle: Circle, reflection: Reflection, author: str) -> Row:
    return {
        "org_id": org_id,
        "id": seed_id(slug, "circles", circle.key, "reflections", reflection.key),
        "circle_id": seed_id(slug, "circles", circle.key),
        "author_id": practitioner_id(slug, reflection.by),
        "user_id": user_id(slug, reflection.by),
        "reflection_text": reflection.text,
        "is_anonymous": reflection.is_anonymous,
        "author_name": None if reflection.is_anonymous else author,
    }
