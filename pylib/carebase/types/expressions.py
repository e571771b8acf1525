"""How a type of Postgres is written in Python, given how PostgREST writes its values."""

from __future__ import annotations

from collections.abc import Callable

from carebase.types.catalogue import Catalogue, Type

# Values of types that are not listed travel as text or, if the type has a cast to json, as a document: both
# are `Json`.
_BUILT_IN = {
    "bool": "bool",
    "int2": "int",
    "int4": "int",
    "int8": "int",
    "oid": "int",
    "float4": "float",
    "float8": "float",
    "numeric": "Decimal",
    "text": "str",
    "varchar": "str",
    "bpchar": "str",
    "char": "str",
    "name": "str",
    "citext": "str",
    "uuid": "UUID",
    "date": "dt.date",
    "time": "dt.time",
    "timetz": "str",
    "timestamp": "dt.datetime",
    "timestamptz": "dt.datetime",
    "interval": "str",
    "inet": "str",
    "cidr": "str",
    "macaddr": "str",
    "macaddr8": "str",
    "money": "str",
    "bit": "str",
    "varbit": "str",
    "xml": "str",
    "tsvector": "str",
    "tsquery": "str",
    "bytea": "Bytes",
    "json": "Json",
    "jsonb": "Json",
}
FALLBACK = "Json"


class Expressions:
    """Python expressions for types.

    Args:
        catalogue: where the types are.
        class_of: the class that was made for an enum, domain or composite type of the API, by the oid of the
            type; None for a type of which none was made.
    """

    def __init__(self, catalogue: Catalogue, class_of: Callable[[int], str | None]) -> None:
        self._types = catalogue.types
        self._class_of = class_of

    def of(self, oid: int, *, nullable: bool = False) -> str:
        """The expression for a type.

        Example:
            >>> Expressions(catalogue, class_of).of(numeric_array, nullable=True)
            'list[Decimal] | None'
        """
        return self._expression(self._types[oid]) + (" | None" if nullable else "")

    def beneath(self, domain: Type) -> str:
        """The expression for what a domain is made of."""
        assert domain.base is not None  # noqa: S101  pg_type guarantees it for a domain
        return self.of(domain.base)

    def _expression(self, type_: Type) -> str:
        if (name := self._class_of(type_.oid)) is not None:
            return name
        if type_.element is not None:
            return f"list[{self.of(type_.element)}]"
        if type_.base is not None:
            return self.of(type_.base)
        if type_.subtype is not None and type_.kind == "r":
            return f"Range[{self.of(type_.subtype)}]"
        if type_.kind == "e":
            return "str"  # of a schema that is not the API's
        if type_.schema == "pg_catalog" or type_.name == "citext":
            return _BUILT_IN.get(type_.name, FALLBACK)
        return FALLBACK
