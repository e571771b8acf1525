"""Rolling back: newest first, history and database together, and nothing half."""

from __future__ import annotations

import pytest

from carebase.db import migrations
from carebase.problems import DatabaseProblem, UsageProblem
from tests.db.conftest import House, ask, state


@pytest.fixture
def three(house: House, url: str) -> House:
    """Three tables, each of a migration of its own."""
    for number in (1, 2, 3):
        house.migration(number, f"create table public.t{number} (a int);", f"drop table public.t{number};")
    migrations.migrate(house.project, url)
    return house


def tables(url: str) -> list[object]:
    return [
        name for (name,) in ask(url, "select tablename from pg_tables where schemaname = 'public' order by 1")
    ]


def test_the_newest_goes_first(three: House, url: str) -> None:
    assert [m.name for m in migrations.rollback(three.project, url)] == ["step_3"]
    assert tables(url) == ["t1", "t2"]
    assert state(url)[1] == [("20260101000001",), ("20260101000002",)]


def test_several_steps_and_there_and_back(three: House, url: str) -> None:
    before = state(url)
    assert [m.name for m in migrations.rollback(three.project, url, steps=9)] == [
        "step_3",
        "step_2",
        "step_1",
    ]
    assert tables(url) == []
    migrations.migrate(three.project, url)
    assert state(url) == before


def test_to_a_version_and_to_nothing(three: House, url: str) -> None:
    migrations.rollback(three.project, url, to="20260101000001")
    assert tables(url) == ["t1"]
    assert migrations.rollback(three.project, url, to="20260101000001") == []
    migrations.rollback(three.project, url, to="0")
    assert tables(url) == []


def test_an_unknown_version_is_refused(three: House, url: str) -> None:
    with pytest.raises(UsageProblem, match="Version 20990101000000 is not applied"):
        migrations.rollback(three.project, url, to="20990101000000")
    assert tables(url) == ["t1", "t2", "t3"]


def test_a_failing_rollback_leaves_database_and_history_alone(three: House, url: str) -> None:
    three.migration(2, "create table public.t2 (a int);", "drop table public.t2;\ndrop table public.nowhere;")
    with pytest.raises(DatabaseProblem, match=r"supabase/rollbacks/.*step_2\.sql:2: statement 2 of 2"):
        migrations.rollback(three.project, url, steps=3)
    assert tables(url) == ["t1", "t2"]
    assert state(url)[1] == [("20260101000001",), ("20260101000002",)]


@pytest.mark.parametrize(
    ("up", "down", "code"),
    [
        (
            "create table public.t2 (a int);",
            "-- carebase: irreversible: the rows are gone\n",
            "rollback_irreversible",
        ),
        ("create table public.t2 (a bigint);", "drop table public.t2;", "migration_edited"),
    ],
)
def test_one_that_cannot_be_undone_stops_all_before_anything(
    three: House, url: str, up: str, down: str, code: str
) -> None:
    three.migration(2, up, down)
    with pytest.raises(DatabaseProblem) as caught:
        migrations.rollback(three.project, url, steps=3)
    assert caught.value.code == code
    assert "20260101000002_step_2" in caught.value.message
    assert tables(url) == ["t1", "t2", "t3"]


def test_a_missing_rollback_stops_all_before_anything(three: House, url: str) -> None:
    (three.project.rollbacks / "20260101000002_step_2.sql").unlink()
    with pytest.raises(DatabaseProblem, match="Version 20260101000002 cannot be undone"):
        migrations.rollback(three.project, url, steps=2)
    assert tables(url) == ["t1", "t2", "t3"]


def test_a_rollback_without_transaction(house: House, url: str) -> None:
    off = "-- carebase: transaction=off\n"
    house.migration(1, "create table public.t1 (a int);", "drop table public.t1;")
    house.migration(
        2, off + "create index concurrently i on public.t1 (a);", off + "drop index concurrently public.i;"
    )
    migrations.migrate(house.project, url)
    migrations.rollback(house.project, url)
    assert ask(url, "select to_regclass('public.i')") == [(None,)]
