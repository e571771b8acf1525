-- Which tables are purged is what their trigger says, so that nothing else can say otherwise: no row, no parameter.
create function app.purged_tables() returns table (
  name text,
  tenant_column text,
  key_column text,
  keep_for interval,
  at_least interval,
  at_most interval,
  is_counted boolean,
  people_columns text[]
)
language sql stable
set search_path = ''
as $$
  select
    tables.relname::text, args.list[1], args.list[2],
    args.list[3]::interval, args.list[4]::interval, args.list[5]::interval,
    args.list[6] = 'counted', string_to_array(args.list[7], ',')
  from pg_catalog.pg_trigger as triggers
  inner join pg_catalog.pg_class as tables on tables.oid = triggers.tgrelid
  cross join lateral (select app.trigger_arguments(triggers.tgargs) as list) as args
  where
    triggers.tgname = '_200_hold' and not triggers.tgisinternal
    and tables.relnamespace = 'public'::regnamespace
    and triggers.tgfoid = 'app.refuse_held()'::regprocedure
  order by 1
$$;

comment on function app.purged_tables() is
'Tables whose removed rows are deleted in the end: keys, default term and its bounds, whether their rows may be counted,
the columns that say whom a row is about.';

-- Whatever is stored, the term stays within the bounds that the table declares.
create function app.retention_term(p_org_id uuid, p_table_name text) returns interval
language sql stable
set search_path = ''
as $$
  select least(greatest(coalesce(policies.keep_for, purged.keep_for), purged.at_least), purged.at_most)
  from app.purged_tables() as purged
  left join public.retention_policies as policies
    on policies.org_id = p_org_id and policies.table_name = purged.name and policies.deleted_at is null
  where purged.name = p_table_name
$$;

comment on function app.retention_term(uuid, text) is
'How long an organization keeps removed rows of a table; null for a table that is not purged.';

create function app.purged_at(p_org_id uuid, p_table_name text, p_deleted_at timestamptz) returns timestamptz
language sql stable
set search_path = ''
as $$
  select p_deleted_at + app.retention_term(p_org_id, p_table_name)
$$;

comment on function app.purged_at(uuid, text, timestamptz) is
'From when on a row that was removed then is deleted for good, unless it is held or something refers to it.';

revoke all on function app.purged_tables() from public;
revoke all on function app.retention_term(uuid, text) from public;
revoke all on function app.purged_at(uuid, text, timestamptz) from public;
