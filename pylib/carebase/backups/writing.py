"""A file that is there whole or not at all, readable by its owner only."""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from carebase.problems import UsageProblem
from carebase.stack import locks
from carebase.stack.failures import explain_os_errors

_PREFIX, _SUFFIX = ".carebase-", ".unfinished"


def refuse_existing(path: Path) -> None:
    """Raise a UsageProblem, `file_exists`, if something is there already."""
    if path.exists() or path.is_symlink():
        raise UsageProblem(
            "file_exists", f"{path} is there already.", hint="Name another file, or move that one away."
        )


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write, which appears under its name when everything is on the disk; not after an error.

    What a process that was killed left unfinished is removed by the next that writes into the same folder.

    Raises:
        UsageProblem: `file_exists`.
        EnvironmentProblem: no room, or no right to write there.
    """
    refuse_existing(path)
    with explain_os_errors(path.parent):
        _sweep(path.parent)
        unfinished = path.parent / f"{_PREFIX}{secrets.token_hex(6)}{_SUFFIX}"
        descriptor = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            with open(descriptor, "wb") as file:
                fcntl.flock(file, fcntl.LOCK_EX)  # released by the system if we are killed
                yield file
                file.flush()
                os.fsync(file.fileno())
                refuse_existing(path)
                unfinished.rename(path)
            _sync_folder(path.parent)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise


def _sweep(folder: Path) -> None:
    for left_over in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        if not locks.is_held(left_over):
            with suppress(OSError):
                left_over.unlink()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
