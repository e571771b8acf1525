"""A plugin of pytest: the declared schema that the tests build gets the fault that the environment names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from carebase.db import declared
from carebase.db.connect import connect, connect_as_owner
from carebase.db.scratch import database_of
from carebase.project import Project
from carebase.stack.server import PostgresServer

FILE = "CAREBASE_FAULT"
AS_SUPERUSER = "CAREBASE_FAULT_AS_SUPERUSER"


def pytest_configure(config: pytest.Config) -> None:
    """Wrap what builds the schema, and remember the servers for faults that take a superuser."""
    fault = Path(os.environ[FILE]).read_bytes()
    build, start = declared.build, PostgresServer.start
    servers: list[PostgresServer] = []

    def remembered(self: PostgresServer) -> bool:
        servers.append(self)
        return start(self)

    def build_with_fault(url: str, project: Project) -> Any:
        files = build(url, project)
        superuser = servers[-1].url(database_of(url))
        opened = connect(superuser, autocommit=True) if AS_SUPERUSER in os.environ else connect_as_owner(url)
        with opened as conn, conn.transaction():
            conn.execute("set local search_path = ''")
            conn.execute(fault)
        return files

    declared.build, PostgresServer.start = build_with_fault, remembered  # type: ignore[method-assign]  # its purpose
