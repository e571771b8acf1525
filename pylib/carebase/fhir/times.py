"""FHIR dates and times, which may be known to the year, the month, the day or the instant only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from carebase.fhir.elements import Element
from carebase.fhir.problems import invalid

Precision = Literal["year", "month", "day", "instant"]

_PARTIAL = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_INSTANT = re.compile(
    r"(\d{4}-\d\d-\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?", re.ASCII
)
_LONGEST = 40
# Many systems write 9999-12-31 for "no end". Python's calendar ends there, that of Postgres does not.
_AFTER_ALL = "10000-01-01"


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or time, and how much of it is known."""

    precision: Precision
    text: str
    """For Postgres: a timestamp with its offset for an instant, else the first day of what is known."""
    after: str | None
    """The first day past it; None for an instant."""


def read_date(element: Element, key: str) -> Moment | None:
    """A FHIR `date`: YYYY, YYYY-MM or YYYY-MM-DD; None if it is absent.

    Raises:
        Refused: it is none of these, or no day of the calendar.
    """
    text = element.text(key, _LONGEST)
    if text is None:
        return None
    moment = _partial(text)
    if moment is None:
        raise invalid(element.at(key), "is not a date (YYYY, YYYY-MM or YYYY-MM-DD)")
    return moment


def read_date_time(element: Element, key: str) -> Moment | None:
    """A FHIR `dateTime`: a date as above, or a day, a time with seconds, a time zone; None if it is absent.

    Raises:
        Refused: it is none of these, or has a time of day without a time zone.
    """
    text = element.text(key, _LONGEST)
    if text is None:
        return None
    if moment := _partial(text):
        return moment
    match = _INSTANT.fullmatch(text)
    if not match or not _partial(match[1]):
        raise invalid(element.at(key), "is not a date, nor a time with seconds (YYYY-MM-DDThh:mm:ss+zz:zz)")
    if not match[2]:
        raise invalid(element.at(key), "has a time of day without a time zone")
    return Moment("instant", text, None)


def _partial(text: str) -> Moment | None:
    match = _PARTIAL.fullmatch(text)
    if not match:
        return None
    year, month, day = match.groups()
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if day:
        return Moment("day", first.isoformat(), _first_after(first, days=1))
    if month:
        return Moment("month", first.isoformat(), _first_after(first, days=31))
    return Moment("year", first.isoformat(), _first_after(first, days=366))


def _first_after(first: date, *, days: int) -> str:
    """The first day of the next day, month or year, `days` being the most that the present one can have."""
    try:
        later = first + timedelta(days=days)
    except OverflowError:
        return _AFTER_ALL
    if days > 1:
        later = later.replace(day=1)
    if days > 31:
        later = later.replace(month=1)
    return later.isoformat()
