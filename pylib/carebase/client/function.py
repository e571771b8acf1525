"""A function of the API: what it takes, what it gives, whether it may be repeated."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Generic, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from carebase.client import wire
from carebase.errors import InvalidInput
from carebase.records import OMITTED, Arguments

R = TypeVar("R")

REQUEST_KEY = "p_request_key"


class Function(Generic[R]):
    """One RPC. The generated modules hold one of these for each function of the database.

    Args:
        name: as in the database.
        arguments: the model of its parameters.
        returns: the type of its result; None for a function that returns nothing.
        is_repeatable: it only reads, or its comment says that it is idempotent. What is called with a
            `p_request_key` may be repeated anyway.
    """

    def __init__(
        self, name: str, arguments: type[Arguments], returns: Any, *, is_repeatable: bool = False
    ) -> None:
        self.name = name
        self.is_repeatable = is_repeatable
        self._arguments = arguments
        self._returns = returns

    def request(self, values: Mapping[str, Any]) -> wire.Request:
        """The request that calls it.

        Args:
            values: by parameter; those that are `OMITTED` are left to the database.

        Raises:
            InvalidInput: a value is not of the parameter's type; nothing was sent.
        """
        given = {name: value for name, value in values.items() if value is not OMITTED}
        try:
            content = self._arguments(**given).model_dump_json(exclude_unset=True, by_alias=True).encode()
        except ValidationError as error:
            wrong = wire.invalid_fields(error)
        else:
            # Under a key of the caller's own the database does once what is asked twice.
            is_repeatable = self.is_repeatable or given.get(REQUEST_KEY) is not None
            return wire.Request(self.name, "POST", f"/rpc/{self.name}", (), content, is_repeatable)
        field, reason = wrong[0]
        raise InvalidInput(f"{field}: {reason}.", details={"field": field.partition(".")[0]})

    def result(self, content: bytes) -> R:
        """The result, from the body of the answer.

        Raises:
            UnexpectedResponse: it is not of the declared type.
        """
        if self._returns is None:
            return cast("R", None)
        value = wire.decode(content)
        if self._is_nullable and isinstance(value, dict) and all(item is None for item in value.values()):
            value = None  # how PostgREST writes a null row
        return wire.validated(self._adapter, value, f"The result of {self.name}")

    @cached_property
    def _adapter(self) -> TypeAdapter[R]:
        return TypeAdapter(self._returns)

    @cached_property
    def _is_nullable(self) -> bool:
        return type(None) in getattr(self._returns, "__args__", ())
