"""Faults that add a way round the policies: views and copies of a table's rows."""

from __future__ import annotations

from collections.abc import Iterator

from carebase.access.mutants.mutant import Fault, Kind
from carebase.access.mutants.objects import Table
from carebase.access.mutants.schema import Schema


def _invoker_forgotten(schema: Schema) -> Iterator[Fault]:
    for view in schema.relations:
        if view.kind == "v":
            says = f"{view.name} shows what its owner may see, and its owner may see all."
            yield Fault(view.name, says, f"alter view {view.name} reset (security_invoker);")


def _view_added(schema: Schema) -> Iterator[Fault]:
    for table in _readable(schema):
        name = f"public.{table.bare}_overview"
        statement = (
            f"create view {name} as table {table.name};\n"
            f"comment on view {name} is 'Rows at a glance.';\n{_columns(table, name)}"
            f"grant select on {name} to authenticated;"
        )
        yield Fault(table.name, f"Somebody added the view {name} without security_invoker.", statement)


def _kept_ready(schema: Schema) -> Iterator[Fault]:
    for table in _readable(schema):
        if table.tenant:
            name = f"public.{table.bare}_mutant_counts"
            statement = (
                f"create materialized view {name} as {_counts(table)};\n"
                f"create unique index {table.bare}_mutant_counts_org_id_key on {name} (org_id);\n"
                f"comment on materialized view {name} is 'How many there are.';\n"
                f"comment on column {name}.org_id is 'Whose.';\n"
                f"comment on column {name}.row_count is 'How many.';\n"
                f"grant select on {name} to authenticated;"
            )
            yield Fault(table.name, f"Somebody added {name} with every organization's figures.", statement)


def _copied(schema: Schema) -> Iterator[Fault]:
    for table in _readable(schema):
        name = f"public.{table.bare}_backup"
        statement = (
            f"create table {name} (like {table.name} including all excluding generated);\n"
            f"insert into {name} table {table.name};\n"
            f"comment on table {name} is 'A copy.';\n"
            f"grant select on {name} to authenticated;"
        )
        yield Fault(table.name, f"Somebody left {name} behind, without row level security.", statement)


def _counts(table: Table) -> str:
    # Names of the catalogue, quoted by Postgres, in a fault that is made on a copy.
    return f"select {table.tenant} as org_id, count(*) as row_count from {table.name} group by 1"  # noqa: S608


def _readable(schema: Schema) -> list[Table]:
    return [table for table in schema.tables if "select" in table.granted]


def _columns(table: Table, name: str) -> str:
    return "".join(
        f"comment on column {name}.{column.name} is 'As in {table.name}.';\n" for column in table.columns
    )


KINDS = (
    Kind("view-as-owner", "A view lost security_invoker: it reads past every policy.", _invoker_forgotten),
    Kind("view-added", "A view was added without security_invoker.", _view_added),
    Kind(
        "materialized-view-added", "Figures of all organizations are kept ready for everybody.", _kept_ready
    ),
    Kind("copy-added", "A copy of a table was left behind without row level security.", _copied),
)
