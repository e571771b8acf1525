-- seal_identity: who patients are is stored sealed from here on, and what is there already is sealed on the way.
-- Each table is written anew once, sealed, and the file that held it in clear is deleted with the commit: no row that
-- is in clear is left behind by an update. No version, no stamp and no audit event changes. What older backups and WAL
-- hold stays in clear until they are gone.

set local lock_timeout = '30s';

-- A person's key takes no memory of the server: one transaction makes as many as there are patients.
drop function app.make_data_key(public.key_purpose, uuid, uuid, boolean);

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

revoke all on function app.make_data_key(public.key_purpose, uuid, uuid, boolean) from public, anon, authenticated, service_role;

create or replace function app.sealing_key(
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

create function pg_temp.sealed(p_place text, p_org_id uuid, p_subject_id uuid, p_value text) returns bytea
language plpgsql volatile
as $$
declare
  v_key record;
begin
  if p_value is null then
    return null;
  end if;
  v_key := app.sealing_key('seal', p_org_id, p_subject_id);
  return app.seal_value(
    v_key.key_id, v_key.schedule,
    app.sealed_context(convert_to('carebase:1:public.' || p_place || ':', 'UTF8'), p_org_id, p_subject_id),
    convert_to(p_value, 'UTF8')
  );
end
$$;

create function pg_temp.indexed(p_place text, p_org_id uuid, p_value text) returns bytea
language plpgsql volatile
as $$
declare
  v_key record;
begin
  if p_value is null then
    return null;
  end if;
  v_key := app.sealing_key('index', p_org_id, null);
  return app.blind_index(v_key.schedule, convert_to('carebase:1:public.' || p_place || ':', 'UTF8'), p_value);
end
$$;

alter table public.patients
drop constraint patients_texts_short,
alter column given_names drop not null,
alter column given_names drop default,
add column family_name_index bytea,
add column birth_date_index bytea;

-- Every expression reads the row as it was.
alter table public.patients
alter column family_name type bytea
using pg_temp.sealed('patients:family_name', null, id, family_name),
alter column given_names type bytea
using pg_temp.sealed('patients:given_names', null, id, nullif(to_jsonb(given_names), '[]')::text),
alter column birth_date type bytea
using pg_temp.sealed('patients:birth_date', null, id, to_json(birth_date) #>> '{}'),
alter column gender type bytea
using pg_temp.sealed('patients:gender', null, id, gender::text),
alter column deceased_at type bytea
using pg_temp.sealed(
  'patients:deceased_at', null, id, replace(to_json(deceased_at at time zone 'UTC') #>> '{}' || 'Z', ' BCZ', 'Z BC')
),
alter column family_name_index type bytea
using pg_temp.indexed('patients:family_name', null, family_name),
alter column birth_date_index type bytea
using pg_temp.indexed('patients:birth_date', null, to_json(birth_date) #>> '{}');

alter table public.patients
add constraint patients_family_name_sealed check (app.is_sealed(family_name, 1000)),
add constraint patients_given_names_sealed check (app.is_sealed(given_names, 5000)),
add constraint patients_birth_date_sealed check (app.is_sealed(birth_date, 100)),
add constraint patients_gender_sealed check (app.is_sealed(gender, 100)),
add constraint patients_deceased_at_sealed check (app.is_sealed(deceased_at, 100)),
add constraint patients_index_length check (length(family_name_index) = 4 and length(birth_date_index) = 4);

create index patients_family_name_index_idx on public.patients (family_name_index);
create index patients_birth_date_index_idx on public.patients (birth_date_index);

drop index public.org_patients_medical_record_number_idx;

alter table public.org_patients
drop constraint org_patients_medical_record_number_length,
add column medical_record_number_index bytea;

alter table public.org_patients
alter column medical_record_number type bytea
using pg_temp.sealed('org_patients:medical_record_number', org_id, null, medical_record_number),
alter column medical_record_number_index type bytea
using pg_temp.indexed('org_patients:medical_record_number', org_id, medical_record_number);

alter table public.org_patients
add constraint org_patients_medical_record_number_sealed check (app.is_sealed(medical_record_number, 481)),
add constraint org_patients_index_length check (length(medical_record_number_index) = 4);

create index org_patients_medical_record_number_index_idx on public.org_patients (org_id, medical_record_number_index);

drop function pg_temp.sealed(text, uuid, uuid, text);
drop function pg_temp.indexed(text, uuid, text);
