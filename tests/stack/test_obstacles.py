"""What stands in the way is named in a sentence that says what to do, and the exit code is not zero."""

from __future__ import annotations

import resource
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from carebase.stack import places, ports
from tests.stack.conftest import House


@contextmanager
def taken(port: int) -> Iterator[None]:
    """Another program listens on `port`."""
    with closing(socket.create_server(("127.0.0.1", port))):
        yield


def test_a_remembered_port_that_is_taken(house: House) -> None:
    for option in ("--db-port", "--api-port"):
        house.run("down")
        port = house.state.db_port if option == "--db-port" else house.state.api_port
        with taken(port):
            refused = house.run("up", "--no-seed", expect=3).stderr
            assert f"Port {port}" in refused
            assert f"carebase up {option}" in refused
            house.up(option, str(ports.free_port()))  # as the hint says
    assert house.up()["started"] == []


def test_one_port_for_both_servers(new_house: House) -> None:
    port = str(ports.free_port())
    refused = new_house.run("up", "--db-port", port, "--api-port", port, expect=2).stderr
    assert "two different ports" in refused


def test_no_node_on_the_path(house: House, tmp_path: Path) -> None:
    refused = house.run("up", "--no-seed", env={"PATH": str(tmp_path)}, expect=3).stderr
    assert "Node.js" in refused
    assert "Install" in refused


def test_a_node_that_is_too_old(house: House, tmp_path: Path) -> None:
    old = tmp_path / "node"
    old.write_text("#!/bin/sh\necho v16.20.2\n")
    old.chmod(0o755)
    refused = house.run("up", "--no-seed", env={"PATH": f"{tmp_path}:/usr/bin:/bin"}, expect=3).stderr
    assert "16.20.2" in refused


def test_npm_packages_that_are_not_installed(new_house: House) -> None:
    (new_house.project.root / "node_modules").unlink()
    refused = new_house.run("up", "--no-seed", expect=3).stderr
    assert "npm ci" in refused
    assert "make up" in refused


def test_a_first_up_without_room_on_the_disk_and_without_the_usual_ports(new_house: House) -> None:
    def nothing_larger_than_4_mb() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4 * 1024 * 1024, 4 * 1024 * 1024))

    usual = [port for port in (24321, 24322) if ports.is_free(port)]
    with taken(usual[0]) if usual else taken(ports.free_port()):
        process = new_house.popen("up", "--no-seed", preexec_fn=nothing_larger_than_4_mb)
        _, refused = process.communicate(timeout=120)
        assert process.returncode == 3
        assert "Traceback" not in refused
        assert "no room left on the disk" in refused
        assert "Free some space" in refused
        printed = new_house.up()  # with room, the same command works
    assert printed["healthy"] is True
    assert not {new_house.state.db_port, new_house.state.api_port} & set(usual[:1])


@pytest.fixture
def stopped(shared_house: House) -> House:
    """The module's checkout: its stack has been up, and is down."""
    if not shared_house.data.exists():
        shared_house.up()
    if (shared_house.data / "postmaster.pid").exists():
        shared_house.run("down")
    return shared_house


@pytest.fixture
def missing(stopped: House, tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Take files out of the data folder of the stopped server; they come back after the test."""
    taken_out: list[tuple[Path, Path]] = []

    def take_out(name: str) -> Path:
        path, kept = stopped.data / name, tmp_path / str(len(taken_out))
        shutil.move(path, kept)  # which keeps the owner
        taken_out.append((path, kept))
        return path

    yield take_out
    for path, kept in taken_out:
        path.unlink(missing_ok=True)
        shutil.move(kept, path)


def put_in(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    if user := places.server_user():
        user.own(path)


def assert_damaged(house: House) -> None:
    refused = house.run("up", "--no-seed", expect=3).stderr
    assert "damaged" in refused
    assert "carebase reset" in refused


@pytest.mark.parametrize("name", ["global/pg_control", "PG_VERSION", "postgresql.conf"])
def test_a_data_folder_without_one_of_its_files(
    stopped: House, missing: Callable[[str], Path], name: str
) -> None:
    missing(name)
    assert_damaged(stopped)


def test_a_data_folder_with_a_control_file_of_zeros(stopped: House, missing: Callable[[str], Path]) -> None:
    put_in(missing("global/pg_control"), bytes(8192))
    assert_damaged(stopped)


def test_a_data_folder_of_another_version(stopped: House, missing: Callable[[str], Path]) -> None:
    put_in(missing("PG_VERSION"), b"16\n")
    assert_damaged(stopped)


def test_a_data_folder_without_its_write_ahead_log(stopped: House, missing: Callable[[str], Path]) -> None:
    for segment in [path for path in (stopped.data / "pg_wal").iterdir() if path.is_file()]:
        missing(f"pg_wal/{segment.name}")
    assert_damaged(stopped)


def test_reset_replaces_a_damaged_data_folder_and_a_damaged_file_of_secrets(stopped: House) -> None:
    (stopped.data / "global" / "pg_control").unlink()
    path = stopped.project.state / "stack.json"
    path.write_text('{"db_port": ')
    for command in ("up", "down", "status"):
        refused = stopped.run(command, expect=3).stderr
        assert "damaged" in refused
        assert "carebase reset" in refused
    stopped.run("reset", "--yes", "--no-seed")
    printed = stopped.up()
    assert (printed["started"], printed["healthy"]) == ([], True)


def test_a_failing_migration_leaves_the_servers_up_and_the_database_as_it_was(stopped: House) -> None:
    broken = stopped.project.migrations / "20260102000000_broken.sql"
    (stopped.project.rollbacks / broken.name).write_text("drop table public.half;\n")
    broken.write_text("create table public.half (a integer);\nselect 1 / 0;\n")
    refused = stopped.run("up", "--no-seed", expect=4).stderr
    assert "20260102000000_broken" in refused
    assert stopped.sql("select to_regclass('public.notes') is not null, to_regclass('public.half')") == [
        (True, None)
    ]
    broken.unlink()
    (stopped.project.rollbacks / broken.name).unlink()
    assert stopped.up()["healthy"] is True


def test_a_state_folder_that_cannot_be_made(new_house: House) -> None:
    (new_house.project.root / ".carebase").write_text("a file, not a folder")
    refused = new_house.run("up", "--no-seed", expect=3).stderr
    assert ".carebase" in refused
    (new_house.project.root / ".carebase").unlink()


def test_the_server_runs_as_an_unprivileged_user(house: House) -> None:
    owner = Path(f"/proc/{house.postgres_pid}").stat().st_uid
    user = places.server_user()
    assert owner != 0
    assert user is None or owner == user.uid
