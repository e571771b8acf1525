"""Adding the rows that are missing, one statement per table, and never touching one that is there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import orjson
import psycopg
from psycopg import errors, sql

from carebase.problems import DatabaseProblem
from carebase.seeds.report import TableReport

Connection = psycopg.Connection[Any]
Row = dict[str, Any]


@dataclass(frozen=True)
class TableRows:
    """Rows of one table, all with the same columns, and the columns that say which row is which.

    Attributes:
        found_by: the columns by which a row counts as there already; those of the key unless named.
    """

    table: str
    key: tuple[str, ...]
    rows: list[Row]
    found_by: tuple[str, ...] = ()


def plain(value: str | list[str] | date) -> str:
    """What a sealed column takes, in the form that bytes are read from; names are written as jsonb is.

    Example:
        >>> plain("Ash")
        '\\\\x417368'
    """
    if isinstance(value, date):
        value = value.isoformat()
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return "\\x" + text.encode().hex()


def insert_missing(conn: Connection, given: TableRows) -> TableReport:
    """Insert the rows whose key the table does not have yet.

    The values travel as one JSON array and become what the table's columns are: enums, ranges, domains.

    Raises:
        DatabaseProblem: `seed_conflict`, `schema_missing`, `seed_forbidden`, `seed_failed`.
    """
    if not given.rows:
        return TableReport(table=given.table, inserted=0, unchanged=0)
    table = sql.Identifier(*given.table.split("."))
    columns = sql.SQL(", ").join(map(sql.Identifier, given.rows[0]))
    statement = sql.SQL(
        "insert into {table} ({columns})"
        " select {columns} from jsonb_populate_recordset(null::{table}, %s::jsonb) as given"
        # Triggers run before a conflict is found, and one that seals wants a key, which may be destroyed.
        " where not exists (select from {table} as present where ({present}) = ({wanted}))"
        " on conflict ({key}) do nothing"
    ).format(
        table=table,
        columns=columns,
        key=sql.SQL(", ").join(map(sql.Identifier, given.key)),
        present=sql.SQL(", ").join(sql.Identifier("present", name) for name in given.found_by or given.key),
        wanted=sql.SQL(", ").join(sql.Identifier("given", name) for name in given.found_by or given.key),
    )
    with explained(given.table):
        inserted = conn.execute(statement, [orjson.dumps(given.rows).decode()]).rowcount
    return TableReport(table=given.table, inserted=inserted, unchanged=len(given.rows) - inserted)


def adopt_settings(conn: Connection, org_id: UUID, settings: Row) -> TableReport:
    """Give an organization these settings if it has none of its own.

    Raises:
        DatabaseProblem: `schema_missing`, `seed_forbidden`, `seed_failed`.
    """
    table = "public.organizations"
    with explained(table):
        updated = conn.execute(
            "update public.organizations set settings = %s::jsonb where id = %s and settings = '{}'",
            [orjson.dumps(settings).decode(), org_id],
        ).rowcount
    return TableReport(table=table, inserted=0, updated=updated, unchanged=0)


@contextmanager
def explained(table: str) -> Iterator[None]:
    """Turn what the server says about a seed statement on `table` into a problem with a way out."""
    try:
        yield
    except (errors.UniqueViolation, errors.ExclusionViolation) as error:
        raise DatabaseProblem(
            "seed_conflict",
            f"{table} has a row of its own where a seed row belongs ({error.diag.constraint_name}).",
            hint="Nothing was changed. Remove that row, or seed a database that is only for the demo.",
        ) from error
    except (
        errors.UndefinedTable,
        errors.UndefinedColumn,
        errors.UndefinedFunction,
        errors.UndefinedObject,
        errors.InvalidSchemaName,
    ) as error:
        raise DatabaseProblem(
            "schema_missing",
            f"The database is not migrated to this checkout: {error.diag.message_primary}.",
            hint="Run: carebase db migrate",
        ) from error
    except errors.InsufficientPrivilege as error:
        raise DatabaseProblem(
            "seed_forbidden",
            f"This database user may not fill {table}: {error.diag.message_primary}.",
            hint="Connect as the role postgres, the owner of the tables.",
        ) from error
    except psycopg.Error as error:
        raise DatabaseProblem(
            "seed_failed",
            f"Seeding {table} failed: {error.diag.message_primary or error}.",
            hint="Nothing was changed.",
        ) from error
