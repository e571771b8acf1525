"""Function bodies with one thing taken out: Postgres' lexer reads them, in SQL and PL/pgSQL alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pglast.parser import Token, scan

_OPENERS = {"where", "on", "if", "elsif", "when"}
_ENDERS = {
    *(
        "group",
        "order",
        "limit",
        "offset",
        "having",
        "union",
        "intersect",
        "except",
        "returning",
        ";",
        "then",
    ),
    *("left", "right", "inner", "cross", "full", "join", "on", "where", "window"),
    *("for", "fetch", "do", "loop"),
}
_COMMENTS = ("SQL_COMMENT", "C_COMMENT")


@dataclass(frozen=True)
class Condition:
    """One of several conditions joined by AND or OR, or the only one of a WHERE or ON.

    Args:
        text: how it is written.
        opener: the word before the first of them.
        without: the whole body without it.
    """

    text: str
    opener: str
    without: str


@dataclass(frozen=True)
class Call:
    """A statement `perform app.name(…);`, and the whole body without it."""

    name: str
    text: str
    without: str


class Body:
    """A function's body as words with their places.

    Example:
        >>> [call.name for call in Body("begin perform app.require_member(); end").performed()]
        ['require_member']
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._tokens: list[Token] = [token for token in scan(text) if token.name not in _COMMENTS]
        self._words = [text[token.start : token.end + 1].lower() for token in self._tokens]

    def conditions(self) -> Iterator[Condition]:
        """Every condition that can be left out so that a body remains."""
        for index, word in enumerate(self._words):
            if word not in _OPENERS or not self._opens(index):
                continue
            operands = self._operands(index + 1)
            for number, (first, last) in enumerate(operands):
                text = self._between(first, last)
                if len(operands) > 1:
                    yield Condition(text, word, self._without(operands, number))
                elif word in ("where", "on"):
                    yield Condition(text, word, self._replaced(first, last, "true"))

    def performed(self) -> Iterator[Call]:
        """Every `perform app.name(…);`."""
        for index, word in enumerate(self._words):
            if word == "perform" and self._words[index + 1 : index + 3] == ["app", "."]:
                end = self._statement_end(index)
                yield Call(
                    self._words[index + 3],
                    self._between(index, end - 1),
                    self._replaced(index, end - 1, "null"),
                )

    def closing(self, called: str) -> Iterator[int]:
        """Where the arguments of each call of `called` (`app.name`) end: the offset of the parenthesis."""
        name = called.split(".")
        wanted = [*name[:1], *(part for word in name[1:] for part in (".", word)), "("]
        for index in range(len(self._words)):
            if self._words[index : index + len(wanted)] == wanted:
                yield self._tokens[self._matching(index + len(wanted) - 1)].start

    def _opens(self, index: int) -> bool:
        before = self._words[index - 1] if index else ""
        after = self._words[index + 1] if index + 1 < len(self._words) else ""
        return (self._words[index], before) not in {("if", "end"), ("on", "distinct")} and after != "conflict"

    def _operands(self, start: int) -> list[tuple[int, int]]:
        """First and last word of each condition from `start` on: split at OR if there is one, else at AND."""
        joints: dict[str, list[int]] = {"and": [], "or": []}
        nested: list[str] = []
        is_range = False
        end = start
        for end in range(start, len(self._words) + 1):
            word = self._words[end] if end < len(self._words) else ";"
            if word in ("(", "[", "case"):
                nested.append(word)
            elif word in (")", "]", "end") and nested:
                nested.pop()
            elif not nested:
                if word in (")", "]", "end") or (word in _ENDERS and self._words[end + 1 : end + 2] != ["("]):
                    break
                if word == "between":
                    is_range = True
                elif word in joints:
                    if not is_range or word == "or":
                        joints[word].append(end)
                    is_range = False
        cuts = joints["or"] or joints["and"]
        firsts, lasts = [start, *(cut + 1 for cut in cuts)], [*(cut - 1 for cut in cuts), end - 1]
        return [(first, last) for first, last in zip(firsts, lasts, strict=True) if first <= last]

    def _without(self, operands: list[tuple[int, int]], number: int) -> str:
        first, last = operands[number]
        if number + 1 < len(operands):
            return self._cut(self._tokens[first].start, self._tokens[operands[number + 1][0]].start)
        return self._cut(self._tokens[operands[number - 1][1]].end + 1, self._tokens[last].end + 1)

    def _cut(self, start: int, end: int, put: str = "") -> str:
        return self.text[:start] + put + self.text[end:]

    def _replaced(self, first: int, last: int, put: str) -> str:
        return self._cut(self._tokens[first].start, self._tokens[last].end + 1, put)

    def _between(self, first: int, last: int) -> str:
        return " ".join(self.text[self._tokens[first].start : self._tokens[last].end + 1].split())

    def _statement_end(self, index: int) -> int:
        return next(place for place in range(index, len(self._words)) if self._words[place] == ";")

    def _matching(self, opened: int) -> int:
        depth = 0
        for index in range(opened, len(self._words)):
            depth += {"(": 1, ")": -1}.get(self._words[index], 0)
            if depth == 0:
                return index
        raise ValueError(f"a parenthesis is never closed: {self.text[self._tokens[opened].start :]}")
