"""The resilience hub of a large organization with many others beside it.

Four questions, each against a floor in the same interleaved run:

- `dashboards`: RPCs as PostgREST calls them, against the same figures asked for by a superuser, filtered
- `checkins`: a hundred people check in at once over HTTP, against as many calls that do nothing
- `refresh`: the kept workload figures of everybody brought up to now, against counting them from the rows
- `writes`: encounters with the trigger that counts them, against without; and when others see the count

Run it with `python benchmarks/resilience.py [--providers N] [--organizations N] [--days N] [--rounds N]
[--only NAME] [--json FILE]`. Exit code 1: over a bar.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles

import psycopg
from http_cases import client as gateway
from resilience_cases import checkins, dashboards, workload
from resilience_cases.world import (
    ADMIN,
    CARE_MANAGER,
    EMPTY,
    HEAVY_NURSE,
    NURSE,
    free_nurses,
    sign_in,
)

from carebase.db import declared
from carebase.project import Project
from carebase.seeds.scale import Plan, generate
from carebase.stack.server import PostgresServer, throwaway

DASHBOARD_BAR, REFRESH_BAR, SEEN_BAR = 0.2, 5.0, 0.005
WRITE_BAR = 1.2
CLIENTS = 100
WARM_UP = 5


@dataclass(frozen=True)
class Result:
    """One measurement: medians in seconds, median and middle half of the paired ratios, the bar."""

    name: str
    ours: float
    floor: float
    ratio: float
    low: float
    high: float
    bar: str
    holds: bool


def compare(
    name: str, pairs: list[tuple[float, float]], *, most: float | None = None, ratio: float | None = None
) -> Result:
    """Pairs of ours and the floor; `most` seconds and `ratio` are bars."""
    ours, floor = (median(pair[side] for pair in pairs) for side in (0, 1))
    low, middle, high = quantiles((pair[0] / pair[1] for pair in pairs), n=4)
    bar = " ".join([*([f"{most * 1000:.0f} ms"] if most else []), *([f"{ratio:.2f}x"] if ratio else [])])
    holds = (most is None or ours < most) and (ratio is None or middle <= ratio)
    result = Result(name, ours, floor, middle, low, high, bar, holds)
    print(
        f"{name:<44}{ours * 1000:10.2f}{floor * 1000:10.2f}  {middle:.2f}  ({low:.2f} to {high:.2f})"
        f"  {bar or '-'}{'' if holds else '  OVER'}",
        flush=True,
    )
    return result


def measure_dashboards(server: PostgresServer, database: str, plan: Plan, rounds: int) -> list[Result]:
    """Both ways in turn; the answers must be the same, or what is measured is not the same."""
    results = []
    with (
        psycopg.connect(server.url(database), autocommit=True) as filtered,
        psycopg.connect(server.url(database, "authenticator"), autocommit=True) as secured,
    ):
        numbers = {"admin": ADMIN, "care_manager": CARE_MANAGER, "nurse": HEAVY_NURSE}
        people = {who: sign_in(filtered, plan, number) for who, number in numbers.items()}
        for one in dashboards.DASHBOARDS:
            person = people[one.who]
            ways = ((secured, True), (filtered, False))
            answers = [dashboards.ask(conn, one, person, as_rpc=rpc)[1] for conn, rpc in ways]
            if answers[0] != answers[1]:
                raise SystemExit(f"{one.name}: the two ways answer differently")
            pairs = []
            for turn in range(rounds * 5 + WARM_UP):
                ours, floor = (dashboards.ask(conn, one, person, as_rpc=rpc)[0] for conn, rpc in ways)
                if turn >= WARM_UP:
                    pairs.append((ours, floor))
            results.append(compare(one.name, pairs, most=DASHBOARD_BAR))
    return results


def measure_checkins(
    server: PostgresServer, project: Project, database: str, plan: Plan, rounds: int
) -> list[Result]:
    """Waves of a hundred, each of people who have not checked in yet, in turn with waves that do nothing."""
    with psycopg.connect(server.url(database), autocommit=True) as conn:
        conn.execute(EMPTY)
        numbers = free_nurses(conn, plan, CLIENTS * (rounds + 1))
        claims = [sign_in(conn, plan, number).claims for number in numbers]
    whole, slowest = [], []
    with gateway.opened(server, project, database) as state:
        url = f"{state.api_url}/rest/v1"
        for turn in range(rounds + 1):
            crowd = [gateway.headers_of(state, one) for one in claims[turn * CLIENTS : (turn + 1) * CLIENTS]]
            calls = [checkins.CHECKIN, checkins.NOTHING]
            waves = {}
            for call in calls if turn % 2 else reversed(calls):
                waves[call[0]] = asyncio.run(checkins.wave(url, crowd, call))
            ours, floor = (waves[call[0]] for call in calls)
            if turn:
                whole.append((ours.seconds / CLIENTS, floor.seconds / CLIENTS))
                slowest.append((max(ours.each), max(floor.each)))
    return [
        compare(f"{CLIENTS} check-ins at once, per check-in", whole),
        compare(f"{CLIENTS} check-ins at once, the last answer", slowest),
    ]


def measure_refresh(server: PostgresServer, database: str, rounds: int) -> list[Result]:
    """The refresh as its job does it, and the count from the rows; they must agree."""
    with psycopg.connect(server.url(database), autocommit=True) as conn:
        workload.refresh(conn)
        if differing := workload.differences(conn):
            raise SystemExit(f"{differing} practitioners' figures differ from the count of their rows")
        pairs = [(workload.refresh(conn), workload.count_plainly(conn)) for _ in range(rounds)]
    return [compare("refresh of everybody's workload figures", pairs, most=REFRESH_BAR)]


def measure_writes(server: PostgresServer, database: str, plan: Plan, rounds: int) -> list[Result]:
    """Blocks of inserts in turn with and without the trigger; commits do not wait for a disk."""
    results = []
    with (
        psycopg.connect(server.url(database), autocommit=True) as writer,
        psycopg.connect(server.url(database), autocommit=True) as other,
    ):
        nurse = sign_in(other, plan, NURSE)
        patient = workload.patient_of(other, nurse.org)
        for name, count, times in (("one", 1, 200), ("a hundred", 100, 10), ("a thousand", 1000, 3)):
            pairs = []
            for turn in range(rounds * 2 + 1):
                taken = {}
                for on in (True, False) if turn % 2 else (False, True):
                    workload.set_counting(other, on=on)
                    workload.insert(writer, nurse, patient, count, 2)
                    taken[on] = workload.insert(writer, nurse, patient, count, times) / times
                if turn:
                    pairs.append((taken[True], taken[False]))
            workload.set_counting(other, on=True)
            results.append(compare(f"insert {name} of encounters", pairs, ratio=WRITE_BAR))
        pairs = []
        for _ in range(rounds * 10):
            seen = workload.seen_after(writer, other, nurse, patient)
            began = time.perf_counter()
            other.execute("select 1", prepare=True)
            pairs.append((seen, time.perf_counter() - began))
        results.append(compare("an encounter seen by others, after its commit", pairs, most=SEEN_BAR))
    return results


def run(
    server: PostgresServer, project: Project, database: str, plan: Plan, rounds: int, only: str | None = None
) -> list[Result]:
    """Everything, or one of the four."""
    questions: dict[str, Callable[[], list[Result]]] = {
        "dashboards": lambda: measure_dashboards(server, database, plan, rounds),
        "checkins": lambda: measure_checkins(server, project, database, plan, rounds),
        "refresh": lambda: measure_refresh(server, database, rounds),
        "writes": lambda: measure_writes(server, database, plan, rounds),
    }
    print(f"{'':<44}{'ours':>10}{'floor':>10}  ratio (middle half)  bar    milliseconds")
    return [result for name, ask in questions.items() if only in (None, name) for result in ask()]


def prepare(server: PostgresServer, project: Project, plan: Plan) -> str:
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
    parser.add_argument("--providers", type=int, default=5000)
    parser.add_argument("--organizations", type=int, default=200)
    parser.add_argument("--days", type=int, default=120)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--only", choices=("dashboards", "checkins", "refresh", "writes"))
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    project = Project.find()
    plan = Plan(
        providers=given.providers,
        organizations=given.organizations,
        days=given.days,
        until=datetime.now(UTC).date(),
    )
    print(f"{plan.providers:,} providers, {plan.organizations:,} organizations beside them, {plan.days} days")
    with throwaway(
        project, settings={"shared_buffers": "1GB", "max_wal_size": "8GB"}, on_disk=True
    ) as server:
        database = prepare(server, project, plan)
        results = run(server, project, database, plan, given.rounds, given.only)
    if given.json:
        given.json.write_text(json.dumps([asdict(one) for one in results], indent=1), encoding="utf-8")
    return int(not all(one.holds for one in results))


if __name__ == "__main__":
    sys.exit(main())
