"""A local stack of this module's own: the demo in a database, and the gateway over it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from carebase import seeds
from carebase.project import Project
from carebase.stack.server import PostgresServer
from tests.conftest import Stack, cloned, served


@pytest.fixture(scope="module")
def stack(
    server: PostgresServer,
    templates: dict[str, str],
    project: Project,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stack]:
    """The demo, seeded for today, behind a gateway."""
    state_folder = tmp_path_factory.mktemp("demo") / "state"
    with (
        cloned(server, templates["migrated"]) as database,
        served(project, server, database, state_folder) as stack,
    ):
        seeds.apply(stack.db_url, stack.project, "demo")
        yield stack
