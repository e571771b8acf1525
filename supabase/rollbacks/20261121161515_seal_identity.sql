-- Undoes seal_identity: opens what it sealed. What a destroyed key sealed is empty afterwards. The keys stay; they seal
-- nothing more.

set local lock_timeout = '30s';

create function pg_temp.opened(p_place text, p_org_id uuid, p_subject_id uuid, p_value bytea) returns text
language sql stable
as $$
  select convert_from(
    app.open_value(
      keys.schedule,
      app.sealed_context(convert_to('carebase:1:public.' || p_place || ':', 'UTF8'), p_org_id, p_subject_id), p_value
    ),
    'UTF8'
  )
  from app.unwrap_keys(array[substr(p_value, 2, 16)]) as keys
$$;

-- An expression of a new type takes no subquery.
create function pg_temp.names(p_names jsonb) returns text []
language sql immutable
as $$ select coalesce(array_agg(each.name order by each.place), '{}')
  from jsonb_array_elements_text(p_names) with ordinality as each (name, place) $$;

drop index public.patients_family_name_index_idx;
drop index public.patients_birth_date_index_idx;
drop index public.org_patients_medical_record_number_index_idx;

alter table public.patients
drop constraint patients_family_name_sealed,
drop constraint patients_given_names_sealed,
drop constraint patients_birth_date_sealed,
drop constraint patients_gender_sealed,
drop constraint patients_deceased_at_sealed,
drop constraint patients_index_length,
drop column family_name_index,
drop column birth_date_index;

alter table public.patients
alter column family_name type text
using pg_temp.opened('patients:family_name', null, id, family_name),
alter column given_names type text []
using pg_temp.names(pg_temp.opened('patients:given_names', null, id, given_names)::jsonb),
alter column birth_date type date
using pg_temp.opened('patients:birth_date', null, id, birth_date)::date,
alter column gender type public.administrative_gender
using pg_temp.opened('patients:gender', null, id, gender)::public.administrative_gender,
alter column deceased_at type timestamptz
using pg_temp.opened('patients:deceased_at', null, id, deceased_at)::timestamptz;

alter table public.patients
alter column given_names set default '{}',
alter column given_names set not null,
add constraint patients_texts_short check (
  length(family_name) <= 200
  and cardinality(given_names) <= 20
  and length(array_to_string(given_names, ' ')) <= 500
);

alter table public.org_patients
drop constraint org_patients_medical_record_number_sealed,
drop constraint org_patients_index_length,
drop column medical_record_number_index;

alter table public.org_patients
alter column medical_record_number type text
using pg_temp.opened('org_patients:medical_record_number', org_id, null, medical_record_number);

alter table public.org_patients
add constraint org_patients_medical_record_number_length check (length(medical_record_number) between 1 and 100);

create index org_patients_medical_record_number_idx on public.org_patients (org_id, medical_record_number);

drop function pg_temp.opened(text, uuid, uuid, bytea);
drop function pg_temp.names(jsonb);

drop function app.make_data_key(public.key_purpose, uuid, uuid, boolean);

create function app.make_data_key(
  p_purpose public.key_purpose, p_org_id uuid, p_subject_id uuid, p_replace boolean default false,
  out key_id uuid, out wrapped_key bytea
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_kek constant integer := app.active_kek();
  v_found app.data_keys;
begin
  perform pg_advisory_xact_lock(hashtextextended(concat_ws('.', 'carebase.make_key', p_purpose, p_org_id, p_subject_id), 0));
  select keys.* into v_found
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

  update app.data_keys set retired_at = now() where id = v_found.id;
  key_id := gen_random_uuid();
  wrapped_key := app.aead_seal(
    app.kek_schedule(v_kek), app.key_context(key_id, p_purpose, p_org_id, p_subject_id),
    extensions.gen_random_bytes(64), extensions.gen_random_bytes(16)
  );
  insert into app.data_keys (id, purpose, org_id, subject_id, version, kek_version, wrapped_key)
  values (key_id, p_purpose, p_org_id, p_subject_id, coalesce(v_found.version, 0) + 1, v_kek, wrapped_key);
end
$$;

comment on function app.make_data_key(public.key_purpose, uuid, uuid, boolean) is
'A new data key for this owner, who has none or, with p_replace, changes it. Errors: 55000 if theirs was destroyed.';

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
    select made.key_id, made.wrapped_key into key_id, v_wrapped
    from app.make_data_key(p_purpose, p_org_id, p_subject_id) as made;
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

  perform pg_advisory_xact_lock_shared(hashtextextended('carebase.data_key.' || key_id, 0));
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
