select
  n.nspname::text as schema,
  p.proname::text as bare,
  p.oid::regprocedure::text as name,
  pg_get_function_arguments(p.oid) as arguments,
  coalesce(p.proargnames, '{}') as argument_names,
  p.provariadic <> 0 as is_variadic,
  pg_get_functiondef(p.oid) as definition,
  p.prosrc as body,
  l.lanname::text as language,
  p.prosecdef as is_definer,
  coalesce(array_to_string(p.proconfig, ', '), '') like '%%search_path=%%' as has_search_path,
  p.provolatile::text as volatility,
  p.prorettype = 'trigger'::regtype as is_trigger,
  array(
    select case a.grantee when 0 then 'public' else a.grantee::regrole::text end
    from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) as a
    where a.grantee <> p.proowner and a.privilege_type = 'EXECUTE'
    order by 1
  ) as grantees,
  obj_description(p.oid, 'pg_proc') as comment,
  exists (
    select from pg_depend as d
    where d.refclassid = 'pg_proc'::regclass and d.refobjid = p.oid and d.classid = 'pg_policy'::regclass
  ) as is_in_policy,
  exists (
    select from pg_depend as d
    where d.refclassid = 'pg_proc'::regclass and d.refobjid = p.oid and d.deptype in ('n', 'a')
      and d.classid <> 'pg_proc'::regclass
  ) as is_depended_on
from pg_proc as p
inner join pg_namespace as n on n.oid = p.pronamespace
inner join pg_language as l on l.oid = p.prolang
where n.nspname = any(%(schemas)s)
  and p.prokind = 'f'
  and l.lanname in ('sql', 'plpgsql')
  and not exists (
    select from pg_depend as d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e'
  )
order by name
