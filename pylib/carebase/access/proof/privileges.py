"""Grants: which role of the database may do what with a table, by column, beside what the matrix says."""

from __future__ import annotations

from collections.abc import Iterator

from carebase.access.proof.world import World
from carebase.db.rooms import Table

# Asked of Postgres itself, which also counts what PUBLIC and other roles pass on.
_HELD = """
select roles.name, a.attname, privileges.name
from unnest(array['anon', 'authenticated', 'service_role']) as roles (name)
cross join unnest(array['select', 'insert', 'update', 'references']) as privileges (name)
cross join pg_attribute as a
where a.attrelid = %(table)s::regclass and a.attnum > 0 and not a.attisdropped
  and has_column_privilege(roles.name, a.attrelid, a.attnum, privileges.name)
union all
select roles.name, null, privileges.name
from unnest(array['anon', 'authenticated', 'service_role']) as roles (name)
cross join unnest(array['delete', 'truncate', 'trigger', 'references']) as privileges (name)
where has_table_privilege(roles.name, %(table)s::regclass, privileges.name)
"""
Grant = tuple[str, str | None, str]


def prove_privileges(world: World, name: str) -> Iterator[str]:
    """What is granted beyond the matrix, and what is not although the matrix needs it.

    Args:
        world: whose transaction it is.
        name: the table, qualified.
    """
    table = world.factory.tables[name]
    held: set[Grant] = {
        (role, column, privilege)
        for role, column, privilege in world.factory.conn.execute(_HELD, {"table": name})
    }
    wanted = set(_wanted(table, list(world.factory.relation(name).columns), name))
    for role, column, privilege in sorted(held - wanted, key=str):
        yield f"{name}: {role} may {privilege} {column or 'rows'}, which the matrix does not grant."
    for role, column, privilege in sorted(wanted - held, key=str):
        yield f"{name}: {role} may not {privilege} {column or 'rows'}, which the matrix grants."


def _wanted(table: Table, columns: list[str], name: str) -> Iterator[Grant]:
    commands = {command for cells in table.access.values() for command in cells}
    closed = {*table.columns, *table.hidden}
    for column in columns:
        if "select" in commands and column not in closed:
            yield "authenticated", column, "select"
        if column in table.insert_columns:
            yield "authenticated", column, "insert"
        if column in table.update_columns:
            yield "authenticated", column, "update"
    if "delete" in commands:
        yield "authenticated", None, "delete"
    if name.startswith("public."):
        for column in columns:
            for privilege in ("select",) if table.append_only else ("select", "insert", "update"):
                yield "service_role", column, privilege
        if not table.append_only:
            yield "service_role", None, "delete"
