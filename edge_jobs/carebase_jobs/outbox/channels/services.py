"""Services over HTTP: mail by Resend, SMS by Twilio, chat by Slack's and Teams' incoming webhooks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from carebase_jobs.outbox.http import Http
from carebase_jobs.outbox.message import Message, Outcome, failed
from carebase_jobs.outbox.render import TemplateFault, render

SecretOf = Callable[[str], Awaitable[str]]


class _Service:
    """What the services share: rendering, the secret, an outcome that keeps no status."""

    is_instant = False

    def __init__(self, http: Http, secret_of: SecretOf, app_url: str, api_url: str = "") -> None:
        self._http = http
        self._secret_of = secret_of
        self._app_url = app_url
        self._api_url = api_url.rstrip("/")

    async def deliver(self, message: Message) -> Outcome:
        """Render and post."""
        try:
            subject, text = render(message, self._app_url)
        except TemplateFault as fault:
            return failed("template_fault", str(fault), is_final=True)
        return await self._post(message, subject, text, await self._secret_of(message.integration_id or ""))

    async def _post(self, message: Message, subject: str, text: str, secret: str) -> Outcome:
        raise NotImplementedError


class Resend(_Service):
    """Mail. Resend keeps idempotency keys for a day: a repeat within it is not sent twice."""

    async def _post(self, message: Message, subject: str, text: str, secret: str) -> Outcome:
        return await self._http.post(
            f"{self._api_url}/emails",
            headers={"authorization": f"Bearer {secret}", "idempotency-key": message.id},
            json={
                "from": (message.integration_settings or {})["from"],
                "to": [message.address],
                "subject": subject or message.organization_name,
                "text": text,
            },
        )


class Twilio(_Service):
    """SMS. Twilio knows no idempotency keys: after a crash at the wrong moment one may come twice."""

    async def _post(self, message: Message, subject: str, text: str, secret: str) -> Outcome:
        settings = message.integration_settings or {}
        account, sender = str(settings["account_sid"]), str(settings["from"])
        return await self._http.post(
            f"{self._api_url}/2010-04-01/Accounts/{account}/Messages.json",
            headers={},
            auth=(account, secret),
            data={
                "To": message.address,
                "MessagingServiceSid" if sender.startswith("MG") else "From": sender,
                "Body": text[:1600],
            },
        )


class Slack(_Service):
    """A channel in Slack; the address of its incoming webhook is the secret."""

    async def _post(self, message: Message, subject: str, text: str, secret: str) -> Outcome:
        words = f"*{subject}*\n{text}" if subject else text
        return await self._http.post(secret, headers={}, json={"text": words})


class Teams(_Service):
    """A channel in Teams; the address of its workflow's webhook is the secret."""

    async def _post(self, message: Message, subject: str, text: str, secret: str) -> Outcome:
        blocks = [{"type": "TextBlock", "text": text, "wrap": True}]
        if subject:
            blocks.insert(0, {"type": "TextBlock", "text": subject, "weight": "Bolder", "wrap": True})
        card = {
            "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
            "type": "AdaptiveCard",
            "version": "1.4",
            "body": blocks,
        }
        attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
        return await self._http.post(
            secret, headers={}, json={"type": "message", "attachments": [attachment]}
        )
