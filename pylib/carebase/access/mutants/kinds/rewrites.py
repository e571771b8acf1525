"""What can be put in a place of a policy's expression, and what the places mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from pglast import ast
from pglast.enums import A_Expr_Kind, BoolExprType, NullTestType

from carebase.access.mutants.expressions import TRUE, Place, expression, joined_by, text, variants
from carebase.access.mutants.objects import Table
from carebase.lint.catalogue.expressions import compares_tenant


class TableRewrite(Protocol):
    """What can be put in a place of a policy of `table`, each with a word about it."""

    def __call__(self, place: Place, table: Table | None) -> Iterable[tuple[ast.Node, str]]: ...


def columns_named(predicate: str) -> set[str]:
    """The names of the columns that a predicate reads."""
    named: set[str] = set()

    def note(place: Place) -> Iterable[tuple[ast.Node, str]]:
        if isinstance(place.node, ast.ColumnRef):
            named.add(str(place.node.fields[-1].sval))
        return ()

    variants(predicate, note)
    return named


def _is_own(node: ast.Node, table: Table | None) -> bool:
    """Whether the node is `owner = (select …)`."""
    return bool(
        table
        and table.owner
        and isinstance(node, ast.A_Expr)
        and isinstance(node.lexpr, ast.ColumnRef)
        and node.lexpr.fields[-1].sval == table.owner
        and isinstance(node.rexpr, ast.SubLink)
    )


def _is_tenant(node: ast.Node, table: Table | None) -> bool:
    """Whether the node is `tenant = (select app.current_org())`, of the table or of a link to it."""
    return any(compares_tenant(node, column) for column in {"org_id", (table and table.tenant) or "org_id"})


def _is_implied(place: Place, table: Table | None) -> bool:
    """Whether the node is `x is not null` of a required column, or beside a comparison with the same x."""
    node = place.node
    if not isinstance(node, ast.NullTest) or node.nulltesttype != NullTestType.IS_NOT_NULL:
        return False
    if _is_required(node.arg, table):
        return True
    value = text(node.arg).partition(" AS ")[0].lstrip("(")
    return any(isinstance(other, ast.A_Expr) and f"= ({value}" in text(other) for other in place.beside)


def _is_required(node: ast.Node, table: Table | None) -> bool:
    """Whether the node is a column of `table` that is never null."""
    if table is None or not isinstance(node, ast.ColumnRef) or len(node.fields) != 1:
        return False
    return any(column.name == node.fields[0].sval and column.is_required for column in table.columns)


def without_tenant(place: Place, table: Table | None) -> Iterator[tuple[ast.Node, str]]:
    if place.is_condition and _is_tenant(place.node, table):
        yield TRUE, "link" if place.slot == "whereClause" else "tenant"


def without_owner(place: Place, table: Table | None) -> Iterator[tuple[ast.Node, str]]:
    if _is_own(place.node, table) and not _is_tenant(place.node, table):
        yield TRUE, "own"


def without(place: Place, table: Table | None) -> Iterator[tuple[ast.Node, str]]:
    node = place.node
    if (
        place.is_condition
        and not _is_tenant(node, table)
        and not _is_own(node, table)
        and not joined_by(node, BoolExprType.AND_EXPR)
        and not _is_implied(place, table)
    ):
        yield TRUE, text(node)


def without_implied(place: Place, table: Table | None) -> Iterator[tuple[ast.Node, str]]:
    if _is_implied(place, table):
        yield TRUE, text(place.node)


def or_for_and(place: Place, table: Table | None) -> Iterator[tuple[ast.Node, str]]:
    if joined_by(place.node, BoolExprType.AND_EXPR) and not _has_implied(place.node):
        yield expression(" or ".join(f"({text(part)})" for part in place.node.args)), text(place.node)


def _has_implied(conjunction: ast.BoolExpr) -> bool:
    """Whether OR would only show itself to those who are nobody: left to the faults of single conditions."""
    return any(
        isinstance(part, ast.NullTest) and isinstance(part.arg, ast.SubLink) for part in conjunction.args
    )


def inverted(place: Place, table: Table | None) -> Iterator[tuple[ast.Node, str]]:
    node = place.node
    if isinstance(node, ast.A_Expr) and [str(name.sval) for name in node.name] == ["="]:
        right = text(node.rexpr)
        other = f"all ({right})" if node.kind == A_Expr_Kind.AEXPR_OP_ANY else right
        yield expression(f"{text(node.lexpr)} <> {other}"), text(node)
    elif isinstance(node, ast.NullTest):
        word = "is not null" if node.nulltesttype == NullTestType.IS_NULL else "is null"
        yield expression(f"{text(node.arg)} {word}"), text(node)
    elif place.is_condition and isinstance(node, (ast.ColumnRef, ast.SubLink)):
        yield expression(f"not {text(node)}"), text(node)
