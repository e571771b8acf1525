"""Faults in grants: wider than the matrix, to those who are not signed in, now or for what comes."""

from __future__ import annotations

from collections.abc import Iterator

from carebase.access.mutants.mutant import Fault, Kind
from carebase.access.mutants.schema import OURS, Schema

_WRITES = ("insert", "update", "delete")


def _to_anon(schema: Schema) -> Iterator[Fault]:
    for relation in schema.relations:
        says = f"Whoever is not signed in is granted select on {relation.name}."
        yield Fault(relation.name, says, f"grant select on {relation.name} to anon;")


def _to_public(schema: Schema) -> Iterator[Fault]:
    for relation in schema.relations:
        says = f"PUBLIC is granted select on {relation.name}."
        yield Fault(relation.name, says, f"grant select on {relation.name} to public;")


def _truncate(schema: Schema) -> Iterator[Fault]:
    for table in schema.tables:
        says = f"Callers may truncate {table.name}, which asks no policy."
        yield Fault(table.name, says, f"grant truncate on {table.name} to authenticated;")


def _private(schema: Schema) -> Iterator[Fault]:
    for relation in schema.relations:
        if relation.schema == "app" or relation.kind == "m":
            says = f"Callers are granted select on {relation.name}, which is private."
            yield Fault(relation.name, says, f"grant select on {relation.name} to authenticated;")


def _writes(schema: Schema) -> Iterator[Fault]:
    for table in schema.tables:
        for command in _WRITES:
            some = {
                "insert": any(column.is_insertable for column in table.columns),
                "update": any(column.is_updatable for column in table.columns),
            }
            if command not in table.granted and not some.get(command):
                says = f"Callers are granted {command} on {table.name}, which the matrix does not give."
                yield Fault(table.name, says, f"grant {command} on {table.name} to authenticated;", command)


def _all_columns(schema: Schema) -> Iterator[Fault]:
    for table in schema.tables:
        allowed = {
            "select": [column for column in table.columns if column.is_readable],
            "insert": [column for column in table.columns if column.is_insertable],
            "update": [column for column in table.columns if column.is_updatable],
        }
        for command, columns in allowed.items():
            if columns and command not in table.granted:
                says = f"Callers may {command} every column of {table.name}."
                yield Fault(table.name, says, f"grant {command} on {table.name} to authenticated;", command)


def _identity(schema: Schema) -> Iterator[Fault]:
    for table in schema.tables:
        for column in table.columns:
            if column.name not in {*table.identity, "version", "created_by", "deleted_at"}:
                continue
            for command, has, some in (
                ("insert", column.is_insertable, any(c.is_insertable for c in table.columns)),
                ("update", column.is_updatable, any(c.is_updatable for c in table.columns)),
            ):
                if some and not has:
                    says = (
                        f"Callers may {command} {table.name}.{column.name}, which is the database's to set."
                    )
                    statement = f"grant {command} ({column.name}) on {table.name} to authenticated;"
                    yield Fault(f"{table.name}.{column.name}", says, statement, command)


def _grant_option(schema: Schema) -> Iterator[Fault]:
    for table in schema.tables:
        if "select" in table.granted:
            says = f"Callers may pass select on {table.name} on to others."
            yield Fault(table.name, says, f"grant select on {table.name} to authenticated with grant option;")


def _defaults(_: Schema) -> Iterator[Fault]:
    for schema in OURS:
        for objects, privilege in (("tables", "select"), ("functions", "execute"), ("sequences", "usage")):
            for role in ("anon", "authenticated"):
                says = f"Every new one of the {objects} in {schema} is granted to {role}."
                statement = (
                    f"alter default privileges for role postgres in schema {schema} "
                    f"grant {privilege} on {objects} to {role};"
                )
                yield Fault(schema, says, statement, f"{objects}-{role}")


def _schemas(_: Schema) -> Iterator[Fault]:
    for statement, detail, says in (
        ("grant usage on schema app to public;", "usage-public", "PUBLIC may use the private schema."),
        ("grant create on schema app to authenticated;", "create", "Callers may create in schema app."),
        (
            "grant create on schema app to service_role;",
            "create-service",
            "Workers may create in schema app.",
        ),
    ):
        yield Fault("app", says, statement, detail)
    for role in ("anon", "authenticated", "public"):
        says = f"{role} may create in schema public, among the API's own objects."
        yield Fault("public", says, f"grant create on schema public to {role};", f"create-{role}")


KINDS = (
    Kind("grant-to-anon", "Select granted to who is not signed in.", _to_anon),
    Kind("grant-to-public", "Select granted to PUBLIC.", _to_public),
    Kind("grant-truncate", "TRUNCATE granted: it asks no policy and no trigger.", _truncate),
    Kind("grant-private", "Select granted on what is private.", _private),
    Kind("grant-writes", "A command granted that no cell of the matrix gives.", _writes),
    Kind("grant-all-columns", "Every column granted instead of those named.", _all_columns),
    Kind("grant-identity-column", "A column granted that is the database's to set.", _identity),
    Kind("grant-option", "A privilege granted together with the right to pass it on.", _grant_option),
    Kind("default-privileges", "New objects are granted before anyone has thought about them.", _defaults),
    Kind("schema-opened", "A schema may be used or created in by who should not.", _schemas),
)
