"""What every generated model is made of."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, get_args

from pydantic import BaseModel, ConfigDict, model_validator

_ENDLESS = ("infinity", "-infinity")


class Record(BaseModel):
    """A value with fields that the database gave: a row, a composite value, a line of a function's result.

    Frozen, because changing it would change nothing in the database. Columns that a newer database has
    besides are ignored. Protected columns stay out of its `repr`. A time that the database calls infinity is
    None where it may be: without an end.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="ignore",
        hide_input_in_errors=True,
        validate_by_name=True,
        validate_by_alias=True,
        use_attribute_docstrings=True,
        protected_namespaces=(),
    )

    @model_validator(mode="before")
    @classmethod
    def _without_end(cls, values: Any) -> Any:
        if not isinstance(values, dict) or not any(end in values.values() for end in _ENDLESS):
            return values
        endless = {
            name
            for name, field in cls.model_fields.items()
            if {type(None), dt.datetime} <= set(get_args(field.annotation))
            and values.get(field.alias or name) in _ENDLESS
        }
        return {name: None if name in endless else value for name, value in values.items()}


class Row(Record):
    """A row of a table or view of the API."""

    relation_name: ClassVar[str]


class Arguments(BaseModel):
    """The parameters of a function; those that are not set take the default that the database declares."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        validate_by_name=True,
        validate_by_alias=True,
        protected_namespaces=(),  # names come from the database; field_name keeps them apart from methods
    )


class _Omitted:
    def __repr__(self) -> str:
        return "<the database's default>"


# Typed Any so that a signature can say what it takes: `p_limit: int = OMITTED`.
OMITTED: Any = _Omitted()
