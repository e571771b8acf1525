"""A way to the gateway on which answers get lost: the request is carried out, and nobody hears of it."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx

_NOT_PASSED_ON = ("host", "connection", "content-length", "transfer-encoding", "content-encoding")


class LosingProxy:
    """Hands requests on to `url`; of those whose path holds `part`, the first so many answers get lost.

    Attributes:
        arrived: how many such requests were handed on.
    """

    def __init__(self, url: str) -> None:
        self._part, self._left, self.arrived = "/nowhere", 0, 0
        self._lock = threading.Lock()
        owner = self
        onward = httpx.Client(base_url=url, timeout=60)

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                headers = {
                    name: text for name, text in self.headers.items() if name.lower() not in _NOT_PASSED_ON
                }
                answer = onward.request(self.command, self.path, content=body, headers=headers)
                if owner._is_lost(self.path):
                    linger = struct.pack("ii", 1, 0)
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                    self.close_connection = True
                    return
                self.send_response(answer.status_code)
                for name, text in answer.headers.items():
                    if name.lower() not in _NOT_PASSED_ON:
                        self.send_header(name, text)
                self.send_header("Content-Length", str(len(answer.content)))
                self.end_headers()
                self.wfile.write(answer.content)

            do_GET = do_PATCH = do_POST

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def lose(self, part: str, times: int = 1) -> None:
        """From now on the first answers to requests whose path holds this get lost."""
        self._part, self._left, self.arrived = part, times, 0

    def _is_lost(self, path: str) -> bool:
        with self._lock:
            if self._part not in path:
                return False
            self.arrived += 1
            self._left -= 1
            return self._left >= 0


@contextmanager
def losing(url: str) -> Iterator[LosingProxy]:
    """Such a way, for as long as it is needed."""
    proxy = LosingProxy(url)
    thread = threading.Thread(target=proxy._server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield proxy
    finally:
        proxy._server.shutdown()
        thread.join()
        proxy._server.server_close()
