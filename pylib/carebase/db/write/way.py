"""The way from one database to another: pg-delta's statements, put in order and completed.

pg-delta plans; around it: types and functions come before the tables made of them, new tables keep the
order of their columns, and comments, storage, statistics and grants are compared with the wanted database
afterwards and completed from its catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import LiteralString

import psycopg

from carebase.db.catalogue import Catalogue, Difference, compare, read_catalogue, same_in_other_words
from carebase.db.connect import connect_as_owner
from carebase.db.pgdelta import ignore_rules, plan
from carebase.db.scratch import Scratch
from carebase.db.write.columns import fold_columns
from carebase.db.write.foundation import foundation_rules, has_foundation
from carebase.db.write.grants import default_statements, grant_statements, is_lost_generosity
from carebase.db.write.repairs import repair
from carebase.db.write.satellites import satellite_statements
from carebase.problems import Problem
from carebase.project import Project


class WayFailed(Problem):
    """A statement that pg-delta planned does not run."""

    def __init__(self, statement: str, error: psycopg.Error) -> None:
        super().__init__(
            "diff_failed",
            f"pg-delta's plan does not run: {statement.splitlines()[0]}: {error.diag.message_primary}.",
            hint="Nothing was written. Write this migration by hand: `carebase db new NAME`.",
        )


_ADD_VALUE = re.compile(r"ALTER TYPE \S+ ADD VALUE ")
# A migration that waits for a lock makes everybody behind it wait, too; better it gives up and is run again.
_PATIENCE: LiteralString = "set local lock_timeout = '30s'"
_NO_BODIES: LiteralString = "set local check_function_bodies = off"


@dataclass(frozen=True)
class State:
    """A database that nobody changes any more, and what is in it: reading that takes a while."""

    url: str
    catalogue: Catalogue

    @classmethod
    def of(cls, url: str) -> State:
        return cls(url, read_catalogue(url))


@dataclass(frozen=True)
class Step:
    """What one transaction does.

    Attributes:
        statements: without semicolons.
        losses: those of them after which data is gone for good.
        after: a database in which they have run.
        renames: what pg-delta would rather rename than drop and make anew, as `OLD=NEW`.
    """

    statements: list[str]
    losses: list[str]
    after: State
    renames: list[str]


@dataclass(frozen=True)
class Way:
    """Steps from one database to another, and what nobody knew how to write."""

    steps: list[Step]
    left_over: list[Difference]


def find_way(
    project: Project,
    scratch: Scratch,
    source: State,
    target: State,
    *,
    accept_renames: Sequence[str] = (),
    backwards: bool = False,
) -> Way:
    """How to get from `source` to `target`, both databases of `scratch`.

    Args:
        project: the checkout.
        scratch: where to try the statements.
        source: the database as it is; stays so.
        target: the database as it should be; stays so.
        accept_renames: `OLD=NEW` pairs that are renamings.
        backwards: the way undoes another; it does not bring hosted Supabase's generous defaults back.
    """
    task = _Task(project, scratch, target.url, target.catalogue, accept_renames, backwards)
    steps: list[Step] = []
    while True:
        step, is_last = _step(task, steps[-1].after if steps else source)
        if step.statements:
            steps.append(step)
        if is_last:
            left_over = compare(task.want, step.after.catalogue, ignore={"column_order"})
            if backwards:
                left_over = [difference for difference in left_over if not is_lost_generosity(difference)]
            return Way(steps, left_over)


@dataclass(frozen=True)
class _Task:
    project: Project
    scratch: Scratch
    target: str
    want: Catalogue
    accept_renames: Sequence[str]
    backwards: bool


def _step(task: _Task, start: State) -> tuple[Step, bool]:
    """One transaction towards the target, run in a copy of `start`, and whether it is the last."""
    before, work = start.catalogue, task.scratch.clone(start.url, "work")
    opening = default_statements(before, task.want, generous=not task.backwards)
    _run(work, opening)
    foundation = _foundation(task, before, work)
    _run(work, foundation)
    ignored = ignore_rules(same_in_other_words(task.want, before))
    found = plan(task.project, work, task.target, rules=ignored, accept_renames=task.accept_renames)
    # pg-delta plans what uses a new enum value before the value is there.
    values = [action for action in found.actions if _ADD_VALUE.match(action.sql)]
    actions = values + [action for action in found.actions if action not in values]
    try:
        body = _run_body([action.sql for action in actions], before, task.want, work)
    except WayFailed:
        if not values or len(values) == len(actions):
            raise
        # The new values have to be committed before they can be used.
        work, alone = task.scratch.clone(start.url, "work"), [action.sql for action in values]
        _run(work, alone)
        return Step([_PATIENCE, *alone], [], State.of(work), found.renames), False
    made = [*opening, *foundation, *body]
    now = read_catalogue(work) if made else before
    closing = satellite_statements(now, task.want)
    closing += default_statements(now, task.want, generous=not task.backwards)
    closing += grant_statements(before, now, task.want)
    _run(work, closing)
    after = State.of(work) if closing else State(work, now)
    made += closing
    if any(" FUNCTION " in text or " PROCEDURE " in text for text in (*foundation, *body)):
        made = [_NO_BODIES, *made]
    if made:
        made = [_PATIENCE, *made]
    losses = [action.sql for action in actions if action.loses_data]
    return Step(made, losses, after, found.renames), True


def _foundation(task: _Task, before: Catalogue, work: str) -> list[str]:
    if not has_foundation(before, task.want):
        return []
    found = plan(task.project, work, task.target, rules=foundation_rules(task.target))
    return repair([action.sql for action in found.actions], before)


def _run_body(planned: list[str], before: Catalogue, want: Catalogue, work: str) -> list[str]:
    """Run pg-delta's statements, repaired and with columns folded, and return them so."""
    repaired = repair(planned, before)
    folded = fold_columns(repaired, want)
    try:
        _run(work, folded)
    except WayFailed:
        # A column may need what is made after its table.
        if folded == repaired:
            raise
        _run(work, repaired)
        return repaired
    return folded


def _run(url: str, statements: Sequence[str]) -> None:
    """Run statements in one transaction.

    Raises:
        WayFailed: one of them failed; the database is as before.
    """
    if not statements:
        return
    with connect_as_owner(url) as conn, conn.transaction():
        conn.execute(_NO_BODIES)
        for text in statements:
            try:
                conn.execute(text.encode())
            except psycopg.Error as error:
                raise WayFailed(text, error) from error
