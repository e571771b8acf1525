"""An organization with sites that were removed long ago, and who watches its compliance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID, uuid4

import psycopg
import pytest

from carebase.stack.server import PostgresServer
from tests.conftest import cloned
from tests.security.people import Connection, Town, claims


@dataclass(frozen=True)
class Archive:
    """The organization, on a connection of the database's owner."""

    url: str
    conn: Connection
    town: Town
    org: UUID
    lead: UUID
    session: UUID

    def connect(self) -> Connection:
        return psycopg.connect(self.url, autocommit=True)

    def make_sites(self, count: int, days_ago: int = 4000) -> list[UUID]:
        """Sites that were removed so long ago."""
        sites = [uuid4() for _ in range(count)]
        self.conn.execute(
            "insert into public.sites (org_id, id, kind, name, deleted_at)"
            " select %s, id, 'house', 'Gone', now() - make_interval(days => %s)"
            " from unnest(%s::uuid[]) as id",
            [self.org, days_ago, sites],
        )
        return sites

    def left(self, sites: list[UUID]) -> set[UUID]:
        """Which of them are still stored."""
        rows = self.conn.execute("select id from public.sites where id = any(%s)", [sites]).fetchall()
        return {row[0] for row in rows}

    def as_lead(self, conn: Connection) -> None:
        """From here on the transaction is a request of the compliance lead."""
        conn.execute(
            "select set_config('role', 'authenticated', true), set_config('request.jwt.claims', %s, true)",
            [claims(self.lead, self.session)],
        )

    def hold(
        self, conn: Connection, table: str | None = None, row: UUID | None = None, about: UUID | None = None
    ) -> UUID:
        """One request: place a hold."""
        with conn.transaction():
            self.as_lead(conn)
            found = conn.execute(
                "select public.place_legal_hold('litigation', %s, %s, %s)", [table, row, about]
            ).fetchone()
        assert found
        made: UUID = found[0]
        return made

    def release(self, conn: Connection, hold: UUID) -> None:
        with conn.transaction():
            self.as_lead(conn)
            conn.execute("select public.release_legal_hold(%s)", [hold])

    def purge(self, conn: Connection, limit: int = 100) -> int:
        """One batch of the job."""
        row = conn.execute("select app.job_purge_removed(%s, %s)", [self.org, limit]).fetchone()
        assert row
        count: int = row[0]
        return count


@pytest.fixture(scope="module")
def database_url(server: PostgresServer, templates: dict[str, str]) -> Iterator[str]:
    with cloned(server, templates["migrated"]) as name:
        yield server.url(name, "postgres")


@pytest.fixture
def archive(database_url: str) -> Iterator[Archive]:
    with psycopg.connect(database_url, autocommit=True) as conn:
        town = Town(conn)
        org, lead = town.make_org(), town.make_person()
        town.give(lead, org, "org_owner")
        yield Archive(database_url, conn, town, org, lead, town.sign_in(lead))
