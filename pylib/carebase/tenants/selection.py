"""Which rows of a table move with an organization, and what of them, as one query per table.

An organization's rows move whole. Of everything else only what those rows name: the people, their sign-ins,
the reference rows. What such a row says about somebody or something that stays behind is left empty, so that
the export holds nothing of other organizations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from psycopg import sql

from carebase.problems import DatabaseProblem
from carebase.tenants import accounts
from carebase.tenants.belonging import Belongings, Moved
from carebase.tenants.catalogue import IDENTITIES, USERS, ForeignKey, identifier
from carebase.tenants.sealed import Sealed

_ROLES = "public.role_assignments"
_STAMPS = ("created_by", "updated_by")
_TRUE = sql.SQL("true")


@dataclass(frozen=True)
class Selection:
    """The rows of one organization in a database.

    Attributes:
        belongings: its tables.
        org_id: the organization.
        sealed: the tables whose sealed values are read as an export holds them.
    """

    belongings: Belongings
    org_id: UUID
    sealed: Sealed = field(default_factory=dict)
    _asked: list[str] = field(default_factory=list)

    def query(self, table: Moved, columns: Sequence[str] | None = None) -> sql.Composed:
        """The rows that move, in the order of their key, whatever the collation of the database.

        Args:
            table: one of the belongings.
            columns: which and in which order; by default those that move.
        """
        collated = {column.name for column in table.shape.columns if column.is_collated}
        collation = sql.SQL(' collate pg_catalog."C"')
        order = (
            sql.SQL("{}{}").format(_column(name), collation if name in collated else sql.SQL(""))
            for name in table.shape.key
        )
        return sql.SQL("select {} from {} as t where {} order by {}").format(
            _comma(self._value(table, name) for name in columns or table.columns),
            identifier(table.name),
            self.rows(table),
            _comma(order),
        )

    def rows(self, table: Moved) -> sql.Composable:
        """Whether the row `t` of a table moves."""
        if table.name in self._asked:
            return self._circle(table)
        self._asked.append(table.name)
        try:
            match table.kind:
                case "organization":
                    return sql.SQL("{} = {}").format(_column(table.tenant_column), sql.Literal(self.org_id))
                case "account":
                    return self._account(table)
                case "person":
                    return self._person(table)
                case "reference":
                    return self._reference(table)
        finally:
            self._asked.pop()

    def clearable(self, table: Moved) -> set[str]:
        """The columns that are empty in rows that name somebody or something that stays behind."""
        return {name for name in table.columns if any(True for _ in self._conditions(table, name))}

    def _circle(self, table: Moved) -> sql.Composable:
        if table.kind == "reference":
            return _TRUE
        raise DatabaseProblem(
            "table_unmovable",
            f"Rows of {table.name} cannot be without each other, in a circle of tables.",
            hint="See docs/moving-a-tenant.md, what moves.",
        )

    def _account(self, table: Moved) -> sql.Composable:
        if table.name == IDENTITIES:
            return self._has_role("user_id")
        return self._named(self.belongings.keys_to(USERS, "organization"))

    def _person(self, table: Moved) -> sql.Composable:
        known = [self._named(self.belongings.keys_to(table.name, "organization"))]
        if table.link is None:
            known.append(self._has_role(table.owner_column))
        else:
            source, column = table.link
            known.append(self._is_among(table.shape.key, self.belongings.tables[source], (column,)))
        needed = [
            self._moves_too(key)
            for key in table.shape.foreign_keys
            if table.shape.is_required(key) and self.belongings.tables[key.target].kind != "reference"
        ]
        return _and([_or(known), *needed])

    def _reference(self, table: Moved) -> sql.Composable:
        if any(key.target == table.name for key in table.shape.foreign_keys):
            return _TRUE
        return self._named(self.belongings.keys_to(table.name, "organization", "person", "reference"))

    def _named(self, keys: Iterable[ForeignKey]) -> sql.Composable:
        """Rows that one of these keys names."""
        return _or(
            [
                self._is_among(key.target_columns, self.belongings.tables[key.source], key.columns)
                for key in keys
            ]
        )

    def _moves_too(self, key: ForeignKey) -> sql.Composable:
        """Whether what the row names by this key moves."""
        target = self.belongings.tables.get(key.target)
        return self._is_among(key.columns, target, key.target_columns) if target else sql.SQL("false")

    def _is_among(self, columns: Sequence[str], of: Moved, its_columns: Sequence[str]) -> sql.Composable:
        here, there = _comma(map(_column, columns)), _comma(map(_column, its_columns))
        return sql.SQL("({}) in (select {} from {} as t where {})").format(
            here, there, identifier(of.name), self.rows(of)
        )

    def _has_role(self, column: str) -> sql.Composable:
        """Whether the user in this column has or had a role in the organization."""
        return self._is_among((column,), self.belongings.tables[_ROLES], ("user_id",))

    def stored(self, table: Moved, name: str) -> sql.Composable:
        """A column of the row `t` as an export holds it, if it does."""
        sealed = self.sealed.get(table.name)
        return (sealed and sealed.leaving(name, "t")) or _column(name)

    def _value(self, table: Moved, name: str) -> sql.Composable:
        conditions = list(self._conditions(table, name))
        if not conditions:
            return self.stored(table, name)
        return sql.SQL("case when {} then {} end").format(_and(conditions), self.stored(table, name))

    def _conditions(self, table: Moved, name: str) -> Iterator[sql.Composable]:
        """What must hold for a column to keep its value."""
        if table.name == USERS and name in accounts.SIGN_IN_COLUMNS:
            yield self._has_role("id")
        if table.kind in ("person", "reference") and name in _STAMPS:
            yield self._is_among((name,), self.belongings.tables[USERS], ("id",))
        column = table.shape.column(name)
        if table.kind == "account" or column is None or not column.is_nullable:
            return
        for key in table.shape.foreign_keys:
            target = self.belongings.tables.get(key.target)
            stays = target is None or (table.kind != "organization" and target.kind != "reference")
            if name in key.columns and stays:
                yield self._moves_too(key)


def _column(name: str) -> sql.Composable:
    return sql.SQL("t.{}").format(sql.Identifier(name))


def _comma(parts: Iterable[sql.Composable]) -> sql.Composed:
    return sql.SQL(", ").join(parts)


def _and(parts: Sequence[sql.Composable]) -> sql.Composed:
    return sql.SQL("({})").format(sql.SQL(" and ").join(parts))


def _or(parts: Sequence[sql.Composable]) -> sql.Composed:
    return sql.SQL("({})").format(sql.SQL(" or ").join(parts or [sql.SQL("false")]))
