"""The transaction in which an organization is read or written, and what is known at its start."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal, LiteralString, NamedTuple
from uuid import UUID

from psycopg.rows import class_row

from carebase.db import history
from carebase.db.connect import Connection, connect_as_owner
from carebase.db.rooms import load_rooms
from carebase.problems import UsageProblem
from carebase.project import Project
from carebase.tenants.belonging import Belongings, sort_out
from carebase.tenants.catalogue import read_shapes
from carebase.tenants.refusals import explained
from carebase.tenants.sealed import Sealed, read_sealed
from carebase.tenants.transfer import TransferKey

# Whatever turns a value into text must do so the same way everywhere: files are compared byte by byte.
_SETTINGS = """
set local search_path = pg_catalog;
set local time zone 'UTC';
set local datestyle = 'ISO, YMD';
set local intervalstyle = 'postgres';
set local bytea_output = 'hex';
set local extra_float_digits = 1;
set local xmloption = 'content';
set local statement_timeout = 0;
set local idle_in_transaction_session_timeout = 0;
set local work_mem = '64MB';
set local jit = off
"""
_FIND = """
select id, slug, name, kind::text from public.organizations where id = %s or slug = %s order by slug = %s
"""
Mode = Literal["read", "try", "write"]
_BEGIN: dict[Mode, LiteralString] = {
    "read": "set transaction isolation level repeatable read, read only",
    "try": "set transaction isolation level repeatable read",
    "write": "set transaction isolation level read committed",
}


class Organization(NamedTuple):
    """Whom a move is about."""

    id: UUID
    slug: str
    name: str
    kind: str


@dataclass(frozen=True)
class Session:
    """A connection inside a transaction, acting as the owner of our tables.

    Attributes:
        conn: the connection.
        belongings: whose rows the tables of this database hold.
        migrations: versions of the migrations that it has had, oldest first.
        sealed: its tables with sealed columns.
        transfer: the key that seals their values on the way; without one they are read as they are.
    """

    conn: Connection
    belongings: Belongings
    migrations: list[str]
    sealed: Sealed
    transfer: TransferKey | None = None

    @property
    def moving(self) -> Sealed:
        """The tables whose sealed values are sealed anew on the way."""
        return self.sealed if self.transfer else {}


def look_up(conn: Connection, named: str) -> Organization | None:
    """The organization with this slug or id, if it is there."""
    try:
        key: UUID | None = UUID(named)
    except ValueError:
        key = None
    with conn.cursor(row_factory=class_row(Organization)) as cursor:
        return cursor.execute(_FIND, [key, named, named]).fetchone()


def find_organization(conn: Connection, named: str) -> Organization:
    """The organization with this slug or id.

    Raises:
        UsageProblem: `organization_unknown`.
    """
    found = look_up(conn, named)
    if found is None:
        raise UsageProblem(
            "organization_unknown",
            f"There is no organization {named!r} in this database.",
            hint="Give its slug or its id; `carebase org list` lists them.",
        )
    return found


@contextmanager
def begin(
    url: str, project: Project, mode: Mode, *, name: str, transfer: TransferKey | None = None
) -> Iterator[Session]:
    """One transaction: everything in it or, after an error, nothing.

    Args:
        url: the database, as the role postgres or one that may act as it.
        project: the checkout whose rooms say whose rows the tables hold.
        mode: `read` and `try` see the database as it is now, whatever others write meanwhile; `try` may write
            and is undone.
        name: shown in `pg_stat_activity`.
        transfer: the key that seals values on the way.

    Raises:
        EnvironmentProblem: no database answers, or the connection was lost.
        DatabaseProblem: it lacks our tables, or refuses.
    """
    rooms = load_rooms(project)
    with explained(), connect_as_owner(url) as conn, conn.transaction(force_rollback=mode == "try"):
        conn.execute(_BEGIN[mode])
        conn.execute(_SETTINGS)
        conn.execute("select set_config('application_name', %s, false)", [name])
        belongings = sort_out(rooms, read_shapes(conn))
        if transfer:
            conn.execute("select app.begin_transfer(%s, %b)", [transfer.id, transfer.key])
        yield Session(conn, belongings, sorted(history.read(conn)), read_sealed(conn), transfer)
