-- The data keys in use. Nothing here is granted to anybody: the compiled functions of sealed tables call it as their
-- owner, after they have decided who may.

-- For opening: all keys that a list needs, unwrapped once per call. They stay in the memory of that call; there is no
-- cache that somebody could read. A destroyed key is not in the answer.
create function app.unwrap_keys(p_tags bytea[]) returns table (tag bytea, schedule bytea)
language plpgsql stable
rows 5
set search_path = ''
as $$
declare
  v_key record;
  v_kek integer := 0;
  v_kek_schedule bytea;
  v_opened bytea;
begin
  for v_key in
    select keys.* from app.data_keys as keys
    where
      keys.id = any(array(select encode(each.tag, 'hex')::uuid from unnest(p_tags) as each (tag)))
      and keys.wrapped_key is not null
    order by keys.kek_version
  loop
    if v_key.kek_version <> v_kek then
      v_kek := v_key.kek_version;
      v_kek_schedule := app.kek_schedule(v_kek);
    end if;
    v_opened := app.aead_open(
      v_kek_schedule, app.key_context(v_key.id, v_key.purpose, v_key.org_id, v_key.subject_id), v_key.wrapped_key
    );
    if v_opened is null then
      perform app.refuse_key(v_key.id);
    end if;
    tag := uuid_send(v_key.id);
    schedule := app.aead_schedule(v_opened);
    return next;
  end loop;
end
$$;

comment on function app.unwrap_keys(bytea[]) is
'Data keys ready for use, by the 16 bytes that name them in values; without those that were destroyed.';

-- For sealing, which happens row by row: the key is unwrapped once per transaction and kept in a setting of it,
-- encrypted with a hash of the wrapped key. That is a column nobody can read who could read the setting, and it changes
-- with rotation and destruction, so that a setting outlives neither. A setting that does not decrypt to what it was is
-- ignored.
--
-- A shared lock keeps the key from being destroyed under a transaction that seals with it. An organization's key is
-- used by everybody at once, so its lock is an advisory one, which writes nothing. Persons are many, and one import
-- seals for thousands: theirs are locks of rows, which take no memory of the server.
create function app.sealing_key(
  p_purpose public.key_purpose, p_org_id uuid, p_subject_id uuid, out key_id uuid, out schedule bytea
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_setting constant text := 'carebase.sealing_' || p_purpose;
  v_wrapped bytea;
  v_mask bytea;
  v_kept bytea;
begin
  select keys.id, keys.wrapped_key into key_id, v_wrapped
  from app.data_keys as keys
  where
    keys.purpose = p_purpose
    and coalesce(keys.org_id, '00000000-0000-0000-0000-000000000000')
    = coalesce(p_org_id, '00000000-0000-0000-0000-000000000000')
    and coalesce(keys.subject_id, '00000000-0000-0000-0000-000000000000')
    = coalesce(p_subject_id, '00000000-0000-0000-0000-000000000000')
    and keys.retired_at is null;
  if key_id is null then
    select made.key_id, made.wrapped_key, made.schedule into key_id, v_wrapped, schedule
    from app.make_data_key(p_purpose, p_org_id, p_subject_id) as made;
    -- Nobody else sees a key that this transaction made, and a person's is seldom wanted twice in one.
    if schedule is not null and p_subject_id is not null then
      return;
    end if;
  end if;

  v_mask := sha256('carebase:1:mask:'::bytea || v_wrapped);
  v_kept := decode(coalesce(current_setting(v_setting, true), ''), 'hex');
  if length(v_kept) = 320 then
    v_kept := extensions.decrypt(v_kept, v_mask, 'aes-cbc/pad:none');
    if substr(v_kept, 289) = sha256(substr(v_kept, 1, 288)) then
      schedule := substr(v_kept, 1, 288);
      return;
    end if;
  end if;

  if p_subject_id is null then
    perform pg_advisory_xact_lock_shared(hashtextextended('carebase.data_key.' || key_id, 0));
  else
    perform from app.data_keys as keys where keys.id = key_id for key share;
  end if;
  -- It was replaced while the lock was waited for.
  if exists (select from app.data_keys as keys where keys.id = key_id and keys.retired_at is not null) then
    select found.* into key_id, schedule from app.sealing_key(p_purpose, p_org_id, p_subject_id) as found;
    return;
  end if;
  select unwrapped.schedule into schedule from app.unwrap_keys(array[uuid_send(key_id)]) as unwrapped;
  if schedule is null then
    perform app.refuse_key(key_id);
  end if;
  perform set_config(
    v_setting,
    encode(extensions.encrypt(schedule || sha256(schedule), v_mask, 'aes-cbc/pad:none'), 'hex'),
    true
  );
end
$$;

comment on function app.sealing_key(public.key_purpose, uuid, uuid) is
'The key that seals, or indexes, for this owner now; made if there never was one. Errors: 55000 once it was destroyed.';

-- The first version, or with p_replace the next. Of two at once the second finds what the first made: the index of
-- active keys sees to that, and spares a lock for each of the persons of an import.
create function app.make_data_key(
  p_purpose public.key_purpose, p_org_id uuid, p_subject_id uuid, p_replace boolean default false,
  out key_id uuid, out wrapped_key bytea, out schedule bytea
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_kek constant integer := app.active_kek();
  v_key constant bytea := extensions.gen_random_bytes(64);
  v_found record;
begin
  if p_replace then
    perform pg_advisory_xact_lock(
      hashtextextended(concat_ws('.', 'carebase.make_key', p_purpose, p_org_id, p_subject_id), 0)
    );
  end if;
  loop
    select keys.id, keys.version, keys.retired_at, keys.wrapped_key into v_found
    from app.data_keys as keys
    where
      keys.purpose = p_purpose
      and coalesce(keys.org_id, '00000000-0000-0000-0000-000000000000')
      = coalesce(p_org_id, '00000000-0000-0000-0000-000000000000')
      and coalesce(keys.subject_id, '00000000-0000-0000-0000-000000000000')
      = coalesce(p_subject_id, '00000000-0000-0000-0000-000000000000')
    order by keys.version desc
    limit 1;
    if v_found.retired_at is not null then
      perform app.refuse_key(v_found.id);
    elsif v_found.id is not null and not p_replace then
      key_id := v_found.id;
      wrapped_key := v_found.wrapped_key;
      return;
    end if;

    if v_found.id is not null then
      update app.data_keys set retired_at = now() where id = v_found.id;
    end if;
    key_id := gen_random_uuid();
    wrapped_key := app.aead_seal(
      app.kek_schedule(v_kek), app.key_context(key_id, p_purpose, p_org_id, p_subject_id),
      v_key, extensions.gen_random_bytes(16)
    );
    insert into app.data_keys (id, purpose, org_id, subject_id, version, kek_version, wrapped_key)
    values (key_id, p_purpose, p_org_id, p_subject_id, coalesce(v_found.version, 0) + 1, v_kek, wrapped_key)
    on conflict do nothing;
    if found then
      schedule := app.aead_schedule(v_key);
      return;
    end if;
  end loop;
end
$$;

comment on function app.make_data_key(public.key_purpose, uuid, uuid, boolean) is
'A new data key for this owner, who has none or, with p_replace, changes it; ready for use where it was made here.
Errors: 55000 if theirs was destroyed.';

create function app.refuse_key(p_key_id uuid) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  raise exception 'Data key % was destroyed, or does not open with its key-encryption key.', p_key_id
  using errcode = 'object_not_in_prerequisite_state', hint = 'carebase keys status shows the state of every key.';
end
$$;

comment on function app.refuse_key(uuid) is 'Ends a transaction that needs a key which cannot be had.';

revoke all on function app.unwrap_keys(bytea[]) from public;
revoke all on function app.sealing_key(public.key_purpose, uuid, uuid) from public;
revoke all on function app.make_data_key(public.key_purpose, uuid, uuid, boolean) from public;
revoke all on function app.refuse_key(uuid) from public;
