"""How policies are usually written, side by side: one table, one question, one organization of many.

- `ours`:      `org_id = (select app.current_org())`, once per statement, by the index
- `bare`:      `org_id = app.current_org()`, as PL/pgSQL that the planner cannot take apart
- `in_select`: `org_id in (select …)` of a SECURITY DEFINER function that lists the caller's organizations
- `per_row`:   a SECURITY DEFINER function that looks the caller's role up for each row

Each against the filter that a developer would write, as a role that bypasses the policies; all in turn.
Run it with `python benchmarks/rls_patterns.py [--organizations N] [--rounds N]`.
"""

from __future__ import annotations

import argparse
import sys
from statistics import median, quantiles

import psycopg
from rls import Connections, pin, prepare, timed
from rls_cases.queries import Query
from rls_cases.world import Actor, build

from carebase.project import Project
from carebase.stack.server import throwaway

PATTERNS = {
    "ours": "org_id = (select app.current_org())",
    "bare": "org_id = public.usual_org()",
    "in_select": "org_id in (select public.usual_orgs())",
    "per_row": "public.usual_member(org_id)",
}
# What applications of this kind have: the caller from the token, the rest from the table of memberships.
_FUNCTIONS = """
create function public.usual_org() returns uuid language plpgsql stable set search_path = '' as $$
begin return app.current_org(); end $$;
create function public.usual_orgs() returns setof uuid
language sql stable security definer set search_path = '' as $$
  select org_id from public.role_assignments where user_id = auth.uid() and deleted_at is null
$$;
create function public.usual_member(p_org_id uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select from public.role_assignments
    where user_id = auth.uid() and org_id = p_org_id and deleted_at is null
  )
$$;
"""
_TABLE = """
create table public.{name} (like public.encounters including all);
insert into public.{name} (org_id, id, patient_id, status, class_code, date_of_service)
select org_id, id, patient_id, status, class_code, date_of_service from public.encounters;
alter table public.{name} enable row level security;
create policy tenant on public.{name} for select to authenticated using ({using});
grant select on public.{name} to authenticated, service_role;
"""
_FILTER = "org_id = %(org)s"
_QUESTIONS = {
    "first page": (
        "select id, status from public.{name} where {where} order by date_of_service desc, id limit 20"
    ),
    "count": "select count(*) from public.{name} where {where}",
}


def main() -> int:
    """Measure every pattern and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--organizations", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=20)
    given = parser.parse_args()
    with throwaway(Project.find(), settings={"shared_buffers": "512MB"}, on_disk=True) as server:
        url = prepare(server, Project.find())
        actors = timed("filling the database", lambda: build(server.url("bench"), given.organizations))
        with psycopg.connect(url, autocommit=True) as conn:
            conn.execute(_FUNCTIONS.encode())
            for name, using in PATTERNS.items():
                conn.execute(_TABLE.format(name=f"by_{name}", using=using).encode())
            conn.execute("vacuum analyze")
        with (
            psycopg.connect(server.url("bench", "authenticator"), autocommit=True) as secured,
            psycopg.connect(server.url("bench", "authenticator"), autocommit=True) as filtered,
        ):
            pin(secured, filtered)
            both = Connections(secured, filtered, pre_request=False)
            for question, text in _QUESTIONS.items():
                _measure(both, question, text, actors["nurse"], given.rounds)
    return 0


def _measure(connections: Connections, question: str, text: str, actor: Actor, rounds: int) -> None:
    pairs: dict[str, list[tuple[float, float]]] = {name: [] for name in PATTERNS}
    for turn in range(rounds + 3):
        for name in PATTERNS:
            query = Query(f"{name}: {question}", "nurse", text.replace("{name}", f"by_{name}"), _FILTER)
            took, answer = connections.ask(query, actor, None, secured=True)
            floor, expected = connections.ask(query, actor, None, secured=False)
            if answer != expected:
                raise SystemExit(f"{query.name}: the two ways answer differently")
            if turn >= 3:
                pairs[name].append((took, floor))
    for name, measured in pairs.items():
        ratios = [took / floor for took, floor in measured]
        low, middle, high = quantiles(ratios, n=4)
        took = median(one for one, _ in measured) * 1e6
        print(
            f"{question:<12}{name:<12}{took:10.0f} µs  {middle:9.2f}  ({low:.2f} to {high:.2f})", flush=True
        )


if __name__ == "__main__":
    sys.exit(main())
