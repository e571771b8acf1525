"""Copies of the built schema to seed faults into: a database each, on a throw-away server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg

from carebase import seeds
from carebase.access.mutants.mutant import Mutant
from carebase.access.mutants.schema import Schema, read_schema
from carebase.access.mutants.within_reach import WithinReach, mentions
from carebase.db import declared
from carebase.db.catalogue import Catalogue, compare, read_catalogue
from carebase.db.connect import connect, connect_as_owner
from carebase.db.scratch import Scratch, database_of
from carebase.lint.findings import Finding
from carebase.project import Project
from carebase.stack.runtime import Runtime
from carebase.stack.server import throwaway

_HELPERS = "tests/sql/helpers.sql"


class BrokenMutant(Exception):
    """Its SQL is refused, or changes nothing: the kind that made it is wrong."""


@dataclass(frozen=True)
class Copy:
    """A database of its own.

    Args:
        url: as the owner of our objects.
        superuser_url: as the superuser, under whom pgTAP's stories begin.
        reach: who comes upon what in it.
        found: what a tool found in it, so that no tool is asked twice.
    """

    url: str
    superuser_url: str
    reach: WithinReach
    found: dict[str, list[Finding]] = field(default_factory=dict)


@dataclass(frozen=True)
class Nursery:
    """The built schema, ready to be copied.

    Args:
        project: the checkout it was built from.
        scratch: the server.
        template: URL of the database that copies are made of.
        catalogue: what is in it.
        schema: the same as the kinds of fault see it.
        reach: who comes upon what in it.
    """

    project: Project
    scratch: Scratch
    template: str
    catalogue: Catalogue
    schema: Schema
    reach: WithinReach

    @contextmanager
    def copy(self) -> Iterator[Copy]:
        """A copy without fault, gone afterwards."""
        url = self.scratch.clone(self.template, "mutant")
        try:
            yield Copy(url, self.scratch.server.url(database_of(url)), self.reach)
        finally:
            self.scratch.drop(url)

    @contextmanager
    def mutated(self, mutant: Mutant) -> Iterator[Copy]:
        """A copy with one fault.

        Raises:
            BrokenMutant: the fault could not be made.
        """
        with self.copy() as copy:
            try:
                _seed(copy, mutant)
            except psycopg.Error as error:
                raise BrokenMutant(error.diag.message_primary or str(error)) from error
            if not compare(self.catalogue, read_catalogue(copy.url)):
                raise BrokenMutant("its SQL changed nothing")
            yield copy


@contextmanager
def nursery(project: Project, *, runtime: Runtime | None = None, stories: bool = True) -> Iterator[Nursery]:
    """Build the declared schema on a throw-away server.

    Args:
        project: the checkout.
        runtime: the programs of Postgres, if not the project's own.
        stories: with reference data, pgTAP and the helpers of the stories.

    Raises:
        DatabaseProblem: `sql/` does not load.
    """
    with throwaway(project, runtime=runtime) as server:
        scratch = Scratch(server)
        # With the default privileges of hosted Supabase, so that a missing revoke shows.
        template = scratch.create("clean", generous=True)
        declared.build(template, project)
        if stories:
            seeds.apply(template, project, "reference")
            with connect(server.url(database_of(template)), autocommit=True) as conn:
                conn.execute("create extension pgtap with schema extensions")
                conn.execute((project.root / _HELPERS).read_bytes())
        with connect(template) as conn:
            schema = read_schema(conn, project)
        reach = WithinReach(mentions(schema))
        yield Nursery(project, scratch, template, read_catalogue(template), schema, reach)


def _seed(copy: Copy, mutant: Mutant) -> None:
    opened = (
        connect(copy.superuser_url, autocommit=True) if mutant.as_superuser else connect_as_owner(copy.url)
    )
    with opened as conn, conn.transaction():
        conn.execute("set local search_path = ''")
        conn.execute(mutant.sql.encode())
