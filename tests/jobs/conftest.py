"""A local stack of this module's own: the demo in a database, and the gateway over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest
from pydantic import SecretStr

from carebase import seeds
from carebase.project import Project
from carebase.stack import ports
from carebase.stack.gateway import Gateway
from carebase.stack.server import PostgresServer
from carebase.stack.state import StackState
from tests.conftest import cloned


@dataclass(frozen=True)
class DemoStack:
    """A checkout whose state is a stack of its own, its gateway, and its database behind their back."""

    project: Project
    state: StackState
    gateway: Gateway
    db_url: str

    def execute(self, query: str) -> list[tuple[object, ...]]:
        """Run one statement as the owner of the database; its rows, if it has any."""
        with psycopg.connect(self.db_url, autocommit=True) as conn:
            cursor = conn.execute(query.encode())
            return cursor.fetchall() if cursor.description else []


@pytest.fixture(scope="module")
def stack(
    server: PostgresServer,
    templates: dict[str, str],
    project: Project,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[DemoStack]:
    """The demo, seeded for today, behind a gateway."""
    with cloned(server, templates["migrated"]) as database:
        passwords = {
            role: SecretStr(str(psycopg.conninfo.conninfo_to_dict(server.url(user=role))["password"]))
            for role in ("supabase_admin", "postgres", "authenticator", "supabase_auth_admin")
        }
        state = StackState(db_port=server.port, api_port=ports.free_port(), passwords=passwords)
        aside = Project(project.root, tmp_path_factory.mktemp("demo") / "state")
        state.save(aside)
        gateway = Gateway(aside, state, database=database)
        db_url = server.url(database, "postgres")
        seeds.apply(db_url, aside, "demo")
        gateway.start()
        try:
            yield DemoStack(aside, state, gateway, db_url)
        finally:
            gateway.stop()
