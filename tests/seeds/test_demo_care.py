"""Who signs in to the demo's homes finds a day of care: tasks, medicines, incidents, a rota, training."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import sql
from psycopg.types.json import Jsonb

from carebase import seeds
from carebase.problems import UsageProblem
from carebase.project import Project
from carebase.seeds.documents import load_care, load_demo
from tests.seeds.test_seed_files import copied

DAY = date(2026, 11, 20)
WRONG = {
    "a resident who is nobody": ('resident = "resident2"', 'resident = "resident99"', "resident99"),
    "a witness who is nobody": ('witness = "carer2"', 'witness = "carer99"', "carer99"),
    "a home that is none": ('[[rotas]]\nsite = "oaks"', '[[rotas]]\nsite = "ashes"', "ashes"),
    "a course that is none": ('course = "fire_safety"', 'course = "ice_safety"', "ice_safety"),
    "two notes of one name": ('key = "ruth-mood"', 'key = "ruth-walk"', "ruth-walk"),
    "a medicine without times or need": ("times = [08:00:00]", "", "medicines.0"),
    "something that is to come": ('kind = "activity"\nago = 1', 'kind = "activity"\nago = 0', "ago"),
}  # fmt: skip


@pytest.fixture
def demo(database: str, project: Project) -> str:
    seeds.apply(database, project, "demo", DAY)
    return database


def ask_as(url: str, project: Project, email: str, query: str, *values: object) -> list[tuple[Any, ...]]:
    """What a signed-in person gets, at noon of the day of the demo."""
    user_id = next(user.id for user in seeds.demo_users(project) if user.email == email)
    with psycopg.connect(url) as conn:
        conn.execute("set local carebase.frozen_clock = '2026-11-20 12:00 Europe/London'")
        session_id = uuid4()
        conn.execute(
            "insert into auth.sessions (id, user_id, aal) values (%s, %s, 'aal1')", [session_id, user_id]
        )
        claims = Jsonb({"sub": str(user_id), "role": "authenticated", "session_id": str(session_id)})
        conn.execute("select set_config('request.jwt.claims', %s::text, true)", [claims])
        conn.execute("set local role authenticated")
        return conn.execute(sql.SQL(query), values).fetchall()


def rows(url: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as conn:
        return conn.execute(query.encode()).fetchall()


def home(url: str, name: str) -> UUID:
    found: UUID = rows(url, f"select id from public.sites where name = '{name}'")[0][0]
    return found


def test_a_carer_finds_the_tasks_of_the_day_and_those_that_were_done(demo: str, project: Project) -> None:
    tasks = ask_as(
        demo, project, "carer1@example.net",
        "select status::text, due_on from public.care_plan_task_occurrences",
    )  # fmt: skip
    assert {status for status, day in tasks if day == DAY} == {"due"}
    assert {status for status, day in tasks if day < DAY} == {"completed", "skipped", "missed"}
    assert max(day for _, day in tasks) == DAY + timedelta(days=2)
    listed = ask_as(
        demo, project, "carer1@example.net",
        "select instructions from"
        " public.list_shift_tasks(%s, '2026-11-20 07:00Z', '2026-11-20 19:00Z', 'treatment')",
        home(demo, "The Elms"),
    )  # fmt: skip
    assert ("Barrier cream.",) in listed


def test_a_nurse_reads_the_plan_that_is_followed_and_the_one_before(demo: str, project: Project) -> None:
    versions = ask_as(
        demo, project, "nurse.elms@example.net",
        "select status::text, version_number from public.care_plan_versions"
        " where plan_type = 'mobility' order by 2",
    )  # fmt: skip
    assert versions == [("superseded", 1), ("active", 2)]
    mine = "select count(*) from public.care_plan_versions"
    assert ask_as(demo, project, "son@example.net", mine) == [(1,)]
    assert ask_as(demo, project, "nurse.oaks@example.net", mine) == [(2,)]


def test_scores_are_those_of_the_instruments(demo: str) -> None:
    found = rows(demo, "select instrument_code, total::integer, band from public.assessments")
    # NEWS2: saturation 95 % counts 1; breathing 22 and saturation 93 % count 2, pulse 96 and 38.3 degrees 1.
    assert sorted(found) == [
        ("falls_checklist", 5, "found"), ("must", 2, "high"), ("news2", 1, "low"), ("news2", 6, "medium"),
    ]  # fmt: skip


def test_a_controlled_drug_has_two_signatures_and_a_register_that_adds_up(demo: str) -> None:
    given = rows(
        demo,
        "select administered_by, witnessed_by from public.medication_administrations"
        " where is_controlled and status = 'given'",
    )
    assert len(given) >= 3
    assert all(witness and witness != giver for giver, witness in given)
    register = rows(
        demo,
        "select entry_number, quantity, quantity_after from public.medication_stock_movements"
        " where is_controlled order by entry_number",
    )
    left = 0
    for number, (entry, quantity, after) in enumerate(register, 1):
        left += quantity
        assert (entry, after) == (number, left)
    assert left == 60 - len(given)
    assert rows(demo, "select count(*) > 0 from public.medication_doses where status = 'planned'") == [
        (True,)
    ]


def test_incidents_of_all_kinds_have_their_clocks(demo: str, project: Project) -> None:
    incidents = rows(demo, "select severity::text, status::text from public.incidents")
    assert sorted(incidents) == [
        ("low", "acknowledged"), ("moderate", "under_review"), ("none", "closed"), ("severe", "reported"),
    ]  # fmt: skip
    clocks = rows(demo, "select step::text, stopped_at is not null from public.incident_timers")
    assert {step for step, _ in clocks} == {"acknowledge", "act", "review", "close", "notify_regulator"}
    assert ("act", True) in clocks
    board = ask_as(demo, project, "manager.oaks@example.net", "select * from public.get_sla_board()")
    assert board


def test_one_rota_is_published_the_next_is_a_draft(demo: str, project: Project) -> None:
    monday = DAY - timedelta(days=DAY.weekday())
    weeks = rows(demo, "select status::text, week_on from public.rota_weeks order by week_on, status")
    assert ("published", monday) in weeks
    assert ("draft", monday + timedelta(days=7)) in weeks
    free = rows(
        demo,
        "select s.is_published from public.shifts as s where not exists ("
        "select from public.shift_assignments as a where a.org_id = s.org_id and a.shift_id = s.id)",
    )
    assert {(True,), (False,)} == set(free)
    offers = rows(
        demo,
        "select o.status::text, s.is_published, s.starts_at > o.closes_at from public.shift_offers as o"
        " inner join public.shifts as s on s.org_id = o.org_id and s.id = o.shift_id",
    )
    assert offers == [("open", True, True)]
    claimed = ask_as(
        demo, project, "carer1@example.net",
        "select (public.claim_shift(id)).id is not null from public.shift_offers",
    )  # fmt: skip
    assert claimed == [(True,)]


def test_somebody_may_not_be_rostered_and_some_training_runs_out(demo: str, project: Project) -> None:
    figures = rows(
        demo,
        "select sum(expiring_count), sum(expired_count) from public.compliance_stats where role <> 'manager'",
    )
    assert figures[0][0] >= 3
    assert figures[0][1] == 1
    shift = rows(demo, "select id from public.shifts where not is_published order by starts_at limit 1")[0][0]
    carer = next(user.id for user in seeds.demo_users(project) if user.email == "carer4@example.net")
    reasons = rows(
        demo,
        "select reason::text from public.shifts"
        f" cross join lateral app.assignment_faults(org_id, id, '{carer}')"
        f" where id = '{shift}'",
    )
    assert ("training",) in reasons


def test_a_handover_waits_for_who_comes_in(demo: str, project: Project) -> None:
    sources = rows(demo, "select distinct source::text from public.handover_items order by 1")
    assert {("entered",), ("daily_note",), ("assessment_follow_up",)} <= set(sources)
    acknowledged = ask_as(
        demo, project, "carer1@example.net",
        "select (public.acknowledge_handover(id)).item_count from public.handovers",
    )  # fmt: skip
    assert acknowledged[0][0] >= 3


def test_a_year_later_it_still_seeds(demo: str, project: Project) -> None:
    """Everybody's training has run out by then: the new weeks have nobody on them."""
    later = seeds.apply(demo, project, "demo", date(2027, 12, 1))
    inserted = {line.table: line.inserted for line in later.tables}
    assert inserted["public.shifts"] > 0
    assert "public.shift_assignments" not in inserted


def test_a_week_that_was_planned_anew_stays(demo: str, project: Project) -> None:
    with psycopg.connect(demo, autocommit=True) as conn:
        conn.execute("delete from public.shift_assignments")
        assert seeds.apply(demo, project, "demo", DAY).changed == 0


@pytest.mark.parametrize(("right", "wrong", "named"), WRONG.values(), ids=WRONG)
def test_a_wrong_file_is_refused_by_name(
    right: str, wrong: str, named: str, project: Project, tmp_path: Any
) -> None:
    copy = copied(project, tmp_path)
    file = copy.seeds / "demo" / "care" / "meadow.toml"
    text = file.read_text(encoding="utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(UsageProblem) as caught:
        load_care(copy, load_demo(copy))
    assert caught.value.code == "seed_file_invalid"
    assert str(file) in caught.value.message
    assert named in caught.value.message
