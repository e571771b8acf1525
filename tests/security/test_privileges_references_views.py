"""What the proof tries besides the cells of the matrix and the RPCs finds nothing in the schema as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from carebase.access.proof.population import populate
from carebase.access.proof.privileges import prove_privileges
from carebase.access.proof.references import prove_references
from carebase.access.proof.views import prove_views
from carebase.access.proof.world import World


@pytest.mark.parametrize("prove", [prove_privileges, prove_references])
def test_every_table(world: World, prove: Callable[[World, str], Iterable[str]]) -> None:
    found: list[str] = []
    assert world.factory.tables
    for table in world.factory.tables:
        with world.factory.conn.transaction(force_rollback=True):
            found += prove(world, table)
    assert found == []


def test_every_view(world: World) -> None:
    with world.factory.conn.transaction(force_rollback=True):
        assert list(prove_views(world, populate(world))) == []
