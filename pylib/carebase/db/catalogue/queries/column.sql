select
  c.oid::regclass::text || '.' || quote_ident(a.attname) as identity,
  c.oid::regclass::text as part_of,
  jsonb_strip_nulls(
    jsonb_build_object(
      'table', c.oid::regclass,
      'column', quote_ident(a.attname),
      'type', format_type(a.atttypid, a.atttypmod),
      'collation', case when a.attcollation <> t.typcollation then a.attcollation::regcollation end,
      'not_null', nullif(a.attnotnull, false),
      'default', case when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) end,
      'generated', case when a.attgenerated <> '' then pg_get_expr(d.adbin, d.adrelid) || ' ' || a.attgenerated::text end,
      'identity', nullif(a.attidentity, ''),
      'inherited', nullif(a.attislocal, true),
      'storage', case a.attstorage
        when 'p' then 'plain' when 'e' then 'external' when 'm' then 'main' else 'extended'
      end,
      'compression', case a.attcompression when 'p' then 'pglz' when 'l' then 'lz4' end,
      'statistics', nullif(a.attstattarget, -1),
      'options', a.attoptions
    )
  ) as details
from pg_attribute as a
inner join pg_class as c on c.oid = a.attrelid
inner join ours as o on o.oid = c.relnamespace
inner join pg_type as t on t.oid = a.atttypid
left join pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum
where
  c.relkind in ('r', 'p', 'f') and a.attnum > 0 and not a.attisdropped
  and not exists (select from member as m where m.classid = 'pg_class'::regclass and m.objid = c.oid)
