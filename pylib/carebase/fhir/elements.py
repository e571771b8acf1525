"""Reading FHIR elements one at a time, with the path at hand for what is wrong with them.

Resources come from outside: every read checks the JSON type first, and whatever is not as FHIR R4 wants it is
`Refused` with its path.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from carebase.fhir.problems import invalid

# FHIR allows tab, line feed and carriage return in strings; Postgres cannot store NUL at all.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Element:
    """One JSON object of a resource and the path that leads to it.

    Args:
        value: the object.
        path: such as `name[0]`; empty for the resource itself.
    """

    __slots__ = ("path", "value")

    def __init__(self, value: dict[str, Any], path: str = "") -> None:
        self.value = value
        self.path = path

    def at(self, key: str) -> str:
        """The path of one of its elements."""
        return f"{self.path}.{key}" if self.path else key

    def text(self, key: str, limit: int) -> str | None:
        """A string without surrounding blanks; None if it is absent or blank.

        Args:
            key: which.
            limit: the most characters our tables hold.
        """
        value = self.value.get(key)
        return None if value is None else _clean(value, limit, self.at(key))

    def texts(self, key: str, limit: int) -> list[str]:
        """A list of strings, without the blank ones and the nulls that stand for extensions.

        Args:
            key: which.
            limit: the most characters of one.
        """
        found = (
            _clean(value, limit, f"{self.at(key)}[{position}]")
            for position, value in enumerate(self._list(key))
            if value is not None
        )
        return [text for text in found if text]

    def code(self, key: str, allowed: Collection[str]) -> str | None:
        """A code of a small closed set; None if it is absent."""
        value = self.value.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or value not in allowed:
            raise invalid(self.at(key), f"is none of {', '.join(sorted(allowed))}")
        return value

    def flag(self, key: str) -> bool | None:
        """A boolean; None if it is absent."""
        value = self.value.get(key)
        if value is not None and not isinstance(value, bool):
            raise invalid(self.at(key), "is not a boolean")
        return value

    def child(self, key: str) -> Element | None:
        """An element inside; None if it is absent."""
        value = self.value.get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise invalid(self.at(key), "is not an object")
        return Element(value, self.at(key))

    def children(self, key: str) -> Iterator[Element]:
        """The elements of a list; none if it is absent."""
        for position, value in enumerate(self._list(key)):
            if not isinstance(value, dict):
                raise invalid(f"{self.at(key)}[{position}]", "is not an object")
            yield Element(value, f"{self.at(key)}[{position}]")

    def first(self, key: str) -> Element | None:
        """The first element of a list; None if there is none."""
        return next(self.children(key), None)

    def _list(self, key: str) -> list[Any]:
        value = self.value.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise invalid(self.at(key), "is not a list")
        return value


def _clean(value: Any, limit: int, path: str) -> str | None:
    if not isinstance(value, str):
        raise invalid(path, "is not a string")
    value = value.strip()
    if _CONTROL.search(value):
        raise invalid(path, "holds a control character")
    if len(value) > limit:
        raise invalid(path, f"is longer than {limit} characters")
    return value or None
