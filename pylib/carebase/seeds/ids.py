"""Fixed ids: the same name gives the same uuid on every machine (RFC 9562, version 5)."""

from __future__ import annotations

from uuid import NAMESPACE_DNS, UUID, uuid5

_NAMESPACE = uuid5(NAMESPACE_DNS, "seeds.carebase.example.com")


def seed_id(*path: object) -> UUID:
    """The id of the seed row with this path of names.

    Example:
        >>> seed_id("lakeside", "people", "nurse1") == seed_id("lakeside", "people", "nurse1")
        True
    """
    return uuid5(_NAMESPACE, "/".join(str(part) for part in path))
