"""Whose rows a table holds: what the rooms declare, checked against what the database has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from carebase.db.rooms import Room, Table
from carebase.problems import DatabaseProblem
from carebase.tenants import accounts
from carebase.tenants.catalogue import IDENTITIES, SESSIONS, USERS, ForeignKey, Shape

Kind = Literal["account", "person", "reference", "organization"]
_TENANT_COLUMN = "org_id"


@dataclass(frozen=True)
class Moved:
    """A table of which rows move with an organization.

    Attributes:
        shape: the table.
        kind: `organization`: all of the organization's rows; `person`: the people it knows; `account`: their
            sign-ins; `reference`: the rows that the others name.
        columns: those that move.
        tenant_column: of an organization's table.
        owner_column: of a person's table, the user whose row it is.
        link: of a person's table, the organization's table and column that say whom it knows.
        identity: the columns by which a row is known again in another database.
    """

    shape: Shape
    kind: Kind
    columns: tuple[str, ...]
    tenant_column: str = ""
    owner_column: str = ""
    link: tuple[str, str] | None = None
    identity: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.shape.name


@dataclass(frozen=True)
class Belongings:
    """Every table of the database that matters to a move."""

    tables: Mapping[str, Moved]
    left_out: Mapping[str, str]
    """Tables that hold something of an organization and do not move, and why."""

    def of(self, *kinds: Kind) -> list[Moved]:
        """The tables of these kinds."""
        return [table for table in self.tables.values() if table.kind in kinds]

    def keys_to(self, target: str, *kinds: Kind) -> Iterator[ForeignKey]:
        """The foreign keys from tables of these kinds to a table, but its own to itself."""
        for table in self.of(*kinds):
            if table.name != target:
                yield from (key for key in table.shape.foreign_keys if key.target == target)


def sort_out(rooms: Sequence[Room], shapes: Mapping[str, Shape]) -> Belongings:
    """Decide for each table whose rows it holds.

    Raises:
        DatabaseProblem: `schema_missing`, `table_undeclared`, `table_misdeclared`, `table_unmovable`.
    """
    declared = {
        ".".join(room.qualified(name)): table for room in rooms for name, table in room.tables.items()
    }
    missing = sorted((declared.keys() | {USERS, IDENTITIES}) - shapes.keys())
    if missing:
        raise DatabaseProblem(
            "schema_missing",
            f"The database is not migrated to this checkout: it lacks {', '.join(missing)}.",
            hint="Run: carebase db migrate",
        )
    _refuse_undeclared(declared, shapes)
    of_sessions = _of_sessions(shapes)
    left_out = {
        name: reason
        for name, table in declared.items()
        if (reason := table.stays or _why_left_out(shapes[name], name in of_sessions))
    }
    tables = {
        USERS: _account(shapes[USERS], (*accounts.PUBLIC_COLUMNS, *accounts.SIGN_IN_COLUMNS)),
        IDENTITIES: _account(shapes[IDENTITIES], accounts.IDENTITY_COLUMNS),
    } | {
        name: _moved(shapes[name], table) for name, table in sorted(declared.items()) if name not in left_out
    }
    tables = {name: replace(table, identity=_identity(table, tables)) for name, table in tables.items()}
    found = Belongings(tables, left_out)
    for moved in tables.values():
        _check(moved, found)
    return found


def _account(shape: Shape, columns: Sequence[str]) -> Moved:
    return Moved(shape, "account", tuple(name for name in columns if shape.column(name)))


def _moved(shape: Shape, table: Table) -> Moved:
    kinds: dict[str, Kind] = {"organization": "organization", "person": "person", "nobody": "reference"}
    link = (f"public.{table.link.table}", table.link.column) if table.link else None
    return Moved(
        shape,
        kinds[table.belongs_to],
        tuple(column.name for column in shape.columns),
        table.tenant_column,
        table.owner_column,
        link,
    )


def _identity(table: Moved, tables: Mapping[str, Moved]) -> tuple[str, ...]:
    """Ids of reference rows are each database's own: such a row is known by what others name it by."""
    if table.kind == "reference":
        for other in tables.values():
            for key in other.shape.foreign_keys:
                if key.target == table.name:
                    return key.target_columns
    return table.shape.key


def _of_sessions(shapes: Mapping[str, Shape]) -> set[str]:
    """Tables whose rows cannot be without a session, or without a row that cannot."""
    found, seen = {SESSIONS}, 0
    while len(found) > seen:
        seen = len(found)
        found |= {
            name
            for name, shape in shapes.items()
            if any(key.target in found and shape.is_required(key) for key in shape.foreign_keys)
        }
    return found


def _why_left_out(shape: Shape, is_of_session: bool) -> str:
    if is_of_session:
        return "it is about sessions, which end with the move"
    return "it is unlogged: forgotten at a crash, and at a move" if shape.is_unlogged else ""


def _refuse_undeclared(declared: Mapping[str, Table], shapes: Mapping[str, Shape]) -> None:
    """A table that no room declares could hold rows of the organization: the move would lose them."""
    for name, shape in shapes.items():
        if name in declared or name.startswith("auth."):
            continue
        refers = [key.target for key in shape.foreign_keys if key.target in declared]
        if shape.column(_TENANT_COLUMN) or refers:
            raise DatabaseProblem(
                "table_undeclared",
                f"The table {name} holds rows of organizations or people, and no room.toml declares it.",
                hint="Declare it in the room.toml of its room, so that it is known whose rows it holds.",
            )


def _check(moved: Moved, found: Belongings) -> None:
    shape = moved.shape
    if moved.kind == "organization" and shape.column(moved.tenant_column) is None:
        raise _misdeclared(shape, f"has no column {moved.tenant_column}, which is to hold the organization")
    if not shape.key:
        raise _misdeclared(shape, "has no primary key")
    if any(column.is_numbered for column in shape.columns if column.name in moved.columns):
        raise _unmovable(shape, "numbers its rows with a sequence, and the other database has its own")
    for key in shape.foreign_keys:
        target = found.tables.get(key.target)
        if moved.kind == "reference" and target and target.kind == "organization":
            raise _misdeclared(shape, f"belongs to nobody and refers to rows of {key.target}")
        if target is None and moved.kind != "account" and shape.is_required(key):
            raise _unmovable(shape, f"cannot be without rows of {key.target}, which do not move")


def _misdeclared(shape: Shape, fault: str) -> DatabaseProblem:
    return DatabaseProblem(
        "table_misdeclared", f"{shape.name} {fault}.", hint="Correct its declaration in its room.toml."
    )


def _unmovable(shape: Shape, fault: str) -> DatabaseProblem:
    return DatabaseProblem(
        "table_unmovable", f"{shape.name} {fault}.", hint="See docs/moving-a-tenant.md, what moves."
    )
