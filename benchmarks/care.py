"""Care homes of a large organization with many organizations beside it.

Five questions, each against a floor in the same interleaved run where there is one:

- `lists`: what people look at first under row-level security, against the same with the filter written out;
  and the RPCs that open what is sealed in it
- `publish`: a rota of 30,000 assignments published at once, against changing the same rows
- `contention`: many connections that want the same beds, and the same people for shifts: nothing overlaps,
  and there is no deadlock
- `occupancy`: when others see a change, what the index behind the figures costs who writes, the board
- `endpoints`: reports of incidents and rotas over HTTP, by many at once, against calls that do nothing

Run it with `python benchmarks/care.py [--homes N] [--beds N] [--days N] [--organizations N] [--rounds N]
[--people N] [--clients N] [--attempts N] [--only NAME] [--json FILE]`. Exit code 1: over a bar.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles

import psycopg
from care_cases import contention, endpoints, occupancy, publish
from care_cases.lists import CALLS, LISTS
from care_cases.world import CARER, MANAGER, Person, busiest_home, sign_in
from http_cases import client as gateway
from resilience import Result, compare
from resilience_cases.world import EMPTY
from rls import WARM_UP, Connections, pin
from rls_cases.queries import Query
from rls_cases.world import Actor

from carebase.db import declared
from carebase.project import Project
from carebase.seeds.scale import HomesPlan, generate
from carebase.stack.server import PostgresServer, throwaway

# Hosted Supabase ends a statement of the API after eight seconds.
PUBLISH_BAR = 8.0
LIST_BAR, LIST_RATIO, BOARD_BAR, SEEN_BAR, WRITE_RATIO = 0.15, 1.10, 0.2, 0.005, 1.2
# A report of a wave of a hundred people, each once.
_WAVE = 100


def measure_lists(server: PostgresServer, database: str, plan: HomesPlan, rounds: int) -> list[Result]:
    """Both ways in turn, as somebody of each role."""
    results = []
    with (
        psycopg.connect(server.url(database), autocommit=True) as owner,
        psycopg.connect(server.url(database, "authenticator"), autocommit=True) as secured,
        psycopg.connect(server.url(database, "authenticator"), autocommit=True) as filtered,
    ):
        pin(secured, filtered)
        connections = Connections(secured, filtered, pre_request=False)
        for query in (*LISTS, *CALLS):
            person = somebody(owner, plan, query.actor)
            ratio = None if query.writes else LIST_RATIO
            pairs = pairs_of(connections, query, person, rounds)
            results.append(compare(query.name, pairs, most=LIST_BAR, ratio=ratio))
    return results


def somebody(conn: psycopg.Connection[tuple[object, ...]], plan: HomesPlan, who: str) -> Person:
    """Sign in who asks, of a home where something has happened."""
    numbers = {"manager": MANAGER, "carer": CARER}
    return sign_in(conn, plan, numbers.get(who, who), busiest_home(conn, plan))


def pairs_of(
    connections: Connections, query: Query, person: Person, rounds: int
) -> list[tuple[float, float]]:
    """Seconds of ours and of the floor, round by round."""
    actor = Actor(person.claims, person.org, person.user)
    answers = [connections.ask(query, actor, person.site, secured=secured)[1] for secured in (True, False)]
    if answers[0] in (None, []):
        raise SystemExit(f"{query.name}: there is nothing to list")
    if not query.writes and answers[0] != answers[1]:
        raise SystemExit(f"{query.name}: the two ways answer differently")
    pairs = []
    for turn in range(rounds * 5 + WARM_UP):
        taken = {
            secured: connections.ask(query, actor, person.site, secured=secured)[0]
            for secured in ((True, False) if turn % 2 else (False, True))
        }
        if turn >= WARM_UP:
            pairs.append((taken[True], taken[False]))
    return pairs


def measure_publish(
    server: PostgresServer, database: str, plan: HomesPlan, people: int, rounds: int
) -> list[Result]:
    """Each round is taken back, and what it left is cleaned away before the next."""
    with (
        psycopg.connect(server.url(database), autocommit=True) as owner,
        psycopg.connect(server.url(database, "authenticator"), autocommit=True) as manager,
    ):
        org = somebody(owner, plan, "org_owner").org
        rota = publish.build(owner, org, plan, people)
        pairs = []
        for turn in range(rounds + 1):
            floor = publish.write_plainly(owner, rota)
            ours, count = publish.publish(manager, rota)
            if count != people * publish.DAYS:
                raise SystemExit(f"{count} assignments were published instead of {people * publish.DAYS}")
            owner.execute("vacuum public.shift_assignments, public.shifts")
            if turn:
                pairs.append((ours, floor))
    return [compare(f"publish {people * publish.DAYS:,} assignments of a week", pairs, most=PUBLISH_BAR)]


def measure_contention(
    server: PostgresServer, database: str, plan: HomesPlan, clients: int, attempts: int
) -> list[Result]:
    """Attempts of all clients together; an overlap, a deadlock or a failure is over the bar."""
    results = []
    for name, ask in (("beds", contention.move_residents), ("shifts", contention.fill_rota)):
        each = max(1, attempts // clients)
        told = ask(server, database, plan, clients, each)
        wrong = told.overlaps + told.deadlocks + sum(told.failed.values())
        refused = ", ".join(f"{count} {reason}" for reason, count in sorted(told.refused.items()))
        said = f"{name}: {clients * each:,} attempts by {clients}"
        print(
            f"{said:<44}{told.seconds:9.1f} s  {told.done} done;"
            f" refused: {refused or 'none'}; {told.overlaps} overlaps, {told.deadlocks} deadlocks,"
            f" failed: {told.failed or 'none'}{'  OVER' if wrong else ''}",
            flush=True,
        )
        per = told.seconds / (clients * each)
        results.append(Result(f"contention, {name}", per, per, 1, 1, 1, "none wrong", not wrong))
    return results


def measure_occupancy(server: PostgresServer, database: str, plan: HomesPlan, rounds: int) -> list[Result]:
    """What is seen after a commit, against asking for nothing; writing with the index and without."""
    with (
        psycopg.connect(server.url(database), autocommit=True) as writer,
        psycopg.connect(server.url(database, "authenticator"), autocommit=True) as reader,
    ):
        manager = sign_in(writer, plan, MANAGER, occupancy.home_with_room(writer, plan))
        owner = somebody(writer, plan, "org_owner")
        seen = []
        for turn in range(rounds * 10 + WARM_UP):
            taken = occupancy.seen_after(writer, reader, manager)
            began = time.perf_counter()
            reader.execute("select 1", prepare=True)
            if turn >= WARM_UP:
                seen.append((taken, time.perf_counter() - began))
        results = [compare("a bed seen as taken by others, after its commit", seen, most=SEEN_BAR)]
        results += _index_costs(writer, owner, rounds)
        if occupancy.board(reader, owner)[1] != occupancy.count_plainly(writer, owner.org)[1]:
            raise SystemExit("The board of all homes differs from the count of their rows")
        pairs = [
            (occupancy.board(reader, owner)[0], occupancy.count_plainly(writer, owner.org)[0])
            for _ in range(rounds * 5)
        ]
        results.append(compare("occupancy of all homes", pairs, most=BOARD_BAR))
    return results


def _index_costs(writer: psycopg.Connection[tuple[object, ...]], owner: Person, rounds: int) -> list[Result]:
    """Blocks of inserts in turn with and without the index that occupancy is counted from."""
    definition = occupancy.index_definition(writer)
    pairs = []
    for turn in range(rounds * 3 + 1):
        taken = {}
        for on in (True, False) if turn % 2 else (False, True):
            if not on:
                occupancy.set_index(writer, definition, on=False)
            occupancy.write(writer, owner.org, 100)
            taken[on] = min(occupancy.write(writer, owner.org, 100) for _ in range(3))
            if not on:
                occupancy.set_index(writer, definition, on=True)
        if turn:
            pairs.append((taken[True], taken[False]))
    return [compare("insert a hundred stays", pairs, ratio=WRITE_RATIO)]


def measure_endpoints(
    server: PostgresServer, project: Project, database: str, plan: HomesPlan, clients: int, rounds: int
) -> list[Result]:
    """Waves of many, in turn with waves that do nothing; an error is over the bar."""
    with psycopg.connect(server.url(database), autocommit=True) as conn:
        conn.execute(EMPTY)
        people = [sign_in(conn, plan, CARER, number % plan.homes) for number in range(clients)]
    results = []
    with gateway.opened(server, project, database) as state:
        url = f"{state.api_url}/rest/v1"
        crowd = [(one, gateway.headers_of(state, one.claims)) for one in people]
        for call in endpoints.CALLS.items():
            whole, slowest, errors = [], [], []
            for turn in range(rounds + 1):
                waves = {}
                for name, body in (call, endpoints.NOTHING) if turn % 2 else (endpoints.NOTHING, call):
                    waves[name] = asyncio.run(endpoints.wave(url, crowd, (name, body)))
                ours, floor = waves[call[0]], waves[endpoints.NOTHING[0]]
                errors += ours.errors + floor.errors
                if turn:
                    whole.append((ours.seconds / clients, floor.seconds / clients))
                    slowest.append((quantiles(ours.each, n=20)[-1], quantiles(floor.each, n=20)[-1]))
            said = f"{call[0]} by {clients} at once"
            print(f"{said}: {len(errors)} errors {sorted(set(errors))[:3] or ''}", flush=True)
            results += [compare(f"{said}, each", whole), compare(f"{said}, 19 of 20", slowest)]
            results.append(Result(f"{said}, errors", len(errors), 0, 1, 1, 1, "0", not errors))
    return results


def run(
    server: PostgresServer, project: Project, database: str, plan: HomesPlan, given: argparse.Namespace
) -> list[Result]:
    """Everything, or one of the five."""
    questions: dict[str, Callable[[], list[Result]]] = {
        "lists": lambda: measure_lists(server, database, plan, given.rounds),
        "occupancy": lambda: measure_occupancy(server, database, plan, given.rounds),
        "endpoints": lambda: measure_endpoints(server, project, database, plan, given.clients, given.rounds),
        "publish": lambda: measure_publish(server, database, plan, given.people, given.rounds),
        "contention": lambda: measure_contention(server, database, plan, 16, given.attempts),
    }
    print(f"{'':<44}{'ours':>10}{'floor':>10}  ratio (middle half)  bar    milliseconds")
    return [result for name, ask in questions.items() if given.only in (None, name) for result in ask()]


def prepare(server: PostgresServer, project: Project, plan: HomesPlan) -> str:
    """The database `bench`, filled; its name."""
    with psycopg.connect(server.url(), autocommit=True) as conn:
        conn.execute("create database bench template platform owner postgres")
    declared.build(server.url("bench", "postgres"), project)
    began = time.monotonic()
    report = generate(server.url("bench"), project, plan)
    with psycopg.connect(server.url("bench"), autocommit=True) as conn:
        conn.execute("vacuum analyze")
    print(
        f"{sum(report.rows.values()):,} rows in {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True
    )
    return "bench"


def main() -> int:
    """Measure, print, and say whether the bars hold."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--homes", type=int, default=50)
    parser.add_argument("--beds", type=int, default=60)
    parser.add_argument("--days", type=int, default=7)
    parser.add_argument("--organizations", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument(
        "--people", type=int, default=6000, help="on the rota that is published, five shifts each"
    )
    parser.add_argument("--clients", type=int, default=_WAVE)
    parser.add_argument("--attempts", type=int, default=4000)
    parser.add_argument("--only", choices=("lists", "publish", "contention", "occupancy", "endpoints"))
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    project = Project.find()
    plan = HomesPlan(
        homes=given.homes,
        beds=given.beds,
        days=given.days,
        organizations=given.organizations,
        until=datetime.now(UTC).date(),
    )
    print(
        f"{plan.homes} homes of {plan.beds} beds, {plan.days} days,"
        f" {plan.organizations:,} organizations beside them"
    )
    with throwaway(
        project, settings={"shared_buffers": "1GB", "max_wal_size": "8GB"}, on_disk=True
    ) as server:
        results = run(server, project, prepare(server, project, plan), plan, given)
    if given.json:
        given.json.write_text(json.dumps([asdict(one) for one in results], indent=1), encoding="utf-8")
    return int(not all(one.holds for one in results))


if __name__ == "__main__":
    sys.exit(main())
