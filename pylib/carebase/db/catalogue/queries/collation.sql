select
  c.oid::regcollation::text as identity,
  null as part_of,
  jsonb_strip_nulls(
    jsonb_build_object(
      'owner', pg_get_userbyid(c.collowner),
      'provider', c.collprovider,
      'deterministic', c.collisdeterministic,
      'lc_collate', c.collcollate,
      'lc_ctype', c.collctype,
      -- Renamed in version 17.
      'locale', coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale'),
      'rules', to_jsonb(c) ->> 'collicurules'
    )
  ) as details
from pg_collation as c
inner join ours as o on o.oid = c.collnamespace
where not exists (select from member as m where m.classid = 'pg_collation'::regclass and m.objid = c.oid)
