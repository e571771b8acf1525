"""Fixed ids: the same name gives the same uuid on every machine (RFC 9562, version 5)."""

from __future__ import annotations

from typing import Annotated
from uuid import NAMESPACE_DNS, UUID, uuid5

from pydantic import StringConstraints

# What a row is called in the files of `seeds/`.
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$")]

_NAMESPACE = uuid5(NAMESPACE_DNS, "seeds.carebase.example.com")


def seed_id(*path: object) -> UUID:
    """The id of the seed row with this path of names.

    Example:
        >>> seed_id("lakeside", "people", "nurse1") == seed_id("lakeside", "people", "nurse1")
        True
    """
    return uuid5(_NAMESPACE, "/".join(str(part) for part in path))


def user_id(slug: str, person: str) -> UUID:
    """The id (auth.users) of the person with this key in the organization with this slug."""
    return seed_id(slug, "people", person)


def practitioner_id(slug: str, person: str) -> UUID:
    """The id of the same person as a practitioner, if they give care."""
    return seed_id(slug, "practitioners", person)
