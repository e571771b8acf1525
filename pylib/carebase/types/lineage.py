"""Which column of a table a column of a view shows.

Postgres forgets that a column cannot be null as soon as a view shows it. Where a view is a plain selection
from one relation, its columns are those of that relation, and so is what is known about them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pglast import ast, parse_sql
from pglast.enums import SetOperation

from carebase.types.catalogue import Column, Relation

Name = tuple[str, str]


class Lineage:
    """Follows columns of views to the tables they come from.

    Args:
        relations: every relation of the database, views with their definition.
    """

    def __init__(self, relations: tuple[Relation, ...]) -> None:
        self._relations: Mapping[Name, Relation] = {(one.schema, one.name): one for one in relations}

    def origin(self, relation: Relation, column: Column) -> tuple[Relation, Column]:
        """The column of a table that this column shows; the column itself where that cannot be told."""
        if relation.definition is None:
            return relation, column
        source, shown = _plain_selection(relation.definition)
        parent = self._relations.get(source) if source else None
        if parent is None or column.name not in shown:
            return relation, column
        inherited = next((one for one in parent.columns if one.name == shown[column.name]), None)
        return (relation, column) if inherited is None else self.origin(parent, inherited)


def _plain_selection(definition: str) -> tuple[Name | None, Mapping[str, str]]:
    """The one relation that a view selects from, and output column → source column."""
    statement = parse_sql(definition)[0].stmt
    match statement:
        case ast.SelectStmt(
            op=SetOperation.SETOP_NONE,
            groupClause=None,
            withClause=None,
            fromClause=(ast.RangeVar() as source,),
        ):
            return (str(source.schemaname), str(source.relname)), dict(_plain_columns(statement))
        case _:
            return None, {}


def _plain_columns(statement: ast.SelectStmt) -> Iterator[tuple[str, str]]:
    for target in statement.targetList:
        if isinstance(target.val, ast.ColumnRef) and isinstance(target.val.fields[-1], ast.String):
            source = str(target.val.fields[-1].sval)
            yield str(target.name or source), source
