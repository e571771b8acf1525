"""Run `carebase` to its end, in a process of its own, without paying for its imports each time.

The modules of the command line are imported once by a server (`tests/command_server.py`) that makes a
process out of itself for each command: it has its own arguments, folder, environment, umask and output, and
ends with an exit code, as if a shell had started it. What is to be killed, interrupted or looked at while it
runs is started as `python -m carebase_cli` by the test itself.
"""

from __future__ import annotations

import atexit
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

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
    settings = {name: value for name, value in os.environ.items() if not name.startswith("CAREBASE_")}
    request = {"words": arguments, "env": {**settings, **(env or {})}, "cwd": str(cwd or Path.cwd())}
    with (
        socket.socket(socket.AF_UNIX) as asked,
        open(os.devnull) as nothing,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        asked.connect(_server())
        streams = [nothing.fileno(), out.fileno(), err.fileno()]
        socket.send_fds(asked, [orjson.dumps(request | {"umask": umask})], streams)
        asked.shutdown(socket.SHUT_WR)
        asked.settimeout(timeout)
        process = int(asked.recv(16))
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
