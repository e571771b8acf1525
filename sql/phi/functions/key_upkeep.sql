-- The upkeep of data keys, for the command line and for jobs; granted to nobody.
--
-- The key that changed is not used by anybody who begins later. Who began before may still: waiting for its lock waits
-- for them, and then what is left under it is final.
create function app.rotate_data_keys(
  p_org_id uuid default null, p_created_before timestamptz default now(), p_limit integer default 500
) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_key app.data_keys;
  v_done integer := 0;
begin
  for v_key in
    select keys.* from app.data_keys as keys
    where
      keys.retired_at is null
      and keys.created_at < p_created_before
      and (p_org_id is null or keys.org_id = p_org_id)
    order by keys.id
    limit p_limit
  loop
    perform app.make_data_key(v_key.purpose, v_key.org_id, v_key.subject_id, true);
    v_done := v_done + 1;
  end loop;
  return v_done;
end
$$;

comment on function app.rotate_data_keys(uuid, timestamptz, integer) is
'Gives every owner (of one organization, or all) whose key is older a new one, at most so many; how many it
were. Older keys still open what they sealed; app.reseal_rows() moves it.';

-- The other side of the locks that app.sealing_key() takes.
create function app.lock_data_key(p_key_id uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_subject_id uuid;
begin
  select keys.subject_id into v_subject_id from app.data_keys as keys where keys.id = p_key_id;
  if v_subject_id is null then
    perform pg_advisory_xact_lock(hashtextextended('carebase.data_key.' || p_key_id, 0));
  else
    perform from app.data_keys as keys where keys.id = p_key_id for update;
  end if;
end
$$;

comment on function app.lock_data_key(uuid) is 'Waits until no transaction seals with a key, and keeps others from it.';

create function app.settle_retired_keys() returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_key_id uuid;
  v_done integer := 0;
begin
  for v_key_id in
    select keys.id from app.data_keys as keys
    where keys.retired_at > now() - interval '1 day' and keys.destroyed_at is null
    order by keys.id
  loop
    perform app.lock_data_key(v_key_id);
    v_done := v_done + 1;
  end loop;
  return v_done;
end
$$;

comment on function app.settle_retired_keys() is
'Waits until no transaction seals with a retired key any more; how many keys were waited for.';

-- Nothing is asked of the values: without its key each of them is noise. The blind indexes of one person go with it,
-- because the key that made them is the organization's and stays.
create function app.destroy_data_keys(p_org_id uuid, p_subject_id uuid default null) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_key_id uuid;
  v_table record;
  v_done integer := 0;
begin
  if p_org_id is null and p_subject_id is null then
    raise exception 'app.destroy_data_keys: name an organization, a person, or both';
  end if;
  for v_key_id in
    select keys.id from app.data_keys as keys
    where
      keys.wrapped_key is not null
      and (p_org_id is null or keys.org_id = p_org_id)
      and (p_subject_id is null or keys.subject_id = p_subject_id)
    order by keys.id
  loop
    perform app.lock_data_key(v_key_id);
    update app.data_keys
    set wrapped_key = null, retired_at = coalesce(retired_at, now()), destroyed_at = now()
    where data_keys.id = v_key_id;
    v_done := v_done + 1;
  end loop;

  if p_subject_id is not null then
    perform set_config('carebase.resealing', 'on', true);
    for v_table in
      select sealed.* from app.sealed_tables() as sealed
      where sealed.subject <> 'null::uuid' and cardinality(sealed.indexed) > 0
    loop
      execute format(
        'update %s set %s where %s = $1 and ($2 is null or %s = $2)',
        v_table.name,
        (select string_agg(format('%I = null', each.name || '_index'), ', ') from unnest(v_table.indexed) as each (name)),
        v_table.subject, v_table.org
      ) using p_subject_id, p_org_id;
    end loop;
    perform set_config('carebase.resealing', '', true);
  end if;
  perform app.audit(
    'configure', p_org_id, 'app.data_keys', p_changes => jsonb_build_object('destroyed', v_done),
    p_operation => 'destroy_keys',
    p_subject_ids => case when p_subject_id is not null then array[p_subject_id] end
  );
  return v_done;
end
$$;

comment on function app.destroy_data_keys(uuid, uuid) is
'Destroys every data key of an organization, of a person there, or (without organization) of a person everywhere; how
many it were. Cannot be undone but from a backup, as long as that opens with a key-encryption key that still exists.';

revoke all on function app.rotate_data_keys(uuid, timestamptz, integer) from public;
revoke all on function app.lock_data_key(uuid) from public;
revoke all on function app.settle_retired_keys() from public;
revoke all on function app.destroy_data_keys(uuid, uuid) from public;
