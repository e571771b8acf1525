"""Databases of the proof's own: it tries what nobody may do, and counts what came of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from carebase.access.proof import open_world
from carebase.access.proof.world import World
from carebase.project import Project
from carebase.stack.server import PostgresServer
from tests.conftest import cloned


@pytest.fixture(scope="module")
def url(server: PostgresServer, templates: dict[str, str]) -> Iterator[str]:
    """A migrated database for one module, as the role `postgres`."""
    with cloned(server, templates["migrated"]) as name:
        yield server.url(name, "postgres")


@pytest.fixture(scope="module")
def world(url: str, project: Project) -> Iterator[World]:
    """The people of the proof, in a transaction that is undone at the end."""
    with open_world(url, project) as world:
        yield world
