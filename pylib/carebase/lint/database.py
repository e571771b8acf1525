"""A database built from `sql/`, on a server of its own, for the rules that ask a database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from carebase.db import declared
from carebase.db.connect import connect_as_owner
from carebase.db.scratch import scratch_server
from carebase.project import Project


@contextmanager
def database_for(project: Project, db_url: str | None = None) -> Iterator[str]:
    """URL of the database to ask: `db_url`, else one that is built from `sql/` and gone afterwards.

    A built one starts with the default privileges of hosted Supabase, so that a missing revoke shows.

    Raises:
        DatabaseProblem: a file of `sql/` does not load; `db_url` is no database of ours.
        EnvironmentProblem: `db_url` does not answer.

    Example:
        >>> with database_for(Project.find()) as url:
        ...     psycopg.connect(url)
    """
    if db_url:
        connect_as_owner(db_url).close()
        yield db_url
        return
    with scratch_server(project) as scratch:
        url = scratch.create("lint", generous=True)
        declared.build(url, project)
        yield url
