"""Sealing, and what whoever looks after it does now and then: a new key, retention, a look at the lag."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime

from psycopg.rows import class_row
from pydantic import BaseModel

from carebase.db.connect import owner_session
from carebase.problems import DatabaseProblem


class Status(BaseModel):
    """How far sealing has come.

    Attributes:
        unsealed_count: events that no seal is over yet.
        oldest_unsealed_at: the oldest of them.
        run_count: how often sealing went on.
        sealed_at: when it last did.
        key_version: the key it was done with.
        unpartitioned_count: events for which no partition had been made.
        partitioned_until: up to which day partitions are made.
    """

    unsealed_count: int
    oldest_unsealed_at: datetime | None
    run_count: int
    sealed_at: datetime | None
    key_version: int | None
    unpartitioned_count: int
    partitioned_until: date | None


def seal(url: str, *, limit: int = 50_000) -> int:
    """Seal everything that was committed before now; how many events that were.

    Args:
        url: the database, as the owner of our objects.
        limit: about as many in one transaction.

    Raises:
        DatabaseProblem: the database is not migrated, or refused.

    Example:
        >>> seal(url)  # doctest: +SKIP
        1204
    """
    total = 0
    with owner_session(url) as conn:
        while True:
            row = conn.execute("select app.seal_audit(%s)", [limit]).fetchone()
            count = row[0] if row else 0
            total += count
            if count < limit:
                return total


def seal_on(
    url: str,
    *,
    every: float = 0.5,
    is_over: Callable[[], bool] = lambda: False,
    told: Callable[[int], None] = lambda count: None,
) -> None:
    """Seal again and again, over one connection; what is new is sealed within `every` seconds.

    Args:
        url: the database, as the owner of our objects.
        every: seconds between two looks.
        is_over: asked between two looks.
        told: what was sealed, each time.

    Raises:
        DatabaseProblem: the database refused or went away.
    """
    with owner_session(url) as conn:
        conn.execute("set application_name = 'carebase audit seal'")
        while not is_over():
            row = conn.execute("select app.seal_audit()", prepare=True).fetchone()
            if row and row[0]:
                told(row[0])
            else:
                time.sleep(every)


def status(url: str) -> Status:
    """How far sealing has come.

    Raises:
        DatabaseProblem: the database is not migrated, or refused.
    """
    with owner_session(url) as conn, conn.cursor(row_factory=class_row(Status)) as cursor:
        found = cursor.execute("select * from app.audit_status()").fetchone()
    if found is None:
        raise DatabaseProblem("database_refused", "The database does not say how far sealing has come.")
    return found


def rotate_key(url: str) -> int:
    """Make a new key for the chains; its version. Old ones stay in the vault, to verify with.

    Raises:
        DatabaseProblem: the database is not migrated, or refused.
    """
    with owner_session(url) as conn:
        row = conn.execute("select app.rotate_audit_key()").fetchone()
    return int(row[0]) if row else 0


def drop_months(url: str, before: date) -> int:
    """Drop the events of whole months before a day, six years ago or longer; how many months.

    Raises:
        DatabaseProblem: too young, or not all sealed; the database is not migrated, or refused.
    """
    with owner_session(url) as conn:
        row = conn.execute("select app.drop_audit_months(%s)", [before]).fetchone()
    return int(row[0]) if row else 0
