"""Columns that nobody can just select: what the functions that read or open them give to whom."""

from __future__ import annotations

# ruff: noqa: S608  every name is one that the rooms declare or the catalogue gives
from collections.abc import Iterator, Sequence

from carebase.access.proof.attempts import query
from carebase.access.proof.meaning import Actor, Row, opens, reaches
from carebase.access.proof.trials import Trials

_OPENS = "{}.open_{}(array[{{}}]::uuid[], 'treatment')"


def prove_restricted(trials: Trials, actor: Actor, rows: Sequence[Row]) -> Iterator[str]:
    """Ask for the restricted and the sealed columns of every row, none of which is null there.

    Args:
        trials: the table.
        actor: who asks.
        rows: which exist.
    """
    table, bare = trials.table, trials.name.rpartition(".")[2]
    restricted = [column for column in table.columns if column not in table.sealed]
    if restricted:
        yield from _prove(
            trials, actor, rows, restricted, f"public.get_{bare}_restricted(array[{{}}]::uuid[])"
        )
    if table.sealed:
        # What lists open is asked for itself: it may not lean on who finds the rows for it.
        yield from _prove(trials, actor, rows, list(table.sealed), _OPENS.format("app", bare))
        # Of a table that nobody selects there is only that.
        if any("select" in cells for cells in table.access.values()):
            yield from _prove(trials, actor, rows, list(table.sealed), _OPENS.format("public", bare))


def _prove(
    trials: Trials, actor: Actor, rows: Sequence[Row], columns: Sequence[str], call: str
) -> Iterator[str]:
    [key] = [column for column in trials.relation.key if column != trials.table.tenant_column]
    # The function takes keys within the organization: the last part of the whole key.
    by_id = {row.key.rpartition("/")[2]: row for row in rows}
    listed = ", ".join(f"'{row_id}'" for row_id in by_id)
    shown = " union all ".join(
        f"select r.{key} || ' {column}' as cell from r where r.{column} is not null" for column in columns
    )
    answer = query(
        trials.world.factory.conn,
        actor,
        f"with r as materialized (select * from {call.format(listed)}) "
        f"select array_agg(cells.cell) from ({shown}) as cells",
    )
    if answer.code and not answer.is_refused:
        yield f"{trials.name}: {actor.name} gets no restricted columns ({answer.code}: {answer.said})."
        return
    for row_id, row in by_id.items():
        for column in columns:
            is_open, is_seen = _is_open(trials, column, actor, row), f"{row_id} {column}" in answer.seen
            if is_seen and not is_open:
                yield f"{trials.name}: {actor.name} can read {column} of {row.says}, which is closed."
            elif is_open and not is_seen:
                yield f"{trials.name}: {actor.name} cannot read {column} of {row.says}, which is open."


def _is_open(trials: Trials, column: str, actor: Actor, row: Row) -> bool:
    """A restricted column is for who is listed; any other that is sealed, for who may select the row."""
    if column in trials.table.columns:
        return opens(trials.table, column, actor, row)
    return reaches(trials.table, "select", actor, row)
