"""The built schema as the faults see it: whose rows, which policies, functions, keys and grants."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from importlib.resources import files
from typing import Any, TypeVar

from psycopg.rows import dict_row

from carebase.access.mutants.objects import Column, Function, Key, Policy, Table, Trigger
from carebase.access.vocabulary import load_vocabulary
from carebase.db.connect import Connection
from carebase.db.rooms import load_rooms
from carebase.project import Project

OURS = ["public", "app"]
_T = TypeVar("_T")


@dataclass(frozen=True)
class Schema:
    """Everything of ours in a database that a fault can be made in.

    Args:
        personas: all of them.
        sited: those that may be given for one site.
    """

    relations: list[Table]
    policies: list[Policy]
    functions: list[Function]
    triggers: list[Trigger]
    keys: list[Key]
    personas: list[str]
    sited: set[str]

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
            columns=[Column(**column) for column in table.columns],  # type: ignore[arg-type]  # as the query names them
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
        sited={row["persona"] for row in _rows(conn, "sited")},
    )


def _read(conn: Connection, name: str, kind: type[_T]) -> list[_T]:
    return [kind(**row) for row in _rows(conn, name)]


def _rows(conn: Connection, name: str) -> list[dict[str, Any]]:
    query = (files(__package__) / "queries" / f"{name}.sql").read_bytes()
    with conn.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(query, {"schemas": OURS}).fetchall()
