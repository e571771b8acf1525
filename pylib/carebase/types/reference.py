"""The API reference: one page per room, from the comments of the database."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import TypeVar

import jinja2

from carebase.types.catalogue import Catalogue, Column, Function, Parameter, Relation, Type
from carebase.types.docstrings import sentences
from carebase.types.whereabouts import Whereabouts

REFERENCE = PurePosixPath("docs/reference")
_Named = TypeVar("_Named", Function, Relation, Type)


def reference_files(catalogue: Catalogue, whereabouts: Whereabouts) -> dict[PurePosixPath, str]:
    """Markdown by path below the checkout: functions, tables and views, words; by room."""
    pages = _Pages(catalogue, whereabouts)
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("carebase.types"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701  Markdown, from our own comments
    )
    environment.filters["sentences"] = lambda text: list(sentences(text or ""))
    template = environment.get_template("reference.md.j2")
    return {
        REFERENCE / f"{room}.md": template.render(room=room, pages=pages).rstrip() + "\n"
        for room in sorted(pages.rooms)
    }


class _Pages:
    """What the template asks for."""

    def __init__(self, catalogue: Catalogue, whereabouts: Whereabouts) -> None:
        self._catalogue = catalogue
        self._functions = {f: whereabouts.room_of_function("public", f.name) for f in catalogue.functions}
        self._relations = {
            r: whereabouts.room_of("public", r.name) for r in catalogue.api_relations if not r.is_composite
        }
        self._words = {t: whereabouts.room_of("public", t.name) for t in catalogue.api_types if t.kind == "e"}
        self._is_protected = whereabouts.is_protected

    @property
    def rooms(self) -> set[str]:
        """Those that the API shows anything of."""
        return {*self._functions.values(), *self._relations.values(), *self._words.values()}

    def functions(self, room: str) -> list[Function]:
        return _of(room, self._functions)

    def relations(self, room: str) -> list[Relation]:
        return _of(room, self._relations)

    def words(self, room: str) -> list[Type]:
        return _of(room, self._words)

    def is_protected(self, relation: Relation, column: Column) -> bool:
        return self._is_protected(relation.schema, relation.name, column.name)

    def lines(self, room: str) -> list[str]:
        """The tables of a room and what they point at, as lines of a Mermaid diagram.

        Without organizations and sign-ins, at which nearly every table points.
        """
        named = self._catalogue.relations_by_oid
        return sorted(
            {
                f"{target.name} {_TARGET[each.is_required]}--{_POINTING[each.is_once]} {relation.name}"
                f' : "{label}"'
                for relation in self.relations(room)
                for each in relation.references
                if (target := named[each.target]).schema == "public" and target.name != "organizations"
                for label in [" ".join(c for c in each.columns if c not in _PLACES) or each.columns[-1]]
            }
        )

    def signature(self, function: Function) -> str:
        """As one would write it: `name(p_a integer, p_b text = …) → date`."""
        parameters = ", ".join(self._parameter(each) for each in function.parameters)
        return f"{function.name}({parameters}) → {self._result(function)}"

    def type_name(self, oid: int) -> str:
        """As SQL names it; types of the API without their schema."""
        shown = self._catalogue.types.get(oid)
        if shown is None:
            return "record"
        if shown.element:
            return f"{self.type_name(shown.element)}[]"
        return _USUAL.get(shown.name, shown.name)

    def _parameter(self, parameter: Parameter) -> str:
        return f"{parameter.name} {self.type_name(parameter.type)}{' = …' if parameter.has_default else ''}"

    def _result(self, function: Function) -> str:
        if function.columns:
            return "rows" if function.is_set else "one row"
        shown = self.type_name(function.returns)
        return f"rows of {shown}" if function.is_set else shown


# Columns that keys carry besides what they are about.
_PLACES = ("org_id", "site_id")
# How Mermaid draws the ends of a reference: one target or perhaps none; one row at most that points, or many.
_TARGET = {True: "||", False: "|o"}
_POINTING = {True: "o|", False: "o{"}

# Postgres' own names of types that have a better known one.
_USUAL = {
    "bool": "boolean",
    "int2": "smallint",
    "int4": "integer",
    "int8": "bigint",
    "float8": "double precision",
}


def _of(room: str, places: Mapping[_Named, str]) -> list[_Named]:
    return sorted((each for each, place in places.items() if place == room), key=lambda each: each.name)
