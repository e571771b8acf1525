"""Sealed columns on their way: how a row of a table is read for an export, and made of one.

An export holds each sealed value under its transfer key (sql/phi/functions/transfer.sql), always in the same
bytes, and no blind index: a database is compared with it by reading it in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from psycopg import sql
from psycopg.rows import class_row

from carebase.db.connect import Connection

_NOBODY = "null::uuid"
_NOTHING = sql.SQL("null::bytea")


@dataclass(frozen=True)
class SealedTable:
    """What the trigger of a table says about its sealed columns.

    Attributes:
        name: `schema.table`.
        key: the column of the row's id.
        org: the column of the organization whose key seals, `null::uuid` where there is none.
        subject: the same of the person.
        columns: those that are sealed.
        indexed: of these, those that have a blind index.
    """

    name: str
    key: str
    org: str
    subject: str
    columns: list[str]
    indexed: list[str]

    def leaving(self, column: str, alias: str) -> sql.Composable | None:
        """A column of the row as an export holds it; None if that is as it is."""
        if column in self.columns:
            return self._call("seal_for_transfer", column, alias)
        return _NOTHING if self._indexes(column) else None

    def arriving(self, column: str, alias: str) -> sql.Composable | None:
        """A column of the row of an export as the table holds it; None if that is as it is."""
        if column in self.columns:
            return self._call("seal_transferred", column, alias)
        value = self._indexes(column)
        return self._call("index_transferred", value, alias) if value else None

    def holds_any(self, alias: str) -> sql.Composable:
        """Whether the row has a sealed value."""
        return sql.SQL("({}) is distinct from ({})").format(
            _listed(_at(alias, name) for name in self.columns), _listed(_NOTHING for _ in self.columns)
        )

    def of_person(self, alias: str) -> sql.Composable | None:
        """The person whose key seals the row, unless it is a key within an organization."""
        return None if self.subject == _NOBODY or self.org != _NOBODY else _at(alias, self.subject)

    def _indexes(self, column: str) -> str:
        """The sealed column that this one finds."""
        return next((name for name in self.indexed if f"{name}_index" == column), "")

    def _call(self, function: str, column: str, alias: str) -> sql.Composable:
        return sql.SQL("{}({}, {}, {}, {}, {})").format(
            sql.Identifier("app", function),
            _at(alias, column),
            sql.Literal(f"{self.name}:{column}"),
            _at(alias, self.key),
            _at(alias, self.org),
            _at(alias, self.subject),
        )


Sealed = Mapping[str, SealedTable]
"""Tables with sealed columns, by name."""


def read_sealed(conn: Connection) -> dict[str, SealedTable]:
    """The tables of a database that have sealed columns."""
    with conn.cursor(row_factory=class_row(SealedTable)) as cursor:
        rows = cursor.execute(
            "select name, key, org, subject, columns, indexed from app.sealed_tables()"
        ).fetchall()
    return {row.name: row for row in rows}


def _at(alias: str, name: str) -> sql.Composable:
    if name == _NOBODY:
        return sql.SQL("null::uuid")
    return sql.Identifier(alias, name)


def _listed(parts: Iterable[sql.Composable]) -> sql.Composed:
    return sql.SQL(", ").join(parts)
