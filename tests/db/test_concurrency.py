"""Two runs at once: one waits and says so, both end well, and every migration ran once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from carebase.db import lock, migrations
from carebase.db.connect import connect_as_owner
from carebase.db.migrations import Watcher
from tests.db.conftest import House, ask

RUN = """
import os, sys
from pathlib import Path
from carebase.db import migrations
from carebase.db.migrations import Watcher
from carebase.project import Project

class Loud(Watcher):
    def waiting(self): print("waiting", flush=True)
    def ends(self, migration, seconds): print(migration.name, flush=True)

migrations.migrate(Project(Path(sys.argv[1])), os.environ["URL"], watcher=Loud())
"""


SLEEPS = "query like '%pg_sleep(30)%' and pid <> pg_backend_pid()"


def start(house: House, url: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", RUN, str(house.root)],
        env={**os.environ, "URL": url},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def await_sleep(url: str) -> None:
    """Wait until a migration that sleeps has come to that."""
    deadline = time.monotonic() + 30
    while not ask(url, f"select 1 from pg_stat_activity where {SLEEPS} and state = 'active'"):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_two_processes(house: House, url: str) -> None:
    house.migration(1, "create table public.ran (name text);")
    for number in (2, 3, 4):
        house.migration(number, f"select pg_sleep(0.4); insert into public.ran values ('step_{number}');")
    ended = [process.communicate(timeout=60) for process in (start(house, url), start(house, url))]
    assert [err for _, err in ended] == ["", ""]
    said = sorted(out.split() for out, _ in ended)
    assert said == [["step_1", "step_2", "step_3", "step_4"], ["waiting"]]
    assert ask(url, "select name from public.ran order by 1") == [("step_2",), ("step_3",), ("step_4",)]


def test_an_index_made_concurrently_does_not_wait_for_who_waits(house: House, url: str) -> None:
    house.migration(1, "create table public.t (a int); select pg_sleep(0.5);")
    house.migration(2, "-- carebase: transaction=off\ncreate index concurrently t_idx on public.t (a);")
    ended = [process.communicate(timeout=60) for process in (start(house, url), start(house, url))]
    assert sorted(out.split() for out, _ in ended) == [["step_1", "step_2"], ["waiting"]]


def test_a_run_that_is_killed_lets_go_and_leaves_nothing_half(house: House, url: str) -> None:
    house.migration(1, "create table public.t (a int); select pg_sleep(30);")
    run = start(house, url)
    await_sleep(url)
    run.kill()
    run.communicate(timeout=10)
    # A server notices only at its next word that the client is gone.
    ask(url, f"select pg_terminate_backend(pid) from pg_stat_activity where {SLEEPS}")
    house.migration(1, "create table public.t (a int);")
    assert [migration.name for migration in migrations.migrate(house.project, url)] == ["step_1"]


def test_ctrl_c_undoes_the_running_migration_and_keeps_the_earlier(house: House, url: str) -> None:
    house.migration(1, "create table public.kept (a int);")
    house.migration(2, "create table public.half (a int); select pg_sleep(30);")
    run = start(house, url)
    await_sleep(url)
    run.send_signal(signal.SIGINT)
    assert "KeyboardInterrupt" in run.communicate(timeout=10)[1]
    assert ask(url, "select to_regclass('public.kept') is not null, to_regclass('public.half')") == [
        (True, None)
    ]
    house.migration(2, "create table public.half (a int);")
    assert [migration.name for migration in migrations.migrate(house.project, url)] == ["step_2"]


def test_waiting_is_said_once_and_ends_with_the_lock(house: House, url: str) -> None:
    house.migration(1, "create table public.t (a int);")
    said: list[str] = []

    class Listening(Watcher):
        def waiting(self) -> None:
            said.append("waiting")

    with connect_as_owner(url) as conn:
        with lock.exclusive(conn, lambda: pytest.fail("nobody holds it")):
            waiter = threading.Thread(
                target=migrations.migrate, args=(house.project, url), kwargs={"watcher": Listening()}
            )
            waiter.start()
            time.sleep(0.7)
            assert waiter.is_alive()
        waiter.join(timeout=10)
    assert not waiter.is_alive()
    assert said == ["waiting"]
