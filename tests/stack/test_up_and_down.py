"""An engineer brings the stack up, asks how it is, takes it down, and repeats all that at will."""

from __future__ import annotations

import json
import select
import stat
import time

import httpx
import psycopg

from carebase.stack import ports
from tests.stack.conftest import House

STATUS_KEYS = [
    "db_url",
    "api_url",
    "publishable_key",
    "secret_key",
    "postgres_version",
    "migrations",
    "healthy",
]


def test_up_works_in_a_folder_with_a_space_that_others_cannot_read(house: House) -> None:
    assert " " in house.project.root.name
    assert stat.S_IMODE(house.project.root.stat().st_mode) == 0o700
    assert house.sql("select count(*) from public.notes") == [(0,)]
    assert httpx.get(f"{house.state.api_url}/health", trust_env=False).json() == {"status": "ok"}


def test_status_prints_what_a_script_needs(house: House) -> None:
    printed = json.loads(house.run("status", "--json").stdout)
    assert list(printed) == STATUS_KEYS
    assert printed["healthy"] is True
    assert printed["postgres_version"].startswith("17.")
    assert printed["migrations"]["pending"] == []
    assert printed["migrations"]["applied"] == ["20260101000000_notes"]
    assert printed["api_url"] == house.state.api_url
    assert printed["publishable_key"].startswith("sb_publishable_")
    assert printed["secret_key"].startswith("sb_secret_")
    with psycopg.connect(printed["db_url"]) as conn:
        assert conn.execute("select current_user").fetchone() == ("postgres",)


def test_a_second_up_finds_everything_done_and_is_quick(house: House) -> None:
    pids = house.postgres_pid, house.gateway_pid
    started = time.monotonic()
    printed = house.up()
    assert time.monotonic() - started < 15
    assert (printed["started"], printed["migrated"]) == ([], [])
    assert (house.postgres_pid, house.gateway_pid) == pids


def test_down_stops_both_servers_and_keeps_rows_ports_and_keys(house: House) -> None:
    before = house.state
    house.sql("create table public.kept as select 42 as answer")
    house.run("down")
    assert ports.is_free(before.db_port)
    assert ports.is_free(before.api_port)
    house.run("down")  # once more changes nothing
    # Its status says so, and exits with 3.
    printed = json.loads(house.run("status", "--json", expect=3).stdout)
    assert list(printed) == STATUS_KEYS
    assert printed["healthy"] is False
    assert printed["postgres_version"] is None
    assert printed["api_url"] == before.api_url
    house.up()
    assert house.state == before
    assert house.sql("select answer from public.kept") == [(42,)]


def test_status_of_a_stack_that_never_was_says_so_and_exits_with_3(new_house: House) -> None:
    printed = json.loads(new_house.run("status", "--json", expect=3).stdout)
    assert list(printed) == STATUS_KEYS
    assert printed["db_url"] is None
    assert "carebase up" in new_house.run("status", expect=3).stderr


def test_ports_asked_for_are_used_and_remembered(house: House) -> None:
    db_port, api_port = ports.free_port(), ports.free_port()
    printed = house.up("--db-port", str(db_port), "--api-port", str(api_port))
    assert printed["started"] == ["postgres", "gateway"]
    assert printed["api_url"].endswith(f":{api_port}")
    assert house.up()["db_url"].endswith(f":{db_port}/postgres")


def test_two_first_ups_at_once_both_end_well_on_one_server_in_less_than_15_seconds(new_house: House) -> None:
    began = time.monotonic()
    printed = []
    for process in [new_house.start("up", "--no-seed", "--json") for _ in range(2)]:
        with process:
            out, err = process.communicate(timeout=60)
            assert process.returncode == 0, err
            printed.append(json.loads(out))
    assert time.monotonic() - began < 15
    waited, worked = sorted(printed, key=lambda each: len(each["started"]))
    assert (waited["started"], worked["started"]) == ([], ["postgres", "gateway"])
    assert len(worked["migrated"]) == 1
    assert worked["healthy"] is waited["healthy"] is True
    assert waited["db_url"] == worked["db_url"]


def test_up_tells_what_to_try_next(house: House) -> None:
    shown = house.run("up", "--no-seed").stdout
    assert house.state.api_url in shown
    assert house.state.publishable_key in shown
    assert shown.count("  carebase ") == 3


def test_logs_show_both_servers_or_one(house: House) -> None:
    httpx.get(f"{house.state.api_url}/health", trust_env=False)
    both = house.run("logs").stdout
    assert "database system is ready to accept connections" in both
    assert '"path":"/health"' in both
    one = house.run("logs", "gateway", "--lines", "1").stdout
    assert json.loads(one)["path"] == "/health"
    assert "not a service" in house.run("logs", "nginx", expect=2).stderr


def test_logs_follow_goes_on_with_new_lines(house: House) -> None:
    with house.start("logs", "gateway", "--follow", "--lines", "0") as following:
        # The command starts at the end of the file as it is then.
        for _ in range(50):
            httpx.get(f"{house.state.api_url}/no/such/page", trust_env=False)
            if select.select([following.stdout], [], [], 0.3)[0]:
                break
        assert json.loads(following.stdout.readline())["path"] == "/no/such/page"


def test_reset_asks_first_and_deletes_nothing_unasked(house: House) -> None:
    house.sql("create table public.precious as select 1 as a")
    refused = house.run("reset", expect=2)
    assert "--yes" in refused.stderr
    assert house.sql("select a from public.precious") == [(1,)]


def test_reset_begins_anew_with_the_same_ports_and_keys(house: House) -> None:
    before = house.state
    house.sql("create table public.gone as select 1 as a")
    house.run("reset", "--yes", "--no-seed")
    assert house.state == before
    assert house.sql("select to_regclass('public.gone'), count(*) from public.notes") == [(None, 0)]
