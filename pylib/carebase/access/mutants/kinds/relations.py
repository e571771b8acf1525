"""Faults in tables themselves: row level security, triggers, defaults that say whose a row is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from carebase.access.mutants.mutant import Fault, Kind
from carebase.access.mutants.schema import Schema

# A default that asks who is asking.
_CALLER = re.compile(r"\b(auth|app)\.(?!uuid_v7|clock)\w+\(")


def _disabled(schema: Schema) -> Iterator[Fault]:
    for table in schema.tables:
        if table.is_secured:
            says = f"Row level security of {table.name} is off."
            yield Fault(table.name, says, f"alter table {table.name} disable row level security;")


def _not_forced(schema: Schema) -> Iterator[Fault]:
    for table in schema.tables:
        if table.is_forced:
            says = f"{table.name} does not hold its owner to its policies."
            yield Fault(table.name, says, f"alter table {table.name} no force row level security;")


def _trigger_dropped(schema: Schema) -> Iterator[Fault]:
    for trigger in schema.triggers:
        says = f"{trigger.table} lost its trigger {trigger.name} ({trigger.function})."
        yield Fault(
            f"{trigger.table}.{trigger.name}",
            says,
            f"drop trigger {trigger.name} on {trigger.table};",
            as_superuser=trigger.is_on_platform,
        )


def _trigger_disabled(schema: Schema) -> Iterator[Fault]:
    for trigger in schema.triggers:
        says = f"The trigger {trigger.name} of {trigger.table} is switched off."
        yield Fault(
            f"{trigger.table}.{trigger.name}",
            says,
            f"alter table {trigger.table} disable trigger {trigger.name};",
            as_superuser=trigger.is_on_platform,
        )


def _trigger_narrowed(schema: Schema) -> Iterator[Fault]:
    for trigger in schema.triggers:
        narrower = re.sub(r"\bINSERT OR UPDATE(?: OF .+?)? ON\b", "INSERT ON", trigger.definition)
        if narrower == trigger.definition:
            continue
        says = f"The trigger {trigger.name} of {trigger.table} runs on insert only."
        yield Fault(
            f"{trigger.table}.{trigger.name}",
            says,
            f"drop trigger {trigger.name} on {trigger.table};\n{narrower};",
            instead=trigger.definition + ";",
            as_superuser=trigger.is_on_platform,
        )


def _default_dropped(schema: Schema) -> Iterator[Fault]:
    """Where callers insert and may not say whose the row is, the default says it."""
    for table in schema.tables:
        if not any(column.is_insertable for column in table.columns):
            continue
        for column in table.columns:
            if column.default and _CALLER.search(column.default) and not column.is_insertable:
                says = f"{table.name}.{column.name} is no longer filled in by the database."
                statement = f"alter table {table.name} alter column {column.name} drop default;"
                yield Fault(f"{table.name}.{column.name}", says, statement)


def _default_from_token(schema: Schema) -> Iterator[Fault]:
    for table in schema.tables:
        column = next((column for column in table.columns if column.name == table.tenant), None)
        if column is None or not column.default or not any(c.is_insertable for c in table.columns):
            continue
        claim = "(current_setting('request.jwt.claims', true)::jsonb ->> 'org_id')::uuid"
        says = f"{table.name}.{column.name} is filled in with what the token claims."
        statement = f"alter table {table.name} alter column {column.name} set default {claim};"
        yield Fault(f"{table.name}.{column.name}", says, statement)


KINDS = (
    Kind("rls-disabled", "Row level security is off.", _disabled),
    Kind("force-forgotten", "Row level security is not forced: the owner skips it.", _not_forced),
    Kind("trigger-dropped", "A trigger that stamps, guards or follows is gone.", _trigger_dropped),
    Kind("trigger-disabled", "A trigger is there, but switched off.", _trigger_disabled),
    Kind("trigger-on-insert-only", "A trigger no longer runs on update.", _trigger_narrowed),
    Kind(
        "identity-default-dropped", "A column that says whose the row is lost its default.", _default_dropped
    ),
    Kind("identity-default-claimed", "A row's organization is what the token claims.", _default_from_token),
)
