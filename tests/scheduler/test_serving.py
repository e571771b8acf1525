"""`carebase jobs serve` as processes: one run a firing, told to end, killed, cut off."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import psycopg
import pytest

from tests.commands import Started
from tests.scheduler.conftest import Connection, make_due

Declare = Callable[..., None]
Serve = Callable[..., Started]

SLOW = "begin perform pg_sleep(60); return 1; end"


@pytest.fixture
def serve(database: str) -> Iterator[Serve]:
    """Start `carebase jobs serve`; all of them are ended afterwards."""
    with ExitStack() as started:

        def start(*options: str) -> Started:
            words = ["jobs", "serve", "--poll", "0.1", "--db-url", database, *options]
            return started.enter_context(Started(*words))

        yield start


def runs(owner: Connection, name: str) -> list[dict[str, object]]:
    return owner.execute(
        "select * from public.job_runs where job_name = %s order by started_at", [name]
    ).fetchall()


def wait_for(condition: Callable[[], bool], seconds: float = 30) -> None:
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends, "it did not happen in time"
        time.sleep(0.05)


def outcomes(owner: Connection, name: str) -> list[object]:
    return [run["outcome"] for run in runs(owner, name)]


def is_asleep(owner: Connection) -> bool:
    """Whether a run is in the middle of pg_sleep()."""
    found = owner.execute(
        "select from pg_stat_activity as sessions"
        " inner join public.job_runs as runs on runs.backend_pid = sessions.pid and runs.outcome = 'running'"
        " where sessions.wait_event = 'PgSleep'"
    )
    return found.fetchone() is not None


def is_there(owner: Connection, pid: object) -> bool:
    """Whether a session has not ended."""
    return owner.execute("select from pg_stat_activity where pid = %s", [pid]).fetchone() is not None


def counted(owner: Connection) -> int:
    row = owner.execute("select count(*) as n from public.ticks").fetchone()
    assert row is not None
    return int(str(row["n"]))


def test_several_servers_run_each_firing_once(owner: Connection, declare: Declare, serve: Serve) -> None:
    owner.execute("create table public.ticks (job text, pid integer)")
    names = [f"tick_{number}" for number in range(12)]
    for name in names:
        tick = f"insert into public.ticks values ('{name}', pg_backend_pid())"
        declare(name, f"begin {tick}; perform pg_sleep(0.05); return 1; end")
    for _ in range(3):
        serve("--workers", "2")
    for ticks in (12, 24, 36):
        owner.execute("update app.job_slots set next_run_at = now() where job_name like 'tick%'")
        rounds = ["succeeded"] * (ticks // 12)
        wait_for(lambda rounds=rounds: all(outcomes(owner, name) == rounds for name in names))
        time.sleep(0.5)
        assert counted(owner) == ticks
    sessions = owner.execute("select count(distinct pid) as n from public.ticks").fetchone()
    assert sessions is not None
    assert int(str(sessions["n"])) > 1, "the servers shared the work"


def test_no_run_overlaps_the_one_before(owner: Connection, declare: Declare, serve: Serve) -> None:
    owner.execute("create table public.spans (began timestamptz, ended timestamptz)")
    declare(
        "long",
        "declare began timestamptz := clock_timestamp(); begin perform pg_sleep(0.7);"
        " insert into public.spans values (began, clock_timestamp()); return 1; end",
    )
    for _ in range(2):
        serve("--workers", "3")

    def has_run_often() -> bool:
        make_due(owner, "long")
        return outcomes(owner, "long").count("succeeded") >= 4

    wait_for(has_run_often)
    overlapping = owner.execute(
        "select 1 from public.spans as a inner join public.spans as b"
        " on a.ctid <> b.ctid and tstzrange(a.began, a.ended) && tstzrange(b.began, b.ended)"
    ).fetchall()
    assert overlapping == []


def test_told_to_end_it_finishes_what_runs(owner: Connection, declare: Declare, serve: Serve) -> None:
    declare("brief", "begin perform pg_sleep(1); return 5; end")
    server = serve()
    wait_for(lambda: outcomes(owner, "brief") == ["running"])
    server.send_signal(signal.SIGTERM)
    assert server.wait(15) == 0
    assert outcomes(owner, "brief") == ["succeeded"]
    assert runs(owner, "brief")[0]["row_count"] == 5


def test_told_to_end_it_waits_no_longer_than_its_grace(
    owner: Connection, declare: Declare, serve: Serve
) -> None:
    declare("slow", SLOW)
    server = serve("--grace", "0.5")
    wait_for(lambda: outcomes(owner, "slow") == ["running"])
    server.send_signal(signal.SIGTERM)
    assert server.wait(15) == 0
    assert outcomes(owner, "slow") == ["stopped"]
    due = owner.execute(
        "select next_run_at <= now() as due from app.job_slots where job_name = 'slow'"
    ).fetchone()
    assert due == {"due": True}, "the next server does it again"


def test_told_to_end_between_batches(owner: Connection, declare: Declare, serve: Serve) -> None:
    declare("endless", "begin perform pg_sleep(0.3); return p_limit; end", parameters="p_limit integer")
    server = serve()
    wait_for(lambda: bool(runs(owner, "endless")) and bool(runs(owner, "endless")[0]["row_count"]))
    server.send_signal(signal.SIGTERM)
    assert server.wait(15) == 0
    (run,) = runs(owner, "endless")
    assert run["outcome"] == "stopped"
    assert int(str(run["row_count"])) >= 1000, "finished batches stay done"


def test_a_killed_server_leaves_a_lost_run_and_the_next_goes_on(
    owner: Connection, declare: Declare, serve: Serve
) -> None:
    """Twice it is killed; the third attempt, and the last, is let be."""
    declare("fragile", "begin perform pg_sleep(seconds) from public.pauses; return 1; end")
    owner.execute("create table public.pauses as select 60 as seconds")
    for attempt in (1, 2, 3):
        if attempt == 3:
            owner.execute("update public.pauses set seconds = 0")
        server = serve("--workers", "1")
        wait_for(lambda attempt=attempt: len(runs(owner, "fragile")) == attempt)
        if attempt < 3:
            os.kill(server.pid, signal.SIGKILL)
            server.wait()
            # Its session notices within seconds; who comes before would look again some seconds later.
            wait_for(lambda: not is_there(owner, runs(owner, "fragile")[-1]["backend_pid"]))
    wait_for(lambda: outcomes(owner, "fragile") == ["lost", "lost", "succeeded"])
    found = runs(owner, "fragile")
    assert [run["attempt"] for run in found] == [1, 2, 3]
    assert len({run["due_at"] for run in found}) == 1
    assert found[0]["alerted_at"] is not None
    assert found[0]["message"] == "Its server ended during the run."


def test_a_killed_session_is_lost_and_the_server_goes_on(
    owner: Connection, declare: Declare, serve: Serve
) -> None:
    declare("cut", "begin perform pg_sleep(seconds) from public.pauses; return 1; end")
    owner.execute("create table public.pauses as select 60 as seconds")
    server = serve("--workers", "1")
    wait_for(lambda: is_asleep(owner))  # a run is claimed a moment before it begins
    owner.execute("update public.pauses set seconds = 0")
    owner.execute("select pg_terminate_backend(%s)", [runs(owner, "cut")[0]["backend_pid"]])
    wait_for(lambda: outcomes(owner, "cut") == ["lost", "succeeded"])
    assert server.poll() is None


def test_a_run_that_takes_too_long_is_ended(owner: Connection, declare: Declare, serve: Serve) -> None:
    declare("slow", SLOW, time_limit="1 second")
    server = serve()
    wait_for(lambda: outcomes(owner, "slow") == ["timed_out"])
    (run,) = runs(owner, "slow")
    assert "longer than 0:00:01" in str(run["message"])
    assert run["alerted_at"] is not None
    assert server.poll() is None


def test_the_limit_is_for_all_batches_together(owner: Connection, declare: Declare, serve: Serve) -> None:
    declare(
        "endless",
        "begin perform pg_sleep(0.2); return p_limit; end",
        parameters="p_limit integer",
        time_limit="1 second",
    )
    serve()
    wait_for(lambda: outcomes(owner, "endless") == ["timed_out"])


def test_an_error_is_written_without_its_values(owner: Connection, declare: Declare, serve: Serve) -> None:
    declare("wrong", "begin perform 'Nadia'::integer; return 1; end", alert_after=2)
    serve()
    wait_for(lambda: outcomes(owner, "wrong") == ["failed"])
    make_due(owner, "wrong")
    wait_for(lambda: outcomes(owner, "wrong") == ["failed", "failed"])
    first, second = runs(owner, "wrong")
    assert str(first["message"]).startswith("22P02")
    assert "Nadia" not in str(first["message"])
    assert first["alerted_at"] is None
    assert second["alerted_at"] is not None


def test_a_database_that_is_not_there_is_a_sentence(serve: Serve, database: str) -> None:
    other = database.rsplit("/", 1)[0] + "/no_such_database"
    server = serve("--db-url", other)
    assert server.wait(20) == 3
    assert "There is no such database" in server.stderr.read()


def test_an_organizations_job_runs_for_each_in_its_own_zone(
    make_database: Callable[[str], str],
) -> None:
    with psycopg.connect(make_database("demo"), autocommit=True) as conn:
        conn.execute(
            "insert into public.scheduled_jobs (name, description, scope, cron)"
            " values ('remind', 'Of a test.', 'organization', '30 7 * * *')"
        )
        conn.execute("select app.plan_jobs()")
        at = conn.execute(
            "select distinct to_char(slots.next_run_at at time zone orgs.time_zone, 'HH24:MI')"
            " from app.job_slots as slots"
            " inner join public.organizations as orgs on orgs.id = slots.for_org_id"
            " where slots.job_name = 'remind'"
        ).fetchall()
    assert at == [("07:30",)]
