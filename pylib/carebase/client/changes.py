"""Writes of single rows, without sending anything: shared by both clients."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from pydantic import ValidationError
from pydantic_core import to_jsonable_python

from carebase.client import query, wire
from carebase.errors import InvalidInput
from carebase.records import Row

M = TypeVar("M", bound=Row)

_RETURNED = (("Prefer", "return=representation"),)


@dataclass(frozen=True)
class Change(Generic[M]):
    """What somebody wants to make of a row.

    Attributes:
        before: as it was read.
        expected: as it will be.
        values: the columns that change, as JSON.
        key: the row's id.
        version: what was read.
    """

    before: M
    expected: M
    values: dict[str, Any]
    key: UUID
    version: int


def insert_request(model: type[Row], table: str, values: Mapping[str, Any]) -> wire.Request:
    """The request that makes a row.

    Raises:
        InvalidInput: there is no value; nothing was sent.
    """
    if not values:
        raise InvalidInput("Say what the new row holds.")
    # A view leaves out what all its rows have in common, so names are only checked where they are known.
    content = {_alias(model, name): value for name, value in values.items()}
    return wire.Request(
        f"insert into {table}", "POST", f"/{table}", _shown(model), _body(content), headers=_RETURNED
    )


def update_request(model: type[Row], table: str, change: Change[Any]) -> wire.Request:
    """The request that changes a row if it still is as it was read."""
    params = (("id", f"eq.{change.key}"), ("version", f"eq.{change.version}"), *_shown(model))
    return wire.Request(
        f"update {table}", "PATCH", f"/{table}", params, _body(change.values), headers=_RETURNED
    )


def expect(model: type[M], row: M, values: Mapping[str, Any]) -> Change[M]:
    """A change of a row, checked as far as its model knows.

    Raises:
        InvalidInput: no value, no such column, a value of another type, or a row without id and version.
    """
    given: Any = row
    if not {"id", "version"} <= model.model_fields.keys():
        raise InvalidInput(f"Rows of {model.relation_name} have no id and version to change them by.")
    if not values:
        raise InvalidInput("Say what changes.")
    for name in values:
        if name not in model.model_fields:
            raise InvalidInput(f"{model.relation_name} has no column {name!r}.", details={"field": name})
    try:
        expected = model.model_validate({**dict(row), **values})
    except ValidationError as error:
        wrong = wire.invalid_fields(error)
    else:
        content = {_alias(model, name): value for name, value in values.items()}
        return Change(row, expected, content, given.id, given.version)
    field, reason = wrong[0]
    raise InvalidInput(f"{field}: {reason}.", details={"field": field.partition(".")[0]})


def _alias(model: type[Row], name: str) -> str:
    field = model.model_fields.get(name)
    return (field.alias if field else None) or name


def _shown(model: type[Row]) -> tuple[tuple[str, str], ...]:
    return (("select", ",".join(query.columns_of(model).values())),)


def _body(values: Mapping[str, Any]) -> bytes:
    return json.dumps(to_jsonable_python(values)).encode()
