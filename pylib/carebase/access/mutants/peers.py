"""What other people's tools make of the same mutants, for comparison: they defend nothing here.

A tool noticed a mutant if it says something that it does not say of the schema without fault. Tools that read
SQL get the fault as a developer would have written it, and are measured against the same text without it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson

from carebase.access.mutants.copies import BrokenMutant, Copy, Nursery, nursery
from carebase.access.mutants.defences import Linters
from carebase.access.mutants.mutant import Mutant
from carebase.db.connect import connect, connect_as_owner
from carebase.lint import advisors, migrations, rls_rules
from carebase.project import Project
from carebase.stack.runtime import Runtime

ENV = "CAREBASE_PLPGSQL_CHECK_POSTGRES"
_PLPGSQL_CHECK = "plpgsql_check"
_DEBIAN = Path("/usr/lib/postgresql")
_QUIET = "set lock_timeout = '5s';\nset statement_timeout = '5s';\n"


@dataclass(frozen=True)
class Peer:
    """Another tool: its name, what it looks at, and what it says about a mutant that it does not say otherwise."""

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
            found.append(Peer("pgspot", "the fault's SQL", _by_text(lambda text: _pgspot(linters, pgspot, text))))
        else:
            absent["pgspot"] = "not installed (`pip install pgspot`)"
        runtime = _runtime_with_plpgsql_check()
        if runtime:
            older = held.enter_context(nursery(project, runtime=runtime, stories=False))
            shows = f"bodies of functions, on Postgres {runtime.version}"
            found.append(Peer(_PLPGSQL_CHECK, shows, _by_plpgsql_check(older)))
        else:
            absent[_PLPGSQL_CHECK] = f"no Postgres with it in {_DEBIAN} or in the folder that {ENV} names"
        yield Peers(found, absent)


def _by_linter(built: Nursery, linters: Linters, tool: str) -> Callable[[Copy, Mutant], list[str]]:
    def says(copy: Copy) -> list[str]:
        return [
            f"{finding.rule}: {finding.subject} {finding.message}" for finding in linters.everything(tool, copy)
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
    return [
        re.sub(r" at line \d+", "", line) for line in output.splitlines() if re.match(r"PS\d+: ", line)
    ]


def _runtime_with_plpgsql_check() -> Runtime | None:
    """The programs of a Postgres that has the extension: the one that the environment names, or Debian's."""
    named = os.environ.get(ENV)
    homes = [Path(named)] if named else sorted(_DEBIAN.glob("*"), reverse=True)
    for home in homes:
        share = home.parents[2] / "share" / "postgresql" / home.name / "extension"
        if (share / f"{_PLPGSQL_CHECK}.control").is_file() and (home / "bin" / "postgres").is_file():
            said = subprocess.run(
                [home / "bin" / "postgres", "--version"], capture_output=True, text=True, check=True
            ).stdout
            return Runtime(home, int(re.findall(r"\d+", said)[0]))
    return None


def _by_plpgsql_check(older: Nursery) -> Callable[[Copy, Mutant], list[str]]:
    """It reads bodies, so only a fault in a function can change what it says."""
    with older.copy() as clean:
        usual = set(_checked(clean))

    def notices(_: Copy, mutant: Mutant) -> list[str]:
        if "function" not in mutant.sql.lower():
            return []
        try:
            with older.mutated(mutant) as copy:
                return [said for said in _checked(copy) if said not in usual]
        except BrokenMutant:
            return []  # Postgres of that version has no such fault

    return notices


def _checked(copy: Copy) -> list[str]:
    with connect(copy.superuser_url) as conn:
        conn.execute("create extension if not exists plpgsql_check")
        rows = conn.execute(
            """
            select p.oid::regprocedure::text, c.level, c.message
            from pg_proc as p
            cross join lateral plpgsql_check_function_tb(
              p.oid,
              coalesce((select t.tgrelid from pg_trigger as t where t.tgfoid = p.oid limit 1), 0)::regclass,
              fatal_errors => false, security_warnings => true, extra_warnings => true
            ) as c
            where p.pronamespace in ('public'::regnamespace, 'app'::regnamespace)
              and p.prolang = (select oid from pg_language where lanname = 'plpgsql')
              and (
                p.prorettype <> 'trigger'::regtype or exists (select from pg_trigger as t where t.tgfoid = p.oid)
              )
            """
        ).fetchall()
    return [f"{function}: {level} {message}" for function, level, message in rows]
