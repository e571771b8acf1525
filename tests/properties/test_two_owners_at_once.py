"""Owners who revoke each other at the same moment, on connections of their own: one of them always stays."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
import pytest

from carebase.project import Project
from carebase.stack.server import PostgresServer

ROUNDS = 12
OWNERS = 4


@dataclass(frozen=True)
class House:
    """An organization and its owners, each with the role that makes them one."""

    url: str
    org_id: UUID
    owners: list[UUID]
    assignments: dict[UUID, UUID]
    sessions: dict[UUID, str]

    def connect(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self.url)

    def owners_left(self) -> int:
        with self.connect() as conn:
            row = conn.execute(
                """select count(*) from public.role_assignments
                   where org_id = %s and role = 'org_owner'
                   and deleted_at is null and upper_inf(valid_during)""",
                (self.org_id,),
            ).fetchone()
            assert row
            return int(row[0])


@pytest.fixture
def make_house(database: str, project: Project, server: PostgresServer) -> Iterator[Callable[[int], House]]:
    name = psycopg.conninfo.conninfo_to_dict(database)["dbname"]
    assert isinstance(name, str)
    url = server.url(name)
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute((project.root / "tests" / "sql" / "helpers.sql").read_bytes())

        def one(query: str, *parameters: object) -> Any:
            row = conn.execute(query.encode(), parameters).fetchone()
            assert row
            return row[0]

        def make(owners: int) -> House:
            org = one("select tests.make_org('lakeside-' || left(gen_random_uuid()::text, 8))")
            people = [one("select tests.make_person(%s, 'org_owner', 'Odile')", org) for _ in range(owners)]
            sessions = {person: str(one("select tests.open_session(%s)", person)) for person in people}
            # Each of their requests leaves a sign of life first: what it holds must stand in nobody's way.
            conn.execute("update app.session_activity set last_seen_at = now() - interval '5 minutes'")
            held = conn.execute(
                "select user_id, id from public.role_assignments where org_id = %s", (org,)
            ).fetchall()
            return House(url, org, people, dict(held), sessions)

        yield make


def revoke(conn: psycopg.Connection[Any], house: House, actor: UUID, target: UUID) -> str:
    """What becomes of it when `actor` revokes `target`, up to the commit."""
    claims = {"sub": str(actor), "role": "authenticated", "aal": "aal2", "session_id": house.sessions[actor]}
    try:
        conn.execute("select set_config('request.jwt.claims', %s, true)", (json.dumps(claims),))
        conn.execute("set local role authenticated")
        conn.execute("select public.revoke_role(%s)", (house.assignments[target],))
    except psycopg.errors.DatabaseError as error:
        if error.sqlstate != "PGRST":
            raise
        return str(json.loads(error.diag.message_primary or "{}")["code"])
    return "revoked"


def test_the_second_waits_and_is_refused(make_house: Callable[[int], House]) -> None:
    house = make_house(2)
    odile, otto = house.owners
    with house.connect() as first, house.connect() as second, ThreadPoolExecutor(1) as pool:
        assert revoke(first, house, odile, otto) == "revoked"
        waiting = pool.submit(revoke, second, house, otto, odile)
        with pytest.raises(TimeoutError):
            waiting.result(timeout=0.5)
        first.commit()
        assert waiting.result(timeout=20) == "conflict"
    assert house.owners_left() == 1


def test_the_second_may_if_the_first_thinks_better_of_it(make_house: Callable[[int], House]) -> None:
    house = make_house(2)
    odile, otto = house.owners
    with house.connect() as first, house.connect() as second, ThreadPoolExecutor(1) as pool:
        assert revoke(first, house, odile, otto) == "revoked"
        waiting = pool.submit(revoke, second, house, otto, odile)
        first.rollback()
        assert waiting.result(timeout=20) == "revoked"
        second.commit()
    assert house.owners_left() == 1


def test_workers_past_the_api_are_held_to_it(make_house: Callable[[int], House]) -> None:
    house = make_house(2)

    def end(conn: psycopg.Connection[Any], target: UUID) -> str:
        conn.execute("set local role service_role")
        try:
            conn.execute("delete from public.role_assignments where id = %s", (house.assignments[target],))
        except psycopg.errors.DatabaseError as error:
            if error.sqlstate != "PGRST":
                raise
            return "refused"
        return "deleted"

    with house.connect() as first, house.connect() as second, ThreadPoolExecutor(1) as pool:
        assert end(first, house.owners[0]) == "deleted"
        waiting = pool.submit(end, second, house.owners[1])
        with pytest.raises(TimeoutError):
            waiting.result(timeout=0.5)
        first.commit()
        assert waiting.result(timeout=20) == "refused"
    assert house.owners_left() == 1


def test_all_against_all(make_house: Callable[[int], House]) -> None:
    outcomes: list[str] = []
    for _ in range(ROUNDS):
        house = make_house(OWNERS)
        start = threading.Barrier(OWNERS)

        def act(number: int, house: House = house, start: threading.Barrier = start) -> str:
            with house.connect() as conn:
                start.wait()
                done = revoke(conn, house, house.owners[number], house.owners[(number + 1) % OWNERS])
                if done == "revoked":
                    conn.commit()
                else:
                    conn.rollback()
            return done

        with ThreadPoolExecutor(OWNERS) as pool:
            done = list(pool.map(act, range(OWNERS)))
        assert house.owners_left() == OWNERS - done.count("revoked") >= 1
        outcomes += done
    assert set(outcomes) <= {"revoked", "conflict", "permission_denied"}
    assert outcomes.count("revoked") >= ROUNDS
