"""The declared database: everything in `sql/`, loaded into a database that has the platform objects."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import psycopg

from carebase.db.connect import Connection, connect_as_owner
from carebase.db.rooms import Room, load_rooms
from carebase.db.statements import Statement, refuse_transactions, split_statements
from carebase.problems import DatabaseProblem, Problem
from carebase.project import Project

_FOLDERS = ("functions", "tables", "views")
# Errors that another file may cure: something that is declared further on is not there yet.
_NOT_THERE_YET = (
    psycopg.errors.UndefinedTable,
    psycopg.errors.UndefinedObject,
    psycopg.errors.UndefinedFunction,
    psycopg.errors.UndefinedColumn,
    psycopg.errors.InvalidSchemaName,
)


@dataclass(frozen=True)
class _Failure:
    path: Path
    statement: Statement
    error: psycopg.Error


def declared_files(room: Room) -> list[Path]:
    """A room's SQL in the order of trying: schema, types, functions, tables, views, generated, jobs."""
    top = sorted(room.folder.glob("*.sql"))
    first = [p for name in ("schema.sql", "types.sql") for p in top if p.name == name]
    last = [p for p in top if p.name == "jobs.sql"]
    others = [p for p in top if p not in first and p not in last]
    known = [path for name in _FOLDERS for path in sorted((room.folder / name).rglob("*.sql"))]
    generated = sorted((room.folder / "generated").rglob("*.sql"))
    rest = sorted(set(room.folder.rglob("*.sql")) - {*top, *known, *generated})
    return [*first, *others, *known, *rest, *generated, *last]


def build(url: str, project: Project) -> list[Path]:
    """Load `sql/` into the database at `url`, which has the platform objects and nothing of ours.

    Files may need each other in any order: what fails for lack of something is tried again after the others.
    All in one transaction.

    Args:
        url: the database; the session acts as the owner role.
        project: the checkout.

    Returns:
        The files in the order in which they loaded.

    Raises:
        UsageProblem: a file is no SQL or ends the transaction.
        DatabaseProblem: a statement that no other file cures; file, line and Postgres' reason are named.
    """
    files = [path for room in load_rooms(project) for path in declared_files(room)]
    pending = [(path, read_statements(path, project)) for path in files]
    loaded: list[Path] = []
    with connect_as_owner(url) as conn, conn.transaction():
        conn.execute("set local check_function_bodies = off")
        while pending:
            failures: list[_Failure] = []
            left = []
            for path, statements in pending:
                failure = _try(conn, path, statements)
                if failure is None:
                    loaded.append(path)
                else:
                    failures.append(failure)
                    left.append((path, statements))
            if len(left) == len(pending):
                raise _explain(failures, project)
            pending = left
    return loaded


def read_statements(path: Path, project: Project) -> tuple[Statement, ...]:
    """The statements of one declared file, none of which begins or ends a transaction."""
    where = path.relative_to(project.root).as_posix()
    statements = split_statements(path.read_text(encoding="utf-8"), where)
    refuse_transactions(statements, where)
    return statements


def _try(conn: Connection, path: Path, statements: tuple[Statement, ...]) -> _Failure | None:
    """Run a file, all of it or nothing."""
    running = None
    try:
        with conn.transaction():
            for running in statements:
                conn.execute(running.text.encode())
    except psycopg.Error as error:
        if running is None or conn.closed:
            raise
        return _Failure(path, running, error)
    return None


def _explain(failures: list[_Failure], project: Project) -> Problem:
    """Name the cause first: files that only wait for a broken one are symptoms."""
    causes = [f for f in failures if not isinstance(f.error, _NOT_THERE_YET)] or failures
    lines = [_sentence(failure, project) for failure in causes[:3]]
    waiting = len(failures) - len(lines)
    if waiting:
        lines.append(f"{waiting} more file(s) could not be loaded, perhaps only because of this.")
    return DatabaseProblem(
        "declared_sql_failed", "\n".join(lines), hint="Correct the file in sql/; the database is as it was."
    )


def _sentence(failure: _Failure, project: Project) -> str:
    diag, statement = failure.error.diag, failure.statement
    position = int(diag.statement_position) if diag.statement_position else None
    where = f"{failure.path.relative_to(project.root).as_posix()}:{statement.line_of(position)}"
    detail = f" ({diag.message_detail})" if diag.message_detail else ""
    return f"{where}: {statement.headline} … {diag.message_primary}{detail}"
