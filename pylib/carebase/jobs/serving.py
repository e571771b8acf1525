"""`carebase jobs serve`: runs what is due, for as long as it is not told to end.

Any number of servers may serve one database, beside pg_cron, too: each run is claimed by one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import psycopg

from carebase.db.connect import connect_as_owner
from carebase.jobs.running import Claimed, Runner
from carebase.problems import Problem

_LONGEST_PAUSE_SECONDS = 60.0


def serve(
    url: str,
    stopping: threading.Event,
    *,
    workers: int = 2,
    poll_seconds: float = 1.0,
    grace_seconds: float = 30.0,
    tell: Callable[[str], None] = lambda _: None,
) -> None:
    """Run due jobs until `stopping` is set, then wait for those that run.

    A database that goes away is waited for; what ran then is marked as lost and repeated as the job says.

    Args:
        url: the database, as the owner of our objects; a session, not a transaction, of a pooler.
        stopping: ends it: no new run, the batches that run now end, at most `grace_seconds` later.
        workers: how many runs at a time.
        poll_seconds: how often each of them looks for work.
        grace_seconds: after that, batches that still run are cancelled and undone.
        tell: told each run that begins, and each trouble.

    Raises:
        Problem: the database cannot be used when it begins.
    """
    connect_as_owner(
        url
    ).close()  # a wrong address is said at once, a database that goes away later is awaited
    servants = [_Servant(url, stopping, poll_seconds, tell) for _ in range(workers)]
    watch = threading.Thread(target=_watch, args=(url, stopping, tell), name="watch", daemon=True)
    for thread in (*servants, watch):
        thread.start()
    stopping.wait()
    deadline = time.monotonic() + grace_seconds
    for servant in servants:
        servant.join(max(0.0, deadline - time.monotonic()))
    for servant in servants:
        servant.cancel()
    for servant in servants:
        servant.join(10)


class _Servant(threading.Thread):
    """Claims and runs, one at a time; makes itself a new session when its own is lost."""

    def __init__(
        self, url: str, stopping: threading.Event, poll_seconds: float, tell: Callable[[str], None]
    ) -> None:
        super().__init__(daemon=True)
        self._url = url
        self._stopping = stopping
        self._poll_seconds = poll_seconds
        self._tell = tell
        self._runner: Runner | None = None

    def cancel(self) -> None:
        """End what it runs now."""
        if self._runner is not None and self.is_alive():
            self._runner.cancel()

    def run(self) -> None:
        """Until it is told to stop."""
        pause = self._poll_seconds
        while not self._stopping.is_set():
            try:
                self._runner = self._runner or Runner(self._url, self._stopping)
                idle = not self._turn(self._runner)
                pause = self._poll_seconds
            except (psycopg.Error, Problem) as error:
                self._tell(f"Trying again in {pause:.0f} s: {_sentence(error)}")
                self._drop()
                idle, pause = True, min(pause * 2, _LONGEST_PAUSE_SECONDS)
            if idle:
                self._stopping.wait(pause)
        self._drop()

    def _turn(self, runner: Runner) -> Claimed | None:
        claimed = runner.claim()
        if claimed is not None:
            self._tell(f"{claimed.job_name}, due at {claimed.due_at:%Y-%m-%d %H:%M} UTC")
            runner.run(claimed)
        return claimed

    def _drop(self) -> None:
        if self._runner is not None:
            self._runner.close()
            self._runner = None


def _watch(
    url: str, stopping: threading.Event, tell: Callable[[str], None], every_seconds: float = 5
) -> None:
    """Plan, and notice runs that died with their servers; on a session of its own, that any error renews."""
    while not stopping.is_set():
        try:
            with connect_as_owner(url) as conn:
                while not stopping.is_set():
                    conn.execute("select app.watch_jobs()")
                    stopping.wait(every_seconds)
        except (psycopg.Error, Problem) as error:
            tell(f"Watching again in {every_seconds:.0f} s: {_sentence(error)}")
            stopping.wait(every_seconds)


def _sentence(error: Exception) -> str:
    return error.message if isinstance(error, Problem) else " ".join(str(error).split())
