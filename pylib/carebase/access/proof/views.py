"""Views: whatever they are made of, they show nothing of another organization."""

from __future__ import annotations

# ruff: noqa: S608  every name is one that the catalogue gives
from collections.abc import Iterator

from carebase.access.proof.attempts import query
from carebase.access.proof.population import Population
from carebase.access.proof.world import World

_VIEWS = """
select format('%I.%I', n.nspname, c.relname), c.relkind = 'm'
from pg_class as c
inner join pg_namespace as n on n.oid = c.relnamespace
where c.relkind in ('v', 'm') and n.nspname in ('public', 'app')
  and not exists (select from pg_depend as d where d.objid = c.oid and d.deptype = 'e')
order by 1
"""


def prove_views(world: World, population: Population) -> Iterator[str]:
    """Read every view as everybody, and look for anything of the other organization.

    Args:
        world: whose transaction it is.
        population: the other organization.
    """
    conn = world.factory.conn
    for name, is_materialized in conn.execute(_VIEWS).fetchall():
        if is_materialized:
            conn.execute(f"refresh materialized view {name}".encode())
        for actor in world.actors:
            answer = query(
                conn,
                actor,
                f"select array_agg(left(v::text, 100)) from {name} as v "
                f"where v::text ~ '{population.pattern()}'",
            )
            if answer.seen:
                yield f"{name}: {actor.name} sees rows of another organization in this view."
            elif answer.code and not answer.is_refused:
                yield f"{name}: {actor.name} cannot read this view ({answer.code}: {answer.said})."
