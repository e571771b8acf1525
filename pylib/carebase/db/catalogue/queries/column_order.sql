-- Not of tables that inherit: what their parent gains comes behind their own, wherever it was declared.
select
  c.oid::regclass::text as identity,
  c.oid::regclass::text as part_of,
  jsonb_build_object('columns', jsonb_agg(a.attname order by a.attnum)) as details
from pg_attribute as a
inner join pg_class as c on c.oid = a.attrelid
inner join ours as o on o.oid = c.relnamespace
where
  c.relkind in ('r', 'p', 'f') and a.attnum > 0 and not a.attisdropped
  and not exists (select from pg_inherits as i where i.inhrelid = c.oid)
  and not exists (select from member as m where m.classid = 'pg_class'::regclass and m.objid = c.oid)
group by c.oid
