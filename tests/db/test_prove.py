"""Proofs of rollbacks: one that does not undo its migration is found, rows included."""

from __future__ import annotations

import pytest

from carebase.db.prove import prove_rollbacks
from carebase.db.scratch import Scratch
from carebase.problems import DatabaseProblem
from carebase.project import Project
from tests.db.conftest import House

TABLE = "create table public.t (id int primary key, name text, version int default 1);"


def proof(house: House, scratch: Scratch, *, generous: bool = False) -> list[str]:
    found = prove_rollbacks(house.project, scratch, generous=generous).drifts
    return [f"{drift.seen}: {drift.difference}" for drift in found]


@pytest.mark.parametrize("generous", [True, False])
def test_a_chain_that_is_undone_link_by_link(house: House, scratch: Scratch, generous: bool) -> None:
    house.migration(1, TABLE, "drop table public.t;")
    house.migration(2, "insert into public.t values (1, 'a'), (2, 'b');", "delete from public.t;")
    house.migration(
        3, "update public.t set name = 'z' where id = 1;", "update public.t set name = 'a' where id = 1;"
    )
    house.migration(4, "select 1;", "-- carebase: nothing to undo: it only asks\n")
    house.migration(5, "delete from public.t;", "-- carebase: irreversible: the rows are gone\n")
    house.migration(6, "alter table public.t drop column name;", "alter table public.t add column name text;")
    assert proof(house, scratch, generous=generous) == []


@pytest.mark.parametrize(
    ("up", "down", "sentence"),
    [
        ("create table public.u (a int);", "select 1;", "relation public.u: unexpected"),
        ("alter table public.t drop column name;", "select 1;", "column public.t.name: missing"),
        (
            "alter table public.t drop column name;",
            "alter table public.t add column name varchar;",
            'column public.t.name: different: type expected "text", found "character varying"',
        ),
        (
            "insert into public.t values (2, 'b');",
            "select 1;",
            "rows public.t: different: count expected 1, found 2",
        ),
        (
            "update public.t set name = 'z';",
            "update public.t set name = 'y';",
            "rows public.t: different: digest",
        ),
        ("grant select on public.t to anon;", "select 1;", "grants TABLE public.t: different: anon"),
    ],
)
def test_a_rollback_that_leaves_something_is_found(
    house: House, scratch: Scratch, up: str, down: str, sentence: str
) -> None:
    house.migration(1, TABLE + "insert into public.t values (1, 'a');", "drop table public.t;")
    house.migration(2, up, down)
    found = proof(house, scratch)
    assert found
    assert all(one.startswith("after undoing 20260101000002_step_2: ") for one in found)
    assert sentence in " ".join(found)


def test_what_a_trigger_stamps_does_not_count(house: House, scratch: Scratch) -> None:
    stamp = (
        "create function public.stamp() returns trigger language plpgsql as"
        " $$ begin new.version := old.version + 1; return new; end $$;"
        "create trigger stamp before update on public.t for each row execute function public.stamp();"
    )
    house.migration(1, TABLE + "insert into public.t values (1, 'a');" + stamp, "drop table public.t; drop function public.stamp();")  # fmt: skip  # noqa: E501
    house.migration(2, "update public.t set name = 'z';", "update public.t set name = 'a';")
    assert proof(house, scratch) == []


def test_a_migration_that_does_not_run_twice_the_same_is_found(house: House, scratch: Scratch) -> None:
    house.migration(1, "create sequence public.s; " + TABLE, "drop sequence public.s; drop table public.t;")
    house.migration(
        2,
        "insert into public.t select id, 'x' from generate_series(1, nextval('public.s')) as id;",
        "delete from public.t;",
    )
    assert proof(house, scratch) == [
        "after applying 20260101000002_step_2 again: rows public.t: different: count expected 1, found 2"
    ]


def test_a_rollback_that_fails_is_named(house: House, scratch: Scratch) -> None:
    house.migration(1, TABLE, "drop table public.nowhere;")
    with pytest.raises(DatabaseProblem, match=r"supabase/rollbacks/20260101000001_step_1\.sql:1"):
        proof(house, scratch)


@pytest.mark.parametrize("generous", [True, False])
def test_every_rollback_of_this_house(project: Project, scratch: Scratch, generous: bool) -> None:
    assert [str(one.difference) for one in prove_rollbacks(project, scratch, generous=generous).drifts] == []
