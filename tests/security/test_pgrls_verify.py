"""`pgrls verify` in its five modes, statically and by a live probe: nothing leaks, what can be is proven."""

from __future__ import annotations

from collections import Counter

import psycopg
import pytest

from carebase.access.proof.attempts import query
from carebase.access.proof.loosening import loosen, looser
from carebase.access.proof.solver import MODES, Verdict, solve
from carebase.access.proof.world import World
from carebase.project import Project
from carebase.stack.server import PostgresServer
from tests.conftest import cloned

# What stays undecided, and why that is right; anything else that the solver cannot decide fails the test.
UNDECIDED = {
    "cross-tenant": {
        "public.fhir_practitioners": "a subquery",
        "public.patients": "a subquery",
        "public.instruments": "belongs to nobody",
        "public.nurseos_feature_flags": "belongs to nobody",
        "public.job_runs": "belongs to nobody",
        "public.scheduled_jobs": "belongs to nobody",
        "public.resilience_dimension_categories": "belongs to nobody",
        "public.resilience_module_helpfulness": "belongs to nobody",
        "public.resilience_policies": "belongs to nobody",
        "public.resilience_resources": "belongs to nobody",
        "public.resilience_training_modules": "belongs to nobody",
    },
    "write": {
        "public.instruments": "belongs to nobody",
        "public.nurseos_feature_flags": "belongs to nobody",
        "public.resilience_dimension_categories": "belongs to nobody",
        "public.resilience_policies": "belongs to nobody",
        "public.resilience_resources": "belongs to nobody",
        "public.resilience_training_modules": "belongs to nobody",
    },
    # Callable by anyone: one resolves the caller's own token, the other takes a key for its authorization.
    "escalation": {"app.open_request": "PL/pgSQL", "app.exchange_api_key": "PL/pgSQL"},
}


@pytest.fixture(scope="module")
def verdicts(server: PostgresServer, templates: dict[str, str], project: Project) -> list[Verdict]:
    with cloned(server, templates["migrated"]) as strict, cloned(server, templates["migrated"]) as loose:
        loosen(server.url(loose, "postgres"))
        return solve(server.url(strict, "postgres"), server.url(loose, "postgres"), project)


def test_nothing_leaks(verdicts: list[Verdict]) -> None:
    assert [each for each in verdicts if each.result == "leak"] == []


def test_what_can_be_is_proven(verdicts: list[Verdict]) -> None:
    for mode in MODES:
        count = Counter(each.result for each in verdicts if each.mode == mode)
        print(f"{mode}: {count['proven']} of {count.total()} proven")
    undecided = [each for each in verdicts if each.result == "unverified"]
    for each in undecided:
        print(f"{each.mode}: {each.subject} is not decided: {each.reason}")
        assert UNDECIDED.get(each.mode, {}).get(each.subject, "nothing known") in each.reason, each
    assert len(undecided) == sum(map(len, UNDECIDED.values()))


def test_the_live_probe_saw_what_the_solver_proved(verdicts: list[Verdict]) -> None:
    probes = Counter(each.probe for each in verdicts)
    assert probes["mismatch"] == probes["leak_confirmed"] == probes["abstained"] == 0
    # Whatever has a policy that a probe can try; where nobody may at all, there is nothing to see.
    assert probes["agree"] >= 40


# One on each of three tables, so that one run shows all of them.
LEAKS = {
    ("cross-tenant", "public.sites"): (
        "alter policy select_organization on public.sites "
        "using (org_id = (select app.current_org()) or is_active)"
    ),
    ("anon", "public.properties"): "create policy open on public.properties for select to anon using (true)",
    ("write", "public.external_organizations"): (
        "create policy write on public.external_organizations for insert to authenticated with check (true)"
    ),
}


def test_leaks_would_be_told(server: PostgresServer, templates: dict[str, str], project: Project) -> None:
    with cloned(server, templates["migrated"]) as strict, cloned(server, templates["migrated"]) as loose:
        for name in (strict, loose):
            with psycopg.connect(server.url(name, "postgres")) as conn:
                for (_, table), fault in LEAKS.items():
                    conn.execute(f"drop policy floor_organization on {table}".encode())
                    conn.execute(fault.encode())
        loosen(server.url(loose, "postgres"))
        found = solve(server.url(strict, "postgres"), server.url(loose, "postgres"), project)
    assert {(each.mode, each.subject) for each in found if each.result == "leak"} == set(LEAKS)


def test_a_role_is_held_in_the_active_organization(world: World) -> None:
    """What makes "any valid role" looser than a certain one, and "in an organization" looser than staff."""
    asked = (
        "select array_agg(text) from (values ((select "
        "(app.has_role(variadic enum_range(null::public.app_role)) or app.is_staff()) "
        "and app.current_org() is null)::text)) as answers (text)"
    )
    for actor in world.actors:
        assert query(world.factory.conn, actor, asked).seen <= {"false"}, actor.name


@pytest.mark.parametrize(
    ("predicate", "expected"),
    [
        ("app.is_staff() and (a or app.has_role('nurse'))", "(SELECT app.current_org()) IS NOT NULL"),
        ("not app.is_staff()", "NOT app.is_staff()"),
        ("app.is_staff() = (select false)", "app.is_staff() = (SELECT FALSE)"),
        ("id = any(array(select x from t))", "TRUE"),
        ("org_id = (select app.current_org())", "org_id = (SELECT app.current_org())"),
        ("org_id = (select app.org_throughout('nurse'))", "org_id = (SELECT app.current_org())"),
    ],
)
def test_only_what_is_positive_is_loosened(predicate: str, expected: str) -> None:
    assert expected in looser(predicate, is_of_tenant=True)


def test_the_person_stays_where_rows_are_theirs() -> None:
    assert "my_id" in looser("user_id = (select app.my_id())", is_of_tenant=False)
    assert "my_id" not in looser("user_id = (select app.my_id())", is_of_tenant=True)
