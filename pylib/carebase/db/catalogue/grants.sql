-- One row per grant on something of ours, and one without a grantee where there is none: the object in the words
-- of GRANT, who, what, on which column. What a new object gets by default is an object too.
with objects as (
  select
    'SCHEMA' as object,
    quote_ident(o.nspname) as identity,
    'n' as kind,
    n.nspowner as owner,
    coalesce(n.nspacl, acldefault('n', n.nspowner)) as acl,
    null::oid as relation
  from ours as o
  inner join pg_namespace as n on n.oid = o.oid
  union all
  select
    case c.relkind when 'S' then 'SEQUENCE' else 'TABLE' end,
    c.oid::regclass::text,
    case c.relkind when 'S' then 's' else 'r' end,
    c.relowner,
    coalesce(c.relacl, acldefault(case c.relkind when 'S' then 's' else 'r' end::"char", c.relowner)),
    c.oid
  from pg_class as c
  inner join ours as o on o.oid = c.relnamespace
  where
    c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
    and not exists (select from member as m where m.classid = 'pg_class'::regclass and m.objid = c.oid)
  union all
  select
    case p.prokind when 'p' then 'PROCEDURE' else 'FUNCTION' end,
    p.oid::regprocedure::text,
    'f',
    p.proowner,
    coalesce(p.proacl, acldefault('f', p.proowner)),
    null
  from pg_proc as p
  inner join ours as o on o.oid = p.pronamespace
  where
    not exists (select from member as m where m.classid = 'pg_proc'::regclass and m.objid = p.oid)
  union all
  select
    'TYPE',
    t.oid::regtype::text,
    'T',
    t.typowner,
    coalesce(t.typacl, acldefault('T', t.typowner)),
    null
  from pg_type as t
  inner join ours as o on o.oid = t.typnamespace
  left join pg_class as c on c.oid = t.typrelid
  where
    t.typtype in ('e', 'd', 'c', 'r')
    and (t.typtype <> 'c' or c.relkind = 'c')
    and not exists (select from member as m where m.classid = 'pg_type'::regclass and m.objid = t.oid)
  union all
  select
    'DEFAULT',
    k.words || coalesce(' IN SCHEMA ' || quote_ident(s.nspname), ''),
    k.kind,
    r.oid,
    -- Everywhere: instead of the built-in defaults. In a schema: on top of them.
    coalesce(d.defaclacl, case when s.oid is null then acldefault(k.kind::"char", r.oid) end),
    null
  from (
    values ('r', 'r', 'TABLES'), ('S', 's', 'SEQUENCES'), ('f', 'f', 'FUNCTIONS'), ('T', 'T', 'TYPES'), ('n', 'n', 'SCHEMAS')
  ) as k (objtype, kind, words)
  inner join pg_roles as r on r.rolname = %(owner)s
  inner join (
    select oid, nspname from ours
    union all
    select null, null
  ) as s on s.oid is null or k.objtype <> 'n'
  left join pg_default_acl as d
    on d.defaclrole = r.oid and d.defaclobjtype = k.objtype::"char" and d.defaclnamespace = coalesce(s.oid, 0)
)

select
  o.object,
  o.identity,
  array(
    select x.privilege_type
    from aclexplode(acldefault(o.kind::"char", o.owner)) as x
    where x.grantee = o.owner
    order by 1
  ) as everything,
  pg_get_userbyid(o.owner) as owner,
  g.grantee,
  g.is_grantable,
  g.privilege_type,
  g.attname
from objects as o
left join lateral (
  select
    case x.grantee when 0 then 'public' else pg_get_userbyid(x.grantee) end as grantee,
    x.is_grantable,
    x.privilege_type,
    null as attname
  from aclexplode(o.acl) as x
  union all
  select
    case x.grantee when 0 then 'public' else pg_get_userbyid(x.grantee) end,
    x.is_grantable,
    x.privilege_type,
    quote_ident(a.attname)
  from pg_attribute as a
  cross join lateral aclexplode(a.attacl) as x
  where a.attrelid = o.relation and a.attnum > 0 and not a.attisdropped
) as g on true
