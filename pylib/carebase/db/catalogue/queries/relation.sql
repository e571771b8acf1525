-- Tables, views, sequences. What belongs to one column or constraint has a query of its own.
select
  c.oid::regclass::text as identity,
  null as part_of,
  jsonb_strip_nulls(
    jsonb_build_object(
      'is', case c.relkind
        when 'r' then 'table' when 'p' then 'partitioned table' when 'v' then 'view' when 'm' then 'materialized view'
        when 'S' then 'sequence' else 'foreign table'
      end,
      'owner', pg_get_userbyid(c.relowner),
      'persistence', nullif(c.relpersistence, 'p'),
      'row_security', nullif(c.relrowsecurity, false),
      'row_security_forced', nullif(c.relforcerowsecurity, false),
      'replica_identity', case
        when c.relkind in ('r', 'p') and c.relreplident <> 'd'
          then coalesce(
            (select i.indexrelid::regclass::text from pg_index as i where i.indrelid = c.oid and i.indisreplident),
            c.relreplident::text
          )
      end,
      'options', (select jsonb_agg(option order by option) from unnest(c.reloptions) as option),
      'access_method', (select a.amname from pg_am as a where a.oid = c.relam and a.amname <> 'heap'),
      'of_type', nullif(c.reloftype, 0)::regtype,
      'partitioned_by', pg_get_partkeydef(c.oid),
      'bound', pg_get_expr(c.relpartbound, c.oid),
      'inherits', (
        select jsonb_agg(i.inhparent::regclass order by i.inhseqno)
        from pg_inherits as i
        where i.inhrelid = c.oid
      ),
      'definition', case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end,
      'sequence', (
        select
          jsonb_build_array(
            s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle
          )
        from pg_sequence as s
        where s.seqrelid = c.oid
      ),
      'owned_by', (
        select pg_describe_object(d.refclassid, d.refobjid, d.refobjsubid)
        from pg_depend as d
        where
          c.relkind = 'S' and d.classid = 'pg_class'::regclass and d.objid = c.oid
          and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i')
      )
    )
  ) as details
from pg_class as c
inner join ours as o on o.oid = c.relnamespace
where
  c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
  and not exists (select from member as m where m.classid = 'pg_class'::regclass and m.objid = c.oid)
