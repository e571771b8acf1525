select
  t.tgrelid::regclass::text as "table",
  t.tgname::text as name,
  t.tgfoid::regprocedure::text as function,
  pg_get_triggerdef(t.oid) as definition,
  cn.nspname <> all(%(schemas)s) as is_on_platform
from pg_trigger as t
inner join pg_proc as p on p.oid = t.tgfoid
inner join pg_namespace as n on n.oid = p.pronamespace
inner join pg_class as c on c.oid = t.tgrelid
inner join pg_namespace as cn on cn.oid = c.relnamespace
where n.nspname = any(%(schemas)s) and not t.tgisinternal and t.tgparentid = 0 and t.tgenabled <> 'D'
order by "table", name
