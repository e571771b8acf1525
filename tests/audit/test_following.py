"""`seal --follow` and `tail --follow` go on as events come, until they are interrupted."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from tests.audit.conftest import Trail

Follow = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def follow(trail: Trail) -> Iterator[Follow]:
    """Start `carebase audit … --follow` on the trail; all of them are ended afterwards."""
    started = []

    def start(*words: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "carebase_cli", "audit", *words, "--follow"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=os.environ | {"CAREBASE_DB_URL": trail.url},
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def interrupted(process: subprocess.Popen[str]) -> str:
    """What it said after Ctrl-C, which is no fault."""
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=30)
    assert process.returncode == 130, errors
    assert "Traceback" not in errors
    return output


def wait_until(condition: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.02)


def test_what_comes_is_sealed(trail: Trail, follow: Follow) -> None:
    trail.write(trail.lakeside)
    sealing = follow("seal", "--every", "0.05")
    wait_until(lambda: trail.unsealed() == 0)
    for org_id in (trail.lakeside, trail.harbor):
        trail.write(org_id)
        assert trail.unsealed() <= 1
        wait_until(lambda: trail.unsealed() == 0)
    interrupted(sealing)
    trail.write(trail.harbor)
    assert trail.unsealed() == 1
    assert trail.faults() == []


def test_what_comes_is_printed_once(trail: Trail, follow: Follow) -> None:
    time.sleep(2.1)  # longer than late commits are looked for
    tailing = follow("tail", "-n", "1")
    assert tailing.stdout
    first = json.loads(tailing.stdout.readline())
    trail.write(trail.harbor)
    second = json.loads(tailing.stdout.readline())
    assert (second["operation"], second["org_id"]) == ("test", str(trail.harbor))
    assert second["id"] != first["id"]
    time.sleep(1.2)  # two looks
    assert interrupted(tailing) == ""
