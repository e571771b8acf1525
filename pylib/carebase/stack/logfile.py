"""Log files of the servers: appended to, set aside when large, readable by their owner only."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_LIMIT = 10 * 1024 * 1024


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """Open for appending; a file above 10 MB is set aside first, as its only older copy."""
    if path.is_file() and path.stat().st_size > _LIMIT:
        path.replace(path.with_suffix(".old.log"))
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    with open(descriptor, "ab") as log:
        log.seek(0, os.SEEK_END)
        yield log


def read_from(path: Path, offset: int) -> str:
    """What was written after `offset`."""
    with path.open("rb") as log:
        log.seek(offset)
        return log.read().decode(errors="replace")


def tail(path: Path, lines: int) -> list[str]:
    """The last `lines` lines; none if there is no file."""
    try:
        with path.open(encoding="utf-8", errors="replace") as log:
            return [line.rstrip("\n") for line in deque(log, maxlen=lines)]
    except FileNotFoundError:
        return []


def follow(paths: dict[str, Path]) -> Iterator[tuple[str, str]]:
    """New lines of several files as they come, each with the name of its file; until interrupted."""
    offsets = {name: path.stat().st_size if path.exists() else 0 for name, path in paths.items()}
    while True:
        for name, path in paths.items():
            size = path.stat().st_size if path.exists() else 0
            if size < offsets[name]:  # set aside and begun anew
                offsets[name] = 0
            if size > offsets[name]:
                *lines, rest = read_from(path, offsets[name]).split("\n")
                offsets[name] = size - len(rest.encode())
                yield from ((name, line) for line in lines)
        time.sleep(0.3)
