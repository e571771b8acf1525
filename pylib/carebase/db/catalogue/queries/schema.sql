select
  quote_ident(o.nspname) as identity,
  null as part_of,
  -- Who owns public is the platform's choice.
  case
    when o.nspname = 'public' then '{}'
    else jsonb_build_object('owner', pg_get_userbyid(n.nspowner))
  end as details
from ours as o
inner join pg_namespace as n on n.oid = o.oid
