"""A queue in a database of its own, somebody to tell, and real servers on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from carebase.project import Project
from carebase_jobs.outbox.settings import WorkerSettings
from carebase_jobs.outbox.worker import Worker
from tests.jobs.outbox.receivers import Receiver

LOOPBACK = ("127.0.0.0/8",)


@dataclass
class Outbox:
    """A database with one organization and one nurse who can be told something."""

    url: str
    org_id: str
    nurse_id: str

    def sql(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Run a statement as the owner of the database."""
        with psycopg.connect(self.url, autocommit=True) as conn:
            cursor = conn.execute(query.encode(), values)
            return cursor.fetchall() if cursor.description else []

    def template(
        self, key: str, channel: str, body: str = "", subject: str | None = None, **keys: str
    ) -> None:
        """Write a template; `keys` are its values and their kinds."""
        self.sql(
            """insert into public.notification_templates
                 (org_id, template_key, channel, subject, body, payload_keys)
               values (%s, %s, %s, %s, %s, %s)""",
            self.org_id, key, channel, subject, body, Jsonb(keys),
        )  # fmt: skip

    def webhook(self, url: str, secret: str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw") -> str:
        """A webhook, as `create_webhook` makes it but for the address, which is on loopback."""
        [(webhook_id,)] = self.sql(
            "insert into public.webhooks (org_id, url, event_types) values (%s, %s, '{*}') returning id",
            self.org_id, url,
        )  # fmt: skip
        self.sql("select app.keep_channel_secret(%s, %s)", webhook_id, secret)
        return str(webhook_id)

    def integration(self, kind: str, settings: dict[str, object], secret: str = "secret") -> str:
        """A service to send through."""
        [(integration_id,)] = self.sql(
            """insert into public.integration_configs (org_id, kind, name, settings)
               values (%s, %s, 'Test', %s) returning id""",
            self.org_id, kind, Jsonb(settings),
        )  # fmt: skip
        self.sql("select app.keep_channel_secret(%s, %s)", integration_id, secret)
        return str(integration_id)

    def send(
        self,
        channel: str,
        template: str,
        to: str | None = None,
        payload: dict[str, object] | None = None,
        **more: object,
    ) -> str:
        """Schedule a message; `more` as `app.enqueue_notification` names it."""
        names = "".join(f", {name} => %s" for name in more)
        [(message_id,)] = self.sql(
            f"select app.enqueue_notification(%s, %s, %s, %s, %s{names})",
            self.org_id, channel, to or self.nurse_id, template, Jsonb(payload or {}), *more.values(),
        )  # fmt: skip
        return str(message_id)

    def status(self, message_id: str) -> tuple[str, int, str | None]:
        """What became of a message: status, attempts that failed, last error."""
        [row] = self.sql(
            """select status::text, attempt_count::integer, last_error
               from public.notification_queue where id = %s""",
            message_id,
        )
        return row

    def make_due(self) -> None:
        """Let no pause stand between this attempt and the next."""
        self.sql("update app.notification_tasks set due_at = clock_timestamp()")

    def work(self, **settings: Any) -> Worker:
        """Have a worker send what is due, until nothing is."""
        given = {"allow_networks": LOOPBACK, "timeout_seconds": 2.0, "poll_seconds": 0.02, **settings}

        async def run() -> Worker:
            worker = Worker(self.url, WorkerSettings(**given))
            await worker.run(until_empty=True)
            return worker

        return asyncio.run(run())


def make_outbox(url: str, project: Project, setup_url: str | None = None) -> Outbox:
    """An organization and a nurse in an empty database."""
    helpers = project.root / "tests" / "sql" / "helpers.sql"
    with psycopg.connect(setup_url or url, autocommit=True) as conn:
        conn.execute(helpers.read_bytes())
        org = conn.execute("select tests.make_org('lakeside')").fetchone()
        assert org is not None
        nurse = conn.execute("select tests.make_person(%s, 'nurse', 'Nadia')", [org[0]]).fetchone()
        assert nurse is not None
    return Outbox(url, str(org[0]), str(nurse[0]))


@pytest.fixture
def outbox(database: str, project: Project) -> Outbox:
    """A queue with nothing in it."""
    return make_outbox(database, project)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """An HTTP server on loopback that does as it is told."""
    with Receiver() as running:
        yield running
