"""The FHIR import against its model library: resources per second, from file to committed rows.

Three ways with the same ndjson file, taken in turn in each round, so that a busy machine slows all of them:

- `library`: parse and validate every resource with `fhir.resources`, and do nothing with it
- `import`:  `carebase import fhir`, into an empty database on a throw-away server
- `full`:    the same with `--validate full`, which validates with the library on top

The resources are the examples of the FHIR standard, many times over under new ids. A ratio above 1 means
faster than the library alone. Run it with `python benchmarks/fhir_import.py [copies] [rounds]`.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import orjson
import psycopg
from fhir.resources.R4B import get_fhir_model_class

from carebase.db import migrations
from carebase.fhir import Validation, import_fhir
from carebase.fhir.examples import example_paths
from carebase.fhir.report import RESOURCE_TYPES
from carebase.project import Project
from carebase.stack.server import PostgresServer, throwaway

COPIES = 150
ROUNDS = 7
REFERENCE = re.compile(rb'("reference":"(?:%s)/[^"]+)"' % "|".join(RESOURCE_TYPES).encode())


def write_copies(project: Project, copies: int, path: Path) -> int:
    """The examples `copies` times, each set of them with ids and references of its own; returns how many."""
    examples = [orjson.loads(example.read_bytes()) for example in example_paths(project)]
    with path.open("wb") as file:
        for number in range(copies):
            for example in examples:
                text = orjson.dumps({**example, "id": f"{example['id']}-{number}"})
                file.write(REFERENCE.sub(rb'\1-%d"' % number, text) + b"\n")
    return copies * len(examples)


def validate(path: Path) -> None:
    """What the library does with the file."""
    models = {name: get_fhir_model_class(name) for name in RESOURCE_TYPES}
    with path.open("rb") as file:
        for line in file:
            body = orjson.loads(line)
            models[body["resourceType"]].model_validate(body)


@contextmanager
def empty_database(server: PostgresServer) -> Iterator[str]:
    """A migrated database with one organization."""
    with psycopg.connect(server.url(), autocommit=True) as conn:
        conn.execute("create database bench template migrated owner postgres")
        try:
            yield server.url("bench", "postgres")
        finally:
            conn.execute("drop database bench with (force)")


def load(url: str, path: Path, expected: int, validation: Validation) -> None:
    """What the import does with the file; every resource of it is loaded."""
    report = import_fhir(url, "lakeside", [path], validation=validation)
    assert sum(counts.inserted for counts in report.counts.values()) == expected, report.summary()


def prepare(server: PostgresServer, project: Project) -> None:
    """The template that every import starts from."""
    with psycopg.connect(server.url(), autocommit=True) as conn:
        conn.execute("create database migrated template platform owner postgres")
    url = server.url("migrated", "postgres")
    migrations.migrate(project, url)
    with psycopg.connect(url) as conn:
        conn.execute(
            "insert into public.organizations (name, slug, kind)"
            " values ('Lakeside', 'lakeside', 'care_management')"
        )


def seconds(work: Callable[..., None], *values: object) -> float:
    """How long it takes."""
    started = time.perf_counter()
    work(*values)
    return time.perf_counter() - started


def compare(server: PostgresServer, path: Path, count: int, rounds: int) -> dict[str, list[float]]:
    """Resources per second of each way in each round; a first round warms up and does not count."""
    rates: dict[str, list[float]] = {"library": [], "import": [], "full": []}
    for number in range(rounds + 1):
        for name, found in rates.items():
            if name == "library":
                taken = seconds(validate, path)
            else:
                with empty_database(server) as url:
                    taken = seconds(load, url, path, count, "full" if name == "full" else "fields")
            if number:
                found.append(count / taken)
        print(f"\rround {number} of {rounds}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return rates


def main(copies: int = COPIES, rounds: int = ROUNDS) -> None:
    """Measure and print."""
    project = Project.find()
    with tempfile.TemporaryDirectory() as folder, throwaway(project) as server:
        path = Path(folder) / "examples.ndjson"
        count = write_copies(project, copies, path)
        prepare(server, project)
        print(f"{count:,} resources, {path.stat().st_size / 1e6:.0f} MB, {rounds} rounds")
        rates = compare(server, path, count, rounds)
    print(f"{'':8} {'resources/s':>12}   against the library: median (least to most)")
    for name, found in rates.items():
        ratios = [ours / theirs for ours, theirs in zip(found, rates["library"], strict=True)]
        print(
            f"{name:8} {median(found):12,.0f}   {median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
