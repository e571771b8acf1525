"""Which objects the text of a file names: statements, function bodies and the SQL inside strings.

Postgres' own lexer reads the text. It sees every language of function body alike, so nothing hides in
PL/pgSQL; and since bodies have an empty search_path, whatever they reach is written with its schema.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pglast import ast
from pglast.parser import ParseError, Token, scan

from carebase.db.declarations import Declarations, Place, SqlFile

SCHEMAS = ("public", "app")
_STRINGS = ("SCONST", "USCONST")
_QUALIFIED = re.compile(rf"\b({'|'.join(SCHEMAS)})\.([a-z_][a-z0-9_]*)")
_DOLLAR = re.compile(r"\$[A-Za-z_0-9]*\$")


@dataclass(frozen=True)
class Reach:
    """A place that names an object, and where that object is declared."""

    place: Place
    target: str
    declared: Place


def reaches(declarations: Declarations) -> Iterator[Reach]:
    """Every mention of a declared object in the files of `sql/`, the object's own file included."""
    names = _Names(declarations)
    for source in declarations.files:
        for offset, schema, name, is_call in _mentions(source):
            if declared := names.find(schema, name, is_call=is_call):
                yield Reach(source.place(offset), f"{schema}.{name}", declared)


class _Names:
    """Declared objects by qualified name; a table and a function may share one."""

    def __init__(self, declarations: Declarations) -> None:
        self._routines: dict[tuple[str, str], Place] = {}
        self._others: dict[tuple[str, str], Place] = {}
        for (kind, schema, name, _), place in declarations:
            if kind == "routine":
                self._routines.setdefault((schema, name), place)
            elif kind in ("relation", "type"):
                self._others.setdefault((schema, name), place)

    def find(self, schema: str, name: str, *, is_call: bool) -> Place | None:
        first, second = (self._routines, self._others) if is_call else (self._others, self._routines)
        return first.get((schema, name)) or second.get((schema, name))


def _mentions(source: SqlFile) -> Iterator[tuple[int, str, str, bool]]:
    """Offset, schema, name, and whether it is called, of each qualified name in the file."""
    starts = [start for start, _ in source.statements] + [len(source.text)]
    for (start, statement), end in zip(source.statements, starts[1:], strict=True):
        tokens = [token for token in source.tokens if start <= token.start < end]
        # The text of a comment speaks to people; it reaches nothing.
        yield from _in_tokens(source.text, 0, tokens, read_strings=not isinstance(statement, ast.CommentStmt))


def _in_tokens(
    text: str, offset: int, tokens: list[Token], *, read_strings: bool = True
) -> Iterator[tuple[int, str, str, bool]]:
    words = [text[token.start : token.end + 1] for token in tokens]
    for index, token in enumerate(tokens):
        if token.name in _STRINGS and read_strings:
            yield from _in_string(words[index], offset + token.start)
        elif words[index + 1 : index + 2] == ["."] and (index == 0 or words[index - 1] != "."):
            schema = words[index].strip('"')
            if schema in SCHEMAS and index + 2 < len(words):
                is_call = words[index + 3 : index + 4] == ["("]
                yield offset + token.start, schema, words[index + 2].strip('"'), is_call


def _in_string(literal: str, offset: int) -> Iterator[tuple[int, str, str, bool]]:
    """A dollar-quoted string is a body: code. In any other, a qualified name may be SQL that is run later."""
    if dollar := _DOLLAR.match(literal):
        inner, start = literal[dollar.end() : -len(dollar[0])], offset + dollar.end()
        try:
            yield from _in_tokens(inner, start, scan(inner))
            return
        except ParseError:
            literal, offset = inner, start  # not code after all
    for match in _QUALIFIED.finditer(literal):
        yield offset + match.start(), match[1], match[2], literal[match.end() : match.end() + 1] == "("
