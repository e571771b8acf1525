select
  (pg_identify_object('pg_statistic_ext'::regclass, s.oid, 0)).identity as identity,
  s.stxrelid::regclass::text as part_of,
  jsonb_build_object(
    'owner', pg_get_userbyid(s.stxowner),
    'definition', pg_get_statisticsobjdef(s.oid)
  ) as details
from pg_statistic_ext as s
inner join ours as o on o.oid = s.stxnamespace
