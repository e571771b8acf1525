"""Structured logs: one JSON object per line. Never an address, never a payload."""

from __future__ import annotations

import logging
from typing import TextIO

import orjson

_KNOWN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """`{"at": …, "level": …, "event": …, …}`."""
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **{key: value for key, value in record.__dict__.items() if key not in _KNOWN},
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["exception"] = record.exc_info[0].__name__
        return orjson.dumps(line, default=str).decode()


def log_to(stream: TextIO, level: str = "INFO") -> None:
    """Send what the outbox logs to a stream."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("carebase.outbox")
    logger.handlers[:] = [handler]
    logger.setLevel(level)
    logger.propagate = False
