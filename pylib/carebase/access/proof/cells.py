"""The matrix of one table, cell by cell: every actor tries every command on rows of every kind."""

# ruff: noqa: S608  every name is one that the rooms declare or the catalogue gives

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal
from uuid import UUID

from carebase.access.proof.meaning import Actor, Row, reaches, within_floor
from carebase.access.proof.registry import Recipe
from carebase.access.proof.restricted import prove_restricted
from carebase.access.proof.rows import Setting, fill, literal
from carebase.access.proof.specimens import make_specimens
from carebase.access.proof.trials import Trials
from carebase.access.proof.world import World
from carebase.db.connect import Connection
from carebase.db.rooms import Command

_WRITES: tuple[Command, ...] = ("update", "delete")


@dataclass(frozen=True)
class Elsewhere:
    """Where a row might be put: a column, a value for it, and the row as it would be."""

    column: str
    value: UUID
    says: str
    field: Literal["org", "owner", "site"]
    of: Row
    is_possible: bool = True

    @property
    def row(self) -> Row:
        return self.put(self.of)

    def put(self, row: Row) -> Row:
        """Another row, put there."""
        changed: dict[str, Any] = {self.field: self.value}
        return replace(row, **changed)


def prove_cells(world: World, name: str) -> Iterator[str]:
    """What does not hold of one table's matrix, in sentences; everything that is made for it is undone.

    Args:
        world: whose transaction it is.
        name: the table, qualified.

    Raises:
        UsageProblem: `proof_row_unknown`: the table needs a recipe.
    """
    conn, table = world.factory.conn, world.factory.tables[name]
    trials = Trials(world, name, table, world.factory.recipes.get(name) or Recipe())
    with conn.transaction(force_rollback=True):
        _ = trials.circles  # made here, to be there for all that follows
        for actor in world.actors:
            yield from _inserts(trials, actor)
        rows = make_specimens(world, name, table, trials.circles)
        trials.remember(rows)
        for actor in world.actors:
            yield from trials.reading(actor, rows, partial(reaches, table, "select"))
            for command in _WRITES:
                yield from trials.writing(command, actor, rows, partial(reaches, table, command))
            yield from _moves(trials, actor, rows)
            yield from prove_restricted(trials, actor, rows)
        with conn.transaction(force_rollback=True):
            yield from _opened_wide(trials, rows)
        if "deleted_at" in trials.relation.columns:
            _remove(conn, trials, rows)
            yield from _once_removed(trials, rows)


def _inserts(trials: Trials, actor: Actor) -> Iterator[str]:
    world, table, name = trials.world, trials.table, trials.name
    if not table.insert_columns:
        found = trials.inserting(actor, f"insert into {name} default values", "a row", is_open=False)
        yield from filter(None, [found])
        return
    conn, home = world.factory.conn, world.home(actor)
    setting = Setting(home, actor.user or world.colleague, _site(world, actor))
    with conn.transaction(force_rollback=True):
        if trials.recipe.before_insert:
            conn.execute(fill(trials.recipe.before_insert, setting).encode())
        for row, values in _places(trials, actor, setting):
            good = world.factory.expressions(name, setting, only=table.insert_columns, values=values)
            is_open = reaches(table, "insert", actor, row)
            yield from filter(
                None, [trials.inserting(actor, world.factory.insert(name, good), row.says, is_open=is_open)]
            )
            for other in _elsewhere(trials, actor, row):
                is_open = other.column in table.insert_columns and reaches(table, "insert", actor, other.row)
                if is_open and not other.is_possible:
                    continue
                there = good
                if is_open and other.column == table.site_column:
                    # What the row points at is then to be at that site, too.
                    moved = replace(setting, site=other.value)
                    there = world.factory.expressions(name, moved, only=table.insert_columns, values=values)
                statement = world.factory.insert(name, there | {other.column: literal(other.value)})
                says = f"{row.says} of {other.says}"
                yield from filter(None, [trials.inserting(actor, statement, says, is_open=is_open)])


def _places(trials: Trials, actor: Actor, setting: Setting) -> Iterator[tuple[Row, dict[str, object]]]:
    """What an insert may be about: a row of one's own, in each circle where the matrix speaks of circles."""
    row = Row("", "a row", actor.org, actor.user, setting.site)
    if "circle_id" not in trials.table.insert_columns:
        yield row, {}
        return
    for circle in trials.circles:
        yield replace(row, says=circle.says, joined_by=circle.joined_by), {"circle_id": circle.key}


def _moves(trials: Trials, actor: Actor, rows: Sequence[Row]) -> Iterator[str]:
    """A row that the actor may change, else any that they see, else any: to another owner, site, tenant."""
    table = trials.table

    def rank(row: Row) -> int:
        return 2 * reaches(table, "update", actor, row) + reaches(table, "select", actor, row)

    row = max(rows, key=rank)
    mine = [row for row in rows if reaches(table, "update", actor, row)]
    for other in _elsewhere(trials, actor, row):
        put = partial(trials.moving, actor, row, other.column, literal(other.value), other.says)
        is_open = (
            other.column in table.update_columns
            and rank(row) == 3
            and reaches(table, "update", actor, other.row)
            and reaches(table, "select", actor, other.row)
        )
        if other.is_possible or not is_open:
            yield from filter(None, [put(is_open=is_open)])
        if not any(reaches(table, "update", actor, other.put(each)) for each in mine):
            yield from filter(None, [put(is_open=False, is_blind=True)])


def _elsewhere(trials: Trials, actor: Actor, row: Row) -> Iterator[Elsewhere]:
    world, table, columns = trials.world, trials.table, trials.relation.columns
    if table.belongs_to == "organization":
        org = world.here if row.org == world.there else world.there
        yield Elsewhere(table.tenant_column, org, "another organization", "org", row)
    if table.owner_column in columns:
        owner = world.colleague if row.owner != world.colleague else world.neighbour
        yield Elsewhere(table.owner_column, owner, "somebody else", "owner", row)
    if table.site_column in columns:
        for org in (world.here, world.there):
            for site in sorted(world.sites[org] - {row.site}):
                says = "another site" if org == row.org else "a site of another organization"
                yield Elsewhere(table.site_column, site, says, "site", row, org == row.org)


def _opened_wide(trials: Trials, rows: Sequence[Row]) -> Iterator[str]:
    """With a policy that lets everybody do everything, the floor alone holds the tenant and the person."""
    world, table, name = trials.world, trials.table, trials.name
    if table.belongs_to == "nobody":
        return
    conn = world.factory.conn
    conn.execute(f"grant select, insert, update, delete on {name} to anon, authenticated".encode())
    conn.execute(
        f"create policy proof_opens_wide on {name} to anon, authenticated using (true) "
        "with check (true)".encode()
    )
    # They refuse to move a row before any policy is asked.
    for trigger in _holding_back(conn, name):
        conn.execute(f"alter table {name} disable trigger {trigger}".encode())
    for actor in world.actors:
        inside = [row for row in rows if within_floor(table, actor, row)]
        outside = [row for row in rows if row not in inside]
        found: list[str | None] = [*trials.reading(actor, outside, lambda a, r: False)]
        for row in sorted(inside, key=lambda r: r.owner != actor.user)[:1]:
            for other in _elsewhere(trials, actor, row):
                if not within_floor(table, actor, other.row):
                    value = literal(other.value)
                    found.append(trials.moving(actor, row, other.column, value, other.says, is_open=False))
        found.append(trials.inserting(actor, _insert_of_others(trials), "a row of others", is_open=False))
        yield from (
            f"{sentence} The floor does not hold: it must, whatever another policy opens."
            for sentence in found
            if sentence
        )


def _holding_back(conn: Connection, name: str) -> list[str]:
    """The triggers that seal a row for its owner, or keep a record as it was."""
    found = conn.execute(
        """select tgname from pg_catalog.pg_trigger
           where tgrelid = %s::regclass and not tgisinternal
             and (tgname = '_300_seal' or tgfoid = 'app.keep_record()'::regprocedure)""",
        [name],
    ).fetchall()
    return [trigger for (trigger,) in found]


def _insert_of_others(trials: Trials) -> str:
    world, table = trials.world, trials.table
    column, value = table.owner_column, world.neighbour
    if table.belongs_to == "organization":
        column, value = table.tenant_column, world.there
    return world.factory.insert(trials.name, {column: literal(value)})


def _remove(conn: Connection, trials: Trials, rows: Sequence[Row]) -> None:
    """Soft-delete the rows behind the back of their triggers: who may act stays as it is."""
    conn.execute(f"alter table {trials.name} disable trigger user".encode())
    conn.execute(
        f"update {trials.name} as t set deleted_at = now() "
        f"where {trials.relation.key_text('t')} = any(%s)".encode(),
        [[row.key for row in rows]],
    )
    conn.execute(f"alter table {trials.name} enable trigger user".encode())
    trials.remember(rows)


def _once_removed(trials: Trials, rows: Sequence[Row]) -> Iterator[str]:
    gone = [replace(row, says=f"{row.says} (removed)") for row in rows]
    for actor in trials.world.actors:
        yield from trials.reading(actor, gone, lambda a, r: False)
        for command in _WRITES:
            yield from trials.writing(command, actor, gone, lambda a, r: False)


def _site(world: World, actor: Actor) -> UUID:
    """A site that the actor may be expected to work at."""
    reached = sorted({site for sites in actor.roles.values() for site in sites})
    return reached[0] if reached else world.site
