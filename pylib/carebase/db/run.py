"""Running one migration or rollback: all of it or nothing, and if not, which statement failed and why."""

from __future__ import annotations

from collections.abc import Callable

import psycopg

from carebase.db import history
from carebase.db.connect import Connection, act_as_owner
from carebase.db.files import Migration, Script
from carebase.db.statements import Statement, refuse_transactions
from carebase.problems import DatabaseProblem


def apply(conn: Connection, migration: Migration) -> None:
    """Run a migration and record it, in one transaction unless its header says otherwise.

    Raises:
        DatabaseProblem: a statement failed; the message names it, and says what became of the others.
    """
    _run(conn, migration.up, lambda: history.record(conn, migration))


def undo(conn: Connection, migration: Migration) -> None:
    """Run a rollback and forget its migration, in one transaction unless its header says otherwise.

    Raises:
        DatabaseProblem: a statement failed; the message names it, and says what became of the others.
    """
    if migration.down is None:
        raise ValueError(f"{migration.label} has no rollback")
    _run(conn, migration.down, lambda: history.forget(conn, migration.version))


def _run(conn: Connection, script: Script, note: Callable[[], None]) -> None:
    if script.is_transactional:
        refuse_transactions(script.statements, script.where)
    act_as_owner(conn)
    running: Statement | None = None
    try:
        if script.is_transactional:
            with conn.transaction():
                for running in script.statements:
                    conn.execute(running.text.encode())
                # What is checked only at the end is checked here, where it can still be said whose fault it
                # is.
                conn.execute("set constraints all immediate")
                act_as_owner(conn)
                note()
        else:
            for running in script.statements:
                conn.execute(running.text.encode())
            act_as_owner(conn)
            note()
    except psycopg.Error as error:
        raise _explain(script, running, error) from error


def _explain(script: Script, statement: Statement | None, error: psycopg.Error) -> DatabaseProblem:
    diag = error.diag
    reason = diag.message_primary or " ".join(str(error).split())
    where = script.where
    if statement is not None:
        position = int(diag.statement_position) if diag.statement_position else None
        where += f":{statement.line_of(position)}: statement {statement.number} of {len(script.statements)}"
        where += f" ({statement.headline})"
    lines = [f"{where} failed: {reason}."]
    if diag.message_detail:
        lines.append(diag.message_detail)
    if diag.context:
        lines.append(diag.context.splitlines()[0])
    if script.is_transactional:
        lines.append("The database is as it was before this file.")
    elif statement is not None:
        lines.append(f"It has no transaction: its first {statement.number - 1} statement(s) stay done.")
    hint = diag.message_hint or "Correct the file and run the command again."
    if isinstance(error, psycopg.errors.LockNotAvailable):
        hint = "Somebody holds a lock on it; run the command again when it is quieter."
    return DatabaseProblem("migration_failed", "\n".join(lines), hint=hint)
