"""Pages of what functions give: bounds, cursors, and when there is another."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carebase.client import paging
from carebase.client.query import _condition_behind
from carebase.errors import InvalidInput
from carebase.records import Record


class Line(Record):
    id: UUID


def lines(count: int) -> list[Line]:
    return [Line(id=UUID(int=number)) for number in range(1, count + 1)]


@given(there=st.integers(0, 60), limit=st.integers(1, 500))
def test_every_line_is_on_one_page(there: int, limit: int) -> None:
    """Asked as the database answers: by key, in order, no more than it is asked for."""
    every, seen, after = lines(there), [], None
    for _ in range(there + 2):
        asked = paging.arguments("p_after", limit, after)
        behind = asked.get("p_after", UUID(int=0))
        found = [line for line in every if line.id > behind][: asked["p_limit"]]
        page = paging.page(found, "id", limit)
        seen += page.items
        after = page.next
        if after is None:
            break
    assert after is None
    assert seen == every


@pytest.mark.parametrize(
    ("limit", "after", "field"),
    [(0, None, "limit"), (501, None, "limit"), (1, "", "after"), (1, "x", "after"), (1, 7, "after")],
)
def test_what_is_no_page_is_refused(limit: int, after: Any, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        paging.arguments("p_before", limit, after)
    assert refused.value.field == field


def stays_behind(terms: list[tuple[str, str, str]]) -> str:
    return _condition_behind(terms)[1]


def test_behind_in_two_columns_is_beyond_in_one_or_the_other() -> None:
    assert stays_behind([("a", "lt", "x y"), ("b", "gt", "2026-01-01"), ("c", "gt", '"')]) == (
        '(a.lt."x y",and(a.eq."x y",b.gt.2026-01-01),and(a.eq."x y",b.eq.2026-01-01,c.gt."\\""))'
    )
