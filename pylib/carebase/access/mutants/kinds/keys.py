"""Faults in keys and constraints: without the organization, or gone where they carry a rule of access."""

from __future__ import annotations

import re
from collections.abc import Iterator

from carebase.access.mutants.mutant import Fault, Kind
from carebase.access.mutants.objects import Key
from carebase.access.mutants.schema import Schema

# Columns that a rule of access is about; a constraint on one of them carries that rule.
_ABOUT_ACCESS = re.compile(
    r"\b(org_id|user_id|site_id|role|roles|valid_during|expires_at|ends_at|revoked_at|aal|\w*_hash|prefix|kind"
    r"|is_active|tenant)\b"
)


def _without_tenant(schema: Schema) -> Iterator[Fault]:
    for key in schema.keys:
        tenant, there = schema.tenant_of(key.table), schema.tenant_of(key.target or "")
        pairs = list(zip(key.columns, key.target_columns, strict=False))
        if key.kind != "foreign key" or (tenant, there) not in pairs or len(pairs) < 2:
            continue
        rest = [pair for pair in pairs if pair != (tenant, there)]
        columns, targets = (", ".join(names) for names in zip(*rest, strict=True))
        target = str(key.target)
        unique = f"{target.rpartition('.')[2]}_{'_'.join(name for _, name in rest)}_only_key"
        statement = (
            f"alter table {target} add constraint {unique} unique ({targets});\n"
            f"alter table {key.table} drop constraint {key.name};\n"
            f"alter table {key.table} add constraint {key.name} foreign key ({columns}) "
            f"references {target} ({targets});"
        )
        says = f"{key.table}.{key.name} may point into another organization: it lacks {tenant}."
        yield Fault(f"{key.table}.{key.name}", says, statement, instead=_add(key))


def _foreign_dropped(schema: Schema) -> Iterator[Fault]:
    for key in schema.keys:
        if key.kind == "foreign key" and _is_about_access(schema, key):
            says = f"{key.table} lost its foreign key {key.name}."
            yield Fault(f"{key.table}.{key.name}", says, _drop(key), equivalent=_held_otherwise(schema, key))


def _held_otherwise(schema: Schema, key: Key) -> str:
    """Why a key of one column holds back nothing that another does not, if so.

    The other is of required columns, that one among them, and points where the same key is.
    """
    required = {column.name for column in schema.by_name[key.table].columns if column.is_required}
    for other in schema.keys:
        if (other.table, other.kind) != (key.table, "foreign key") or not required.issuperset(other.columns):
            continue
        places = dict(zip(other.columns, other.target_columns, strict=False))
        if len(key.columns) == 1 < len(places) and any(
            (there.table, there.target) == (other.target, key.target)
            and [places.get(key.columns[0])] == there.columns
            for there in schema.keys
        ):
            return "Another key of the row points at one that has the same key."
    return ""


def _unique_global(schema: Schema) -> Iterator[Fault]:
    for key in schema.keys:
        tenant = schema.tenant_of(key.table)
        if key.kind not in ("unique", "unique index", "primary key") or key.is_referenced:
            continue
        if tenant not in key.columns or len(key.columns) < 2:
            continue
        pattern = rf"\b{tenant},\s*|,\s*{tenant}\b"
        statement = f"{_drop(key)}\n{re.sub(pattern, '', _add(key), count=1)}"
        says = f"{key.table}.{key.name} is unique across organizations: one learns what another has."
        yield Fault(f"{key.table}.{key.name}", says, statement, instead=_add(key))


def _dropped(schema: Schema) -> Iterator[Fault]:
    for key in schema.keys:
        if key.kind in ("unique", "unique index", "exclusion", "check") and not key.is_referenced:
            if not _is_about_access(schema, key):
                continue
            says = f"{key.table} lost its {key.kind} {key.name}."
            yield Fault(f"{key.table}.{key.name}", says, _drop(key))


def _nullable(schema: Schema) -> Iterator[Fault]:
    primary = {
        (key.table, column) for key in schema.keys if key.kind == "primary key" for column in key.columns
    }
    for table in schema.tables:
        for column in table.columns:
            if (
                column.name in table.identity
                and column.is_required
                and (table.name, column.name) not in primary
            ):
                says = f"{table.name}.{column.name}, which says whose the row is, may be null."
                statement = f"alter table {table.name} alter column {column.name} drop not null;"
                yield Fault(f"{table.name}.{column.name}", says, statement)


def _is_about_access(schema: Schema, key: Key) -> bool:
    table = schema.by_name[key.table]
    return bool(_ABOUT_ACCESS.search(key.definition)) or bool(set(table.identity).intersection(key.columns))


def _drop(key: Key) -> str:
    if key.kind == "unique index":
        return f"drop index {key.table.rpartition('.')[0]}.{key.name};"
    return f"alter table {key.table} drop constraint {key.name};"


def _add(key: Key) -> str:
    if key.kind == "unique index":
        return f"{key.definition};"
    return f"alter table {key.table} add constraint {key.name} {key.definition};"


KINDS = (
    Kind("foreign-key-without-tenant", "A foreign key lacks the organization.", _without_tenant),
    Kind("foreign-key-dropped", "A foreign key that says whose a row is was dropped.", _foreign_dropped),
    Kind("unique-across-tenants", "A key is unique across organizations.", _unique_global),
    Kind("constraint-dropped", "A constraint that carries a rule of access was dropped.", _dropped),
    Kind("identity-nullable", "A column that says whose a row is may be null.", _nullable),
)
