-- Not the NOT NULLs (they are the column's or domain's), nor what a partition has from its parent.
select
  quote_ident(k.conname) || ' on ' || coalesce(nullif(k.conrelid, 0)::regclass::text, k.contypid::regtype::text) as identity,
  coalesce(nullif(k.conrelid, 0)::regclass::text, k.contypid::regtype::text) as part_of,
  jsonb_strip_nulls(
    jsonb_build_object(
      'definition', pg_get_constraintdef(k.oid),
      'inherited', nullif(k.conislocal, true)
    )
  ) as details
from pg_constraint as k
inner join ours as o on o.oid = k.connamespace
where
  k.contype in ('c', 'f', 'p', 'u', 'x')
  and k.conparentid = 0
  and not exists (
    select
    from member as m
    where
      (m.classid = 'pg_class'::regclass and m.objid = k.conrelid)
      or (m.classid = 'pg_type'::regclass and m.objid = k.contypid)
  )
