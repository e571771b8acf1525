select
  (pg_identify_object('pg_proc'::regclass, p.oid, 0)).identity as identity,
  null as part_of,
  jsonb_strip_nulls(
    jsonb_build_object(
      'owner', pg_get_userbyid(p.proowner),
      'definition', case when p.prokind <> 'a' then pg_get_functiondef(p.oid) end,
      'aggregate', (
        select to_jsonb(a) - 'aggfnoid' - 'aggtranstype' - 'aggmtranstype' || jsonb_build_object(
          'transition', a.aggtranstype::regtype, 'moving', nullif(a.aggmtranstype, 0)::regtype
        )
        from pg_aggregate as a
        where a.aggfnoid = p.oid
      )
    )
  ) as details
from pg_proc as p
inner join ours as o on o.oid = p.pronamespace
where
  not exists (select from member as m where m.classid = 'pg_proc'::regclass and m.objid = p.oid)
  -- The constructors of a range type come with it.
  and not exists (
    select
    from pg_depend as d
    where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'i' and d.refclassid = 'pg_type'::regclass
  )
