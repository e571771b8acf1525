"""What leaders read of a team, before and after anything that one person does, in every range: no difference.

A small organization lives for some days, made up by hypothesis: people check in under their name or without
it, change how far they take part, withdraw, delete everything, come late by import, lose their account. After
each of it an attacker reads. Whatever they subtract: a day that was once answered is answered the same for
ever, in whatever range, and never for fewer than five.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.rows import dict_row

from carebase.project import Project

TEAM_SIZE = 7
DAYS = 6
FIRST_DAY = "2026-03-02"
LEVELS = ("anonymous", "aggregate_only", "may_be_contacted")
FIGURES = (
    "people_count",
    "average_stress_level",
    "average_energy_level",
    "average_patients_contacted",
    "average_overtime_hours",
    "missed_break_percent",
    "checkins_per_provider_week",
)

NURSE = st.integers(0, TEAM_SIZE - 1)
DEED = st.one_of(
    st.tuples(st.just("level"), NURSE, st.sampled_from(LEVELS)),
    st.tuples(st.just("withdraw"), NURSE, st.none()),
    st.tuples(st.just("delete"), NURSE, st.none()),
    st.tuples(st.just("leave"), NURSE, st.none()),
    st.tuples(st.just("late"), NURSE, st.integers(0, DAYS - 1)),
)
# Who checks in on each day with which stress (None: not), and what is done in the course of it.
DAY = st.tuples(
    st.lists(st.none() | st.integers(1, 10), min_size=TEAM_SIZE, max_size=TEAM_SIZE),
    st.lists(DEED, max_size=3),
    st.booleans(),
)

Team = tuple[psycopg.Connection[Any], Any, Any, list[Any]]


@pytest.fixture
def team(database: str, project: Project, server: Any) -> Iterator[Team]:
    """A connection, an organization of seven nurses, and their care manager."""
    name = psycopg.conninfo.conninfo_to_dict(database)["dbname"]
    with psycopg.connect(server.url(name), autocommit=True, row_factory=dict_row) as conn:
        conn.execute((project.root / "tests" / "sql" / "helpers.sql").read_bytes())
        org = one(conn, "select tests.make_org('lakeside', true, 'UTC')")
        manager, *nurses = (
            one(conn, "select tests.make_person(%s, %s, %s)", org, role, f"{role}{number}")
            for number, role in enumerate(["care_manager", *["nurse"] * TEAM_SIZE])
        )
        yield conn, org, manager, nurses


def one(conn: psycopg.Connection[Any], query: str, *values: Any) -> Any:
    """The only value of a query."""
    row = conn.execute(query.encode(), values).fetchone()
    return next(iter(row.values())) if row else None


def act(conn: psycopg.Connection[Any], person: Any) -> None:
    conn.execute("select tests.act_as(%s)", [person])


def system(conn: psycopg.Connection[Any]) -> None:
    conn.execute("select tests.act_as_system()")


def refusal(conn: psycopg.Connection[Any], statement: str) -> str | None:
    code: str | None = one(conn, "select tests.refusal(%s)", statement)
    return code


class Attacker:
    """Reads every range there is and remembers every figure that was ever answered."""

    def __init__(self, conn: psycopg.Connection[Any], manager: Any) -> None:
        self.conn, self.manager = conn, manager
        self.known: dict[Any, tuple[Any, ...]] = {}
        self.answers = 0

    def look(self) -> None:
        act(self.conn, self.manager)
        rows = self.conn.execute(
            """select ranges.a, ranges.b, days.*
               from (
                 select %(first)s::date + a as a, %(first)s::date + b as b
                 from generate_series(0, %(last)s) as a, generate_series(0, %(last)s) as b where a <= b
               ) as ranges
               cross join lateral public.get_team_checkin_summary(ranges.a, ranges.b) as days""",
            {"first": FIRST_DAY, "last": DAYS},
        ).fetchall()
        system(self.conn)
        for row in rows:
            self.answers += 1
            figures = tuple(row[name] for name in FIGURES)
            if row["is_open"]:
                assert set(figures) == {None}
                assert row["checkin_date"] not in self.known, "a day that was answered is open again"
                continue
            assert row["is_suppressed"] == (row["people_count"] is None)
            if row["is_suppressed"]:
                assert set(figures) == {None}, "a suppressed day shows something"
            else:
                assert row["people_count"] >= 5
            assert self.known.setdefault(row["checkin_date"], figures) == figures, "a closed day changed"


def do(conn: psycopg.Connection[Any], org: Any, nurses: list[Any], deed: tuple[str, int, Any]) -> None:
    kind, number, what = deed
    nurse = nurses[number]
    if kind == "level":
        conn.execute("select tests.give_consent(%s, %s, %s)", [org, nurse, what])
    elif kind == "leave":
        conn.execute(
            "update public.org_practitioners set is_active = not is_active"
            " where practitioner_id = tests.practitioner_of(%s)",
            [nurse],
        )
    elif kind == "late":
        conn.execute(
            """insert into public.provider_daily_checkins
                 (org_id, user_id, practitioner_id, checkin_date, work_setting, stress_level, energy_level)
               values (%s, %s, tests.practitioner_of(%s), %s::date + %s, 'clinic', 10, 1)
               on conflict do nothing""",
            [org, nurse, nurse, FIRST_DAY, what],
        )
    else:
        act(conn, nurse)
        if kind == "withdraw":
            conn.execute("select public.withdraw_resilience_consent()")
        else:
            conn.execute("select public.delete_my_resilience_data('delete everything')")
        system(conn)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(days=st.lists(DAY, min_size=DAYS, max_size=DAYS))
def test_no_answer_differs_whatever_one_person_does(team: Team, days: list[Any]) -> None:
    conn, org, manager, nurses = team
    with conn.transaction(force_rollback=True):
        attacker = Attacker(conn, manager)
        conn.execute("select tests.freeze_clock(%s::date + time '00:01')", [FIRST_DAY])
        for number, nurse in enumerate(nurses):
            conn.execute("select tests.give_consent(%s, %s, %s)", [org, nurse, LEVELS[number % 3]])
        for day, (checkins, deeds, job_runs) in enumerate(days):
            conn.execute("select tests.freeze_clock(%s::date + %s + time '12:00')", [FIRST_DAY, day])
            if job_runs:
                conn.execute("select tests.close_days(%s)", [org])
            for nurse, stress in zip(nurses, checkins, strict=True):
                if stress:
                    act(conn, nurse)
                    assert refusal(conn, f"select public.submit_daily_checkin('clinic', {stress}, 5)") in (
                        None,
                        "consent_required",
                        "permission_denied",
                    )
                    system(conn)
            attacker.look()
            for deed in deeds:
                do(conn, org, nurses, deed)
            attacker.look()
        conn.execute("select tests.freeze_clock(%s::date + %s + time '12:00')", [FIRST_DAY, DAYS])
        conn.execute("select tests.close_days(%s)", [org])
        attacker.look()
        for nurse in nurses:
            do(conn, org, nurses, ("delete", nurses.index(nurse), None))
        attacker.look()
        assert len(attacker.known) == DAYS
        assert attacker.answers > 1000


def test_it_would_be_noticed_if_a_closed_day_were_counted_again(team: Team) -> None:
    """The attack above finds the fault that it is for."""
    conn, org, manager, nurses = team
    with conn.transaction(force_rollback=True):
        attacker = Attacker(conn, manager)
        conn.execute("select tests.freeze_clock(%s::date + time '12:00')", [FIRST_DAY])
        for nurse in nurses[:6]:
            conn.execute("select tests.give_consent(%s, %s, 'aggregate_only')", [org, nurse])
            act(conn, nurse)
            conn.execute("select public.submit_daily_checkin('clinic', 5, 5)")
            system(conn)
        conn.execute("select tests.freeze_clock(%s::date + 1 + time '12:00')", [FIRST_DAY])
        conn.execute("select tests.close_days(%s)", [org])
        attacker.look()
        assert sum(figures[0] is not None for figures in attacker.known.values()) == 1
        do(conn, org, nurses, ("delete", 0, None))
        # What the fault takes: a closed day refuses to go.
        conn.execute("alter table public.provider_checkin_days disable trigger _200_frozen")
        conn.execute("delete from public.provider_checkin_days")
        conn.execute("select tests.close_days(%s)", [org])
        with pytest.raises(AssertionError, match="a closed day changed"):
            attacker.look()
