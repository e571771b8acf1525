"""Keys change, the organization moves: who checked in anonymously finds it again, and nobody else does."""

from __future__ import annotations

import json
from uuid import UUID, uuid4

import psycopg

from carebase import seeds
from carebase.phi import keys
from tests.tenants.conftest import Database, Move

ROWS = "select id from app.provider_anonymous_checkins"


def act(conn: psycopg.Connection[tuple[object, ...]], user_id: UUID) -> None:
    """From here on the transaction is a request of this person, who has just signed in."""
    session_id = uuid4()
    conn.execute(
        "insert into auth.sessions (id, user_id, aal) values (%s, %s, 'aal1')", [session_id, user_id]
    )
    claims = {"sub": str(user_id), "role": "authenticated", "session_id": str(session_id), "aal": "aal1"}
    conn.execute("select set_config('request.jwt.claims', %s, true)", [json.dumps(claims)])
    conn.execute("set local role authenticated")


def check_in(database: Database, user_id: UUID) -> UUID:
    with psycopg.connect(database.url) as conn:
        act(conn, user_id)
        conn.execute("select public.give_resilience_consent(app.newest_policy_version(), 'anonymous')")
        row = conn.execute("select id from public.submit_daily_checkin('clinic', 9, 2)").fetchone()
    assert row
    return UUID(str(row[0]))


def found(database: Database, user_id: UUID) -> list[UUID]:
    """The anonymous check-ins that the person gets."""
    with psycopg.connect(database.url) as conn:
        act(conn, user_id)
        rows = conn.execute("select id from public.get_my_checkins() where is_anonymous").fetchall()
    return [UUID(str(id_)) for (id_,) in rows]


def test_through_a_rotation_and_a_move(move: Move) -> None:
    nurse, other = (
        next(user.id for user in seeds.demo_users(move.project) if user.email == f"nurse{number}@example.com")
        for number in (1, 2)
    )
    made, others = check_in(move.source, nurse), check_in(move.source, other)
    assert found(move.source, nurse) == [made]

    sealed = move.source.value("select secret from app.anonymity_keys")
    keys.rotate(move.source.url)
    keys.reseal(move.source.url)
    assert move.source.value("select secret from app.anonymity_keys") != sealed
    assert found(move.source, nurse) == [made]

    move.load(move.export())
    assert {row["id"] for row in move.target.rows(ROWS)} == {made, others}
    assert found(move.target, nurse) == [made]
    assert found(move.target, other) == [others]

    # The organization's keys are destroyed: the rows stay, and are nobody's.
    keys.destroy(move.target.url, "lakeside", None)
    assert found(move.target, nurse) == []
    assert len(move.target.rows(ROWS)) == 2
