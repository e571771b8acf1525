"""Tables as they are filled: rows arrive as they were, so no trigger of ours stamps, guards or tells of them.

A setting that every trigger honours would be another thing for every trigger to get right, and
`session_replication_role` is a superuser's and switches foreign keys off as well. So the owner of the tables
disables their triggers within the transaction, as a restore does: the keys are still checked, nobody else
writes to these tables meanwhile, and an error leaves everything as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from psycopg import sql

from carebase.db.connect import Connection
from carebase.tenants.belonging import Moved
from carebase.tenants.catalogue import ForeignKey, identifier
from carebase.tenants.copying import table_of

# R fires only in replication; D an operator has disabled. Both stay as they are.
_TRIGGERS = """
select tgname, tgenabled = 'A' from pg_trigger
where tgrelid = %s::regclass and not tgisinternal and tgparentid = 0 and tgenabled in ('O', 'A')
order by tgname
"""


@contextmanager
def silenced(conn: Connection, tables: Sequence[Moved], deferred: Sequence[ForeignKey]) -> Iterator[None]:
    """Within the block no trigger fires, and the keys in circles are checked at its end.

    Args:
        conn: the connection, in its transaction, as the owner of the tables.
        tables: those that are filled; they are locked against other writers until the transaction ends.
        deferred: keys that cannot be satisfied by any order of the tables.
    """
    conn.execute(
        sql.SQL("lock table {} in share row exclusive mode").format(
            sql.SQL(", ").join(table_of(table) for table in sorted(tables, key=lambda each: each.name))
        )
    )
    found = [
        (table_of(table), sql.Identifier(name), is_always)
        for table in tables
        for name, is_always in conn.execute(_TRIGGERS, [table.name]).fetchall()
    ]
    for table, trigger, _ in found:
        conn.execute(sql.SQL("alter table {} disable trigger {}").format(table, trigger))
    fixed = [key for key in deferred if not key.is_deferrable]
    for key in fixed:
        _alter(conn, key, "deferrable")
    for key in deferred:
        conn.execute(sql.SQL("set constraints {} deferred").format(_constraint(key)))
    yield
    conn.execute("set constraints all immediate")
    for key in fixed:
        _alter(conn, key, "not deferrable")
    for table, trigger, is_always in found:
        how = sql.SQL("enable always trigger" if is_always else "enable trigger")
        conn.execute(sql.SQL("alter table {} {} {}").format(table, how, trigger))


def _alter(conn: Connection, key: ForeignKey, how: str) -> None:
    conn.execute(
        sql.SQL("alter table {} alter constraint {} " + how).format(
            identifier(key.source), sql.Identifier(key.name)
        )
    )


def _constraint(key: ForeignKey) -> sql.Identifier:
    schema, _, _ = key.source.partition(".")
    return sql.Identifier(schema, key.name)
