"""Which way a message goes, and the secrets for it."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from carebase_jobs.outbox.channels import Channel
from carebase_jobs.outbox.channels.in_app import InApp
from carebase_jobs.outbox.channels.services import Resend, Slack, Teams, Twilio
from carebase_jobs.outbox.channels.smtp import Smtp
from carebase_jobs.outbox.channels.webhook import Webhook
from carebase_jobs.outbox.http import Http
from carebase_jobs.outbox.message import Message, Outcome, failed
from carebase_jobs.outbox.settings import WorkerSettings
from carebase_jobs.outbox.targets import Targets

SecretOf = Callable[[str], Awaitable[str]]
_REMEMBERED_SECONDS = 30.0


class Secrets:
    """Secrets that were asked for a moment ago are not asked for again."""

    def __init__(self, ask: SecretOf) -> None:
        self._ask = ask
        self._known: dict[str, tuple[float, str]] = {}

    async def __call__(self, channel_id: str) -> str:
        """The secret of a webhook or an integration."""
        now = time.monotonic()
        until, secret = self._known.get(channel_id, (0.0, ""))
        if until < now:
            if len(self._known) > 10_000:
                self._known.clear()
            secret = await self._ask(channel_id)
            self._known[channel_id] = (now + _REMEMBERED_SECONDS, secret)
        return secret


class NoIntegration:
    """The organization has not said what to send through; it may yet."""

    is_instant = True

    async def deliver(self, message: Message) -> Outcome:
        """Not this time."""
        return failed("no_integration", f"no active integration for {message.channel}")


class Router:
    """Finds the channel of a message: by its service where there is one, else by the channel's name."""

    def __init__(self, channels: dict[str, Channel]) -> None:
        self._channels = channels
        self._none = NoIntegration()

    def find(self, message: Message) -> Channel:
        """The channel that this message goes by."""
        return self._channels.get(message.integration_kind or message.channel, self._none)

    @classmethod
    def standard(cls, settings: WorkerSettings, secret_of: SecretOf) -> Router:
        """All the channels there are."""
        targets = Targets.of(*settings.allow_networks)
        http = Http(targets, settings.timeout_seconds)
        secrets = Secrets(secret_of)
        return cls(
            {
                "in_app": InApp(settings.app_url),
                "webhook": Webhook(http, secrets),
                "smtp": Smtp(targets, secrets, settings.app_url, settings.timeout_seconds),
                "resend": Resend(http, secrets, settings.app_url, settings.resend_url),
                "twilio": Twilio(http, secrets, settings.app_url, settings.twilio_url),
                "slack": Slack(http, secrets, settings.app_url),
                "teams": Teams(http, secrets, settings.app_url),
            }
        )
