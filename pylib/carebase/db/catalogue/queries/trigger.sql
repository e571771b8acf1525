-- On our tables, and ours on the platform's tables: those that call a function of ours.
select
  quote_ident(t.tgname) || ' on ' || t.tgrelid::regclass::text as identity,
  t.tgrelid::regclass::text as part_of,
  jsonb_build_object('definition', pg_get_triggerdef(t.oid), 'enabled', t.tgenabled) as details
from pg_trigger as t
inner join pg_class as c on c.oid = t.tgrelid
inner join pg_proc as p on p.oid = t.tgfoid
where
  not t.tgisinternal
  and t.tgparentid = 0
  and (
    exists (select from ours as o where o.oid = c.relnamespace)
    or exists (select from ours as o where o.oid = p.pronamespace)
  )
  and not exists (select from member as m where m.classid = 'pg_class'::regclass and m.objid = c.oid)
