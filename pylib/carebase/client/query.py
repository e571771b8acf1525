"""A plain question to a table or view: some rows, by equality, in an order."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from pydantic import TypeAdapter
from pydantic_core import to_jsonable_python

from carebase.client import wire
from carebase.errors import InvalidInput
from carebase.records import Record, Row

M = TypeVar("M", bound=Row)
L = TypeVar("L", bound=Record)

MOST_ROWS = 500
# Ids and days, which need no quotes in a condition.
_PLAIN = re.compile(r"[0-9a-f-]{1,36}")


@dataclass(frozen=True)
class Page(Generic[L]):
    """Some rows, or lines of a function's result, in an order.

    Attributes:
        items: the rows.
        next: what `after` takes to give the page behind this one; None where nothing is left. Behind a full
            page of a function's lines there may be an empty one.
    """

    items: list[L]
    next: str | None


def select_request(
    model: type[Row], where: Mapping[str, Any] | None, order: str | Sequence[str], limit: int, offset: int
) -> wire.Request:
    """The request for rows of a relation.

    Raises:
        InvalidInput: the relation has no such column, or `limit` or `offset` is too small; nothing was sent.
    """
    columns = columns_of(model)
    params = [("select", ",".join(columns.values()))]
    for name, value in (where or {}).items():
        params.append((_column(name, columns, model), _condition(value)))
    orders = [order] if isinstance(order, str) else list(order)
    if terms := [_order(term, columns, model) for term in orders if term]:
        params.append(("order", ",".join(terms)))
    for field, number, least in (("limit", limit, 1), ("offset", offset, 0)):
        if number < least:
            raise InvalidInput(f"{field} is a number from {least} on.", details={"field": field})
    params += [("limit", str(limit)), ("offset", str(offset))]
    name = model.relation_name
    return wire.Request(f"select from {name}", "GET", f"/{name}", tuple(params), None, is_repeatable=True)


def page_request(
    model: type[Row],
    where: Mapping[str, Any] | None,
    order: str,
    limit: int,
    after: str | None,
    key: Sequence[str] = ("id",),
) -> wire.Request:
    """The request for a page: rows behind a certain one, so that no row is skipped or seen twice.

    Args:
        key: what tells rows of the same place in the order apart.

    Raises:
        InvalidInput: no such column, one that may be null, a limit out of bounds, or an `after` that is none.
    """
    if not 1 <= limit <= MOST_ROWS:
        raise InvalidInput(f"limit is a number from 1 to {MOST_ROWS}.", details={"field": "limit"})
    columns, name = columns_of(model), order.removeprefix("-")
    _column(name, columns, model)
    if type(None) in getattr(model.model_fields[name].annotation, "__args__", ()):
        raise InvalidInput(f"{name} may be null: pages are in the order of a column that never is.")
    orders = [order, *(part for part in key if part != name)]
    # One more than is asked for tells whether there is a next page.
    first = select_request(model, where, orders, limit + 1, 0)
    if after is None:
        return first
    terms = [
        (columns[part.removeprefix("-")], "lt" if part.startswith("-") else "gt", value)
        for part, value in zip(orders, _behind(after, orders), strict=True)
    ]
    return wire.Request(
        first.name,
        first.method,
        first.path,
        (*first.params, _condition_behind(terms)),
        None,
        is_repeatable=True,
    )


def page(model: type[M], content: bytes, order: str, limit: int, key: Sequence[str] = ("id",)) -> Page[M]:
    """The page, from the body of the answer.

    Raises:
        UnexpectedResponse: they are not rows of this relation.
    """
    found = rows(model, content)
    if len(found) <= limit:
        return Page(found, None)
    name = order.removeprefix("-")
    last = [
        _text(getattr(found[limit - 1], part)) for part in (name, *(each for each in key if each != name))
    ]
    return Page(found[:limit], base64.urlsafe_b64encode(json.dumps([order, *last]).encode()).decode())


def _condition_behind(terms: Sequence[tuple[str, str, str]]) -> tuple[str, str]:
    """Rows behind one: beyond it in the first column, or equal there and beyond in the next."""
    if len(terms) == 1:
        [(column, sign, value)] = terms
        return (column, f"{sign}.{value}")
    ways = []
    for number, (column, sign, value) in enumerate(terms):
        equal = [f"{other}.eq.{_quoted(same)}" for other, _, same in terms[:number]]
        beyond = f"{column}.{sign}.{_quoted(value)}"
        ways.append(f"and({','.join([*equal, beyond])})" if equal else beyond)
    return ("or", f"({','.join(ways)})")


def _quoted(value: str) -> str:
    if _PLAIN.fullmatch(value):
        return value
    return '"{}"'.format(value.replace("\\", "\\\\").replace('"', '\\"'))


def _behind(after: str, orders: Sequence[str]) -> list[str]:
    """Where the last row of the page before stands in this order."""
    try:
        made_for, *values = json.loads(base64.urlsafe_b64decode(after.encode()))
        is_whole = made_for == orders[0] and len(values) == len(orders)
        if is_whole and all(isinstance(value, str) for value in values):
            return [
                str(UUID(value)) if name == "id" else value
                for name, value in zip(orders, values, strict=True)
            ]
    except (ValueError, TypeError, AttributeError, binascii.Error):
        pass
    raise InvalidInput("after is `next` of a page in the same order.", details={"field": "after"})


def given(**filters: Any) -> dict[str, Any]:
    """The filters that somebody asked for.

    Example:
        >>> given(site_id=None, status="closed")
        {'status': 'closed'}
    """
    return {name: value for name, value in filters.items() if value is not None}


def columns_of(model: type[Row]) -> dict[str, str]:
    """Field → column of a relation."""
    return {name: field.alias or name for name, field in model.model_fields.items()}


def rows(model: type[M], content: bytes) -> list[M]:
    """The rows, from the body of the answer.

    Raises:
        UnexpectedResponse: they are not rows of this relation.
    """
    adapter: TypeAdapter[list[M]] = TypeAdapter(list[model])  # type: ignore[valid-type]  # a class at run time
    return wire.validated(adapter, wire.decode(content), f"The answer of {model.relation_name}")


def _column(name: str, columns: Mapping[str, str], model: type[Row]) -> str:
    if name in columns:
        return columns[name]
    raise InvalidInput(f"{model.relation_name} has no column {name!r}.", details={"field": name})


def _order(term: str, columns: Mapping[str, str], model: type[Row]) -> str:
    """ "-created_at" is newest first."""
    descending = term.startswith("-")
    return f"{_column(term.removeprefix('-'), columns, model)}.{'desc' if descending else 'asc'}"


def _condition(value: Any) -> str:
    if value is None:
        return "is.null"
    if isinstance(value, list | tuple | set | frozenset):
        quoted = (_text(item).replace("\\", "\\\\").replace('"', '\\"') for item in value)
        return "in.({})".format(",".join(f'"{item}"' for item in quoted))
    return f"eq.{_text(value)}"


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(to_jsonable_python(value))
