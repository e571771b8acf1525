"""Whatever a person, their helpers and the jobs do, in whatever order: a case never stands where it must not.

The states that are legal are said here in our own words, and not read from the database.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.rows import dict_row

from carebase.project import Project
from carebase.stack.server import PostgresServer

OPEN = ("proposed", "open", "in_progress")
CLOSED = ("completed", "declined", "cancelled")
STEPS = {
    "proposed": {"open", "declined", "cancelled"},
    "open": {"in_progress", "completed", "declined", "cancelled"},
    "in_progress": {"completed", "declined", "cancelled"},
}
# One call may take two steps: a contact with somebody who had only an offer, a circle that is accepted.
REACHABLE = {
    now: STEPS.get(now, set()).union(*(STEPS.get(then, set()) for then in STEPS.get(now, set()))) | {now}
    for now in (*OPEN, *CLOSED)
}
LEVELS = st.sampled_from(["anonymous", "aggregate_only", "may_be_contacted", None])
MOVES = st.one_of(
    st.tuples(st.just("nora"), st.just("accept"), st.integers(0, 3), st.booleans()),
    st.tuples(st.just("nora"), st.just("decline"), st.integers(0, 3), st.none()),
    st.tuples(st.just("nora"), st.just("ask"), st.none(), st.booleans()),
    st.tuples(st.just("nora"), st.just("invited"), st.none(), st.booleans()),
    st.tuples(st.just("nora"), st.just("level"), st.none(), LEVELS),
    st.tuples(st.just("wanda"), st.just("assign"), st.integers(0, 3), st.none()),
    st.tuples(st.just("wanda"), st.just("contact"), st.integers(0, 3), st.booleans()),
    st.tuples(
        st.just("wanda"),
        st.just("close"),
        st.integers(0, 3),
        st.sampled_from(["improved", "worse", "declined"]),
    ),
    st.tuples(st.just("time"), st.just("assess"), st.none(), st.sampled_from(["low", "high", "critical"])),
    st.tuples(st.just("time"), st.just("passes"), st.none(), st.sampled_from([1, 20, 60])),
)
CALLS = {
    "accept": "select public.accept_intervention(%(case)s, %(value)s)",
    "decline": "select public.decline_intervention(%(case)s)",
    "ask": "select public.request_peer_support('error', %(value)s)",
    "invited": """select public.answer_circle_invitation(id, %(value)s)
                  from public.get_my_circle_invitations(1)""",
    "assign": "select public.assign_intervention(%(case)s)",
    "contact": "select public.log_intervention_contact(%(case)s, 'call', %(value)s)",
    "close": "select public.close_intervention(%(case)s, %(value)s)",
}
FACTS = "select * from public.provider_interventions order by id"


class World:
    """A nurse, a wellness officer, two circles and a clock, on one connection that acts as each of them."""

    def __init__(self, conn: psycopg.Connection[Any]) -> None:
        self.conn = conn
        self.org = self.one("select tests.make_org('lakeside', true, 'UTC')")
        self.people = {
            name: self.one("select tests.make_person(%s, %s, %s)", self.org, role, name)
            for name, role in (("nora", "nurse"), ("wanda", "wellness_officer"))
        }
        self.one(
            """insert into public.provider_support_circles (org_id, name, meeting_frequency, max_members)
               values (%s, 'Circle', 'weekly', 3) returning id""",
            self.org,
        )
        self.day = 0

    def one(self, query: str, *parameters: object) -> Any:
        row = self.conn.execute(query.encode(), parameters).fetchone()
        return next(iter(row.values())) if row else None

    def move(self, who: str, what: str, number: int | None, value: object) -> str:
        """Do it, as whom it is for; what it was refused with, or `done`."""
        facts = self.facts()
        case = list(facts)[number] if number is not None and number < len(facts) else None
        try:
            with self.conn.transaction():
                if what in CALLS:
                    self.one("select tests.act_as(%s)", self.people[who])
                    self.conn.execute(CALLS[what].encode(), {"case": case, "value": value})
                else:
                    getattr(self, what)(value)
                self.one("select tests.act_as_system()")
        except psycopg.Error as error:
            if error.sqlstate != "PGRST":
                raise
            return str(json.loads(error.diag.message_primary or "{}")["code"])
        return "done"

    def level(self, value: str | None) -> None:
        nora = self.people["nora"]
        if value:
            self.one("select tests.give_consent(%s, %s, %s)", self.org, nora, value)
        else:
            self.conn.execute(
                b"""update public.provider_consents set withdrawn_at = app.clock()
                    where user_id = %s and withdrawn_at is null""",
                (nora,),
            )

    def assess(self, value: str) -> None:
        nora = self.people["nora"]
        score = {"low": 20, "high": 65, "critical": 90}[value]
        self.conn.execute(
            b"select tests.assess(%s, %s, app.organization_day(%s), %s)", (self.org, nora, self.org, score)
        )
        self.run_jobs()

    def passes(self, days: int) -> None:
        self.day += days
        self.one(
            "select tests.freeze_clock('2027-01-01 12:00+00'::timestamptz + make_interval(days => %s))",
            self.day,
        )
        self.run_jobs()

    def run_jobs(self) -> None:
        self.one("select app.job_open_interventions(%s, 10)", self.org)
        self.one("select app.job_follow_interventions(%s, 10)", self.org)

    def facts(self) -> dict[object, dict[str, Any]]:
        return {row["id"]: row for row in self.conn.execute(FACTS.encode()).fetchall()}

    def shown(self) -> set[object]:
        """What the wellness officer gets to see."""
        self.one("select tests.act_as(%s)", self.people["wanda"])
        rows = self.conn.execute(
            b"""select id from unnest(enum_range(null::public.intervention_status)) as statuses (status)
                cross join lateral public.list_interventions(statuses.status, 'operations')"""
        ).fetchall()
        self.one("select tests.act_as_system()")
        return {row["id"] for row in rows}


@pytest.fixture
def world(database: str, project: Project, server: PostgresServer) -> Iterator[World]:
    name = psycopg.conninfo.conninfo_to_dict(database)["dbname"]
    assert isinstance(name, str)
    with psycopg.connect(server.url(name), autocommit=True, row_factory=dict_row) as conn:
        conn.execute((project.root / "tests" / "sql" / "helpers.sql").read_bytes())
        yield World(conn)


def check_states(facts: dict[object, dict[str, Any]]) -> None:
    unclosed = [row["kind"] for row in facts.values() if row["status"] in OPEN]
    assert len(unclosed) == len(set(unclosed)), "one open case of a kind"
    for row in facts.values():
        is_closed = row["status"] in CLOSED
        assert is_closed == (row["closed_at"] is not None) == (row["outcome"] is not None), row
        assert (row["status"] == "declined") == (row["outcome"] == "declined"), row
        assert row["effect"] == (
            None
            if row["score_after"] is None or row["score_before"] is None
            else row["score_after"] - row["score_before"]
        ), row
        if row["status"] == "declined":
            assert row["shared_at"] is None
        assert not (row["is_unnamed"] and row["shared_at"]), row


def check_step(before: dict[object, dict[str, Any]], after: dict[object, dict[str, Any]]) -> None:
    assert before.keys() <= after.keys(), "no case vanishes"
    for key, was in before.items():
        now = after[key]
        assert now["status"] in REACHABLE[was["status"]], (was["status"], now["status"])
        if was["status"] in CLOSED:
            may_change = {"score_after", "effect", "version", "updated_at", "updated_by"}
            assert {k: v for k, v in now.items() if k not in may_change} == {
                k: v for k, v in was.items() if k not in may_change
            }


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(MOVES, min_size=3, max_size=14))
def test_a_case_never_stands_where_it_must_not(world: World, moves: list[tuple[Any, ...]]) -> None:
    with world.conn.transaction(force_rollback=True):
        world.day = 0
        world.passes(0)
        world.level("may_be_contacted")
        world.assess("critical")
        level: str | None = "may_be_contacted"
        for who, what, number, value in moves:
            before = world.facts()
            answer = world.move(who, what, number, value)
            assert answer in {"done", "conflict", "not_found", "invalid_input", "rate_limited"}, answer
            after = world.facts()
            if answer != "done":
                assert after == before
            check_states(after)
            check_step(before, after)
            if what == "level":
                level = value
            shown = world.shown()
            if level == "may_be_contacted":
                assert shown == {key for key, row in after.items() if not row["is_unnamed"]}
            else:
                assert shown <= {key for key, row in after.items() if row["shared_at"]}
