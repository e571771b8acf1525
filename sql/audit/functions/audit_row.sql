-- The audit trigger of every mutable table, made by the compile step. Arguments: the tenant column ('' for none), the
-- key columns, the protected columns ('*' for all), each list joined by commas, and the column with the owner whose
-- own doings are told without a name ('' for none).
-- SECURITY DEFINER because nobody may write audit_events. A trigger function: it tells of the change that fired it.
create function app.audit_row() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_old constant jsonb := case when tg_op = 'INSERT' then '{}'::jsonb else to_jsonb(old) end;
  v_new constant jsonb := case when tg_op = 'DELETE' then '{}'::jsonb else to_jsonb(new) end;
  v_row constant jsonb := case when tg_op = 'DELETE' then v_old else v_new end;
  v_protected constant text[] := string_to_array(tg_argv[2], ',');
  v_key_columns constant text[] := string_to_array(tg_argv[1], ',');
  v_is_closed constant boolean := tg_argv[2] = '*';
  v_table constant text := tg_table_schema || '.' || tg_table_name;
  v_changes jsonb;
  v_key jsonb;
  v_action public.audit_action;
begin
  select
    jsonb_object_agg(
      columns.name,
      case
        when v_is_closed or columns.name = any(v_protected) then '"changed"'::jsonb
        else jsonb_build_array(v_old -> columns.name, v_new -> columns.name)
      end
    ) filter (
      where coalesce(v_old -> columns.name, 'null') <> coalesce(v_new -> columns.name, 'null')
      -- What the stamps say, the event says itself.
      and columns.name <> all('{created_at,created_by,updated_at,updated_by,version}')
    ),
    jsonb_object_agg(columns.name, v_row -> columns.name) filter (
      where columns.name = any(v_key_columns) and columns.name <> tg_argv[3] and columns.name <> all(v_protected)
    )
  into v_changes, v_key
  from jsonb_object_keys(v_row) as columns (name);

  if v_changes is null and tg_op = 'UPDATE' then
    return null;
  end if;
  -- Sealing anew writes the same value under a newer key: nothing that anybody did.
  if
    tg_op = 'UPDATE' and current_setting('carebase.resealing', true) = 'on'
    and (v_is_closed or v_changes - v_protected = '{}')
  then
    return null;
  end if;
  -- How many rows of their own somebody changed or deleted in one go would tell more than that they did: the function
  -- that does it leaves one event itself.
  if
    tg_op <> 'INSERT' and tg_argv[3] <> '' and current_setting('carebase.told_as_one', true) = 'on'
    and app.is_own_doing(v_row ->> tg_argv[3])
  then
    return null;
  end if;

  v_action := case
    when tg_op = 'UPDATE' and v_changes ? 'deleted_at' and v_old -> 'deleted_at' = 'null' then 'delete'
    when tg_op = 'UPDATE' and v_changes ? 'deleted_at' and v_new -> 'deleted_at' = 'null' then 'restore'
    when tg_op = 'DELETE' then 'purge'
    else lower(tg_op)
  end;

  if tg_argv[3] <> '' and app.is_own_doing(v_row ->> tg_argv[3]) then
    perform app.audit_concealed(v_action, (v_row ->> tg_argv[0])::uuid, v_table, v_changes);
  else
    perform app.audit(v_action, (v_row ->> tg_argv[0])::uuid, v_table, v_key, v_changes);
  end if;
  return null;
end
$$;

comment on function app.audit_row() is
'Trigger _800_audit: one event per changed row, with the columns that changed.';

create function app.is_own_doing(p_owner_id text) returns boolean
language sql stable
return p_owner_id = nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub';

comment on function app.is_own_doing(text) is 'Whether the person of the request is this one.';

-- No name, no session, no address, no key of the row; a random id, for the usual ones tell the time; the hour.
create function app.audit_concealed(
  p_action public.audit_action, p_org_id uuid, p_table_name text, p_changes jsonb
) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  insert into public.audit_events (
    org_id, id, occurred_at, action, is_concealed, database_role, table_name, changes
  )
  values (
    coalesce(p_org_id, '00000000-0000-0000-0000-000000000000'),
    gen_random_uuid(),
    date_trunc('hour', clock_timestamp(), 'UTC'),
    p_action,
    true,
    'authenticated',
    p_table_name,
    (select jsonb_object_agg(columns.name, 'changed') from jsonb_object_keys(p_changes) as columns (name))
  );
end
$$;

comment on function app.audit_concealed(public.audit_action, uuid, text, jsonb) is
'Writes that somebody did something with a row of their own, and not who.';

revoke all on function app.audit_row() from public;
revoke all on function app.is_own_doing(text) from public;
revoke all on function app.audit_concealed(public.audit_action, uuid, text, jsonb) from public;
