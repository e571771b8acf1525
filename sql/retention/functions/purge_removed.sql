-- What else refers to a row keeps it, however the reference is declared: a cascade would take rows along that nobody
-- removed. As SQL that follows a where.
create function app.unreferenced(p_table_name text) returns text
language sql stable
set search_path = ''
as $$
  select coalesce(
    string_agg(format(' and not exists (select from %s as other where %s)', referring.name, referring.columns), ''), ''
  )
  from (
    select
      references_.oid,
      format('%I.%I', schemas.nspname, tables.relname) as name,
      (
        select string_agg(format('other.%I = rows.%I', theirs.attname, ours.attname), ' and ' order by pairs.place)
        from unnest(references_.conkey, references_.confkey) with ordinality as pairs (theirs, ours, place)
        inner join pg_catalog.pg_attribute as theirs
          on theirs.attrelid = references_.conrelid and theirs.attnum = pairs.theirs
        inner join pg_catalog.pg_attribute as ours
          on ours.attrelid = references_.confrelid and ours.attnum = pairs.ours
      ) as columns
    from pg_catalog.pg_constraint as references_
    inner join pg_catalog.pg_class as tables on tables.oid = references_.conrelid
    inner join pg_catalog.pg_namespace as schemas on schemas.oid = tables.relnamespace
    where
      references_.contype = 'f' and references_.conparentid = 0
      and references_.confrelid = format('public.%I', p_table_name)::regclass
    order by references_.oid
  ) as referring
$$;

comment on function app.unreferenced(text) is 'The condition that nothing refers to a row, called rows, of this table.';

-- How each statement about removed rows begins and what it asks of a row. Parameters: organization, moment.
create function app.held_clause(p_name text, p_tenant text, p_key text, p_people text[]) returns text
language sql immutable
set search_path = ''
as $$
  select format(
    'app.is_held(rows.%I, %L, rows.%I, array[%s]::uuid[])', p_tenant, p_name, p_key,
    (select string_agg(format('rows.%I', people.name), ', ') from unnest(p_people) as people (name))
  )
$$;

comment on function app.held_clause(text, text, text, text[]) is
'The condition that a legal hold covers a row, called rows, of this table.';

-- One batch of one table. The rows are locked first, which keeps new references and restoring away, and looked at again
-- by the statement that deletes; the holds are read after the lock that keeps new ones away. It waits for nobody: a row
-- that somebody is busy with is for the next time.
create function app.purge_removed(p_table_name text, p_org_id uuid, p_limit integer) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_table record;
  v_until timestamptz;
  v_what text;
  v_ids uuid[];
  v_count integer;
begin
  select purged.* into strict v_table from app.purged_tables() as purged where purged.name = p_table_name;
  v_until := app.clock() - app.retention_term(p_org_id, p_table_name);
  v_what := format(
    'rows.%1$I = $1 and rows.deleted_at < $2 and not %2$s%3$s',
    v_table.tenant_column,
    app.held_clause(v_table.name, v_table.tenant_column, v_table.key_column, v_table.people_columns),
    app.unreferenced(v_table.name)
  );
  perform pg_advisory_xact_lock_shared(app.hold_lock(p_org_id));
  execute format(
    'select array(
       select rows.%1$I from public.%2$I as rows where %3$s
       order by rows.deleted_at, rows.%1$I limit $3 for update skip locked
     )',
    v_table.key_column, v_table.name, v_what
  ) into v_ids using p_org_id, v_until, p_limit;
  execute format(
    'delete from public.%2$I as rows where %3$s and rows.%1$I = any($3)', v_table.key_column, v_table.name, v_what
  ) using p_org_id, v_until, v_ids;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

comment on function app.purge_removed(text, uuid, integer) is
'Deletes removed rows of a table whose term is over, except those that are held or that something refers to.';

revoke all on function app.unreferenced(text) from public;
revoke all on function app.held_clause(text, text, text, text[]) from public;
revoke all on function app.purge_removed(text, uuid, integer) from public;
