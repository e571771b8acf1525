"""One row of every table in another organization: what nobody of this one may see, change or learn of."""

from __future__ import annotations

# ruff: noqa: S608  every name is one that the rooms declare or the catalogue gives
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from carebase.access.proof.rows import KEY, ORGANIZATIONS, Made, Setting, literal
from carebase.access.proof.world import World


@dataclass(frozen=True)
class Population:
    """What there is in the other organization.

    Args:
        ids: an id of every kind: what it is → the id.
        secrets: every uuid that is there and not here.
        look: a query for a fingerprint of all that the other organization holds.
    """

    ids: Mapping[str, UUID]
    secrets: frozenset[UUID]
    look: str

    def pattern(self, without: UUID | None = None) -> str:
        """A regular expression of the secrets, but for one that the caller has named."""
        return "|".join(str(secret) for secret in sorted(self.secrets - {without}))


def populate(world: World) -> Population:
    """Fill the other organization, in the savepoint that is open.

    Raises:
        UsageProblem: `proof_row_unknown`: a table needs a recipe.
    """
    site = min(world.sites[world.there])
    ids = {"organization": world.there, "person": world.neighbour, "site": site}
    secrets = {*ids.values()}
    fingerprints = []
    for name, table in world.factory.tables.items():
        if table.belongs_to == "nobody":
            continue
        key = world.factory.relation(name).key_text("t")
        if name == ORGANIZATIONS:
            rows = f"{key} = '{world.there}'"
        else:
            made = world.factory.make(name, Setting(world.there, world.neighbour, site))
            _know(world, name, made)
            found = set(_uuids(world, name, made))
            secrets |= found
            if len(own := [value for value in _key_uuids(world, name, made) if value != world.there]) == 1:
                ids.setdefault(name, own[0])
            rows = f"{key} = {literal(made[KEY])}"
            if table.belongs_to == "organization":
                rows = f"{table.tenant_column} = '{world.there}'"
        fingerprints.append(f"select md5(t::text) as print from {name} as t where {rows}")
    # A function, so that it is planned once: it is asked after every call, and reads all tables.
    world.factory.conn.execute(
        "create or replace function pg_temp.look() returns text[] language plpgsql as $$ begin return ("
        "select array[md5(string_agg(all_rows.print, '' order by all_rows.print))] from "
        f"({' union all '.join(fingerprints)}) as all_rows); end $$".encode()
    )
    # A row there may point at any person; that people who are not of there exist is no secret.
    people = {*world.factory.strangers.values(), *(actor.user for actor in world.actors if actor.user)}
    secrets -= people - {world.neighbour}
    return Population(ids, frozenset(secrets), "select pg_temp.look()")


def _know(world: World, name: str, made: Made) -> None:
    """Make a person known there and nowhere else."""
    link = world.factory.tables[name].link
    if link is not None:
        world.factory.make(f"public.{link.table}", Setting(world.there), {link.column: made["id"]})


def _uuids(world: World, name: str, made: Made) -> Iterator[UUID]:
    # What belongs to nobody is the same for everybody: that a row points at it is a secret, its id is none.
    open_to_all = {
        column
        for reference in world.factory.relation(name).references
        if (target := world.factory.tables.get(reference.target)) and target.belongs_to == "nobody"
        for column in reference.columns
    }
    return (
        value
        for column, value in made.items()
        if column not in {KEY, *open_to_all} and isinstance(value, UUID)
    )


def _key_uuids(world: World, name: str, made: Made) -> list[UUID]:
    columns = world.factory.relation(name).key
    return [made[column] for column in columns if isinstance(made.get(column), UUID)]
