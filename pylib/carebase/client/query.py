"""A plain question to a table or view: some rows, by equality, in an order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import TypeAdapter
from pydantic_core import to_jsonable_python

from carebase.client import wire
from carebase.errors import InvalidInput
from carebase.records import Row

M = TypeVar("M", bound=Row)


def select_request(
    model: type[Row], where: Mapping[str, Any] | None, order: str | Sequence[str], limit: int, offset: int
) -> wire.Request:
    """The request for rows of a relation.

    Raises:
        InvalidInput: the relation has no such column, or `limit` or `offset` is too small; nothing was sent.
    """
    columns = {name: field.alias or name for name, field in model.model_fields.items()}
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
