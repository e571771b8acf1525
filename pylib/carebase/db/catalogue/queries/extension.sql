-- Without the version: the server's packages decide it.
select
  quote_ident(e.extname) as identity,
  null as part_of,
  jsonb_build_object('schema', n.nspname) as details
from pg_extension as e
inner join pg_namespace as n on n.oid = e.extnamespace
where e.extname <> 'plpgsql'
