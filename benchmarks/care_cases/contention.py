"""Many at once who want the same beds and the same people, each over a connection of their own."""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from uuid import UUID

import psycopg
from psycopg import errors

from care_cases.world import Connection, Person, begin_as, next_monday, sign_in
from carebase.seeds.scale import HomesPlan
from carebase.seeds.scale.homes import home_crowds
from carebase.stack.server import PostgresServer

_OVERLAPS = """
select count(*) from {table} as one inner join {table} as other
  on other.org_id = one.org_id and other.{owner} = one.{owner} and other.id > one.id
  and other.{during} && one.{during}
where one.org_id = %s and one.deleted_at is null and other.deleted_at is null"""
_HOMES = 2


@dataclass(frozen=True)
class Outcome:
    """What became of all attempts.

    Attributes:
        done: those that succeeded.
        refused: by reason, those that a rule refused.
        deadlocks: those that ended in one, seen by the caller.
        failed: anything else, by the server's code.
        overlaps: pairs of rows that should not be there, looked for afterwards.
        seconds: from the first to the last.
    """

    done: int
    refused: dict[str, int]
    deadlocks: int
    failed: dict[str, int]
    overlaps: int
    seconds: float


def move_residents(
    server: PostgresServer, database: str, plan: HomesPlan, clients: int, each: int
) -> Outcome:
    """Care managers move the residents of two homes into each other's beds, at random."""
    with psycopg.connect(server.url(database), autocommit=True) as conn:
        people = [sign_in(conn, plan, "care_manager") for _ in range(clients)]
        sites = _sites(plan)
        living = "select id from public.residents where site_id = any(%s) and status = 'resident'"
        residents = _column(conn, living, sites)
        beds = _column(conn, "select id from public.beds where site_id = any(%s)", sites)

        def attempt(dice: random.Random) -> tuple[str, tuple[object, ...]]:
            return "select public.transfer_resident(%s, %s)", (dice.choice(residents), dice.choice(beds))

        outcome = _all_at_once(server, database, people, each, attempt)
        wrong = sum(
            overlaps(conn, people[0].org, "public.bed_stays", owner, "stays_during")
            for owner in ("bed_id", "resident_id")
        )
    return replace(outcome, overlaps=wrong)


def fill_rota(server: PostgresServer, database: str, plan: HomesPlan, clients: int, each: int) -> Outcome:
    """Care managers put the same people on shifts that follow each other closely, and take them off."""
    with psycopg.connect(server.url(database), autocommit=True) as conn:
        people = [sign_in(conn, plan, "care_manager") for _ in range(clients)]
        sites = _sites(plan)
        conn.execute(
            "delete from public.shift_assignments where site_id = any(%s) and week_on = %s",
            (sites, next_monday(plan)),
        )
        ahead = f"select id from public.shifts where site_id = any(%s) and week_on = '{next_monday(plan)}'"
        shifts = _column(conn, ahead, sites)
        large = home_crowds(plan)[0]
        staff = [
            UUID(large.worker(home, number)) for home in range(len(sites)) for number in range(1, large.staff)
        ]

        def attempt(dice: random.Random) -> tuple[str, tuple[object, ...]]:
            if dice.random() < 0.15:
                return (
                    "select public.unassign_shift(id) from public.shift_assignments where shift_id = %s"
                    " limit 1",
                    (dice.choice(shifts),),
                )
            return "select public.assign_shift(%s, %s)", (dice.choice(shifts), dice.choice(staff))

        outcome = _all_at_once(server, database, people, each, attempt)
        wrong = overlaps(conn, people[0].org, "public.shift_assignments", "user_id", "blocked_during")
    return replace(outcome, overlaps=wrong)


def _sites(plan: HomesPlan) -> list[UUID]:
    large = home_crowds(plan)[0]
    return [UUID(large.site(home)) for home in range(min(_HOMES, large.count))]


def _column(conn: Connection, query: str, sites: list[UUID]) -> list[UUID]:
    return sorted(UUID(str(row[0])) for row in conn.execute(query.encode(), (sites,)))


def overlaps(conn: Connection, org: UUID, table: str, owner: str, during: str) -> int:
    """How many pairs of rows of one owner are at the same time, found without the constraint."""
    row = conn.execute(_OVERLAPS.format(table=table, owner=owner, during=during).encode(), (org,)).fetchone()
    assert row
    return int(str(row[0]))


def _all_at_once(
    server: PostgresServer,
    database: str,
    people: Sequence[Person],
    each: int,
    attempt: Callable[[random.Random], tuple[str, tuple[object, ...]]],
) -> Outcome:
    def work(number: int) -> Counter[str]:
        dice, seen = random.Random(number), Counter[str]()
        with psycopg.connect(server.url(database, "authenticator"), autocommit=True) as conn:
            for _ in range(each):
                begin_as(conn, people[number])
                try:
                    conn.execute(*attempt(dice))
                    conn.execute("commit")
                    seen["done"] += 1
                except errors.DeadlockDetected:
                    conn.execute("rollback")
                    seen["deadlock"] += 1
                except psycopg.Error as error:
                    conn.execute("rollback")
                    seen[_reason(error)] += 1
        return seen

    began = time.perf_counter()
    with ThreadPoolExecutor(len(people)) as pool:
        total = sum(pool.map(work, range(len(people))), Counter[str]())
    seconds = time.perf_counter() - began
    done, deadlocks = total.pop("done", 0), total.pop("deadlock", 0)
    failed = {reason: count for reason, count in total.items() if reason.startswith("failed ")}
    refused = {reason: count for reason, count in total.items() if reason not in failed}
    return Outcome(done, refused, deadlocks, failed, -1, seconds)


def _reason(error: psycopg.Error) -> str:
    """What a rule said; anything else is a failure."""
    try:
        told = json.loads(error.diag.message_primary or "")
        details = json.loads(told.get("details") or "{}")
    except ValueError:
        return f"failed {error.sqlstate}"
    if told.get("code") not in ("conflict", "not_found"):
        return f"failed {told.get('code')}"
    return str(details.get("reason") or told["code"])
