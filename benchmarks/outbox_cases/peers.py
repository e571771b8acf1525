"""Two other queues on Postgres, as their documentation says to run them fast."""

from __future__ import annotations

import asyncio
import time

import asyncpg
import procrastinate
import psycopg
from pgqueuer import AsyncpgDriver, QueueManager
from pgqueuer.models import Job
from pgqueuer.queries import Queries
from pgqueuer.types import QueueExecutionMode

from carebase.project import Project
from carebase.stack.server import PostgresServer


def make_database(server: PostgresServer, name: str) -> str:
    """An empty database."""
    with psycopg.connect(server.url(), autocommit=True) as conn:
        conn.execute(f"create database {name}")
    return server.url(name)


class PgQueuer:
    """pgqueuer over asyncpg, which is its fastest driver, in batches of 250 instead of its ten."""

    name = "pgqueuer"
    handicap = 2

    def prepare(self, server: PostgresServer, project: Project) -> None:
        """Its tables."""
        self._url = make_database(server, "pgqueuer")

        async def install() -> None:
            conn = await asyncpg.connect(self._url)
            await Queries(AsyncpgDriver(conn)).install()
            await conn.close()

        asyncio.run(install())

    def measure(self, count: int) -> float:
        """Messages per second of one manager that drains the queue."""
        return asyncio.run(self._measure(count))

    async def _measure(self, count: int) -> float:
        conn = await asyncpg.connect(self._url)
        queries = Queries(AsyncpgDriver(conn))
        await queries.enqueue(["task"] * count, [b'{"n": 1}'] * count, [0] * count)
        done = 0
        manager = QueueManager(Queries(AsyncpgDriver(conn)))

        @manager.entrypoint("task")
        async def nothing(job: Job) -> None:
            nonlocal done
            done += 1

        began = time.perf_counter()
        await manager.run(batch_size=250, mode=QueueExecutionMode.drain)
        took = time.perf_counter() - began
        await conn.close()
        assert done == count, (done, count)
        return count / took


class Procrastinate:
    """procrastinate with fifty jobs at the same time instead of its one."""

    name = "procrastinate"
    handicap = 20

    def prepare(self, server: PostgresServer, project: Project) -> None:
        """Its tables."""
        self._url = make_database(server, "procrastinate")

        async def install() -> None:
            async with self._app().open_async() as app:
                await app.schema_manager.apply_schema_async()

        asyncio.run(install())

    def measure(self, count: int) -> float:
        """Jobs per second of one worker that ends when nothing is left."""
        return asyncio.run(self._measure(count))

    def _app(self) -> procrastinate.App:
        return procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=self._url, max_size=20))

    async def _measure(self, count: int) -> float:
        app = self._app()
        done = 0

        @app.task(name="task")
        async def nothing(n: int) -> None:
            nonlocal done
            done += 1

        async with app.open_async():
            await nothing.batch_defer_async(*({"n": n} for n in range(count)))
            began = time.perf_counter()
            await app.run_worker_async(
                wait=False, concurrency=50, install_signal_handlers=False, listen_notify=False
            )
            took = time.perf_counter() - began
        assert done == count, (done, count)
        return count / took
