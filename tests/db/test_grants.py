"""Grants end exactly as declared, whatever a database grants to the API roles by default."""

from __future__ import annotations

from carebase.db import drift, migrations
from carebase.db.diff import write_migration
from carebase.db.scratch import Scratch
from tests.db.conftest import House, ask, do

# Every way in which a person may come by a right on something of ours.
WHO_MAY = """
select what, grantee, privilege_type, is_grantable
from (
  select c.relname::text as what, x.*
  from pg_class as c
  cross join lateral aclexplode(coalesce(c.relacl, acldefault(case c.relkind when 'S' then 's' else 'r' end::"char", c.relowner))) as x
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'm', 'S')
  union all
  select c.relname || '.' || a.attname, x.*
  from pg_attribute as a
  inner join pg_class as c on c.oid = a.attrelid
  cross join lateral aclexplode(a.attacl) as x
  where c.relnamespace = 'public'::regnamespace
  union all
  select p.proname::text, x.*
  from pg_proc as p
  cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) as x
  where p.pronamespace = 'public'::regnamespace
) as found (what, grantor, grantee_oid, privilege_type, is_grantable)
cross join lateral (select case grantee_oid when 0 then 'public' else grantee_oid::regrole::text end) as g (grantee)
where grantee <> 'postgres'
order by 1, 2, 3
"""  # noqa: E501
BEFORE = """
create table public.closed (a int, b int);
create table public.opened (a int, n serial);
create table public.partly (a int, b int);
create view public.seen with (security_invoker = true) as select 1 as a;
create function public.called() returns int language sql return 1;
create function public.hidden() returns int language sql return 1;
create procedure public.done() language sql as '';
create table public.kept (a int);
revoke insert, update, delete, truncate on public.kept from postgres;
grant select on public.opened to anon, authenticated;
grant all on public.opened to service_role;
grant select (a), update (b) on public.partly to authenticated;
grant select on public.seen to authenticated with grant option;
revoke all on function public.hidden() from public;
revoke all on procedure public.done() from public;
grant execute on function public.called() to authenticated;
"""
RIGHTS_BEFORE = [
    ("called", "authenticated", "EXECUTE", False),
    ("called", "public", "EXECUTE", False),
    ("opened", "anon", "SELECT", False),
    ("opened", "authenticated", "SELECT", False),
    ("partly.a", "authenticated", "SELECT", False),
    ("partly.b", "authenticated", "UPDATE", False),
    ("seen", "authenticated", "SELECT", True),
]
AFTER = """
create table public.closed (a int, b int);
create table public.opened (a int, n serial);
create table public.partly (a int, b int);
create view public.seen with (security_invoker = true) as select 1 as a;
create function public.called() returns int language sql return 1;
create function public.hidden() returns int language sql return 1;
create procedure public.done() language sql as '';
create table public.kept (a int);
grant insert on public.opened to authenticated;
grant select (b) on public.partly to anon;
revoke all on function public.hidden() from public;
revoke all on procedure public.done() from public;
revoke all on function public.called() from public;
grant execute on procedure public.done() to service_role;
"""
RIGHTS_AFTER = [
    ("done", "service_role", "EXECUTE", False),
    ("opened", "authenticated", "INSERT", False),
    ("partly.b", "anon", "SELECT", False),
]
OWNER_MAY = "select " + ", ".join(
    f"has_table_privilege('postgres', 'public.kept', '{word}')" for word in ("insert", "select")
)


def rights(url: str) -> list[tuple[object, ...]]:
    """Without those of `grant all`, whose number depends on the version of Postgres."""
    return [row for row in who_may(url) if not (row[0] == "opened" and row[1] == "service_role")]


def who_may(url: str) -> list[tuple[object, ...]]:
    return [(what, who, privilege, option) for what, who, privilege, option in ask(url, WHO_MAY)]


def test_there_and_on_and_back(house: House, scratch: Scratch) -> None:
    """On a database like hosted Supabase's, and on one without; the owner's, too."""
    both = [scratch.create("grants", generous=generous) for generous in (True, False)]
    house.declare(BEFORE)
    write_migration(house.project, scratch, "before")
    for url in both:
        migrations.migrate(house.project, url)
        assert rights(url) == RIGHTS_BEFORE
        everything = {row[2] for row in who_may(url) if row[:2] == ("opened", "service_role")}
        assert everything >= {"SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"}
        assert ask(url, OWNER_MAY) == [(False, True)]

    house.declare(AFTER)
    write_migration(house.project, scratch, "after")
    for url in both:
        migrations.migrate(house.project, url)
        assert who_may(url) == RIGHTS_AFTER
        assert ask(url, OWNER_MAY) == [(True, True)]
        migrations.rollback(house.project, url)
        assert rights(url) == RIGHTS_BEFORE
        migrations.rollback(house.project, url)
        assert who_may(url) == []
        # Undoing the first migration does not hand hosted Supabase's generosity back.
        do(url, "create table public.later (a int)")
        assert who_may(url) == []


def test_default_privileges_of_our_own_come_and_go(house: House, scratch: Scratch, url: str) -> None:
    defaults = "select defaclnamespace::regnamespace::text, defaclobjtype::text, defaclacl::text from pg_default_acl where defaclrole = 'postgres'::regrole order by 1, 2"  # fmt: skip  # noqa: E501
    house.begin("create schema app;")
    house.declare(
        "create schema app;"
        "alter default privileges in schema app grant select on tables to service_role;"
        "alter default privileges revoke execute on functions from public;"
        "create function app.f() returns int language sql return 1;"
        "create table app.t (a int);"
    )
    write_migration(house.project, scratch, "defaults")
    migrations.migrate(house.project, url)
    assert ask(url, defaults) == [
        ("-", "f", "{postgres=X/postgres}"),
        ("app", "r", "{service_role=r/postgres}"),
    ]
    assert ask(url, "select proacl::text from pg_proc where proname = 'f'") == [("{postgres=X/postgres}",)]
    migrations.rollback(house.project, url)
    assert ask(url, defaults) == []


def test_what_the_auth_layer_may_ask_of_us_comes_and_goes(house: House, scratch: Scratch, url: str) -> None:
    """Its hooks are functions of ours; what else the platform's roles are granted is not our business."""
    hook = "create schema app; create function app.hook() returns int language sql return 1;"
    may = (
        "has_schema_privilege(role, 'app', 'usage') and has_function_privilege(role, 'app.hook()', 'execute')"
    )
    asks = f"select {may} from (values ('supabase_auth_admin'), ('supabase_storage_admin')) as roles (role)"
    house.begin(f"{hook} revoke all on function app.hook() from public;")
    house.declare(
        f"{hook} revoke all on function app.hook() from public;"
        "grant usage on schema app to supabase_auth_admin;"
        "grant execute on function app.hook() to supabase_auth_admin;"
    )
    assert {str(one.difference) for one in drift.find_drift(house.project, scratch)} == {
        'grants FUNCTION app.hook(): different: supabase_auth_admin expected ["ALL"], found nothing',
        'grants SCHEMA app: different: supabase_auth_admin expected ["USAGE"], found nothing',
    }
    write_migration(house.project, scratch, "hook")
    migrations.migrate(house.project, url)
    assert ask(url, asks) == [(True,), (False,)]
    migrations.rollback(house.project, url)
    assert ask(url, asks) == [(False,), (False,)]
