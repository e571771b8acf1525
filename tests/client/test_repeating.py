"""What is safe to do twice is tried again, with patience; what changes something never is."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from carebase.client.function import Function
from carebase.client.functions import resilience
from carebase.errors import NotAuthenticated, PermissionDenied, RateLimited, Unavailable
from carebase.models import ProviderDailyCheckin
from carebase.records import Arguments
from tests.client.wire_server import Answer, WireServer


class RenameArguments(Arguments):
    p_name: str


# A function that changes something and does not say that it is idempotent.
RENAME: Function[int] = Function("rename", RenameArguments, int)


class SaveArguments(Arguments):
    p_request_key: UUID | None


# One that does once what is asked twice under a key.
SAVE: Function[int] = Function("save", SaveArguments, int)
READ: Function[int] = Function("read", Arguments, int, is_repeatable=True)

BUSY = Answer(503, b"")
OK = Answer.of(7)


def test_the_generated_functions_know_what_is_safe() -> None:
    for function in (resilience.GET_MY_CHECKINS, resilience.GET_TEAM_CHECKIN_SUMMARY):
        assert function.is_repeatable  # they only read
    assert resilience.SUBMIT_DAILY_CHECKIN.is_repeatable  # its comment says that it is idempotent


@pytest.mark.parametrize(
    "trouble",
    [
        Answer(502, b"<html>"),
        BUSY,
        Answer(504, b""),
        Answer(429, b""),
        Answer.of({"code": "rate_limited", "message": "Slow down."}, 429),
        Answer(200, b"1234567", cut_after=3),
    ],
    ids=["502", "503", "504", "429", "rate_limited", "reset mid-body"],
)
def test_reading_goes_on_after_trouble(
    wire: WireServer, make_client: Callable[..., Any], trouble: Answer
) -> None:
    wire.will(trouble, trouble, OK)
    assert make_client(wire.url)._call(READ) == 7
    assert len(wire.seen) == 3
    assert len({seen.body for seen in wire.seen}) == 1


@pytest.mark.parametrize(
    "trouble", [BUSY, Answer(429, b""), Answer(200, b"1234567", cut_after=3)], ids=["503", "429", "reset"]
)
def test_a_change_is_sent_once(wire: WireServer, make_client: Callable[..., Any], trouble: Answer) -> None:
    wire.will(trouble, OK)
    with pytest.raises((Unavailable, RateLimited)):
        make_client(wire.url)._call(RENAME, p_name="x")
    assert len(wire.seen) == 1


def test_a_change_under_a_key_is_sent_again(wire: WireServer, make_client: Callable[..., Any]) -> None:
    wire.will(BUSY, OK)
    assert make_client(wire.url)._call(SAVE, p_request_key=uuid4()) == 7
    assert len(wire.seen) == 2
    assert len({seen.body for seen in wire.seen}) == 1
    wire.will(BUSY, OK)
    with pytest.raises(Unavailable):
        make_client(wire.url)._call(SAVE, p_request_key=None)
    assert len(wire.seen) == 1


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Answer(500, b""), Unavailable),
        (Answer(403, b""), PermissionDenied),
        (Answer(401, b""), NotAuthenticated),
    ],
)
def test_what_would_fail_again_is_not_repeated(
    wire: WireServer, make_client: Callable[..., Any], answer: Answer, kind: type[Exception]
) -> None:
    wire.will(answer)
    with pytest.raises(kind):
        make_client(wire.url)._call(READ)
    assert len(wire.seen) == 1


def test_attempts_are_bounded(wire: WireServer, make_client: Callable[..., Any]) -> None:
    wire.will(BUSY)
    with pytest.raises(Unavailable) as caught:
        make_client(wire.url, max_attempts=4)._call(READ)
    assert caught.value.status == 503
    assert len(wire.seen) == 4
    wire.will(BUSY)
    with pytest.raises(Unavailable):
        make_client(wire.url, max_attempts=1)._call(READ)
    assert len(wire.seen) == 1


def test_time_is_bounded(wire: WireServer, make_client: Callable[..., Any]) -> None:
    wire.will(BUSY)
    started = time.monotonic()
    with pytest.raises(Unavailable):
        make_client(wire.url, max_attempts=1000, max_retry_seconds=0.5)._call(READ)
    assert time.monotonic() - started < 2
    assert 1 < len(wire.seen) < 100


def test_the_server_says_how_long_to_wait(wire: WireServer, make_client: Callable[..., Any]) -> None:
    wire.will(Answer(429, b"", {"Retry-After": "1"}), OK)
    assert make_client(wire.url)._call(READ) == 7
    first, second = wire.seen
    assert 1.0 <= second.at - first.at < 2.0


def test_waiting_too_long_is_the_callers_choice(wire: WireServer, make_client: Callable[..., Any]) -> None:
    wire.will(Answer(429, b"", {"Retry-After": "3600"}), OK)
    started = time.monotonic()
    with pytest.raises(RateLimited) as caught:
        make_client(wire.url)._call(READ)
    assert time.monotonic() - started < 2
    assert caught.value.retry_after == 3600.0
    assert len(wire.seen) == 1


def test_a_slow_answer_is_given_up(wire: WireServer, make_client: Callable[..., Any]) -> None:
    wire.will(Answer(200, b"7", delay_seconds=1.0), OK)
    with pytest.raises(Unavailable, match="did not answer in time"):
        make_client(wire.url, timeout_seconds=0.2)._call(RENAME, p_name="x")
    wire.will(Answer(200, b"7", delay_seconds=1.0), OK)
    assert make_client(wire.url, timeout_seconds=0.2)._call(READ) == 7
    assert len(wire.seen) == 2


def test_nobody_listens(make_client: Callable[..., Any]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(Unavailable, match="cannot be reached") as caught:
            make_client(url, max_attempts=2)._call(READ)
    assert "carebase up" in caught.value.hint


def test_a_table_is_read_again(wire: WireServer, make_client: Callable[..., Any]) -> None:
    wire.will(BUSY, Answer.of([]))
    assert make_client(wire.url).select(ProviderDailyCheckin, where={"is_shared": True}) == []
    assert [seen.method for seen in wire.seen] == ["GET", "GET"]


def test_a_checkin_is_sent_again_with_the_same_values(
    wire: WireServer, make_client: Callable[..., Any]
) -> None:
    checkin = {
        "org_id": "0197a000-0000-7000-8000-000000000001",
        "id": "0197a000-0000-7000-8000-000000000002",
        "practitioner_id": "0197a000-0000-7000-8000-000000000003",
        "user_id": "0197a000-0000-7000-8000-000000000004",
        "checkin_date": "2026-11-21",
        "work_setting": "clinic",
        "stress_level": 7,
        "energy_level": 4,
        "patients_contacted_today": 0,
        "difficult_patient_calls": 0,
        "overtime_hours": 1.25,
        "missed_break": False,
        "is_shared": False,
        "is_anonymous": False,
        "created_at": "2026-11-21T03:00:00.5+00:00",
        "updated_at": "2026-11-21T03:00:00+00:00",
        "version": 1,
    }
    wire.will(Answer(200, json.dumps(checkin).encode(), cut_after=20), Answer.of(checkin))
    made = make_client(wire.url).submit_daily_checkin(
        p_work_setting="clinic", p_stress_level=7, p_energy_level=4, p_overtime_hours=1.25
    )
    assert made.overtime_hours == Decimal("1.25")
    # What the caller left out is left to the database.
    sent = {"p_work_setting": "clinic", "p_stress_level": 7, "p_energy_level": 4, "p_overtime_hours": "1.25"}
    assert [json.loads(seen.body) for seen in wire.seen] == [sent, sent]
