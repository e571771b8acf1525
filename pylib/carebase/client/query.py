"""A plain question to a table or view: some rows, by equality, in an order."""

from __future__ import annotations

import base64
import binascii
import json
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
    model: type[Row], where: Mapping[str, Any] | None, order: str, limit: int, after: str | None
) -> wire.Request:
    """The request for a page: rows behind a certain one, so that no row is skipped or seen twice.

    Raises:
        InvalidInput: no such column, one that may be null, a limit out of bounds, or an `after` that is none.
    """
    if not 1 <= limit <= MOST_ROWS:
        raise InvalidInput(f"limit is a number from 1 to {MOST_ROWS}.", details={"field": "limit"})
    columns, name = columns_of(model), order.removeprefix("-")
    column = _column(name, columns, model)
    if type(None) in getattr(model.model_fields[name].annotation, "__args__", ()):
        raise InvalidInput(f"{name} may be null: pages are in the order of a column that never is.")
    # One more than is asked for tells whether there is a next page.
    first = select_request(model, where, [order, *(["id"] if name != "id" else [])], limit + 1, 0)
    if after is None:
        return first
    value, key = _behind(after, order)
    sign = "lt" if order.startswith("-") else "gt"
    quoted = '"{}"'.format(value.replace("\\", "\\\\").replace('"', '\\"'))
    behind = (column, f"{sign}.{value}")
    if name != "id":
        behind = ("or", f"({column}.{sign}.{quoted},and({column}.eq.{quoted},id.gt.{key}))")
    return wire.Request(
        first.name, first.method, first.path, (*first.params, behind), None, is_repeatable=True
    )


def page(model: type[M], content: bytes, order: str, limit: int) -> Page[M]:
    """The page, from the body of the answer.

    Raises:
        UnexpectedResponse: they are not rows of this relation.
    """
    found = rows(model, content)
    if len(found) <= limit:
        return Page(found, None)
    last: Any = found[limit - 1]
    behind = [order, _text(getattr(last, order.removeprefix("-"))), str(last.id)]
    return Page(found[:limit], base64.urlsafe_b64encode(json.dumps(behind).encode()).decode())


def _behind(after: str, order: str) -> tuple[str, str]:
    """Value and id of the last row of the page before."""
    try:
        made_for, value, key = json.loads(base64.urlsafe_b64decode(after.encode()))
        if made_for == order and isinstance(value, str):
            return value, str(UUID(key))
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
