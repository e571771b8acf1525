"""A database with a little history: two organizations, a few changes, sealed in several runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.rows import dict_row

Row = dict[str, Any]


@dataclass(frozen=True)
class Trail:
    """A database whose trail is written to, sealed and verified; and tampered with behind its back.

    Attributes:
        url: as the owner of our objects.
        superuser: as who may do anything.
        lakeside: an organization.
        harbor: another.
    """

    url: str
    superuser: str
    lakeside: UUID
    harbor: UUID

    def rows(self, query: str, *values: object) -> list[Row]:
        """What a query gives, in a transaction of its own, as the owner."""
        with psycopg.connect(self.url, row_factory=dict_row) as conn:
            cursor = conn.execute(query.encode(), values)
            return cursor.fetchall() if cursor.description else []

    def value(self, query: str, *values: object) -> Any:
        """The only value of a query."""
        ((value,),) = (row.values() for row in self.rows(query, *values))
        return value

    def rows_as_superuser(self, script: str) -> None:
        """Do what only a superuser can, with every trigger asleep."""
        with psycopg.connect(self.superuser) as conn:
            conn.execute("set local session_replication_role = replica")
            conn.execute("set local timezone = 'UTC'")
            conn.execute(script.encode())

    def write(self, org_id: UUID, count: int = 1) -> None:
        """Leave events, each in a transaction of its own."""
        for _ in range(count):
            self.rows("select app.audit('configure', %s, p_operation => 'test')", org_id)

    def seal(self, limit: int = 50000) -> int:
        """Seal what there is."""
        sealed = self.value("select app.seal_audit(%s)", limit)
        assert isinstance(sealed, int)
        return sealed

    def faults(self) -> list[Row]:
        """What verifying finds."""
        return self.rows("select * from app.verify_audit() where fault is not null")

    def unsealed(self) -> int:
        """How many events no seal is over."""
        return int(
            self.value(
                "select (select count(*) from public.audit_events)"
                " - (select coalesce(sum(event_count), 0) from app.audit_seals)"
            )
        )


@pytest.fixture
def trail(make_database: Callable[[str], str], server: Any) -> Trail:
    """Two organizations in a fresh database, nothing sealed yet."""
    url = make_database("migrated")
    name = psycopg.conninfo.conninfo_to_dict(url)["dbname"]
    with psycopg.connect(url) as conn:
        ids = [
            conn.execute(
                "insert into public.organizations (name, slug, kind, license_tier, time_zone)"
                " values (%s, %s, 'care_management', 'standard', 'UTC') returning id",
                [slug.title(), slug],
            ).fetchone()
            for slug in ("lakeside", "harbor")
        ]
        conn.execute("select app.make_audit_partitions()")
    lakeside, harbor = (row[0] for row in ids if row)
    return Trail(url, server.url(str(name)), lakeside, harbor)
