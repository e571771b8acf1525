"""Notifications within the application: rendered here, shown by `get_my_notifications`."""

from __future__ import annotations

from carebase_jobs.outbox.message import Message, Outcome, failed
from carebase_jobs.outbox.render import TemplateFault, render


class InApp:
    """Writes down what the recipient is shown."""

    is_instant = True

    def __init__(self, app_url: str) -> None:
        self._app_url = app_url

    async def deliver(self, message: Message) -> Outcome:
        """Render; settling stores it."""
        try:
            title, body = render(message, self._app_url)
        except TemplateFault as fault:
            return failed("template_fault", str(fault), is_final=True)
        return Outcome(is_sent=True, title=title or None, body=body)
