-- Which tables have sealed columns is what their trigger says, so that nothing else can say otherwise.
create function app.sealed_tables() returns table (
  name text, key text, org text, subject text, columns text[], indexed text[]
)
language sql stable
set search_path = ''
as $$
  select
    format('%I.%I', schemas.nspname, tables.relname), args.list[1], args.list[2], args.list[3],
    array(
      select rtrim(each.name, '+') from unnest(args.list[4:]) with ordinality as each (name, place)
      where each.name <> '' order by each.place
    ),
    array(
      select rtrim(each.name, '+') from unnest(args.list[4:]) with ordinality as each (name, place)
      where each.name like '%+' order by each.place
    )
  from pg_catalog.pg_trigger as triggers
  inner join pg_catalog.pg_class as tables on tables.oid = triggers.tgrelid
  inner join pg_catalog.pg_namespace as schemas on schemas.oid = tables.relnamespace
  cross join lateral (select app.trigger_arguments(triggers.tgargs) as list) as args
  where triggers.tgname = '_300_seal' and not triggers.tgisinternal
  order by 1
$$;

comment on function app.sealed_tables() is
'Tables with sealed columns: name, key, the owners of the key as SQL of a row, columns, those with a blind index.';

-- One batch: what is not sealed with its owner's newest key is opened and written as it was, and the trigger seals it.
-- Readers go on, writers of these rows wait for the batch. It keeps no account of how far it came: a run that was
-- killed begins anew and finds nothing to do where it had been.
--
-- The rows are locked first and read by another statement, which sees them as who had them last left them. What a
-- destroyed key sealed stays as it is.
create function app.reseal_rows(
  p_table text, p_after_org_id uuid, p_after_id uuid, p_limit integer,
  out last_org_id uuid, out last_id uuid, out seen_count integer, out resealed_count integer
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_table record;
  v_org_ids uuid[];
  v_ids uuid[];
  v_is_tenant boolean;
begin
  select sealed.* into strict v_table from app.sealed_tables() as sealed where sealed.name = p_table;
  v_is_tenant := v_table.org <> 'null::uuid';
  execute format(
    case when v_is_tenant then
      'select array_agg(org_id order by org_id, id), array_agg(id order by org_id, id) from (
         select %1$I as org_id, %2$I as id from %3$s where $2 is null or (%1$I, %2$I) > ($1, $2)
         order by %1$I, %2$I limit $3 for update
       ) as batch'
    else
      'select null::uuid[], array_agg(id order by id) from (
         select %2$I as id from %3$s where $2 is null or %2$I > $2 order by %2$I limit $3 for update
       ) as batch'
    end,
    v_table.org, v_table.key, v_table.name
  ) into v_org_ids, v_ids using p_after_org_id, p_after_id, p_limit;
  seen_count := coalesce(cardinality(v_ids), 0);
  resealed_count := 0;
  if seen_count > 0 then
    last_org_id := v_org_ids[seen_count];
    last_id := v_ids[seen_count];
    perform set_config('carebase.resealing', 'on', true);
    execute app.reseal_statement(v_table.name) using v_org_ids, v_ids;
    get diagnostics resealed_count = row_count;
    perform set_config('carebase.resealing', '', true);
  end if;
end
$$;

comment on function app.reseal_rows(text, uuid, uuid, integer) is
'Re-seals what is not sealed with the newest key in the next rows after this one. last_org_id, last_id: where to go on;
seen_count, resealed_count: rows, no seen ones at the end.';

create function app.reseal_statement(p_table text) returns text
language sql stable
set search_path = ''
as $$
  select format(
    'with batch as materialized (
       select %1$I as row_id, %2$s as org_id, %3$s as subject_id, %4$s from %5$s where %6$s
     ),
     opened as materialized (
       select array_agg((unwrapped.tag, unwrapped.schedule)::app.unwrapped_key) as keys
       from app.unwrap_keys(array(%7$s)) as unwrapped
     ),
     changed as materialized (select batch.row_id, batch.org_id, %8$s from batch cross join opened)
     update %5$s as target set %9$s from changed
     where target.%1$I = changed.row_id%10$s and (%11$s) is distinct from (%12$s)',
    sealed.key, sealed.org, sealed.subject, parts.reads, sealed.name,
    case
      when sealed.org = 'null::uuid' then format('%I = any($2)', sealed.key)
      else format('(%I, %I) in (select * from unnest($1, $2))', sealed.org, sealed.key)
    end,
    parts.tags, parts.opens, parts.sets,
    case when sealed.org <> 'null::uuid' then format(' and target.%I = changed.org_id', sealed.org) end,
    parts.before, parts.after
  )
  from app.sealed_tables() as sealed
  cross join lateral (
    select
      string_agg(format('%I', each.name), ', ') as reads,
      string_agg(format('select substr(%I, 2, 16) from batch', each.name), ' union ') as tags,
      string_agg(
        format(
          'app.reopen(row_id, %1$I, %2$L, org_id, subject_id, %3$L, opened.keys) as %1$I',
          each.name, format('carebase:1:%s:%s:', sealed.name, each.name), each.name = any(sealed.indexed)
        ), ', '
      ) as opens,
      string_agg(format('%1$I = changed.%1$I', each.name), ', ') as sets,
      string_agg(format('target.%I', each.name), ', ') as before,
      string_agg(format('changed.%I', each.name), ', ') as after
    from unnest(sealed.columns) as each (name)
  ) as parts
  where sealed.name = p_table
$$;

comment on function app.reseal_statement(text) is
'The statement that re-seals rows of a table; its parameters are their organizations and their ids.';

-- The plaintext where a value has to be sealed anew, else the value itself.
create function app.reopen(
  p_row_id uuid, p_value bytea, p_place text, p_org_id uuid, p_subject_id uuid, p_is_indexed boolean,
  p_keys app.unwrapped_key[]
) returns bytea
language plpgsql stable
set search_path = ''
as $$
declare
  v_schedule bytea;
  v_plain bytea;
begin
  if p_value is null then
    return null;
  end if;
  select unwrapped.schedule into v_schedule
  from unnest(p_keys) as unwrapped where unwrapped.tag = substr(p_value, 2, 16);
  if v_schedule is null or (
    -- Sealed with the newest key, and indexed with the only one there is.
    exists (
      select from app.data_keys as keys
      where keys.id = encode(substr(p_value, 2, 16), 'hex')::uuid and keys.retired_at is null
    ) and not (
      p_is_indexed and exists (
        select from app.data_keys as keys
        where
          keys.purpose = 'index' and keys.retired_at is not null and keys.destroyed_at is null
          and keys.org_id is not distinct from p_org_id
      )
    )
  ) then
    return p_value;
  end if;
  v_plain := app.open_value(v_schedule, app.sealed_context(p_place::bytea, p_org_id, p_subject_id), p_value);
  if v_plain is null then
    perform app.refuse_damaged(p_place, p_row_id);
  end if;
  return v_plain;
end
$$;

comment on function app.reopen(uuid, bytea, text, uuid, uuid, boolean, app.unwrapped_key[]) is
'What a re-sealing writes: the opened value, or the value as it is where nothing is to be done or its key is destroyed.';

-- Once every row has been gone over, nothing is found by a retired index key any more.
create function app.destroy_retired_index_keys() returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_done integer;
begin
  update app.data_keys set wrapped_key = null, destroyed_at = now()
  where purpose = 'index' and retired_at is not null and destroyed_at is null;
  get diagnostics v_done = row_count;
  return v_done;
end
$$;

comment on function app.destroy_retired_index_keys() is
'Destroys the index keys that a complete re-sealing has replaced; how many it were.';

revoke all on function app.sealed_tables() from public;
revoke all on function app.reseal_rows(text, uuid, uuid, integer) from public;
revoke all on function app.reseal_statement(text) from public;
revoke all on function app.reopen(uuid, bytea, text, uuid, uuid, boolean, app.unwrapped_key[]) from public;
revoke all on function app.destroy_retired_index_keys() from public;
