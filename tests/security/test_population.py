"""What there is in the other organization, and what of it is a secret."""

from __future__ import annotations

import pytest

from carebase.access.proof.population import populate
from carebase.access.proof.world import World


def test_a_person_of_here_is_no_secret_of_there(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "public.incident_actions"
    recipe = world.factory.recipes[name]
    pointing = {**recipe.values, "assigned_to": f"'{world.colleague}'"}
    recipes = {**world.factory.recipes, name: recipe.model_copy(update={"values": pointing})}
    monkeypatch.setattr(world.factory, "recipes", recipes)
    secrets = populate(world).secrets
    assert world.neighbour in secrets
    assert world.colleague not in secrets
