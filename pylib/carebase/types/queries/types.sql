-- Every type, since a column may have any of them.
select
  t.oid::bigint as oid,
  n.nspname as schema,
  t.typname as name,
  t.typtype::text as kind,
  case when t.typcategory = 'A' then nullif(t.typelem::bigint, 0) end as element,
  nullif(t.typbasetype::bigint, 0) as base,
  nullif(t.typrelid::bigint, 0) as relation,
  r.rngsubtype::bigint as subtype,
  array(select e.enumlabel::text from pg_catalog.pg_enum as e where e.enumtypid = t.oid order by e.enumsortorder) as labels,
  pg_catalog.obj_description(t.oid, 'pg_type') as comment
from pg_catalog.pg_type as t
inner join pg_catalog.pg_namespace as n on n.oid = t.typnamespace
left join pg_catalog.pg_range as r on r.rngtypid = t.oid
order by n.nspname collate "C", t.typname collate "C"
