"""The transaction of an import: everything or nothing, above row level security, of one organization."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple
from uuid import UUID

import psycopg
from psycopg import errors
from psycopg.rows import class_row

from carebase.db.connect import Connection, connect
from carebase.problems import DatabaseProblem, EnvironmentProblem, UsageProblem

_SETTINGS = """
set local search_path = pg_catalog;
set local time zone 'UTC';
set local datestyle = 'ISO, YMD';
set local statement_timeout = 0;
set local idle_in_transaction_session_timeout = 0;
set local work_mem = '64MB';
set local jit = off
"""
_FIND = """
select id, slug, time_zone from public.organizations where deleted_at is null and (id = %s or slug = %s)
"""
_IS_ABOVE = "select rolsuper or rolbypassrls from pg_roles where rolname = current_user"


class Tenant(NamedTuple):
    """The organization that is loaded into."""

    id: UUID
    slug: str
    time_zone: str


@contextmanager
def import_session(
    url: str, kind: str, organization: str, *, dry_run: bool = False
) -> Iterator[tuple[Connection, Tenant]]:
    """A transaction for an import, ended with it.

    Args:
        url: the database, as a role that is above row level security, such as `postgres`.
        kind: the word after `carebase import`, for the name of the connection.
        organization: slug or id of the organization to load into.
        dry_run: undo everything at the end.

    Raises:
        UsageProblem: `organization_unknown`.
        EnvironmentProblem: no database answers, or `connection_lost`.
        DatabaseProblem: `schema_missing`, `import_forbidden`, `import_failed`.

    Example:
        >>> with import_session(url, "homes", "lakeside") as (conn, tenant): ...  # doctest: +SKIP
    """
    with (
        _explained(),
        connect(url, name=f"carebase import {kind}") as conn,
        conn.transaction(force_rollback=dry_run),
    ):
        conn.execute(_SETTINGS)
        yield conn, _find_organization(conn, organization)


def _find_organization(conn: Connection, named: str) -> Tenant:
    [(is_above,)] = conn.execute(_IS_ABOVE).fetchall()
    if not is_above:
        raise DatabaseProblem(
            "import_forbidden",
            "This database user is bound by row level security and could not see what is there already.",
            hint="Connect as the role postgres.",
        )
    try:
        key: UUID | None = UUID(named)
    except ValueError:
        key = None
    with conn.cursor(row_factory=class_row(Tenant)) as cursor:
        found = cursor.execute(_FIND, [key, named]).fetchone()
    if found is None:
        raise UsageProblem(
            "organization_unknown",
            f"There is no organization {named!r} in this database.",
            hint="Give its slug or its id; the demo's are made by `carebase seed demo`.",
        )
    return found


@contextmanager
def _explained() -> Iterator[None]:
    """Say what the server refused without quoting it: its messages hold values of people's rows."""
    try:
        yield
    except (
        errors.UndefinedTable,
        errors.UndefinedColumn,
        errors.UndefinedFunction,
        errors.InvalidSchemaName,
    ):
        raise DatabaseProblem(
            "schema_missing",
            "The database is not migrated to this checkout.",
            hint="Run: carebase db migrate",
        ) from None
    except errors.InsufficientPrivilege:
        raise DatabaseProblem(
            "import_forbidden",
            "This database user may not fill the tables of people.",
            hint="Connect as the role postgres, the owner of the tables.",
        ) from None
    except psycopg.OperationalError as error:
        raise EnvironmentProblem(
            "connection_lost",
            f"The database broke off the import{_place(error)}; nothing was imported.",
            hint="See that it runs and has room on its disk, and run the command again.",
        ) from None
    except psycopg.Error as error:
        raise DatabaseProblem(
            "import_failed",
            f"The database refused the import{_place(error)}; nothing was imported.",
            hint="This is a defect of the import: please report the code and the name given here.",
        ) from None


def _place(error: psycopg.Error) -> str:
    names = (error.sqlstate, error.diag.table_name, error.diag.constraint_name)
    known = ", ".join(name for name in names if name)
    return f" ({known})" if known else ""
