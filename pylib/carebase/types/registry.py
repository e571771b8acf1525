"""Which names in Python are taken, and by what."""

from __future__ import annotations

import ast
from pathlib import Path

from carebase.problems import UsageProblem

# What the generated modules import.
_IMPORTED = (
    "Any",
    "Arguments",
    "Bytes",
    "Decimal",
    "Field",
    "Json",
    "Literal",
    "Range",
    "Record",
    "Row",
    "UUID",
)


class Registry:
    """Hands names out, each only once.

    Args:
        by_hand: files of the classes that the client's methods are added to.
    """

    def __init__(self, *by_hand: Path) -> None:
        self._owners = dict.fromkeys(_IMPORTED, "the library")
        # Read, not imported: the package around it is generated, and may be what has to be mended.
        nodes = [node for file in by_hand for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))]
        methods = (n.name for n in nodes if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
        self._methods = dict.fromkeys(methods, "the library")
        self._by_type: dict[int, str] = {}

    def claim(self, name: str, owner: str, type_oid: int | None = None) -> None:
        """Take a class name, for a type of the database where it is one's.

        Raises:
            UsageProblem: `types_ambiguous`: something else has it.
        """
        _claim(self._owners, name, owner)
        if type_oid is not None:
            self._by_type[type_oid] = name

    def claim_method(self, name: str, owner: str) -> None:
        """Take the name of a method of the client.

        Raises:
            UsageProblem: `types_ambiguous`: something else has it.
        """
        _claim(self._methods, name, owner)

    def class_of(self, type_oid: int) -> str | None:
        """The class or alias of a type; None if it has none."""
        return self._by_type.get(type_oid)

    def name_of(self, type_oid: int) -> str:
        """The class or alias of a type that has one."""
        return self._by_type[type_oid]


def _claim(owners: dict[str, str], name: str, owner: str) -> None:
    if name in owners:
        raise UsageProblem(
            "types_ambiguous",
            f"{owner} would be called {name} in Python, and so is {owners[name]}.",
            hint="Rename it in sql/; functions of one name and different parameters are one method too many.",
        )
    owners[name] = owner
