"""A server on a copy of a data folder, on a port that nobody knows, for as long as it is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from carebase.problems import DatabaseProblem
from carebase.project import Project
from carebase.stack import ports
from carebase.stack.runtime import Runtime
from carebase.stack.server import PostgresServer, start_on_a_free_port
from carebase.stack.state import StackState

# Old WAL is removed and not used again: it may hold what the tables no longer do.
_SETTINGS = {"wal_recycle": "off", "wal_init_zero": "on", "autovacuum": "off", "archive_mode": "off"}


@contextmanager
def running(project: Project, state: StackState, data: Path, *, is_ours: bool) -> Iterator[PostgresServer]:
    """Recover what is in the folder and run it; stopped cleanly at the end.

    Args:
        project: the checkout.
        state: whose password of the superuser the server has, or gets.
        data: the data folder.
        is_ours: whether it has that password already.

    Raises:
        DatabaseProblem: `copy_unsound`: it refuses what it is asked.
    """
    server = PostgresServer(
        Runtime.ensure(project),
        data,
        port=ports.free_port(),
        passwords={role: secret.get_secret_value() for role, secret in state.passwords.items()},
        log=data.with_name("postgres.log"),
        durable=False,  # a copy can be made again; what becomes the database is synced before
        settings=_SETTINGS,
    )
    try:
        start_on_a_free_port(server)
        if not is_ours and not server.knows_our_password():
            server.adopt()
        yield server
    except psycopg.Error as error:
        raise DatabaseProblem(
            "copy_unsound",
            f"The copy of the database does not answer as it should: {error.diag.message_primary or error}.",
            hint="Nothing was written or changed. Is the database damaged? `carebase doctor` asks it.",
        ) from error
    finally:
        server.stop()
