create function app.open_transferred(
  p_value bytea, p_place text, p_row_id uuid, p_org_id uuid, p_subject_id uuid
) returns bytea
language plpgsql stable
set search_path = ''
as $$
declare
  v_key constant bytea := decode(current_setting('carebase.transfer_key'), 'hex');
  v_plain bytea;
begin
  if p_value is null or substr(p_value, 2, 16) <> substr(v_key, 1, 16) then
    return null;
  end if;
  v_plain := app.open_value(
    substr(v_key, 17), app.transfer_context(p_place, p_row_id, p_org_id, p_subject_id), p_value
  );
  if v_plain is null then
    perform app.refuse_damaged(p_place, p_row_id);
  end if;
  return v_plain;
end
$$;

comment on function app.open_transferred(bytea, text, uuid, uuid, uuid) is
'What an export holds under the transfer key; null for what it holds under a destroyed one. Errors: XX001.';

create function app.seal_transferred(
  p_value bytea, p_place text, p_row_id uuid, p_org_id uuid, p_subject_id uuid
) returns bytea
language plpgsql volatile
set search_path = ''
as $$
declare
  v_plain constant bytea := app.open_transferred(p_value, p_place, p_row_id, p_org_id, p_subject_id);
  v_key record;
begin
  if v_plain is null then
    return p_value;
  end if;
  v_key := app.sealing_key('seal', p_org_id, p_subject_id);
  return app.seal_value(
    v_key.key_id, v_key.schedule,
    app.sealed_context(convert_to('carebase:1:' || p_place || ':', 'UTF8'), p_org_id, p_subject_id), v_plain
  );
end
$$;

comment on function app.seal_transferred(bytea, text, uuid, uuid, uuid) is
'A value of an export under the key that seals for its owner here; as it is if its key was destroyed. Errors: XX001.';

create function app.index_transferred(
  p_value bytea, p_place text, p_row_id uuid, p_org_id uuid, p_subject_id uuid
) returns bytea
language plpgsql volatile
set search_path = ''
as $$
declare
  v_plain constant bytea := app.open_transferred(p_value, p_place, p_row_id, p_org_id, p_subject_id);
  v_key record;
begin
  if v_plain is null then
    return null;
  end if;
  v_key := app.sealing_key('index', p_org_id, null);
  return app.blind_index(
    v_key.schedule, convert_to('carebase:1:' || p_place || ':', 'UTF8'), convert_from(v_plain, 'UTF8')
  );
end
$$;

comment on function app.index_transferred(bytea, text, uuid, uuid, uuid) is
'The blind index of a value of an export, under the index key here; null if its key was destroyed. Errors: XX001.';

-- Who has a key here already goes on with that one.
create function app.keep_destroyed(
  p_purpose public.key_purpose, p_id uuid, p_org_id uuid, p_subject_id uuid, p_version integer,
  p_created_at timestamptz, p_retired_at timestamptz, p_destroyed_at timestamptz
) returns void
language sql volatile
set search_path = ''
as $$
  insert into app.data_keys (
    id, purpose, org_id, subject_id, version, kek_version, created_at, retired_at, destroyed_at
  )
  select p_id, p_purpose, p_org_id, p_subject_id, p_version, app.active_kek(), p_created_at, p_retired_at, p_destroyed_at
  where not exists (
    select from app.data_keys as keys
    where
      keys.purpose = p_purpose
      and coalesce(keys.org_id, '00000000-0000-0000-0000-000000000000')
      = coalesce(p_org_id, '00000000-0000-0000-0000-000000000000')
      and coalesce(keys.subject_id, '00000000-0000-0000-0000-000000000000')
      = coalesce(p_subject_id, '00000000-0000-0000-0000-000000000000')
  )
$$;

comment on function app.keep_destroyed(
  public.key_purpose, uuid, uuid, uuid, integer, timestamptz, timestamptz, timestamptz
) is
'Remembers that the last key of an owner was destroyed before they moved here: nothing is sealed for them any more.';

revoke all on function app.open_transferred(bytea, text, uuid, uuid, uuid) from public;
revoke all on function app.seal_transferred(bytea, text, uuid, uuid, uuid) from public;
revoke all on function app.index_transferred(bytea, text, uuid, uuid, uuid) from public;
revoke all on function app.keep_destroyed(
  public.key_purpose, uuid, uuid, uuid, integer, timestamptz, timestamptz, timestamptz
) from public;
