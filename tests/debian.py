"""Programs of Debian that npm and PyPI lack: installed by root on Debian 12, else their tests are skipped."""

from __future__ import annotations

import fcntl
import os
import platform
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest


def require(what: str, is_there: Callable[[], bool], *packages: str) -> None:
    """Install Debian's `packages`; elsewhere the tests that ask are skipped, but not because that failed.

    Args:
        what: for people, what the packages are for.
        is_there: whether it is.
        packages: their names.
    """
    if is_there():
        return
    try:
        system = platform.freedesktop_os_release()
    except OSError:  # not even Linux
        system = {}
    if (system.get("ID"), system.get("VERSION_ID"), os.geteuid()) != ("debian", "12", 0):
        pytest.skip(f"{what} is not installed, and only root on Debian 12 can install it")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # One at a time: the tests run on several processes, and apt-get does not wait for itself.
    with (Path(tempfile.gettempdir()) / "carebase-apt.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if is_there():
            return
        for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
            done = subprocess.run(
                ["apt-get", *words], env=environment, capture_output=True, text=True, timeout=300, check=False
            )
            assert done.returncode == 0, done.stderr
    assert is_there()
