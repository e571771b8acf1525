"""The queue as SQL functions of room signals, over one connection that comes back by itself.

Claiming is safe to lose: what was claimed in a transaction that did not commit was not claimed. Settling is
safe to repeat: it is repeated until the database has taken it.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import orjson
import psycopg
from psycopg.types.json import set_json_dumps, set_json_loads

from carebase.db.names import OWNER
from carebase_jobs.outbox.message import Message, Outcome

log = logging.getLogger("carebase.outbox")
T = TypeVar("T")
_LONGEST_PAUSE = 5.0


@dataclass(frozen=True)
class Claim:
    """A batch under one lease, and where to look next."""

    lease_id: str | None
    found: int
    messages: list[Message]
    cursor: dict[str, Any]


class Queue:
    """One worker's access to the queue. Calls are made one after the other.

    Args:
        url: the database, as the owner of our objects or a member of that role.
        worker: machine and process, for those who look at leases.
        lease_seconds: how long a batch is the worker's, unless it is prolonged.
    """

    def __init__(self, url: str, worker: str, lease_seconds: float = 60.0) -> None:
        self._url = url
        self._worker = worker
        self._lease_seconds = lease_seconds
        self._conn: psycopg.AsyncConnection[Any] | None = None
        self._turn = asyncio.Lock()
        self.reconnected_count = 0

    async def claim(self, limit: int, cursor: dict[str, Any] | None) -> Claim:
        """Claim up to `limit` messages; `cursor` of the claim before, None to look from the beginning."""
        row = await self._one(
            "select app.claim_notifications(%s, %s, make_interval(secs => %s), %s::jsonb)",
            [self._worker, limit, self._lease_seconds, orjson.dumps(cursor).decode() if cursor else None],
        )
        return Claim(
            row.get("lease_id"), row["found"], [Message(**told) for told in row["messages"]], row["cursor"]
        )

    async def settle(self, lease_id: str, settled: list[tuple[Message, Outcome]], *, is_last: bool) -> None:
        """Say what became of messages of a lease, however long the database is away."""
        plain = [message for message, outcome in settled if outcome.is_plain and message.webhook_id is None]
        details = [
            _detail(message, outcome)
            for message, outcome in settled
            if not outcome.is_plain or message.webhook_id is not None
        ]
        await self.insist(
            lambda: self._one(
                "select app.settle_notifications(%s, %s::uuid[], %s::uuid[], %s::jsonb, %s)",
                [
                    lease_id,
                    [message.org_id for message in plain],
                    [message.id for message in plain],
                    orjson.dumps(details).decode(),
                    is_last,
                ],
            )
        )

    async def prolong(self, lease_ids: list[str]) -> None:
        """Keep leases for another while."""
        await self._one(
            "select app.prolong_leases(%s::uuid[], make_interval(secs => %s))",
            [lease_ids, self._lease_seconds],
        )

    async def release(self, lease_id: str) -> None:
        """Give back what of a lease was not tried."""
        await self._one("select app.release_lease(%s)", [lease_id])

    async def recover(self) -> int:
        """Take back what dead workers held; how many messages."""
        return int(await self._one("select app.recover_leases()", []))

    async def secret(self, channel_id: str) -> str:
        """The secret of a webhook or an integration; waits for a database that is away.

        Raises:
            LookupError: there is none.
        """
        try:
            return str(await self.insist(lambda: self._one("select app.channel_secret(%s)", [channel_id])))
        except psycopg.errors.ObjectNotInPrerequisiteState:
            raise LookupError("no secret") from None

    async def depth(self) -> dict[str, Any]:
        """Counts for metrics, and since when the first message is due."""
        return dict(
            await self._one(
                """select jsonb_build_object('waiting', waiting_count, 'due', due_count,
                     'leased', leased_count, 'dead', dead_count, 'oldest_due_seconds',
                     greatest(0, extract(epoch from clock_timestamp() - oldest_due_at)))
                   from app.queue_depth()""",
                [],
            )
        )

    async def insist(self, call: Callable[[], Awaitable[T]]) -> T:
        """Repeat a call until the database answers; the pauses grow and are spread."""
        pause = 0.1
        while True:
            try:
                return await call()
            except psycopg.errors.ObjectNotInPrerequisiteState:
                raise
            except psycopg.OperationalError as error:
                log.warning("database_away", extra={"error": type(error).__name__, "pause": round(pause, 2)})
                await asyncio.sleep(pause * (0.5 + random.random()))  # noqa: S311  no secret
                pause = min(pause * 2, _LONGEST_PAUSE)

    async def close(self) -> None:
        """Close the connection."""
        if self._conn is not None:
            await self._conn.close()
            self._conn = None

    async def _one(self, query: str, values: list[Any]) -> Any:
        async with self._turn:
            conn = self._conn or await self._connect()
            try:
                cursor = await conn.execute(query, values)
                row = await cursor.fetchone()
            except psycopg.OperationalError:
                await self.close()
                raise
            except asyncio.CancelledError:
                # Half an answer may be on its way: nobody else may read it as theirs.
                await self.close()
                raise
            return row[0] if row else None

    async def _connect(self) -> psycopg.AsyncConnection[Any]:
        conn = await psycopg.AsyncConnection.connect(
            self._url,
            autocommit=True,
            application_name=f"carebase outbox {self._worker}"[:63],
            connect_timeout=10,
            prepare_threshold=None,
            # A server that vanished without a word is noticed in half a minute.
            keepalives_idle=10,
            keepalives_interval=5,
            keepalives_count=4,
            tcp_user_timeout=30000,
        )
        set_json_loads(orjson.loads, conn)
        set_json_dumps(orjson.dumps, conn)
        try:
            await conn.execute(f"set role {OWNER}")
            await conn.execute("set lock_timeout = '30s'")
        except BaseException:
            await conn.close()
            raise
        self._conn = conn
        self.reconnected_count += 1
        return conn


def _detail(message: Message, outcome: Outcome) -> dict[str, Any]:
    return {
        "org_id": message.org_id,
        "id": message.id,
        "attempt": message.attempt,
        "is_sent": outcome.is_sent,
        "error": outcome.error,
        "is_final": outcome.is_final,
        "retry_seconds": outcome.retry_seconds,
        "title": outcome.title,
        "body": outcome.body,
        "webhook_id": message.webhook_id,
        "status_code": outcome.status_code if message.webhook_id else None,
        "duration_ms": outcome.duration_ms,
    }
