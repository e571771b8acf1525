"""What a process that runs for long tells those who look after it: metrics to scrape, logs in JSON."""

from __future__ import annotations

import logging
from typing import TextIO

import orjson
from prometheus_client import CollectorRegistry, start_http_server

from carebase.problems import EnvironmentProblem

_KNOWN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


class Exposed:
    """Metrics of one process, in a registry of its own.

    Attributes:
        registry: what they are registered with.
    """

    def __init__(self) -> None:
        self.registry = CollectorRegistry()

    def serve(self, port: int, host: str = "127.0.0.1") -> int:
        """Answer scrapes; the port, which is a free one for 0.

        Raises:
            EnvironmentProblem: `port_taken`.
        """
        try:
            server, _thread = start_http_server(port, host, registry=self.registry)
        except OSError as error:
            raise EnvironmentProblem(
                "port_taken", f"Port {port} is taken.", hint="Name another one with --metrics-port."
            ) from error
        return int(server.server_port)


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


def log_to(name: str, stream: TextIO, level: str = "INFO") -> None:
    """Send what a logger says to a stream, and nowhere else.

    Example:
        >>> log_to("carebase.jobs", sys.stderr)  # doctest: +SKIP
    """
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger(name)
    logger.handlers[:] = [handler]
    logger.setLevel(level)
    logger.propagate = False
