-- Not those that a constraint made, nor what a partition has from its parent.
select
  i.indexrelid::regclass::text as identity,
  i.indrelid::regclass::text as part_of,
  jsonb_strip_nulls(
    jsonb_build_object(
      'definition', pg_get_indexdef(i.indexrelid),
      'invalid', nullif(not i.indisvalid, false),
      'clustered', nullif(i.indisclustered, false)
    )
  ) as details
from pg_index as i
inner join pg_class as c on c.oid = i.indexrelid
inner join ours as o on o.oid = c.relnamespace
where
  not c.relispartition
  and not exists (select from pg_constraint as k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
  and not exists (select from member as m where m.classid = 'pg_class'::regclass and m.objid = i.indrelid)
