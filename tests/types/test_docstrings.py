"""Any comment makes a docstring that Python reads back."""

from __future__ import annotations

import ast

from hypothesis import given
from hypothesis import strategies as st

from carebase.types.docstrings import docstring

COMMENTS = st.text(st.sampled_from("ab \\\"'.:\n{}%#é\t"), max_size=400) | st.text(
    st.characters(exclude_categories=["Cs", "Cc"]), max_size=400
)


@given(COMMENTS, st.sampled_from([0, 4, 8]))
def test_no_word_is_lost(comment: str, indent: int) -> None:
    literal = docstring(comment, indent)
    if not comment.strip():
        assert literal == ""
        return
    assert ast.literal_eval(literal).split() == comment.split()
    assert all(len(line) <= 110 for line in literal.splitlines() if " " in line.strip())


def test_lines_broken_for_their_length_are_joined() -> None:
    comment = "The first sentence goes\non here.\np_from: a day.\nErrors: none"
    assert docstring(comment, 4) == (
        '"""The first sentence goes on here.\n    p_from: a day.\n    Errors: none\n    """'
    )


def test_one_line_stays_one_line() -> None:
    assert docstring("Key.") == '"""Key."""'
    assert docstring('Say "yes"') == '"""Say \\"yes\\""""'
    assert docstring(None) == docstring("  \n ") == ""
