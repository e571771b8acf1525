"""Whatever is written, withdrawn or rolled back: the figures that triggers keep are those of a recount."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carebase.project import Project
from carebase.stack.server import PostgresServer
from tests.conftest import cloned

Connection = psycopg.Connection[Any]
PEOPLE, COURSES = 4, 2
_DIFFERENT = """
with kept as (
  select site_id, role, code, required_count, compliant_count, expiring_count, expired_count
  from public.compliance_stats where org_id = %(org)s
),
counted as (
  select site_id, role, code, required_count, compliant_count, expiring_count, expired_count
  from app.count_compliance(%(org)s, app.organization_day(%(org)s))
)
(table kept except table counted) union all (table counted except table kept)
"""


@pytest.fixture(scope="module")
def url(server: PostgresServer, templates: dict[str, str], project: Project) -> Iterator[str]:
    with cloned(server, templates["migrated"]) as database:
        with psycopg.connect(server.url(database), autocommit=True) as conn:
            conn.execute((project.root / "tests" / "sql" / "helpers.sql").read_bytes())
            conn.execute("grant usage on schema tests to postgres")
        yield server.url(database, "postgres")


@pytest.fixture(scope="module")
def home(url: str) -> tuple[UUID, list[UUID], list[UUID], list[UUID]]:
    """An organization, two sites, people with roles at them or everywhere, courses that they need."""
    with psycopg.connect(url, autocommit=True) as conn:

        def one(query: str, *values: object) -> UUID:
            row = conn.execute(query.encode(), values).fetchone()
            assert row
            return UUID(str(row[0]))

        org = one("select tests.make_org('lakeside')")
        sites = [one("select tests.make_site(%s, %s)", org, name) for name in ("The Elms", "The Oaks")]
        people = [
            one("select tests.make_staff(%s, %s, %s, %s)", org, role, f"P{number}", site)
            for number, (role, site) in enumerate(
                [("carer", sites[0]), ("carer", sites[0]), ("nurse", sites[1]), ("carer", None)]
            )
        ]
        courses = [
            one(
                "insert into public.training_courses (org_id, code, title) values (%s, %s, 'x') returning id",
                org,
                f"course_{number}",
            )
            for number in range(COURSES)
        ]
        for course in courses:
            for role in ("carer", "nurse"):
                one(
                    """insert into public.training_requirements (org_id, course_id, role)
                       values (%s, %s, %s::text::public.app_role) returning id""",
                    org,
                    course,
                    role,
                )
        return org, sites, people, courses


STEP = st.one_of(
    st.tuples(
        st.just("record"),
        st.integers(0, PEOPLE - 1),
        st.integers(0, COURSES - 1),
        st.sampled_from([-400, -40, -1, 0, 1, 29, 30, 31, 400]),
    ),
    st.tuples(st.just("withdraw"), st.integers(0, 50)),
    st.tuples(st.just("role"), st.integers(0, PEOPLE - 1), st.integers(0, 1)),
    st.tuples(st.just("leave"), st.integers(0, PEOPLE - 1)),
    st.tuples(st.just("require"), st.integers(0, COURSES - 1)),
    st.tuples(st.just("savepoint"), st.booleans()),
)


def take(
    conn: Connection, home: tuple[UUID, list[UUID], list[UUID], list[UUID]], step: tuple[Any, ...]
) -> None:
    org, sites, people, courses = home
    match step:
        case ("record", person, course, days):
            conn.execute(
                """insert into public.training_records (org_id, user_id, course_id, completed_on, expires_on)
                   select %s, %s, %s, today.day - 500, today.day + %s
                   from app.organization_day(%s) as today (day)""",
                [org, people[person], courses[course], days, org],
            )
        case ("withdraw", number):
            conn.execute(
                """update public.training_records set status = 'withdrawn' where org_id = %s and id = (
                     select id from public.training_records where org_id = %s order by id offset %s limit 1
                   )""",
                [org, org, number],
            )
        case ("role", person, site):
            conn.execute(
                """insert into public.role_assignments (org_id, user_id, role, site_id)
                   values (%s, %s, 'nurse', %s) on conflict do nothing""",
                [org, people[person], sites[site]],
            )
        case ("leave", person):
            conn.execute(
                """update public.staff_members set employed_during = daterange('2020-01-01', '2021-01-01')
                   where org_id = %s and user_id = %s""",
                [org, people[person]],
            )
        case ("require", course):
            conn.execute(
                """update public.training_requirements set deleted_at = now()
                   where org_id = %s and course_id = %s and role = 'carer'""",
                [org, courses[course]],
            )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, max_size=12))
def test_figures_are_those_of_a_recount(
    url: str, home: tuple[UUID, list[UUID], list[UUID], list[UUID]], steps: list[tuple[Any, ...]]
) -> None:
    """Also after savepoints that were rolled back; and the whole example is."""
    with psycopg.connect(url) as conn, conn.transaction(force_rollback=True):
        for step in steps:
            if step[0] == "savepoint":
                conn.execute(
                    "rollback to here" if step[1] and conn.execute(_OPEN).fetchone() else "savepoint here"
                )
                conn.execute("select set_config('tests.here', 'on', true)")
                continue
            take(conn, home, step)
        assert conn.execute(_DIFFERENT, {"org": home[0]}).fetchall() == []


_OPEN = "select 1 where current_setting('tests.here', true) = 'on'"


def test_two_who_record_at_once_are_both_counted(
    url: str, home: tuple[UUID, list[UUID], list[UUID], list[UUID]]
) -> None:
    """The second waits for the first and counts what it wrote; without the lock one would be lost."""
    org = home[0]
    with psycopg.connect(url) as first, psycopg.connect(url) as second, ThreadPoolExecutor(1) as pool:
        take(first, home, ("record", 0, 0, 400))
        waiting = pool.submit(take, second, home, ("record", 1, 0, 400))
        with pytest.raises(TimeoutError):
            waiting.result(timeout=0.5)
        first.commit()
        waiting.result(timeout=20)
        second.commit()
    with psycopg.connect(url, autocommit=True) as conn:
        assert conn.execute(_DIFFERENT, {"org": org}).fetchall() == []
        found = conn.execute(
            """select compliant_count from public.compliance_stats
               where org_id = %s and site_id = %s and code = 'course_0'""",
            [org, home[1][0]],
        ).fetchone()
        assert found == (2,)
