select
  quote_ident(r.rulename) || ' on ' || r.ev_class::regclass::text as identity,
  r.ev_class::regclass::text as part_of,
  jsonb_build_object('definition', pg_get_ruledef(r.oid), 'enabled', r.ev_enabled) as details
from pg_rewrite as r
inner join pg_class as c on c.oid = r.ev_class
inner join ours as o on o.oid = c.relnamespace
where
  r.rulename <> '_RETURN'
  and not exists (select from member as m where m.classid = 'pg_class'::regclass and m.objid = c.oid)
