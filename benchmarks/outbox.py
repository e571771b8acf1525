"""The outbox beside procrastinate and pgqueuer: messages per second with a channel that does nothing.

Each system has a database of its own on one throw-away server, filled before the clock starts; rounds take
turns. All are told to work in large batches or with much concurrency, as their documentation allows.

`--hold SECONDS` measures the outbox alone in two databases, in one of which a transaction holds back xmin all
the while: rates of the same amount of work, in turn, and the ratio over the last half of the time.

Run it with `python benchmarks/outbox.py [--rounds N] [--messages N] [--hold SECONDS] [--json FILE]`.
Exit code 1: below a bar.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from pathlib import Path
from statistics import median

import psycopg
from outbox_cases.ours import Ours
from outbox_cases.peers import PgQueuer, Procrastinate

from carebase.project import Project
from carebase.stack.server import PostgresServer, throwaway

BARS = {"procrastinate": 10.0, "pgqueuer": 2.0}
HELD_BAR = 0.95


def side_by_side(
    server: PostgresServer, project: Project, rounds: int, messages: int
) -> dict[str, list[float]]:
    """Messages per second of each system, round by round."""
    systems = [Ours(), PgQueuer(), Procrastinate()]
    rates: dict[str, list[float]] = {system.name: [] for system in systems}
    for system in systems:
        system.prepare(server, project)
    for number in range(rounds + 1):
        for system in systems:
            rate = system.measure(max(200, messages // system.handicap))
            if number:  # the first one warms up
                rates[system.name].append(rate)
                print(f"round {number} {system.name:14} {rate:9,.0f}/s", flush=True)
    return rates


def held(
    server: PostgresServer, project: Project, seconds: float, messages: int
) -> list[tuple[float, float]]:
    """Rates (free, held) of the outbox in turn, while in the second database xmin is held back."""
    free, pinned = Ours("outbox_free"), Ours("outbox_held")
    for system in (free, pinned):
        system.prepare(server, project)
        system.measure(messages)
    with psycopg.connect(pinned.url) as holder:
        holder.execute("set transaction isolation level repeatable read")
        holder.execute("select pg_current_xact_id(), count(*) from public.notification_queue")
        return asyncio.run(_alternate(free, pinned, seconds, messages))


async def _alternate(free: Ours, pinned: Ours, seconds: float, messages: int) -> list[tuple[float, float]]:
    rates: list[tuple[float, float]] = []
    until = asyncio.get_running_loop().time() + seconds
    async with free.running() as one, pinned.running() as other:
        while asyncio.get_running_loop().time() < until:
            pair = (await one(messages), await other(messages))
            rates.append(pair)
            print(f"free {pair[0]:9,.0f}/s  held {pair[1]:9,.0f}/s  {pair[1] / pair[0]:.2f}", flush=True)
    return rates


def main() -> int:
    """Measure, print, compare with the bars."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--messages", type=int, default=20000)
    parser.add_argument("--hold", type=float, default=0.0, metavar="SECONDS")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    project = Project.find(Path(__file__))
    good = True
    report: dict[str, object] = {}
    with throwaway(project) as server:
        if given.hold:
            pairs = held(server, project, given.hold, given.messages)
            last = pairs[-max(1, len(pairs) // 2) :]
            ratio = median(pinned / free for free, pinned in last)
            report = {"held": pairs, "ratio": ratio}
            print(f"while xmin is held back for {given.hold:g} s: {ratio:.2f} times (bar {HELD_BAR})")
            good = ratio >= HELD_BAR
        else:
            rates = side_by_side(server, project, given.rounds, given.messages)
            report = dict(rates)
            for name, bar in BARS.items():
                ratios = [ours / theirs for ours, theirs in zip(rates["carebase"], rates[name], strict=True)]
                spread = f"{min(ratios):.1f} to {max(ratios):.1f}"
                print(f"carebase / {name}: {median(ratios):.1f} times (spread {spread}; bar {bar:g})")
                good = good and median(ratios) >= bar
    if given.json:
        given.json.write_text(json.dumps(report))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
