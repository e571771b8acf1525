"""A small house that nothing is wrong with (`house/`), copied and broken in one place per test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from carebase.db import declared
from carebase.db.declarations import Declarations
from carebase.lint.workspace import Workspace
from carebase.project import Project
from carebase.stack.server import PostgresServer
from tests.conftest import cloned

SOUND = Path(__file__).parent / "house"


@dataclass(frozen=True)
class House:
    """A checkout in a temporary folder."""

    project: Project

    def write(self, file: str, text: str) -> None:
        """Add or replace a file."""
        path = self.project.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def append(self, file: str, text: str) -> None:
        """Add text to the end of a file, which may be new."""
        path = self.project.root / file
        self.write(file, (path.read_text(encoding="utf-8") + "\n" if path.exists() else "") + text)

    def replace(self, file: str, old: str, new: str) -> None:
        """Exchange a piece of text that occurs exactly once."""
        text = (self.project.root / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times in {file}"
        self.write(file, text.replace(old, new))

    def line(self, file: str, anchor: str) -> int:
        """The number of the first line that holds `anchor`."""
        lines = (self.project.root / file).read_text(encoding="utf-8").splitlines()
        return next(number for number, line in enumerate(lines, 1) if anchor in line)


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A fresh copy of the sound house."""
    shutil.copytree(SOUND, tmp_path / "house")
    return House(Project((tmp_path / "house").resolve()))


@pytest.fixture
def built(server: PostgresServer) -> Iterator[Callable[[House], Workspace]]:
    """Build a house in a database of its own: `built(house)` is what sources work on."""
    with ExitStack() as stack:

        def build(house: House) -> Workspace:
            url = server.url(stack.enter_context(cloned(server, "platform")), "postgres")
            declared.build(url, house.project)
            return Workspace(house.project, Declarations(house.project), database=url)

        yield build
