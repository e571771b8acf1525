"""Finding, watching and ending processes that an earlier command started.

A pid in a file proves nothing: its process may be gone and the number may belong to somebody else by now. A
process counts as ours only if its command line says so.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path


def command_of(pid: int) -> list[str]:
    """The arguments that process `pid` was started with; empty if it is gone, a zombie or hidden."""
    if Path("/proc/self/cmdline").exists():
        try:
            raw = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return []
        return [os.fsdecode(part) for part in raw.split(b"\0") if part]
    shown = subprocess.run(
        ["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return [shown.stdout.strip()] if shown.stdout.strip() else []


def read_pid(path: Path) -> int | None:
    """The pid on the first line of `path`; None if there is none."""
    try:
        return int(path.read_text(encoding="utf-8").split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def wait_until(condition: Callable[[], bool], seconds: float, *, interval: float = 0.02) -> bool:
    """Ask `condition` again and again, at most `seconds` long; whether it came true."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(interval)
    return True


def end(pid: int, is_gone: Callable[[], bool], *, steps: tuple[tuple[signal.Signals, float], ...]) -> bool:
    """Send each signal in turn, waiting the given seconds for the process to go; whether it went."""
    for number, seconds in steps:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return True
        if wait_until(is_gone, seconds):
            return True
    return False
