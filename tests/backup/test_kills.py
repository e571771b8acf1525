"""kill -9 at every step: a backup leaves no file, a restore leaves the one database or the other, whole."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

import pytest

from carebase.stack import places
from tests.backup.conftest import Place, Tables, live


def leftovers(place: Place) -> list[str]:
    """What is in the folder of throw-away servers."""
    home = places.server_home(place.project) / "throwaway"
    return [each.name for each in home.iterdir() if each.is_dir()] if home.exists() else []


@dataclass
class Kept:
    """A backup that was made after others were killed, and the tables that are in it."""

    file: Path
    tables: Tables
    # While they were made: which of them were still running when they were killed, and what they left.
    killed: dict[str, bool]
    left: list[Path]
    pids: set[int]


@pytest.fixture(scope="module")
def kept(settled: Place, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """One is killed in each of its steps, then one is made."""
    folder = tmp_path_factory.mktemp("backups")
    file = folder / "a.backup"
    settled.up()
    live(settled.clinic(), "Ida")  # so that there are secrets
    pid, killed, left = settled.postgres_pid, {}, []
    for line, delay in (("Copying", 0.15), ("Recovering", 0.05), ("Writing", 0.1)):
        secrets = str(folder / f"{line}.secrets")
        killed[line] = settled.kill_at(line, delay, "backup", str(file), "--secrets", secrets)
        left += folder.glob("*.backup")
    settled.run("backup", str(file), "--secrets", str(folder / "a.secrets"))
    return Kept(file, settled.tables(), killed, left, {pid, settled.postgres_pid})


def test_a_killed_backup_leaves_no_file_and_the_next_one_cleans_up(home: Place, kept: Kept) -> None:
    assert kept.killed == {"Copying": True, "Recovering": True, "Writing": True}
    assert kept.left == []
    assert not list(kept.file.parent.glob(".carebase-*"))
    assert leftovers(home) == []
    assert kept.pids == {home.postgres_pid}


def test_a_killed_restore_leaves_one_database_whole(home: Place, kept: Kept) -> None:
    """Before the switch the former runs on; in it, `up` starts the one or the other."""
    home.sql("create table if not exists public.later as select 1 as number")
    pid = home.postgres_pid
    former = home.tables()
    # A moment later than the first it asks for secrets.
    for line in ("Checking", "Unpacking the database", "Starting and"):
        assert home.kill_at(line, 0.05, "restore", str(kept.file), "--yes"), line
        assert home.postgres_pid == pid, line
        assert home.tables() == former, line
    seen = set()
    # Two of these end a moment later, in the step after.
    for line, delay in {
        "Stopping Postgres": 0.0, "Unpacking Postgres": 0.0, "Preparing": 0.05,
        "Migrating": 0.1,
    }.items():  # fmt: skip
        assert home.kill_at(line, delay, "restore", str(kept.file), "--yes") or delay
        home.up()
        found = home.tables()
        assert found in (former, kept.tables), line
        seen.add(found == kept.tables)
        if found == kept.tables:
            home.sql("create table public.later as select 1 as number")
            former = home.tables()
        home.verify()
    assert seen == {True, False}
    home.run("restore", str(kept.file), "--yes")
    assert home.tables() == kept.tables
    assert leftovers(home) == []
    assert not (home.data.parent / "data.former").exists()


def test_an_error_in_the_switch_brings_the_former_database_back(home: Place, kept: Kept) -> None:
    """A migration that fails on what was restored, and did not on what was there."""
    name = "20270101000000_later.sql"
    supabase = home.project.supabase
    (supabase / "migrations" / name).write_text("insert into public.later (number) values (1);\n")
    (supabase / "rollbacks" / name).write_text("delete from public.later;\n")
    home.sql("create table public.later (number integer)")
    try:
        home.up()
        former = home.tables()
        home.run("restore", str(kept.file), "--yes", expect=4)
        assert home.tables() == former
        home.run("status")
    finally:
        (supabase / "migrations" / name).unlink()
        (supabase / "rollbacks" / name).unlink()
        home.sql("drop table public.later")
        home.sql("delete from supabase_migrations.schema_migrations where version = '20270101000000'")


def test_people_write_while_two_backups_are_made(home: Place, tmp_path: Path) -> None:
    """What is in one is one moment: a row and its twin, written in one transaction, are both there or not."""
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
        files = [tmp_path / f"{number}.backup" for number in range(2)]
        processes = [home.start("backup", str(file)) for file in files]
        for process in processes:
            with process:
                out, err = process.communicate()
                assert process.returncode == 0, f"{out}\n{err}"
    finally:
        done.set()
        writer.join(30)
    assert sorted(tmp_path.iterdir()) == files
    home.run("restore", str(files[1]), "--yes")
    count, halves = home.sql("select count(distinct number), count(*) from public.pairs")[0]
    assert halves == 2 * count
    home.sql("drop table public.pairs")
