"""Texts that differ and mean the same.

Postgres does not print every expression in the form in which it would read it back: `a between 1 and 2 and
b` comes out as `((a >= 1) AND (a <= 2)) AND b`, and that, read again, as `(a >= 1) AND (a <= 2) AND b`. A
migration is made of what Postgres printed, so its texts are one reading further than those of `sql/`.
"""

from __future__ import annotations

from typing import Any

from pglast import parse_sql
from pglast.ast import Node
from pglast.parser import ParseError

# A definition is a statement, an expression, or a constraint.
_FRAMES = ("{}", "select {}", "alter table x add {}")


_SQL = {"definition", "using", "with_check", "default", "generated", "where"}


def same(name: str, want: Any, have: Any) -> bool:
    """Whether two details are equal, or the same SQL once Postgres has parsed them.

    Args:
        name: of the detail; tells whether it is SQL.
        want: one of them.
        have: the other.

    Example:
        >>> same("definition", "((a AND b) AND c)", "(a AND b AND c)")
        True
    """
    if want == have:
        return True
    if name not in _SQL or not (isinstance(want, str) and isinstance(have, str)):
        return False
    for frame in _FRAMES:
        parsed = _parse(frame.format(want)), _parse(frame.format(have))
        if None not in parsed:
            return parsed[0] == parsed[1]
    return False


def _parse(sql: str) -> tuple[Node, ...] | None:
    try:
        # Nodes are equal when they are so apart from their position in the text.
        return tuple(raw.stmt for raw in parse_sql(sql))
    except ParseError:
        return None
