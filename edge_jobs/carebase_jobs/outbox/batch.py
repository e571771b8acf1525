"""One claimed batch on its way: delivered side by side, settled as it goes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator

from carebase_jobs.outbox.channels import Channel
from carebase_jobs.outbox.message import Message, Outcome, failed
from carebase_jobs.outbox.metrics import Metrics
from carebase_jobs.outbox.queue import Claim, Queue
from carebase_jobs.outbox.router import Router

log = logging.getLogger("carebase.outbox")
# What was sent and is not settled yet goes out again, should the worker be killed: so it is settled soon, and
# at once when it is much.
_SETTLE_EVERY = 1.0
_SETTLE_AT = 50


class Batch:
    """The messages of one lease.

    A message that takes long holds up nobody: what is done is settled every second and whenever it is fifty,
    and the lease is kept until the last one is.
    """

    def __init__(
        self, claim: Claim, queue: Queue, router: Router, metrics: Metrics, room: asyncio.Semaphore
    ) -> None:
        assert claim.lease_id is not None  # noqa: S101  a batch has messages
        self.lease_id = claim.lease_id
        self.open_count = len(claim.messages)
        self._messages = claim.messages
        self._queue = queue
        self._router = router
        self._metrics = metrics
        self._room = room
        self._done: list[tuple[Message, Outcome]] = []
        self._is_much = asyncio.Event()

    def __len__(self) -> int:
        return len(self._messages)

    async def run(self) -> None:
        """Deliver and settle all of it. Cancelled: what is done is settled, the rest is given back."""
        under_way = [
            asyncio.create_task(self._deliver(message, channel)) for message, channel in self._waiting()
        ]
        try:
            for message in self._messages:
                channel = self._router.find(message)
                if channel.is_instant:
                    await self._deliver(message, channel)
            while not await self._all_delivered(under_way):
                await self._settle(is_last=False)
            await self._settle(is_last=True)
        except asyncio.CancelledError:
            for task in under_way:
                task.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)
            await self._settle(is_last=False)
            await self._queue.release(self.lease_id)
            raise

    def _waiting(self) -> Iterator[tuple[Message, Channel]]:
        for message in self._messages:
            channel = self._router.find(message)
            if not channel.is_instant:
                yield message, channel

    async def _all_delivered(self, under_way: list[asyncio.Task[None]]) -> bool:
        """Wait until all is delivered, or what is done should be settled."""
        left = [task for task in under_way if not task.done()]
        if not left:
            return True
        delivered = asyncio.ensure_future(asyncio.wait(left))
        is_much = asyncio.ensure_future(self._is_much.wait())
        try:
            await asyncio.wait(
                (delivered, is_much), timeout=_SETTLE_EVERY, return_when=asyncio.FIRST_COMPLETED
            )
            return delivered.done()
        finally:
            delivered.cancel()
            is_much.cancel()

    async def _deliver(self, message: Message, channel: Channel) -> None:
        try:
            if channel.is_instant:
                outcome = await channel.deliver(message)
            else:
                async with self._room:
                    outcome = await channel.deliver(message)
        except Exception as error:  # one message's fault is not the batch's
            log.exception("channel_broke", extra={"id": message.id, "channel": message.channel})
            outcome = failed("internal", type(error).__name__)
        self._done.append((message, outcome))
        if len(self._done) >= _SETTLE_AT:
            self._is_much.set()
        self._metrics.count(message, outcome)
        if not outcome.is_sent:
            log.info(
                "attempt_failed",
                extra={
                    "id": message.id,
                    "channel": message.channel,
                    "attempt": message.attempt,
                    "error": outcome.error,
                },
            )

    async def _settle(self, *, is_last: bool) -> None:
        settled, self._done = self._done, []
        self._is_much.clear()
        if settled or is_last:
            await self._queue.settle(self.lease_id, settled, is_last=is_last)
            self.open_count -= len(settled)
