"""The ways a message goes out. Each knows one protocol and says how it went; what follows is the worker's."""

from __future__ import annotations

from typing import Protocol

from carebase_jobs.outbox.message import Message, Outcome


class Channel(Protocol):
    """One way out.

    Attributes:
        is_instant: it waits for nobody, so that messages are best dealt with one after the other.
    """

    is_instant: bool

    async def deliver(self, message: Message) -> Outcome:
        """Try once. Whatever goes wrong is an outcome and no exception."""
        ...
