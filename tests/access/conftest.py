"""The real declared database with one more room, `ward`, that uses every scope and column feature."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from carebase.access import compile_rooms
from carebase.db import declared
from carebase.project import Project
from carebase.stack.server import PostgresServer
from tests.conftest import cloned

WARD = Path(__file__).parent / "ward"
Connection = psycopg.Connection[tuple[object, ...]]


@dataclass(frozen=True)
class House:
    """A checkout in a temporary folder."""

    project: Project

    def replace(self, file: str, old: str, new: str) -> None:
        """Exchange a piece of text that occurs exactly once."""
        path = self.project.root / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def generated(self, table: str) -> str:
        """What the matrix of a table of the ward compiles to."""
        compile_rooms(self.project)
        return (self.project.sql / "ward" / "generated" / f"{table}.sql").read_text(encoding="utf-8")


def _furnish(project: Project, root: Path) -> House:
    (root / "supabase").mkdir(parents=True)
    shutil.copy(project.supabase / "config.toml", root / "supabase")
    shutil.copytree(project.sql, root / "sql")
    shutil.copytree(WARD, root / "sql" / "ward")
    return House(Project(root.resolve()))


@pytest.fixture
def house(project: Project, tmp_path: Path) -> House:
    """A fresh copy, to be broken."""
    return _furnish(project, tmp_path / "house")


@pytest.fixture(scope="package")
def ward(project: Project, server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of a database that the sound copy is built in, with the helpers that act as people."""
    house = _furnish(project, tmp_path_factory.mktemp("ward") / "house")
    compile_rooms(house.project)
    with cloned(server, "platform") as name:
        declared.build(server.url(name, "postgres"), house.project)
        with psycopg.connect(server.url(name), autocommit=True) as setup:
            setup.execute((project.root / "tests" / "sql" / "helpers.sql").read_bytes())
            setup.execute((WARD.parent / "story.sql").read_bytes())
        yield server.url(name)


@dataclass(frozen=True)
class Story:
    """A transaction in which people act, undone after the test."""

    conn: Connection

    def act_as(self, name: str) -> None:
        """From here on, statements are this person's requests."""
        self.conn.execute("reset role")
        self.conn.execute("select tests.act_as(tests.person(%s))", [name])

    def ask(self, query: str) -> list[object]:
        """The first column of the rows."""
        return [row[0] for row in self.conn.execute(query.encode())]

    def rows(self, query: str) -> list[tuple[object, ...]]:
        return self.conn.execute(query.encode()).fetchall()

    def refusal(self, statement: str) -> str | None:
        """The stable code that a statement is refused with, None if it is not."""
        return str(found) if (found := self._refused(statement)) else None

    def count(self, statement: str) -> int:
        """How many rows a write touched."""
        return self.conn.execute(statement.encode()).rowcount

    def _refused(self, statement: str) -> object:
        return self.conn.execute("select tests.refusal(%s)", [statement]).fetchall()[0][0]


@pytest.fixture
def story(ward: str) -> Iterator[Story]:
    """Somebody's requests to the ward; nothing of them stays."""
    with psycopg.connect(ward) as conn:
        yield Story(conn)
        conn.rollback()
