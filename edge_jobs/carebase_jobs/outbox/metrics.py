"""Prometheus metrics of a worker. Labels are channels and codes: nothing of an organization or a person."""

from __future__ import annotations

from typing import Any

from prometheus_client import Counter, Gauge, Histogram

from carebase.telemetry import Exposed
from carebase_jobs.outbox.message import Message, Outcome


class Metrics(Exposed):
    """What one worker counts, in a registry of its own."""

    def __init__(self) -> None:
        super().__init__()
        self._attempts = Counter(
            "carebase_outbox_attempts", "Attempts, by channel and how they went.", ["channel", "outcome"],
            registry=self.registry,
        )  # fmt: skip
        self._by_key: dict[tuple[str, str], Counter] = {}
        self._seconds = Histogram(
            "carebase_outbox_attempt_seconds",
            "How long an attempt took.",
            ["channel"],
            registry=self.registry,
        )
        self._in_flight = Gauge(
            "carebase_outbox_in_flight", "Messages in this worker's hands.", registry=self.registry
        )
        self._depth = {
            name: Gauge(f"carebase_outbox_{name}", says, registry=self.registry)
            for name, says in (
                ("waiting", "Messages that wait, due or not."),
                ("due", "Messages that are due and not claimed."),
                ("leased", "Messages in the hands of all workers."),
                ("dead", "Dead letters."),
                ("oldest_due_seconds", "How long the first message has been due."),
            )
        }

    def count(self, message: Message, outcome: Outcome) -> None:
        """One attempt is over."""
        how = "sent" if outcome.is_sent else (outcome.error or "failed").partition(":")[0]
        key = (message.channel, how)
        if (counter := self._by_key.get(key)) is None:
            counter = self._by_key[key] = self._attempts.labels(*key)
        counter.inc()
        if outcome.duration_ms:
            self._seconds.labels(message.channel).observe(outcome.duration_ms / 1000)

    def hold(self, count: int) -> None:
        """So many messages are in this worker's hands."""
        self._in_flight.set(count)

    def show_depth(self, depth: dict[str, Any]) -> None:
        """How the whole queue is."""
        for name, gauge in self._depth.items():
            gauge.set(float(depth.get(name) or 0))
