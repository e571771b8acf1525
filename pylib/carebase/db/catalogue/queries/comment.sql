-- `on` is how COMMENT ON addresses the object.
select
  a.address as identity,
  case d.classoid
    when 'pg_class'::regclass then d.objoid::regclass::text
    when 'pg_namespace'::regclass then i.identity
    when 'pg_proc'::regclass then i.identity
    when 'pg_type'::regclass then i.identity
    when 'pg_constraint'::regclass
      then (
        select coalesce(nullif(k.conrelid, 0)::regclass::text, k.contypid::regtype::text)
        from pg_constraint as k
        where k.oid = d.objoid
      )
    when 'pg_policy'::regclass then (select p.polrelid::regclass::text from pg_policy as p where p.oid = d.objoid)
    when 'pg_trigger'::regclass then (select t.tgrelid::regclass::text from pg_trigger as t where t.oid = d.objoid)
  end as part_of,
  jsonb_build_object('text', d.description) as details
from pg_description as d
cross join lateral pg_identify_object(d.classoid, d.objoid, d.objsubid) as i
cross join lateral (
  select case
    when i.type like '%% column' or i.type = 'composite type column' then 'column ' || i.identity
    when i.type = 'table constraint' then 'constraint ' || i.identity
    when i.type = 'domain constraint' then 'constraint ' || replace(i.identity, ' on ', ' on domain ')
    when i.type = 'composite type' then 'type ' || i.identity
    when i.type = 'statistics object' then 'statistics ' || i.identity
    else i.type || ' ' || i.identity
  end as address
) as a
where
  d.classoid <> 'pg_extension'::regclass
  and not exists (
    select
    from member as m
    where m.classid = d.classoid and m.objid = d.objoid
  )
  and exists (
    select
    from ours as o
    where o.oid = case d.classoid
      when 'pg_namespace'::regclass then d.objoid
      when 'pg_class'::regclass then (select c.relnamespace from pg_class as c where c.oid = d.objoid)
      when 'pg_proc'::regclass then (select p.pronamespace from pg_proc as p where p.oid = d.objoid)
      when 'pg_type'::regclass then (select t.typnamespace from pg_type as t where t.oid = d.objoid)
      when 'pg_constraint'::regclass then (select k.connamespace from pg_constraint as k where k.oid = d.objoid)
      when 'pg_collation'::regclass then (select k.collnamespace from pg_collation as k where k.oid = d.objoid)
      when 'pg_statistic_ext'::regclass then (select s.stxnamespace from pg_statistic_ext as s where s.oid = d.objoid)
      when 'pg_operator'::regclass then (select k.oprnamespace from pg_operator as k where k.oid = d.objoid)
      when 'pg_rewrite'::regclass
        then (
          select c.relnamespace
          from pg_rewrite as r
          inner join pg_class as c on c.oid = r.ev_class
          where r.oid = d.objoid
        )
      when 'pg_policy'::regclass
        then (
          -- One on a platform's table counts as ours where policies of ours are expected.
          select case when n.nspname = any(%(policy_schemas)s) then 'public'::regnamespace else n.oid end
          from pg_policy as p
          inner join pg_class as c on c.oid = p.polrelid
          inner join pg_namespace as n on n.oid = c.relnamespace
          where p.oid = d.objoid
        )
      when 'pg_trigger'::regclass
        then (
          select p.pronamespace
          from pg_trigger as t
          inner join pg_proc as p on p.oid = t.tgfoid
          where t.oid = d.objoid
        )
    end
  )
