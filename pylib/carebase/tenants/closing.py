"""Closing an organization before it moves, so that nothing is written that the export does not see."""

from __future__ import annotations

import time
from collections.abc import Callable

from carebase.db.connect import Connection, connect_as_owner
from carebase.problems import DatabaseProblem, UsageProblem
from carebase.tenants.refusals import explained
from carebase.tenants.session import Organization, find_organization

PATIENCE_SECONDS = 60.0
_POLL_SECONDS = 0.2
_SWITCH = "update public.organizations set is_active = %s where id = %s and is_active <> %s"
_OLDER = """
select count(*) from pg_catalog.pg_stat_activity
where
  datname = current_database()
  and backend_type = 'client backend'
  and pid <> pg_backend_pid()
  and xact_start < %s
"""


def close_organization(
    url: str,
    organization: str,
    *,
    waiting: Callable[[int], None] | None = None,
    patience: float = PATIENCE_SECONDS,
) -> Organization:
    """Let nobody act in an organization any more, and wait until those who do are done.

    The rows stay. What began before it was closed may still write: an export that is begun after this returns
    has that too.

    Args:
        url: the database, as the role postgres or one that may act as it.
        organization: slug or id.
        waiting: called once with how many transactions are waited for, if any.
        patience: for how many seconds at most.

    Raises:
        UsageProblem: `organization_unknown`, `organization_unmovable`.
        DatabaseProblem: `transactions_open`: it is closed, but some that began before still run.
    """
    with explained(), connect_as_owner(url) as conn:
        found = _switch(conn, organization, is_active=False)
        row = conn.execute("select clock_timestamp()").fetchone()
        until = time.monotonic() + patience
        said = False
        while row and (open_count := _count(conn, row[0])):
            if waiting and not said:
                waiting(open_count)
                said = True
            if time.monotonic() >= until:
                raise DatabaseProblem(
                    "transactions_open",
                    f"{found.slug} is closed, but {open_count} transactions that began before still run.",
                    hint="Run the command again; export once it succeeds.",
                )
            time.sleep(_POLL_SECONDS)
    return found


def open_organization(url: str, organization: str) -> Organization:
    """Let people act in an organization again.

    Args:
        url: the database, as the role postgres or one that may act as it.
        organization: slug or id.

    Raises:
        UsageProblem: `organization_unknown`, `organization_unmovable`.
    """
    with explained(), connect_as_owner(url) as conn:
        return _switch(conn, organization, is_active=True)


def _switch(conn: Connection, organization: str, *, is_active: bool) -> Organization:
    found = find_organization(conn, organization)
    if found.kind == "platform":
        raise UsageProblem("organization_unmovable", f"{found.slug} runs the platform; it stays open.")
    conn.execute(_SWITCH, [is_active, found.id, is_active])
    return found


def _count(conn: Connection, moment: object) -> int:
    row = conn.execute(_OLDER, [moment]).fetchone()
    return int(row[0]) if row else 0
