"""Many requests at once: exactly as many as allowed get through, and nobody waits for another subject."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import psycopg
import pytest

LIMIT = 7
CALLERS = 8
CALLS = 4


def knock(conn: psycopg.Connection[tuple[object, ...]], subject: str) -> bool:
    try:
        conn.execute("select app.limit_rate('knock', %s, %s, '1 day')", (subject, LIMIT))
    except psycopg.errors.DatabaseError as error:
        if error.sqlstate != "PGRST":
            raise
        return False
    return True


def test_exactly_as_many_as_allowed(database: str) -> None:
    subject = str(uuid4())
    start = threading.Barrier(CALLERS)

    def call(_: int) -> int:
        with psycopg.connect(database, autocommit=True) as conn:
            start.wait()
            return sum(knock(conn, subject) for _ in range(CALLS))

    with ThreadPoolExecutor(CALLERS) as pool:
        assert sum(pool.map(call, range(CALLERS))) == LIMIT
    with psycopg.connect(database) as conn:
        assert conn.execute("select hit_count from app.rate_limits").fetchall() == [(LIMIT,)]


def test_a_slow_request_holds_up_nobody_else(database: str) -> None:
    one, another = str(uuid4()), str(uuid4())
    with (
        psycopg.connect(database) as slow,
        psycopg.connect(database, autocommit=True) as quick,
        ThreadPoolExecutor(1) as pool,
    ):
        # Old rows lie about, so that both clear in passing.
        quick.execute(
            """insert into app.rate_limits (action, subject, ends_at)
               select 'knock', gen_random_uuid()::text, now() - interval '1 day'
               from generate_series(1, 15)"""
        )
        assert knock(slow, one)
        assert pool.submit(knock, quick, another).result(timeout=20)
        waiting = pool.submit(knock, quick, one)
        with pytest.raises(TimeoutError):
            waiting.result(timeout=0.5)
        slow.rollback()
        assert waiting.result(timeout=20)
        assert quick.execute(
            "select hit_count from app.rate_limits where subject = %s", (one,)
        ).fetchall() == [(1,)]
