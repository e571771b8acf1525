"""Every table, persona, command and kind of row, tried on the database and compared with the matrix."""

from __future__ import annotations

import pytest

from carebase.access.proof.cells import prove_cells
from carebase.access.proof.world import World, declared_tables
from carebase.db.rooms import load_rooms
from carebase.project import Project

TABLES = sorted(declared_tables(load_rooms(Project.find())))


@pytest.mark.parametrize("table", TABLES)
def test_the_database_does_what_the_matrix_says(world: World, table: str) -> None:
    assert list(prove_cells(world, table)) == []


def test_people_of_every_kind_act(world: World, project: Project) -> None:
    roles = {role for actor in world.actors for role in actor.roles}
    declared = (project.sql / "tenancy" / "types.sql").read_text(encoding="utf-8")
    assert all(f"'{role}'" in declared for role in roles)
    assert len(roles) == 18
    names = {actor.name for actor in world.actors}
    assert names >= {
        "anonymous",
        "signed in without a role",
        "admin below aal2",
        "admin whose session ended",
        "former admin",
        "manager of one site",
        "manager of one site and nurse of another",
        "nurse here and admin elsewhere",
    }
