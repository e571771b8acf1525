"""FHIR dates and times are read to the precision they have, and nothing else is taken for one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carebase.fhir.elements import Element
from carebase.fhir.problems import Refused
from carebase.fhir.times import Moment, read_date, read_date_time


def read(text: object) -> Moment | None:
    return read_date_time(Element({"start": text}, "period"), "start")


@pytest.mark.parametrize(
    ("text", "precision", "first", "after"),
    [
        ("2024", "year", "2024-01-01", "2025-01-01"),
        ("2024-02", "month", "2024-02-01", "2024-03-01"),
        ("2024-12", "month", "2024-12-01", "2025-01-01"),
        ("2024-02-29", "day", "2024-02-29", "2024-03-01"),
        ("9999-12-31", "day", "9999-12-31", "10000-01-01"),
        ("9999", "year", "9999-01-01", "10000-01-01"),
        ("2024-02-29T10:00:00Z", "instant", "2024-02-29T10:00:00Z", None),
        ("2024-02-29T10:00:00.123456+05:30", "instant", "2024-02-29T10:00:00.123456+05:30", None),
    ],
)
def test_what_is_known_is_kept(text: str, precision: str, first: str, after: str | None) -> None:
    moment = read(text)
    assert moment is not None
    assert (moment.precision, moment.text, moment.after) == (precision, first, after)


@pytest.mark.parametrize(
    "text",
    [
        "24",
        "2024-13",
        "2023-02-29",
        "0000-01-01",
        "2024-1-1",
        "2024-01-01T10:00Z",
        "2024-01-01T24:00:00Z",
        "2024-01-01T10:00:60Z",
        "2024-02-30T10:00:00Z",
        "2024-01-01 10:00:00Z",
        "2024-01-01T10:00:00+15:00",
        "yesterday",
        "\u0662\u0660\u0662\u0664",
        "infinity",
        2024,
        ["2024"],
    ],
)
def test_nothing_else_is_taken_for_a_time(text: object) -> None:
    with pytest.raises(Refused, match=r"^period\.start "):
        read(text)


def test_a_time_of_day_needs_a_time_zone() -> None:
    with pytest.raises(Refused, match="without a time zone"):
        read("2024-01-01T10:00:00")


def test_a_date_has_no_time() -> None:
    with pytest.raises(Refused, match="birthDate is not a date"):
        read_date(Element({"birthDate": "2024-01-01T10:00:00Z"}), "birthDate")


@given(st.dates(max_value=date(9999, 12, 30)))
def test_a_day_ends_where_the_next_begins(day: date) -> None:
    moment = read(day.isoformat())
    assert moment
    assert moment.after == (day + timedelta(days=1)).isoformat()


@given(st.dates(max_value=date(9998, 12, 31)))
def test_a_month_ends_on_the_first_of_the_next(day: date) -> None:
    moment = read(day.isoformat()[:7])
    assert moment
    assert moment.after
    after = date.fromisoformat(moment.after)
    assert after.day == 1
    assert (after - timedelta(days=1)).isoformat()[:7] == day.isoformat()[:7]
