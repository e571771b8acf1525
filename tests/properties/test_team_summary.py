"""Whatever the team writes: a day is published exactly when it is over and five people or more checked in."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.rows import dict_row

from carebase.project import Project

TEAM_SIZE = 8
DAYS = 9
CHECKIN = st.tuples(st.integers(1, 10), st.integers(1, 10), st.booleans(), st.decimals(0, 24, places=2))
# Per day, what each of the team wrote (None: did not check in). The last day is today.
HISTORY = st.lists(
    st.lists(st.none() | CHECKIN, min_size=TEAM_SIZE, max_size=TEAM_SIZE), min_size=DAYS, max_size=DAYS
)


@pytest.fixture
def team(
    database: str, project: Project, server: Any
) -> Iterator[tuple[psycopg.Connection[Any], list[Any], Any]]:
    """A care manager with a team of eight, on a connection that acts as them."""
    name = psycopg.conninfo.conninfo_to_dict(database)["dbname"]
    with psycopg.connect(server.url(name), autocommit=True, row_factory=dict_row) as conn:
        conn.execute((project.root / "tests" / "sql" / "helpers.sql").read_bytes())
        org = conn.execute("select tests.make_org('lakeside', true, 'UTC') as id").fetchone()["id"]  # type: ignore[index]
        people = [
            conn.execute("select tests.make_person(%s, %s, %s) as id", (org, role, role)).fetchone()["id"]  # type: ignore[index]
            for role in ["care_manager", *["nurse"] * TEAM_SIZE]
        ]
        yield conn, people, org


def rounded(values: list[Decimal], places: str) -> Decimal:
    return (sum(values, Decimal(0)) / len(values)).quantize(Decimal(places), ROUND_HALF_UP)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=HISTORY)
def test_figures_appear_only_for_closed_days_of_five_or_more(team: Any, history: list[list[Any]]) -> None:
    conn, (manager, *nurses), org = team
    with conn.transaction(force_rollback=True):
        for age, day in enumerate(reversed(history)):
            for nurse, checkin in zip(nurses, day, strict=True):
                if checkin:
                    conn.execute(
                        """insert into public.provider_daily_checkins
                             (org_id, user_id, practitioner_id, checkin_date, work_setting,
                              stress_level, energy_level, missed_break, overtime_hours)
                           values (%s, %s, tests.practitioner_of(%s),
                             (now() at time zone 'UTC')::date - %s::integer, 'clinic', %s, %s, %s, %s)""",
                        (org, nurse, nurse, age, *checkin),
                    )
        conn.execute("select tests.close_days(%s)", (org,))
        conn.execute("select tests.act_as(%s)", (manager,))
        answer = conn.execute(
            "select * from public.get_team_checkin_summary((now() at time zone 'UTC')::date - %s::integer)",
            (DAYS - 1,),
        ).fetchall()

    assert len(answer) == DAYS
    for index, (row, day) in enumerate(zip(answer, history, strict=True)):
        present = [checkin for checkin in day if checkin]
        is_open = index == DAYS - 1
        published = not is_open and len(present) >= 5
        assert row["is_open"] == is_open
        assert row["is_suppressed"] == (not is_open and not published)
        figures = {
            key: value
            for key, value in row.items()
            if key not in ("checkin_date", "is_open", "is_suppressed")
        }
        if not published:
            assert set(figures.values()) == {None}
            continue
        assert figures["people_count"] == len(present)
        assert figures["average_stress_level"] == rounded([Decimal(c[0]) for c in present], "0.1")
        assert figures["average_energy_level"] == rounded([Decimal(c[1]) for c in present], "0.1")
        assert figures["missed_break_percent"] == rounded([Decimal(100 * c[2]) for c in present], "1")
        assert figures["average_overtime_hours"] == rounded([c[3] for c in present], "0.1")
        week = [len([c for c in d if c]) for d in history[max(0, index - 6) : index + 1]]
        assert figures["checkins_per_provider_week"] == (
            Decimal(sum(people for people in week if people >= 5)) / (TEAM_SIZE + 1)
        ).quantize(Decimal("0.01"), ROUND_HALF_UP)
