"""Row-level security against the filter a developer would write: fifty hot queries, one million rows.

Every request is what PostgREST makes of one: a transaction that sets role and claims, then the query with its
answer as JSON. Two ways, in turn, so that a busy machine slows both:

- `secured`:  as `authenticated`; the policies choose the rows
- `filtered`: as a role that bypasses them; the query says which organization and person

Run it with `python benchmarks/rls.py [--organizations N] [--rounds N] [--pre-request] [--json FILE]`.
`--pre-request` resolves the request before the query, as PostgREST does where it is told to.
Exit code 1: over the bar.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median, quantiles

import psycopg
from rls_cases.queries import Query, queries
from rls_cases.world import ROWS_PER_ORGANIZATION, Actor, build

from carebase import seeds
from carebase.db import declared
from carebase.project import Project
from carebase.stack.server import PostgresServer, throwaway

MEDIAN_BAR, WORST_BAR = 1.10, 1.5
WARM_UP = 10
_SETTINGS = """select set_config('search_path', '"public", "extensions"', true),
  set_config('role', %s, true), set_config('request.jwt.claims', %s, true),
  set_config('request.method', 'GET', true), set_config('request.path', '/rest', true),
  set_config('request.headers', '{"host": "127.0.0.1"}', true), set_config('request.cookies', '{}', true)"""
_ANSWER = """with pgrst_source as ({query})
select null::bigint as total_result_set, count(_postgrest_t) as page_total,
  coalesce(json_agg(_postgrest_t), '[]') as body,
  nullif(current_setting('response.headers', true), '') as response_headers
from (select * from pgrst_source) as _postgrest_t"""


@dataclass(frozen=True)
class Result:
    """One query: medians in microseconds, the ratio of the two, and the middle half of the paired ratios."""

    name: str
    secured: float
    filtered: float
    ratio: float
    low: float
    high: float


@dataclass
class Connections:
    """One connection for each way, as a pool keeps them."""

    secured: psycopg.Connection[tuple[object, ...]]
    filtered: psycopg.Connection[tuple[object, ...]]
    pre_request: bool

    def ask(self, query: Query, actor: Actor, key: object, *, secured: bool) -> tuple[float, object]:
        """One request, undone if it writes; seconds and the answer."""
        conn = self.secured if secured else self.filtered
        text = _ANSWER.replace("{query}", query.secured() if secured else query.filtered())
        parameters = {"org": actor.org, "user": actor.user, "key": key}
        began = time.perf_counter()
        conn.execute("begin", prepare=True)
        conn.execute(_SETTINGS, ("authenticated" if secured else "service_role", actor.claims), prepare=True)
        if secured and self.pre_request:
            conn.execute("select app.open_request()", prepare=True)
        row = conn.execute(text.encode(), parameters, prepare=True).fetchone()
        conn.execute("rollback" if query.writes else "commit", prepare=True)
        assert row
        return time.perf_counter() - began, row[2]


def key_of(url: str, query: Query, actor: Actor) -> object:
    """A row that the query finds by key."""
    if "%(key)s" not in query.text:
        return None
    text = query.filtered().replace(" = %(key)s", " is not null")
    with psycopg.connect(url) as conn:
        row = conn.execute(f"{text} limit 1".encode(), {"org": actor.org, "user": actor.user}).fetchone()
    assert row, query.name
    return row[0]


def measure(connections: Connections, query: Query, actor: Actor, key: object, rounds: int) -> Result:
    """Both ways in turn; the answers must be the same, or what is measured is not the same."""
    answers = [connections.ask(query, actor, key, secured=secured)[1] for secured in (True, False)]
    if not query.writes and answers[0] != answers[1]:
        raise SystemExit(f"{query.name}: the two ways answer differently")
    for _ in range(WARM_UP):
        for secured in (True, False):
            connections.ask(query, actor, key, secured=secured)
    pairs = [
        tuple(connections.ask(query, actor, key, secured=secured)[0] for secured in (True, False))
        for _ in range(rounds)
    ]
    secured, filtered = (median(pair[way] for pair in pairs) * 1e6 for way in (0, 1))
    low, _middle, high = quantiles((pair[0] / pair[1] for pair in pairs), n=4)
    return Result(query.name, secured, filtered, secured / filtered, low, high)


def run(
    server: PostgresServer, project: Project, organizations: int, rounds: int, *, pre_request: bool
) -> list[Result]:
    """Build the database and measure every query in it."""
    url = prepare(server, project)
    actors = timed("filling the database", lambda: build(server.url("bench"), organizations))
    with (
        psycopg.connect(server.url("bench", "authenticator"), autocommit=True) as secured,
        psycopg.connect(server.url("bench", "authenticator"), autocommit=True) as filtered,
    ):
        pin(secured, filtered)
        connections = Connections(secured, filtered, pre_request)
        results = []
        for query in queries():
            actor = actors[query.actor]
            results.append(measure(connections, query, actor, key_of(url, query, actor), rounds))
            show(results[-1])
        return results


def prepare(server: PostgresServer, project: Project) -> str:
    """Make the database `bench`, as declared, without anybody in it; its address as the owner."""
    with psycopg.connect(server.url(), autocommit=True) as conn:
        conn.execute("create database bench template platform owner postgres")
    url = server.url("bench", "postgres")
    declared.build(url, project)
    seeds.apply(url, project, "reference")
    return url


def pin(*connections: psycopg.Connection[tuple[object, ...]]) -> None:
    """Keep everybody on one processor, where the system allows it.

    Otherwise one of the two servers may be the client's neighbour and the other not, for the whole run:
    waking it takes 30 µs here and 110 µs there, more than what is measured.
    """
    if hasattr(os, "sched_setaffinity"):
        processor = {max(os.sched_getaffinity(0))}
        for process in (0, *(conn.info.backend_pid for conn in connections)):
            os.sched_setaffinity(process, processor)


def timed(what: str, work: Callable[[], dict[str, Actor]]) -> dict[str, Actor]:
    """Do it and say how long it took."""
    began = time.monotonic()
    done = work()
    print(f"{what}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    return done


def show(one: Result) -> None:
    """A line of the table."""
    print(
        f"{one.name:<58}{one.secured:8.0f}{one.filtered:8.0f}"
        f"  {one.ratio:.2f}  ({one.low:.2f} to {one.high:.2f})",
        flush=True,
    )


def main() -> int:
    """Measure, print, and say whether the bar holds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--organizations", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--pre-request", action="store_true")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    project = Project.find()
    rows = given.organizations * ROWS_PER_ORGANIZATION
    print(f"{given.organizations} organizations, {rows:,} rows, {given.rounds} rounds")
    print(f"{'query':<58}{'secured':>8}{'filtered':>8}  ratio  (middle half)   microseconds")
    with throwaway(project, settings={"shared_buffers": "512MB"}, on_disk=True) as server:
        results = run(server, project, given.organizations, given.rounds, pre_request=given.pre_request)
    middle, worst = median(one.ratio for one in results), max(results, key=lambda one: one.ratio)
    print(f"\nmedian of {len(results)}: {middle:.2f} (bar {MEDIAN_BAR:.2f})")
    print(f"worst: {worst.ratio:.2f} (bar {WORST_BAR:.2f}): {worst.name}")
    if given.json:
        given.json.write_text(json.dumps([asdict(one) for one in results], indent=1), encoding="utf-8")
    return int(middle > MEDIAN_BAR or worst.ratio > WORST_BAR)


if __name__ == "__main__":
    sys.exit(main())
