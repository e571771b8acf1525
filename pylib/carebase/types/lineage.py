"""Which column of a table a column of a view shows.

Postgres forgets that a column cannot be null as soon as a view shows it. Where a column of a view is nothing
but a column of a relation that it selects from, what is known about that one holds here too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from pglast import ast, parse_sql
from pglast.enums import JoinType, SetOperation

from carebase.types.catalogue import Column, Relation

_LEFT_MAY_MISS = (JoinType.JOIN_RIGHT, JoinType.JOIN_FULL)
_RIGHT_MAY_MISS = (JoinType.JOIN_LEFT, JoinType.JOIN_FULL)


@dataclass(frozen=True)
class Origin:
    """The column that is shown; `may_miss` if an outer join may put null in its place."""

    relation: Relation
    column: Column
    may_miss: bool = False


@dataclass(frozen=True)
class _Source:
    """A relation that a view selects from, by the name it has there."""

    alias: str
    schema: str
    name: str
    may_miss: bool = False


class Lineage:
    """Follows columns of views to the tables they come from.

    Args:
        relations: every relation of the database, views with their definition.
    """

    def __init__(self, relations: Iterable[Relation]) -> None:
        self._relations = {(one.schema, one.name): one for one in relations}

    def origin(self, relation: Relation, column: Column) -> Origin:
        """Where the values of a column come from: the column itself where that cannot be told."""
        itself = Origin(relation, column)
        if relation.definition is None:
            return itself
        shown = _shown_columns(relation.definition).get(column.name)
        source = self._relations.get((shown[0].schema, shown[0].name)) if shown else None
        if shown is None or source is None:
            return itself
        inherited = next((one for one in source.columns if one.name == shown[1]), None)
        if inherited is None:
            return itself
        further = self.origin(source, inherited)
        return replace(further, may_miss=further.may_miss or shown[0].may_miss)


def _shown_columns(definition: str) -> Mapping[str, tuple[_Source, str]]:
    """Output column → the relation and column that it is, for those that are nothing else."""
    statement = parse_sql(definition)[0].stmt
    if not _is_plain(statement):
        return {}
    sources = {source.alias: source for item in statement.fromClause for source in _sources(item)}
    # Postgres leaves the relation away only where there is nothing else.
    is_alone = len(statement.fromClause) == 1 and isinstance(statement.fromClause[0], ast.RangeVar)
    default = next(iter(sources)) if is_alone else None
    found = {}
    for target in statement.targetList:
        parts = [str(part.sval) for part in _column_parts(target.val)]
        alias = parts[0] if len(parts) == 2 else default
        if parts and alias in sources:
            found[str(target.name or parts[-1])] = (sources[alias], parts[-1])
    return found


def _is_plain(statement: ast.Node) -> bool:
    """One selection, whose rows are those of its sources (grouping sets would add rows of nulls)."""
    return (
        isinstance(statement, ast.SelectStmt)
        and statement.op == SetOperation.SETOP_NONE
        and statement.withClause is None
        and bool(statement.fromClause)
        and not any(isinstance(item, ast.GroupingSet) for item in statement.groupClause or ())
    )


def _column_parts(value: ast.Node) -> tuple[ast.String, ...]:
    if isinstance(value, ast.ColumnRef) and all(isinstance(part, ast.String) for part in value.fields):
        return tuple(value.fields)
    return ()


def _sources(item: ast.Node) -> Iterator[_Source]:
    """The relations of a FROM clause; subselects and functions are none."""
    if isinstance(item, ast.RangeVar):
        alias = item.alias.aliasname if item.alias else item.relname
        yield _Source(str(alias), str(item.schemaname), str(item.relname))
    elif isinstance(item, ast.JoinExpr):
        for side, join_types in ((item.larg, _LEFT_MAY_MISS), (item.rarg, _RIGHT_MAY_MISS)):
            may_miss = item.jointype in join_types
            yield from (replace(one, may_miss=one.may_miss or may_miss) for one in _sources(side))
