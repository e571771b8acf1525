"""Every refusal of the sign-in server, and the exception it becomes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pytest
from supabase_auth.errors import AuthApiError, AuthRetryableError, AuthSessionMissingError, AuthUnknownError

from carebase.client.auth_refusals import BY_AUTH_CODE, auth_refusal
from carebase.errors import (
    CarebaseError,
    Conflict,
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
from tests.client.wire_server import Answer, WireServer

CELLS: dict[type[CarebaseError], str] = {
    NotAuthenticated: (
        "invalid_credentials email_not_confirmed phone_not_confirmed refresh_token_already_used bad_jwt "
        "no_authorization reauthentication_needed"
    ),
    SessionExpired: "session_not_found session_expired refresh_token_not_found",
    MfaRequired: "insufficient_aal",
    PermissionDenied: "user_banned not_admin email_address_not_authorized",
    FeatureDisabled: (
        "signup_disabled email_provider_disabled phone_provider_disabled anonymous_provider_disabled "
        "provider_disabled"
    ),
    NotFound: "user_not_found",
    Conflict: "user_already_exists email_exists phone_exists conflict",
    InvalidInput: "weak_password same_password email_address_invalid validation_failed",
    RateLimited: "over_request_rate_limit over_email_send_rate_limit over_sms_send_rate_limit",
}


@pytest.mark.parametrize(
    ("kind", "code"), [(kind, code) for kind, codes in CELLS.items() for code in codes.split()]
)
def test_each_code_is_one_exception(kind: type[CarebaseError], code: str) -> None:
    error = auth_refusal(AuthApiError("ann@example.com did it", 400, cast("Any", code)))
    assert type(error) is kind
    assert (error.server_code, error.status) == (code, 400)
    assert "ann@example.com" not in f"{error}{error!r}{error.details}"


def test_the_table_above_is_the_whole_one() -> None:
    assert {code for codes in CELLS.values() for code in codes.split()} == set(BY_AUTH_CODE)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (AuthApiError("?", 400, None), InvalidInput),
        (AuthApiError("?", 401, None), NotAuthenticated),
        (AuthApiError("?", 403, cast("Any", "brand_new_code")), PermissionDenied),
        (AuthApiError("?", 404, None), NotFound),
        (AuthApiError("?", 429, None), RateLimited),
        (AuthApiError("?", 500, None), Unavailable),
        (AuthApiError("?", 418, None), UnexpectedResponse),
        (AuthRetryableError("?", 0), Unavailable),
        (AuthRetryableError("?", 503), Unavailable),
        (AuthSessionMissingError(), NotAuthenticated),
        (AuthUnknownError("?", ValueError("?")), UnexpectedResponse),
    ],
)
def test_without_a_known_code_the_status_decides(error: Any, kind: type[CarebaseError]) -> None:
    assert type(auth_refusal(error)) is kind


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Answer.of({"code": "invalid_credentials", "message": "No."}, 400), NotAuthenticated),
        (Answer.of({"code": "over_request_rate_limit", "message": "No."}, 429), RateLimited),
        (Answer(502, b"<html>"), Unavailable),
        (Answer(200, b"<html>"), UnexpectedResponse),
        (Answer.of({"user": {"id": 7}}), UnexpectedResponse),
        (Answer(200, b"{}", cut_after=1), Unavailable),
    ],
)
def test_signing_in_through_supabase_py(
    wire: WireServer, make_client: Callable[..., Any], answer: Answer, kind: type[CarebaseError]
) -> None:
    headers = {**answer.headers, "X-Supabase-Api-Version": "2024-01-01"}
    wire.will(Answer(answer.status, answer.body, headers, cut_after=answer.cut_after))
    with pytest.raises(kind) as caught:
        make_client(wire.url).sign_in("ann@example.com", "a password of hers")
    assert "ann@example.com" not in f"{caught.value}{caught.value!r}"
    assert len(wire.seen) == 1  # a sign-in makes a session: it is never repeated
