"""The whole proof on one database, in one transaction that is undone."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

import psycopg

from carebase.access.proof import attempts
from carebase.access.proof.cells import prove_cells
from carebase.access.proof.meaning import refuse_unknown_words
from carebase.access.proof.registry import load_recipes
from carebase.access.proof.world import Builder, World
from carebase.access.vocabulary import load_vocabulary
from carebase.db.connect import connect_as_owner
from carebase.db.rooms import load_rooms
from carebase.problems import Problem
from carebase.project import Project


def check(url: str, project: Project, *, only: Collection[str] = ()) -> list[str]:
    """What does not hold, one sentence each; empty if the matrix holds.

    Nothing is left behind, but tables are locked meanwhile: for a database of one's own.

    Args:
        url: a built database.
        project: the checkout whose matrices it was built from.
        only: these tables (`public.sites`), instead of all.

    Raises:
        UsageProblem: the vocabulary has a word that the proof does not know.

    Example:
        >>> check(url, Project.find())  # doctest: +SKIP
        []
    """
    refuse_unknown_words(load_vocabulary(project))
    try:
        with open_world(url, project) as world:
            return [
                sentence
                for name in world.factory.tables
                if not only or name in only
                for sentence in prove_cells(world, name)
            ]
    except (psycopg.Error, Problem) as error:
        return [f"The proof could not go on: {error}"]


@contextmanager
def open_world(url: str, project: Project) -> Iterator[World]:
    """The people and organizations of the proof, in a transaction that is undone at the end.

    Args:
        url: a built database.
        project: the checkout.
    """
    with connect_as_owner(url) as conn, conn.transaction(force_rollback=True):
        conn.execute("set local search_path = public, extensions")
        attempts.prepare(conn)
        yield Builder(conn, load_vocabulary(project), load_rooms(project), load_recipes(project)).build()
