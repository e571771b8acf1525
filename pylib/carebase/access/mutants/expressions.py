"""Policies' expressions with one thing changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from pglast import ast, parse_sql
from pglast.enums import BoolExprType
from pglast.stream import RawStream


@dataclass(frozen=True)
class Place:
    """A node, what it is part of, and how to put another in its place."""

    node: Any
    parent: Any
    slot: str
    put: Callable[[ast.Node], None]

    @property
    def is_condition(self) -> bool:
        """Whether it is one of the conditions that must all hold, of a policy or of a query within it."""
        return self.slot == "whereClause" or joined_by(self.parent, BoolExprType.AND_EXPR)

    @property
    def beside(self) -> list[ast.Node]:
        """The conditions that must hold as well."""
        return [part for part in getattr(self.parent, "args", None) or () if part is not self.node]


class Variant(NamedTuple):
    """An expression with one thing changed, and a word about what."""

    text: str
    note: str


Rewrite = Callable[[Place], Iterable[tuple[ast.Node, str]]]


def variants(predicate: str, rewrite: Rewrite) -> list[Variant]:
    """The expression once for everything that `rewrite` would put in one of its places.

    Args:
        predicate: SQL.
        rewrite: gives, for a place, what else could stand there, each with a word about it.

    Example:
        >>> variants("a and b", lambda place: [(TRUE, "no b")] if text(place.node) == "b" else [])
        [Variant(text='a AND TRUE', note='no b')]
    """
    statement = parse_sql("select " + predicate)[0].stmt
    found = []
    for place in list(_places(statement)):
        for changed, note in rewrite(place):
            place.put(changed)
            found.append(Variant(text(statement).removeprefix("SELECT "), note))
            place.put(place.node)
    return found


def text(node: ast.Node) -> str:
    """The node as SQL."""
    return str(RawStream()(node))  # type: ignore[no-untyped-call]  # pglast has no types


def joined_by(node: Any, word: BoolExprType) -> bool:
    """Whether the node is an AND, or an OR."""
    return isinstance(node, ast.BoolExpr) and node.boolop == word


def expression(sql: str) -> ast.Node:
    """The node that SQL stands for."""
    node: ast.Node = parse_sql(f"select {sql}")[0].stmt.targetList[0].val
    return node


TRUE = expression("true")


def _places(root: Any) -> Iterator[Place]:
    """Every place below `root`."""
    for slot in root:
        value = getattr(root, slot)
        if isinstance(value, ast.Node):
            yield Place(value, root, slot, _putter(root, slot, None))
            yield from _places(value)
        elif isinstance(value, tuple):
            for index, child in enumerate(value):
                if isinstance(child, ast.Node):
                    yield Place(child, root, slot, _putter(root, slot, index))
                    yield from _places(child)


def _putter(parent: Any, slot: str, index: int | None) -> Callable[[ast.Node], None]:
    def put(node: ast.Node) -> None:
        if index is None:
            setattr(parent, slot, node)
            return
        value = getattr(parent, slot)
        setattr(parent, slot, (*value[:index], node, *value[index + 1 :]))

    return put
