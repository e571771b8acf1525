"""Every code the server can answer with, and the one exception it becomes; none of them quotes a value."""

from __future__ import annotations

import json
import pickle
import traceback
from collections.abc import Callable
from email.utils import formatdate
from time import time
from typing import Any

import pytest

from carebase.client.refusals import BY_SERVER_CODE, BY_STATUS, refusal
from carebase.errors import (
    BY_CODE,
    CarebaseError,
    Conflict,
    ConsentRequired,
    FeatureDisabled,
    InvalidInput,
    MfaRequired,
    NotAuthenticated,
    NotFound,
    PermissionDenied,
    RateLimited,
    SessionExpired,
    Unavailable,
    UnexpectedResponse,
)
from carebase.problems import Problem
from tests.client.wire_server import Answer, WireServer

# status, code in the body, the exception
CELLS = [
    (400, "invalid_input", InvalidInput),
    (401, "not_authenticated", NotAuthenticated),
    (401, "session_expired", SessionExpired),
    (403, "permission_denied", PermissionDenied),
    (403, "feature_disabled", FeatureDisabled),
    (403, "consent_required", ConsentRequired),
    (403, "mfa_required", MfaRequired),
    (404, "not_found", NotFound),
    (409, "conflict", Conflict),
    (429, "rate_limited", RateLimited),
    (400, "22P02", InvalidInput),
    (400, "22003", InvalidInput),
    (400, "22001", InvalidInput),
    (400, "23502", InvalidInput),
    (409, "23503", InvalidInput),
    (400, "23514", InvalidInput),
    (409, "23505", Conflict),
    (409, "23P01", Conflict),
    (403, "28000", PermissionDenied),
    (403, "42501", PermissionDenied),
    (401, "42501", NotAuthenticated),
    (400, "54000", InvalidInput),
    (503, "08006", Unavailable),
    (500, "40001", Unavailable),
    (500, "40P01", Unavailable),
    (503, "53300", Unavailable),
    (500, "55P03", Unavailable),
    (500, "57014", Unavailable),
    (500, "XX000", Unavailable),
    (500, "P0001", Unavailable),
    (400, "P0001", InvalidInput),
    (403, "PT403", PermissionDenied),
    (418, "PT418", UnexpectedResponse),
    (503, "PGRST000", Unavailable),
    (504, "PGRST003", Unavailable),
    (400, "PGRST100", InvalidInput),
    (400, "PGRST102", InvalidInput),
    (416, "PGRST103", InvalidInput),
    (406, "PGRST116", NotFound),
    (404, "PGRST202", UnexpectedResponse),
    (400, "PGRST204", UnexpectedResponse),
    (404, "PGRST205", UnexpectedResponse),
    (500, "PGRST300", Unavailable),
    (401, "PGRST301", NotAuthenticated),
    (401, "PGRST302", NotAuthenticated),
    (401, "PGRST303", NotAuthenticated),
    (404, "42P01", NotFound),
    (409, "unknown", Conflict),
    (413, "unknown", InvalidInput),
    (422, "unknown", InvalidInput),
    (408, "unknown", Unavailable),
]


@pytest.mark.parametrize(("status", "code", "kind"), CELLS)
def test_each_code_is_one_exception(status: int, code: str, kind: type[CarebaseError]) -> None:
    body = json.dumps({"code": code, "message": "m", "details": None, "hint": None}).encode()
    error = refusal(status, {}, body)
    assert type(error) is kind
    assert (error.status, error.server_code, error.code) == (status, code, kind.code)
    assert error.message


def test_the_table_above_has_every_entry_of_the_real_ones() -> None:
    """An entry added to the library without a cell here fails."""
    named = {code for _, code, _ in CELLS}
    assert set(BY_CODE) <= named
    for prefix in BY_SERVER_CODE:
        assert any(code.startswith(prefix) for code in named), prefix
    assert set(BY_STATUS) <= {status for status, _, _ in CELLS}


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (301, UnexpectedResponse),
        (307, UnexpectedResponse),
        (400, UnexpectedResponse),
        (401, NotAuthenticated),
        (403, PermissionDenied),
        (404, UnexpectedResponse),
        (408, Unavailable),
        (429, RateLimited),
        (500, Unavailable),
        (502, Unavailable),
        (503, Unavailable),
        (504, Unavailable),
        (520, Unavailable),
    ],
)
@pytest.mark.parametrize("body", [b"", b"<html>Bad Gateway</html>", b"[1, 2]", b'"no"', b"\xff\xfe"])
def test_an_answer_of_a_proxy_on_the_way(status: int, kind: type[CarebaseError], body: bytes) -> None:
    error = refusal(status, {}, body)
    assert type(error) is kind
    assert (error.status, error.server_code) == (status, kind.code)
    assert ("CAREBASE_API_URL" in error.hint) == (kind is UnexpectedResponse)


def test_our_own_errors_come_through_whole() -> None:
    body = {
        "code": "invalid_input",
        "message": "Stress is a number from 1 to 10.",
        "details": '{"field": "p_stress_level"}',
        "hint": "Move the slider.",
    }
    error = refusal(400, {}, json.dumps(body).encode())
    assert isinstance(error, InvalidInput)
    assert (error.field, error.message, error.hint) == ("p_stress_level", body["message"], body["hint"])
    flag = {"code": "feature_disabled", "message": "Off.", "details": '{"feature": "resilience_hub"}'}
    off = refusal(403, {}, json.dumps(flag).encode())
    assert isinstance(off, FeatureDisabled)
    assert off.feature == "resilience_hub"
    unasked = {"code": "consent_required", "message": "No.", "details": '{"policy_version": 3}'}
    asked = refusal(403, {}, json.dumps(unasked).encode())
    assert isinstance(asked, ConsentRequired)
    assert asked.policy_version == 3
    assert isinstance(off, PermissionDenied)


@pytest.mark.parametrize("details", [None, "", "not json", "[1]", {"field": "p_x"}, '{"field": 7}'])
def test_odd_details_do_no_harm(details: object) -> None:
    error = refusal(400, {}, json.dumps({"code": "invalid_input", "details": details}).encode())
    assert isinstance(error, InvalidInput)
    assert error.field in (None, "p_x")
    assert error.message == "A value was refused."


def test_retry_after_is_seconds_or_a_date() -> None:
    assert refusal(429, {"retry-after": "7"}, b"").retry_after == 7.0
    date = formatdate(time() + 60, usegmt=True)
    assert 55 < (refusal(503, {"retry-after": date}, b"").retry_after or 0) <= 60
    assert refusal(503, {"retry-after": formatdate(0, usegmt=True)}, b"").retry_after == 0.0
    assert refusal(429, {"retry-after": "soon"}, b"").retry_after is None
    ours = {"code": "rate_limited", "message": "Slow down.", "details": '{"retry_after": 30}'}
    assert refusal(429, {}, json.dumps(ours).encode()).retry_after == 30.0


# What Postgres and PostgREST write when a value is wrong; "Novak" and "ann@example.com" must not get through.
QUOTING: list[tuple[int, dict[str, Any], dict[str, Any]]] = [
    (
        409,
        {
            "code": "23505",
            "message": 'duplicate key value violates unique constraint "patients_email_key"',
            "details": "Key (org_id, email)=(7, ann@example.com) already exists.",
        },
        {"constraint": "patients_email_key", "columns": ["org_id", "email"]},
    ),
    (
        400,
        {
            "code": "23514",
            "message": 'new row for relation "patients" violates check constraint "patients_name_short"',
            "details": "Failing row contains (1, Novak, ann@example.com).",
        },
        {"constraint": "patients_name_short"},
    ),
    (
        400,
        {
            "code": "23502",
            "message": 'null value in column "family_name" of relation "p" violates not-null constraint',
            "details": "Failing row contains (1, null, ann@example.com).",
        },
        {"field": "family_name"},
    ),
    (400, {"code": "22P02", "message": 'invalid input syntax for type uuid: "Novak"'}, {}),
    (400, {"code": "P0001", "message": "Patient Novak is not known", "hint": "Ask ann@example.com"}, {}),
    (400, {"code": "PGRST100", "message": '"failed to parse filter (eq.Novak)" (line 1, column 3)'}, {}),
    (500, {"code": "XX000", "message": "cache lookup failed for Novak"}, {}),
    (404, {"message": "no Route matched with ann@example.com"}, {}),
]


@pytest.mark.parametrize(("status", "body", "details"), QUOTING)
def test_no_error_quotes_a_value(status: int, body: dict[str, Any], details: dict[str, Any]) -> None:
    error = refusal(status, {}, json.dumps(body).encode())
    said = f"{error} {error!r} {error.details} {error.hint} {error.args}"
    assert "Novak" not in said
    assert "ann@example.com" not in said
    assert error.details == details


def test_a_traceback_holds_neither_token_nor_answer(
    wire: WireServer, make_client: Callable[..., Any]
) -> None:
    client = make_client(wire.url, "sb_secret_hidden")
    rows = [{"checkin_date": "Novak"}]
    for answer in (
        Answer.of(rows),
        Answer(500, b"Novak"),
        Answer(200, b"Novak"),
        Answer(200, b"x" * 50, {}, 0, 3),
    ):
        wire.will(answer)
        with pytest.raises(CarebaseError) as caught:
            client.get_my_checkins()
        error: BaseException | None = caught.value
        told = "".join(traceback.format_exception(caught.value))
        assert "Novak" not in told
        assert "sb_secret_hidden" not in told
        while error is not None:  # what an error reporter walks along
            assert not hasattr(error, "request")
            error = error.__cause__ or error.__context__


def test_errors_are_problems_of_the_command_line() -> None:
    """So a command that calls the API ends with a sentence and the documented exit code."""
    for kind, exit_code in (
        (InvalidInput, 2),
        (Unavailable, 3),
        (PermissionDenied, 4),
        (UnexpectedResponse, 4),
    ):
        error = kind("What happened.", hint="What to do.")
        assert isinstance(error, Problem)
        assert (error.exit_code, str(error)) == (exit_code, "What happened.")


def test_errors_survive_the_way_between_processes() -> None:
    error = InvalidInput("No.", details={"field": "p_x"}, hint="Yes.", status=400, server_code="22P02")
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301  our own bytes
    assert type(copy) is InvalidInput
    assert vars(copy) == vars(error)
    assert str(copy) == str(error)


def test_a_column_that_is_not_open_is_hinted_at() -> None:
    body = json.dumps({"code": "42501", "message": "permission denied for table patients"}).encode()
    error = refusal(403, {}, body)
    assert isinstance(error, PermissionDenied)
    assert "by name" in error.hint
