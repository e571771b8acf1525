"""What the API answers when it refuses, as one exception class per stable code.

Every error is a `CarebaseError` with the four things that a frontend gets (code, message, details, hint) and
the HTTP status. Neither its text nor its `repr` ever quotes a value that was sent or stored, a token or a
key: messages that the database makes up from data are replaced by our own.

    CarebaseError
    ├── InvalidInput       invalid_input       a value is wrong; `field` names it
    ├── NotAuthenticated   not_authenticated   nobody is signed in, or the sign-in is no longer good
    │   └── SessionExpired   session_expired   too long idle, too old, or ended: sign in again
    ├── PermissionDenied   permission_denied   signed in, but not allowed
    │   ├── FeatureDisabled  feature_disabled  the organization has not switched it on; `feature` names it
    │   ├── ConsentRequired  consent_required  not taking part; `policy_version` is the text to agree to
    │   └── MfaRequired      mfa_required      sign in with a second factor first
    ├── NotFound           not_found           there is no such thing, or not for the caller
    ├── Conflict           conflict            somebody else was there first
    ├── RateLimited        rate_limited        too many requests; `retry_after` says when to come back
    ├── Unavailable        unavailable         the network or the server failed; it may have happened or not
    └── UnexpectedResponse unexpected_response the answer is not what this version of the library understands
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from carebase.problems import EXIT_DATABASE, EXIT_ENVIRONMENT, EXIT_USAGE, Problem


class CarebaseError(Problem):
    """The API refused or failed.

    Attributes:
        code: the stable code of the class.
        message: a sentence for people.
        details: what a program may want to know; free of personal data.
        hint: what to do about it; "" if there is nothing to say.
        status: the HTTP status; None when there was no answer.
        server_code: the code as the server sent it: a stable code, an SQLSTATE, a PGRST or an auth code.

    Example:
        >>> try:
        ...     carebase.submit_daily_checkin(p_work_setting="clinic", p_stress_level=11, p_energy_level=4)
        ... except InvalidInput as error:
        ...     print(error.field, error.message)
        p_stress_level Stress is a number from 1 to 10.
    """

    code = "error"
    exit_code = EXIT_DATABASE

    def __init__(
        self,
        message: str,
        *,
        details: Mapping[str, Any] | None = None,
        hint: str = "",
        status: int | None = None,
        server_code: str | None = None,
    ) -> None:
        super().__init__(type(self).code, message, hint=hint)
        self.details = dict(details or {})
        self.status = status
        self.server_code = server_code or self.code

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}({self.message!r}, status={self.status}, server_code={self.server_code!r})"
        )

    def __reduce__(self) -> tuple[Any, ...]:
        # Workers hand errors to each other; the default would know the message only.
        state = (self.message, self.details, self.hint, self.status, self.server_code)
        return self._restore, state

    @classmethod
    def _restore(
        cls, message: str, details: dict[str, Any], hint: str, status: int | None, server_code: str
    ) -> Self:
        return cls(message, details=details, hint=hint, status=status, server_code=server_code)

    @property
    def retry_after(self) -> float | None:
        """Seconds to wait before trying again, if the server said so."""
        seconds = self.details.get("retry_after")
        return None if seconds is None else float(seconds)


class InvalidInput(CarebaseError):
    """A value was refused; the same call fails again."""

    code = "invalid_input"
    exit_code = EXIT_USAGE

    @property
    def field(self) -> str | None:
        """The parameter or column that was wrong, if the server named one."""
        field = self.details.get("field")
        return field if isinstance(field, str) else None


class NotAuthenticated(CarebaseError):
    """Nobody is signed in, or the sign-in has ended."""

    code = "not_authenticated"


class SessionExpired(NotAuthenticated):
    """The session has ended: too long idle, too old, signed out or ended by an administrator."""

    code = "session_expired"


class PermissionDenied(CarebaseError):
    """The caller may not do this."""

    code = "permission_denied"


class FeatureDisabled(PermissionDenied):
    """The caller's organization has not switched this feature on."""

    code = "feature_disabled"

    @property
    def feature(self) -> str | None:
        """The key of the feature, if the server named it."""
        feature = self.details.get("feature")
        return feature if isinstance(feature, str) else None


class ConsentRequired(PermissionDenied):
    """The caller has not agreed to take part; nothing of them is collected until they do."""

    code = "consent_required"

    @property
    def policy_version(self) -> int | None:
        """The version of the privacy statement to agree to, if there is one."""
        version = self.details.get("policy_version")
        return version if isinstance(version, int) else None


class MfaRequired(PermissionDenied):
    """The caller's role must sign in with a second factor first."""

    code = "mfa_required"


class NotFound(CarebaseError):
    """There is no such thing, or none that the caller can see."""

    code = "not_found"


class Conflict(CarebaseError):
    """The change collides with what is there; read again, then decide."""

    code = "conflict"


class RateLimited(CarebaseError):
    """Too many requests; `retry_after` says when to come back."""

    code = "rate_limited"


class Unavailable(CarebaseError):
    """The network or the server failed. A call that changes something may or may not have happened."""

    code = "unavailable"
    exit_code = EXIT_ENVIRONMENT


class UnexpectedResponse(CarebaseError):
    """The server answered something that this version of the library does not understand."""

    code = "unexpected_response"


# Which class a stable code of the database raises.
BY_CODE: Mapping[str, type[CarebaseError]] = {
    error.code: error
    for error in (
        InvalidInput,
        NotAuthenticated,
        SessionExpired,
        PermissionDenied,
        FeatureDisabled,
        ConsentRequired,
        MfaRequired,
        NotFound,
        Conflict,
        RateLimited,
    )
}
