"""Recurrence rules of tasks beside python-dateutil's, which reads the same RFC 5545.

Three readings of dateutil are not ours and are left out: days with and without a number in one BYDAY, which
it intersects and the RFC unites; places (BYSETPOS) in a first week that is not whole, which it counts from
the start; the twelfth Monday of a month, at which it fails.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest
from dateutil import rrule
from hypothesis import example, given, settings
from hypothesis import strategies as st

from carebase.stack.server import PostgresServer
from tests.conftest import cloned

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LONGEST = {"HOURLY": 20, "DAILY": 200, "WEEKLY": 800, "MONTHLY": 2500, "YEARLY": 6000}
ZONES = ("America/Chicago", "Europe/London", "Australia/Lord_Howe", "America/St_Johns", "Asia/Kolkata")


@pytest.fixture(scope="module")
def conn(server: PostgresServer, templates: dict[str, str]) -> Iterator[psycopg.Connection[Any]]:
    with (
        cloned(server, templates["migrated"]) as name,
        psycopg.connect(server.url(name, "postgres"), autocommit=True) as connection,
    ):
        yield connection


@pytest.fixture(autouse=True, scope="module")
def last_year() -> Iterator[None]:
    """Dateutil looks for the 30th of February until the year 9999; until 2045 is enough here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rrule, "datetime", SimpleNamespace(**(vars(dt) | {"MAXYEAR": 2045})))
        yield


def ours(
    conn: psycopg.Connection[Any], rule: str, start: dt.datetime, since: dt.datetime, until: dt.datetime
) -> list[dt.datetime]:
    found = conn.execute(
        "select due from app.recurrence_times(app.read_recurrence(%s, 'UTC'), %s, %s, %s) as due",
        (rule, start, since, until),
    ).fetchall()
    return [due for (due,) in found]


def dateutils(text: str, start: dt.datetime, until: dt.datetime) -> list[dt.datetime]:
    """What the oracle says until a moment."""
    try:
        theirs = rrule.rrulestr(text, dtstart=start)
    except ValueError as error:
        # It refuses an interval that never meets an hour; ours never is due.
        if "empty" in str(error):
            return []
        raise
    return list(itertools.takewhile(lambda at: at < until, theirs))


def some(values: st.SearchStrategy[int], most: int) -> st.SearchStrategy[str]:
    return st.lists(values, min_size=1, max_size=most, unique=True).map(
        lambda numbers: ",".join(map(str, numbers))
    )


def signed(most: int) -> st.SearchStrategy[int]:
    return st.integers(1, most).flatmap(lambda number: st.sampled_from([number, -number]))


@st.composite
def rules(draw: st.DrawFn) -> tuple[str, dt.datetime]:
    """A rule and its start."""
    freq = draw(st.sampled_from(tuple(LONGEST)))
    start = draw(
        st.datetimes(min_value=dt.datetime(2024, 1, 1), max_value=dt.datetime(2027, 12, 31)).map(
            lambda at: at.replace(second=0, microsecond=0)
        )
    )
    parts = {"FREQ": freq}

    def maybe(name: str, values: st.SearchStrategy[str]) -> None:
        if draw(st.booleans()):
            parts[name] = draw(values)

    maybe("INTERVAL", st.integers(1, 5).map(str))
    maybe("BYMONTH", some(st.integers(1, 12), 4))
    if freq != "WEEKLY":
        maybe("BYMONTHDAY", some(signed(31), 4))
    plain = st.lists(st.sampled_from(DAYS), min_size=1, max_size=4, unique=True).map(",".join)
    if freq in ("MONTHLY", "YEARLY"):
        counted = st.lists(
            st.tuples(
                signed(53 if freq == "YEARLY" and "BYMONTH" not in parts else 5), st.sampled_from(DAYS)
            ),
            min_size=1,
            max_size=3,
        ).map(lambda pairs: ",".join(f"{nth}{day}" for nth, day in pairs))
        maybe("BYDAY", plain | counted)
    else:
        maybe("BYDAY", plain)
    maybe("BYHOUR", some(st.integers(0, 23), 3))
    maybe("BYMINUTE", some(st.integers(0, 59), 3))
    maybe("WKST", st.sampled_from(DAYS))
    if parts.keys() & {"BYMONTH", "BYMONTHDAY", "BYDAY", "BYHOUR", "BYMINUTE"}:
        maybe("BYSETPOS", some(signed(4), 2))
    if freq == "WEEKLY" and "BYSETPOS" in parts:
        start -= dt.timedelta((start.weekday() - DAYS.index(parts.get("WKST", "MO"))) % 7)
    end = draw(st.sampled_from(("COUNT", "UNTIL", "")))
    if end == "COUNT":
        parts["COUNT"] = str(draw(st.integers(1, 30)))
    elif end:
        until = start + dt.timedelta(days=draw(st.integers(0, LONGEST[freq])))
        parts["UNTIL"] = f"{until:%Y%m%dT%H%M%S}"
    return ";".join(f"{name}={value}" for name, value in parts.items()), start


@settings(max_examples=400, deadline=None)
@given(rules(), st.integers(0, 100), st.integers(1, 100))
@example(("FREQ=MONTHLY;BYMONTHDAY=31", dt.datetime(2026, 1, 31, 8)), 0, 50)
@example(("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", dt.datetime(2024, 2, 29, 8)), 0, 100)
@example(("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", dt.datetime(2026, 1, 1, 8)), 20, 20)
@example(("FREQ=HOURLY;INTERVAL=5;BYMONTHDAY=-1", dt.datetime(2026, 1, 15, 8, 30)), 0, 100)
@example(("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU", dt.datetime(1997, 8, 5, 9)), 0, 10)
def test_a_rule_means_what_dateutil_says(
    conn: psycopg.Connection[Any], ruled: tuple[str, dt.datetime], after: int, length: int
) -> None:
    rule, start = ruled
    freq = rule.split(";")[0].removeprefix("FREQ=")
    since = start + dt.timedelta(days=LONGEST[freq] * after / 200)
    until = since + dt.timedelta(days=LONGEST[freq] * length / 200)
    expected = [at for at in dateutils(rule, start, until) if since <= at < until]
    assert ours(conn, rule, start, since, until) == expected


@settings(max_examples=60, deadline=None)
@given(rules(), st.lists(st.integers(0, 10), max_size=4))
def test_exceptions_are_left_out_and_count(
    conn: psycopg.Connection[Any], ruled: tuple[str, dt.datetime], left_out: list[int]
) -> None:
    rule, start = ruled
    until = start + dt.timedelta(days=LONGEST[rule.split(";")[0].removeprefix("FREQ=")] / 4)
    whole = ours(conn, rule, start, start, until)
    gone = [whole[place] for place in left_out if place < len(whole)]
    listed = "".join(f"\nEXDATE:{at:%Y%m%dT%H%M%S}" for at in gone)
    assert ours(conn, rule + listed, start, start, until) == [at for at in whole if at not in gone]


@settings(max_examples=60, deadline=None)
@given(rules(), st.integers(1, 99))
def test_two_windows_are_one(
    conn: psycopg.Connection[Any], ruled: tuple[str, dt.datetime], percent: int
) -> None:
    rule, start = ruled
    length = dt.timedelta(days=LONGEST[rule.split(";")[0].removeprefix("FREQ=")] / 4)
    middle, until = start + length * percent / 100, start + length
    apart = ours(conn, rule, start, start, middle) + ours(conn, rule, start, middle, until)
    assert apart == ours(conn, rule, start, start, until)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(ZONES),
    st.datetimes(min_value=dt.datetime(2024, 1, 1), max_value=dt.datetime(2030, 12, 31)).map(
        lambda at: at.replace(second=0, microsecond=0)
    ),
)
@example("America/Chicago", dt.datetime(2026, 3, 8, 2, 30))
@example("America/Chicago", dt.datetime(2026, 11, 1, 1, 30))
@example("Australia/Lord_Howe", dt.datetime(2026, 10, 4, 2, 15))
@example("Australia/Lord_Howe", dt.datetime(2026, 4, 5, 1, 45))
@example("Europe/London", dt.datetime(2026, 3, 29, 1))
@example("Europe/London", dt.datetime(2026, 10, 25, 1))
def test_a_time_on_the_wall_is_one_moment(
    conn: psycopg.Connection[Any], zone: str, local: dt.datetime
) -> None:
    """As Python reads it: of two the first (fold 0), of none by the offset before the change."""
    [moment] = conn.execute("select app.wall_moment(%s, %s)", (local, zone)).fetchone() or []
    assert moment == local.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(dt.UTC)


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "FREQ=SECONDLY",
        "FREQ=MINUTELY",
        "INTERVAL=2",
        "FREQ=DAILY;FREQ=WEEKLY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=100000",
        "FREQ=DAILY;COUNT=2;UNTIL=20260101",
        "FREQ=DAILY;UNTIL=20260231",
        "FREQ=DAILY;UNTIL=20260201T250000",
        "FREQ=DAILY;BYHOUR=24",
        "FREQ=DAILY;BYHOUR=",
        "FREQ=DAILY;BYHOUR=-1",
        "FREQ=DAILY;BYDAY=1MO",
        "FREQ=WEEKLY;BYMONTHDAY=1",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=YEARLY;BYDAY=54MO",
        "FREQ=YEARLY;BYWEEKNO=20",
        "FREQ=YEARLY;BYYEARDAY=1",
        "FREQ=DAILY;BYSETPOS=1",
        "FREQ=DAILY;WKST=XX",
        "FREQ=DAILY;BYSECOND=10",
        "FREQ=DAILY;BYMONTHDAY=0",
        "FREQ=DAILY\nRDATE:20260101T080000",
        "FREQ=DAILY\nEXDATE:tomorrow",
        "RSCALE=CHINESE;FREQ=YEARLY",
        "FREQ=DAILY; drop table patients",
    ],
)
def test_what_is_not_understood_is_refused(conn: psycopg.Connection[Any], rule: str) -> None:
    with pytest.raises(psycopg.Error) as caught:
        ours(conn, rule, dt.datetime(2026, 1, 1), dt.datetime(2026, 1, 1), dt.datetime(2026, 1, 2))
    assert "invalid_input" in str(caught.value)
    assert "p_rule" in str(caught.value)
