"""What every generated model is made of."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A value with fields that the database gave: a row, a composite value, a line of a function's result.

    Frozen, because changing it would change nothing in the database. Columns that a newer database has
    besides are ignored. Protected columns stay out of its `repr`.
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
