"""A real HTTP server that answers, fails, hangs, closes early or answers twice, as the test says."""

from __future__ import annotations

import threading
import time
from collections import Counter
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self


@dataclass(frozen=True)
class Request:
    """What came in."""

    path: str
    headers: dict[str, str]
    body: bytes


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, request: object, client_address: object) -> None:
        """Who was killed in the middle of a request is no error of ours."""


class Receiver:
    """Answers each request with the next of `answers`, the last one again and again.

    An answer is a status, or one of: `hang`, `drip` (a byte at a time, for ever), `close` (before a word),
    `early` (in the middle of the body), `twice` (two answers to one request), `huge`, `redirect`.
    It keeps idempotency keys as a good receiver does: `seen` counts deliveries that it took, by key.
    """

    def __init__(self) -> None:
        self.answers: list[int | str] = [200]
        self.headers: dict[str, str] = {}
        self.delay = 0.0
        self.requests: list[Request] = []
        self.seen: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._stop = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                outer._answer(self)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = _Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers.get("content-length") or 0))
        with self._lock:
            self.requests.append(
                Request(handler.path, {key.lower(): value for key, value in handler.headers.items()}, body)
            )
            answer = self.answers[min(len(self.requests), len(self.answers)) - 1]
            if answer == 200:
                key = handler.headers.get("webhook-id") or handler.headers.get("idempotency-key") or ""
                self.seen[key] += 1
        handler.close_connection = True
        self._stop.wait(self.delay)
        if isinstance(answer, int):
            self._say(handler, answer)
        elif answer == "redirect":
            handler.send_response(302)
            handler.send_header("location", self.url + "/elsewhere")
            handler.send_header("content-length", "0")
            handler.end_headers()
        elif answer == "hang":
            self._stop.wait(30)
        elif answer == "drip":
            handler.send_response(200)
            handler.send_header("content-length", "100000")
            handler.end_headers()
            while not self._stop.wait(0.05):
                handler.wfile.write(b".")
                handler.wfile.flush()
        elif answer == "early":
            handler.send_response(200)
            handler.send_header("content-length", "1000")
            handler.end_headers()
            handler.wfile.write(b"half")
        elif answer == "twice":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n" * 2)
        elif answer == "huge":
            handler.send_response(200)
            handler.end_headers()
            for _ in range(2000):
                handler.wfile.write(b"x" * 65536)

    def _say(self, handler: BaseHTTPRequestHandler, status: int) -> None:
        handler.send_response(status)
        for name, value in self.headers.items():
            handler.send_header(name, value)
        handler.send_header("content-length", "0")
        handler.end_headers()


def wait_until(condition: object, seconds: float = 15.0) -> None:
    """Wait until a condition holds."""
    assert callable(condition)
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not come to pass"
        time.sleep(0.05)
