"""Two databases: one that an organization is in, one that it moves to.

`move`      what tests act on: export from the one, import into the other, look at the rows of both
`arrival`   the same from a demo that all tests share and none can write to
`refusing`  an export of it, and a target that stays as it is
`rooms`     a checkout of its own, to which tests add rooms and tables
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self
from uuid import UUID

import psycopg
import pytest
from psycopg import sql
from psycopg.rows import dict_row

from carebase import tenants
from carebase.problems import Problem
from carebase.project import Project
from carebase.stack.server import PostgresServer
from carebase.tenants.sealed import SealedTable, read_sealed
from tests.conftest import cloned
from tests.tenants.packages import secrets_of

Rooms = Callable[[str], Project]
"""Makes a checkout of our rooms and one more that declares these tables."""

ORGANIZATION = '[tables.{}]\nbelongs_to = "organization"\n'
PERSON = '[tables.{}]\nbelongs_to = "person"\n'
NOBODY = '[tables.{}]\nbelongs_to = "nobody"\n'

LAKESIDE = "lakeside"
HARBOR = "harbor"
PERSONAL = (
    "auth.users",
    "auth.identities",
    "public.profiles",
    "public.fhir_practitioners",
    "public.patients",
)
# The same in every database, for everybody.
REFERENCE = (
    "public.nurseos_feature_flags",
    "public.instruments",
    "app.instrument_scales",
    "app.instrument_bands",
    "app.instrument_options",
    "app.instrument_items",
    "app.instrument_translations",
    "public.resilience_dimension_categories",
    "public.resilience_module_helpfulness",
    "app.provider_workload_refreshes",
    "public.resilience_policies",
    "public.resilience_resources",
    "public.resilience_training_modules",
    "public.scheduled_jobs",
    "public.job_runs",
    "app.job_slots",
)
# Sealed where it happened.
STAYING = (
    "public.audit_events",
    "app.audit_contents",
    "app.audit_dropped_months",
    "app.audit_runs",
    "app.audit_seals",
    "app.key_encryption_keys",
    "app.data_keys",
)
_TABLES = """
select n.nspname || '.' || c.relname from pg_class as c
inner join pg_namespace as n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and not c.relispartition
  and (n.nspname in ('public', 'app') or n.nspname || '.' || c.relname in ('auth.users', 'auth.identities'))
order by 1
"""
_TENANT_COLUMNS = """
select table_schema || '.' || table_name, column_name from information_schema.columns
where column_name = 'org_id'
"""


@dataclass(frozen=True)
class Database:
    """One of the two."""

    url: str
    superuser_url: str = ""

    def rows(self, query: str, *values: object) -> list[dict[str, Any]]:
        """What a query gives, in a transaction of its own."""
        with psycopg.connect(self.url, row_factory=dict_row) as conn:
            cursor = conn.execute(query.encode(), values)
            return cursor.fetchall() if cursor.description else []

    def value(self, query: str, *values: object) -> Any:
        """The only value of a query."""
        ((value,),) = (row.values() for row in self.rows(query, *values))
        return value

    def org(self, slug: str) -> UUID:
        """The id of an organization."""
        found = self.value("select id from public.organizations where slug = %s", slug)
        assert isinstance(found, UUID)
        return found

    def tables(self) -> list[str]:
        """All tables of ours, and those of sign-ins."""
        return [row["?column?"] for row in self.rows(_TABLES)]

    def contents(self) -> dict[str, list[str]]:
        """Every row of every table, as Postgres writes it."""
        with psycopg.connect(self.url) as conn:
            return {table: _texts(conn, table, sql.SQL("true")) for table in self.tables()}

    def of(self, org_id: UUID) -> dict[str, list[str]]:
        """Every row of an organization's tables that move; for people and sign-ins all that there are.

        Sealed values are told in a form that is the same wherever the same is sealed.
        """
        tables = [table for table in self.tables() if table not in REFERENCE and table not in STAYING]
        with psycopg.connect(self.url) as conn:
            tenant_columns = {str(table): str(column) for table, column in conn.execute(_TENANT_COLUMNS)}
            tenant_columns["public.organizations"] = "id"
            sealed = read_sealed(conn)
            conn.execute("select app.begin_transfer(%s, %b)", [UUID(int=1), bytes(64)])
            return {
                table: _texts(conn, table, _whose(tenant_columns.get(table), org_id), sealed.get(table))
                for table in tables
            }


def _whose(column: str | None, org_id: UUID) -> sql.Composable:
    if column is None:
        return sql.SQL("true")
    return sql.SQL("{} = {}").format(sql.Identifier(column), sql.Literal(org_id))


def _texts(
    conn: psycopg.Connection[Any], table: str, condition: sql.Composable, sealed: SealedTable | None = None
) -> list[str]:
    name = sql.Identifier(*table.split("."))
    row: sql.Composable = sql.SQL("t")
    if sealed:
        columns = conn.execute(sql.SQL("select * from {} limit 0").format(name)).description or ()
        values = (sealed.leaving(each.name, "t") or sql.Identifier("t", each.name) for each in columns)
        row = sql.SQL("row({})").format(sql.SQL(", ").join(values))
    query = sql.SQL("select {}::text as row from {} as t where {} order by 1")
    return [text for (text,) in conn.execute(query.format(row, name, condition)).fetchall()]


@dataclass(frozen=True)
class Move:
    """An organization's way from one database to the other."""

    source: Database
    target: Database
    project: Project
    folder: Path

    def export(self, organization: str = LAKESIDE, name: str = "export", **options: Any) -> Path:
        """Write an organization of the source to `name` in the test's folder."""
        path = self.folder / name
        if not path.exists():
            secrets_of(path).unlink(missing_ok=True)
        options = {"secrets": secrets_of(path)} | options
        tenants.export_organization(self.source.url, self.project, organization, path, **options)
        return path

    def load(self, path: Path, **options: Any) -> tenants.MoveReport:
        """Import into the target."""
        options = {"secrets": secrets_of(path)} | options
        return tenants.import_organization(self.target.url, self.project, path, **options)

    def differences(self, path: Path) -> list[tenants.Difference]:
        """Compare with the target."""
        return tenants.compare_organization(self.target.url, self.project, path, secrets=secrets_of(path))

    def back(self) -> Self:
        """The way back."""
        return replace(self, source=self.target, target=self.source)

    def with_project(self, project: Project) -> Move:
        """The same, with the rooms of another checkout."""
        return replace(self, project=project)

    def on_both(self, statement: str) -> None:
        """Run a statement on both databases."""
        for database in (self.source, self.target):
            database.rows(statement)


@dataclass(frozen=True)
class Refusing:
    """A move that does not happen, an export for it, and what the target holds before and after."""

    move: Move
    path: Path
    before: dict[str, list[str]]

    def refusal(self, path: Path, **options: Any) -> Problem:
        """With what an import is refused, which leaves the target as it was."""
        with pytest.raises(Problem) as refused:
            self.move.load(path, **options)
        assert self.move.target.contents() == self.before
        return refused.value


@pytest.fixture
def move(make_database: Callable[[str], str], project: Project, tmp_path: Path) -> Move:
    """From the demo to a database that has the reference rows only."""
    source, target = Database(make_database("demo")), Database(make_database("migrated"))
    return Move(source, target, project, tmp_path)


@pytest.fixture(scope="session")
def demo(server: PostgresServer, templates: dict[str, str]) -> Iterator[Database]:
    """A demo that nobody can write to, for the tests of all files."""
    with cloned(server, templates["demo"]) as name:
        with psycopg.connect(server.url(), autocommit=True) as conn:
            conn.execute(f"alter database {name} set default_transaction_read_only = on")
        yield Database(server.url(name, "postgres"))


@pytest.fixture
def arrival(demo: Database, make_database: Callable[[str], str], project: Project, tmp_path: Path) -> Move:
    """From the demo that nobody can write to, to a database of the test's own."""
    return Move(demo, Database(make_database("migrated")), project, tmp_path)


@pytest.fixture(scope="module")
def refusing(
    demo: Database,
    server: PostgresServer,
    templates: dict[str, str],
    project: Project,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Refusing]:
    """To a database that no test of the module changes: what arrives is refused, or only compared."""
    with cloned(server, templates["migrated"]) as name:
        target = Database(server.url(name, "postgres"))
        move = Move(demo, target, project, tmp_path_factory.mktemp("refusing"))
        yield Refusing(move, move.export(), target.contents())


@pytest.fixture
def rooms(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Rooms:
    """A checkout with our rooms and one more: `rooms("[tables.things] …")` declares its tables."""

    def make(tables: str) -> Project:
        root = tmp_path_factory.mktemp("checkout")
        for file in project.sql.glob("*/room.toml"):
            (root / "sql" / file.parent.name).mkdir(parents=True)
            shutil.copy(file, root / "sql" / file.parent.name)
        head = '[room]\nname = "extra"\nkind = "domain"\npurpose = "A test."\nuses = ["people"]\n'
        (root / "sql" / "extra").mkdir()
        (root / "sql" / "extra" / "room.toml").write_text(head + tables, encoding="utf-8")
        return Project(root)

    return make
