"""Every database has a library and somebody to call; the demo has a circle that keeps what is said in it."""

from __future__ import annotations

import psycopg
import pytest

from carebase import seeds
from carebase.project import Project
from tests.seeds.test_demo_history import DAY, ask_as, user

# As published by those who run them.
CRISIS_LINES = {
    ("US", "988"),
    ("US", "741741"),
    ("US", "1-800-799-7233"),
    ("GB", "116 123"),
    ("GB", "85258"),
    ("GB", "111"),
    ("GB", "0808 2000 247"),
    ("DE", "0800 1110111"),
    ("DE", "116 016"),
    ("DK", "70 201 201"),
    ("DK", "1888"),
}


@pytest.fixture
def demo(database: str, project: Project) -> str:
    seeds.apply(database, project, "demo", DAY)
    return database


def test_there_is_somebody_to_call_at_any_hour(database: str) -> None:
    with psycopg.connect(database) as conn:
        lines = conn.execute(
            "select country_code, telephone from public.resilience_resources where is_crisis and is_active"
        ).fetchall()
    assert set(lines) == CRISIS_LINES


def test_each_category_can_be_learned_and_has_somebody_to_turn_to(database: str) -> None:
    with psycopg.connect(database) as conn:
        for table, least in (("resilience_training_modules", 2), ("resilience_resources", 1)):
            counts = conn.execute(
                f"""select category, count(rows.id) from unnest(enum_range(null::public.resilience_category))
                    as categories (category) left join public.{table} as rows using (category)
                    group by category""".encode()
            ).fetchall()
            assert len(counts) == 11
            assert min(count for _, count in counts) >= least, (table, counts)
            assert sum(count for _, count in counts) >= 30


def test_each_dimension_says_what_helps_with_it(database: str) -> None:
    with psycopg.connect(database) as conn:
        best = conn.execute(
            """select dimension, max(weight), count(*) filter (where weight = 1)
               from unnest(enum_range(null::public.resilience_dimension)) as dimensions (dimension)
               left join public.resilience_dimension_categories using (dimension) group by dimension"""
        ).fetchall()
    assert [(largest, how_many) for _, largest, how_many in best] == [(1, 1)] * 6


def test_modules_name_their_evidence_or_claim_none(database: str) -> None:
    with psycopg.connect(database) as conn:
        modules = conn.execute(
            "select evidence_based, evidence, length(description) from public.resilience_training_modules"
        ).fetchall()
    assert len(modules) >= 30
    assert all(is_based == bool(evidence) for is_based, evidence, _ in modules)
    assert sum(is_based for is_based, _, _ in modules) >= 30
    assert min(length for _, _, length in modules) > 100


def test_what_a_super_administrator_took_out_stays_out(database: str, project: Project) -> None:
    with psycopg.connect(database, autocommit=True) as conn:
        conn.execute("update public.resilience_resources set is_active = false where telephone = '111'")
        assert seeds.apply(database, project, "reference").changed == 0
        row = conn.execute("select count(*) from public.resilience_resources where not is_active").fetchone()
    assert row == (1,)


def test_the_circle_reads_itself_and_one_name(demo: str, project: Project) -> None:
    said = ask_as(
        demo,
        user(project, "nurse3@example.com"),
        "select author_name, is_anonymous from public.support_circle_reflections order by is_anonymous",
    )
    assert said == [("Juniper Moonbeam", False), (None, True)]
    members = "select count(*) from public.provider_support_circle_members"
    assert ask_as(demo, user(project, "nurse3@example.com"), members) == [(4,)]


@pytest.mark.parametrize("email", ["caremanager@example.com", "wellness@example.com", "nurse6@example.com"])
def test_others_know_that_there_is_a_circle(demo: str, project: Project, email: str) -> None:
    person = user(project, email)
    assert ask_as(demo, person, "select name from public.provider_support_circles") == [
        ("Tuesday evening circle",)
    ]
    assert ask_as(demo, person, "select id from public.provider_support_circle_members") == []
    assert ask_as(demo, person, "select id from public.support_circle_reflections") == []
