"""Where seeding ends with a sentence, and leaves the database as it was."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from carebase import seeds
from carebase.problems import DatabaseProblem, EnvironmentProblem, Problem, UsageProblem
from carebase.project import Project
from tests.seeds.conftest import Rows


def refused(kind: type[Problem], call: Callable[[], object]) -> Problem:
    with pytest.raises(kind) as caught:
        call()
    return caught.value


def test_the_demo_stays_on_this_machine(
    database: str, project: Project, all_rows: Callable[[str], Rows]
) -> None:
    """0.0.0.0 leads to this very server, but is no address that proves it."""
    elsewhere = make_conninfo(database, host="0.0.0.0")  # noqa: S104 - connects, does not listen
    before = all_rows(database)
    problem = refused(UsageProblem, lambda: seeds.apply(elsewhere, project, "demo"))
    assert problem.code == "database_not_local"
    assert "0.0.0.0" in problem.message  # noqa: S104 - as above
    assert "--allow-remote" in problem.hint
    assert all_rows(database) == before
    assert seeds.apply(elsewhere, project, "reference").changed == 0
    assert seeds.apply(elsewhere, project, "demo", allow_remote=True).changed


def test_a_database_without_our_tables(make_database: Callable[[str], str], project: Project) -> None:
    problem = refused(DatabaseProblem, lambda: seeds.apply(make_database("platform"), project, "reference"))
    assert problem.code == "schema_missing"
    assert "carebase db migrate" in problem.hint


def test_a_real_person_with_a_demo_address(
    database: str, project: Project, all_rows: Callable[[str], Rows]
) -> None:
    with psycopg.connect(database, autocommit=True) as conn:
        conn.execute("insert into auth.users (id, email) values (gen_random_uuid(), 'nurse1@example.com')")
    before = all_rows(database)
    problem = refused(DatabaseProblem, lambda: seeds.apply(database, project, "demo"))
    assert problem.code == "seed_conflict"
    assert "auth.users" in problem.message
    assert "nurse1" not in problem.message
    assert all_rows(database) == before


def test_a_user_who_may_not_write(database: str, project: Project, all_rows: Callable[[str], Rows]) -> None:
    before = all_rows(database)
    with psycopg.connect(database) as conn:
        conn.execute("set role authenticated")
        conn.commit()
        problem = refused(DatabaseProblem, lambda: seeds.apply(conn, project, "demo"))
    assert problem.code == "seed_forbidden"
    assert "postgres" in problem.hint
    assert all_rows(database) == before


def test_nobody_there(project: Project) -> None:
    url = make_conninfo(host="127.0.0.1", port=1, user="postgres", password="secret-in-a-url")
    problem = refused(EnvironmentProblem, lambda: seeds.apply(url, project, "reference"))
    assert "secret-in-a-url" not in problem.message + problem.hint


def test_an_unknown_seed(database: str, project: Project) -> None:
    problem = refused(UsageProblem, lambda: seeds.apply(database, project, "production"))  # type: ignore[arg-type]
    assert problem.code == "seed_unknown"
    assert "reference, demo" in problem.hint
