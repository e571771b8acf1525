"""Values of Postgres that JSON has no word for, as they travel through PostgREST."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, Generic, Literal, TypeVar, cast, get_args

from pydantic import BeforeValidator, GetCoreSchemaHandler, JsonValue, PlainSerializer, TypeAdapter
from pydantic_core import core_schema

T = TypeVar("T")
Bounds = Literal["[)", "[]", "()", "(]"]

_BOUND = r'\s*("(?:[^"\\]|\\.|"")*"|[^",\[\]()]*)\s*'
_RANGE = re.compile(rf"\s*([\[(]){_BOUND},{_BOUND}([\])])\s*")
_EMPTY = "empty"


class Range(Generic[T]):
    """A range of Postgres: from `lower` to `upper`, where None means without end.

    `bounds` says which ends belong to it, as Postgres writes it: `[)` includes the lower one only.

    Example:
        >>> Range(1, 5)
        Range(1, 5, '[)')
        >>> Range(is_empty=True)
        Range(is_empty=True)
    """

    __slots__ = ("bounds", "is_empty", "lower", "upper")

    # Not a dataclass: pydantic would treat it as one, and its text form would be lost.
    def __init__(
        self, lower: T | None = None, upper: T | None = None, bounds: Bounds = "[)", *, is_empty: bool = False
    ) -> None:
        self.lower = lower
        self.upper = upper
        self.bounds = bounds
        self.is_empty = is_empty

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Range) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        if self.is_empty:
            return "Range(is_empty=True)"
        return f"Range({self.lower!r}, {self.upper!r}, {self.bounds!r})"

    def _key(self) -> tuple[object, ...]:
        return (self.lower, self.upper, self.bounds, self.is_empty)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        bound: TypeAdapter[Any] = TypeAdapter((get_args(source) or (Any,))[0])

        def load(value: Any) -> Any:
            return _parse(value, bound) if isinstance(value, str) else value

        return core_schema.no_info_before_validator_function(
            load,
            core_schema.is_instance_schema(cls),
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda value: _format(value, bound), return_schema=core_schema.str_schema(), when_used="json"
            ),
        )


def _parse(text: str, bound: TypeAdapter[T]) -> Range[T]:
    if text.strip() == _EMPTY:
        return Range(is_empty=True)
    parts = _RANGE.fullmatch(text)
    if parts is None:
        raise ValueError("not a range of Postgres")
    opening, lower, upper, closing = parts.groups()
    bounds = cast("Bounds", opening + closing)
    return Range(_parse_bound(lower, bound), _parse_bound(upper, bound), bounds)


def _parse_bound(text: str, bound: TypeAdapter[T]) -> T | None:
    quoted = text.startswith('"')
    value = re.sub(r'\\(.)|""', lambda found: found[1] or '"', text[1:-1]) if quoted else text
    if not quoted and value in ("", "infinity", "-infinity"):
        return None
    # Inside a range Postgres writes the zone as "+00", which ISO 8601 readers want as "+00:00".
    return bound.validate_strings(re.sub(r"(:\d\d(?:\.\d+)?[+-]\d\d)$", r"\1:00", value))


def _format(value: Range[Any], bound: TypeAdapter[Any]) -> str:
    if value.is_empty:
        return _EMPTY
    lower, upper = (
        "" if end is None else f'"{bound.dump_python(end, mode="json")}"'
        for end in (value.lower, value.upper)
    )
    return f"{value.bounds[0]}{lower},{upper}{value.bounds[1]}"


def _without_decimals(value: Any) -> Any:
    """Fractions inside a JSON document are what JSON says they are; only `numeric` columns are exact."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, list):
        return [_without_decimals(item) for item in value]
    if isinstance(value, dict):
        return {key: _without_decimals(item) for key, item in value.items()}
    return value


def _load_bytes(value: Any) -> Any:
    return bytes.fromhex(value[2:]) if isinstance(value, str) and value.startswith("\\x") else value


# A json or jsonb document.
Json = Annotated[JsonValue, BeforeValidator(_without_decimals)]
# A bytea; travels as "\x" and hexadecimal digits.
Bytes = Annotated[
    bytes, BeforeValidator(_load_bytes), PlainSerializer(lambda b: "\\x" + b.hex(), when_used="json")
]
