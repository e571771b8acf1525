"""What other people's tools make of the same mutants, for comparison: they defend nothing here.

A tool noticed a mutant if it says something that it does not say of the schema without fault. Tools that read
SQL get the fault as a developer would have written it, and are measured against the same text without it.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson

from carebase.access.mutants import plpgsql_check
from carebase.access.mutants.copies import Copy, Nursery, nursery
from carebase.access.mutants.defences import Linters
from carebase.access.mutants.mutant import Mutant
from carebase.db.connect import connect_as_owner
from carebase.lint import advisors, migrations, rls_rules
from carebase.project import Project

_QUIET = "set lock_timeout = '5s';\nset statement_timeout = '5s';\n"


@dataclass(frozen=True)
class Peer:
    """Another tool: its name, what it looks at, and what it says of a mutant and not otherwise."""

    name: str
    shows: str
    notices: Callable[[Copy, Mutant], list[str]]


@dataclass(frozen=True)
class Peers:
    """The tools that are there, and why others are not."""

    found: list[Peer]
    absent: dict[str, str]


@contextmanager
def peers(project: Project, built: Nursery, linters: Linters) -> Iterator[Peers]:
    """Splinter, squawk, pgrls, pgspot and plpgsql_check, as far as they are installed.

    Args:
        project: the checkout.
        built: where the schema without fault is.
        linters: runs those that are part of `carebase lint`.
    """
    absent: dict[str, str] = {}
    with ExitStack() as held:
        found = [
            Peer("Splinter", "the built database", _by_linter(built, linters, advisors.TOOL)),
            Peer("squawk", "the fault's SQL", _by_text(lambda text: _squawk(linters, text))),
            Peer("pgrls", "the built database", _by_linter(built, linters, rls_rules.TOOL)),
        ]
        pgspot = shutil.which("pgspot") or shutil.which("pgspot", path=str(Path(sys.executable).parent))
        if pgspot:
            found.append(
                Peer("pgspot", "the fault's SQL", _by_text(lambda text: _pgspot(linters, pgspot, text)))
            )
        else:
            absent["pgspot"] = "not installed (`pip install pgspot`)"
        runtime = plpgsql_check.find_runtime()
        if runtime:
            older = held.enter_context(nursery(project, runtime=runtime, stories=False))
            shows = f"bodies of functions, on Postgres {runtime.version}"
            found.append(Peer(plpgsql_check.NAME, shows, plpgsql_check.reader(older)))
        else:
            absent[plpgsql_check.NAME] = plpgsql_check.ABSENT
        yield Peers(found, absent)


def _by_linter(built: Nursery, linters: Linters, tool: str) -> Callable[[Copy, Mutant], list[str]]:
    def says(copy: Copy) -> list[str]:
        return [
            f"{finding.rule}: {finding.subject} {finding.message}"
            for finding in linters.everything(tool, copy)
        ]

    with built.copy() as clean:
        usual = set(says(clean))
    return lambda copy, _: [said for said in says(copy) if said not in usual]


def _by_text(read: Callable[[str], list[str]]) -> Callable[[Copy, Mutant], list[str]]:
    def notices(copy: Copy, mutant: Mutant) -> list[str]:
        usual = set(read(mutant.instead)) if mutant.instead else set()
        return [said for said in read(_as_written(copy, mutant)) if said not in usual]

    return notices


def _as_written(copy: Copy, mutant: Mutant) -> str:
    """The fault as it would stand in a file: a function that was altered is shown whole."""
    if not mutant.sql.startswith("alter function"):
        return mutant.sql
    with connect_as_owner(copy.url) as conn:
        conn.execute("set search_path = ''")
        row = conn.execute("select pg_get_functiondef(%s::regprocedure)", [mutant.target]).fetchone()
    return f"{row[0]};" if row else mutant.sql


@contextmanager
def _file(text: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="carebase-mutant-") as folder:
        path = Path(folder) / "mutant.sql"
        path.write_text(text, encoding="utf-8")
        yield path


def _squawk(linters: Linters, text: str) -> list[str]:
    with _file(_QUIET + text) as path:
        output = linters.tools.run([linters.tools.python(migrations.TOOL), "--reporter", "json", path])
    return [f"{fault['rule_name']}: {fault['message']}" for fault in orjson.loads(output)]


def _pgspot(linters: Linters, pgspot: str, text: str) -> list[str]:
    with _file(text) as path:
        output = linters.tools.run([pgspot, path])
    return [re.sub(r" at line \d+", "", line) for line in output.splitlines() if re.match(r"PS\d+: ", line)]
