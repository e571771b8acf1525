"""Structured logs: one JSON object per line. Never an address, never a payload."""

from __future__ import annotations

from typing import TextIO

from carebase import telemetry


def log_to(stream: TextIO, level: str = "INFO") -> None:
    """Send what the outbox logs to a stream."""
    telemetry.log_to("carebase.outbox", stream, level)
