"""Emptying a database of everything of ours, and building it anew."""

from __future__ import annotations

from psycopg import sql

from carebase.db import lock, migrations
from carebase.db.catalogue import Catalogue, Item, read_catalogue
from carebase.db.catalogue.read import Entry
from carebase.db.connect import Connection, describe, is_loopback, owner_session
from carebase.db.files import Migration
from carebase.db.migrations import Watcher
from carebase.db.names import HISTORY_SCHEMA, OWNER, POLICY_SCHEMAS
from carebase.db.scratch import set_generous_defaults
from carebase.db.write.grants import default_statements
from carebase.problems import UsageProblem
from carebase.project import Project

# What stands in `public` and is no extension's, in the words of DROP; the schema itself belongs to the
# platform.
_IN_PUBLIC = """
with found as (
  select
    'pg_class'::regclass as classid,
    c.oid,
    case c.relkind
      when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' when 'f' then 'foreign
      table' else 'table'
    end as kind,
    c.oid::regclass::text as name
  from pg_class as c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
  union all
  select 'pg_proc'::regclass, p.oid, 'routine', p.oid::regprocedure::text
  from pg_proc as p
  where p.pronamespace = 'public'::regnamespace
  union all
  select 'pg_type'::regclass, t.oid, 'type', t.oid::regtype::text
  from pg_type as t
  where t.typnamespace = 'public'::regnamespace and t.typtype in ('c', 'd', 'e', 'r')
  union all
  select 'pg_collation'::regclass, c.oid, 'collation', c.oid::regcollation::text
  from pg_collation as c
  where c.collnamespace = 'public'::regnamespace
)

select kind, name
from found
where
  not exists (
    select
    from pg_depend as d
    where d.classid = found.classid and d.objid = found.oid and d.deptype in ('e', 'i')
  )
"""


def reset(
    project: Project, url: str, *, anywhere: bool = False, watcher: Watcher | None = None
) -> list[Migration]:
    """Drop everything of ours, sign-ins and the history of migrations included, then migrate.

    What is not ours stays: platform objects, stored files. The dropping is one transaction.

    Args:
        project: the checkout.
        url: the database.
        anywhere: not only on this machine.
        watcher: told what happens.

    Raises:
        UsageProblem: the database is not on this machine, and `anywhere` was not said.
    """
    if not anywhere and not is_loopback(url):
        raise UsageProblem(
            "reset_refused",
            f"{describe(url)} is not on this machine; a reset deletes all its data.",
            hint="If that is what you want: --yes-really.",
        )
    watcher = watcher or Watcher()
    with owner_session(url) as conn, lock.exclusive(conn, watcher.waiting), conn.transaction():
        _empty(conn, read_catalogue(url))
    return migrations.migrate(project, url, watcher=watcher)


def _empty(conn: Connection, ours: Catalogue) -> None:
    conn.execute("set local search_path = ''")
    for item in ours:
        if item.kind == "policy":
            name, _, table = item.identity.rpartition(" on ")
            if table.partition(".")[0] in POLICY_SCHEMAS:
                conn.execute(f"drop policy {name} on {table}".encode())
        elif item.kind == "schema" and item.identity != "public":
            conn.execute(f"drop schema {item.identity} cascade".encode())
    for kind, name in conn.execute(_IN_PUBLIC).fetchall():
        conn.execute(f"drop {kind} if exists {name} cascade".encode())
    ours_by_role = (
        "select extname from pg_extension where pg_get_userbyid(extowner) = %s and extname <> 'plpgsql'"
    )
    for (name,) in conn.execute(ours_by_role, [OWNER]).fetchall():
        conn.execute(sql.SQL("drop extension {} cascade").format(sql.Identifier(name)))
    conn.execute("delete from auth.users")
    conn.execute(sql.SQL("drop schema if exists {} cascade").format(sql.Identifier(HISTORY_SCHEMA)))
    defaults = {item: entry for item, entry in ours.items() if item.identity.startswith("DEFAULT ")}
    for statement in default_statements(defaults, {item: _built_in(item) for item in defaults}):
        if " in schema " not in statement or " in schema public " in statement:
            conn.execute(statement.encode())
    set_generous_defaults(conn, generous=True)


def _built_in(item: Item) -> Entry:
    """What Postgres grants by default: everybody may call functions and use types."""
    is_open = item.identity in {"DEFAULT FUNCTIONS", "DEFAULT TYPES"}
    return Entry({"public": ["ALL"]} if is_open else {}, None)
