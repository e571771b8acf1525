"""RPCs: called by everybody, with their own values and with the other organization's ids in every place.

Every id of the other organization is tried in every parameter, and every caller tries every parameter. Not
every caller tries every id there, which would take the more time the more tables there are:

- Each tries those of the organization, a person and a site.
- Each whom the RPC serves also tries those of the tables that the parameter or the RPC is named after: a
  branch for one role only could take such an id for one of its own.
- All the others are shared out among whom it serves.

An RPC of a room that has a feature is also asked while that is switched off.
"""

from __future__ import annotations

# ruff: noqa: S608  every name is one that the catalogue gives
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from json import loads
from string import Template
from uuid import UUID, uuid4

from psycopg.rows import class_row

from carebase.access.proof.attempts import Answer, query
from carebase.access.proof.meaning import Actor, belongs
from carebase.access.proof.population import Population
from carebase.access.proof.registry import Call, registry_file
from carebase.access.proof.rows import literal
from carebase.access.proof.world import World
from carebase.db.connect import Connection
from carebase.db.declared import declared_files
from carebase.db.rooms import load_rooms
from carebase.problems import UsageProblem
from carebase.project import Project

_ID = re.compile("(?=([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}))")
# Made by the caller for one request; it names no row.
_REQUEST_KEY = "p_request_key"

_FUNCTIONS = """
select
  p.proname as name,
  array(
    select parameters.name
    from unnest(p.proargnames, p.proargmodes) as parameters (name, mode)
    where parameters.mode is null or parameters.mode in ('i', 'b', 'v')
  ) as parameters,
  array(select format_type(types.oid, null) from unnest(p.proargtypes) as types (oid)) as types,
  p.provolatile = 'v' as is_volatile,
  has_function_privilege('anon', p.oid, 'execute') as is_for_anonymous
from pg_proc as p
where p.pronamespace = 'public'::regnamespace and p.prokind = 'f'
  and (
    has_function_privilege('authenticated', p.oid, 'execute')
    or has_function_privilege('anon', p.oid, 'execute')
  )
  and not exists (select from pg_depend as d where d.objid = p.oid and d.deptype = 'e')
order by p.proname
"""

_CREATED = re.compile(r"^create function public\.(\w+)\(", re.M)
_SWITCH_OFF = """
update public.organization_feature_flags set is_enabled = false where org_id = %s and feature_key = %s
"""


@dataclass(frozen=True)
class Function:
    """An RPC that somebody who signs in, or nobody, may call."""

    name: str
    parameters: Sequence[str]
    types: Sequence[str]
    is_volatile: bool
    is_for_anonymous: bool

    @cached_property
    def ids(self) -> list[tuple[str, str]]:
        """Its parameters that take ids, and how one is written there."""
        return [
            (name, "{}" if kind == "uuid" else "array[{}]::uuid[]")
            for name, kind in zip(self.parameters, self.types, strict=True)
            if kind in ("uuid", "uuid[]")
        ]


def read_functions(conn: Connection) -> list[Function]:
    """Every RPC."""
    with conn.cursor(row_factory=class_row(Function)) as cursor:
        return cursor.execute(_FUNCTIONS).fetchall()


def features_of_functions(project: Project) -> dict[str, str]:
    """The feature that an RPC is part of: that of the room in `sql/` which declares it."""
    return {
        name: room.head.feature
        for room in load_rooms(project)
        if room.head.feature
        for path in declared_files(room)
        for name in _CREATED.findall(path.read_text("utf-8"))
    }


def prove_call(
    world: World,
    population: Population,
    function: Function,
    calls: Mapping[str, Call],
    feature: str | None = None,
) -> Iterator[str]:
    """What one RPC gives away or lets happen.

    Args:
        world: whose transaction it is.
        population: the other organization.
        function: the RPC.
        calls: good values, and for whom it is.
        feature: what it is part of, if its room has one.

    Raises:
        UsageProblem: `proof_call_unknown`: it has no entry there.
    """
    call = calls.get(function.name)
    if call is None:
        raise UsageProblem(
            "proof_call_unknown",
            f"The proof does not know how to call {function.name} and for whom it is.",
            hint=f"Say so under [{function.name}] in {registry_file('calls.toml').as_posix()}.",
        )
    [(before,)] = world.factory.conn.execute(population.look.encode()).fetchall()
    caller = _Caller(world, population, function, call, frozenset(before))
    for actor in world.actors:
        with world.factory.conn.transaction(force_rollback=True):
            if call.before:
                world.factory.conn.execute(_filled(call.before, world, actor).encode())
            yield from caller.with_own_values(actor)
            if caller.is_stranger_there(actor):
                yield from caller.with_ids_of_others(actor)
    if feature and not call.whenever:
        yield from caller.while_off(feature)


@dataclass(frozen=True)
class _Caller:
    world: World
    population: Population
    function: Function
    call: Call
    before: frozenset[str]

    @cached_property
    def served(self) -> list[str]:
        """Names of those who share the ids of others."""
        return [
            each.name for each in self.world.actors if self._serves(each) and self.is_stranger_there(each)
        ]

    def is_stranger_there(self, actor: Actor) -> bool:
        """Whether nothing of the other organization is theirs to know."""
        return actor.name not in self.call.crosses and self.world.there not in self.world.memberships(actor)

    def with_own_values(self, actor: Actor) -> Iterator[str]:
        answer = self._ask(actor, {})
        may = self._serves(actor)
        if may and answer.code and answer.code not in self.call.answers:
            yield self._say(actor, f"is refused, and should not be: {_shown(answer)}")
        elif not may and not answer.is_refused:
            yield self._say(actor, f"is not refused, and should be: {_shown(answer)}")
        if (told := self._told(answer, None)) and self.world.there not in self.world.memberships(actor):
            yield self._say(actor, f"is told of another organization: {told}")

    def with_ids_of_others(self, actor: Actor) -> Iterator[str]:
        for place, (parameter, form) in enumerate(self.function.ids):
            nobody = uuid4()
            usual = _anonymized(self._ask(actor, {parameter: form.format(literal(nobody))}), nobody)
            for what, known in self._ids_for(actor, place, parameter):
                answer = self._ask(actor, {parameter: form.format(literal(known))})
                where = f"{parameter} is the id of another organization's {what.removeprefix('public.')}"
                # What is written under a key of the caller's making is theirs, with another id each time.
                is_usual = parameter == _REQUEST_KEY or _anonymized(answer, known) == usual
                if not is_usual and (nothing := self._differs(actor, parameter, form, known, answer)):
                    difference = f"{_shown(answer)}, and not as for what does not exist: {_shown(nothing)}"
                    yield self._say(actor, f"is answered, when {where}: {difference}")
                if told := self._told(answer, known):
                    yield self._say(actor, f"is told of it when {where}: {told}")
                if answer.looked and answer.looked != self.before:
                    yield self._say(actor, f"changes something there when {where}")

    def while_off(self, feature: str) -> Iterator[str]:
        """One of those whom it serves asks while the feature is switched off for their organization."""
        for actor in [each for each in self.world.actors if each.org and self._serves(each)][:1]:
            with self.world.factory.conn.transaction(force_rollback=True):
                if self.call.before:
                    self.world.factory.conn.execute(_filled(self.call.before, self.world, actor).encode())
                self.world.factory.conn.execute(_SWITCH_OFF, [actor.org, feature])
                answer = self._ask(actor, {})
            if answer.code != "feature_disabled":
                yield self._say(actor, f"is answered while {feature} is switched off: {_shown(answer)}")

    def _differs(self, actor: Actor, parameter: str, form: str, known: UUID, answer: Answer) -> Answer | None:
        """The answer for an id that nothing has, if it is another one.

        It is the id next to the known one: a cursor of a page may be any id, and what comes after it differs.
        """
        unknown = UUID(int=known.int ^ 1)
        nothing = self._ask(actor, {parameter: form.format(literal(unknown))})
        return nothing if _anonymized(answer, known) != _anonymized(nothing, unknown) else None

    def _ids_for(self, actor: Actor, place: int, parameter: str) -> list[tuple[str, UUID]]:
        ids = list(self.population.ids.items())
        tried = dict(ids[:3])
        if actor.name in self.served:
            turn = (self.served.index(actor.name) + place) % len(self.served)
            named = _stems(parameter) | _stems(self.function.name)
            tried |= {what: known for what, known in ids if _stems(what.rpartition("_")[2]) & named}
            tried |= dict(ids[turn :: len(self.served)])
        return list(tried.items())

    def _serves(self, actor: Actor) -> bool:
        return any(self._may(who, actor) for who in self.call.may)

    def _may(self, who: str, actor: Actor) -> bool:
        if who == "token":
            return actor.database_role == "authenticated"
        return who == "anyone" or belongs(who, actor)

    def _ask(self, actor: Actor, arguments: Mapping[str, str]) -> Answer:
        given = {name: _filled(text, self.world, actor) for name, text in self.call.arguments.items()}
        listed = ", ".join(f"{name} => {value}" for name, value in (given | dict(arguments)).items())
        statement = f"select array_agg(r::text) from public.{self.function.name}({listed}) as r"
        look = self.population.look if self.function.is_volatile else None
        return query(self.world.factory.conn, actor, statement, look)

    def _told(self, answer: Answer, known: UUID | None) -> str:
        text = " ".join((answer.said or "", *answer.seen))
        named = {UUID(found) for found in _ID.findall(text)}
        return ", ".join(str(secret) for secret in self.population.secrets & named - {known})

    def _say(self, actor: Actor, what: str) -> str:
        return f"public.{self.function.name}: {actor.name} {what}."


def _stems(name: str) -> set[str]:
    """Its words, the same for one as for many: circle and circles, policy and policies."""
    return {word.rstrip("eisy") for word in re.split("[._]", name)}


def _shown(answer: Answer) -> str:
    shown = f"{answer.code}: {answer.said}" if answer.code else f"it answers {sorted(answer.seen)}"
    return shown if len(shown) <= 300 else f"{shown[:300]} ..."


def _anonymized(answer: Answer, named: UUID) -> tuple[str | None, str, frozenset[str]]:
    return (
        answer.code,
        (answer.said or "").replace(str(named), "*"),
        frozenset(text.replace(str(named), "*") for text in answer.seen),
    )


def _filled(text: str, world: World, actor: Actor) -> str:
    """SQL of the registry, with what is the actor's own; a stranger's where they have none."""
    home = world.home(actor)
    session = loads(actor.claims).get("session_id")
    return Template(text).safe_substitute(
        org=literal(home),
        user=literal(actor.user or world.colleague),
        colleague=literal(world.factory.strangers[home]),
        session=literal(session or uuid4()),
        site=literal(world.site if home == world.here else min(world.sites[home])),
    )
