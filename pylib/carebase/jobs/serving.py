"""`carebase jobs serve`: runs what is due, for as long as it is not told to end.

Any number of servers may serve one database, beside pg_cron, too: each run is claimed by one.
"""

from __future__ import annotations

import logging
import threading
import time

import psycopg

from carebase.db.connect import connect_as_owner
from carebase.jobs.metrics import JobMetrics
from carebase.jobs.running import Claimed, Runner
from carebase.problems import Problem

log = logging.getLogger("carebase.jobs")
_LONGEST_PAUSE_SECONDS = 60.0


def serve(
    url: str,
    stopping: threading.Event,
    *,
    workers: int = 2,
    poll_seconds: float = 1.0,
    grace_seconds: float = 30.0,
    metrics: JobMetrics | None = None,
) -> None:
    """Run due jobs until `stopping` is set, then wait for those that run.

    A database that goes away is waited for; what ran then is marked as lost and repeated as the job says.

    Args:
        url: the database, as the owner of our objects; a session, not a transaction, of a pooler.
        stopping: ends it: no new run, the batches that run now end, at most `grace_seconds` later.
        workers: how many runs at a time.
        poll_seconds: how often each of them looks for work.
        grace_seconds: after that, batches that still run are cancelled and undone.
        metrics: where to count.

    Raises:
        Problem: the database cannot be used when it begins.
    """
    connect_as_owner(
        url
    ).close()  # a wrong address is said at once, a database that goes away later is awaited
    metrics = metrics or JobMetrics()
    servants = [_Servant(url, stopping, poll_seconds, metrics) for _ in range(workers)]
    watch = threading.Thread(target=_watch, args=(url, stopping, metrics), name="watch", daemon=True)
    for thread in (*servants, watch):
        thread.start()
    log.info("server_started", extra={"workers": workers})
    stopping.wait()
    deadline = time.monotonic() + grace_seconds
    for servant in servants:
        servant.join(max(0.0, deadline - time.monotonic()))
    for servant in servants:
        servant.cancel()
    for servant in servants:
        servant.join(10)
    log.info("server_stopped")


class _Servant(threading.Thread):
    """Claims and runs, one at a time; makes itself a new session when its own is lost."""

    def __init__(self, url: str, stopping: threading.Event, poll_seconds: float, metrics: JobMetrics) -> None:
        super().__init__(daemon=True)
        self._url = url
        self._stopping = stopping
        self._poll_seconds = poll_seconds
        self._metrics = metrics
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
                log.warning("database_away", extra={"why": _sentence(error), "again_in_seconds": pause})
                self._drop()
                idle, pause = True, min(pause * 2, _LONGEST_PAUSE_SECONDS)
            if idle:
                self._stopping.wait(pause)
        self._drop()

    def _turn(self, runner: Runner) -> Claimed | None:
        claimed = runner.claim()
        if claimed is not None:
            self._serve(runner, claimed)
        return claimed

    def _serve(self, runner: Runner, claimed: Claimed) -> None:
        about = {"job": claimed.job_name, "run": claimed.id, "due_at": f"{claimed.due_at:%Y-%m-%dT%H:%M:%SZ}"}
        log.info("run_started", extra=about)
        began = time.monotonic()
        outcome = "lost"  # unless it says otherwise
        try:
            with self._metrics.running():
                outcome = runner.run(claimed)
        finally:
            seconds = time.monotonic() - began
            self._metrics.count(claimed.job_name, outcome, seconds)
            level = logging.INFO if outcome in {"succeeded", "stopped"} else logging.WARNING
            log.log(level, "run_ended", extra={**about, "outcome": outcome, "seconds": round(seconds, 3)})

    def _drop(self) -> None:
        if self._runner is not None:
            self._runner.close()
            self._runner = None


def _watch(url: str, stopping: threading.Event, metrics: JobMetrics, every_seconds: float = 5) -> None:
    """Plan, say what is late, notice runs that died with their servers; any error renews its session."""
    while not stopping.is_set():
        try:
            with connect_as_owner(url) as conn:
                while not stopping.is_set():
                    conn.execute("select app.watch_jobs()")
                    metrics.show_late(conn)
                    stopping.wait(every_seconds)
        except (psycopg.Error, Problem) as error:
            log.warning("watch_failed", extra={"why": _sentence(error), "again_in_seconds": every_seconds})
            stopping.wait(every_seconds)


def _sentence(error: Exception) -> str:
    return error.message if isinstance(error, Problem) else " ".join(str(error).split())
