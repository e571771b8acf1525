"""Whatever teams an organization has: what is told of them leaves five people or nobody untold.

Whoever reads the figures knows how many people stand behind the whole and behind each team that is told;
the rest is subtraction. (A-064, A-082)
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations
from typing import Any
from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

FEWEST = 5
QUERY = "select app.tellable_groups(%s, %s::uuid[], %s::integer[])"


@pytest.fixture
def connection(database: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database, autocommit=True) as conn:
        yield conn


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sizes=st.lists(st.integers(0, 12), max_size=8), teamless=st.integers(0, 8))
@example(sizes=[6, 4], teamless=0)
@example(sizes=[5, 5, 5], teamless=1)
@example(sizes=[5, 5, 5], teamless=0)
def test_no_subtraction_leaves_fewer_than_five(connection: Any, sizes: list[int], teamless: int) -> None:
    teams = {UUID(int=number): size for number, size in enumerate(sizes, 1)}
    whole = sum(sizes) + teamless
    told = told_of(connection, whole, teams)

    assert all(teams[team] >= FEWEST for team in told)
    # Every union of teams that are told, taken from the whole: what is left is nobody, or five and more.
    unions = chain.from_iterable(combinations(told, count) for count in range(len(told) + 1))
    left = {whole - sum(teams[team] for team in union) for union in unions} if whole >= FEWEST else set()
    assert all(rest == 0 or rest >= FEWEST for rest in left)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sizes=st.lists(st.integers(0, 12), max_size=8), teamless=st.integers(0, 8))
def test_no_more_is_kept_back_than_must_be(connection: Any, sizes: list[int], teamless: int) -> None:
    teams = {UUID(int=number): size for number, size in enumerate(sizes, 1)}
    whole = sum(sizes) + teamless
    told = told_of(connection, whole, teams)
    large = [team for team, size in teams.items() if size >= FEWEST]

    if whole - sum(teams[team] for team in large) in range(1, FEWEST):
        kept_back = set(large) - set(told)
        assert len(kept_back) == min(1, len(large))
        assert all(teams[team] == min(teams[other] for other in large) for team in kept_back)
    else:
        assert sorted(told) == sorted(large)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    teams=st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=7),
    teamless=st.tuples(st.integers(0, 8), st.integers(0, 8)),
)
@example(teams=[(6, 8), (5, 2)], teamless=(0, 1))
@example(teams=[(6, 8), (5, 0)], teamless=(0, 0))
def test_no_subtraction_of_shares_leaves_fewer_than_five(
    connection: Any, teams: list[tuple[int, int]], teamless: tuple[int, int]
) -> None:
    """Of those that a share is true of, and of those that it is not: five are left of both, or nobody."""
    ids = [UUID(int=number) for number in range(1, len(teams) + 1)]
    whole = [sum(side) for side in zip(*teams, teamless, strict=True)]
    row = connection.execute(
        "select app.tellable_shares(%s, %s, %s::uuid[], %s::integer[], %s::integer[])",
        (whole[0], sum(whole), ids, [team[0] for team in teams], [sum(team) for team in teams]),
    ).fetchone()
    told = [teams[team.int - 1] for team in row[0]]

    assert all(min(team) >= FEWEST for team in told)
    if min(whole) < FEWEST:
        return  # The share of the whole is not told, so there is nothing to subtract from.
    for union in chain.from_iterable(combinations(told, count) for count in range(len(told) + 1)):
        rest = [whole[side] - sum(team[side] for team in union) for side in (0, 1)]
        assert rest == [0, 0] or min(rest) >= FEWEST
    # No more is kept back than must be.
    assert sum(min(team) >= FEWEST for team in teams) - len(told) <= 1


def told_of(connection: psycopg.Connection[Any], whole: int, teams: dict[UUID, int]) -> list[UUID]:
    """What the database would tell; in whatever order the teams come."""
    ids = sorted(teams, key=lambda team: team.int % 3)
    row = connection.execute(QUERY, (whole, ids, [teams[team] for team in ids])).fetchone()
    assert row is not None
    return list(row[0])
