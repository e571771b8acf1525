"""What a worker gets to send, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Payload = dict[str, str | int | float | None]


@dataclass(frozen=True, slots=True)
class Message:
    """One claimed message, as `app.claim_notifications` tells it.

    Attributes:
        id: also the idempotency key towards the receiver, the same in every attempt.
        attempt: counted from 1.
        address: a mail address, a telephone number or a webhook's URL; None for chat and in-app.
    """

    org_id: str
    id: str
    channel: str
    template_key: str
    subject: str | None
    body: str
    payload: Payload
    attempt: int
    created_at: str
    organization_name: str
    recipient_name: str | None = None
    address: str | None = field(default=None, repr=False)
    webhook_id: str | None = None
    integration_id: str | None = None
    integration_kind: str | None = None
    integration_settings: dict[str, Any] | None = None
    expires_at: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one attempt.

    Attributes:
        error: a code, a colon and a short text; never anything of the message or of what a stranger answered.
        is_final: trying again cannot help.
        retry_seconds: the receiver asked not to be tried before.
        title, body: what the recipient is shown, for the channel in_app.
    """

    is_sent: bool
    error: str | None = None
    is_final: bool = False
    retry_seconds: float | None = None
    status_code: int | None = None
    duration_ms: int = 0
    title: str | None = None
    body: str | None = None

    @property
    def is_plain(self) -> bool:
        """Sent, and nothing more to be kept."""
        return self.is_sent and self.body is None and self.status_code is None


SENT = Outcome(is_sent=True)


def failed(code: str, text: str = "", *, is_final: bool = False, **more: Any) -> Outcome:
    """An attempt that failed.

    Example:
        >>> failed("smtp_451", "try again later").error
        'smtp_451: try again later'
    """
    return Outcome(is_sent=False, error=f"{code}: {text}" if text else code, is_final=is_final, **more)
