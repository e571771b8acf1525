"""Tests and tools use servers of their own, which are gone afterwards, even after kill -9."""

from __future__ import annotations

import os
import resource
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from carebase.problems import EnvironmentProblem
from carebase.project import Project
from carebase.stack import places, platform, ports, prepared, processes
from carebase.stack.datafolder import SUPERUSER
from carebase.stack.runtime import Runtime
from carebase.stack.scratch_folder import scratch_folder
from carebase.stack.server import PostgresServer, throwaway

KILLED = """
import sys, time
from carebase.project import Project
from carebase.stack.server import throwaway
with throwaway(Project.find()) as server:
    print(server.data, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def aside(project: Project, tmp_path: Path) -> Project:
    """The checkout with a state folder of the test's own."""
    return Project(project.root, tmp_path / "a state")


def test_two_at_once_do_not_meet_and_leave_nothing(aside: Project) -> None:
    with throwaway(aside) as one, throwaway(aside) as other:
        assert one.port != other.port
        with psycopg.connect(one.url(), autocommit=True) as conn:
            conn.execute("create table only_here (id integer)")
        with psycopg.connect(other.url()) as conn:
            assert conn.execute("select to_regclass('only_here')").fetchone() == (None,)
    for server in (one, other):
        assert not server.data.parent.exists()
        assert ports.is_free(server.port)


def test_they_are_in_memory_where_there_is_plenty_and_the_place_is_ours(
    aside: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_disk = places.server_home(aside) / "throwaway"
    monkeypatch.setattr(places, "_MEMORY", tmp_path)
    monkeypatch.setattr(places, "_PLENTY", 0)
    ours = places.scratch_home(aside, small=True)
    assert ours.parent == tmp_path
    assert places.scratch_home(aside, small=False) == on_disk
    ours.rmdir()
    ours.symlink_to(aside.root)
    assert places.scratch_home(aside, small=True) == on_disk
    ours.unlink()
    monkeypatch.setattr(places, "_PLENTY", 1 << 60)
    assert places.scratch_home(aside, small=True) == on_disk
    monkeypatch.setattr(places, "_MEMINFO", tmp_path / "no such file")
    assert places.scratch_home(aside, small=True) == on_disk


def test_settings_reach_the_server_every_login_role_and_nobody_without_password_and_no_second_one(
    aside: Project,
) -> None:
    settings = {"work_mem": "7MB", "application_name": "it's a \\ test"}
    with throwaway(aside, settings=settings) as server:
        with psycopg.connect(server.url()) as conn:
            assert conn.execute("show work_mem").fetchone() == ("7MB",)
            assert conn.execute(
                "select reset_val from pg_settings where name = 'application_name'"
            ).fetchone() == (settings["application_name"],)
        for role in (SUPERUSER, *platform.LOGIN_ROLES):
            with psycopg.connect(server.url(user=role)) as conn:
                assert conn.execute("select session_user").fetchone() == (role,)
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(server.url(), password="guess").close()
        # Its port is its own.
        with scratch_folder(aside, small=True) as folder:
            second = PostgresServer(
                Runtime.ensure(aside),
                folder / "data",
                port=server.port,
                passwords={SUPERUSER: "x" * 20},
                log=folder / "postgres.log",
                durable=False,
            )
            with pytest.raises(EnvironmentProblem) as refused:
                second.start()
            assert refused.value.code == "port_taken"
            assert server.is_running()


def test_pgtap_is_there_on_both_versions(aside: Project) -> None:
    for version in (15, 17):
        with throwaway(aside, version) as server, psycopg.connect(server.url(), autocommit=True) as conn:
            conn.execute("create extension pgtap with schema extensions")
            conn.execute("select plan(1)")
            assert conn.execute("select has_table('auth', 'users', 'works')").fetchone() == ("ok 1 - works",)


def test_the_next_one_sweeps_up_after_one_that_was_killed(aside: Project) -> None:
    assert aside.state_folder
    environment = {
        **os.environ,
        "CAREBASE_PROJECT": str(aside.root),
        "CAREBASE_STATE": str(aside.state_folder),
    }
    killed = subprocess.Popen(
        [sys.executable, "-c", KILLED], stdout=subprocess.PIPE, env=environment, text=True
    )
    assert killed.stdout
    data = Path(killed.stdout.readline().strip())
    orphan = processes.read_pid(data / "postmaster.pid")
    assert orphan
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert processes.command_of(orphan)
    with scratch_folder(aside, small=True):
        assert not data.parent.exists()
        assert processes.wait_until(lambda: not processes.command_of(orphan), 5)


def test_what_they_start_with_is_made_once_and_whole(aside: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    runtime = Runtime.ensure(aside)
    home = places.make_folder(places.server_home(aside) / "origins", 0o711)
    monkeypatch.setattr(places, "runtime_home", lambda project: home)

    def started() -> Path:
        with throwaway(aside, runtime=runtime) as server, psycopg.connect(server.url()) as conn:
            assert conn.execute("select count(*) from auth.users").fetchone() == (0,)
        (origin,) = home.glob("prepared-*/")
        return origin

    unused = home / "prepared-of-a-former-platform"
    unused.mkdir()
    os.utime(unused, (0, 0))
    origin = started()
    assert stat.S_IMODE((origin / "passwords.json").stat().st_mode) == 0o600
    made = (origin / "data" / "PG_VERSION").stat().st_mtime_ns
    assert (started() / "data" / "PG_VERSION").stat().st_mtime_ns == made

    with pytest.raises(EnvironmentProblem) as refused:
        prepared.copy_data(aside, runtime, home / "nowhere" / "data", lambda data, passwords: None)
    assert refused.value.code == "copy_failed"

    # Killed while it was made: it is not there, what it left is removed, and it is made again.
    origin.rename(home / f"unfinished-{origin.name}-killed")
    assert (started() / "data" / "PG_VERSION").stat().st_mtime_ns > made
    assert sorted(path.suffix for path in home.iterdir()) == ["", ".lock"]


def test_unpacked_programs_are_complete_and_unpacked_once(aside: Project) -> None:
    runtime = Runtime.ensure(aside)
    made = runtime.folder.stat().st_mtime_ns
    links = [path for path in runtime.folder.rglob("*") if path.is_symlink()]
    assert links
    assert all(link.exists() and not link.readlink().is_absolute() for link in links)
    assert (runtime.folder / "share" / "postgresql" / "extension" / "pgtap.control").is_file()
    assert Runtime.ensure(aside).folder.stat().st_mtime_ns == made


def test_a_strict_umask_changes_nothing(
    aside: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, strict_umask: None
) -> None:
    with throwaway(aside) as server:
        assert server.is_running()
    monkeypatch.setattr(places, "runtime_home", lambda project: tmp_path)
    unpacked = Runtime.ensure(aside)
    assert unpacked.folder.parent == tmp_path
    for path in unpacked.folder.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) in (0o755, 0o644), path
    assert os.access(unpacked.postgres, os.X_OK)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("unpacking")] == []


@pytest.fixture
def strict_umask() -> Iterator[None]:
    """New files are for nobody but their owner."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def test_a_full_disk_while_unpacking_says_so_and_leaves_nothing(
    aside: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "runtime_home", lambda project: tmp_path)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4 * 1024 * 1024, before[1]))
    try:
        with pytest.raises(EnvironmentProblem) as refused:
            Runtime.ensure(aside)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert refused.value.code == "disk_full"
    assert [path.suffix for path in tmp_path.iterdir() if path != aside.state_folder] == [".lock"]
