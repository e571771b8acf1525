-- Which of our tables are published where, for instance for Supabase's Realtime.
select
  quote_ident(p.pubname) || ' of ' || r.prrelid::regclass::text as identity,
  r.prrelid::regclass::text as part_of,
  jsonb_strip_nulls(
    jsonb_build_object(
      'where', pg_get_expr(r.prqual, r.prrelid),
      'columns', (
        select jsonb_agg(a.attname order by a.attnum)
        from pg_attribute as a
        where a.attrelid = r.prrelid and a.attnum = any(r.prattrs::int2[])
      )
    )
  ) as details
from pg_publication_rel as r
inner join pg_publication as p on p.oid = r.prpubid
inner join pg_class as c on c.oid = r.prrelid
inner join ours as o on o.oid = c.relnamespace
