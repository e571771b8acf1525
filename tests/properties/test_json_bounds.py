"""Whatever JSON a client sends, its size and depth are what Python computes for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

# Postgres keeps no NUL character, and no half of a pair.
TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",)), max_size=12)
LEAF = st.none() | st.booleans() | st.integers(-(10**30), 10**30) | TEXT
JSON = st.recursive(
    LEAF,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=25,
)


@pytest.fixture
def conn(database: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database, autocommit=True) as connection:
        yield connection


def depth(value: Any) -> int:
    """Steps from the top to what lies deepest."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return max((1 + depth(one) for one in inner), default=0)


def check(conn: psycopg.Connection[Any], text: str, max_bytes: int, max_depth: int) -> bool:
    row = conn.execute("select app.check_json(%s::jsonb, %s, %s)", (text, max_bytes, max_depth)).fetchone()
    assert row
    return bool(row[0])


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=JSON)
@example(value=[[[[[[[[[[]]]]]]]]]])
@example(value={"a": [{"b": {}}], "": {"": {"": '\\"\u2028'}}})
def test_size_and_depth_are_pythons(conn: psycopg.Connection[Any], value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False)
    size, deep = len(text.encode()), depth(value)
    assert check(conn, text, size, deep)
    assert not check(conn, text, size - 1, deep)
    assert deep == 0 or not check(conn, text, size, deep - 1)
    assert check(conn, text, size + 1000, deep + 7)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(digits=st.integers(1, 9), exponent=st.integers(0, 3000))
def test_a_number_counts_as_long_as_it_will_be_printed(
    conn: psycopg.Connection[Any], digits: int, exponent: int
) -> None:
    text = f"{digits}e{exponent}"
    size = len(format(Decimal(text), "f"))
    assert check(conn, text, size, 0)
    assert not check(conn, text, size - 1, 0)


def test_a_deep_value_is_refused_without_walking_all_of_it(conn: psycopg.Connection[Any]) -> None:
    assert not check(conn, "[" * 2000 + "]" * 2000, 10_000, 5)


def test_nothing_is_nothing(conn: psycopg.Connection[Any]) -> None:
    assert conn.execute("select app.check_json(null, 10, 10)").fetchone() == (None,)
