"""Databases to try things on: on a server that exists only for this, gone afterwards."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from psycopg import sql

from carebase.db.connect import Connection, connect
from carebase.db.names import API_ROLES, OWNER
from carebase.project import Project
from carebase.stack import platform
from carebase.stack.server import PostgresServer, throwaway


@dataclass
class Scratch:
    """Makes databases that hold the platform objects and nothing of ours.

    Hosted Supabase grants everything new in `public` to the API roles, a Postgres elsewhere does not, and a
    migration must end in the same grants on both. So a database is either `generous` (as hosted) or not.
    """

    server: PostgresServer
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def create(self, label: str, *, generous: bool) -> str:
        """A new database.

        Args:
            label: goes into its name.
            generous: keep the default privileges that hosted Supabase has for what is made in `public`.

        Returns:
            Its URL, as role `postgres`.
        """
        url = self._make(label, platform.TEMPLATE)
        if not generous:
            with connect(url) as conn:
                set_generous_defaults(conn, generous=False)
        return url

    def clone(self, url: str, label: str) -> str:
        """A copy of one of our databases, which nobody may be connected to."""
        return self._make(label, database_of(url))

    def drop(self, url: str) -> None:
        """Remove one of our databases."""
        with connect(self.server.url(), autocommit=True) as conn:
            conn.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(database_of(url))))

    def _make(self, label: str, template: str) -> str:
        name = f"{label}_{next(self._numbers)}"
        with connect(self.server.url(), autocommit=True) as conn:
            conn.execute(
                # A third of the time of logging blocks; nothing here has to survive a crash.
                sql.SQL("create database {} template {} owner {} strategy file_copy").format(
                    sql.Identifier(name), sql.Identifier(template), sql.Identifier(OWNER)
                )
            )
        return self.server.url(name, OWNER)


@contextmanager
def scratch_server(project: Project, version: int = 17) -> Iterator[Scratch]:
    """A throw-away server to make databases on.

    Args:
        project: the checkout.
        version: major version of Postgres, 17 or 15.

    Example:
        >>> with scratch_server(Project.find()) as scratch:
        ...     url = scratch.create("try", generous=True)
    """
    with throwaway(project, version) as server:
        yield Scratch(server)


def set_generous_defaults(conn: Connection, *, generous: bool) -> None:
    """Give what is made in `public` from now on to the API roles, as hosted Supabase does, or do not."""
    verb, preposition = ("grant", "to") if generous else ("revoke", "from")
    roles = sql.SQL(", ").join(map(sql.Identifier, API_ROLES))
    for kind in ("tables", "sequences", "functions"):
        conn.execute(
            sql.SQL("alter default privileges for role {} in schema public {} all on {} {} {}").format(
                sql.Identifier(OWNER), sql.SQL(verb), sql.SQL(kind), sql.SQL(preposition), roles
            )
        )


def database_of(url: str) -> str:
    """The name of the database that `url` leads to."""
    return url.rsplit("/", 1)[1]
