"""Times of a home are those of its clock, wherever the browser is: the page and Python reckon the same."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.console.conftest import VisitAs

ZONES = ("Europe/London", "America/Chicago", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Auckland")
_RECKON = """async (asked) => {
    const { addDays, dayAt, formatTime, momentAt } = await import("./lib/care.js");
    return asked.map(([day, time, zone]) => {
        const moment = momentAt(day, time, zone);
        return [moment, dayAt(moment, zone), formatTime(moment, zone), addDays(day, 1)];
    });
}"""


@pytest.mark.parametrize("here", ["America/Los_Angeles", "Asia/Tokyo"])
def test_a_time_on_the_wall_of_a_home_is_the_moment_that_it_is(visit: VisitAs, here: str) -> None:
    chance = random.Random(7)
    asked = []
    for zone in ZONES:
        # Around the changes of clocks, and any day of a few years.
        days = [
            datetime(2026, *each, tzinfo=UTC)
            for each in ((3, 8), (3, 29), (4, 5), (9, 27), (10, 4), (10, 25))
        ]
        days += [datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=chance.randrange(1500)) for _ in range(40)]
        for day in days:
            for minute in (0, 12 * 60, 23 * 60 + 59, chance.randrange(1440)):
                wall = (day + timedelta(minutes=minute)).replace(tzinfo=ZoneInfo(zone))
                # A time that the clock skips is none; of one that comes twice either will do.
                if wall.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall.replace(
                    tzinfo=None
                ):
                    asked.append((wall, zone))
    page = visit(timezone_id=here).page
    told = page.evaluate(_RECKON, [(f"{wall:%Y-%m-%d}", f"{wall:%H:%M}", zone) for wall, zone in asked])
    for (wall, zone), (moment, day, time, next_day) in zip(asked, told, strict=True):
        either = {wall.replace(fold=fold).astimezone(UTC) for fold in (0, 1)}
        assert datetime.fromisoformat(moment) in either, (wall, zone)
        assert (day, time) == (f"{wall:%Y-%m-%d}", f"{wall:%H:%M}"), (wall, zone)
        assert next_day == f"{wall.date() + timedelta(days=1)}"
    assert len(asked) > 500
