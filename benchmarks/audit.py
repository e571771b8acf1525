"""What a sealed audit trail costs whoever writes: one hot tenant, several writers, every row a transaction.

Three ways, in turn, so that a busy machine slows all of them; each round's ratio is taken by itself:

- `plain`:  the same trail without what sealing needs: no chain, no transaction column, no index on it
- `sealed`: the trail as it is and a sealer at work as in operation, until the last row is sealed
- `inline`: the chain as it is usually built, each transaction continuing it under the lock of its head

Writers are procedures in the server, so that no client's time dilutes what is compared; commits wait for the
disk as in operation, unless `--no-disk` says otherwise. Everybody is on one processor, so that what sealing
takes writers lose; with `--spread` everybody is where the system puts them, so that whoever waits for a lock
leaves a processor idle.

Run it with
`python benchmarks/audit.py [--rounds N] [--rows N] [--writers N] [--spread] [--no-disk] [--json FILE]`.
Exit code 1: over the bar.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import threading
import time
from pathlib import Path
from statistics import median, quantiles
from uuid import UUID, uuid4

import psycopg

from carebase.db import declared
from carebase.project import Project
from carebase.stack.server import PostgresServer, throwaway

SEALED_BAR, INLINE_BAR = 0.95, 3.0
WAYS = ("plain", "sealed", "inline")
SEAL_EVERY = 0.5
_WORLD = Path(__file__).parent / "audit_cases" / "world.sql"
Connection = psycopg.Connection[tuple[object, ...]]


class Sealer:
    """A sealer beside the writers, as `carebase audit seal --follow` is."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._go_on)
        self.rows = 0
        self.seconds = 0.0

    def _seal(self) -> int:
        began = time.perf_counter()
        row = self._conn.execute("select app.seal_audit()").fetchone()
        self.seconds += time.perf_counter() - began
        count = int(str(row[0])) if row else 0
        self.rows += count
        return count

    def _go_on(self) -> None:
        while not self._stop.wait(SEAL_EVERY):
            self._seal()

    def __enter__(self) -> Sealer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        while self._seal():
            pass


def write(writers: list[Connection], way: str, org_id: UUID, rows: int, sealer: Connection) -> float:
    """All writers at once, `rows` each; rows per second."""
    threads = [
        threading.Thread(target=conn.execute, args=("call bench.write(%s, %s, %s)", [way, org_id, rows]))
        for conn in writers
    ]
    began = time.perf_counter()
    if way == "sealed":
        with Sealer(sealer) as work:
            _run(threads)
        if work.rows < rows * len(writers):
            raise SystemExit(f"{work.rows} of {rows * len(writers)} rows were sealed")
    else:
        _run(threads)
    return rows * len(writers) / (time.perf_counter() - began)


def _run(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def run(
    server: PostgresServer, project: Project, rounds: int, rows: int, count: int, *, spread: bool
) -> list[dict[str, float]]:
    """Rows per second of each way, round by round."""
    with psycopg.connect(server.url(), autocommit=True) as conn:
        conn.execute("create database bench template platform owner postgres")
    url = server.url("bench", "postgres")
    declared.build(url, project)
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute("select app.make_audit_partitions()")
        conn.execute(_WORLD.read_bytes())
        conn.execute("select app.seal_audit()")
    connections = [psycopg.connect(url, autocommit=True) for _ in range(count + 1)]
    if not spread:
        pin(*connections)
    *writers, sealer = connections
    org_id = uuid4()
    found: list[dict[str, float]] = []
    for number in range(rounds + 1):
        order = WAYS if number % 2 else tuple(reversed(WAYS))
        rates = {way: write(writers, way, org_id, rows, sealer) for way in order}
        if number == 0:
            continue  # plans and caches
        found.append(rates)
        shown = "  ".join(f"{way} {rates[way]:8,.0f}" for way in WAYS)
        print(f"round {number:2}  {shown}  sealed/plain {rates['sealed'] / rates['plain']:.3f}", flush=True)
    faults = sealer.execute("select * from app.verify_audit() where fault is not null").fetchall()
    if faults:
        raise SystemExit(f"the trail does not verify: {faults}")
    for conn in connections:
        conn.close()
    return found


def pin(*connections: Connection) -> None:
    """Keep everybody on one processor, where the system allows it."""
    if hasattr(os, "sched_setaffinity"):
        processor = {max(os.sched_getaffinity(0))}
        for process in (0, *(conn.info.backend_pid for conn in connections)):
            os.sched_setaffinity(process, processor)


def middle(ratios: list[float]) -> str:
    """A median with the middle half of what it is of."""
    low, _, high = quantiles(ratios, n=4)
    return f"{median(ratios):.3f} ({low:.3f} to {high:.3f})"


def main() -> int:
    """Measure, print, and say whether the bars hold."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--rows", type=int, default=2000)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--spread", action="store_true", help="use every processor, not one")
    parser.add_argument(
        "--no-disk", action="store_true", help="do not wait for the disk: processor time only"
    )
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    print(f"{given.writers} writers, {given.rows:,} rows each; rows per second")
    disk = "off" if given.no_disk else "on"
    settings = {"fsync": disk, "synchronous_commit": disk, "shared_buffers": "256MB", "max_wal_size": "4GB"}
    with throwaway(Project.find(), settings=settings, on_disk=True) as server:
        found = run(server, Project.find(), given.rounds, given.rows, given.writers, spread=given.spread)
    sealed = [rates["sealed"] / rates["plain"] for rates in found]
    inline = [rates["sealed"] / rates["inline"] for rates in found]
    print(f"\nsealed / plain:  {middle(sealed)}  bar {SEALED_BAR}")
    print(f"sealed / inline: {middle(inline)}  bar {INLINE_BAR}")
    if given.json:
        given.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    return int(median(sealed) < SEALED_BAR or median(inline) < INLINE_BAR)


if __name__ == "__main__":
    sys.exit(main())
