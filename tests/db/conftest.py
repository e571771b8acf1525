"""A small checkout of its own for each test, and databases on the run's throw-away server."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from carebase.db.catalogue import Catalogue, read_catalogue
from carebase.db.scratch import Scratch, database_of
from carebase.project import Project
from carebase.stack.server import PostgresServer

# What the first migration that `carebase db diff` writes begins with.
NOT_GENEROUS = "".join(
    f"alter default privileges for role postgres in schema public revoke all on {kind}"
    " from anon, authenticated, service_role;\n"
    for kind in ("tables", "sequences", "functions")
)
ROOM = '[room]\nname = "{name}"\nkind = "{kind}"\npurpose = "A room for tests."\nuses = {uses}\n'


@dataclass(frozen=True)
class House:
    """A checkout with one kernel room, `base`, and nothing declared yet."""

    project: Project

    @property
    def root(self) -> Path:
        return self.project.root

    def room(self, name: str, *, kind: str = "kernel", uses: tuple[str, ...] = (), extra: str = "") -> None:
        """Make a room, or make it anew."""
        folder = self.project.sql / name
        folder.mkdir(parents=True, exist_ok=True)
        text = ROOM.format(name=name, kind=kind, uses=list(uses)) + extra
        (folder / "room.toml").write_text(text, encoding="utf-8")

    def declare(self, text: str, *, file: str = "base/schema.sql") -> None:
        """Write a file of sql/."""
        path = self.project.sql / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def begin(self, text: str, down: str = "-- carebase: irreversible: a test\n") -> None:
        """Declare something that a first migration, written by hand, has made already."""
        self.declare(text)
        self.migration(1, NOT_GENEROUS + text, down)

    def migration(
        self, version: int, up: str, down: str | None = "-- carebase: irreversible: a test\n"
    ) -> str:
        """Write a migration and its rollback; the version as the file has it."""
        name = f"{20260101000000 + version}_step_{version}.sql"
        for folder, text in ((self.project.migrations, up), (self.project.rollbacks, down)):
            folder.mkdir(exist_ok=True)
            if text is not None:
                (folder / name).write_text(text, encoding="utf-8")
        return name[:14]


@pytest.fixture
def house(project: Project, tmp_path: Path) -> House:
    """A checkout that shares the real one's npm packages and platform objects."""
    return new_house(project, tmp_path)


def new_house(project: Project, folder: Path) -> House:
    root = (folder / "a house").resolve()
    (root / "supabase").mkdir(parents=True)
    shutil.copy(project.supabase / "config.toml", root / "supabase")
    (root / "supabase" / "platform").symlink_to(project.platform)
    (root / "node_modules").symlink_to(project.node_modules)
    house = House(Project(root))
    house.room("base")
    return house


_numbers = itertools.count()


class TidyScratch(Scratch):
    """Forgets nothing it made; several on one server have names of their own for it."""

    def __init__(self, server: PostgresServer) -> None:
        super().__init__(server, _numbers)
        self.made: list[str] = []

    def _make(self, label: str, template: str) -> str:
        url = super()._make(label, template)
        self.made.append(url)
        return url


@pytest.fixture
def scratch(server: PostgresServer) -> Iterator[Scratch]:
    """Databases on the run's server, dropped after the test."""
    with tidy_scratch(server) as scratch:
        yield scratch


@contextmanager
def tidy_scratch(server: PostgresServer) -> Iterator[Scratch]:
    scratch = TidyScratch(server)
    yield scratch
    with psycopg.connect(server.url(), autocommit=True) as conn:
        for url in scratch.made:
            conn.execute(f'drop database if exists "{database_of(url)}" with (force)')


@pytest.fixture
def url(scratch: Scratch) -> str:
    """An empty database as hosted Supabase has it, as the role `postgres`."""
    return scratch.create("test", generous=True)


def ask(url: str, question: str) -> list[tuple[object, ...]]:
    """The rows of a query."""
    with psycopg.connect(url) as conn:
        return conn.execute(question.encode()).fetchall()


def do(url: str, statement: str) -> None:
    """Run and commit something that has no rows to give."""
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute(statement.encode())


def state(url: str) -> tuple[Catalogue, list[tuple[object, ...]]]:
    """All that a failed migration must leave alone: structure, and which migrations were applied."""
    applied: list[tuple[object, ...]] = []
    if ask(url, "select to_regclass('supabase_migrations.schema_migrations') is not null") == [(True,)]:
        applied = ask(url, "select version from supabase_migrations.schema_migrations order by 1")
    return read_catalogue(url), applied
