"""One actor, one command, the rows of one table: what they reached, beside what the matrix says."""

# ruff: noqa: S608  every name is one that the rooms declare or the catalogue gives

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from carebase.access.proof.attempts import Answer, execute, query
from carebase.access.proof.catalogue import Relation
from carebase.access.proof.meaning import Actor, Row, may_be_refused, reaches
from carebase.access.proof.registry import Recipe
from carebase.access.proof.rows import Setting, fill
from carebase.access.proof.specimens import make_circles
from carebase.access.proof.world import World
from carebase.db.rooms import Command, Table

Expected = Callable[[Actor, Row], bool]


@dataclass(frozen=True)
class Trials:
    """What can be tried on a table, and how it is told."""

    world: World
    name: str
    table: Table
    recipe: Recipe

    @cached_property
    def relation(self) -> Relation:
        return self.world.factory.relation(self.name)

    @cached_property
    def circles(self) -> list[Row]:
        return make_circles(self.world, self.table)

    def remember(self, rows: Sequence[Row]) -> None:
        """Keep where the rows lie now, so that every change of one shows."""
        conn = self.world.factory.conn
        conn.execute("drop table if exists pg_temp.proof_rows")
        conn.execute(
            f"create temporary table proof_rows on commit drop as "
            f"select {self.relation.key_text('t')} as key, t.ctid as place from {self.name} as t "
            f"where {self.relation.key_text('t')} = any(%s)".encode(),
            [[row.key for row in rows]],
        )
        conn.execute("grant select on pg_temp.proof_rows to public")

    def reading(self, actor: Actor, rows: Sequence[Row], expected: Expected) -> Iterator[str]:
        """Select the rows."""
        answer = query(
            self.world.factory.conn,
            actor,
            f"select array_agg({self.relation.key_text('t')}) from {self.name} as t "
            f"where {self.relation.key_text('t')} = any(array(select r.key from pg_temp.proof_rows as r))",
        )
        yield from self._compare("select", actor, rows, expected, answer)

    def writing(
        self, command: Command, actor: Actor, rows: Sequence[Row], expected: Expected
    ) -> Iterator[str]:
        """Change or delete whatever can be, without a condition: a condition needs leave to read, a blind
        statement does not, and a gateway runs either."""
        statement = f"delete from {self.name}" if command == "delete" else self._update()
        answer = self._changing(actor, statement)
        if answer.code is None or answer.is_refused:
            yield from self._compare(command, actor, rows, expected, answer)
            return
        # Something but access stops it for one row or another: each by itself, where reading is needed, too.
        for row in rows:
            single = self._changing(actor, f"{statement} where {self._is(row)}")
            yield from self._compare(
                command,
                actor,
                [row],
                lambda a, r: expected(a, r) and reaches(self.table, "select", a, r),
                single,
                may_be_stopped=command == "delete",
            )

    def moving(
        self,
        actor: Actor,
        row: Row,
        column: str,
        value: str,
        says: str,
        *,
        is_open: bool,
        is_blind: bool = False,
    ) -> str | None:
        """Try to give a row to somebody else or put it somewhere else; a sentence if that went wrong.

        Blind is without a condition, all that can be changed at once: then nothing asks for leave to read.
        """
        statement = f'update {self.name} set "{column}" = {value}'
        if not is_blind:
            statement += f" where {self._is(row)}"
        answer = self._changing(actor, statement)
        if is_open:
            return (
                self._refused("move", actor, f"{row.says} to {says}", answer) if answer.is_refused else None
            )
        if answer.is_refused or (answer.code is None and not answer.looked):
            return None
        return self._let("move", actor, f"{row.says} to {says}", answer)

    def inserting(self, actor: Actor, statement: str, says: str, *, is_open: bool) -> str | None:
        """Try to insert; a sentence if that went wrong."""
        answer = execute(self.world.factory.conn, actor, statement)
        if is_open:
            return self._refused("insert", actor, says, answer) if answer.code else None
        return None if answer.is_refused else self._let("insert", actor, says, answer)

    def _changing(self, actor: Actor, statement: str) -> Answer:
        look = (
            f"select array_agg(r.key) from pg_temp.proof_rows as r left join {self.name} as t "
            f"on {self.relation.key_text('t')} = r.key where t.ctid is distinct from r.place"
        )
        return execute(self.world.factory.conn, actor, statement, look)

    def _update(self) -> str:
        """Any change that the matrix would allow; where it allows none, one of any column."""
        unique = frozenset[str]().union(*self.relation.uniques)
        columns = [c for c in self.table.update_columns if c not in unique] or self.table.update_columns
        columns = columns or [c for c in self.relation.columns if c not in unique] or list(self.relation.key)
        column = next(iter(self.recipe.update), columns[0])
        shape = self.relation.columns[column]
        value = (
            fill(self.recipe.update[column], Setting())
            if column in self.recipe.update
            else self.world.factory.sample(self.name, shape)
        )
        return f'update {self.name} set "{column}" = {value}'

    def _is(self, row: Row) -> str:
        return f"{self.relation.key_text(self.name)} = '{row.key}'"

    def _compare(
        self,
        command: Command,
        actor: Actor,
        rows: Sequence[Row],
        expected: Expected,
        answer: Answer,
        *,
        may_be_stopped: bool = False,
    ) -> Iterator[str]:
        wanted = {row.key for row in rows if expected(actor, row)}
        says = {row.key: row.says for row in rows}
        if answer.code and not answer.is_refused:
            if not wanted or not may_be_stopped:
                yield self._let(command, actor, ", ".join(says.values()), answer)
            return
        reached = (answer.seen | answer.looked) & says.keys()
        if extra := [says[key] for key in says if key in reached - wanted]:
            yield f"{self.name}: {actor.name} can {command} {_few(extra)}, which the matrix does not allow."
        missing = [says[key] for key in says if key in wanted - reached]
        if missing and not (answer.code == "mfa_required" and may_be_refused(self.table, command, actor)):
            yield self._refused(command, actor, _few(missing), answer)

    def _refused(self, command: str, actor: Actor, what: str, answer: Answer) -> str:
        why = f" ({answer.code}: {answer.said})" if answer.code else ""
        return f"{self.name}: {actor.name} cannot {command} {what}, which the matrix allows{why}."

    def _let(self, command: str, actor: Actor, what: str, answer: Answer) -> str:
        if answer.code is None:
            return f"{self.name}: {actor.name} can {command} {what}, which the matrix does not allow."
        return (
            f"{self.name}: when {actor.name} tries to {command} {what}, it is not access that stops them "
            f"({answer.code}: {answer.said})."
        )


def _few(says: list[str]) -> str:
    return ", ".join(says) if len(says) <= 3 else f"{', '.join(says[:3])} and {len(says) - 3} more"
