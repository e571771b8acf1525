"""The built schema as the faults see it: whose rows, which policies, functions, keys and grants."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from importlib.resources import files
from typing import Any, TypeVar

from psycopg.rows import dict_row

from carebase.access.vocabulary import load_vocabulary
from carebase.db.connect import Connection
from carebase.db.rooms import Table as Declared
from carebase.db.rooms import load_rooms
from carebase.project import Project

OURS = ["public", "app"]
_T = TypeVar("_T")


@dataclass(frozen=True)
class Column:
    """A column, and what a signed-in caller may do with it."""

    name: str
    type: str
    is_required: bool
    default: str | None
    is_readable: bool
    is_insertable: bool
    is_updatable: bool


@dataclass(frozen=True)
class Table:
    """A table (`kind` r or p), view (v) or materialized view (m); `declared` is its entry in room.toml."""

    schema: str
    bare: str
    name: str
    kind: str
    is_secured: bool
    is_forced: bool
    granted: list[str]
    columns: list[Column]
    declared: Declared | None = None

    @property
    def is_table(self) -> bool:
        return self.kind in "rp"

    @property
    def tenant(self) -> str | None:
        """The column of the organization, if the rows belong to one."""
        is_tenants = self.declared is not None and self.declared.belongs_to == "organization"
        return self.declared.tenant_column if self.declared and is_tenants else None

    @property
    def owner(self) -> str | None:
        """The column of the person whose row it is, if there is one."""
        name = self.declared.owner_column if self.declared else "user_id"
        return name if any(column.name == name for column in self.columns) else None

    @property
    def identity(self) -> list[str]:
        """The columns that say whose the row is."""
        return [name for name in (self.tenant, self.owner) if name]


@dataclass(frozen=True)
class Policy:
    """A policy; `using` and `check` as Postgres prints them."""

    schema: str
    table: str
    name: str
    command: str
    is_permissive: bool
    roles: list[str]
    using: str | None
    check: str | None
    comment: str | None

    @property
    def target(self) -> str:
        return f"{self.table}.{self.name}"


@dataclass(frozen=True)
class Function:
    """A function in SQL or PL/pgSQL; `name` is its signature."""

    schema: str
    bare: str
    name: str
    arguments: str
    argument_names: list[str]
    is_variadic: bool
    definition: str
    body: str
    language: str
    is_definer: bool
    has_search_path: bool
    volatility: str
    is_trigger: bool
    grantees: list[str]
    comment: str | None
    is_in_policy: bool
    is_depended_on: bool

    @property
    def called(self) -> str:
        """Its name without arguments, as a call begins."""
        return self.name.partition("(")[0]

    def with_body(self, body: str) -> str:
        """The statement that gives it another body and leaves the rest."""
        head, _, tail = self.definition.rpartition(self.body)
        return f"{head}{body}{tail}"


@dataclass(frozen=True)
class Trigger:
    """A trigger that runs a function of ours, on whosever table."""

    table: str
    name: str
    function: str
    definition: str
    is_on_platform: bool


@dataclass(frozen=True)
class Key:
    """A constraint, or a unique index that is none."""

    table: str
    name: str
    kind: str
    definition: str
    columns: list[str]
    target: str | None
    target_columns: list[str]
    is_referenced: bool


@dataclass(frozen=True)
class Schema:
    """Everything of ours in a database that a fault can be made in."""

    relations: list[Table]
    policies: list[Policy]
    functions: list[Function]
    triggers: list[Trigger]
    keys: list[Key]
    personas: list[str]

    @cached_property
    def tables(self) -> list[Table]:
        return [relation for relation in self.relations if relation.is_table]

    @cached_property
    def by_name(self) -> dict[str, Table]:
        return {relation.name: relation for relation in self.relations}

    def tenant_of(self, table: str) -> str | None:
        """The organization's column of a table, if it has one."""
        found = self.by_name.get(table)
        return found.tenant if found else None

    def callers_of(self, function: Function) -> list[Function]:
        """The functions whose bodies call it."""
        return [
            other for other in self.functions if f"{function.called}(" in other.body and other != function
        ]


def read_schema(conn: Connection, project: Project) -> Schema:
    """Read a built database; leaves an empty search path until the transaction ends.

    Args:
        conn: to the database, in a transaction.
        project: the checkout it was built from.
    """
    conn.execute("set local search_path = ''")
    declared = {
        ".".join(room.qualified(name)): table
        for room in load_rooms(project)
        for name, table in room.tables.items()
    }
    relations = [
        replace(
            table,
            columns=[Column(**column) for column in table.columns],  # type: ignore[arg-type]
            declared=declared.get(f"{table.schema}.{table.bare}"),
        )
        for table in _read(conn, "tables", Table)
    ]
    return Schema(
        relations=relations,
        policies=_read(conn, "policies", Policy),
        functions=_read(conn, "functions", Function),
        triggers=_read(conn, "triggers", Trigger),
        keys=_read(conn, "keys", Key),
        personas=list(load_vocabulary(project).personas),
    )


def _read(conn: Connection, name: str, kind: type[_T]) -> list[_T]:
    query = (files(__package__) / "queries" / f"{name}.sql").read_bytes()
    with conn.cursor(row_factory=dict_row) as cursor:
        rows: list[dict[str, Any]] = cursor.execute(query, {"schemas": OURS}).fetchall()
    return [kind(**row) for row in rows]
