"""Rows in passing, where values are sealed anew before they are in their table.

Of people, sign-ins and reference rows those that are there stay as they are, the others are added.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from psycopg import sql

from carebase.db.connect import Connection
from carebase.problems import UsageProblem
from carebase.tenants import accounts
from carebase.tenants.belonging import Moved
from carebase.tenants.catalogue import IDENTITIES, USERS
from carebase.tenants.copying import in_pieces, table_of, write_table
from carebase.tenants.refusals import explained
from carebase.tenants.sealed import SealedTable
from carebase.tenants.selection import Selection

_KNOWN = sql.Identifier("_is_known")


@dataclass(frozen=True)
class Stage:
    """The rows of an export for one table, in a temporary table of this transaction.

    Attributes:
        conn: the connection, in its transaction.
        table: whose rows they are.
        columns: those of the export.
        sealed: how its sealed values arrive, if it has any.
    """

    conn: Connection
    table: Moved
    columns: list[str]
    sealed: SealedTable | None = None

    def fill(self, content: Iterable[bytes]) -> int:
        """Take the rows in; how many of them the database has already."""
        self._create()
        write_table(self.conn, self._stage, self.table, self.columns, content)
        self._run("analyze {stage}")
        known = self._run(
            "update {stage} as s set {known} = true where exists (select from {table} as t where {same})"
        )
        if self.table.name == IDENTITIES:  # whoever is there already signs in as they do there
            known += self._run(
                "update {stage} as s set {known} = true"
                " where not {known} and s.user_id in (select id from {users} where {known})"
            )
        return known

    def pass_on(self, content: Iterable[bytes]) -> None:
        """Add rows of which the database has none yet, without keeping them here."""
        self._create()
        for piece in in_pieces(self.table, content):
            write_table(self.conn, self._stage, self.table, self.columns, piece)
            self.add()
            self._run("truncate {stage}")

    def missing(self) -> int:
        """How many of the rows the database does not have."""
        return self._count("select count(*) from {stage} as s where not {known}")

    def add(self) -> None:
        """Add the rows that the database does not have."""
        blank = [name for name in accounts.BLANK_COLUMNS if self.table.shape.column(name)]
        extra = blank if self.table.name == USERS else []
        self._run(
            "insert into {table} ({columns}{names}) overriding system value"
            " select {arriving}{values} from {stage} as s where not {known}",
            arriving=sql.SQL(", ").join(map(self._arriving, self.columns)),
            names=sql.SQL("").join(sql.SQL(", {}").format(sql.Identifier(name)) for name in extra),
            values=sql.SQL(", ''" * len(extra)),
        )

    def complete(self, clearable: set[str]) -> None:
        """Say in rows that are there already what an earlier move had to leave empty."""
        for name in sorted(clearable & self._user_columns()):
            self._run(
                "update {table} as t set {column} = s.{column} from {stage} as s"
                " where s.{known} and {same} and t.{column} is null and s.{column} is not null",
                column=sql.Identifier(name),
            )

    def verify(self, selection: Selection) -> None:
        """See that every row that was added is there, unaltered, and is one that the organization needs.

        Raises:
            UsageProblem: `export_invalid`.
        """
        wrong = self._count(
            "select count(*) from {stage} as s left join {table} as t on {same} and {moves}"
            " where not s.{known} and row({s_columns})::text is distinct from row({t_columns})::text",
            moves=selection.rows(self.table),
            s_columns=sql.SQL(", ").join(map(_staged, self.columns)),
            t_columns=sql.SQL(", ").join(selection.stored(self.table, name) for name in self.columns),
        )
        if wrong:
            raise UsageProblem(
                "export_invalid",
                f"The export holds {wrong:,} rows of {self.table.name} that the organization does not need,"
                " or that did not arrive as they are; nothing was changed.",
                hint="It is not as `carebase org export` wrote it. Export again.",
            )

    @property
    def _stage(self) -> sql.Identifier:
        return sql.Identifier("pg_temp", f"export_{self.table.name}")

    def _user_columns(self) -> set[str]:
        keys = self.table.shape.foreign_keys
        return {key.columns[0] for key in keys if key.target == USERS and len(key.columns) == 1}

    def _create(self) -> None:
        self._run(
            "create temporary table {stage} on commit drop as select {columns} from {table} with no data"
        )
        self._run("alter table {stage} add column {known} boolean not null default false")

    def _arriving(self, name: str) -> sql.Composable:
        return (self.sealed and self.sealed.arriving(name, "s")) or _staged(name)

    def _statement(self, template: str, **parts: sql.Composable) -> sql.Composed:
        same = sql.SQL(" and ").join(
            sql.SQL("t.{0} = s.{0}").format(sql.Identifier(name)) for name in self.table.identity
        )
        return sql.SQL(template).format(
            stage=self._stage,
            users=sql.Identifier("pg_temp", f"export_{USERS}"),
            table=table_of(self.table),
            columns=sql.SQL(", ").join(map(sql.Identifier, self.columns)),
            known=_KNOWN,
            same=same,
            **parts,
        )

    def _run(self, template: str, **parts: sql.Composable) -> int:
        with explained(self.table.name):
            return self.conn.execute(self._statement(template, **parts)).rowcount

    def _count(self, template: str, **parts: sql.Composable) -> int:
        with explained(self.table.name):
            row = self.conn.execute(self._statement(template, **parts)).fetchone()
        return int(row[0]) if row else 0


def _staged(name: str) -> sql.Composable:
    return sql.SQL("s.{}").format(sql.Identifier(name))
