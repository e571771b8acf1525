"""Connections: from an address to a session that owns our objects, or a sentence that says why not."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from carebase.db.names import OWNER
from carebase.problems import DatabaseProblem, EnvironmentProblem, UsageProblem
from carebase.project import Project
from carebase.stack import platform
from carebase.stack.state import StackState

ENV = "CAREBASE_DB_URL"
Connection = psycopg.Connection[Any]
_TIMEOUT_SECONDS = 10


def resolve_url(project: Project, db_url: str | None = None) -> str:
    """Which database a command is about: `db_url`, else `CAREBASE_DB_URL`, else the local stack.

    Args:
        project: the checkout whose local stack to use.
        db_url: what the user asked for.

    Raises:
        EnvironmentProblem: nothing was asked for and there is no local stack yet.
    """
    return db_url or os.environ.get(ENV) or StackState.load(project).db_url


def connect(url: str, *, autocommit: bool = False, name: str = "carebase") -> Connection:
    """Open a connection.

    Args:
        url: `postgresql://…`; a password in it never reaches a message.
        autocommit: False: the `with` block of the connection is one transaction.
        name: shown in `pg_stat_activity`.

    Raises:
        UsageProblem: `url` is no connection string.
        EnvironmentProblem: nobody answers there, or the login was refused.

    Example:
        >>> with connect(resolve_url(Project.find())) as conn:
        ...     conn.execute("select 1")
    """
    where = describe(url)
    try:
        return psycopg.connect(
            url,
            autocommit=autocommit,
            application_name=name,
            connect_timeout=_TIMEOUT_SECONDS,
            prepare_threshold=None,
        )
    except psycopg.ProgrammingError as error:
        raise _no_url() from error
    except psycopg.OperationalError as error:
        reason = " ".join(str(error).split())
        if "password" in reason or "authentication" in reason:
            raise EnvironmentProblem(
                "database_login_refused",
                f"The database {where} refused the login.",
                hint=f"Check user and password of --db-url or {ENV}.",
            ) from error
        if f'database "{conninfo_to_dict(url).get("dbname")}" does not exist' in reason:
            raise EnvironmentProblem(
                "database_missing",
                f"There is no such database: {where}.",
                hint="Create it, or name another one.",
            ) from error
        raise EnvironmentProblem(
            "database_unreachable",
            f"The database {where} does not answer: {reason}.",
            hint="Is it running? The local one is started by `carebase up`.",
        ) from error


def describe(url: str) -> str:
    """The address without its secrets: `database at host:port`.

    Raises:
        UsageProblem: `url` is no connection string.

    Example:
        >>> describe("postgresql://me:secret@db.example:5433/app")
        'app at db.example:5433'
    """
    try:
        parts = conninfo_to_dict(url)
    except psycopg.ProgrammingError as error:
        raise _no_url() from error
    return f"{parts.get('dbname', 'postgres')} at {parts.get('host', 'localhost')}:{parts.get('port', 5432)}"


def is_loopback(url: str) -> bool:
    """Whether the database is on this machine.

    Example:
        >>> is_loopback("postgresql://postgres@127.0.0.1/postgres")
        True
    """
    parts = conninfo_to_dict(url)
    hosts = str(parts.get("hostaddr") or parts.get("host") or "localhost").split(",")
    return all(_is_local(host) for host in hosts)


def server_version(url: str) -> int:
    """The major version of the server behind `url`."""
    with connect(url) as conn:
        return conn.info.server_version // 10000


def connect_as_owner(url: str) -> Connection:
    """An autocommit connection to a database that has the platform objects, acting as the owner of ours.

    Raises:
        DatabaseProblem: the platform objects are missing, or the user may not act as `postgres`.
    """
    conn = connect(url, autocommit=True)
    try:
        require_platform(conn, describe(url))
        act_as_owner(conn)
    except BaseException:
        conn.close()
        raise
    return conn


@contextmanager
def owner_session(url: str) -> Iterator[Connection]:
    """`connect_as_owner` whose refusals are sentences, closed at the end.

    Raises:
        DatabaseProblem: also for anything that the database refuses within, or if it goes away.
    """
    with connect_as_owner(url) as conn:
        try:
            yield conn
        except psycopg.Error as error:
            reason = error.diag.message_primary or " ".join(str(error).split())
            raise DatabaseProblem(
                "database_refused",
                f"The database {describe(url)} refused: {reason}.",
                hint=error.diag.message_hint or "What was not committed is undone; run the command again.",
            ) from error


def require_platform(conn: Connection, where: str) -> None:
    """Refuse a database that lacks what every Supabase project has."""
    if not platform.is_installed(conn):
        raise DatabaseProblem(
            "platform_missing",
            f"The database {where} lacks Supabase's platform objects: its roles, auth.users, auth.uid().",
            hint="Add them to a plain Postgres: `carebase db migrate --install-platform`, as its superuser.",
        )


def act_as_owner(conn: Connection) -> None:
    """Put the session into the state in which migrations run, whatever ran in it before.

    Role and search path are those that `supabase db push` has; a lock that is not granted soon fails the
    migration rather than stopping everybody who queues behind it.
    """
    try:
        conn.execute("reset role")
        conn.execute("reset all")
        conn.execute(sql.SQL("set role {}").format(sql.Identifier(OWNER)))
    except psycopg.Error as error:
        raise DatabaseProblem(
            "owner_refused",
            f"This user may not act as role {OWNER}, which owns everything of ours.",
            hint=f"Connect as {OWNER}, or as a member of it.",
        ) from error
    conn.execute('set search_path = "$user", public, extensions')
    conn.execute("set statement_timeout = 0")
    conn.execute("set lock_timeout = '30s'")
    conn.execute("set client_min_messages = warning")


def _is_local(host: str) -> bool:
    if host == "localhost" or host.startswith("/"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _no_url() -> UsageProblem:
    return UsageProblem(
        "db_url_invalid",
        "The database address is not a Postgres connection string.",
        hint="It looks like postgresql://user:password@host:5432/database, special characters as %XX.",
    )
