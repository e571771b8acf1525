"""The next moment of a schedule against cronsim, an implementation of Debian cron's rules by other people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import psycopg
import pytest
from cronsim import CronSim, CronSimError
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from carebase.stack.server import PostgresServer
from tests.conftest import cloned

Connection = psycopg.Connection[tuple[datetime | None]]

# By an hour, by half an hour, by two, at midnight, a whole day left out, south and north, Ramadan, never.
ZONES = (
    "America/Chicago",
    "America/New_York",
    "America/St_Johns",
    "America/Sao_Paulo",
    "America/Asuncion",
    "Europe/Berlin",
    "Europe/Dublin",
    "Asia/Beirut",
    "Asia/Tehran",
    "Asia/Kathmandu",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Antarctica/Troll",
    "UTC",
)


@pytest.fixture(scope="module")
def conn(server: PostgresServer, templates: dict[str, str]) -> Iterator[Connection]:
    """A database that nobody writes to."""
    with (
        cloned(server, templates["migrated"]) as name,
        psycopg.connect(server.url(name, "postgres"), autocommit=True) as conn,
    ):
        conn.execute("set time zone 'UTC'")
        yield conn


def next_run(conn: Connection, cron: str, zone: str, after: datetime) -> datetime | None:
    row = conn.execute("select app.next_run(%s, %s, %s)", [cron, zone, after]).fetchone()
    assert row is not None
    return row[0]


def field(lowest: int, highest: int) -> st.SearchStrategy[str]:
    number = st.integers(lowest, highest)
    # Of two ends at least: cronsim takes 0-0/1 for 0/1.
    span = st.tuples(number, number).filter(lambda ends: ends[0] < ends[1]).map("{0[0]}-{0[1]}".format)
    step = st.tuples(span, st.integers(1, 9)).map(lambda parts: f"{parts[0]}/{parts[1]}")
    one = number.map(str) | span | step
    return st.lists(one, min_size=1, max_size=3).map(",".join)


def often(lowest: int, highest: int) -> st.SearchStrategy[str]:
    return st.just("*") | st.integers(2, 20).map(lambda n: f"*/{n}") | field(lowest, highest)


days = (
    st.just("*") | st.sampled_from(["L", "15,L", "1", "31"]) | field(1, 31),
    st.just("*") | field(1, 12) | st.sampled_from(["MAR", "OCT-NOV", "JAN,DEC"]),
    st.just("*") | field(0, 7) | st.sampled_from(["SUN", "MON-FRI", "SAT,SUN"]),
)
# Where clocks change.
night = st.sampled_from(["0", "1", "2", "3", "1,2", "0-3", "23", "1-3/2"])
# cronsim is asked for these: where a star's day begins in a gap it is mistaken, and `watched` is the oracle.
fixed = st.tuples(field(0, 59), night | field(0, 23), *days).map(" ".join)
crons = st.tuples(often(0, 59), night | often(0, 23), *days).map(" ".join)


def changes(zone: str) -> list[datetime]:
    """Days on which the clocks of a zone change, from 2005 to 2037."""
    info, moment, found = ZoneInfo(zone), datetime(2005, 1, 1, tzinfo=UTC), []
    while moment.year < 2037:
        later = moment + timedelta(days=1)
        if moment.astimezone(info).utcoffset() != later.astimezone(info).utcoffset():
            found.append(moment)
        moment = later
    return found


CHANGES = {zone: changes(zone) or [datetime(2026, 2, 27, tzinfo=UTC)] for zone in ZONES}


def expected(cron: str, zone: str, after: datetime) -> datetime:
    """cronsim from well before: it starts from a reading of the clock, and one may stand for two moments."""
    start = after.astimezone(ZoneInfo(zone)) - timedelta(days=3)
    moments = CronSim(cron, start)
    while (moment := next(moments).astimezone(UTC)) <= after:
        pass
    return moment


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), cron=fixed, zone=st.sampled_from(ZONES))
def test_the_next_moment_is_debian_crons(conn: Connection, data: st.DataObject, cron: str, zone: str) -> None:
    day = data.draw(st.sampled_from(CHANGES[zone]))
    after = day + timedelta(
        minutes=data.draw(st.integers(-1440, 2880)), seconds=data.draw(st.integers(0, 59))
    )
    try:
        want = expected(cron, zone, after)
    except (CronSimError, StopIteration):
        assume(False)
    assume(want < after + timedelta(days=8 * 365))
    assert next_run(conn, cron, zone, after) == want, (cron, zone, after)


def watched(minutes: set[int], hours: set[int], zone: str, after: datetime) -> datetime:
    """Somebody looks at the clock on the wall each minute."""
    info, moment = ZoneInfo(zone), after.replace(second=0) + timedelta(minutes=1)
    while (wall := moment.astimezone(info)).hour not in hours or wall.minute not in minutes:
        moment += timedelta(minutes=1)
    return moment


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    data=st.data(), zone=st.sampled_from(ZONES), every=st.integers(1, 59), hours=st.sets(st.integers(0, 23))
)
def test_a_star_is_a_look_at_the_clock_on_the_wall(
    conn: Connection, data: st.DataObject, zone: str, every: int, hours: set[int]
) -> None:
    after = data.draw(st.sampled_from(CHANGES[zone])) + timedelta(minutes=data.draw(st.integers(-1440, 2880)))
    cron = f"*/{every} {','.join(map(str, sorted(hours))) or '*'} * * *"
    want = watched(set(range(0, 60, every)), hours or set(range(24)), zone, after)
    assert next_run(conn, cron, zone, after) == want, (cron, zone, after)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), cron=crons, zone=st.sampled_from(ZONES))
def test_moments_follow_each_other(conn: Connection, data: st.DataObject, cron: str, zone: str) -> None:
    """Nothing between two of them: from any moment before the next one, it is the next one."""
    after = data.draw(st.sampled_from(CHANGES[zone])) - timedelta(hours=3)
    first = next_run(conn, cron, zone, after)
    assume(first is not None)
    assert first is not None
    assert first > after
    between = after + (first - after) * data.draw(st.floats(0, 0.99))
    assert next_run(conn, cron, zone, between) == first
    second = next_run(conn, cron, zone, first)
    assert second is None or second > first


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("cron", "zone", "after", "moments"),
    [
        # 2026-03-08 in Chicago has no 02:30; it runs at 03:00, when the clocks have been put forward.
        ("30 2 * * *", "America/Chicago", "2026-03-07T12:00", ["2026-03-08T08:00", "2026-03-09T07:30"]),
        # 2026-11-01 has 01:30 twice; it runs the first time.
        ("30 1 * * *", "America/Chicago", "2026-10-31T12:00", ["2026-11-01T06:30", "2026-11-02T07:30"]),
        ("30 1 * * *", "America/Chicago", "2026-11-01T06:30", ["2026-11-02T07:30"]),
        # Every half hour is every half hour, in an hour that comes twice, too.
        (
            "*/30 * * * *",
            "America/Chicago",
            "2026-11-01T06:00",
            ["2026-11-01T06:30", "2026-11-01T07:00", "2026-11-01T07:30", "2026-11-01T08:00"],
        ),
        ("*/30 2 * * *", "America/Chicago", "2026-03-07T12:00", ["2026-03-09T07:00"]),
        # Lord Howe goes forward by half an hour.
        ("15 2 * * *", "Australia/Lord_Howe", "2026-10-03T00:00", ["2026-10-03T15:30", "2026-10-04T15:15"]),
        # Samoa had no 30 December 2011.
        ("0 8 30 12 *", "Pacific/Apia", "2011-12-29T00:00", ["2011-12-30T10:00", "2012-12-29T18:00"]),
        # In St John's clocks went back from 00:01, into the day before.
        (
            "0 0 * * *",
            "America/St_Johns",
            "2009-10-31T12:00",
            ["2009-11-01T02:30", "2009-11-02T03:30"],
        ),
        ("0 0 29 2 *", "UTC", "2096-03-01T00:00", ["2104-02-29T00:00"]),
        ("0 0 L * *", "UTC", "2027-01-31T12:00", ["2027-02-28T00:00", "2027-03-31T00:00"]),
        ("0 0 1 * MON", "UTC", "2026-06-01T12:00", ["2026-06-08T00:00"]),
    ],
)
def test_days_that_people_remember(
    conn: Connection, cron: str, zone: str, after: str, moments: list[str]
) -> None:
    moment: datetime | None = utc(after)
    for want in moments:
        assert moment is not None
        moment = next_run(conn, cron, zone, moment)
        assert moment == utc(want)


def test_a_day_that_does_not_exist_never_comes(conn: Connection) -> None:
    assert next_run(conn, "0 0 31 2 *", "UTC", utc("2026-01-01T00:00")) is None


@pytest.mark.parametrize(
    "cron",
    ["", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * 32 * *", "* * * 13 *",
     "* * * * 8", "*/0 * * * *", "5-1 * * * *", "a * * * *", "* * * FOO *", "-1 * * * *", "1,, * * * *",
     "@daily", "* * L-3 * *", "1-L * * * *"],
)  # fmt: skip
def test_what_is_no_expression_is_refused(conn: Connection, cron: str) -> None:
    assert conn.execute("select app.is_cron(%s)", [cron]).fetchone() == (False,)
