"""kill -9 at every step: a backup leaves no file, a restore leaves the one database or the other, whole."""

from __future__ import annotations

import subprocess
import threading
import time
from pathlib import Path

import pytest

from carebase.stack import places
from tests.backup.conftest import Place, live
from tests.stack.conftest import House


def kill_at(house: House, line: str, delay: float, *arguments: str) -> bool:
    """Run a command and kill it so long after it says this; whether it was still running."""
    process = house.popen(*arguments)
    assert process.stderr
    for said in process.stderr:
        if said.startswith(line):
            break
    time.sleep(delay)
    was_running = process.poll() is None
    process.kill()
    process.communicate(timeout=30)
    return was_running


def leftovers(place: Place) -> list[str]:
    """What is in the folder of throw-away servers."""
    home = places.server_home(place.project) / "throwaway"
    return [each.name for each in home.iterdir() if each.is_dir()] if home.exists() else []


@pytest.mark.parametrize("line", ["Copying", "Recovering", "Writing"])
def test_a_killed_backup_leaves_no_file_and_the_next_one_cleans_up(
    home: Place, tmp_path: Path, line: str
) -> None:
    file, apart = tmp_path / "a.backup", tmp_path / "a.secrets"
    pid = home.postgres_pid
    killed = [
        kill_at(home, line, delay, "backup", str(file), "--secrets", str(tmp_path / f"{delay}.secrets"))
        for delay in (0.0, 0.15)
    ]
    assert killed[0]
    assert not file.exists()
    home.run("backup", str(file), "--secrets", str(apart))
    assert not list(tmp_path.glob(".carebase-*"))
    assert leftovers(home) == []
    assert home.postgres_pid == pid
    home.run("restore", str(file), "--yes", "--secrets", str(apart))


def test_a_killed_restore_leaves_one_database_whole(home: Place, tmp_path: Path) -> None:
    """Before the switch the former runs on; in it, `up` starts the one or the other."""
    live(home.clinic(), "Ida")  # so that there are secrets
    file = tmp_path / "a.backup"
    home.run("backup", str(file))
    restored = home.tables()
    home.sql("create table if not exists public.later as select 1 as number")
    steps = {
        "Checking": True, "Asking": True, "Unpacking the database": True, "Starting and": True,
        "Stopping the API": False, "Stopping Postgres": False, "Unpacking Postgres": False,
        "Starting Postgres": False, "Preparing": False, "Migrating": False,
    }  # fmt: skip
    seen = set()
    for place, (line, goes_on) in enumerate(steps.items()):
        delay = 0.05 if goes_on else (0.0, 0.1)[place % 2]
        former, pid = home.tables(), home.postgres_pid
        assert kill_at(home, line, delay, "restore", str(file), "--yes") or delay
        if goes_on:
            assert home.postgres_pid == pid, line
        home.up()
        found = home.tables()
        assert found in (former, restored), line
        seen.add(found == restored)
        if found == restored:
            home.sql("create table public.later as select 1 as number")
        home.verify()
    assert seen == {True, False}
    home.run("restore", str(file), "--yes")
    assert home.tables() == restored
    assert leftovers(home) == []
    assert not (home.data.parent / "data.former").exists()


def test_an_error_in_the_switch_brings_the_former_database_back(home: Place, tmp_path: Path) -> None:
    """A migration that fails on what was restored, and did not on what was there."""
    name = "20270101000000_later.sql"
    supabase = home.project.supabase
    file = tmp_path / "a.backup"
    home.run("backup", str(file))
    (supabase / "migrations" / name).write_text("insert into public.later (number) values (1);\n")
    (supabase / "rollbacks" / name).write_text("delete from public.later;\n")
    home.sql("create table public.later (number integer)")
    try:
        home.up()
        former = home.tables()
        home.run("restore", str(file), "--yes", expect=4)
        assert home.tables() == former
        home.run("status")
    finally:
        (supabase / "migrations" / name).unlink()
        (supabase / "rollbacks" / name).unlink()
        home.sql("drop table public.later")
        home.sql("delete from supabase_migrations.schema_migrations where version = '20270101000000'")


def test_people_write_while_a_backup_is_made(home: Place, tmp_path: Path) -> None:
    """What is in it is one moment: a row and its twin, written in one transaction, are both there or not."""
    home.sql("create table public.pairs (number integer, half text)")
    done = threading.Event()

    def write() -> None:
        number = 0
        while not done.is_set():
            number += 1
            home.sql(f"insert into public.pairs values ({number}, 'left'), ({number}, 'right')")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        file = tmp_path / "a.backup"
        home.run("backup", str(file))
    finally:
        done.set()
        writer.join(30)
    home.run("restore", str(file), "--yes")
    count, halves = home.sql("select count(distinct number), count(*) from public.pairs")[0]
    assert halves == 2 * count
    home.sql("drop table public.pairs")


def test_two_backups_at_once(home: Place, tmp_path: Path) -> None:
    processes: list[subprocess.Popen[str]] = [
        home.popen("backup", str(tmp_path / f"{number}.backup")) for number in range(2)
    ]
    for process in processes:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, f"{out}\n{err}"
    assert len(list(tmp_path.iterdir())) == 2
