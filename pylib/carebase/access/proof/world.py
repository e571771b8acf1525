"""Two organizations, the platform's, and a person of every kind: those whom the matrix is tried with."""

# ruff: noqa: S608  every name is one that the rooms declare or the catalogue gives

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4

import psycopg

from carebase.access.proof.meaning import Actor
from carebase.access.proof.registry import Recipe
from carebase.access.proof.rows import Factory, Setting, literal
from carebase.access.vocabulary import Vocabulary
from carebase.db.connect import Connection
from carebase.db.rooms import Room, Table

_BOTH = "nurse here and admin elsewhere"
_PERIODS = {"now": "[2020-01-01,)", "once": "[2020-01-01,2021-01-01)"}


@dataclass(frozen=True)
class World:
    """Who and what there is.

    Args:
        here: where the actors work, but for the platform's own people.
        there: another organization, where they own rows and nobody but a stranger works.
        platform: the organization that runs the platform.
        site, other_site: of here; the actors limited to a site are so to the first.
        sites: all of them, by organization.
        colleague: works here and never acts.
        neighbour: works there and never acts.
        actors: who acts.
        elsewhere: name of an actor → where else they hold a role.
    """

    factory: Factory
    here: UUID
    there: UUID
    platform: UUID
    site: UUID
    other_site: UUID
    sites: Mapping[UUID, frozenset[UUID]]
    colleague: UUID
    neighbour: UUID
    actors: Sequence[Actor]
    elsewhere: Mapping[str, frozenset[UUID]] = field(default_factory=dict)

    def memberships(self, actor: Actor) -> frozenset[UUID]:
        """The organizations in which the actor holds a role, active or not."""
        return self.elsewhere.get(actor.name, frozenset()) | frozenset({actor.org} if actor.org else ())

    def home(self, actor: Actor) -> UUID:
        """Where the actor works, or would like to."""
        return actor.org or self.here


@dataclass
class Builder:
    """Makes the world, in a transaction of the owner that is never committed."""

    conn: Connection
    vocabulary: Vocabulary
    rooms: Sequence[Room]
    recipes: Mapping[str, Recipe]
    _strangers: dict[UUID | None, UUID] = field(default_factory=dict)
    _sites: dict[UUID | None, UUID] = field(default_factory=dict)

    def build(self) -> World:
        """Everything, sign-ins last."""
        tables = declared_tables(self.rooms)
        factory = Factory(self.conn, tables, self.recipes, self._strangers, self._sites)
        here, there = self._organization("care_management"), self._organization("care_management")
        platform = self._platform()
        orgs = (here, there, platform)
        self._switch_features_on(orgs)
        for org in orgs:
            self._sites[org] = factory.make("public.sites", Setting(org))["id"]
            self._strangers[org] = factory.make_person()
            self._give(self._strangers[org], "carer", org)
        self._strangers[None] = self._strangers[here]
        second = factory.make("public.sites", Setting(here))["id"]
        world = World(
            factory,
            here,
            there,
            platform,
            self._sites[here],
            second,
            {here: frozenset({self._sites[here], second})}
            | {org: frozenset({self._sites[org]}) for org in (there, platform)},
            self._strangers[here],
            self._strangers[there],
            (),
        )
        return replace(world, actors=self._actors(world), elsewhere={_BOTH: frozenset({there})})

    def _actors(self, world: World) -> list[Actor]:
        actors = [self._holder(world, role) for role in self.vocabulary.personas]
        actors += [
            limited
            for role in self.vocabulary.personas
            if (limited := self._limited(world, role)) is not None
        ]
        two = self._person(world)
        self._give(two, "manager", world.here, world.site)
        self._give(two, "nurse", world.here, world.other_site)
        held = {"manager": frozenset({world.site}), "nurse": frozenset({world.other_site})}
        actors.append(self._signed_in(two, "manager of one site and nurse of another", world.here, held))

        both = self._person(world)
        self._give(both, "nurse", world.here)
        self._give(both, "admin", world.there, since="[2022-01-01,)")
        held = {"nurse": world.sites[world.here]}
        actors.append(self._signed_in(both, _BOTH, world.here, held))

        former = self._person(world)
        self._give(former, "admin", world.here, since=_PERIODS["once"])
        actors.append(self._signed_in(former, "former admin", None, {}))
        actors.append(self._signed_in(self._person(world), "signed in without a role", None, {}))

        held = {"admin": world.sites[world.here]}
        weak = self._person(world)
        self._give(weak, "admin", world.here)
        actors.append(self._signed_in(weak, "admin below aal2", world.here, held, aal="aal1"))

        gone = self._person(world)
        self._give(gone, "admin", world.here)
        ended = self._signed_in(gone, "admin whose session ended", world.here, held)
        self.conn.execute("delete from auth.sessions where user_id = %s", [gone])
        actors.append(replace(ended, is_known=False))
        actors.append(Actor("anonymous", '{"role": "anon"}', is_known=False, database_role="anon"))
        if "public.api_keys" in world.factory.tables:
            actors.append(self._machine(world))
        return actors

    def _holder(self, world: World, role: str) -> Actor:
        """Somebody who holds the role in the whole organization, the platform's role in the platform's."""
        org = world.platform if role == "super_admin" else world.here
        user = self._person(world)
        self._give(user, role, org)
        return self._signed_in(user, role, org, {role: world.sites[org]})

    def _limited(self, world: World, role: str) -> Actor | None:
        """Somebody who holds the role at one site only; None for roles of which that cannot be."""
        user = self._person(world)
        try:
            with self.conn.transaction():
                self._give(user, role, world.platform if role == "super_admin" else world.here, world.site)
        except (psycopg.errors.CheckViolation, psycopg.errors.ForeignKeyViolation):
            return None
        return self._signed_in(user, f"{role} of one site", world.here, {role: frozenset({world.site})})

    def _machine(self, world: World) -> Actor:
        key = world.factory.make("public.api_keys", Setting(world.here))["id"]
        claims = {"sub": str(key), "role": "authenticated", "api_key_id": str(key), "aal": "aal1"}
        return Actor("API key", json.dumps(claims), None, world.here, {"service": world.sites[world.here]})

    def _person(self, world: World) -> UUID:
        return world.factory.make_person()

    def _give(
        self, user: UUID, role: str, org: UUID, site: UUID | None = None, since: str = _PERIODS["now"]
    ) -> None:
        self.conn.execute(
            "insert into public.role_assignments (org_id, user_id, role, site_id, valid_during) "
            "values (%s, %s, %s, %s, %s)",
            [org, user, role, site, since],
        )

    def _signed_in(
        self,
        user: UUID,
        name: str,
        org: UUID | None,
        roles: Mapping[str, frozenset[UUID]],
        *,
        aal: str = "aal2",
    ) -> Actor:
        session = uuid4()
        self.conn.execute(
            "insert into auth.sessions (id, user_id, aal) values (%s, %s, %s)", [session, user, aal]
        )
        claims = {"sub": str(user), "role": "authenticated", "aal": aal, "session_id": str(session)}
        return Actor(name, json.dumps(claims), user, org, roles, lacks_factor=aal == "aal1")

    def _organization(self, kind: str) -> UUID:
        [(made,)] = self.conn.execute(
            "insert into public.organizations (name, slug, kind, license_tier) "
            "values ('Proof', 'proof-' || gen_random_uuid(), %s, 'enterprise') returning id",
            [kind],
        ).fetchall()
        return UUID(str(made))

    def _platform(self) -> UUID:
        row = self.conn.execute("select id from public.organizations where kind = 'platform'").fetchone()
        return UUID(str(row[0])) if row else self._organization("platform")

    def _switch_features_on(self, orgs: Sequence[UUID]) -> None:
        """The flag of every room, so that no feature that is off stands in for an access rule."""
        for key in sorted({room.head.feature for room in self.rooms if room.head.feature}):
            self.conn.execute(
                f"insert into public.nurseos_feature_flags (feature_key, feature_name) "
                f"values ({literal(key)}, 'Proof') on conflict do nothing".encode()
            )
            for org in orgs:
                self.conn.execute(
                    "insert into public.organization_feature_flags (org_id, feature_key, is_enabled) "
                    "values (%s, %s, true) on conflict (org_id, feature_key) do update set is_enabled = true",
                    [org, key],
                )


def declared_tables(rooms: Sequence[Room]) -> dict[str, Table]:
    """The tables of all rooms by qualified name."""
    return {".".join(room.qualified(name)): table for room in rooms for name, table in room.tables.items()}
