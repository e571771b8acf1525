select
  n.nspname::text as schema,
  c.oid::regclass::text as "table",
  p.polname::text as name,
  case p.polcmd
    when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all'
  end as command,
  p.polpermissive as is_permissive,
  array(
    select case r when 0 then 'public' else r::regrole::text end from unnest(p.polroles) as r order by 1
  ) as roles,
  pg_get_expr(p.polqual, p.polrelid) as "using",
  pg_get_expr(p.polwithcheck, p.polrelid) as "check",
  obj_description(p.oid, 'pg_policy') as comment
from pg_policy as p
inner join pg_class as c on c.oid = p.polrelid
inner join pg_namespace as n on n.oid = c.relnamespace
where n.nspname = any(%(schemas)s) and not c.relispartition
order by "table", name
