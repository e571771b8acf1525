-- Keys that wrap keys. Each is in the vault under its version, 64 bytes as hexadecimal; nothing but these functions
-- asks for it, and none of them is granted to anybody.
create function app.kek_schedule(p_version integer) returns bytea
language plpgsql stable
set search_path = ''
as $$
begin
  return app.aead_schedule(decode(app.secret('carebase_phi_kek_' || p_version), 'hex'));
end
$$;

comment on function app.kek_schedule(integer) is 'A key-encryption key from the vault, ready for use.';

-- The first data key of an installation makes the first one where none was provisioned: random, in the vault and
-- nowhere else. `carebase keys status` says so, `carebase keys rewrap` moves to one that a file or KMS keeps as well.
create function app.active_kek() returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_version integer;
begin
  select keks.version into v_version from app.key_encryption_keys as keks where keks.retired_at is null;
  if v_version is null then
    perform pg_advisory_xact_lock(hashtextextended('carebase.first_kek', 0));
    select keks.version into v_version from app.key_encryption_keys as keks where keks.retired_at is null;
  end if;
  if v_version is null then
    v_version := app.add_kek(encode(extensions.gen_random_bytes(64), 'hex'), 'vault', null, null);
  end if;
  return v_version;
end
$$;

comment on function app.active_kek() is 'The version of the key that wraps new data keys; made if there is none.';

create function app.add_kek(p_key text, p_provider text, p_reference text, p_ciphertext bytea) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_version integer;
begin
  if p_key !~ '^[0-9a-f]{128}$' then
    raise exception 'app.add_kek: a key-encryption key is 64 bytes, as hexadecimal';
  end if;
  lock table app.key_encryption_keys in share row exclusive mode;
  update app.key_encryption_keys set retired_at = now() where retired_at is null;
  insert into app.key_encryption_keys (version, provider, reference, ciphertext)
  select coalesce(max(keks.version), 0) + 1, p_provider, p_reference, p_ciphertext
  from app.key_encryption_keys as keks
  returning key_encryption_keys.version into v_version;
  perform vault.create_secret(
    p_key, 'carebase_phi_kek_' || v_version, 'Wraps the data keys of carebase. Losing it loses what they seal.'
  );
  return v_version;
end
$$;

comment on function app.add_kek(text, text, text, bytea) is
'Stores a new key-encryption key, which wraps from now on; its version. For the command line.';

-- The context of a wrapped key is the key itself: a row that takes the place of another opens nothing.
create function app.key_context(p_key_id uuid, p_purpose public.key_purpose, p_org_id uuid, p_subject_id uuid)
returns bytea
language sql immutable
return app.sealed_context(
  (case p_purpose when 'seal' then 'carebase:1:key:seal:' else 'carebase:1:key:index:' end)::bytea
  || uuid_send(p_key_id),
  p_org_id, p_subject_id
);

comment on function app.key_context(uuid, public.key_purpose, uuid, uuid) is 'What a wrapped key is bound to.';

-- Moves a batch of keys under the active key-encryption key. Who uses a key meanwhile has it unwrapped already or finds
-- either form.
create function app.rewrap_data_keys(p_limit integer default 500) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_target constant integer := app.active_kek();
  v_schedule constant bytea := app.kek_schedule(v_target);
  v_key record;
  v_opened bytea;
  v_done integer := 0;
begin
  for v_key in
    select keys.* from app.data_keys as keys
    where keys.kek_version <> v_target and keys.wrapped_key is not null
    order by keys.kek_version, keys.id
    limit p_limit
    -- Whoever seals with one meanwhile does not keep it from being wrapped.
    for no key update skip locked
  loop
    v_opened := app.aead_open(
      app.kek_schedule(v_key.kek_version),
      app.key_context(v_key.id, v_key.purpose, v_key.org_id, v_key.subject_id), v_key.wrapped_key
    );
    if v_opened is null then
      perform app.refuse_key(v_key.id);
    end if;
    update app.data_keys
    set
      kek_version = v_target,
      wrapped_key = app.aead_seal(
        v_schedule, app.key_context(v_key.id, v_key.purpose, v_key.org_id, v_key.subject_id), v_opened,
        extensions.gen_random_bytes(16)
      )
    where data_keys.id = v_key.id;
    v_done := v_done + 1;
  end loop;
  return v_done;
end
$$;

comment on function app.rewrap_data_keys(integer) is
'Wraps at most so many data keys anew with the active key-encryption key; how many it were. For the command line.';

-- Takes a retired key-encryption key out of the vault. From then on a backup that holds what it wrapped is as good as
-- destroyed, too.
create function app.destroy_kek(p_version integer) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  if not exists (
    select from app.key_encryption_keys as keks where keks.version = p_version and keks.retired_at is not null
  ) or exists (
    select from app.data_keys as keys where keys.kek_version = p_version and keys.wrapped_key is not null
  ) then
    raise exception 'Key-encryption key % still wraps keys, or there is none.', p_version
    using errcode = 'object_not_in_prerequisite_state', hint = 'Rewrap first: carebase keys rewrap.';
  end if;
  delete from vault.secrets where secrets.name = 'carebase_phi_kek_' || p_version;
  update app.key_encryption_keys set destroyed_at = now(), ciphertext = null
  where version = p_version and destroyed_at is null;
end
$$;

comment on function app.destroy_kek(integer) is
'Removes a key-encryption key that wraps nothing any more. Errors: 55000 while it does. For the command line.';

revoke all on function app.kek_schedule(integer) from public;
revoke all on function app.active_kek() from public;
revoke all on function app.add_kek(text, text, text, bytea) from public;
revoke all on function app.key_context(uuid, public.key_purpose, uuid, uuid) from public;
revoke all on function app.rewrap_data_keys(integer) from public;
revoke all on function app.destroy_kek(integer) from public;
