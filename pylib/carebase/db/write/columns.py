"""New tables in one statement, columns in their declared order.

pg-delta makes a table before the types and generated columns it has, and adds those columns afterwards, at
the end. The order of columns is part of a table: `select *`, row types and `copy` follow it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pglast.parser import scan

from carebase.db.catalogue import Catalogue, split_name

_CREATE = re.compile(r"CREATE (?:UNLOGGED )?TABLE (\S+) \(")
_ADD = re.compile(r"ALTER TABLE (\S+) ADD COLUMN (.*)", re.DOTALL)


def fold_columns(statements: list[str], want: Catalogue) -> list[str]:
    """The statements with each column that is added to a new table moved into its CREATE TABLE.

    Args:
        statements: pg-delta's, in order.
        want: the database as it should be; tells the order of columns.
    """
    orders = {
        split_name(item.identity): [str(name) for name in entry.details["columns"]]
        for item, entry in want.items()
        if item.kind == "column_order"
    }
    tables = {match[1] for text in statements if (match := _CREATE.match(text))}
    added: dict[str, list[str]] = {table: [] for table in tables}
    kept = []
    for text in statements:
        add = _ADD.match(text)
        if add and add[1] in added:
            added[add[1]].append(add[2])
        else:
            kept.append(text)
    return [_create(text, added, orders) if _CREATE.match(text) else text for text in kept]


def _create(text: str, added: Mapping[str, list[str]], orders: Mapping[tuple[str, ...], list[str]]) -> str:
    match = _CREATE.match(text)
    assert match is not None  # noqa: S101  the caller asked
    head, elements, tail = _take_apart(text)
    elements += added[match[1]]
    order = orders.get(split_name(match[1]), [])
    place = {name: number for number, name in enumerate(order)}
    columns = [e for e in elements if not e.startswith("CONSTRAINT ")]
    columns.sort(key=lambda element: place.get(split_name(element)[0], len(place)))
    lines = columns + [e for e in elements if e.startswith("CONSTRAINT ")]
    if not lines:
        return text
    return head + "(\n  " + ",\n  ".join(lines) + "\n)" + tail


def _take_apart(text: str) -> tuple[str, list[str], str]:
    """A CREATE TABLE as what is before its list, the elements of the list, and what is after."""
    depth, begin, elements = 0, 0, []
    head = ""
    for token in scan(text):
        if token.name == "ASCII_40":
            depth += 1
            if depth == 1:
                head, begin = text[: token.start], token.end + 1
        elif token.name == "ASCII_41":
            depth -= 1
        if (token.name == "ASCII_44" and depth == 1) or (token.name == "ASCII_41" and depth == 0):
            elements.append(text[begin : token.start].strip())
            begin = token.end + 1
            if depth == 0:
                break
    return head, [e for e in elements if e], text[begin:]
