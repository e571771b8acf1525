"""A plain Postgres gets what a Supabase project has, a Supabase project is left alone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from carebase.problems import DatabaseProblem
from carebase.project import Project
from carebase.stack import platform, vault
from carebase.stack.server import PostgresServer, throwaway

MARK = "select obj_description('auth'::regnamespace, 'pg_namespace')"
CONTRIB = ("btree_gist", "pg_trgm", "citext", "ltree")
OLD_MARK = "comment on schema auth is 'Installed by carebase''s supabase/platform 0'"


@pytest.fixture(scope="module", params=[15, 17])
def postgres(project: Project, request: pytest.FixtureRequest) -> Iterator[PostgresServer]:
    """A server of the module's own, of each version that Supabase supports."""
    with throwaway(project, version=request.param) as running:
        yield running


def rows(url: str, query: str, role: str | None = None) -> list[tuple[Any, ...]]:
    with psycopg.connect(url, autocommit=True) as conn:
        if role:
            conn.execute(f"set role {role}".encode())
        cursor = conn.execute(query.encode())
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def plain(postgres: PostgresServer, request: pytest.FixtureRequest) -> Iterator[str]:
    """The superuser's URL of a database without any platform objects."""
    rows(postgres.url(), "create database plain template template0")
    try:
        yield postgres.url("plain")
    finally:
        rows(postgres.url(), "drop database plain with (force)")


def test_the_version_is_the_one_asked_for(postgres: PostgresServer) -> None:
    ((version,),) = rows(postgres.url(), "show server_version")
    assert version.startswith(f"{postgres.version}.")


def test_roles_have_the_rights_they_have_on_hosted_supabase(postgres: PostgresServer) -> None:
    found = rows(
        postgres.url(),
        """select rolname, rolsuper, rolbypassrls, rolcanlogin, rolcreatedb, rolcreaterole
           from pg_roles where rolname !~ '^pg_' order by rolname""",
    )
    assert found == [
        ("anon", False, False, False, False, False),
        ("authenticated", False, False, False, False, False),
        ("authenticator", False, False, True, False, False),
        ("postgres", False, True, True, True, True),
        ("service_role", False, True, False, False, False),
        ("supabase_admin", True, True, True, True, True),
        ("supabase_auth_admin", False, False, True, False, True),
        ("supabase_storage_admin", False, False, False, False, False),
    ]


def test_what_postgres_makes_in_public_is_open_to_the_api_roles_until_revoked(
    postgres: PostgresServer,
) -> None:
    with (
        psycopg.connect(postgres.url(user="postgres"), autocommit=True) as conn,
        conn.transaction(force_rollback=True),
    ):
        conn.execute("create table public.opened (id integer generated always as identity)")
        conn.execute("create function public.opened() returns void language sql as ''")
        for role in ("anon", "authenticated", "service_role"):
            held = conn.execute(
                """select has_table_privilege(%(role)s, 'public.opened', 'select, insert, update, delete'),
                          has_sequence_privilege(%(role)s, 'public.opened_id_seq', 'usage'),
                          has_function_privilege(%(role)s, 'public.opened()', 'execute')""",
                {"role": role},
            ).fetchone()
            assert held == (True, True, True)


def test_postgres_may_do_what_migrations_and_seeds_need(postgres: PostgresServer) -> None:
    with (
        psycopg.connect(postgres.url(user="postgres"), autocommit=True) as conn,
        conn.transaction(force_rollback=True),
    ):
        for statement in (
            "create schema app",
            "create table app.profiles (id uuid primary key references auth.users (id))",
            "create function app.note() returns trigger language plpgsql as 'begin return new; end'",
            "create trigger noted after insert on auth.users for each row execute function app.note()",
            "insert into auth.users (id, email) values (gen_random_uuid(), 'someone@example.com')",
            "create view public.people as select email from auth.users",
            "create policy all_files on storage.objects for select to authenticated using (true)",
            "insert into storage.buckets (id, name) values ('documents', 'documents')",
            *(f"create extension {name} with schema extensions" for name in CONTRIB),
            "set local role authenticated",
        ):
            conn.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "create table auth.mine (id integer)",
        "alter table auth.users add column mine integer",
        "create role another superuser",
        "alter role supabase_admin nologin",
        "copy (select 1) to program 'true'",
    ],
)
def test_postgres_is_no_superuser(postgres: PostgresServer, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        rows(postgres.url(user="postgres"), statement)


@pytest.mark.parametrize("role", ["anon", "authenticated", "service_role"])
@pytest.mark.parametrize("table", ["auth.users", "auth.sessions", "auth.refresh_tokens", "auth.identities"])
def test_api_roles_cannot_read_the_auth_tables(postgres: PostgresServer, role: str, table: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        rows(postgres.url(), f"select * from {table}", role)


def test_auth_functions_answer_from_the_requests_claims(postgres: PostgresServer) -> None:
    claims = (
        '{"sub": "0191b0c0-0000-7000-8000-000000000001", "role": "authenticated", "email": "a@example.com"}'
    )
    with psycopg.connect(postgres.url(), autocommit=True) as conn:
        asked = "select auth.uid()::text, auth.role(), auth.email(), auth.jwt() ->> 'sub'"
        assert conn.execute(asked).fetchone() == (None, None, None, None)
        conn.execute("select set_config('request.jwt.claims', %s, false)", [claims])
        sub = "0191b0c0-0000-7000-8000-000000000001"
        assert conn.execute(asked).fetchone() == (sub, "authenticated", "a@example.com", sub)
        conn.execute("select set_config('request.jwt.claims', '', false)")
        assert conn.execute(asked).fetchone() == (None, None, None, None)


def test_the_vault_keeps_secrets_for_postgres_and_nobody_else(
    plain: str, postgres: PostgresServer, project: Project
) -> None:
    platform.install(plain, project=project)
    url = postgres.url("plain", "postgres")
    assert vault.keep_secret(url, "a_name", "first-secret") is True
    assert vault.keep_secret(url, "a_name", "first-secret") is False
    assert vault.keep_secret(url, "a_name", "second-secret") is True
    asked = "select name, decrypted_secret from vault.decrypted_secrets"
    assert rows(url, asked) == [("a_name", "second-secret")]
    for role in ("anon", "authenticated", "service_role", "authenticator", "supabase_auth_admin"):
        for statement in (asked, "select * from vault.secrets", "select vault.create_secret('x')"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                rows(plain, statement, role)
    for secret in ("first-secret", "second-secret"):
        assert secret not in postgres.log.read_text()


def test_extensions_are_in_their_own_schema_and_found_without_naming_it(postgres: PostgresServer) -> None:
    found = rows(
        postgres.url(), "select extname from pg_extension where extnamespace = 'extensions'::regnamespace"
    )
    assert {name for (name,) in found} == {"pgcrypto", "uuid-ossp", "pg_stat_statements"}
    assert rows(postgres.url(user="postgres"), "select length(gen_salt('bf'))") == [(29,)]


def test_a_clone_of_the_template_has_it_all(postgres: PostgresServer) -> None:
    rows(postgres.url(), f"create database clone template {platform.TEMPLATE} owner postgres")
    try:
        with psycopg.connect(postgres.url("clone", "postgres"), autocommit=True) as conn:
            assert platform.is_installed(conn)
            conn.execute("create schema app")
            conn.execute("create table public.t (id uuid references auth.users)")
    finally:
        rows(postgres.url(), "drop database clone with (force)")


def test_installing_fills_a_plain_database_once(plain: str, project: Project) -> None:
    with psycopg.connect(plain) as conn:
        assert not platform.is_installed(conn)
    assert platform.install(plain, project=project) is True
    with psycopg.connect(plain) as conn:
        assert platform.is_installed(conn)
    assert platform.install(plain, project=project) is False


def test_every_file_may_run_again(plain: str, project: Project) -> None:
    platform.install(plain, project=project)
    with psycopg.connect(plain) as conn:
        for file in sorted(project.platform.glob("*.sql")):
            conn.execute(file.read_bytes())


def test_an_older_set_of_ours_is_brought_up_to_date(plain: str, project: Project) -> None:
    platform.install(plain, project=project)
    rows(plain, f"drop function auth.email(); {OLD_MARK}")
    assert platform.install(plain, project=project) is True
    assert rows(plain, "select to_regprocedure('auth.email()') is not null") == [(True,)]
    assert "platform 0" not in rows(plain, MARK)[0][0]


def test_platform_objects_that_are_not_ours_are_left_alone(plain: str, project: Project) -> None:
    rows(
        plain,
        """create schema auth;
           create table auth.users (id uuid primary key, theirs text);
           create function auth.uid() returns uuid language sql as 'select null::uuid'""",
    )
    catalogue = """select count(*), max(oid::bigint) from pg_class
                   union all select count(*), max(oid::bigint) from pg_proc"""
    before = rows(plain, catalogue)
    assert platform.install(plain, project=project) is False
    assert rows(plain, catalogue) == before
    assert rows(plain, MARK) == [(None,)]


def test_who_is_no_superuser_is_told_so_and_changes_nothing(
    plain: str, postgres: PostgresServer, project: Project
) -> None:
    with pytest.raises(DatabaseProblem, match="superuser") as refused:
        platform.install(postgres.url("plain", "postgres"), project=project)
    assert refused.value.code == "platform_needs_superuser"
    assert rows(plain, "select to_regnamespace('auth')") == [(None,)]


def test_a_file_that_fails_leaves_nothing_behind(plain: str, project: Project, tmp_path: Any) -> None:
    folder = tmp_path / "supabase" / "platform"
    folder.mkdir(parents=True)
    for file in project.platform.glob("0[1-4]*.sql"):
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "050_broken.sql").write_text("select 1 / 0;")
    with pytest.raises(DatabaseProblem, match=r"050_broken\.sql"):
        platform.install(plain, project=Project(tmp_path))
    assert rows(plain, "select to_regnamespace('auth')") == [(None,)]


def test_installing_into_several_databases_at_once(project: Project) -> None:
    failures: list[BaseException] = []

    def install(url: str) -> None:
        try:
            platform.install(url, project=project)
        except BaseException as error:
            failures.append(error)

    with throwaway(project) as fresh:
        names = [f"parallel_{number}" for number in range(4)]
        for name in names:
            rows(fresh.url(), f"create database {name} template template0")
        threads = [threading.Thread(target=install, args=[fresh.url(name)]) for name in names]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        for name in names:
            assert rows(fresh.url(name), "select to_regclass('auth.users') is not null") == [(True,)]


@pytest.mark.parametrize("part", ["template", "passwords", "vault"])
def test_what_a_killed_command_left_running_does_no_harm(
    postgres: PostgresServer, project: Project, part: str
) -> None:
    """Its statement is still at work when the next command gives the server the same one."""
    url, owner = postgres.url(), postgres.url(user="postgres")
    rows(url, "create role somebody login")

    def again(turn: int) -> None:
        match part:
            case "template":
                platform.ensure_template(url, project=project, name=f"made_{turn}")
            case "passwords":
                platform.install(url, passwords={"somebody": f"long-enough-{turn}"}, project=project)
            case _:
                vault.keep_secret(owner, f"twice_{turn}", "some-secret")

    try:
        for turn in range(4):
            with ThreadPoolExecutor(3) as pool:
                assert list(pool.map(again, [turn] * 3)) == [None] * 3
    finally:
        rows(url, "drop role somebody")
        for (name,) in rows(url, "select datname from pg_database where datname like 'made%'"):
            rows(url, f"alter database {name} is_template false")
            rows(url, f"drop database {name}")
        rows(url, "delete from vault.secrets where name like 'twice%'")


def test_passwords_are_kept_as_scram_and_never_logged(
    plain: str, postgres: PostgresServer, project: Project
) -> None:
    password = "correct-horse-battery"
    rows(postgres.url(), "create role somebody login")
    try:
        platform.install(plain, passwords={"somebody": password}, project=project)
        kept = rows(postgres.url(), "select rolpassword from pg_authid where rolname = 'somebody'")
        assert kept[0][0].startswith("SCRAM-SHA-256$")
        psycopg.connect(plain, user="somebody", password=password).close()
        assert password not in postgres.log.read_text()
    finally:
        rows(postgres.url(), "drop role somebody")


def test_ddl_tells_the_gateway(postgres: PostgresServer) -> None:
    with psycopg.connect(postgres.url(user="postgres"), autocommit=True) as conn:
        conn.execute("listen pgrst")
        for statement in ("create table public.seen (id integer)", "drop table public.seen"):
            conn.execute(statement)
            assert [note.payload for note in conn.notifies(timeout=2, stop_after=1)] == ["reload schema"]
        conn.execute("create temporary table mine (id integer)")
        assert list(conn.notifies(timeout=0.2)) == []
