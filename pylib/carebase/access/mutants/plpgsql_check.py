"""plpgsql_check, which reads the bodies of functions; it comes with Debian's Postgres, not with ours."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

from carebase.access.mutants.copies import BrokenMutant, Copy, Nursery
from carebase.access.mutants.mutant import Mutant
from carebase.db.connect import connect
from carebase.stack.runtime import Runtime

NAME = "plpgsql_check"
ENV = "CAREBASE_PLPGSQL_CHECK_POSTGRES"
_DEBIAN = Path("/usr/lib/postgresql")
ABSENT = f"no Postgres with it in {_DEBIAN}, nor in the folder that {ENV} names"


def find_runtime() -> Runtime | None:
    """A Postgres that has the extension: the one that the environment names, or Debian's."""
    named = os.environ.get(ENV)
    homes = [Path(named)] if named else sorted(_DEBIAN.glob("*"), reverse=True)
    for home in homes:
        share = home.parents[2] / "share" / "postgresql" / home.name / "extension"
        if (share / f"{NAME}.control").is_file() and (home / "bin" / "postgres").is_file():
            said = subprocess.run(
                [home / "bin" / "postgres", "--version"], capture_output=True, text=True, check=True
            ).stdout
            return Runtime(home, int(re.findall(r"\d+", said)[0]))
    return None


def reader(older: Nursery) -> Callable[[Copy, Mutant], list[str]]:
    """What it says of a mutant made in `older`: only a fault in a function can change that."""
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
                p.prorettype <> 'trigger'::regtype
                or exists (select from pg_trigger as t where t.tgfoid = p.oid)
              )
            """
        ).fetchall()
    return [f"{function}: {level} {message}" for function, level, message in rows]
