"""The whole proof on one database, in one transaction that is undone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import partial

import psycopg

from carebase.access.proof import attempts
from carebase.access.proof.calls import features_of_functions, prove_call, read_functions
from carebase.access.proof.cells import prove_cells
from carebase.access.proof.meaning import refuse_unknown_words
from carebase.access.proof.population import populate
from carebase.access.proof.privileges import prove_privileges
from carebase.access.proof.references import prove_references
from carebase.access.proof.registry import load_calls, load_recipes
from carebase.access.proof.views import prove_views
from carebase.access.proof.world import Builder, World
from carebase.access.vocabulary import load_vocabulary
from carebase.db.connect import connect_as_owner
from carebase.db.rooms import load_rooms
from carebase.problems import Problem
from carebase.project import Project


def check(url: str, project: Project, *, only: Collection[str] = ()) -> list[str]:
    """What does not hold, one sentence each; empty if the matrix holds. As `findings`, to the end.

    Example:
        >>> check(url, Project.find())  # doctest: +SKIP
        []
    """
    return list(findings(url, project, only=only))


def findings(url: str, project: Project, *, only: Collection[str] = ()) -> Iterator[str]:
    """What does not hold, one sentence each, as soon as it is found.

    Nothing is left behind, but tables are locked meanwhile: for a database of one's own.

    Args:
        url: a built database.
        project: the checkout whose matrices it was built from.
        only: these tables and RPCs (`public.sites`), instead of everything; and all views, unless there are
            only tables.

    Raises:
        UsageProblem: the vocabulary has a word that the proof does not know.

    Example:
        >>> next(findings(url, Project.find(), only=["public.sites"]), "It holds.")  # doctest: +SKIP
        'It holds.'
    """
    refuse_unknown_words(load_vocabulary(project))
    try:
        with open_world(url, project) as world:
            for say, steps in _steps(world, project, only):
                try:
                    with world.factory.conn.transaction(force_rollback=True):
                        yield from steps()
                except (psycopg.Error, Problem) as error:
                    yield f"{say}: the proof could not go on: {error}"
    except (psycopg.Error, Problem) as error:
        yield f"The proof could not begin, or end: {error}"


def _steps(
    world: World, project: Project, only: Collection[str]
) -> Iterator[tuple[str, Callable[[], Iterable[str]]]]:
    """What is proved, each by itself: a broken piece does not keep the others from being looked at."""
    for name in world.factory.tables:
        if not only or name in only:
            for prove in (prove_privileges, prove_references, prove_cells):
                yield name, partial(prove, world, name)
    functions = read_functions(world.factory.conn)
    asked = [function for function in functions if not only or f"public.{function.name}" in only]
    if only and set(only) <= set(world.factory.tables):
        return
    calls, features = load_calls(project), features_of_functions(project)
    with world.factory.conn.transaction(force_rollback=True):
        population = populate(world)
        yield "views", partial(prove_views, world, population)
        for function in asked:
            feature = features.get(function.name)
            yield (
                f"public.{function.name}",
                partial(prove_call, world, population, function, calls, feature),
            )


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
