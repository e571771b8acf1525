"""From the errors of supabase-py's auth client to ours."""

from __future__ import annotations

from collections.abc import Mapping

from supabase_auth.errors import AuthApiError, AuthError, AuthRetryableError, AuthSessionMissingError

from carebase.client.refusals import BY_STATUS
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

_WRONG_ADDRESS = "The e-mail address was refused."
_SIGN_IN_AGAIN = "The sign-in has ended. Sign in again."

# Texts are ours: those of the server may quote addresses.
BY_AUTH_CODE: Mapping[str, tuple[type[CarebaseError], str]] = {
    "invalid_credentials": (NotAuthenticated, "E-mail address or password is wrong."),
    "email_not_confirmed": (NotAuthenticated, "The e-mail address is not confirmed yet."),
    "phone_not_confirmed": (NotAuthenticated, "The telephone number is not confirmed yet."),
    "session_not_found": (SessionExpired, _SIGN_IN_AGAIN),
    "session_expired": (SessionExpired, _SIGN_IN_AGAIN),
    "refresh_token_not_found": (SessionExpired, _SIGN_IN_AGAIN),
    "refresh_token_already_used": (NotAuthenticated, _SIGN_IN_AGAIN),
    "bad_jwt": (NotAuthenticated, _SIGN_IN_AGAIN),
    "no_authorization": (NotAuthenticated, "Nobody is signed in."),
    "reauthentication_needed": (NotAuthenticated, "Sign in again to do this."),
    "insufficient_aal": (MfaRequired, "Sign in with a second factor to do this."),
    "user_banned": (PermissionDenied, "This account is blocked."),
    "not_admin": (PermissionDenied, "This is not allowed."),
    "email_address_not_authorized": (PermissionDenied, "This server sends no mail to this address."),
    "signup_disabled": (FeatureDisabled, "This server takes no new accounts."),
    "email_provider_disabled": (FeatureDisabled, "This server takes no sign-in by e-mail address."),
    "phone_provider_disabled": (FeatureDisabled, "This server takes no sign-in by telephone number."),
    "anonymous_provider_disabled": (FeatureDisabled, "This server takes no anonymous sign-in."),
    "provider_disabled": (FeatureDisabled, "This server does not take this way to sign in."),
    "user_not_found": (NotFound, "There is no such account."),
    "user_already_exists": (Conflict, "There is an account with this address already."),
    "email_exists": (Conflict, "There is an account with this address already."),
    "phone_exists": (Conflict, "There is an account with this number already."),
    "conflict": (Conflict, "Another request changed the same account; try again."),
    "weak_password": (InvalidInput, "The password is too weak."),
    "same_password": (InvalidInput, "The new password is the old one."),
    "email_address_invalid": (InvalidInput, _WRONG_ADDRESS),
    "validation_failed": (InvalidInput, "A value was refused."),
    "over_request_rate_limit": (RateLimited, "Too many requests."),
    "over_email_send_rate_limit": (RateLimited, "Too many mails to this address."),
    "over_sms_send_rate_limit": (RateLimited, "Too many messages to this number."),
}
_FIELDS: Mapping[str, str] = {
    "weak_password": "password",
    "same_password": "password",
    "email_address_invalid": "email",
}
_SENTENCES: Mapping[type[CarebaseError], str] = {
    InvalidInput: "The sign-in server refused a value.",
    NotAuthenticated: "The sign-in was refused.",
    PermissionDenied: "This is not allowed.",
    NotFound: "There is no such account.",
    Conflict: "There is an account like this already.",
    RateLimited: "Too many requests.",
    Unavailable: "The sign-in server could not answer.",
    UnexpectedResponse: "The sign-in server answered something that the library does not understand.",
}


def auth_refusal(error: AuthError) -> CarebaseError:
    """The error that one of supabase-py's auth client stands for.

    Example:
        >>> auth_refusal(AuthApiError("Invalid login credentials", 400, "invalid_credentials")).code
        'not_authenticated'
    """
    code = str(error.code or "")
    status = getattr(error, "status", None) or None
    if code in BY_AUTH_CODE:
        kind, message = BY_AUTH_CODE[code]
        details = {"field": _FIELDS[code]} if code in _FIELDS else {}
        return kind(message, details=details, status=status, server_code=code)
    if isinstance(error, AuthSessionMissingError):
        return NotAuthenticated("Nobody is signed in.", hint="Call sign_in first.")
    kind = _kind(error, status)
    return kind(_SENTENCES[kind], status=status, server_code=code or None)


def _kind(error: AuthError, status: int | None) -> type[CarebaseError]:
    if isinstance(error, AuthRetryableError) or (status or 0) >= 500:
        return Unavailable
    if isinstance(error, AuthApiError):
        return BY_STATUS.get(error.status, UnexpectedResponse)
    return UnexpectedResponse
