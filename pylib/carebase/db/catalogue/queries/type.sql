select
  t.oid::regtype::text as identity,
  null as part_of,
  jsonb_strip_nulls(
    jsonb_build_object(
      'is', case t.typtype when 'e' then 'enum' when 'd' then 'domain' when 'c' then 'composite' else 'range' end,
      'owner', pg_get_userbyid(t.typowner),
      'labels', (
        select jsonb_agg(e.enumlabel order by e.enumsortorder)
        from pg_enum as e
        where e.enumtypid = t.oid
      ),
      'base', case when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod) end,
      'not_null', nullif(t.typnotnull, false),
      'default', t.typdefault,
      'collation', case when t.typtype = 'd' and t.typcollation <> b.typcollation then t.typcollation::regcollation end,
      'attributes', (
        select
          jsonb_agg(
            jsonb_build_array(a.attname, format_type(a.atttypid, a.atttypmod), nullif(a.attcollation, 0)::regcollation)
            order by a.attnum
          )
        from pg_attribute as a
        where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped
      ),
      'range', case
        when t.typtype = 'r'
          then (
            select
              jsonb_build_array(
                r.rngsubtype::regtype, nullif(r.rngcollation, 0)::regcollation, r.rngcanonical::regproc,
                r.rngsubdiff::regproc, r.rngmultitypid::regtype, c.opcname
              )
            from pg_range as r
            inner join pg_opclass as c on c.oid = r.rngsubopc
            where r.rngtypid = t.oid
          )
      end
    )
  ) as details
from pg_type as t
inner join ours as o on o.oid = t.typnamespace
left join pg_class as c on c.oid = t.typrelid
left join pg_type as b on b.oid = t.typbasetype
where
  t.typtype in ('e', 'd', 'c', 'r')
  and (t.typtype <> 'c' or c.relkind = 'c')
  and not exists (select from member as m where m.classid = 'pg_type'::regclass and m.objid = t.oid)
