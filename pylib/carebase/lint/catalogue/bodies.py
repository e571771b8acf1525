"""Function bodies that Postgres refuses: `sql/` is loaded without checking them, in whatever order."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg

from carebase.db.connect import Connection
from carebase.lint.catalogue.rule import PRELUDE, Fault, Rule

RULE = Rule(
    "function-body",
    "A body is checked when its function is made anew; one that fails then fails in a migration or in use.",
    "Correct the body; names in it need their schema.",
    """
    select schema, name, part, shown, pg_catalog.pg_get_functiondef(oid)
    from routines where prokind in ('f', 'p')
    """,
)


def faults(conn: Connection) -> Iterator[Fault]:
    """Make every function anew, each in a transaction that is rolled back, and report what Postgres says.

    Args:
        conn: an autocommit connection as the functions' owner.
    """
    for schema, name, part, shown, definition in conn.execute(PRELUDE + RULE.sql).fetchall():
        try:
            with conn.transaction(force_rollback=True):
                conn.execute("set local check_function_bodies = on")
                conn.execute("set local search_path = ''")
                conn.execute(definition)
        except psycopg.Error as error:
            if conn.closed:
                raise
            reason = error.diag.message_primary or str(error)
            yield Fault("routine", schema, name, part, f"has a body that Postgres refuses: {reason}", shown)
