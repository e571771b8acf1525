"""SQL files as numbered statements, split by Postgres' own parser."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pglast import ast, parse_sql
from pglast.parser import ParseError, scan, split

from carebase.problems import UsageProblem

_COMMENTS = ("SQL_COMMENT", "C_COMMENT")
_TRANSACTION_WORDS = (
    "abort",
    "begin",
    "commit",
    "end",
    "prepare",
    "release",
    "rollback",
    "savepoint",
    "start",
)


@dataclass(frozen=True)
class Statement:
    """One statement: its text without leading comments, its number in the file and the line it begins on."""

    text: str
    number: int
    line: int

    @property
    def headline(self) -> str:
        """The first line, for messages."""
        return self.text.splitlines()[0].strip()

    def line_of(self, position: int | None) -> int:
        """The line of the file that Postgres' error position (characters, from 1) falls on."""
        if position is None:
            return self.line
        return self.line + self.text.count("\n", 0, position - 1)


@lru_cache(maxsize=256)
def split_statements(sql: str, where: str) -> tuple[Statement, ...]:
    """The statements of a file, in order. The same files are asked about several times in a run.

    Args:
        sql: the text; comments and empty statements are no statements.
        where: the name of the file, for the error.

    Raises:
        UsageProblem: the text is no SQL; file and line are named.

    Example:
        >>> [s.line for s in split_statements("select 1;\\n-- why\\nselect 2;", "x.sql")]
        [1, 3]
    """
    try:
        slices = split(sql, with_parser=True, only_slices=True)
    except ParseError as error:
        message, location = (*error.args, None)[:2]
        line = sql.count("\n", 0, location or 0) + 1
        raise UsageProblem(
            "sql_syntax", f"{where}:{line}: {message}.", hint="Correct the SQL; nothing was run."
        ) from error
    found: list[Statement] = []
    line, counted = 1, 0
    for piece in slices:
        if not isinstance(piece, slice):
            continue
        text = sql[piece]
        first = next((token.start for token in scan(text) if token.name not in _COMMENTS), None)
        if first is None:
            continue
        line += sql.count("\n", counted, piece.start + first)
        counted = piece.start + first
        found.append(Statement(text[first:].rstrip(), len(found) + 1, line))
    return tuple(found)


def tokens(sql: str) -> tuple[str, ...]:
    """The text as Postgres reads it: without comments, blanks and semicolons.

    Two texts with the same tokens do the same; strings, function bodies included, count letter by letter.
    """
    return tuple(
        sql[token.start : token.end + 1]
        for token in scan(sql)
        if token.name not in _COMMENTS and token.name != "ASCII_59"
    )


def refuse_transactions(statements: Iterable[Statement], where: str) -> None:
    """Refuse a file that begins or ends a transaction: it runs inside one.

    Raises:
        UsageProblem: file and line are named.
    """
    for statement in statements:
        looks_so = statement.text.lower().startswith(_TRANSACTION_WORDS)
        if looks_so and isinstance(parse_sql(statement.text)[0].stmt, ast.TransactionStmt):
            raise UsageProblem(
                "transaction_in_file",
                f"{where}:{statement.line}: {statement.headline}: the file runs inside a transaction.",
                hint="Remove the statement.",
            )
