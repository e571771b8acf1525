"""Drift: whatever a database has otherwise than sql/ says is found and named."""

from __future__ import annotations

import psycopg
import pytest

from carebase.db import declared, drift
from carebase.db.catalogue import compare, read_catalogue
from carebase.db.catalogue.read import catalogue_of
from carebase.db.scratch import Scratch
from carebase.project import Project
from tests.db.conftest import House, do, state

DECLARED = """
create schema app;
create type public.mood as enum ('bad', 'ok');
create domain public.code as text constraint code_form check (value <> '');
create type app.pair as (a int, b text);
create sequence app.numbers;
create function public.f(p_a int) returns int language sql immutable set search_path = '' return p_a;
create function public.stamp() returns trigger language plpgsql as $$ begin return new; end $$;
create table public.t (
  id int not null default 1, name text, mood public.mood, note text,
  constraint t_pkey primary key (id), constraint t_name check (name <> '')
);
alter table public.t enable row level security;
alter table public.t force row level security;
create index t_name_idx on public.t (name);
create trigger t_stamp before update on public.t for each row execute function public.stamp();
create policy t_read on public.t for select to authenticated using (true);
create view public.v with (security_invoker = true) as select id from public.t;
create materialized view app.m as select 1 as a;
create statistics app.s (dependencies) on id, name from public.t;
comment on table public.t is 'T';
comment on column public.t.name is 'N';
comment on function public.f(int) is 'F';
comment on policy t_read on public.t is 'P';
grant select on public.t to authenticated;
grant update (name) on public.t to authenticated;
revoke all on function public.f(int) from public;
alter default privileges in schema app grant select on tables to service_role;
"""
# What somebody does to the database, and what has to be said then.
TAMPERED = [
    ("create table public.x (a int)", "relation public.x: unexpected"),
    ("drop view public.v", "relation public.v: missing"),
    ("alter table public.t add column x int", "column public.t.x: unexpected"),
    ("alter table public.t alter note set not null", "column public.t.note: different: not_null"),
    ("alter table public.t alter id set default 2", "default expected"),
    ("alter table public.t alter note type varchar(9)", "type expected"),
    ("alter table public.t alter name set storage external", "storage expected"),
    ("alter table public.t drop constraint t_name", "constraint t_name on public.t: missing"),
    ("alter table public.t disable row level security", "row_security expected true, found nothing"),
    ("alter table public.t no force row level security", "row_security_forced expected true, found nothing"),
    (
        "alter table public.t disable trigger t_stamp",
        'trigger t_stamp on public.t: different: enabled expected "O"',
    ),
    ("drop trigger t_stamp on public.t", "trigger t_stamp on public.t: missing"),
    ("alter policy t_read on public.t using (id > 0)", "policy t_read on public.t: different: using"),
    ("alter policy t_read on public.t to anon", "policy t_read on public.t: different: roles"),
    ("create policy more on public.t using (true)", "policy more on public.t: unexpected"),
    ("create policy theirs on storage.objects using (true)", "policy theirs on storage.objects: unexpected"),
    ("drop index public.t_name_idx", "index public.t_name_idx: missing"),
    ("alter type public.mood add value 'good'", 'type public.mood: different: labels expected ["bad", "ok"]'),
    ("alter domain public.code drop constraint code_form", "constraint code_form on public.code: missing"),
    ("alter type app.pair add attribute c int", "type app.pair: different: attributes"),
    ("alter sequence app.numbers increment 7", "relation app.numbers: different: sequence"),
    (
        "create or replace function public.f(p_a int) returns int language sql immutable set "
        "search_path = '' return 2",
        "function public.f(integer): different: definition",
    ),
    (
        "alter function public.f(int) security definer",
        "function public.f(integer): different: definition (line",
    ),
    (
        "alter function public.f(int) reset search_path",
        "function public.f(integer): different: definition (line",
    ),
    (
        "grant create on schema public to supabase_storage_admin; alter function public.f(int) owner to "
        "supabase_storage_admin",
        "function public.f(integer): different: owner",
    ),
    ("create function public.g() returns int language sql return 1", "function public.g(): unexpected"),
    ("create or replace view public.v as select id from public.t", "relation public.v: different: options"),
    ("drop materialized view app.m", "relation app.m: missing"),
    ("drop statistics app.s", "statistics app.s: missing"),
    ("comment on table public.t is 'U'", 'comment table public.t: different: text expected "T", found "U"'),
    ("comment on column public.t.name is null", "comment column public.t.name: missing"),
    ("comment on function public.f(int) is 'f'", 'text expected "F", found "f"'),
    ("comment on policy t_read on public.t is 'Q'", "comment policy t_read on public.t: different"),
    (
        "grant insert on public.t to anon",
        'grants TABLE public.t: different: anon expected nothing, found ["INSERT"]',
    ),
    ("revoke select on public.t from authenticated", "grants TABLE public.t: different: authenticated"),
    ("grant update (id) on public.t to authenticated", "UPDATE (id, name)"),
    ("grant select on public.t to authenticated with grant option", "authenticated with grant option"),
    (
        "grant execute on function public.f(int) to public",
        "grants FUNCTION public.f(integer): different: public",
    ),
    ("grant create on schema app to anon", "grants SCHEMA app: different: anon"),
    ("grant create on schema public to anon", "grants SCHEMA public: different: anon"),
    ("grant usage on sequence app.numbers to anon", "grants SEQUENCE app.numbers: different"),
    ("revoke usage on type public.mood from public", "grants TYPE public.mood: different"),
    (
        "alter default privileges in schema public grant select on tables to anon",
        "grants DEFAULT TABLES IN SCHEMA public",
    ),
    (
        "alter default privileges in schema app revoke select on tables from service_role",
        "DEFAULT TABLES IN SCHEMA app",
    ),
    (
        "alter default privileges revoke execute on functions from public",
        "grants DEFAULT FUNCTIONS: different",
    ),
    ("create schema x", "schema x: unexpected"),
    ("create extension citext schema public", "extension citext: unexpected"),
    ("create cast (app.pair as text) with inout", "other cast"),
    (
        "create trigger x after insert on auth.users for each row execute function public.stamp()",
        "trigger x on auth.users",
    ),
]  # fmt: skip


@pytest.fixture
def built(house: House, scratch: Scratch) -> str:
    """A database that is exactly as declared."""
    house.declare(DECLARED)
    url = scratch.create("built", generous=False)
    declared.build(url, house.project)
    return url


def test_each_kind_of_tampering_is_found_and_nothing_else(built: str) -> None:
    want = read_catalogue(built)
    wrong = []
    with psycopg.connect(built) as conn:
        for statement, sentence in TAMPERED:
            conn.execute(statement.encode())
            found = [str(difference) for difference in compare(want, catalogue_of(conn))]
            conn.rollback()
            if len(found) != 1 or sentence not in found[0]:
                wrong.append((statement, sentence, found))
    assert wrong == []


def test_a_table_that_is_missing_is_said_once(built: str) -> None:
    want = read_catalogue(built)
    do(built, "drop table public.t cascade")
    kinds = sorted(str(difference) for difference in compare(want, read_catalogue(built)))
    assert kinds == ["relation public.t: missing", "relation public.v: missing"]


def test_columns_in_another_order_are_drift(house: House, scratch: Scratch) -> None:
    house.declare("create table public.t (a int, b int);")
    house.migration(
        1,
        "create table public.t (b int, a int); revoke all on t from anon, authenticated, service_role;",
    )
    found = drift.find_drift(house.project, scratch)
    assert [str(one.difference) for one in found if one.seen.startswith("without")] == [
        'column_order public.t: different: columns expected ["a", "b"], found ["b", "a"]'
    ]


def test_migrations_that_forget_what_hosted_supabase_grants_are_found(house: House, scratch: Scratch) -> None:
    house.declare("create table public.t (a int);")
    house.migration(1, "create table public.t (a int);")
    found = drift.find_drift(house.project, scratch)
    assert {one.seen for one in found} == {"with hosted default privileges"}
    assert any("grants TABLE public.t" in str(one.difference) for one in found)


def test_both_engines_look(house: House, scratch: Scratch) -> None:
    house.declare("create table public.t (a int);")
    found = drift.find_drift(house.project, scratch)
    assert {one.seen for one in found} == {
        "with hosted default privileges",
        "without default privileges",
        "by pg-delta",
    }
    assert 'statement CREATE TABLE "public"."t" ("a" integer): missing' in {
        str(one.difference) for one in found
    }


def test_this_house_has_no_drift(project: Project, scratch: Scratch) -> None:
    assert [str(one.difference) for one in drift.find_drift(project, scratch)] == []


def test_a_live_database_is_compared_and_only_read(house: House, scratch: Scratch, built: str) -> None:
    before = state(built)
    assert drift.find_live_drift(house.project, scratch, built) == []
    assert state(built) == before
    with psycopg.connect(scratch.server.url(built.rsplit("/", 1)[1])) as conn:
        # What hosted Supabase has and decides for itself.
        conn.execute("create extension pg_trgm with schema extensions")
        conn.execute("create schema graphql; create table graphql.t (a int)")
        conn.execute("grant all on schema public to supabase_auth_admin")
        conn.execute(
            "alter default privileges for role supabase_admin in schema public grant all on tables to anon"
        )
    assert drift.find_live_drift(house.project, scratch, built) == []
    do(built, "grant insert on public.t to anon")
    assert [str(one.difference) for one in drift.find_live_drift(house.project, scratch, built)] == [
        'grants TABLE public.t: different: anon expected nothing, found ["INSERT"]'
    ]


def test_scheduled_jobs_are_compared_where_there_are_any(scratch: Scratch, url: str) -> None:
    """Without pg_cron: a table that looks like its own."""
    with psycopg.connect(scratch.server.url(url.rsplit("/", 1)[1])) as conn:
        conn.execute("create schema cron; grant usage on schema cron to postgres")
        conn.execute(
            "create table cron.job (jobid bigint, schedule text, command text, database text, username text,"
            " active boolean, jobname text); grant all on cron.job to postgres"
        )
    before = read_catalogue(url)
    do(url, "insert into cron.job values (1, '* * * * *', 'select 1', 'x', 'postgres', true, 'tick')")
    assert [str(one) for one in compare(before, read_catalogue(url))] == ["cron_job tick: unexpected"]
