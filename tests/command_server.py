"""Makes a process for each command that `tests/commands.py` asks for; ends when its standard input does."""

from __future__ import annotations

import atexit
import gc
import io
import os
import pkgutil
import runpy
import select
import signal
import socket
import sys
import threading
import traceback
from contextlib import suppress
from importlib import import_module

import orjson

import carebase
import carebase_cli

_LIMIT = 1 << 20


def main(address: str) -> None:
    """Listen; what a command is made of is on its connection."""
    for package in (carebase, carebase_cli):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                import_module(module.name)
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them: they tell their end themselves
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(address)
        listening.listen()
        print("ready", flush=True)
        while sys.stdin not in select.select([listening, sys.stdin], [], [])[0]:
            connection, _ = listening.accept()
            if os.fork() == 0:
                listening.close()
                serve(connection)
            connection.close()


def serve(connection: socket.socket) -> None:
    """Become the command, and tell what it ended with."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    text, streams, _, _ = socket.recv_fds(connection, _LIMIT, 3)
    while more := connection.recv(_LIMIT):
        text += more
    request = orjson.loads(text)
    connection.sendall(f"{os.getpid():<16}".encode())
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    sys.stdout = io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, "w")), encoding="utf-8")
    sys.stderr = io.TextIOWrapper(
        io.BufferedWriter(io.FileIO(2, "w")), encoding="utf-8", errors="backslashreplace", line_buffering=True
    )
    os.environ.clear()
    os.environ.update(request["env"])
    os.chdir(request["cwd"])
    if request["umask"] >= 0:
        os.umask(request["umask"])
    sys.argv = request["words"]
    connection.sendall(str(ended()).encode())
    os._exit(0)


def ended() -> int:
    """The exit code, after all that Python does at the end of a program."""
    code: object = 1
    try:
        runpy.run_module(carebase_cli.__name__, run_name="__main__", alter_sys=True)
        code = 0
    except SystemExit as ending:
        code = ending.code
    except BaseException:
        traceback.print_exc()
    with suppress(BaseException):
        threading._shutdown()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    if isinstance(code, int):
        return code
    return 0 if code is None else 1


if __name__ == "__main__":
    main(sys.argv[1])
