-- The functions of one schema that somebody can call through the API.
select
  p.proname as name,
  p.provolatile::text as volatility,
  p.proretset as is_set,
  p.prorettype::bigint as returns,
  p.pronargs::integer - p.pronargdefaults as required_count,
  coalesce(p.proargnames, '{}')::text[] as argument_names,
  coalesce(p.proargmodes::text[], '{}') as argument_modes,
  coalesce(p.proallargtypes, p.proargtypes::oid[])::bigint[] as argument_types,
  array(
    select pg_catalog.pg_get_function_arg_default(p.oid, n)
    from pg_catalog.generate_series(1, pg_catalog.cardinality(coalesce(p.proallargtypes, p.proargtypes::oid[]))) as n
    order by n
  ) as argument_defaults,
  pg_catalog.obj_description(p.oid, 'pg_proc') as comment
from pg_catalog.pg_proc as p
where
  p.pronamespace = pg_catalog.to_regnamespace(%(schema)s)
  and p.prokind = 'f'
  and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
  and exists (
    select from pg_catalog.pg_roles as r
    where r.rolname = any (%(roles)s) and pg_catalog.has_function_privilege(r.oid, p.oid, 'execute')
  )
  and not exists (
    select from pg_catalog.pg_depend as d
    where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e'
  )
order by p.proname collate "C", p.oid
