"""Two organizations without people, into which tests load made-up resources.

`clinic`      what tests act on: load files, look at tables; its database is emptied after each test
`own_clinic`  the same in a database of its own, for tests that alter tables or keys, or fill it
`inbox`       writes resources into files of every form
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import psycopg
import pytest
from psycopg import sql
from psycopg.rows import dict_row

from carebase.fhir import ImportReport, import_fhir
from carebase.stack.server import PostgresServer
from tests.conftest import cloned

ORGANIZATIONS = ("lakeside", "hillside")
TIME_ZONE = "America/Chicago"
TABLES = (
    "public.external_organizations",
    "public.fhir_practitioners",
    "public.org_practitioners",
    "public.patients",
    "public.org_patients",
    "public.practitioner_roles",
    "public.encounters",
    "app.fhir_links",
)

# The first key stays: half of it is in the vault.
EMPTIED = """
select n.nspname, c.relname from pg_class as c
inner join pg_namespace as n on n.oid = c.relnamespace
where
  c.relkind in ('r', 'p') and not c.relispartition and n.nspname in ('public', 'app', 'auth')
  and c.relname <> 'key_encryption_keys'
"""

Resource = dict[str, Any]


@dataclass(frozen=True)
class Clinic:
    """A database with two organizations."""

    url: str

    def load(self, *paths: Path, into: str = "lakeside", **options: Any) -> ImportReport:
        """Import files into one of the organizations."""
        return import_fhir(self.url, into, paths, **options)

    def rows(self, query: str, *values: object) -> list[dict[str, Any]]:
        """What a query gives, in a transaction of its own."""
        with psycopg.connect(self.url, row_factory=dict_row) as conn:
            return conn.execute(query.encode(), values).fetchall()

    def row(self, query: str, *values: object) -> dict[str, Any]:
        """The only row of a query."""
        (row,) = self.rows(query, *values)
        return row

    def execute(self, statement: str, *values: object) -> None:
        """A statement without a result."""
        with psycopg.connect(self.url) as conn:
            conn.execute(statement.encode(), values)

    def contents(self) -> dict[str, list[str]]:
        """Every row of every table that an import fills, versions and times included."""
        return {
            table: [row["row"] for row in self.rows(f"select t::text as row from {table} as t order by 1")]
            for table in TABLES
        }


@dataclass(frozen=True)
class Inbox:
    """A folder to put files in."""

    folder: Path

    def put(self, name: str, content: bytes) -> Path:
        """A file with these bytes."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def single(self, resource: Resource, name: str = "resource.json") -> Path:
        """A file with one resource."""
        return self.put(name, orjson.dumps(resource))

    def lines(self, resources: Iterable[Resource], name: str = "resources.ndjson") -> Path:
        """A file with one resource per line."""
        return self.put(name, b"".join(orjson.dumps(each) + b"\n" for each in resources))

    def bundle(self, entries: Iterable[Resource], name: str = "bundle.json") -> Path:
        """A file with a Bundle of these entries."""
        return self.put(name, orjson.dumps({"resourceType": "Bundle", "entry": list(entries)}))


@pytest.fixture(scope="session")
def emptied(server: PostgresServer, templates: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    """A database without organizations, and what makes it so again, whatever rows a test has added."""
    with cloned(server, templates["migrated"]) as name:
        with psycopg.connect(server.url(name)) as conn:
            tables = [sql.Identifier(*row) for row in conn.execute(EMPTIED)]
            has_rows = sql.SQL("select from {} limit 1")
            empty = [table for table in tables if not conn.execute(has_rows.format(table)).rowcount]
            statements = [
                sql.SQL("set session_replication_role = replica"),
                *(sql.SQL("delete from {}").format(table) for table in empty),
                sql.SQL("delete from public.organizations where slug in ({})").format(
                    sql.SQL(", ").join(map(sql.Literal, ORGANIZATIONS))
                ),
            ]
            text = sql.SQL("; ").join(statements).as_bytes(conn)
        yield name, text


@pytest.fixture
def clinic(server: PostgresServer, emptied: tuple[str, bytes]) -> Iterator[Clinic]:
    """The one place that knows where the database of these tests comes from and how it is prepared."""
    name, empty = emptied
    yield furnished(server.url(name, "postgres"))
    with psycopg.connect(server.url(name)) as conn:
        conn.execute(empty)


@pytest.fixture
def own_clinic(database: str) -> Clinic:
    """In a database that ends with the test."""
    return furnished(database)


def furnished(url: str) -> Clinic:
    """A database with our organizations."""
    with psycopg.connect(url) as conn:
        for slug in ORGANIZATIONS:
            conn.execute(
                "insert into public.organizations (name, slug, kind, time_zone)"
                " values (%s, %s, 'care_management', %s)",
                [slug.title(), slug, TIME_ZONE],
            )
    return Clinic(url)


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    """An empty folder for the files of a test."""
    return Inbox(tmp_path)


@pytest.fixture
def codes() -> Callable[[ImportReport], list[tuple[str | None, str]]]:
    """What a report found, as pairs of resource id and code."""
    return lambda report: [(finding.resource_id, finding.code) for finding in report.findings]
