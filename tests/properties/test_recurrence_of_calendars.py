"""Recurrence rules of tasks on the calendars that icalendar and recurring-ical-events are tested with.

Each recurring event is a case: its local times beside those of recurring-ical-events. What is not covered is
listed with the reason, and the list is complete: a case is compared, or has one of the reasons.
"""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import icalendar
import psycopg
import pytest
import recurring_ical_events

from carebase.stack.server import PostgresServer
from tests.conftest import cloned

FOLDERS = {"icalendar": "tests", "recurring_ical_events": "test/calendars"}
YEARS = 6
OUT_OF_SCOPE = {
    "other scale": "a rule by another calendar than the Gregorian (RSCALE, RFC 7529)",
    "unreadable": "the package tests that it refuses the file, or the rule is none",
    "more rules": "several rules in one event; RFC 5545 says there should not be",
    "one of them": "a change of one occurrence (RECURRENCE-ID); a task has none",
    "more dates": "dates beside the rule (RDATE); a task has none",
    "other times": "a start between minutes, or none",
    "refused": "a part that tasks do not have (a COUNT below one, BYWEEKNO), or an empty rule",
}


@dataclass(frozen=True)
class Case:
    """A recurring event of a file; `reason` where it is not covered."""

    name: str
    rule: str = ""
    zone: str = "UTC"
    start: dt.datetime = dt.datetime(1970, 1, 1)
    expected: tuple[dt.datetime, ...] = ()
    reason: str | None = None


def local(at: dt.date, zone: dt.tzinfo | None = None) -> dt.datetime:
    """By the clock on the wall; a day begins at midnight."""
    if isinstance(at, dt.datetime):
        if zone and at.tzinfo:
            at = at.astimezone(zone)
        return at.replace(tzinfo=None, fold=0)
    return dt.datetime.combine(at, dt.time())


def files() -> Iterator[Path]:
    for package, folder in FOLDERS.items():
        spec = find_spec(package)
        assert spec
        assert spec.origin
        yield from sorted((Path(spec.origin).parent / folder).rglob("*.ics"))


def events(file: Path) -> list[Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        calendars = icalendar.Calendar.from_ical(file.read_bytes(), multiple=True)
        return [
            event
            for calendar in calendars
            for event in calendar.walk()
            if event.name in ("VEVENT", "VTODO", "VJOURNAL") and "RRULE" in event
        ]


def case(name: str, event: Any) -> Case:
    """What is asked of an event and what recurring-ical-events answers."""
    if isinstance(event["RRULE"], list):
        return Case(name, reason="more rules")
    rule = event["RRULE"].to_ical().decode()
    if "RSCALE" in rule:
        return Case(name, reason="other scale")
    if "RECURRENCE-ID" in event:
        return Case(name, reason="one of them")
    if "RDATE" in event:
        return Case(name, reason="more dates")
    if "DTSTART" not in event or local(event["DTSTART"].dt).second:
        return Case(name, reason="other times")
    start = local(event["DTSTART"].dt)
    clock = getattr(event["DTSTART"].dt, "tzinfo", None)
    excluded = event.get("EXDATE", [])
    dates = [each.dt for one in (excluded if isinstance(excluded, list) else [excluded]) for each in one.dts]
    rule += "".join(f"\nEXDATE:{local(at, clock):%Y%m%dT%H%M%S}" for at in dates)
    alone = icalendar.Calendar()
    alone.add_component(event)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = recurring_ical_events.of(alone, components=[event.name]).between(
            start - dt.timedelta(days=1), start + dt.timedelta(days=365 * YEARS)
        )
    expected = sorted({local(each["DTSTART"].dt) for each in found})
    zone = getattr(clock, "key", "UTC")
    return Case(name, rule, zone, start, tuple(expected))


def cases() -> Iterator[Case]:
    for file in files():
        name = f"{file.parent.name}/{file.stem}"
        try:
            found = events(file)
        except (ValueError, KeyError, IndexError, AttributeError):
            yield Case(name, reason="unreadable")
            continue
        for number, event in enumerate(found, start=1):
            try:
                yield case(f"{name} {number}", event)
            except (ValueError, KeyError, TypeError, AttributeError, icalendar.error.InvalidCalendar):
                yield Case(f"{name} {number}", reason="unreadable")


@pytest.fixture(scope="module")
def conn(server: PostgresServer, templates: dict[str, str]) -> Iterator[psycopg.Connection[Any]]:
    with (
        cloned(server, templates["migrated"]) as name,
        psycopg.connect(server.url(name, "postgres"), autocommit=True) as connection,
    ):
        yield connection


def test_every_event_is_when_its_calendar_says(conn: psycopg.Connection[Any]) -> None:
    told: Counter[str] = Counter()
    wrong = []
    for each in cases():
        reason = each.reason
        if reason is None:
            until = each.start + dt.timedelta(days=365 * YEARS)
            try:
                found = conn.execute(
                    "select due from app.recurrence_times(app.read_recurrence(%s, %s), %s, %s, %s) as due",
                    (each.rule, each.zone, each.start, each.start, until),
                ).fetchall()
            except psycopg.Error as error:
                if "invalid_input" not in str(error):
                    raise
                reason = "refused"
            else:
                ours = [due for (due,) in found]
                theirs = [at for at in each.expected if each.start <= at < until]
                if ours == theirs:
                    told["covered"] += 1
                    continue
                wrong.append((each, ours[:4]))
                continue
        assert reason in OUT_OF_SCOPE
        told[reason] += 1
        print(f"not covered: {each.name}: {OUT_OF_SCOPE[reason]} {re.sub(chr(10), ' ', each.rule)}")
    print(told)
    assert wrong == []
    assert told["covered"] >= 200
