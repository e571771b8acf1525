"""Our outbox: the worker as it is, with a channel that does nothing."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import psycopg

from carebase import seeds
from carebase.db import declared
from carebase.project import Project
from carebase.stack.server import PostgresServer
from carebase_jobs.outbox.message import SENT, Message, Outcome
from carebase_jobs.outbox.router import Router
from carebase_jobs.outbox.settings import WorkerSettings
from carebase_jobs.outbox.worker import Worker


class Nothing:
    """A channel that does nothing."""

    is_instant = True

    async def deliver(self, message: Message) -> Outcome:
        """Nothing."""
        return SENT


class Ours:
    """The outbox in a database of its own."""

    name = "carebase"
    handicap = 1

    def __init__(self, database: str = "outbox") -> None:
        self._database = database
        self.url = ""

    def prepare(self, server: PostgresServer, project: Project) -> None:
        """The declared database, an organization, a person, a template."""
        with psycopg.connect(server.url(), autocommit=True) as conn:
            conn.execute(f"create database {self._database} template platform owner postgres")
        self.url = server.url(self._database, "postgres")
        declared.build(self.url, project)
        seeds.apply(self.url, project, "reference")
        with psycopg.connect(server.url(self._database), autocommit=True) as conn:
            conn.execute((project.root / "tests" / "sql" / "helpers.sql").read_bytes())
            conn.execute(
                """with org as (select tests.make_org('lakeside') as id)
                   insert into public.notification_templates
                     (org_id, template_key, channel, body, payload_keys)
                   select org.id, 'task', 'email', 'Task {{ n }}', '{"n": "number"}' from org"""
            )
            conn.execute(
                """select tests.make_person(id, 'nurse', 'Nadia')
                   from public.organizations where slug = 'lakeside'"""
            )

    def fill(self, count: int) -> None:
        """Schedule messages."""
        with psycopg.connect(self.url, autocommit=True) as conn:
            conn.execute(
                """select count(app.enqueue_notification(
                     roles.org_id, 'email', roles.user_id, 'task', jsonb_build_object('n', n)))
                   from public.role_assignments as roles, generate_series(1, %s) as n""",
                [count],
            )

    def measure(self, count: int) -> float:
        """Messages per second of one worker, from its start to its end."""
        self.fill(count)

        async def drain() -> int:
            worker = self._worker(poll_seconds=0.01)
            await worker.run(until_empty=True)
            return worker.settled_count

        began = time.perf_counter()
        settled = asyncio.run(drain())
        assert settled == count, (settled, count)
        return count / (time.perf_counter() - began)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Callable[[int], Awaitable[float]]]:
        """One worker that goes on; what is given measures it on so many messages."""
        worker = self._worker(poll_seconds=0.01)
        task = asyncio.create_task(worker.run())

        async def measure(count: int) -> float:
            before = worker.settled_count
            await asyncio.to_thread(self.fill, count)
            began = time.perf_counter()
            already = worker.settled_count - before
            while worker.settled_count - before < count:
                await asyncio.sleep(0.005)
            return (count - already) / (time.perf_counter() - began)

        yield measure
        worker.stop()
        await task

    def _worker(self, poll_seconds: float) -> Worker:
        settings = WorkerSettings(poll_seconds=poll_seconds)
        return Worker(self.url, settings, router=Router({"email": Nothing()}))
