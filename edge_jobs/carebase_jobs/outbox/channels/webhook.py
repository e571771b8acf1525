"""Signed HTTP webhooks, as Standard Webhooks specifies: HMAC-SHA-256 over id, timestamp and body."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import time
from collections.abc import Awaitable, Callable

import orjson

from carebase_jobs.outbox.http import Http
from carebase_jobs.outbox.message import Message, Outcome, failed

# A receiver that is misconfigured answers anything; only "gone" is meant for good.
_FINAL = frozenset({410})


class Webhook:
    """Posts an event to another system.

    Args:
        http: the way out.
        secret_of: gives the secret of a webhook.
    """

    is_instant = False

    def __init__(self, http: Http, secret_of: Callable[[str], Awaitable[str]]) -> None:
        self._http = http
        self._secret_of = secret_of

    async def deliver(self, message: Message) -> Outcome:
        """Post the event; any 2xx means that it was taken."""
        body = orjson.dumps(
            {"type": message.template_key, "timestamp": message.created_at, "data": message.payload}
        )
        moment = int(time.time())
        secret = await self._secret_of(message.webhook_id or "")
        try:
            signature = sign(secret, message.id, moment, body)
        except (binascii.Error, ValueError):
            return failed("secret_unusable", "rotate the webhook's secret")
        return await self._http.post(
            message.address or "",
            headers={
                "content-type": "application/json",
                "webhook-id": message.id,
                "webhook-timestamp": str(moment),
                "webhook-signature": signature,
            },
            final=_FINAL,
            content=body,
        )


def sign(secret: str, message_id: str, moment: int, body: bytes) -> str:
    """The header webhook-signature: one signature for each key that counts at this moment.

    Args:
        secret: `whsec_…`; after a rotation the new one, the old one, and until when the old one counts.

    Example:
        >>> sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_1", 1000, b"{}")
        'v1,HCJoqq1lj87ZjDISWvRhsSJjHBwUbAg0vvBJAo0UuF8='
    """
    keys = secret.split(" ")
    if len(keys) == 3:
        keys = keys[:2] if int(keys[2]) > moment else keys[:1]
    signed = f"{message_id}.{moment}.".encode() + body
    return " ".join(
        "v1,"
        + base64.b64encode(
            hmac.digest(base64.b64decode(key.removeprefix("whsec_"), validate=True), signed, hashlib.sha256)
        ).decode()
        for key in keys
    )
