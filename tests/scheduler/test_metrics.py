"""`carebase jobs serve --metrics-port`: what Prometheus scrapes and the log says of runs that really ran."""

from __future__ import annotations

import json
import re
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.commands import Started, carebase
from tests.scheduler.conftest import Connection, make_due

Declare = Callable[..., None]
Samples = dict[tuple[str, ...], float]


class Server:
    """`carebase jobs serve`, its metrics and its log."""

    def __init__(self, database: str, *words: str) -> None:
        words = words or ("serve", "--poll", "0.1", "--grace", "1")
        self.process = Started("jobs", *words, "--metrics-port", "0", "--db-url", database)
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        self.lines.extend(iter(self.process.stderr.readline, ""))

    def end(self) -> list[dict[str, object]]:
        """Tell it to end; what it logged."""
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(20) == 0
        self._reader.join(10)
        return [json.loads(line) for line in self.lines if line.startswith("{")]

    def scrape(self) -> Samples:
        """Samples by name and values of labels."""
        said = "".join(self.lines)
        address = re.search(r"http://127\.0\.0\.1:\d+/metrics", said)
        if address is None:
            return {}
        answer = httpx.get(address[0], trust_env=False)
        assert answer.headers["content-type"].startswith("text/plain")
        return {
            (sample.name, *sample.labels.values()): sample.value
            for family in text_string_to_metric_families(answer.text)
            for sample in family.samples
        }

    def wait_until(self, is_so: Callable[[Samples], bool]) -> Samples:
        """Scrape until it is so; the last answer."""
        ends = time.monotonic() + 30
        while not is_so(found := self.scrape()):
            assert time.monotonic() < ends, found
            time.sleep(0.1)
        return found


@pytest.fixture
def serve(database: str) -> Iterator[Callable[[], Server]]:
    started: list[Server] = []

    def start() -> Server:
        started.append(Server(database))
        return started[-1]

    yield start
    for server in started:
        server.process.kill()
        server.process.wait()


RUNS = "carebase_jobs_runs_total"


def test_runs_are_counted_by_job_and_outcome(
    owner: Connection, declare: Declare, serve: Callable[[], Server]
) -> None:
    declare("good", "begin perform pg_sleep(0.2); return 1; end")
    declare("bad", "begin raise 'no'; end")
    declare("long", "begin perform pg_sleep(60); return 1; end", time_limit="1 second")
    server = serve()
    found = server.wait_until(
        lambda seen: bool(
            seen.get((RUNS, "good", "succeeded"))
            and seen.get((RUNS, "bad", "failed"))
            and seen.get((RUNS, "long", "timed_out"))
        )
    )
    assert found[RUNS, "good", "succeeded"] == 1
    assert found["carebase_jobs_run_seconds_count", "good"] == 1
    assert 0.2 <= found["carebase_jobs_run_seconds_sum", "good"] < 5
    assert found["carebase_jobs_run_seconds_bucket", "long", "0.5"] == 0
    assert found["carebase_jobs_run_seconds_bucket", "long", "+Inf"] == 1
    make_due(owner, "good")
    server.wait_until(lambda seen: seen[RUNS, "good", "succeeded"] == 2)

    logged = server.end()
    assert (logged[0]["event"], logged[-1]["event"]) == ("server_started", "server_stopped")
    ended = [(line["job"], line["outcome"]) for line in logged if line["event"] == "run_ended"]
    assert sorted(ended) == [
        ("bad", "failed"), ("good", "succeeded"), ("good", "succeeded"), ("long", "timed_out")
    ]  # fmt: skip
    assert all({"at", "level", "job", "run", "due_at", "seconds"} <= line.keys() for line in logged
               if line["event"] == "run_ended")  # fmt: skip


def test_what_runs_and_what_is_late_is_shown(
    owner: Connection, declare: Declare, serve: Callable[[], Server]
) -> None:
    # Two workers: both are busy, the third job waits.
    for name in ("first", "second", "third"):
        declare(name, "begin perform pg_sleep(60); return 1; end", catch_up="all")
    owner.execute("update app.job_slots set next_run_at = now() + interval '1 hour' where job_name = 'third'")
    server = serve()
    server.wait_until(lambda seen: seen.get(("carebase_jobs_in_flight",)) == 2)
    owner.execute(
        "update app.job_slots set next_run_at = now() - interval '5 minutes' where job_name = 'third'"
    )
    # What is late is looked up every few seconds: the first answers may be of before that.
    found = server.wait_until(lambda seen: seen.get(("carebase_jobs_oldest_due_seconds",), 0) > 290)
    assert found["carebase_jobs_oldest_due_seconds",] < 400
    assert found["carebase_jobs_late_slots",] == 1
    # A session that is killed: the run is lost, the server goes on.
    owner.execute("select pg_terminate_backend(backend_pid) from public.job_runs where outcome = 'running'")
    both = [(RUNS, name, "lost") for name in ("first", "second")]
    server.wait_until(lambda seen: all(seen.get(each) for each in both))


def test_a_port_that_is_taken_is_said(database: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        words = ["jobs", "serve", "--db-url", database, "--metrics-port", str(taken.getsockname()[1])]
        done = carebase(*words)
    assert done.returncode == 3
    assert "port_taken" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_worker_answers_in_the_same_way(database: str) -> None:
    worker = Server(database, "worker")
    try:
        found = worker.wait_until(lambda seen: ("carebase_outbox_in_flight",) in seen)
        assert found["carebase_outbox_in_flight",] == found["carebase_outbox_dead",] == 0
        assert [line["event"] for line in worker.end()] == ["worker_started", "worker_stopped"]
    finally:
        worker.process.kill()
        worker.process.wait()
