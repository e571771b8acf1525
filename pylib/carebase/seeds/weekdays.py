"""Days of the week as the seed files write them: `mon thu`, `mon-fri`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator

_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def parse_weekdays(text: Any) -> frozenset[int]:
    """Weekday numbers (Monday is 0) of names and ranges separated by spaces.

    Raises:
        ValueError: not such a text, or a name that is none of mon … sun.

    Example:
        >>> sorted(parse_weekdays("mon thu-sat"))
        [0, 3, 4, 5]
    """
    days: set[int] = set()
    for part in str(text).split():
        first, dash, last = part.partition("-")
        last = last if dash else first
        if first not in _NAMES or last not in _NAMES:
            raise ValueError(f"{part!r} is not a day or a range of days such as mon or mon-fri")
        start, end = _NAMES.index(first), _NAMES.index(last)
        if start > end:
            raise ValueError(f"{part!r} ends before it begins")
        days.update(range(start, end + 1))
    if not days:
        raise ValueError("no day is named")
    return frozenset(days)


Weekdays = Annotated[frozenset[int], BeforeValidator(parse_weekdays)]


def days_before(day: date, count: int, weekdays: frozenset[int]) -> Iterator[date]:
    """Those of the `count` days before `day` (itself not included) that fall on these weekdays, in order."""
    for distance in range(count, 0, -1):
        past = day - timedelta(days=distance)
        if past.weekday() in weekdays:
            yield past
