select
  n.nspname::text as schema,
  c.relname::text as bare,
  c.oid::regclass::text as name,
  c.relkind::text as kind,
  c.relrowsecurity as is_secured,
  c.relforcerowsecurity as is_forced,
  array(
    select privilege
    from unnest(array['select', 'insert', 'update', 'delete']) as privilege
    where has_table_privilege('authenticated', c.oid, privilege)
  ) as granted,
  (
    select coalesce(jsonb_agg(jsonb_build_object(
      'name', a.attname,
      'type', format_type(a.atttypid, a.atttypmod),
      'is_required', a.attnotnull,
      'default', pg_get_expr(d.adbin, d.adrelid),
      'is_readable', has_column_privilege('authenticated', c.oid, a.attnum, 'select'),
      'is_insertable', has_column_privilege('authenticated', c.oid, a.attnum, 'insert'),
      'is_updatable', has_column_privilege('authenticated', c.oid, a.attnum, 'update')
    ) order by a.attnum), '[]')
    from pg_attribute as a
    left join pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum and a.attgenerated = ''
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  ) as columns
from pg_class as c
inner join pg_namespace as n on n.oid = c.relnamespace
where n.nspname = any(%(schemas)s)
  and c.relkind in ('r', 'p', 'v', 'm')
  and not c.relispartition
  and not exists (
    select from pg_depend as d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'
  )
order by name
