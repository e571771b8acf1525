"""Somebody pulls the plug, at any moment: the next `up` recovers, and nothing committed is lost."""

from __future__ import annotations

import subprocess
import threading
import time

import httpx
import psycopg
import pytest

from carebase.stack import places, processes
from carebase.stack.state import StackState
from tests.stack.conftest import House


def test_rows_committed_before_kill_9_of_postgres_are_there_after_the_next_up(house: House) -> None:
    house.sql("create table if not exists public.ledger (number integer primary key)")
    committed: list[int] = []

    def write_until_the_server_dies() -> None:
        start = house.sql("select coalesce(max(number), 0) from public.ledger")[0][0] + 1
        with psycopg.connect(house.state.db_url, autocommit=True) as conn:
            for number in range(start, start + 1_000_000):
                conn.execute("insert into public.ledger values (%s)", [number])
                committed.append(number)

    def run() -> None:
        with pytest.raises(psycopg.OperationalError):
            write_until_the_server_dies()

    writer = threading.Thread(target=run)
    writer.start()
    while len(committed) < 50:
        time.sleep(0.01)
    house.kill(house.postgres_pid)
    writer.join(timeout=30)

    assert house.up()["started"] == ["postgres"]
    kept = {number for (number,) in house.sql("select number from public.ledger")}
    assert len(committed) >= 50
    assert kept.issuperset(committed)
    assert len(kept) <= len(committed) + 1  # at most the one whose confirmation did not arrive


def test_requests_under_way_when_postgres_dies_are_all_answered_and_later_ones_succeed(house: House) -> None:
    gateway = house.gateway_pid
    answers: list[tuple[float, int]] = []
    done = threading.Event()

    def ask() -> None:
        with _client(house) as client:
            while not done.is_set():
                asked = time.monotonic()
                answer = client.post("/rest/v1/rpc/who_asks", json={})
                answers.append((time.monotonic() - asked, answer.status_code))
                time.sleep(0.01)

    askers = [threading.Thread(target=ask) for _ in range(4)]
    for asker in askers:
        asker.start()
    for _ in range(2):
        already = len(answers)
        assert processes.wait_until(lambda: len(answers) > already + 50, 30)  # noqa: B023 - called at once
        house.kill(house.postgres_pid)
        house.up()
    done.set()
    for asker in askers:
        asker.join(timeout=30)
        assert not asker.is_alive()
    statuses = {status for _, status in answers}
    assert 200 in statuses
    assert statuses <= {200, 500, 503}
    assert max(seconds for seconds, _ in answers) < 15
    with _client(house) as client:
        assert [client.post("/rest/v1/rpc/who_asks", json={}).status_code for _ in range(20)] == [200] * 20
    assert house.gateway_pid == gateway


def test_a_request_that_needs_the_schema_while_postgres_is_away_is_not_told_that_nothing_is_there(
    house: House,
) -> None:
    house.sql("notify pgrst, 'reload schema'")
    time.sleep(0.5)
    house.kill(house.postgres_pid)
    with _client(house) as client:
        answer = client.post("/rest/v1/rpc/who_asks", json={})
        assert (answer.status_code, answer.json()["code"]) == (503, "PGRST001")
        house.up()
        assert client.post("/rest/v1/rpc/who_asks", json={}).status_code == 200


def _client(house: House) -> httpx.Client:
    headers = {"apikey": house.state.publishable_key}
    return httpx.Client(base_url=house.state.api_url, headers=headers, trust_env=False, timeout=30)


def test_after_kill_9_of_postgres_the_gateway_hears_of_changes_of_the_schema_again(house: House) -> None:
    house.kill(house.postgres_pid)
    assert house.run("status", expect=3).stdout.startswith("not healthy")
    house.up()
    with _client(house) as client:
        assert client.get("/health").status_code == 200
        house.sql("create table if not exists public.board (line text); grant select on public.board to anon")

        def has_seen_it() -> bool:
            return client.get("/rest/v1/board").status_code == 200

        assert processes.wait_until(has_seen_it, 10, interval=0.2)


def test_kill_9_of_the_gateway_is_healed_by_up(house: House) -> None:
    postgres = house.postgres_pid
    house.kill(house.gateway_pid)
    assert house.run("status", expect=3).stdout.startswith("not healthy")
    assert house.up()["started"] == ["gateway"]
    assert house.postgres_pid == postgres


def test_kill_9_of_both_is_healed_by_up(house: House) -> None:
    house.kill(house.gateway_pid)
    house.kill(house.postgres_pid)
    assert house.up()["started"] == ["postgres", "gateway"]


def test_kill_9_of_up_itself_is_healed_by_the_next_up(new_house: House) -> None:
    """Again and again, in each step: the next one gets further than the one that was killed."""
    for line, delay in (
        ("Starting Postgres", 0.1),
        ("Starting Postgres", 0.5),
        ("Preparing the database", 0.05),
        ("Preparing the database", 0.15),
        ("Migrating", 0.0),
        ("Starting the API gateway", 0.1),
    ):
        assert new_house.kill_at(line, delay, "up", "--no-seed") or delay > 0.1, line
    assert new_house.up()["healthy"] is True
    assert new_house.sql("select count(*) from public.notes") == [(0,)]
    assert list(places.server_home(new_house.project).glob("data.new*")) == []


def test_a_stale_pid_file_naming_an_unrelated_process_is_no_obstacle(house: House) -> None:
    house.run("down")
    user = places.server_user()
    # Of the server's own user: Postgres itself would take it for another server on this folder.
    with subprocess.Popen(["sleep", "60"], **(user.popen_options() if user else {})) as stranger:
        try:
            stale = house.data / "postmaster.pid"
            stale.write_text(f"{stranger.pid}\n{house.data}\n1\n5432\n\n127.0.0.1\n 1 1\nready   \n")
            if user:
                user.own(stale)
            (house.project.state / "gateway.json").write_text(
                f'{{"pid": {stranger.pid}, "fingerprint": "x"}}'
            )
            assert house.up()["started"] == ["postgres", "gateway"]
            assert stranger.poll() is None
        finally:
            stranger.kill()


def test_lost_secrets_are_replaced_and_the_rows_stay(house: House) -> None:
    house.sql("drop table if exists public.kept; create table public.kept as select 7 as seven")
    before = house.state
    StackState.path(house.project).unlink()
    house.up()
    assert house.state.password("postgres") != before.password("postgres")
    assert house.sql("select seven from public.kept") == [(7,)]


def test_a_changed_gateway_script_or_setting_restarts_the_gateway(house: House) -> None:
    before = house.gateway_pid
    config = house.project.supabase / "config.toml"
    config.write_text(config.read_text().replace("max_rows = 1000", "max_rows = 999"))
    assert house.up()["started"] == ["gateway"]
    assert house.gateway_pid != before
