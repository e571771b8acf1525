"""Run `carebase` to its end, in a process of its own, without paying for its imports each time.

The modules of the command line are imported once by a server (`tests/command_server.py`) that makes a
process out of itself for each command: it has its own arguments, folder, environment, umask and output, and
ends with an exit code, as if a shell had started it. `carebase` runs one to its end; what is `Started` may be
looked at while it runs, told to end, or killed.
"""

from __future__ import annotations

import atexit
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO, Self

import orjson

_ROOT = Path(__file__).parent.parent


def carebase(
    *words: object,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    umask: int = -1,
    timeout: float = 120,
) -> subprocess.CompletedProcess[str]:
    """What `carebase WORDS` printed and ended with.

    Its environment is that of the test without settings of ours, and with `env`.
    """
    arguments = ["carebase", *map(str, words)]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        asked, process = _ask(arguments, env, cwd, umask, out, err)
        with asked:
            asked.settimeout(timeout)
            try:
                code = asked.recv(16)
            except TimeoutError:
                os.kill(process, signal.SIGKILL)
                raise subprocess.TimeoutExpired(arguments, timeout) from None
        texts = []
        for stream in (out, err):
            stream.seek(0)
            texts.append(stream.read().decode())
    assert code, f"{arguments} was killed\n{texts[1]}"
    return subprocess.CompletedProcess(arguments, int(code), *texts)


class Started:
    """A command that runs, with what a test needs of `subprocess.Popen`."""

    def __init__(
        self,
        *words: object,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        log: IO[bytes] | None = None,
    ) -> None:
        """Start it. What it prints is in `stdout` and `stderr`, or both in `log`."""
        self.args = ["carebase", *map(str, words)]
        self.returncode: int | None = None
        (out, to_out), (err, to_err) = os.pipe(), os.pipe()
        with open(to_out, "wb") as piped_out, open(to_err, "wb") as piped_err:
            self._asked, self.pid = _ask(self.args, env, cwd, -1, log or piped_out, log or piped_err)
        self.stdout = open(out, encoding="utf-8")  # noqa: SIM115  closed by `close`
        self.stderr = open(err, encoding="utf-8")  # noqa: SIM115  closed by `close`

    def poll(self) -> int | None:
        """How it ended, if it did; as for `Popen`, minus the signal for one that was killed."""
        with suppress(subprocess.TimeoutExpired):
            return self.wait(0)
        return None

    def wait(self, timeout: float = 120) -> int:
        """Wait for its end; its exit code."""
        if self.returncode is None:
            if not select.select([self._asked], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(self.args, timeout)
            self.returncode = int(self._asked.recv(16) or -signal.SIGKILL)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """`kill -9`."""
        self.send_signal(signal.SIGKILL)

    def communicate(self, timeout: float = 120) -> tuple[str, str]:
        """Wait for its end; all that it printed and nobody has read. It is little: it fits into the pipes."""
        self.wait(timeout)
        with self.stdout, self.stderr:
            return self.stdout.read(), self.stderr.read()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        """Kill it if it still runs."""
        self.kill()
        self.wait()
        self.close()

    def close(self) -> None:
        """Give back what is open of it."""
        for each in (self._asked, self.stdout, self.stderr):
            each.close()


def _ask(
    arguments: list[str],
    env: Mapping[str, str] | None,
    cwd: Path | None,
    umask: int,
    out: IO[bytes],
    err: IO[bytes],
) -> tuple[socket.socket, int]:
    """Have the server make a process: what its exit code comes on, or nothing if it is killed; its number."""
    settings = {name: value for name, value in os.environ.items() if not name.startswith("CAREBASE_")}
    request = {"words": arguments, "env": {**settings, **(env or {})}, "cwd": str(cwd or Path.cwd())}
    asked = socket.socket(socket.AF_UNIX)
    asked.connect(_server())
    with open(os.devnull) as nothing:
        streams = [nothing.fileno(), out.fileno(), err.fileno()]
        socket.send_fds(asked, [orjson.dumps(request | {"umask": umask})], streams)
    asked.shutdown(socket.SHUT_WR)
    return asked, int(asked.recv(16))


@cache
def _server() -> str:
    """Where the server of this test process listens; it ends with us."""
    folder = tempfile.TemporaryDirectory(prefix="carebase-commands-")
    atexit.register(folder.cleanup)
    address = f"{folder.name}/socket"
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.command_server", address],
        cwd=_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    atexit.register(server.communicate)
    assert server.stdout
    assert server.stdout.readline() == b"ready\n"
    return address
