"""Splitting SQL files: every statement with its number and line, nothing lost, nothing invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carebase.db.statements import refuse_transactions, split_statements, tokens
from carebase.problems import UsageProblem

PIECES = [
    "select 1",
    "select ';'",
    "select $$ a; b $$",
    "select 'é; ü'",
    "create function f() returns int begin atomic select 1; select 2; end",
    "do $x$ begin perform 1; end $x$",
    "create table \"a;b\" (\n  c text default '--'\n)",
    "select /* ; */ 2",
]
GAPS = ["", "\n", "\n\n", "-- a; comment\n", "/* one;\ntwo */\n", "  \t"]


@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(GAPS)), max_size=6))
def test_statements_come_out_as_they_went_in(pieces: list[tuple[str, str]]) -> None:
    text, lines = "", []
    for piece, gap in pieces:
        text += gap
        lines.append(text.count("\n") + 1)
        text += piece + ";"
    found = split_statements(text, "x.sql")
    assert [statement.text for statement in found] == [piece for piece, _ in pieces]
    assert [statement.line for statement in found] == lines
    assert [statement.number for statement in found] == list(range(1, len(pieces) + 1))


def test_comments_and_empty_statements_are_none() -> None:
    assert split_statements("-- nothing\n;;\n/* here */ ;\n", "x.sql") == ()


def test_a_syntax_error_is_named_by_file_and_line() -> None:
    with pytest.raises(UsageProblem, match=r"m\.sql:3: syntax error at or near \"selec\""):
        split_statements("select 'é';\n\nselec 2;\n", "m.sql")


def test_the_line_of_an_error_position() -> None:
    statement = split_statements("-- é\n\nselect\n  1,\n  nope;", "x.sql")[0]
    assert statement.line_of(None) == 3
    assert statement.line_of(statement.text.index("nope") + 1) == 5


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("select  1;", "-- why\nselect 1", True),
        ("select 1; select 2;", "select 1;\n\n\nselect 2", True),
        ("select 1", "select 2", False),
        ("select 'a  b'", "select 'a b'", False),
        ("select $$ -- in a body\n$$", "select $$ $$", False),
    ],
)
def test_texts_are_the_same_when_postgres_reads_the_same(one: str, other: str, equal: bool) -> None:
    assert (tokens(one) == tokens(other)) is equal


@pytest.mark.parametrize(
    "text", ["begin", "commit", "rollback", "start transaction", "savepoint a", "end", "abort"]
)
def test_a_file_does_not_handle_its_transaction(text: str) -> None:
    with pytest.raises(UsageProblem, match=r"x\.sql:2: "):
        refuse_transactions(split_statements(f"select 1;\n{text};", "x.sql"), "x.sql")


def test_words_that_only_look_like_transactions_pass() -> None:
    text = "prepare p as select 1; do $$ begin null; end $$;"
    refuse_transactions(split_statements(text, "x.sql"), "x.sql")
