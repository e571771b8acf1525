"""Every RPC, called by everybody: for whom it is, and what it does with ids of another organization."""

from __future__ import annotations

import re
from collections.abc import Iterator

import psycopg
import pytest

from carebase.access.proof import check
from carebase.access.proof.attempts import Answer, query
from carebase.access.proof.calls import Function, features_of_functions, prove_call, read_functions
from carebase.access.proof.meaning import Actor, belongs
from carebase.access.proof.population import Population, populate
from carebase.access.proof.registry import Call, load_calls
from carebase.access.proof.world import World
from carebase.problems import UsageProblem
from carebase.project import Project

CALLS = load_calls(Project.find())
FEATURES = features_of_functions(Project.find())


@pytest.fixture(scope="module")
def population(world: World) -> Population:
    return populate(world)


@pytest.fixture(scope="module")
def functions(world: World) -> dict[str, Function]:
    return {function.name: function for function in read_functions(world.factory.conn)}


@pytest.fixture(autouse=True)
def undone(world: World) -> Iterator[None]:
    with world.factory.conn.transaction(force_rollback=True):
        yield


def test_every_rpc_is_known_and_no_other(functions: dict[str, Function]) -> None:
    assert sorted(functions) == sorted(CALLS)


@pytest.mark.parametrize("name", sorted(CALLS))
def test_it_serves_whom_it_is_for_and_nothing_of_others(
    world: World, population: Population, functions: dict[str, Function], name: str
) -> None:
    assert list(prove_call(world, population, functions[name], CALLS, FEATURES.get(name))) == []


@pytest.mark.parametrize("name", sorted(name for name in CALLS if name.startswith(("remove_", "restore_"))))
def test_nothing_that_is_not_there_is_removed_or_restored(
    world: World, functions: dict[str, Function], name: str
) -> None:
    call = CALLS[name]
    actor = next(each for each in world.actors if each.org == world.here and belongs(call.may[0], each))
    [(parameter, form)] = functions[name].ids
    given = call.arguments | {parameter: form.format("gen_random_uuid()")}
    listed = ", ".join(f"{each} => {value}" for each, value in given.items())
    statement = f"select array_agg(r::text) from public.{name}({listed}) as r"
    assert query(world.factory.conn, actor, statement).code == "not_found"


def test_only_these_are_for_anonymous_callers(functions: dict[str, Function]) -> None:
    stated = {name for name, call in CALLS.items() if "anyone" in call.may}
    assert {name for name, function in functions.items() if function.is_for_anonymous} == stated


def test_a_new_rpc_asks_for_its_values(world: World, population: Population) -> None:
    function = Function("get_moon", [], [], is_volatile=False, is_for_anonymous=False)
    with pytest.raises(UsageProblem, match="does not know how to call get_moon"):
        list(prove_call(world, population, function, CALLS))


NOTES = """
create function public.get_notes(p_org_id uuid) returns setof text language plpgsql volatile security definer
set search_path = '' as $$ begin {body} end $$;
revoke all on function public.get_notes(uuid) from public, anon, service_role;
grant execute on function public.get_notes(uuid) to authenticated
"""
ADMIN = "perform app.require_role('admin');"
FAULTS = {
    "it trusts the organization that it is told": (
        f"{ADMIN} return query select s.name || s.org_id from public.sites as s where s.org_id = p_org_id;",
        "is answered, when p_org_id is the id of another organization's organization",
    ),
    "it says that somebody else's is there": (
        f"""{ADMIN} if exists (
            select from public.organizations where id = p_org_id and id <> app.current_org()
          ) then
          perform app.raise_error('permission_denied', 'Not yours.'); end if;""",
        "is answered, when p_org_id",
    ),
    "it tells a secret in its error": (
        f"""{ADMIN} raise exception 'no %', (
          select string_agg(id::text, ',') from public.organizations where id <> app.current_org());""",
        "is told of",
    ),
    "it writes there": (
        f"{ADMIN} update public.sites set name = 'mine' where sites.org_id = p_org_id;",
        "changes something there",
    ),
    "it does not ask who calls": ("return;", "nurse is not refused"),
    "it refuses whom it is for": (
        "perform app.require_role('billing'); return;",
        "admin is refused",
    ),
    "whoever it is not for is not found, instead of refused": (
        "perform app.raise_error('not_found', 'There is no such note.');",
        "nurse is not refused",
    ),
    "it goes on when its feature is switched off": (
        f"{ADMIN} return;",
        "is answered while care_homes is switched off",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_seeded_fault_is_told(world: World, population: Population, fault: str) -> None:
    body, told = FAULTS[fault]
    world.factory.conn.execute(NOTES.format(body=body).encode())
    [function] = [each for each in read_functions(world.factory.conn) if each.name == "get_notes"]
    calls = {"get_notes": Call(arguments={"p_org_id": "$org"}, may=["admin"], answers=["not_found"])}
    found = list(prove_call(world, population, function, calls, "care_homes"))
    assert any(told in sentence for sentence in found), found


def test_every_id_is_tried_and_by_everybody_some(
    world: World, population: Population, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: set[tuple[str, str, str]] = set()

    def query(_: object, actor: Actor, statement: str, __: object) -> Answer:
        tried.update((actor.name, *found) for found in re.findall(r"(p_\w+) => '([^']+)'", statement))
        return Answer("not_found", None, frozenset(), frozenset())

    monkeypatch.setattr("carebase.access.proof.calls.query", query)
    parameters = ["p_from", "p_circle_id"]
    function = Function("get_moon", parameters, ["uuid"] * 2, is_volatile=False, is_for_anonymous=False)
    list(prove_call(world, population, function, {"get_moon": Call(may=["nurse", "admin"])}))
    for parameter in parameters:
        ids = {known for _, where, known in tried if where == parameter}
        assert ids >= {str(known) for known in population.ids.values()}
        callers = {name for name, where, _ in tried if where == parameter}
        assert callers == {
            actor.name for actor in world.actors if world.there not in world.memberships(actor)
        }
    circle = str(population.ids["public.provider_support_circles"])
    assert {("nurse", "p_circle_id", circle), ("admin", "p_circle_id", circle)} <= tried


def test_an_rpc_without_values_is_told_by_the_check(database: str, project: Project) -> None:
    with psycopg.connect(database) as conn:
        conn.execute(NOTES.format(body="return;").encode())
    assert check(database, project, only=["public.get_notes"]) == [
        "public.get_notes: the proof could not go on: "
        "The proof does not know how to call get_notes and for whom it is."
    ]
