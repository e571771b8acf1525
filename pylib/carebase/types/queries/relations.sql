-- Tables, views and composite types of every schema but Postgres' own; partitions are their table's. A column that is
-- granted to nobody while its neighbours are cannot be asked for: a query that names all columns would be refused.
select
  c.oid::bigint as oid,
  n.nspname as schema,
  c.relname as name,
  c.relkind::text as kind,
  coalesce(pg_catalog.obj_description(c.oid, 'pg_class'), pg_catalog.obj_description(c.reltype, 'pg_type')) as comment,
  case when c.relkind in ('v', 'm') then pg_catalog.pg_get_viewdef(c.oid) end as definition,
  coalesce(columns.listed, '[]') as columns,
  coalesce(refs.listed, '[]') as refs
from pg_catalog.pg_class as c
inner join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
left join lateral (
  select
    pg_catalog.jsonb_agg(
      pg_catalog.jsonb_build_object(
        'name', a.attname,
        'type', a.atttypid::bigint,
        'is_not_null', a.attnotnull or t.typnotnull,
        'comment', pg_catalog.col_description(c.oid, a.attnum)
      )
      order by a.attnum
    ) as listed
  from pg_catalog.pg_attribute as a
  inner join pg_catalog.pg_type as t on t.oid = a.atttypid
  where
    a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    and (
      n.nspname <> 'public'
      or c.relkind not in ('r', 'p')
      or not pg_catalog.has_any_column_privilege('authenticated', c.oid, 'select')
      or pg_catalog.has_column_privilege('authenticated', c.oid, a.attnum, 'select')
    )
) as columns on true
left join lateral (
  select
    pg_catalog.jsonb_agg(
      pg_catalog.jsonb_build_object(
        'columns', pointing.names,
        'target', f.confrelid::bigint,
        'is_required', pointing.are_not_null,
        'is_once', exists (
          select from pg_catalog.pg_index as i
          where i.indrelid = c.oid and i.indisunique and i.indpred is null and i.indkey::int2[] <@ f.conkey
        )
      )
      order by f.conname collate "C"
    ) as listed
  from pg_catalog.pg_constraint as f
  cross join lateral (
    select pg_catalog.array_agg(a.attname order by k.place) as names, bool_and(a.attnotnull) as are_not_null
    from unnest(f.conkey) with ordinality as k (attnum, place)
    inner join pg_catalog.pg_attribute as a on a.attrelid = c.oid and a.attnum = k.attnum
  ) as pointing
  where f.conrelid = c.oid and f.contype = 'f'
) as refs on true
where
  c.relkind in ('r', 'p', 'v', 'm', 'f', 'c')
  and not c.relispartition
  and n.nspname <> 'information_schema'
  and n.nspname not like 'pg\_%'
  -- What an extension brings is not ours to describe.
  and not exists (
    select from pg_catalog.pg_depend as d
    where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'
  )
order by n.nspname collate "C", c.relname collate "C"
