"""Rest, weekly hours and working minutes, also where clocks change: the database against Python's clocks.

What is expected is computed here from moments on the wall (zoneinfo) and from the words of the rules: rest is
time that really passes, a week the one in which a shift begins on the wall of the site, a minute is worked if
the clock on the wall shows working hours. Nothing of it is asked of the database.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from carebase.project import Project
from carebase.stack.server import PostgresServer
from tests.conftest import cloned

# The clocks change by an hour, by half an hour, in both halves of the year; one zone never changes.
ZONES = ("Europe/London", "America/Chicago", "Australia/Lord_Howe", "Asia/Kolkata")
# Weeks around a change somewhere: 28 March and 31 October 2027 (London), 14 March and 7 November (Chicago),
# 4 April and 3 October (Lord Howe).
CHANGES = (
    *(date(2027, 3, 14), date(2027, 3, 28), date(2027, 4, 4)),
    *(date(2027, 10, 3), date(2027, 10, 31), date(2027, 11, 7)),
)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Shift:
    """What a planner enters: a day and two times on the wall of the site, and a break."""

    day: int
    begins: int
    length: int
    pause: int

    def moments(self, middle: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """When it begins and ends, as moments."""
        wall = datetime.combine(middle + timedelta(days=self.day), time()) + timedelta(minutes=self.begins)
        return at(wall, zone), at(wall + timedelta(minutes=self.length), zone)


def at(wall: datetime, zone: ZoneInfo) -> datetime:
    return wall.replace(tzinfo=zone).astimezone(UTC)


SHIFTS = st.lists(
    st.builds(
        Shift,
        day=st.integers(-3, 4),
        begins=st.integers(0, 95).map(lambda quarter: quarter * 15),
        length=st.integers(8, 48).map(lambda quarter: quarter * 15),
        pause=st.sampled_from([0, 30, 60]),
    ),
    min_size=2,
    max_size=8,
)


@dataclass(frozen=True)
class Home:
    url: str
    org: UUID
    site: UUID
    carer: UUID

    def prepare(self, conn: psycopg.Connection[Any], zone: str, rest: int, most: int) -> None:
        conn.execute("update public.sites set time_zone = %s where id = %s", [zone, self.site])
        conn.execute(
            """update public.staff_contracts set minimum_rest_minutes = %s, weekly_maximum_minutes = %s
               where user_id = %s""",
            [rest, most, self.carer],
        )

    def add(
        self, conn: psycopg.Connection[Any], began: datetime, ended: datetime, pause: int
    ) -> tuple[Any, ...]:
        row = conn.execute(
            """insert into public.shifts (org_id, site_id, starts_at, ends_at, skill, break_minutes)
               values (%s, %s, %s, %s, 'care', %s) returning id, shift_on, week_on""",
            [self.org, self.site, began, ended, pause],
        ).fetchone()
        assert row
        return tuple(row)

    def faults(self, conn: psycopg.Connection[Any], shift: UUID) -> set[str]:
        """What keeps the carer from a shift, as the rules tell who asks."""
        found = conn.execute(
            "select reason::text from app.assignment_faults(%s, %s, %s)", [self.org, shift, self.carer]
        )
        return {reason for (reason,) in found}

    def assign(self, conn: psycopg.Connection[Any], shift: UUID) -> str:
        """What becomes of the row itself, whatever was asked before."""
        try:
            with conn.transaction():
                conn.execute(
                    """insert into public.shift_assignments
                         (org_id, site_id, shift_id, user_id, shift_on, starts_at, ends_at, break_minutes)
                       select org_id, site_id, id, %s, shift_on, starts_at, ends_at, break_minutes
                       from public.shifts where id = %s""",
                    [self.carer, shift],
                )
        except psycopg.errors.ExclusionViolation:
            return "refused"
        except psycopg.Error as error:
            if error.sqlstate != "PGRST":
                raise
            told = json.loads(error.diag.message_primary or "{}")
            assert told["code"] == "conflict", told
            return "refused"
        return "assigned"


@pytest.fixture(scope="module")
def home(server: PostgresServer, templates: dict[str, str], project: Project) -> Iterator[Home]:
    with cloned(server, templates["migrated"]) as database:
        url = server.url(database)
        with psycopg.connect(url, autocommit=True) as conn:
            conn.execute((project.root / "tests" / "sql" / "helpers.sql").read_bytes())

            def one(query: str, *parameters: object) -> Any:
                row = conn.execute(query.encode(), parameters).fetchone()
                return row[0] if row else None

            org = one("select tests.make_org('lakeside')")
            site = one("select tests.make_site(%s)", org)
            carer = one("select tests.make_staff(%s, 'carer', 'Carl', %s)", org, site)
            one(
                """insert into public.staff_contracts
                     (org_id, user_id, site_id, holds_during, weekly_maximum_minutes, minimum_rest_minutes,
                      skills)
                   values (%s, %s, %s, '[2020-01-01,)', 2880, 660, '{care}') returning id""",
                *(org, carer, site),
            )
            yield Home(url, org, site, carer)


def expected(
    began: datetime,
    ended: datetime,
    worked: int,
    week: tuple[int, int],
    held: list[tuple[datetime, datetime, int, tuple[int, int]]],
    rest: int,
    most: int,
) -> set[str]:
    found = set()
    for other_began, other_ended, _, _ in held:
        if began < other_ended and other_began < ended:
            found.add("double_booking")
        elif max(began - other_ended, other_began - ended) < timedelta(minutes=rest):
            found.add("rest")
    if sum(minutes for _, _, minutes, of_week in held if of_week == week) + worked > most:
        found.add("weekly_maximum")
    return found


@settings(max_examples=40, deadline=None)
@given(
    shifts=SHIFTS,
    middle=st.sampled_from(CHANGES),
    zone=st.sampled_from(ZONES),
    rest=st.sampled_from([0, 480, 660, 720]),
    most=st.sampled_from([900, 1500, 2880]),
)
# 22:00 to 07:00 in the night that the clocks go back is ten hours: 660 minutes later it is 18:00, not 17:45.
@example(
    shifts=[Shift(-1, 1320, 540, 0), Shift(0, 1065, 120, 0), Shift(0, 1080, 120, 0)],
    middle=date(2027, 10, 31),
    zone="Europe/London",
    rest=660,
    most=2880,
)
# In the night that they go forward the same shift is eight hours, and 900 minutes a week just suffice.
@example(
    shifts=[Shift(0, 600, 420, 0), Shift(-1, 1320, 540, 0)],
    middle=date(2027, 3, 28),
    zone="Europe/London",
    rest=0,
    most=900,
)
def test_rest_and_weekly_hours_are_those_that_really_pass(
    home: Home, shifts: list[Shift], middle: date, zone: str, rest: int, most: int
) -> None:
    clock = ZoneInfo(zone)
    with psycopg.connect(home.url, autocommit=True) as conn, conn.transaction(force_rollback=True):
        home.prepare(conn, zone, rest, most)
        held: list[tuple[datetime, datetime, int, tuple[int, int]]] = []
        for shift in shifts:
            began, ended = shift.moments(middle, clock)
            if ended - began <= shift.pause * MINUTE:
                continue
            on = began.astimezone(clock).date()
            year, number, _ = on.isocalendar()
            week = (year, number)
            shift_id, stored_on, stored_week = home.add(conn, began, ended, shift.pause)
            assert (stored_on, stored_week) == (on, on - timedelta(days=on.weekday()))
            worked = (ended - began) // MINUTE - shift.pause
            wanted = expected(began, ended, worked, week, held, rest, most)
            assert home.faults(conn, shift_id) == wanted
            if home.assign(conn, shift_id) == "assigned":
                assert not wanted
                held.append((began, ended, worked, week))
            else:
                assert wanted


def worked_through(
    began: datetime,
    minutes: int,
    zone: ZoneInfo,
    days: set[int],
    opens: time,
    closes: time,
    holidays: set[date],
) -> datetime:
    """Minute by minute: the moment at which so many have been worked."""
    moment, left = began, minutes
    while left:
        wall = moment.astimezone(zone)
        if wall.isoweekday() in days and wall.date() not in holidays and opens <= wall.time() < closes:
            left -= 1
        moment += MINUTE
    return moment


@settings(max_examples=40, deadline=None)
@given(
    middle=st.sampled_from(CHANGES),
    zone=st.sampled_from(ZONES),
    offset=st.integers(-3 * 1440, 2 * 1440),
    minutes=st.integers(1, 2500),
    days=st.sets(st.integers(1, 7), min_size=3),
    # Never within the hours that clocks skip or show twice: what opens there has no one moment.
    opens=st.sampled_from([time(0, 0), time(5, 30), time(9, 0)]),
    closes=st.sampled_from([time(12, 15), time(17, 0), time(23, 59)]),
    holiday=st.integers(-3, 5),
)
def test_working_minutes_are_those_that_the_wall_shows(
    home: Home,
    middle: date,
    zone: str,
    offset: int,
    minutes: int,
    days: set[int],
    opens: time,
    closes: time,
    holiday: int,
) -> None:
    began = datetime.combine(middle, time(), UTC) + offset * MINUTE
    off = middle + timedelta(days=holiday)
    with psycopg.connect(home.url) as conn:
        row = conn.execute(
            "select app.add_working_minutes(%s, %s, %s, %s::smallint[], %s, %s, %s::date[])",
            [began, minutes, zone, sorted(days), opens, closes, [off]],
        ).fetchone()
    assert row
    assert row[0] == worked_through(began, minutes, ZoneInfo(zone), days, opens, closes, {off})


@settings(max_examples=60, deadline=None)
@given(
    on=st.dates(date(2026, 1, 1), date(2028, 1, 1)),
    count=st.integers(0, 40),
    days=st.sets(st.integers(1, 7), min_size=1),
    holidays=st.sets(st.dates(date(2026, 1, 1), date(2028, 3, 1)), max_size=30),
)
def test_working_days_are_counted_after_the_day(
    home: Home, on: date, count: int, days: set[int], holidays: set[date]
) -> None:
    with psycopg.connect(home.url) as conn:
        row = conn.execute(
            "select app.add_working_days(%s, %s, %s::smallint[], %s::date[])",
            [on, count, sorted(days), sorted(holidays)],
        ).fetchone()
    later = (on + timedelta(days=days_after) for days_after in range(1, 2000))
    worked = [day for day in later if day.isoweekday() in days and day not in holidays]
    assert row
    assert row[0] == (worked[count - 1] if count else on)
