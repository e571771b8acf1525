"""Migrating: all of a migration or nothing, and never a database that this checkout does not fit."""

from __future__ import annotations

import psycopg
import pytest

from carebase.db import migrations
from carebase.db.scratch import Scratch
from carebase.problems import DatabaseProblem, UsageProblem
from carebase.stack import platform
from tests.db.conftest import House, ask, state

STATEMENTS = [
    "create table public.t (id integer primary key, other integer references public.t (id))",
    "insert into public.t values (1, null), (2, 1)",
    "create type public.mood as enum ('ok')",
    "alter table public.t add column mood public.mood",
    "grant select on public.t to anon",
    "comment on table public.t is 'T'",
]


def test_migrations_are_applied_in_order_and_recorded(house: House, url: str) -> None:
    house.migration(2, "alter table public.a add column b int;")
    house.migration(1, "-- first\ncreate table public.a (a int);\n\ncomment on table public.a is 'x; y';")
    done = migrations.migrate(house.project, url)
    assert [migration.name for migration in done] == ["step_1", "step_2"]
    assert ask(
        url, "select version, name, statements from supabase_migrations.schema_migrations order by 1"
    ) == [
        (
            "20260101000001",
            "step_1",
            ["create table public.a (a int)", "comment on table public.a is 'x; y'"],
        ),
        ("20260101000002", "step_2", ["alter table public.a add column b int"]),
    ]
    assert migrations.migrate(house.project, url) == []


def test_everything_belongs_to_postgres_whoever_connects(house: House, scratch: Scratch, url: str) -> None:
    house.migration(1, "create table public.a (a int);")
    migrations.migrate(house.project, scratch.server.url(url.rsplit("/", 1)[1]))
    assert ask(
        url, "select relowner::regrole::text from pg_class where relname in ('a', 'schema_migrations')"
    ) == [
        ("postgres",),
        ("postgres",),
    ]


@pytest.mark.parametrize("position", range(len(STATEMENTS) + 1))
def test_wherever_it_fails_the_database_stays_as_it_was(house: House, url: str, position: int) -> None:
    house.migration(1, "create table public.before (a int);")
    migrations.migrate(house.project, url)
    before = state(url)
    texts = [*STATEMENTS[:position], "select 1 / count(*) from public.before", *STATEMENTS[position:]]
    house.migration(2, ";\n\n".join(texts) + ";\n")
    house.migration(3, "create table public.never (a int);")
    with pytest.raises(DatabaseProblem) as caught:
        migrations.migrate(house.project, url)
    line = 2 * position + 1
    said = caught.value.message
    assert (
        f"supabase/migrations/20260101000002_step_2.sql:{line}: statement {position + 1} of 7 (select 1 /"
        in said
    )
    assert "division by zero" in said
    assert "The database is as it was before this file." in said
    assert state(url) == before


def test_what_is_checked_only_at_commit_is_blamed_on_the_migration(house: House, url: str) -> None:
    foreign_key = "references public.t (id) deferrable initially deferred"
    table = f"create table public.t (id integer primary key, other integer {foreign_key});"
    house.migration(1, f"{table}\ninsert into public.t values (1, 7);")
    before = state(url)
    with pytest.raises(DatabaseProblem, match=r"(?s)20260101000001_step_1\.sql.*t_other_fkey.*as it was"):
        migrations.migrate(house.project, url)
    assert state(url)[0] == before[0]


def test_the_line_within_a_long_statement_and_the_place_in_a_function_are_named(
    house: House, url: str
) -> None:
    house.migration(1, "select 1;\nselect\n  1,\n  nope;")
    with pytest.raises(
        DatabaseProblem, match=r"step_1\.sql:4: statement 2 of 2 \(select\) failed: column \"nope\""
    ):
        migrations.migrate(house.project, url)
    house.migration(1, "do $$\nbegin\n  raise exception 'no' using hint = 'Ask.', detail = 'Why.';\nend $$;")
    with pytest.raises(
        DatabaseProblem, match=r"(?s)failed: no\.\nWhy\.\nPL/pgSQL function .* line 3"
    ) as caught:
        migrations.migrate(house.project, url)
    assert caught.value.hint == "Ask."


def test_earlier_migrations_stay_and_the_next_run_goes_on(house: House, url: str) -> None:
    house.migration(1, "create table public.a (a int);")
    house.migration(2, "create table public.a (a int);")
    with pytest.raises(DatabaseProblem, match='relation "a" already exists'):
        migrations.migrate(house.project, url)
    house.migration(2, "create table public.b (a int);")
    assert [migration.name for migration in migrations.migrate(house.project, url)] == ["step_2"]


def test_a_migration_leaves_no_settings_behind(house: House, url: str) -> None:
    house.migration(1, "set search_path = pg_catalog; set role anon; set statement_timeout = '1ms';")
    house.migration(2, "create table a (a int); select pg_sleep(0.05);")
    migrations.migrate(house.project, url)
    assert ask(url, "select relnamespace::regnamespace::text from pg_class where relname = 'a'") == [
        ("public",)
    ]


def test_without_transaction_each_statement_stands_alone(house: House, url: str) -> None:
    house.migration(1, "create table public.a (a int);")
    house.migration(
        2,
        "-- carebase: transaction=off\n"
        "create index concurrently a_idx on public.a (a);\nselect 1 / 0;\nselect 1;",
    )
    with pytest.raises(DatabaseProblem, match=r"its first 1 statement\(s\) stay done"):
        migrations.migrate(house.project, url)
    assert ask(url, "select to_regclass('public.a_idx') is not null") == [(True,)]
    assert state(url)[1] == [("20260101000001",)]
    house.migration(2, "-- carebase: transaction=off\ndrop index concurrently public.a_idx;")
    migrations.migrate(house.project, url)
    assert state(url)[1] == [("20260101000001",), ("20260101000002",)]


def test_a_database_ahead_of_the_checkout_is_refused(house: House, url: str) -> None:
    house.migration(1, "create table public.a (a int);")
    version = house.migration(2, "create table public.b (a int);")
    migrations.migrate(house.project, url)
    for folder in (house.project.migrations, house.project.rollbacks):
        (folder / f"{version}_step_2.sql").unlink()
    house.migration(3, "create table public.c (a int);")
    before = state(url)
    with pytest.raises(
        DatabaseProblem, match=f"has had migrations that this checkout lacks: {version}"
    ) as caught:
        migrations.migrate(house.project, url)
    assert caught.value.code == "database_ahead"
    assert state(url) == before


def test_an_edited_migration_is_refused_but_not_for_its_comments(house: House, url: str) -> None:
    house.migration(1, "create table public.a (a int);")
    migrations.migrate(house.project, url)
    house.migration(1, "-- why\ncreate  table public.a (\n  a int\n)")
    assert migrations.migrate(house.project, url) == []
    house.migration(1, "create table public.a (a bigint);")
    house.migration(2, "create table public.b (a int);")
    with pytest.raises(
        DatabaseProblem, match=r"changed since: 20260101000001_step_1\. Nobody edits an applied"
    ):
        migrations.migrate(house.project, url)
    assert [row.state for row in migrations.status(house.project, url)] == ["edited", "pending"]


def test_a_pending_migration_older_than_an_applied_one_is_refused(house: House, url: str) -> None:
    house.migration(2, "create table public.b (a int);")
    migrations.migrate(house.project, url)
    house.migration(1, "create table public.a (a int);")
    with pytest.raises(DatabaseProblem, match=r"Older than the newest .*20260101000001_step_1") as caught:
        migrations.migrate(house.project, url)
    assert caught.value.code == "migration_out_of_order"
    assert ask(url, "select to_regclass('public.a')") == [(None,)]


def test_nothing_runs_while_one_file_is_unfit(house: House, url: str) -> None:
    house.migration(1, "create table public.a (a int);")
    house.migration(2, "create table public.b (a int);", None)
    with pytest.raises(UsageProblem, match="has no rollback"):
        migrations.migrate(house.project, url)
    assert ask(url, "select to_regclass('public.a')") == [(None,)]


def test_status_changes_nothing_and_knows_all_four_states(house: House, url: str) -> None:
    house.migration(1, "create table public.a (a int);", "drop table public.a;")
    before = state(url)
    assert [(row.state, row.has_rollback) for row in migrations.status(house.project, url)] == [
        ("pending", True)
    ]
    assert state(url) == before
    migrations.migrate(house.project, url)
    house.migration(2, "select 1;")
    with psycopg.connect(url) as conn:
        conn.execute("insert into supabase_migrations.schema_migrations (version) values ('20250101000000')")
    assert [
        (row.version, row.name, row.state, row.has_rollback) for row in migrations.status(house.project, url)
    ] == [
        ("20250101000000", "", "unknown", False),
        ("20260101000001", "step_1", "applied", True),
        ("20260101000002", "step_2", "pending", False),
    ]


def test_a_history_without_statements_is_taken_as_it_is(house: House, url: str) -> None:
    """Tables of old versions of the Supabase CLI have the version only."""
    with psycopg.connect(url) as conn:
        conn.execute("create schema supabase_migrations")
        conn.execute("create table supabase_migrations.schema_migrations (version text not null primary key)")
        conn.execute("insert into supabase_migrations.schema_migrations values ('20260101000001')")
    house.migration(1, "create table public.a (a int);")
    assert [row.state for row in migrations.status(house.project, url)] == ["applied"]
    house.migration(2, "create table public.b (a int);")
    assert [migration.name for migration in migrations.migrate(house.project, url)] == ["step_2"]


def test_a_plain_postgres_gets_the_platform_when_asked(house: House, scratch: Scratch) -> None:
    with psycopg.connect(scratch.server.url(), autocommit=True) as conn:
        conn.execute("create database plain template template0")
    plain = scratch.server.url("plain")
    house.migration(1, "create table public.a (id uuid default auth.uid());")
    try:
        with pytest.raises(DatabaseProblem, match="lacks Supabase's platform objects"):
            migrations.migrate(house.project, plain)
        migrations.migrate(house.project, plain, install_platform=True)
        assert ask(plain, "select count(*) from public.a") == [(0,)]
        with psycopg.connect(plain) as conn:
            assert platform.is_installed(conn)
    finally:
        scratch.drop(plain)


def test_a_database_that_does_not_let_us_keep_a_history_says_so(
    house: House, scratch: Scratch, url: str
) -> None:
    with psycopg.connect(scratch.server.url(url.rsplit("/", 1)[1])) as conn:
        conn.execute("create schema supabase_migrations")
    house.migration(1, "create table public.a (a int);")
    with pytest.raises(DatabaseProblem, match="refused: permission denied for schema supabase_migrations"):
        migrations.migrate(house.project, url)


def test_a_server_that_goes_away_is_a_sentence(house: House, url: str) -> None:
    house.migration(1, "select pg_terminate_backend(pg_backend_pid());")
    with pytest.raises(DatabaseProblem, match=r"step_1\.sql:1: statement 1 of 1 .* failed: "):
        migrations.migrate(house.project, url)
    assert ask(url, "select count(*) from supabase_migrations.schema_migrations") == [(0,)]
