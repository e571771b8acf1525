"""Tables as they are filled: rows arrive as they were, so no trigger of ours stamps, guards or tells of them.

A setting that every trigger honours would be another thing for every trigger to get right, and
`session_replication_role` is a superuser's and switches foreign keys off as well. So the owner of the tables
disables their triggers within the transaction, as a restore does: the keys are still checked, nobody else
writes to these tables meanwhile, and an error leaves everything as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

from psycopg import sql

from carebase.db.connect import Connection
from carebase.tenants.belonging import Moved
from carebase.tenants.catalogue import ForeignKey, identifier
from carebase.tenants.copying import table_of

# R fires only in replication; D an operator has disabled. Both stay as they are.
_TRIGGERS = """
select
  wanted.name, array_agg(t.tgname::text order by t.tgname), array_agg(t.tgenabled = 'A' order by t.tgname)
from unnest(%s::text[]) with ordinality as wanted (name, place)
inner join pg_trigger as t on t.tgrelid = wanted.name::regclass
where not t.tgisinternal and t.tgparentid = 0 and t.tgenabled in ('O', 'A')
group by wanted.name, wanted.place
order by wanted.place
"""

Switch = Literal["disable", "enable", "enable always"]


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
    found = conn.execute(_TRIGGERS, [[table.name for table in tables]]).fetchall()
    for table, triggers, _ in found:
        _switch(conn, table, (("disable", trigger) for trigger in triggers))
    fixed = [key for key in deferred if not key.is_deferrable]
    for key in fixed:
        _alter(conn, key, "deferrable")
    for key in deferred:
        conn.execute(sql.SQL("set constraints {} deferred").format(_constraint(key)))
    yield
    conn.execute("set constraints all immediate")
    for key in fixed:
        _alter(conn, key, "not deferrable")
    for table, triggers, always in found:
        words: list[Switch] = ["enable always" if each else "enable" for each in always]
        _switch(conn, table, zip(words, triggers, strict=True))


def _switch(conn: Connection, table: str, triggers: Iterable[tuple[Switch, str]]) -> None:
    """Switch the triggers of a table in one statement, since each of them has the table looked at anew."""
    parts = (sql.SQL("{} trigger {}").format(sql.SQL(how), sql.Identifier(name)) for how, name in triggers)
    conn.execute(sql.SQL("alter table {} {}").format(identifier(table), sql.SQL(", ").join(parts)))


def _alter(conn: Connection, key: ForeignKey, how: str) -> None:
    conn.execute(
        sql.SQL("alter table {} alter constraint {} " + how).format(
            identifier(key.source), sql.Identifier(key.name)
        )
    )


def _constraint(key: ForeignKey) -> sql.Identifier:
    schema, _, _ = key.source.partition(".")
    return sql.Identifier(schema, key.name)
