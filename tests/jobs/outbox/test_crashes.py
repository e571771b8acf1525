"""Workers, backends and the server die in the middle of it: nothing is lost, and a receiver that keeps
idempotency keys sees each message once."""

from __future__ import annotations

import json
import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from carebase import seeds
from carebase.db import declared, migrations
from carebase.project import Project
from carebase.stack.server import PostgresServer, throwaway
from tests.commands import Started
from tests.jobs.outbox.conftest import Outbox, make_outbox
from tests.jobs.outbox.receivers import Receiver, wait_until

MESSAGES = 250


@contextmanager
def worker_process(url: str, log: Path, **settings: object) -> Iterator[Started]:
    """`carebase jobs worker` in a process of its own."""
    given = {"lease_seconds": 2, "poll_seconds": 0.05, "sweep_seconds": 0.2, "batch_size": 50, **settings}
    environment = {f"CAREBASE_WORKER_{name.upper()}": str(value) for name, value in given.items()}
    words = ["jobs", "worker", "--allow-network", "127.0.0.0/8"]
    with (
        log.open("ab") as out,
        Started(*words, env={**environment, "CAREBASE_DB_URL": url}, log=out) as running,
    ):
        yield running


def fill(outbox: Outbox, receiver: Receiver, count: int = MESSAGES) -> set[str]:
    outbox.template("task.overdue", "webhook")
    webhook = outbox.webhook(receiver.url)
    rows = outbox.sql(
        """select app.enqueue_notification(%s, 'webhook', %s, 'task.overdue', p_max_attempts => 50)::text
           from generate_series(1, %s)""",
        outbox.org_id, webhook, count,
    )  # fmt: skip
    return {row[0] for row in rows}


def hurry(outbox: Outbox) -> None:
    """Retries come at once, so that the test does not wait for their pauses."""
    outbox.sql(
        "update app.notification_tasks set due_at = clock_timestamp() where due_at > clock_timestamp()"
    )


def all_sent(outbox: Outbox) -> bool:
    hurry(outbox)
    return outbox.sql("select count(*) from public.notification_queue where status <> 'sent'") == [(0,)]


def assert_each_once(outbox: Outbox, receiver: Receiver, sent: set[str]) -> None:
    assert set(receiver.seen) == sent, "nothing is lost and nothing is made up"
    assert outbox.sql("select count(*) from app.notification_tasks") == [(0,)]
    assert outbox.sql("select status::text, count(*) from public.notification_queue group by 1") == [
        ("sent", len(sent))
    ]


def test_workers_that_are_killed_again_and_again(outbox: Outbox, receiver: Receiver, tmp_path: Path) -> None:
    sent = fill(outbox, receiver)
    receiver.delay = 0.05
    dice = random.Random(4)
    for _ in range(5):
        before = len(receiver.requests)
        with worker_process(
            outbox.url, tmp_path / "log", lease_seconds=1, concurrency=6, batch_size=20
        ) as running:
            wait_until(lambda before=before: hurry(outbox) or len(receiver.requests) > before)
            time.sleep(dice.uniform(0.0, 0.4))
            os.kill(running.pid, signal.SIGKILL)
            running.wait(10)
        hurry(outbox)
        if not outbox.sql("select 1 from public.notification_queue where status = 'pending' limit 1"):
            break
    receiver.delay = 0
    with worker_process(outbox.url, tmp_path / "log"), worker_process(outbox.url, tmp_path / "log"):
        wait_until(lambda: all_sent(outbox), 40)
    assert_each_once(outbox, receiver, sent)
    repeats = sum(receiver.seen.values()) - len(sent)
    assert repeats <= 5 * 50, "what was under way at a kill comes again, and no more"


def test_backends_that_are_killed(outbox: Outbox, receiver: Receiver, tmp_path: Path) -> None:
    sent = fill(outbox, receiver)
    receiver.delay = 0.02
    with worker_process(outbox.url, tmp_path / "log", concurrency=10, lease_seconds=60) as running:
        for _ in range(12):
            wait_until(
                lambda: outbox.sql(
                    "select 1 from pg_stat_activity where application_name like 'carebase outbox%%'"
                )
            )
            outbox.sql(
                """select pg_terminate_backend(pid) from pg_stat_activity
                   where application_name like 'carebase outbox%%'"""
            )
            time.sleep(0.1)
        wait_until(lambda: all_sent(outbox), 40)
        assert running.poll() is None, "the worker outlives its connection"
    assert_each_once(outbox, receiver, sent)
    assert max(receiver.seen.values()) == 1, (
        "a worker that lives settles what it sent, whatever its connection did"
    )


def test_a_server_without_free_connections(outbox: Outbox, receiver: Receiver, tmp_path: Path) -> None:
    sent = fill(outbox, receiver, 50)
    name = outbox.sql("select current_database()")[0][0]
    taken = [psycopg.connect(outbox.url, autocommit=True) for _ in range(2)]
    taken[0].execute(f"alter database {name} connection limit 3".encode())
    log = tmp_path / "log"
    with worker_process(outbox.url, log) as running:
        # One is left: the check at the start takes it, then the worker, which wants two.
        wait_until(lambda: "database_away" in log.read_text(), 30)
        # Those who ask how far it is need connections, too.
        taken[0].execute(f"alter database {name} connection limit -1".encode())
        for conn in taken:
            conn.close()
        wait_until(lambda: all_sent(outbox), 30)
        assert running.poll() is None
    assert_each_once(outbox, receiver, sent)


def test_a_worker_that_is_told_to_stop_ends_what_it_began(
    outbox: Outbox, receiver: Receiver, tmp_path: Path
) -> None:
    sent = fill(outbox, receiver)
    receiver.delay = 0.1
    log = tmp_path / "log"
    with worker_process(outbox.url, log, concurrency=10, grace_seconds=1, lease_seconds=60) as running:
        wait_until(lambda: len(receiver.requests) > 20)
        running.send_signal(signal.SIGTERM)
        assert running.wait(15) == 0
    assert json.loads(log.read_text().splitlines()[-1])["event"] == "worker_stopped"
    assert outbox.sql("select count(*) from app.notification_leases") == [(0,)], "it gave back what it held"
    assert outbox.sql("select sum(attempt_count) from public.notification_queue") == [(0,)], "at no cost"
    receiver.delay = 0
    with worker_process(outbox.url, log):
        wait_until(lambda: all_sent(outbox), 30)
    assert_each_once(outbox, receiver, sent)


@pytest.fixture(scope="module")
def own_server(project: Project, pytestconfig: pytest.Config) -> Iterator[PostgresServer]:
    """A server that nobody else minds being restarted, with a database `migrated` to clone."""
    durable = {"synchronous_commit": "on"}  # what was said to be committed, is
    with throwaway(project, version=pytestconfig.getoption("--postgres"), settings=durable) as running:
        with psycopg.connect(running.url(), autocommit=True) as conn:
            conn.execute("create database migrated template platform owner postgres")
        url = running.url("migrated", "postgres")
        if pytestconfig.getoption("--declared"):
            declared.build(url, project)
        else:
            migrations.migrate(project, url)
        seeds.apply(url, project, "reference")
        yield running


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_server_that_restarts(
    own_server: PostgresServer, project: Project, receiver: Receiver, tmp_path: Path, mode: str
) -> None:
    name = f"outbox_{mode}"
    with psycopg.connect(own_server.url(), autocommit=True) as conn:
        conn.execute(f"create database {name} template migrated owner postgres")
    outbox = make_outbox(own_server.url(name, "postgres"), project, setup_url=own_server.url(name))
    sent = fill(outbox, receiver)
    receiver.delay = 0.05
    with worker_process(outbox.url, tmp_path / "log", concurrency=10, lease_seconds=120) as running:
        wait_until(lambda: len(receiver.requests) > 30)
        restart(own_server, mode)
        time.sleep(1)
        receiver.delay = 0
        wait_until(lambda: all_sent(outbox), 60)
        assert running.poll() is None
    assert_each_once(outbox, receiver, sent)
    assert max(receiver.seen.values()) == 1


def restart(server: PostgresServer, mode: str) -> None:
    """As an operator does it, or as after a crash: every process ended at once, and recovery."""
    if mode == "immediate":
        postmaster = int((server.data / "postmaster.pid").read_text().split()[0])
        os.kill(postmaster, signal.SIGQUIT)
        wait_until(lambda: not server.is_running())
    server.stop()
    time.sleep(1)
    server.start()


def test_two_workers_share_without_doing_anything_twice(
    outbox: Outbox, receiver: Receiver, tmp_path: Path
) -> None:
    sent = fill(outbox, receiver)
    more: set[str] = set()

    def keep_sending() -> None:
        for _ in range(50):
            with psycopg.connect(outbox.url) as conn:  # a transaction that stays open for a moment
                row = conn.execute(
                    """select app.enqueue_notification(org_id, 'webhook', id, 'task.overdue')::text
                       from public.webhooks"""
                ).fetchone()
                assert row is not None
                more.add(row[0])
                time.sleep(0.01)

    writers = [threading.Thread(target=keep_sending) for _ in range(2)]
    # Long leases: on a busy machine a worker may be kept from prolonging a short one.
    log = tmp_path / "log"
    with worker_process(outbox.url, log, lease_seconds=60), worker_process(outbox.url, log, lease_seconds=60):
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        wait_until(lambda: all_sent(outbox), 30)
    assert_each_once(outbox, receiver, sent | more)
    assert max(receiver.seen.values()) == 1
