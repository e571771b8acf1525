"""One throw-away Postgres for the whole run; every test gets databases of its own, cloned from templates.

`server`      the Postgres server (`--postgres 15` runs everything on the older engine)
`templates`   what databases are cloned from (`--declared`: built from sql/ instead of the migrations)
`make_database(template)`  a fresh clone of `platform`, `migrated` or `demo`, dropped after the test
`database`    URL of a fresh migrated database, as the owner role `postgres`
`served(...)` the gateway over such a database, for the packages that test over HTTP
"""

from __future__ import annotations

import itertools
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import hypothesis
import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict
from pytest_postgresql.janitor import DatabaseJanitor

from carebase import seeds
from carebase.db import declared, migrations
from carebase.project import Project
from carebase.stack import vault
from carebase.stack.gateway import Gateway
from carebase.stack.server import PostgresServer, throwaway
from carebase.stack.state import StackState

# How long an example takes is the machine's affair, and no finding.
hypothesis.settings.register_profile("carebase", deadline=None)
hypothesis.settings.load_profile("carebase")

# Started in the background by a shell, a run ignores interrupts, and so would each command that a test
# interrupts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

_names = (f"clone_{number}" for number in itertools.count(1))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--postgres", type=int, choices=(15, 17), default=17, help="major version of the test server"
    )
    parser.addoption(
        "--declared", action="store_true", help="test sql/ as it is declared now, before it is a migration"
    )


# Files that take a quarter of a minute and more, the longest first.
LONG = (
    "docs/test_contributing.py",
    "mutants/test_a_run.py",
    "security/test_no_request_is_stale.py",
    "scheduler/test_pg_cron.py",
    "db/test_diff.py",
    "backup/test_kills.py",
    "jobs/outbox/test_crashes.py",
    "backup/test_round_trip.py",
    "stack/test_recovery.py",
    "types/test_generate.py",
    "cli/test_every_command.py",
    "tenants/test_an_interrupted_move_leaves_nothing.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first, so that no process is still busy with one when the others have nothing left."""
    root = Path(__file__).parent
    places = {root / name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: places.get(item.path, len(LONG)))


@pytest.fixture(scope="session")
def project() -> Project:
    """The checkout that the tests run in."""
    return Project.find(Path(__file__))


@pytest.fixture(scope="session")
def server(project: Project, pytestconfig: pytest.Config) -> Iterator[PostgresServer]:
    """A Postgres server for this run only."""
    with throwaway(project, version=pytestconfig.getoption("--postgres")) as running:
        yield running


@dataclass(frozen=True)
class Stack:
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


class _Janitor(DatabaseJanitor):
    """Copies files, which is quicker than copying through the log, and nothing is at stake."""

    def _build_create_database_sql(self) -> sql.Composed:
        return super()._build_create_database_sql() + sql.SQL(" STRATEGY file_copy OWNER postgres")


@contextmanager
def cloned(server: PostgresServer, template: str, *, name: str | None = None) -> Iterator[str]:
    """A database cloned from `template`, owned by `postgres` as on hosted Supabase; dropped afterwards."""
    name = name or next(_names)
    superuser = conninfo_to_dict(server.url())
    janitor = _Janitor(
        user=str(superuser["user"]),
        host=str(superuser["host"]),
        port=str(superuser["port"]),
        password=str(superuser["password"]),
        dbname=name,
        template_dbname=template,
    )
    with janitor:
        yield name


@contextmanager
def served(project: Project, server: PostgresServer, database: str, state_folder: Path) -> Iterator[Stack]:
    """A gateway over `database`, with ports, keys and a state folder of its own."""
    state = StackState.beside(server)
    aside = Project(project.root, state_folder)
    state.save(aside)
    stack = Stack(aside, state, Gateway(aside, state, database=database), server.url(database, "postgres"))
    vault.keep_secret(stack.db_url, vault.JWT_SECRET, state.jwt_secret)
    stack.gateway.start()
    try:
        yield stack
    finally:
        stack.gateway.stop()


@pytest.fixture(scope="session")
def templates(
    server: PostgresServer, project: Project, pytestconfig: pytest.Config
) -> Iterator[dict[str, str]]:
    """Databases to clone: `platform` (empty), `migrated` (schema, reference rows), `demo` (with people)."""
    with ExitStack() as stack:
        migrated = stack.enter_context(cloned(server, "platform", name="template_migrated"))
        if pytestconfig.getoption("--declared"):
            declared.build(server.url(migrated, "postgres"), project)
        else:
            migrations.migrate(project, server.url(migrated, "postgres"))
        seeds.apply(server.url(migrated, "postgres"), project, "reference")
        demo = stack.enter_context(cloned(server, migrated, name="template_demo"))
        seeds.apply(server.url(demo, "postgres"), project, "demo")
        yield {"platform": "platform", "migrated": migrated, "demo": demo}


@pytest.fixture
def make_database(server: PostgresServer, templates: dict[str, str]) -> Iterator[Callable[[str], str]]:
    """Make databases: `make_database("migrated")` is the URL of a fresh clone, as the role `postgres`."""
    with ExitStack() as stack:

        def make(template: str) -> str:
            return server.url(stack.enter_context(cloned(server, templates[template])), "postgres")

        yield make


@pytest.fixture
def database(make_database: Callable[[str], str]) -> str:
    """URL of a fresh migrated database with reference data, as the role `postgres`."""
    return make_database("migrated")


@pytest.fixture(scope="session")
def pgtap_connection(
    server: PostgresServer, templates: dict[str, str], project: Project
) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """What the pgTAP files run on: a migrated database with pgTAP and the helpers that act as people."""
    with cloned(server, templates["migrated"]) as name:
        with psycopg.connect(server.url(name), autocommit=True) as setup:
            setup.execute("create extension pgtap with schema extensions")
            setup.execute((project.root / "tests" / "sql" / "helpers.sql").read_bytes())
        with psycopg.connect(
            server.url(name), autocommit=True, options="-csearch_path=public,extensions"
        ) as conn:
            yield conn
