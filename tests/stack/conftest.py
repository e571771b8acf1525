"""A checkout of its own, with a stack of its own, for tests that start, break and repair it.

`house`    a small checkout in a folder with a space in its name that nobody else may read; its stack is up
`gateway`  a gateway over a fresh database with one table and a few functions, shared by a module's tests
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from supabase import Client, create_client

from carebase.project import Project
from carebase.stack import local, places, platform, ports
from carebase.stack.datafolder import SUPERUSER
from carebase.stack.gateway import Gateway
from carebase.stack.server import PostgresServer
from carebase.stack.state import StackState
from tests.commands import Started, carebase
from tests.conftest import cloned

HERE = Path(__file__).parent
MIGRATION = "20260101000000_notes.sql"


@dataclass
class House:
    """A checkout, and the CLI run in it."""

    project: Project
    env: dict[str, str] = field(default_factory=dict)

    @property
    def state(self) -> StackState:
        return StackState.load(self.project)

    @property
    def data(self) -> Path:
        return places.server_home(self.project) / "data"

    @property
    def postgres_pid(self) -> int:
        return int((self.data / "postmaster.pid").read_text().split("\n")[0])

    @property
    def gateway_pid(self) -> int:
        return int(json.loads((self.project.state / "gateway.json").read_text())["pid"])

    def popen(self, *arguments: str, **options: Any) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "carebase_cli", *arguments],
            cwd=self.project.root,
            env={
                **os.environ,
                "CAREBASE_PROJECT": str(self.project.root),
                **self.env,
                **options.pop("env", {}),
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )

    def start(self, *arguments: str) -> Started:
        """Start `carebase`, to be killed or looked at while it runs."""
        settings = {"CAREBASE_PROJECT": str(self.project.root), **self.env}
        return Started(*arguments, cwd=self.project.root, env=settings)

    def kill_at(self, line: str, delay: float, *arguments: str) -> bool:
        """Kill a command so long after it says this; whether it was still running."""
        with self.start(*arguments) as process:
            heard: list[str] = []
            for each in process.stderr:
                heard.append(each)
                if each.startswith(line):
                    break
            else:
                pytest.fail(f"{arguments} ended without a word of {line}:\n{''.join(heard)}")
            time.sleep(delay)
            return process.poll() is None

    def run(
        self, *arguments: str, expect: int = 0, traceback: bool = False, **options: Any
    ) -> subprocess.CompletedProcess[str]:
        """Run `carebase` to its end; its exit code must be `expect`; only `--verbose` shows a traceback."""
        settings = {"CAREBASE_PROJECT": str(self.project.root), **self.env, **options.pop("env", {})}
        done = carebase(*arguments, cwd=self.project.root, env=settings, **options)
        assert done.returncode == expect, f"{arguments} gave {done.returncode}\n{done.stdout}\n{done.stderr}"
        assert ("Traceback" in done.stderr) is traceback
        return done

    def up(self, *arguments: str) -> dict[str, Any]:
        """Bring the stack up; what `up --json` printed."""
        printed: dict[str, Any] = json.loads(self.run("up", "--no-seed", "--json", *arguments).stdout)
        return printed

    def sql(self, query: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.state.db_url, autocommit=True) as conn:
            cursor = conn.execute(query.encode())
            return cursor.fetchall() if cursor.description else []

    def kill(self, pid: int) -> None:
        os.kill(pid, signal.SIGKILL)

    def leave_the_usual_ports(self) -> None:
        """Before its first `up`: another house may take the usual ports while this one is down."""
        StackState.new(db_port=ports.free_port(), api_port=ports.free_port()).save(self.project)


def _build(project: Project, root: Path) -> House:
    """The parts of the checkout that the stack is made of, with a migration of the test's own."""
    for name in ("gateway", "platform", "config.toml"):
        source = project.supabase / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        (root / "supabase").mkdir(parents=True, exist_ok=True)
        copy(source, root / "supabase" / name)
    (root / "sql").mkdir()
    (root / "supabase" / "rollbacks").mkdir()
    (root / "supabase" / "migrations").mkdir()
    shutil.copy(HERE / "notes.sql", root / "supabase" / "migrations" / MIGRATION)
    (root / "supabase" / "rollbacks" / MIGRATION).write_text("drop table public.notes cascade;\n")
    (root / "node_modules").symlink_to(project.node_modules)
    root.chmod(0o700)
    return House(Project(root))


def _tear_down(house: House) -> None:
    house.run("down")
    home = places.server_home(house.project)
    shutil.rmtree(home)


@pytest.fixture(scope="module")
def shared_house(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = _build(project, tmp_path_factory.mktemp("stack") / "a house")
    house.env = {"CAREBASE_STATE": ""}
    house.leave_the_usual_ports()
    try:
        yield house
    finally:
        _tear_down(house)


@pytest.fixture
def house(shared_house: House) -> House:
    """The module's checkout, its stack up and healthy whatever the test before did to it."""
    if not local.status(shared_house.project).healthy:
        shared_house.up()
    return shared_house


@pytest.fixture
def new_house(project: Project, tmp_path: Path) -> Iterator[House]:
    """A checkout whose stack was never up."""
    house = _build(project, tmp_path / "a new house")
    house.env = {"CAREBASE_STATE": ""}
    try:
        yield house
    finally:
        _tear_down(house)


@contextmanager
def signed_out(url: str, key: str) -> Iterator[Client]:
    """A client of Supabase's library that nobody is signed in with; its connections are closed afterwards."""
    client = create_client(url, key)
    with client.auth, client.postgrest:
        yield client


@dataclass(frozen=True)
class Served:
    """A gateway, what it was started with, and the database behind it."""

    gateway: Gateway
    state: StackState
    database: str

    @property
    def url(self) -> str:
        return self.state.api_url

    def url_as(self, role: str) -> str:
        return self.state.url_for(role, self.database)

    def value(self, query: str, *parameters: object) -> object:
        """One value, straight from the database as its owner."""
        with psycopg.connect(self.url_as("postgres"), autocommit=True) as conn:
            row = conn.execute(query.encode(), parameters).fetchone()
            return row[0] if row else None

    def execute(self, statements: str, *, role: str = "postgres") -> None:
        with psycopg.connect(self.url_as(role), autocommit=True) as conn:
            conn.execute(statements.encode())

    def execute_as_admin(self, statements: str) -> None:
        self.execute(statements, role=SUPERUSER)


@pytest.fixture(scope="module")
def served(
    server: PostgresServer, project: Project, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """The gateway over a database of this module's own that holds `notes.sql`."""
    with cloned(server, platform.TEMPLATE) as database:
        state = StackState.beside(server)
        gateway = Gateway(Project(project.root, tmp_path_factory.mktemp("gateway")), state, database=database)
        of_module = Served(gateway, state, database)
        of_module.execute((HERE / "notes.sql").read_text(encoding="utf-8"))
        gateway.start()
        try:
            yield of_module
        finally:
            gateway.stop()
