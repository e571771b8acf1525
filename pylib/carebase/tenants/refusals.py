"""What the server refuses, said without quoting it: its messages hold values of people's rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors

from carebase.problems import DatabaseProblem, EnvironmentProblem, Problem

_SCHEMA = (errors.UndefinedTable, errors.UndefinedColumn, errors.UndefinedFunction, errors.InvalidSchemaName)
_TAKEN = (errors.UniqueViolation, errors.ExclusionViolation)


@contextmanager
def explained(table: str = "") -> Iterator[None]:
    """Turn what the server refuses into a problem that names tables and rules, and never a value.

    Args:
        table: the one that is being worked on.
    """
    try:
        yield
    except psycopg.Error as error:
        raise _problem(error, table) from None


def _problem(error: psycopg.Error, table: str) -> Problem:
    place = _place(error, table)
    if isinstance(error, _SCHEMA):
        return DatabaseProblem(
            "schema_missing",
            "The database is not migrated to this checkout.",
            hint="Run: carebase db migrate",
        )
    if isinstance(error, errors.InsufficientPrivilege):
        return DatabaseProblem(
            "move_forbidden",
            f"This database user may not do that{place}.",
            hint="Connect as the role postgres, the owner of the tables.",
        )
    if isinstance(error, errors.LockNotAvailable):
        return DatabaseProblem(
            "database_busy",
            f"Others are writing to the tables, and did not end in time{place}; nothing was changed.",
            hint="Run the command again when there is less going on.",
        )
    if isinstance(error, _TAKEN):
        return DatabaseProblem(
            "row_conflict",
            f"Another row is there where a row of the export belongs{place}; nothing was changed.",
            hint="It has the same unique value under another key. Make them one by hand, then import again.",
        )
    if isinstance(error, errors.DataCorrupted):
        return DatabaseProblem(
            "sealed_value_damaged",
            f"A sealed value does not open{place}; nothing was changed.",
            hint="It was altered where it is stored, or moved there: restore it from a backup.",
        )
    if isinstance(error, errors.ObjectNotInPrerequisiteState):
        return DatabaseProblem(
            "key_unusable",
            f"A data key that is needed was destroyed, or does not open{place}; nothing was changed.",
            hint="`carebase keys status` shows the state of every key.",
        )
    if isinstance(error, errors.IntegrityError | errors.DataError):
        return DatabaseProblem(
            "export_invalid",
            f"The export holds what the database does not take{place}; nothing was changed.",
            hint="It is not as `carebase org export` wrote it. Export again.",
        )
    if isinstance(error, psycopg.OperationalError):
        return EnvironmentProblem(
            "connection_lost",
            f"The database broke off{place}; nothing was kept of what was begun.",
            hint="See that it runs and has room on its disk, and run the command again.",
        )
    return DatabaseProblem(
        "move_failed",
        f"The database refused{place}; nothing was changed.",
        hint="This is a defect of the move: please report the code and the names given here.",
    )


def _place(error: psycopg.Error, table: str) -> str:
    names = (table or error.diag.table_name, error.diag.constraint_name, error.sqlstate)
    known = ", ".join(name for name in names if name)
    return f" ({known})" if known else ""
