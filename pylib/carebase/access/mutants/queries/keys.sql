-- Constraints, and the unique indexes that are none.
with columns_of as (
  select k.oid, array_agg(a.attname::text order by o.place) as names
  from pg_constraint as k
  cross join lateral unnest(k.conkey) with ordinality as o (attnum, place)
  inner join pg_attribute as a on a.attrelid = k.conrelid and a.attnum = o.attnum
  group by k.oid
),
targets_of as (
  select k.oid, array_agg(a.attname::text order by o.place) as names
  from pg_constraint as k
  cross join lateral unnest(k.confkey) with ordinality as o (attnum, place)
  inner join pg_attribute as a on a.attrelid = k.confrelid and a.attnum = o.attnum
  group by k.oid
)
select
  k.conrelid::regclass::text as "table",
  k.conname::text as name,
  case k.contype
    when 'p' then 'primary key' when 'u' then 'unique' when 'f' then 'foreign key' when 'x' then 'exclusion'
    when 'c' then 'check'
  end as kind,
  pg_get_constraintdef(k.oid) as definition,
  coalesce(columns_of.names, '{}') as columns,
  case when k.confrelid <> 0 then k.confrelid::regclass::text end as target,
  coalesce(targets_of.names, '{}') as target_columns,
  exists (
    select from pg_constraint as f where f.contype = 'f' and f.conindid = k.conindid and f.oid <> k.oid
  ) as is_referenced
from pg_constraint as k
inner join pg_class as c on c.oid = k.conrelid
inner join pg_namespace as n on n.oid = c.relnamespace
left join columns_of on columns_of.oid = k.oid
left join targets_of on targets_of.oid = k.oid
where n.nspname = any(%(schemas)s) and k.contype in ('p', 'u', 'f', 'x', 'c') and k.conparentid = 0
  and not c.relispartition
union all
select
  i.indrelid::regclass::text, ic.relname::text, 'unique index', pg_get_indexdef(i.indexrelid),
  array(
    select a.attname::text
    from unnest(i.indkey::smallint[]) with ordinality as o (attnum, place)
    inner join pg_attribute as a on a.attrelid = i.indrelid and a.attnum = o.attnum
    order by o.place
  ), null, '{}',
  exists (select from pg_constraint as f where f.contype = 'f' and f.conindid = i.indexrelid)
from pg_index as i
inner join pg_class as ic on ic.oid = i.indexrelid
inner join pg_class as c on c.oid = i.indrelid
inner join pg_namespace as n on n.oid = c.relnamespace
where n.nspname = any(%(schemas)s) and i.indisunique and not c.relispartition and c.relkind in ('r', 'p', 'm')
  and not exists (select from pg_constraint as k where k.conindid = i.indexrelid and k.conrelid = i.indrelid)
order by 1, 2
