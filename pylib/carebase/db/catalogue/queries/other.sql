-- Kinds that neither the rest of the catalogue nor the diff engine models: only that they are there.
select
  i.type || ' ' || i.identity as identity,
  null as part_of,
  '{}'::jsonb as details
from (
  select 'pg_operator'::regclass as classid, oid, oprnamespace as namespace from pg_operator
  union all
  select 'pg_opclass'::regclass, oid, opcnamespace from pg_opclass
  union all
  select 'pg_opfamily'::regclass, oid, opfnamespace from pg_opfamily
  union all
  select 'pg_conversion'::regclass, oid, connamespace from pg_conversion
  union all
  select 'pg_ts_config'::regclass, oid, cfgnamespace from pg_ts_config
  union all
  select 'pg_ts_dict'::regclass, oid, dictnamespace from pg_ts_dict
  union all
  select 'pg_ts_parser'::regclass, oid, prsnamespace from pg_ts_parser
  union all
  select 'pg_ts_template'::regclass, oid, tmplnamespace from pg_ts_template
  union all
  select 'pg_cast'::regclass, k.oid, t.typnamespace
  from pg_cast as k
  inner join pg_type as t on t.oid in (k.castsource, k.casttarget)
) as k
inner join ours as o on o.oid = k.namespace
cross join lateral pg_identify_object(k.classid, k.oid, 0) as i
where not exists (select from member as m where m.classid = k.classid and m.objid = k.oid)
group by i.type, i.identity
