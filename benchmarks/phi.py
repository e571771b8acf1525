"""Sealing against pgcrypto's own, and a list of 50 people opened against the same list in plaintext.

- `values`: seal, index and open so many values with the functions that the compiled triggers and RPCs use;
  beside it `pgp_sym_encrypt` and `pgp_sym_decrypt` with their defaults, without any index.
- `document`, `columns`: `open_…` of 50 people, whose identity is one sealed document or three sealed columns;
  beside it the same function over plaintext, with the same authorization and the same event. Each is a
  request as PostgREST makes one: role and claims, the answer as JSON, commit.
- `… over HTTP`: the same two lists as a frontend waits for them, through the local gateway.

Both sides take turns, so that a busy machine slows both. Run it with
`python benchmarks/phi.py [--rounds N] [--values N] [--json FILE]`. Exit code 1: over the bar.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import median, quantiles

import httpx
import psycopg
from http_cases import client as gateway

from carebase.access import compile_rooms
from carebase.db import declared
from carebase.project import Project
from carebase.stack.server import PostgresServer, throwaway

VALUES_BAR, LIST_BAR = 50.0, 1.5
PEOPLE, LISTED = 10_000, 50
HERE = Path(__file__).parent
Connection = psycopg.Connection[tuple[object, ...]]
_SETTINGS = """select set_config('search_path', '"public", "extensions"', true),
  set_config('role', 'authenticated', true), set_config('request.jwt.claims', %s, true),
  set_config('request.method', 'POST', true), set_config('request.headers', '{"host": "127.0.0.1"}', true)"""
_ANSWER = """with pgrst_source as (select * from public.{function}(%s, 'treatment'))
select null::bigint as total_result_set, count(_postgrest_t) as page_total,
  coalesce(json_agg(_postgrest_t), '[]') as body
from (select * from pgrst_source) as _postgrest_t"""
_VALUES = """
create temporary table samples as
select 'Name ' || n as value, app.sealed_context('carebase:1:public.t:c:', gen_random_uuid(), null) as context
from generate_series(1, {count}) as n;
create temporary table sample_keys as
select gen_random_uuid() as id, app.aead_schedule(extensions.gen_random_bytes(64)) as schedule;
analyze samples;
analyze sample_keys;
"""
_OURS = """
with sealed as materialized (
  select value, context, app.seal_value(id, schedule, context, convert_to(value, 'UTF8')) as kept,
    app.blind_index(schedule, 'carebase:1:public.t:c:', value) as found
  from samples cross join sample_keys
)
select count(*) from sealed cross join sample_keys
where convert_from(app.open_value(schedule, context, kept), 'UTF8') = value and found is not null
"""
_PGP = """
with sealed as materialized (
  select value, extensions.pgp_sym_encrypt(value, repeat('k', 64)) as kept from samples limit {count}
)
select count(*) from sealed where extensions.pgp_sym_decrypt(kept, repeat('k', 64)) = value
"""
_FILL = """
insert into public.sealed_cards (org_id, identity)
select %(org)s, app.plain(jsonb_build_object(
  'family_name', 'Name ' || n, 'given_names', 'Given ' || n, 'birth_date', date '1950-01-01' + n
)) from generate_series(1, %(count)s) as n;
insert into public.sealed_columns (org_id, family_name, given_names, birth_date)
select %(org)s, app.plain('Name ' || n), app.plain('Given ' || n), app.plain(date '1950-01-01' + n)
from generate_series(1, %(count)s) as n;
insert into public.plain_cards (org_id, family_name, given_names, birth_date)
select %(org)s, 'Name ' || n, 'Given ' || n, date '1950-01-01' + n from generate_series(1, %(count)s) as n;
"""


def build(server: PostgresServer, project: Project, folder: Path) -> None:
    """A database `bench` with the declared rooms and `cards`."""
    (folder / "supabase").mkdir(parents=True)
    shutil.copy(project.supabase / "config.toml", folder / "supabase")
    shutil.copytree(project.sql, folder / "sql")
    shutil.copytree(HERE / "phi_cases" / "cards", folder / "sql" / "cards")
    house = Project(folder.resolve())
    compile_rooms(house)
    with psycopg.connect(server.url(), autocommit=True) as conn:
        conn.execute("create database bench template platform owner postgres")
    declared.build(server.url("bench", "postgres"), house)
    with psycopg.connect(server.url("bench"), autocommit=True) as conn:
        conn.execute((project.root / "tests/sql/helpers.sql").read_bytes())


def populate(server: PostgresServer) -> tuple[str, dict[str, list[object]]]:
    """People in the three tables; a nurse's claims, and the ids of a list."""
    with psycopg.connect(server.url("bench"), autocommit=True) as conn:
        org = _one(conn, "select tests.make_org('lakeside', false)")
        nurse = _one(conn, "select tests.make_person(%s, 'nurse', 'Nadia')", org)
        session = _one(conn, "select tests.open_session(%s)", nurse)
        with psycopg.connect(server.url("bench"), cursor_factory=psycopg.ClientCursor) as filling:
            filling.execute(_FILL.encode(), {"org": org, "count": PEOPLE})
        conn.execute("vacuum analyze")
        ids = {
            table: [row[0] for row in conn.execute(f"select id from public.{table} limit {LISTED}".encode())]
            for table in ("sealed_cards", "sealed_columns", "plain_cards")
        }
    claims = {"sub": str(nurse), "role": "authenticated", "aal": "aal2", "session_id": str(session)}
    return json.dumps(claims), ids


def ask(conn: Connection, table: str, claims: str, ids: list[object]) -> float:
    """One request; its seconds."""
    began = time.perf_counter()
    conn.execute("begin", prepare=True)
    conn.execute(_SETTINGS, [claims], prepare=True)
    row = conn.execute(_ANSWER.format(function=f"open_{table}").encode(), [ids], prepare=True).fetchone()
    conn.execute("commit", prepare=True)
    taken = time.perf_counter() - began
    assert row
    assert row[1] == LISTED
    return taken


def ask_http(client: httpx.Client, table: str, ids: list[object]) -> float:
    """One request of a frontend; its seconds."""
    body = {"p_ids": [str(each) for each in ids], "p_purpose": "treatment"}
    taken, answer = gateway.timed(client, "POST", f"rpc/open_{table}", body)
    assert len(answer) == LISTED
    return taken


def timed(conn: Connection, query: str, count: int) -> float:
    """Seconds per value."""
    began = time.perf_counter()
    row = conn.execute(query.encode()).fetchone()
    taken = time.perf_counter() - began
    assert row == (count,)
    return taken / count


def compare(
    label: str, ours: Callable[[], float], theirs: Callable[[], float], rounds: int
) -> dict[str, object]:
    """Medians in microseconds, and the paired ratio theirs/ours with its middle half."""
    for _ in range(8):
        ours()
        theirs()
    pairs = [(ours(), theirs()) for _ in range(rounds)]
    ratios = [other / own for own, other in pairs]
    low, _, high = quantiles(ratios, n=4)
    found = {
        "case": label,
        "ours_us": round(median(own for own, _ in pairs) * 1e6, 2),
        "theirs_us": round(median(other for _, other in pairs) * 1e6, 2),
        "ratio": round(median(ratios), 3),
        "low": round(low, 3),
        "high": round(high, 3),
    }
    sys.stdout.write(f"{json.dumps(found)}\n")
    return found


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description="Sealing beside pgp_sym, and beside plaintext.")
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--values", type=int, default=5000)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    project = Project.find()
    with ExitStack() as stack:
        server = stack.enter_context(throwaway(project))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        build(server, project, folder / "house")
        claims, ids = populate(server)
        owner = stack.enter_context(psycopg.connect(server.url("bench"), autocommit=True))
        owner.execute(_VALUES.format(count=options.values).encode())
        slow = max(options.values // 50, 20)
        found = [
            compare(
                "values",
                lambda: timed(owner, _OURS, options.values),
                lambda: timed(owner, _PGP.format(count=slow), slow),
                max(options.rounds // 10, 5),
            )
        ]
        sealed, plain = (
            stack.enter_context(psycopg.connect(server.url("bench"), autocommit=True)) for _ in range(2)
        )
        for label, table in (("document", "sealed_cards"), ("columns", "sealed_columns")):
            found.append(
                compare(
                    label,
                    partial(ask, plain, "plain_cards", claims, ids["plain_cards"]),
                    partial(ask, sealed, table, claims, ids[table]),
                    options.rounds,
                )
            )
        client = stack.enter_context(gateway.asked(server, project, "bench", claims))
        for label, table in (("document", "sealed_cards"), ("columns", "sealed_columns")):
            found.append(
                compare(
                    f"{label} over HTTP",
                    partial(ask_http, client, "plain_cards", ids["plain_cards"]),
                    partial(ask_http, client, table, ids[table]),
                    options.rounds,
                )
            )
    if options.json:
        options.json.write_text(json.dumps(found, indent=2))
    values, *lists = (float(str(each["ratio"])) for each in found)
    inside, served = (" and ".join(f"{each:.2f}x" for each in pair) for pair in (lists[:2], lists[2:]))
    sys.stdout.write(
        f"seal + index + open: {values:.1f}x pgp_sym (bar {VALUES_BAR:.0f}x)\n"
        f"list of {LISTED} beside plaintext, as one document and as three columns (bar {LIST_BAR}x): "
        f"{inside} in the database, {served} over HTTP\n"
    )
    return 0 if values >= VALUES_BAR and max(lists) <= LIST_BAR else 1


def _one(conn: Connection, query: str, *values: object) -> object:
    row = conn.execute(query.encode(), values).fetchone()
    assert row
    return row[0]


if __name__ == "__main__":
    sys.exit(main())
