"""Supabase's own objects (roles, schemas, auth functions) for a Postgres without: `supabase/platform`."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from carebase.problems import DatabaseProblem, UsageProblem
from carebase.project import Project

LOGIN_ROLES = ("postgres", "authenticator", "supabase_auth_admin")
TEMPLATE = "platform"
_MARK = "Installed by carebase's supabase/platform"

Connection = psycopg.Connection[Any]


def is_installed(conn: Connection) -> bool:
    """Whether the database has the platform objects, be it ours or those of hosted Supabase."""
    found = conn.execute(
        """select to_regprocedure('auth.uid()') is not null
               and to_regclass('auth.users') is not null
               and (select count(*) from pg_catalog.pg_roles
                    where rolname in ('anon', 'authenticated', 'service_role', 'authenticator')) = 4"""
    ).fetchone()
    return bool(found and found[0])


def install(url: str, *, passwords: Mapping[str, str] | None = None, project: Project | None = None) -> bool:
    """Put the platform objects into a database that lacks them; bring an older set of ours up to date.

    Does nothing to a database that has platform objects which are not ours, such as hosted Supabase's. All in
    one transaction: a database has the whole platform or nothing of it.

    Args:
        url: the database, as a superuser.
        passwords: by login role (`LOGIN_ROLES`); those roles get these passwords, whether or not the rest was
            needed. Sent as SCRAM verifiers, so the server never sees nor logs them.
        project: the checkout whose `supabase/platform` to use.

    Returns:
        Whether anything but passwords had to be done.

    Raises:
        DatabaseProblem: not a superuser, or the server refused a file.
    """
    files = _files((project or Project.find()).platform)
    mark = f"{_MARK} {_digest(files)}"
    with _connect(url) as conn:
        if not passwords and not _is_needed(conn, mark):
            return False
        _require_superuser(conn)
        _alone(conn)
        needed = _is_needed(conn, mark)  # what somebody else did until we were alone counts
        if needed:
            _run_files(conn, files, mark)
        if passwords:
            _set_passwords(conn, passwords)
        return needed


def ensure_template(url: str, *, project: Project | None = None, name: str = TEMPLATE) -> str:
    """A template database that holds the platform objects and nothing else, made or brought up to date now.

    Safe beside others who make it, be it the rest of a command that was killed: the server finishes the
    statement that it was given, and only then looks for its client.

    Use it with `create database NAME template platform owner postgres`: the owner is part of the platform and
    the only thing that a template does not carry.

    Args:
        url: any database of the server, as a superuser.
        project: the checkout whose `supabase/platform` to use.
        name: what to call the template.

    Returns:
        The name of the template.
    """
    with _connect(url, autocommit=True) as conn:
        # The second is what the name collides with when the other one is not done yet.
        with suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            conn.execute(sql.SQL("create database {} template template0").format(sql.Identifier(name)))
        install(psycopg.conninfo.make_conninfo(url, dbname=name), project=project)
        # Only now, so that nobody copies half of it.
        with conn.transaction():
            _alone(conn)
            conn.execute(sql.SQL("alter database {} is_template true").format(sql.Identifier(name)))
    return name


def _connect(url: str, *, autocommit: bool = False) -> Connection:
    from carebase.db.connect import connect  # which asks is_installed of this module

    return connect(url, autocommit=autocommit, name="carebase platform")


def _files(folder: Path) -> list[Path]:
    files = sorted(folder.glob("*.sql"))
    if not files:
        raise UsageProblem(
            "platform_missing",
            f"There are no platform files in {folder}.",
            hint="The checkout is incomplete: restore supabase/platform from git.",
        )
    return files


def _digest(files: list[Path]) -> str:
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:16]


def _is_needed(conn: Connection, mark: str) -> bool:
    if not is_installed(conn):
        return True
    row = conn.execute("select obj_description('auth'::regnamespace, 'pg_namespace')").fetchone()
    found = (row and row[0]) or ""
    return found.startswith(_MARK) and found != mark


def _require_superuser(conn: Connection) -> None:
    row = conn.execute("select rolsuper from pg_catalog.pg_roles where rolname = current_user").fetchone()
    if not row or not row[0]:
        raise DatabaseProblem(
            "platform_needs_superuser",
            "The database lacks Supabase's platform objects, and only a superuser can add them.",
            hint="Connect as the server's superuser, or use a database of a Supabase project.",
        )


def _alone(conn: Connection) -> None:
    """Until the end of the transaction nobody else changes roles, passwords or templates of this server."""
    # A shared catalogue's lock holds across databases.
    conn.execute("lock table pg_catalog.pg_authid in share row exclusive mode")


def _run_files(conn: Connection, files: list[Path], mark: str) -> None:
    conn.execute("set local client_min_messages = warning")
    for file in files:
        try:
            conn.execute(file.read_bytes())
        except psycopg.Error as error:
            raise DatabaseProblem(
                "platform_failed",
                f"{file.name} of supabase/platform failed: {error.diag.message_primary or error}",
                hint="Nothing was changed. Is this Postgres 15 or newer, with the contrib extensions?",
            ) from error
    conn.execute(sql.SQL("comment on schema auth is {}").format(sql.Literal(mark)))


def _set_passwords(conn: Connection, passwords: Mapping[str, str]) -> None:
    for role, password in passwords.items():
        verifier = conn.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
        conn.execute(
            sql.SQL("alter role {} password {}").format(sql.Identifier(role), sql.Literal(verifier.decode()))
        )
