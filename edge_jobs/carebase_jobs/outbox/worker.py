"""The loop: claim while there is room, look from the beginning now and then, keep leases, stop gracefully."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import time
from typing import Any

import psycopg

from carebase_jobs.outbox.batch import Batch
from carebase_jobs.outbox.metrics import Metrics
from carebase_jobs.outbox.queue import Claim, Queue
from carebase_jobs.outbox.router import Router
from carebase_jobs.outbox.settings import WorkerSettings

log = logging.getLogger("carebase.outbox")
# Looking from the beginning walks over what was claimed and is not cleaned up yet. Should that take long, it
# is done less often: at most a fiftieth of the time goes into it.
_SWEEP_SHARE = 50
_DEPTH_SECONDS = 10.0


class Worker:
    """Sends what is due until it is told to stop.

    Args:
        url: the database, as the owner of our objects.
        settings: how to work.
        router: which channels there are; by default all of them.
        metrics: where to count.

    Example:
        >>> asyncio.run(Worker(url).run())  # doctest: +SKIP
    """

    def __init__(
        self,
        url: str,
        settings: WorkerSettings | None = None,
        router: Router | None = None,
        metrics: Metrics | None = None,
    ) -> None:
        self.settings = settings or WorkerSettings()
        self.metrics = metrics or Metrics()
        name = f"{socket.gethostname()[:100]}:{os.getpid()}"
        # Two connections: the next batch is claimed while the one before is settled.
        self._claiming = Queue(url, name, self.settings.lease_seconds)
        self.queue = Queue(url, name, self.settings.lease_seconds)
        self._router = router or Router.standard(self.settings, self.queue.secret)
        self._room = asyncio.Semaphore(self.settings.concurrency)
        self._stopping = asyncio.Event()
        self._batches: dict[asyncio.Task[None], Batch] = {}
        self._cursor: dict[str, Any] | None = None
        self._next_sweep = 0.0
        self.settled_count = 0

    def stop(self) -> None:
        """Claim nothing more; what is under way may end within the grace time."""
        self._stopping.set()

    async def run(self, *, until_empty: bool = False) -> None:
        """Work until told to stop, or until nothing is due any more.

        Args:
            until_empty: end when nothing is due, for those who start a worker from a schedule.
        """
        log.info("worker_started", extra={"batch_size": self.settings.batch_size})
        upkeep = asyncio.create_task(self._upkeep())
        try:
            while not self._stopping.is_set():
                was_sweep = self._cursor is None
                claim = await self._claim()
                if claim is not None and claim.messages:
                    self._begin(claim)
                if claim is None or claim.found == 0:
                    if until_empty and was_sweep and claim is not None and not self._batches:
                        break
                    await self._pause(self.settings.poll_seconds, until_empty=until_empty)
        finally:
            upkeep.cancel()
            await self._finish()
            await self.queue.close()
            await self._claiming.close()
            log.info("worker_stopped", extra={"settled": self.settled_count})

    async def _claim(self) -> Claim | None:
        room = self.settings.max_in_flight - sum(batch.open_count for batch in self._batches.values())
        if room < min(self.settings.batch_size, self.settings.max_in_flight // 4 or 1):
            await asyncio.wait(self._batches, timeout=0.05, return_when=asyncio.FIRST_COMPLETED)
            return Claim(None, 1, [], self._cursor or {})
        began = time.monotonic()
        is_sweep = self._cursor is None or began >= self._next_sweep
        try:
            if is_sweep:
                await self._claiming.recover()
            claim = await self._claiming.claim(
                min(room, self.settings.batch_size), None if is_sweep else self._cursor
            )
        except psycopg.OperationalError as error:
            log.warning("database_away", extra={"error": type(error).__name__})
            self._cursor = None
            return None
        self._cursor = claim.cursor
        if is_sweep:
            now = time.monotonic()
            self._next_sweep = now + max(self.settings.sweep_seconds, _SWEEP_SHARE * (now - began))
        return claim

    def _begin(self, claim: Claim) -> None:
        batch = Batch(claim, self.queue, self._router, self.metrics, self._room)
        task = asyncio.create_task(batch.run())
        self._batches[task] = batch
        task.add_done_callback(self._end)
        self.metrics.hold(sum(held.open_count for held in self._batches.values()))

    def _end(self, task: asyncio.Task[None]) -> None:
        batch = self._batches.pop(task)
        self.settled_count += len(batch)
        self.metrics.hold(sum(held.open_count for held in self._batches.values()))
        if not task.cancelled() and (error := task.exception()) is not None:
            # Its lease ends by itself, and another attempt follows.
            log.error("batch_broke", extra={"lease": batch.lease_id, "error": type(error).__name__})

    async def _pause(self, seconds: float, *, until_empty: bool) -> None:
        if until_empty:
            # Whether the queue is empty is only known by looking at all of it.
            self._cursor = None
        stopping = asyncio.create_task(self._stopping.wait())
        await asyncio.wait({stopping, *self._batches}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()

    async def _upkeep(self) -> None:
        """Keep what is held, and say how the queue is."""
        next_depth = 0.0
        while True:
            await asyncio.sleep(self.settings.lease_seconds / 3)
            try:
                if leases := [batch.lease_id for batch in self._batches.values()]:
                    await self.queue.prolong(leases)
                if time.monotonic() >= next_depth:
                    next_depth = time.monotonic() + _DEPTH_SECONDS
                    self.metrics.show_depth(await self.queue.depth())
            except psycopg.Error as error:
                log.warning("upkeep_failed", extra={"error": type(error).__name__})

    async def _finish(self) -> None:
        """Let what is under way end; what does not in time is given back."""
        if not self._batches:
            return
        _, left = await asyncio.wait(self._batches, timeout=self.settings.grace_seconds)
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left, timeout=10)
