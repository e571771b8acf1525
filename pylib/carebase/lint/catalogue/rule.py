"""What a catalogue rule is, and the tables that its query starts from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

# Every rule's query follows these. A query that does not name one of them does not pay for it.
PRELUDE = """
with
-- What the room.toml files declare.
declared as (
  select *
  from jsonb_to_recordset(current_setting('carebase_lint.declared')::jsonb) as d (
    room text, schema text, name text, belongs_to text, tenant_column text, owner_column text,
    is_mutable boolean, is_append_only boolean, is_sealed boolean, is_merged boolean, commands text[],
    insert_columns text[], update_columns text[], restricted_columns text[], phi_columns text[]
  )
),
-- Our relations: everything in public and app that no extension owns.
relations as (
  select
    c.oid, n.nspname::text as schema, c.relname::text as name, c.relkind, c.relispartition,
    c.relowner, c.relrowsecurity, c.relforcerowsecurity, c.reloptions, c.relacl
  from pg_catalog.pg_class as c
  inner join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  where n.nspname in ('public', 'app')
    and c.relkind in ('r', 'p', 'f', 'v', 'm', 'S')
    and not exists (
      select from pg_catalog.pg_depend as d
      where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'
    )
),
tables as (
  select relations.*, d.room, d.belongs_to, d.tenant_column, d.owner_column, d.is_mutable,
    d.is_append_only, d.is_sealed, d.is_merged, d.commands,
    d.insert_columns, d.update_columns, d.restricted_columns, d.phi_columns
  from relations
  left join declared as d using (schema, name)
  where relations.relkind in ('r', 'p', 'f')
),
-- A partition repeats its parent; what is true of the parent is not asked of it again.
columns as (
  select
    t.oid, t.schema, t.name, t.belongs_to, t.tenant_column, t.owner_column, a.attnum, a.attname::text as part,
    a.attnotnull, a.attidentity,
    case ty.typtype when 'd' then base.typname else ty.typname end::text as base_type
  from tables as t
  inner join pg_catalog.pg_attribute as a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
  inner join pg_catalog.pg_type as ty on ty.oid = a.atttypid
  left join pg_catalog.pg_type as base on base.oid = ty.typbasetype
  where not t.relispartition
),
routines as (
  select
    p.oid, n.nspname::text as schema, p.proname::text as name, p.pronargs::text as part,
    p.oid::regprocedure::text as shown, p.prosecdef, p.proconfig, p.prosqlbody, p.provolatile, p.proacl,
    p.proowner, p.prosrc,
    p.prorettype, p.prokind, p.proargnames, p.proargmodes
  from pg_catalog.pg_proc as p
  inner join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
  where n.nspname in ('public', 'app')
    and not exists (
      select from pg_catalog.pg_depend as d
      where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e'
    )
),
policies as (
  select
    pol.oid, t.schema, t.name, pol.polname::text as part, t.belongs_to, t.tenant_column, t.owner_column,
    t.is_mutable, pol.polpermissive, pol.polroles,
    case pol.polcmd
      when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all'
    end as command,
    pg_catalog.pg_get_expr(pol.polqual, pol.polrelid) as using_expression,
    pg_catalog.pg_get_expr(pol.polwithcheck, pol.polrelid) as check_expression
  from pg_catalog.pg_policy as pol
  inner join tables as t on t.oid = pol.polrelid
),
-- Who holds which privilege on a relation; `part` names the column of a grant on one column.
grants as (
  select
    r.oid, r.schema, r.name, a.part, lower(a.privilege_type) as privilege, a.grantee,
    case a.grantee when 0 then 'PUBLIC' else a.grantee::regrole::text end as who
  from relations as r
  cross join lateral (
    select held.grantee, held.privilege_type, null::text as part
    from aclexplode(
      coalesce(r.relacl, acldefault((case r.relkind when 'S' then 's' else 'r' end)::"char", r.relowner))
    ) as held
    union
    select held.grantee, held.privilege_type, c.attname::text
    from pg_catalog.pg_attribute as c
    cross join lateral aclexplode(c.attacl) as held
    where c.attrelid = r.oid and c.attnum > 0 and not c.attisdropped
  ) as a
),
-- Foreign keys between tables of organizations, whether they carry the organization along, and for every row.
tenant_keys as (
  select t.oid, t.schema, t.name, k.conname::text as part, target.schema || '.' || target.name as target,
    pairs.has_tenant, pairs.is_always
  from pg_catalog.pg_constraint as k
  inner join tables as t on t.oid = k.conrelid and not t.relispartition
  inner join tables as target on target.oid = k.confrelid
  cross join lateral (
    select coalesce(
      bool_or(s.attname = t.tenant_column and r.attname = target.tenant_column), false
    ) as has_tenant,
    -- A key with a null in it holds nothing.
    bool_and(s.attnotnull) as is_always
    from unnest(k.conkey, k.confkey) as pair (source, referenced)
    inner join pg_catalog.pg_attribute as s on s.attrelid = k.conrelid and s.attnum = pair.source
    inner join pg_catalog.pg_attribute as r on r.attrelid = k.confrelid and r.attnum = pair.referenced
  ) as pairs
  where k.contype = 'f' and t.belongs_to = 'organization' and target.belongs_to = 'organization'
)
"""


@dataclass(frozen=True)
class Fault:
    """One row of a rule's answer: an object and what is wrong with it.

    Args:
        kind: as in `carebase.db.declarations.Key`.
        schema: its schema.
        name: its name; for a part of a table the table's name.
        part: name of the column, policy, trigger or constraint; argument count of a routine.
        note: what is wrong, continuing the object's name.
        shown: how to name the object where `schema.name.part` is not how people write it.
    """

    kind: str
    schema: str
    name: str
    part: str
    note: str
    shown: str = ""

    @property
    def subject(self) -> str:
        return self.shown or ".".join(word for word in (self.schema, self.name, self.part) if word)


@dataclass(frozen=True)
class Rule:
    """One promise about the catalogue.

    Args:
        name: what findings and exceptions call it.
        why: one sentence for whoever wonders.
        mend: what to do about a finding.
        sql: a query over the tables of `PRELUDE`; each row is a `Fault`: kind, schema, name, part, note and,
            optionally, shown.
        judge: where SQL cannot decide: gets each row's note (an expression, a body) and returns what is wrong
            with it, or None.
    """

    name: str
    why: str
    mend: str
    sql: str
    judge: Callable[[str], str | None] | None = None
