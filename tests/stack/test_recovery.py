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


def test_kill_9_of_postgres_leaves_the_gateway_alive_and_it_answers_again_after_up(house: House) -> None:
    gateway = house.gateway_pid
    house.kill(house.postgres_pid)
    assert house.run("status", expect=3).stdout.startswith("not healthy")
    house.up()
    assert house.gateway_pid == gateway
    api = {"base_url": house.state.api_url, "headers": {"apikey": house.state.publishable_key}}
    with httpx.Client(**api, trust_env=False) as client:
        assert client.get("/health").status_code == 200
        # It listens for changes of the schema again, too.
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


@pytest.mark.parametrize("seconds", [0.3, 0.6, 0.9, 1.2, 1.6, 2.0])
def test_kill_9_of_up_itself_is_healed_by_the_next_up(new_house: House, seconds: float) -> None:
    first = new_house.popen("up", "--no-seed")
    time.sleep(seconds)
    first.kill()
    first.communicate()
    assert new_house.up()["healthy"] is True
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
