select
  quote_ident(p.polname) || ' on ' || p.polrelid::regclass::text as identity,
  p.polrelid::regclass::text as part_of,
  jsonb_strip_nulls(
    jsonb_build_object(
      'restrictive', nullif(not p.polpermissive, false),
      'command', p.polcmd,
      'roles', (
        select jsonb_agg(case r when 0 then 'public' else pg_get_userbyid(r) end order by 1)
        from unnest(p.polroles) as r
      ),
      'using', pg_get_expr(p.polqual, p.polrelid),
      'with_check', pg_get_expr(p.polwithcheck, p.polrelid)
    )
  ) as details
from pg_policy as p
inner join pg_class as c on c.oid = p.polrelid
inner join pg_namespace as n on n.oid = c.relnamespace
where
  (exists (select from ours as o where o.oid = n.oid) or n.nspname = any(%(policy_schemas)s))
  and not exists (select from member as m where m.classid = 'pg_class'::regclass and m.objid = c.oid)
