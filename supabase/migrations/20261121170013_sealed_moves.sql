-- sealed_moves: written by `carebase db diff`. Never edited once it is applied anywhere.

set local lock_timeout = '30s';

set local check_function_bodies = off;

CREATE OR REPLACE FUNCTION app.begin_transfer(p_key_id uuid, p_key bytea)
 RETURNS void
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  select set_config('carebase.transfer_key', encode(uuid_send(p_key_id) || app.aead_schedule(p_key), 'hex'), true)
$function$;

CREATE OR REPLACE FUNCTION app.check_words(p_field text, p_are_good boolean, p_rule text)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  if p_are_good is not true then
    perform app.raise_error('invalid_input', p_rule, jsonb_build_object('field', p_field));
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.departing_key(p_tag bytea)
 RETURNS bytea
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_kept bytea := decode(coalesce(current_setting('carebase.departing_key', true), ''), 'hex');
begin
  if substr(v_kept, 1, 16) is distinct from p_tag then
    v_kept := p_tag || coalesce(
      (select unwrapped.schedule from app.unwrap_keys(array[p_tag]) as unwrapped), ''::bytea
    );
    perform set_config('carebase.departing_key', encode(v_kept, 'hex'), true);
  end if;
  return nullif(substr(v_kept, 17), ''::bytea);
end
$function$;

CREATE OR REPLACE FUNCTION app.find_org_patients_by_medical_record_number(p_medical_record_number text, p_purpose public.access_purpose)
 RETURNS TABLE(patient_id uuid, medical_record_number text)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
#variable_conflict use_column
declare
  v_org_id constant uuid := app.current_org();
begin
  return query
  select opened.*
  from app.open_org_patients(
    array(
      select patient_id
      from public.org_patients
      where
        medical_record_number_index = any(app.blind_indexes(
          v_org_id, 'carebase:1:public.org_patients:medical_record_number:', p_medical_record_number
        ))
        and deleted_at is null
        and org_id = (select app.current_org())
        and (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician', 'billing'))
      limit 1000
    ),
    p_purpose
  ) as opened
  where app.index_form(opened.medical_record_number::text) = app.index_form(p_medical_record_number);
end
$function$;

CREATE OR REPLACE FUNCTION app.find_patients_by_birth_date(p_birth_date text, p_purpose public.access_purpose)
 RETURNS TABLE(id uuid, family_name text, given_names jsonb, birth_date date, gender text, deceased_at timestamp with time zone)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
#variable_conflict use_column
begin
  return query
  select opened.*
  from app.open_patients(
    array(
      select id
      from public.patients
      where
        birth_date_index = any(app.blind_indexes(
          null, 'carebase:1:public.patients:birth_date:', p_birth_date
        ))
        and deleted_at is null
        and (
          user_id = (select app.my_id())
          or id = any(array(
            select link.patient_id
            from public.org_patients as link
            where link.org_id = (select app.current_org()) and link.deleted_at is null
          ))
        )
        and (
          (
            (select app.my_id()) is not null
            and user_id = (select app.my_id())
          )
          or (
            (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician', 'scheduler', 'billing'))
            and id = any(array(
              select link.patient_id
              from public.org_patients as link
              where link.org_id = (select app.current_org()) and link.deleted_at is null
            ))
          )
        )
      limit 1000
    ),
    p_purpose
  ) as opened
  where app.index_form(opened.birth_date::text) = app.index_form(p_birth_date);
end
$function$;

CREATE OR REPLACE FUNCTION app.find_patients_by_family_name(p_family_name text, p_purpose public.access_purpose)
 RETURNS TABLE(id uuid, family_name text, given_names jsonb, birth_date date, gender text, deceased_at timestamp with time zone)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
#variable_conflict use_column
begin
  return query
  select opened.*
  from app.open_patients(
    array(
      select id
      from public.patients
      where
        family_name_index = any(app.blind_indexes(
          null, 'carebase:1:public.patients:family_name:', p_family_name
        ))
        and deleted_at is null
        and (
          user_id = (select app.my_id())
          or id = any(array(
            select link.patient_id
            from public.org_patients as link
            where link.org_id = (select app.current_org()) and link.deleted_at is null
          ))
        )
        and (
          (
            (select app.my_id()) is not null
            and user_id = (select app.my_id())
          )
          or (
            (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician', 'scheduler', 'billing'))
            and id = any(array(
              select link.patient_id
              from public.org_patients as link
              where link.org_id = (select app.current_org()) and link.deleted_at is null
            ))
          )
        )
      limit 1000
    ),
    p_purpose
  ) as opened
  where app.index_form(opened.family_name::text) = app.index_form(p_family_name);
end
$function$;

CREATE OR REPLACE FUNCTION app.guard_org_patient()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if new.medical_record_number is distinct from old.medical_record_number and new.medical_record_number is not null then
    perform app.check_words(
      'medical_record_number', length(convert_from(new.medical_record_number, 'UTF8')) between 1 and 100,
      'A medical record number has 1 to 100 characters.'
    );
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.guard_patient()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_given jsonb;
begin
  if new.family_name is distinct from old.family_name and new.family_name is not null then
    perform app.check_words(
      'family_name', length(convert_from(new.family_name, 'UTF8')) <= 200, 'A family name has at most 200 characters.'
    );
  end if;
  if new.given_names is distinct from old.given_names and new.given_names is not null then
    perform app.check_plain('given_names', 'jsonb', new.given_names);
    v_given := convert_from(new.given_names, 'UTF8');
    perform app.check_words(
      'given_names',
      case
        when jsonb_typeof(v_given) = 'array' then
          jsonb_array_length(v_given) <= 20
          and not v_given @? 'strict $[*] ? (@.type() != "string")'
          and length(
            array_to_string(array(select given.name from jsonb_array_elements_text(v_given) as given (name)), ' ')
          ) <= 500
      end,
      'Given names are an array of at most 20 texts, 500 characters in all.'
    );
  end if;
  if new.gender is distinct from old.gender and new.gender is not null then
    perform app.check_words(
      'gender',
      convert_from(new.gender, 'UTF8') = any(enum_range(null::public.administrative_gender)::text[]),
      'Gender is a word of administrative_gender.'
    );
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.index_transferred(p_value bytea, p_place text, p_row_id uuid, p_org_id uuid, p_subject_id uuid)
 RETURNS bytea
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.keep_destroyed(p_purpose public.key_purpose, p_id uuid, p_org_id uuid, p_subject_id uuid, p_version integer, p_created_at timestamp with time zone, p_retired_at timestamp with time zone, p_destroyed_at timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.lock_data_key(p_key_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.note_refusal(p_purpose public.access_purpose, p_table text, p_ids uuid[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if cardinality(p_ids) > 0 then
    perform app.audit(
      'refuse', null, p_table,
      p_changes => jsonb_build_object('refused', cardinality(p_ids), 'ids', to_jsonb(p_ids[:100])),
      p_operation => 'open', p_purpose => p_purpose::text, p_outcome => 'failure'
    );
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.open_org_patients(p_ids uuid[], p_purpose public.access_purpose, p_asked_ids uuid[] DEFAULT NULL::uuid[])
 RETURNS TABLE(patient_id uuid, medical_record_number text)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
#variable_conflict use_column
begin
  perform app.note_refusal(
    p_purpose, 'public.org_patients', array(select unnest(p_asked_ids) except select unnest(p_ids))
  );

  return query
  with found as materialized (
    select
      patient_id as row_id,
      org_id as org_id,
      null::uuid as subject_id,
      patient_id as about_id,
      medical_record_number as value_1
    from public.org_patients
    where
      patient_id = any(p_ids)
      and deleted_at is null
      and org_id = (select app.current_org())
      and (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician', 'billing'))
  ),

  needed as materialized (
    select
      array(
        select substr(value_1, 2, 16) from found
      ) as tags
  ),

  keys as materialized (
    select unwrapped.tag, unwrapped.schedule from needed cross join lateral app.unwrap_keys(needed.tags) as unwrapped
  ),

  noted as materialized (
    select app.note_access(
      p_purpose, 'public.org_patients', (array_agg(found.org_id))[1], array_agg(distinct found.about_id),
      count(*), (select needed.tags from needed)
    )
    from found
    having count(*) > 0
  ),

  opened as materialized (
    select
      found.row_id,
      found.value_1 is null or key_1.tag is null as is_empty_1,
      app.open_value(
        key_1.schedule, app.sealed_context('carebase:1:public.org_patients:medical_record_number:', found.org_id, found.subject_id),
        found.value_1
      ) as plain_1
    from found
    left join keys as key_1 on key_1.tag = substr(found.value_1, 2, 16)
  )

  select
    opened.row_id,
    (case
      when is_empty_1 then null
      when plain_1 is null then app.refuse_damaged('public.org_patients.medical_record_number', row_id)
      else convert_from(plain_1, 'UTF8')
    end)
  from opened
  cross join noted;
end
$function$;

CREATE OR REPLACE FUNCTION app.open_patients(p_ids uuid[], p_purpose public.access_purpose, p_asked_ids uuid[] DEFAULT NULL::uuid[])
 RETURNS TABLE(id uuid, family_name text, given_names jsonb, birth_date date, gender text, deceased_at timestamp with time zone)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
#variable_conflict use_column
begin
  perform app.note_refusal(
    p_purpose, 'public.patients', array(select unnest(p_asked_ids) except select unnest(p_ids))
  );

  return query
  with found as materialized (
    select
      id as row_id,
      null::uuid as org_id,
      id as subject_id,
      family_name as value_1,
      given_names as value_2,
      birth_date as value_3,
      case
        when (
          (
            (select app.my_id()) is not null
            and user_id = (select app.my_id())
          )
          or (
            (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician'))
            and id = any(array(
              select link.patient_id
              from public.org_patients as link
              where link.org_id = (select app.current_org()) and link.deleted_at is null
            ))
          )
        ) then gender
      end as value_4,
      case
        when (
          (
            (select app.my_id()) is not null
            and user_id = (select app.my_id())
          )
          or (
            (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician'))
            and id = any(array(
              select link.patient_id
              from public.org_patients as link
              where link.org_id = (select app.current_org()) and link.deleted_at is null
            ))
          )
        ) then deceased_at
      end as value_5
    from public.patients
    where
      id = any(p_ids)
      and deleted_at is null
      and (
        user_id = (select app.my_id())
        or id = any(array(
          select link.patient_id
          from public.org_patients as link
          where link.org_id = (select app.current_org()) and link.deleted_at is null
        ))
      )
      and (
        (
          (select app.my_id()) is not null
          and user_id = (select app.my_id())
        )
        or (
          (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician', 'scheduler', 'billing'))
          and id = any(array(
            select link.patient_id
            from public.org_patients as link
            where link.org_id = (select app.current_org()) and link.deleted_at is null
          ))
        )
      )
  ),

  needed as materialized (
    select
      array(
        select substr(value_1, 2, 16) from found union
        select substr(value_2, 2, 16) from found union
        select substr(value_3, 2, 16) from found union
        select substr(value_4, 2, 16) from found union
        select substr(value_5, 2, 16) from found
      ) as tags
  ),

  keys as materialized (
    select unwrapped.tag, unwrapped.schedule from needed cross join lateral app.unwrap_keys(needed.tags) as unwrapped
  ),

  noted as materialized (
    select app.note_access(
      p_purpose, 'public.patients', (array_agg(found.org_id))[1], array_agg(distinct found.subject_id),
      count(*), (select needed.tags from needed)
    )
    from found
    having count(*) > 0
  ),

  opened as materialized (
    select
      found.row_id,
      found.value_1 is null or key_1.tag is null as is_empty_1,
      app.open_value(
        key_1.schedule, app.sealed_context('carebase:1:public.patients:family_name:', found.org_id, found.subject_id),
        found.value_1
      ) as plain_1,
      found.value_2 is null or key_2.tag is null as is_empty_2,
      app.open_value(
        key_2.schedule, app.sealed_context('carebase:1:public.patients:given_names:', found.org_id, found.subject_id),
        found.value_2
      ) as plain_2,
      found.value_3 is null or key_3.tag is null as is_empty_3,
      app.open_value(
        key_3.schedule, app.sealed_context('carebase:1:public.patients:birth_date:', found.org_id, found.subject_id),
        found.value_3
      ) as plain_3,
      found.value_4 is null or key_4.tag is null as is_empty_4,
      app.open_value(
        key_4.schedule, app.sealed_context('carebase:1:public.patients:gender:', found.org_id, found.subject_id),
        found.value_4
      ) as plain_4,
      found.value_5 is null or key_5.tag is null as is_empty_5,
      app.open_value(
        key_5.schedule, app.sealed_context('carebase:1:public.patients:deceased_at:', found.org_id, found.subject_id),
        found.value_5
      ) as plain_5
    from found
    left join keys as key_1 on key_1.tag = substr(found.value_1, 2, 16)
    left join keys as key_2 on key_2.tag = substr(found.value_2, 2, 16)
    left join keys as key_3 on key_3.tag = substr(found.value_3, 2, 16)
    left join keys as key_4 on key_4.tag = substr(found.value_4, 2, 16)
    left join keys as key_5 on key_5.tag = substr(found.value_5, 2, 16)
  )

  select
    opened.row_id,
    (case
      when is_empty_1 then null
      when plain_1 is null then app.refuse_damaged('public.patients.family_name', row_id)
      else convert_from(plain_1, 'UTF8')
    end),
    (case
      when is_empty_2 then null
      when plain_2 is null then app.refuse_damaged('public.patients.given_names', row_id)
      else convert_from(plain_2, 'UTF8')
    end)::jsonb,
    (case
      when is_empty_3 then null
      when plain_3 is null then app.refuse_damaged('public.patients.birth_date', row_id)
      else convert_from(plain_3, 'UTF8')
    end)::date,
    (case
      when is_empty_4 then null
      when plain_4 is null then app.refuse_damaged('public.patients.gender', row_id)
      else convert_from(plain_4, 'UTF8')
    end),
    (case
      when is_empty_5 then null
      when plain_5 is null then app.refuse_damaged('public.patients.deceased_at', row_id)
      else convert_from(plain_5, 'UTF8')
    end)::timestamptz
  from opened
  cross join noted;
end
$function$;

CREATE OR REPLACE FUNCTION app.open_transferred(p_value bytea, p_place text, p_row_id uuid, p_org_id uuid, p_subject_id uuid)
 RETURNS bytea
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.plain(p_value timestamp with time zone)
 RETURNS bytea
 LANGUAGE sql
 STABLE
RETURN convert_to(replace(((to_json((p_value AT TIME ZONE 'UTC'::text)) #>> '{}'::text[]) || 'Z'::text), ' BCZ'::text, 'Z BC'::text), 'UTF8'::name);

CREATE OR REPLACE FUNCTION app.refuse_held_key()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  -- As in app.refuse_held(); but of a person nobody knows whose hold it would be, so nobody places one meanwhile.
  if new.org_id is null then
    lock table public.legal_holds in share row exclusive mode;
  else
    perform pg_advisory_xact_lock_shared(app.hold_lock(new.org_id));
  end if;
  if exists (
    select from public.legal_holds as holds
    where
      holds.released_at is null
      and (new.org_id is null or holds.org_id = new.org_id)
      and (
        holds.subject_id = new.subject_id
        or (new.org_id is not null and (new.subject_id is null or holds.subject_id is null))
      )
  ) then
    raise exception 'A legal hold keeps what key % opens.', new.id
    using errcode = 'object_not_in_prerequisite_state', hint = 'Release the hold first, if its matter is over.';
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.seal_for_transfer(p_value bytea, p_place text, p_row_id uuid, p_org_id uuid, p_subject_id uuid)
 RETURNS bytea
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_key constant bytea := decode(current_setting('carebase.transfer_key'), 'hex');
  v_context constant bytea := app.transfer_context(p_place, p_row_id, p_org_id, p_subject_id);
  v_opener constant bytea := case when p_value is not null then app.departing_key(substr(p_value, 2, 16)) end;
  v_plain bytea;
begin
  if v_opener is null then
    return p_value;
  end if;
  v_plain := app.open_value(
    v_opener, app.sealed_context(convert_to('carebase:1:' || p_place || ':', 'UTF8'), p_org_id, p_subject_id), p_value
  );
  if v_plain is null then
    perform app.refuse_damaged(p_place, p_row_id);
  end if;
  return '\x01'::bytea || substr(v_key, 1, 16) || app.aead_seal(
    substr(v_key, 17), v_context, v_plain, substr(app.aead_tag(substr(v_key, 17), ''::bytea, v_context || v_plain), 1, 16)
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.seal_org_patients()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_key record;
  v_index record;
begin
  if tg_op = 'UPDATE' then
    if (new.org_id) is distinct from (old.org_id) then
      perform app.raise_error('conflict', 'A row with sealed values stays with its owner: enter it anew.');
    end if;
    -- Destroying a person's key empties the indexes; nothing else writes them but what follows.
    if current_setting('carebase.resealing', true) is distinct from 'on' then
      new.medical_record_number_index := old.medical_record_number_index;
    end if;
    if (
      new.medical_record_number
    ) is not distinct from (
      old.medical_record_number
    ) then
      return new;
    end if;
    -- The same value under another key is no change that anybody should learn of.
    if current_setting('carebase.resealing', true) = 'on' then
      new.version := old.version;
      new.updated_at := old.updated_at;
      new.updated_by := old.updated_by;
    end if;
  end if;

  v_key := app.sealing_key('seal', new.org_id, null::uuid);
  v_index := app.sealing_key('index', new.org_id, null);
  if tg_op = 'INSERT' or new.medical_record_number is distinct from old.medical_record_number then
    new.medical_record_number_index := app.blind_index(
      v_index.schedule, 'carebase:1:public.org_patients:medical_record_number:', convert_from(new.medical_record_number, 'UTF8')
    );
    new.medical_record_number := app.seal_value(
      v_key.key_id, v_key.schedule,
      app.sealed_context('carebase:1:public.org_patients:medical_record_number:', new.org_id, null::uuid),
      new.medical_record_number
    );
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.seal_patients()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_key record;
  v_index record;
begin
  if tg_op = 'UPDATE' then
    if (new.id) is distinct from (old.id) then
      perform app.raise_error('conflict', 'A row with sealed values stays with its owner: enter it anew.');
    end if;
    -- Destroying a person's key empties the indexes; nothing else writes them but what follows.
    if current_setting('carebase.resealing', true) is distinct from 'on' then
      new.family_name_index := old.family_name_index;
      new.birth_date_index := old.birth_date_index;
    end if;
    if (
      new.family_name, new.given_names, new.birth_date, new.gender, new.deceased_at
    ) is not distinct from (
      old.family_name, old.given_names, old.birth_date, old.gender, old.deceased_at
    ) then
      return new;
    end if;
    -- The same value under another key is no change that anybody should learn of.
    if current_setting('carebase.resealing', true) = 'on' then
      new.version := old.version;
      new.updated_at := old.updated_at;
      new.updated_by := old.updated_by;
    end if;
  end if;

  v_key := app.sealing_key('seal', null::uuid, new.id);
  v_index := app.sealing_key('index', null::uuid, null);
  if tg_op = 'INSERT' or new.family_name is distinct from old.family_name then
    new.family_name_index := app.blind_index(
      v_index.schedule, 'carebase:1:public.patients:family_name:', convert_from(new.family_name, 'UTF8')
    );
    new.family_name := app.seal_value(
      v_key.key_id, v_key.schedule,
      app.sealed_context('carebase:1:public.patients:family_name:', null::uuid, new.id),
      new.family_name
    );
  end if;
  if tg_op = 'INSERT' or new.given_names is distinct from old.given_names then
    perform app.check_plain('given_names', 'jsonb', new.given_names);
    new.given_names := app.seal_value(
      v_key.key_id, v_key.schedule,
      app.sealed_context('carebase:1:public.patients:given_names:', null::uuid, new.id),
      new.given_names
    );
  end if;
  if tg_op = 'INSERT' or new.birth_date is distinct from old.birth_date then
    perform app.check_plain('birth_date', 'date', new.birth_date);
    new.birth_date_index := app.blind_index(
      v_index.schedule, 'carebase:1:public.patients:birth_date:', convert_from(new.birth_date, 'UTF8')
    );
    new.birth_date := app.seal_value(
      v_key.key_id, v_key.schedule,
      app.sealed_context('carebase:1:public.patients:birth_date:', null::uuid, new.id),
      new.birth_date
    );
  end if;
  if tg_op = 'INSERT' or new.gender is distinct from old.gender then
    new.gender := app.seal_value(
      v_key.key_id, v_key.schedule,
      app.sealed_context('carebase:1:public.patients:gender:', null::uuid, new.id),
      new.gender
    );
  end if;
  if tg_op = 'INSERT' or new.deceased_at is distinct from old.deceased_at then
    perform app.check_plain('deceased_at', 'timestamptz', new.deceased_at);
    new.deceased_at := app.seal_value(
      v_key.key_id, v_key.schedule,
      app.sealed_context('carebase:1:public.patients:deceased_at:', null::uuid, new.id),
      new.deceased_at
    );
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.seal_transferred(p_value bytea, p_place text, p_row_id uuid, p_org_id uuid, p_subject_id uuid)
 RETURNS bytea
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.transfer_context(p_place text, p_row_id uuid, p_org_id uuid, p_subject_id uuid)
 RETURNS bytea
 LANGUAGE sql
 STABLE
RETURN app.sealed_context((convert_to((('carebase:1:transfer:'::text || p_place) || ':'::text), 'UTF8'::name) || uuid_send(p_row_id)), p_org_id, p_subject_id);

CREATE OR REPLACE FUNCTION app.trigger_arguments(p_arguments bytea)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE
RETURN string_to_array(encode(p_arguments, 'escape'::text), '\000'::text);

CREATE OR REPLACE FUNCTION public.find_org_patients_by_medical_record_number(p_medical_record_number text, p_purpose public.access_purpose)
 RETURNS TABLE(patient_id uuid, medical_record_number text)
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if app.my_id() is null and app.reachable_org() is null then
    perform app.raise_error('not_authenticated', 'Sign in first.');
  end if;
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what you open it for.');
  perform app.check_input(
    'p_medical_record_number', length(p_medical_record_number) between 1 and 200, 'Say 1 to 200 characters.'
  );

  return query
  select found.* from app.find_org_patients_by_medical_record_number(p_medical_record_number, p_purpose) as found;
end
$function$;

CREATE OR REPLACE FUNCTION public.find_patients_by_birth_date(p_birth_date text, p_purpose public.access_purpose)
 RETURNS TABLE(id uuid, family_name text, given_names jsonb, birth_date date, gender text, deceased_at timestamp with time zone)
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if app.my_id() is null and app.reachable_org() is null then
    perform app.raise_error('not_authenticated', 'Sign in first.');
  end if;
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what you open it for.');
  perform app.check_input(
    'p_birth_date', length(p_birth_date) between 1 and 200, 'Say 1 to 200 characters.'
  );
  -- Written in another way it would find nobody, and look as if nobody was there.
  perform app.check_input(
    'p_birth_date', p_birth_date ~ '^\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\s*$', 'Write the day as 1950-12-31.'
  );

  return query
  select found.* from app.find_patients_by_birth_date(p_birth_date, p_purpose) as found;
end
$function$;

CREATE OR REPLACE FUNCTION public.find_patients_by_family_name(p_family_name text, p_purpose public.access_purpose)
 RETURNS TABLE(id uuid, family_name text, given_names jsonb, birth_date date, gender text, deceased_at timestamp with time zone)
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if app.my_id() is null and app.reachable_org() is null then
    perform app.raise_error('not_authenticated', 'Sign in first.');
  end if;
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what you open it for.');
  perform app.check_input(
    'p_family_name', length(p_family_name) between 1 and 200, 'Say 1 to 200 characters.'
  );

  return query
  select found.* from app.find_patients_by_family_name(p_family_name, p_purpose) as found;
end
$function$;

CREATE OR REPLACE FUNCTION public.open_org_patients(p_ids uuid[], p_purpose public.access_purpose)
 RETURNS TABLE(patient_id uuid, medical_record_number text)
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if app.my_id() is null and app.reachable_org() is null then
    perform app.raise_error('not_authenticated', 'Sign in first.');
  end if;
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what you open it for.');
  perform app.check_input('p_ids', cardinality(p_ids) <= 1000, 'At most 1000 ids at once.');

  return query
  select opened.*
  from app.open_org_patients(
    array(select seen.patient_id from public.org_patients as seen where seen.patient_id = any(p_ids)),
    p_purpose, p_ids
  ) as opened;
end
$function$;

CREATE OR REPLACE FUNCTION public.open_patients(p_ids uuid[], p_purpose public.access_purpose)
 RETURNS TABLE(id uuid, family_name text, given_names jsonb, birth_date date, gender text, deceased_at timestamp with time zone)
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if app.my_id() is null and app.reachable_org() is null then
    perform app.raise_error('not_authenticated', 'Sign in first.');
  end if;
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what you open it for.');
  perform app.check_input('p_ids', cardinality(p_ids) <= 1000, 'At most 1000 ids at once.');

  return query
  select opened.*
  from app.open_patients(
    array(select seen.id from public.patients as seen where seen.id = any(p_ids)),
    p_purpose, p_ids
  ) as opened;
end
$function$;

DROP TRIGGER "_800_audit" ON "public"."org_patients";

DROP TRIGGER "_800_audit" ON "public"."patients";

DROP FUNCTION "app"."read_org_patients_restricted"(uuid[]);

DROP FUNCTION "app"."read_patients_restricted"(uuid[]);

DROP FUNCTION "public"."get_org_patients_restricted"(uuid[]);

DROP FUNCTION "public"."get_patients_restricted"(uuid[]);

CREATE OR REPLACE FUNCTION app.check_plain(p_column text, p_type text, p_value bytea)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_text text;
begin
  if p_value is null then
    return;
  end if;
  begin
    v_text := convert_from(p_value, 'UTF8');
    if p_type = 'date' and v_text !~ '^[0-9]{4,6}-[0-9]{2}-[0-9]{2}$' then
      raise exception 'not a day';
    elsif p_type = 'date' then
      perform v_text::date;
    elsif p_type = 'timestamptz' and v_text !~ '^[0-9]{4,6}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,6})?Z( BC)?$' then
      raise exception 'not a moment';
    elsif p_type = 'timestamptz' then
      perform v_text::timestamptz;
    elsif p_type = 'jsonb' then
      perform v_text::jsonb;
    end if;
    return;
  exception when others then
    null;
  end;
  perform app.raise_error('invalid_input', 'That is no value of this field.', jsonb_build_object('field', p_column));
end
$function$;

CREATE OR REPLACE FUNCTION app.destroy_data_keys(p_org_id uuid, p_subject_id uuid DEFAULT NULL::uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.purged_tables()
 RETURNS TABLE(name text, tenant_column text, key_column text, keep_for interval, at_least interval, at_most interval, is_counted boolean, people_columns text[])
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.read_patients_restricted(p_ids uuid[])
 RETURNS TABLE(id uuid, is_deceased boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select
    id,
    is_deceased
  from public.patients
  where
    id = any(p_ids)
    and deleted_at is null
    and (
      user_id = (select app.my_id())
      or id = any(array(
        select link.patient_id
        from public.org_patients as link
        where link.org_id = (select app.current_org()) and link.deleted_at is null
      ))
    )
    and (
      (
        (select app.my_id()) is not null
        and user_id = (select app.my_id())
      )
      or (
        (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician'))
        and id = any(array(
          select link.patient_id
          from public.org_patients as link
          where link.org_id = (select app.current_org()) and link.deleted_at is null
        ))
      )
    )
$function$;

CREATE OR REPLACE FUNCTION app.rewrap_data_keys(p_limit integer DEFAULT 500)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.sealed_tables()
 RETURNS TABLE(name text, key text, org text, subject text, columns text[], indexed text[])
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.settle_retired_keys()
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.get_patients_restricted(p_ids uuid[])
 RETURNS TABLE(id uuid, is_deceased boolean)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  if app.my_id() is null and app.reachable_org() is null then
    perform app.raise_error('not_authenticated', 'Sign in first.');
  end if;
  perform app.check_input('p_ids', cardinality(p_ids) <= 1000, 'At most 1000 ids at once.');

  return query
  select opened.*
  from app.read_patients_restricted(array(
    select seen.id from public.patients as seen where seen.id = any(p_ids)
  )) as opened;
end
$function$;

CREATE TRIGGER _200_hold BEFORE UPDATE ON app.data_keys FOR EACH ROW WHEN (((new.destroyed_at IS NOT NULL) AND (old.destroyed_at IS NULL) AND (new.purpose = 'seal'::public.key_purpose))) EXECUTE FUNCTION app.refuse_held_key();

CREATE TRIGGER _200_guard BEFORE INSERT OR UPDATE ON public.org_patients FOR EACH ROW EXECUTE FUNCTION app.guard_org_patient();

CREATE TRIGGER _300_seal BEFORE INSERT OR UPDATE ON public.org_patients FOR EACH ROW EXECUTE FUNCTION app.seal_org_patients('patient_id', 'org_id', 'null::uuid', 'medical_record_number+');

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.org_patients FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,patient_id', 'medical_record_number,medical_record_number_index', '');

CREATE TRIGGER _200_guard BEFORE INSERT OR UPDATE ON public.patients FOR EACH ROW EXECUTE FUNCTION app.guard_patient();

CREATE TRIGGER _300_seal BEFORE INSERT OR UPDATE ON public.patients FOR EACH ROW EXECUTE FUNCTION app.seal_patients('id', 'null::uuid', 'id', 'family_name+', 'given_names', 'birth_date+', 'gender', 'deceased_at');

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.patients FOR EACH ROW EXECUTE FUNCTION app.audit_row('', 'id', 'family_name,given_names,birth_date,gender,is_deceased,deceased_at,family_name_index,birth_date_index', '');

COMMENT ON COLUMN "public"."org_patients"."medical_record_number" IS 'The number the organization keeps the person under, 1 to 100 characters. PHI, sealed with the organization''s key.';
COMMENT ON COLUMN "public"."org_patients"."medical_record_number_index" IS 'Finds medical_record_number by its whole value.';
COMMENT ON COLUMN "public"."patients"."birth_date" IS 'Date of birth, to birth_date_precision. PHI, sealed.';
COMMENT ON COLUMN "public"."patients"."birth_date_index" IS 'Finds birth_date.';
COMMENT ON COLUMN "public"."patients"."deceased_at" IS 'When the person died, if known. PHI, sealed.';
COMMENT ON COLUMN "public"."patients"."family_name" IS 'Family name, at most 200 characters. PHI, sealed.';
COMMENT ON COLUMN "public"."patients"."family_name_index" IS 'Finds family_name by its whole value.';
COMMENT ON COLUMN "public"."patients"."gender" IS 'Administrative gender, a word of administrative_gender. PHI, sealed.';
COMMENT ON COLUMN "public"."patients"."given_names" IS 'Given names in their order, an array of at most 20 texts. PHI, sealed as a document; null where none is known.';
COMMENT ON FUNCTION "app"."begin_transfer"(uuid, bytea) IS 'Sets the transfer key of this transaction: its name, and 64 bytes. For the command line.';
COMMENT ON FUNCTION "app"."check_words"(text, boolean, text) IS 'Ends the request with invalid_input unless a sealed field is as its rule says. Names the field, never its value.';
COMMENT ON FUNCTION "app"."departing_key"(bytea) IS 'The data key of a value, ready for use; null if it was destroyed, or is of no key that is known here.';
COMMENT ON FUNCTION "app"."find_org_patients_by_medical_record_number"(text, public.access_purpose) IS 'What public.find_org_patients_by_medical_record_number does.';
COMMENT ON FUNCTION "app"."find_patients_by_birth_date"(text, public.access_purpose) IS 'What public.find_patients_by_birth_date does.';
COMMENT ON FUNCTION "app"."find_patients_by_family_name"(text, public.access_purpose) IS 'What public.find_patients_by_family_name does.';
COMMENT ON FUNCTION "app"."guard_org_patient"() IS 'Trigger _200_guard: a medical record number has 1 to 100 characters.';
COMMENT ON FUNCTION "app"."guard_patient"() IS 'Trigger _200_guard: names are not endless, given names are texts, and gender is one of the words of FHIR.';
COMMENT ON FUNCTION "app"."index_transferred"(bytea, text, uuid, uuid, uuid) IS 'The blind index of a value of an export, under the index key here; null if its key was destroyed. Errors: XX001.';
COMMENT ON FUNCTION "app"."keep_destroyed"(public.key_purpose, uuid, uuid, uuid, integer, timestamp with time zone, timestamp with time zone, timestamp with time zone) IS 'Remembers that the last key of an owner was destroyed before they moved here: nothing is sealed for them any more.';
COMMENT ON FUNCTION "app"."lock_data_key"(uuid) IS 'Waits until no transaction seals with a key, and keeps others from it.';
COMMENT ON FUNCTION "app"."note_refusal"(public.access_purpose, text, uuid[]) IS 'Writes an event with outcome failure: rows that somebody asked to open and does not see; at most a hundred ids.';

COMMENT ON FUNCTION "app"."open_org_patients"(uuid[], public.access_purpose, uuid[]) IS 'Opens medical_record_number of org_patients, for whom the matrix lets;
behind public.open_org_patients and lists.';

COMMENT ON FUNCTION "app"."open_patients"(uuid[], public.access_purpose, uuid[]) IS 'Opens family_name, given_names, birth_date, gender, deceased_at of patients, for whom the matrix lets;
behind public.open_patients and lists.';
COMMENT ON FUNCTION "app"."open_transferred"(bytea, text, uuid, uuid, uuid) IS 'What an export holds under the transfer key; null for what it holds under a destroyed one. Errors: XX001.';
COMMENT ON FUNCTION "app"."plain"(timestamp with time zone) IS 'A moment as the bytes that a sealed column of type timestamptz takes: ISO 8601, in UTC.';
COMMENT ON FUNCTION "app"."read_patients_restricted"(uuid[]) IS 'The restricted columns of patients, for whom the matrix opens them; behind public.get_patients_restricted.';
COMMENT ON FUNCTION "app"."refuse_held_key"() IS 'Trigger _200_hold of app.data_keys: a key that opens what a legal hold covers is not destroyed.';
COMMENT ON FUNCTION "app"."seal_for_transfer"(bytea, text, uuid, uuid, uuid) IS 'A sealed value as an export holds it: under the transfer key; as it is if its key was destroyed. Errors: XX001.';
COMMENT ON FUNCTION "app"."seal_org_patients"() IS 'Seals medical_record_number on their way into org_patients.';
COMMENT ON FUNCTION "app"."seal_patients"() IS 'Seals family_name, given_names, birth_date, gender, deceased_at on their way into patients.';
COMMENT ON FUNCTION "app"."seal_transferred"(bytea, text, uuid, uuid, uuid) IS 'A value of an export under the key that seals for its owner here; as it is if its key was destroyed. Errors: XX001.';
COMMENT ON FUNCTION "app"."transfer_context"(text, uuid, uuid, uuid) IS 'The associated data of a value under a transfer key. p_place: <schema>.<table>:<column>.';
COMMENT ON FUNCTION "app"."trigger_arguments"(bytea) IS 'The arguments of a trigger (pg_trigger.tgargs) as texts, and an empty one after the last.';

COMMENT ON FUNCTION "public"."find_org_patients_by_medical_record_number"(text, public.access_purpose) IS 'The rows of org_patients whose medical_record_number is this one, but for case, width and spaces; opened, with an event as
open_org_patients() leaves it.
p_medical_record_number: 1 to 200 characters, the whole value.
p_purpose: what for.
Never null: patient_id.
Errors: not_authenticated, invalid_input.';

COMMENT ON FUNCTION "public"."find_patients_by_birth_date"(text, public.access_purpose) IS 'The rows of patients whose birth_date is this one, but for case, width and spaces; opened, with an event as
open_patients() leaves it.
p_birth_date: the day, as 1950-12-31.
p_purpose: what for.
Never null: id.
Errors: not_authenticated, invalid_input.';

COMMENT ON FUNCTION "public"."find_patients_by_family_name"(text, public.access_purpose) IS 'The rows of patients whose family_name is this one, but for case, width and spaces; opened, with an event as
open_patients() leaves it.
p_family_name: 1 to 200 characters, the whole value.
p_purpose: what for.
Never null: id.
Errors: not_authenticated, invalid_input.';

COMMENT ON FUNCTION "public"."get_patients_restricted"(uuid[]) IS 'The columns of patients that not everyone who sees a row may read; they cannot be selected.
is_deceased: for care_manager, case_manager, nurse, clinician, and their owner.
A row of which the caller may read none of them is not in the answer.
p_ids: id of the rows, at most 1000.
Never null: id.
Errors: not_authenticated, invalid_input.';

COMMENT ON FUNCTION "public"."open_org_patients"(uuid[], public.access_purpose) IS 'medical_record_number of org_patients, which are stored sealed.
Each call leaves an event: who opened whose, and what for; another, if ids were asked for that the caller does not see.
A column whose key was destroyed, or that the caller may not read, is null.
p_ids: patient_id of the rows, at most 1000; of rows that the caller does not see nothing comes back.
p_purpose: what for.
Never null: patient_id.
Errors: not_authenticated, invalid_input.';

COMMENT ON FUNCTION "public"."open_patients"(uuid[], public.access_purpose) IS 'family_name, given_names, birth_date, gender, deceased_at of patients, which are stored sealed.
Each call leaves an event: who opened whose, and what for; another, if ids were asked for that the caller does not see.
A column whose key was destroyed, or that the caller may not read, is null.
p_ids: id of the rows, at most 1000; of rows that the caller does not see nothing comes back.
p_purpose: what for.
Never null: id.
Errors: not_authenticated, invalid_input.';

revoke all on function app.begin_transfer(uuid,bytea) from public, anon, authenticated, service_role;

revoke all on function app.check_words(text,boolean,text) from public, anon, authenticated, service_role;

revoke all on function app.departing_key(bytea) from public, anon, authenticated, service_role;

revoke all on function app.find_org_patients_by_medical_record_number(text,public.access_purpose) from public, anon, authenticated, service_role;
grant all on function app.find_org_patients_by_medical_record_number(text,public.access_purpose) to authenticated;

revoke all on function app.find_patients_by_birth_date(text,public.access_purpose) from public, anon, authenticated, service_role;
grant all on function app.find_patients_by_birth_date(text,public.access_purpose) to authenticated;

revoke all on function app.find_patients_by_family_name(text,public.access_purpose) from public, anon, authenticated, service_role;
grant all on function app.find_patients_by_family_name(text,public.access_purpose) to authenticated;

revoke all on function app.guard_org_patient() from public, anon, authenticated, service_role;

revoke all on function app.guard_patient() from public, anon, authenticated, service_role;

revoke all on function app.index_transferred(bytea,text,uuid,uuid,uuid) from public, anon, authenticated, service_role;

revoke all on function app.keep_destroyed(public.key_purpose,uuid,uuid,uuid,integer,timestamp with time zone,timestamp with time zone,timestamp with time zone) from public, anon, authenticated, service_role;

revoke all on function app.lock_data_key(uuid) from public, anon, authenticated, service_role;

revoke all on function app.note_refusal(public.access_purpose,text,uuid[]) from public, anon, authenticated, service_role;

revoke all on function app.open_org_patients(uuid[],public.access_purpose,uuid[]) from public, anon, authenticated, service_role;
grant all on function app.open_org_patients(uuid[],public.access_purpose,uuid[]) to authenticated;

revoke all on function app.open_patients(uuid[],public.access_purpose,uuid[]) from public, anon, authenticated, service_role;
grant all on function app.open_patients(uuid[],public.access_purpose,uuid[]) to authenticated;

revoke all on function app.open_transferred(bytea,text,uuid,uuid,uuid) from public, anon, authenticated, service_role;

revoke all on function app.plain(timestamp with time zone) from public, anon, authenticated, service_role;
grant all on function app.plain(timestamp with time zone) to authenticated, service_role;

revoke all on function app.read_patients_restricted(uuid[]) from public, anon, authenticated, service_role;
grant all on function app.read_patients_restricted(uuid[]) to authenticated;

revoke all on function app.refuse_held_key() from public, anon, authenticated, service_role;

revoke all on function app.seal_for_transfer(bytea,text,uuid,uuid,uuid) from public, anon, authenticated, service_role;

revoke all on function app.seal_org_patients() from public, anon, authenticated, service_role;

revoke all on function app.seal_patients() from public, anon, authenticated, service_role;

revoke all on function app.seal_transferred(bytea,text,uuid,uuid,uuid) from public, anon, authenticated, service_role;

revoke all on function app.transfer_context(text,uuid,uuid,uuid) from public, anon, authenticated, service_role;

revoke all on function app.trigger_arguments(bytea) from public, anon, authenticated, service_role;

revoke all on function public.find_org_patients_by_medical_record_number(text,public.access_purpose) from public, anon, authenticated, service_role;
grant all on function public.find_org_patients_by_medical_record_number(text,public.access_purpose) to authenticated;

revoke all on function public.find_patients_by_birth_date(text,public.access_purpose) from public, anon, authenticated, service_role;
grant all on function public.find_patients_by_birth_date(text,public.access_purpose) to authenticated;

revoke all on function public.find_patients_by_family_name(text,public.access_purpose) from public, anon, authenticated, service_role;
grant all on function public.find_patients_by_family_name(text,public.access_purpose) to authenticated;

revoke all on function public.get_patients_restricted(uuid[]) from public, anon, authenticated, service_role;
grant all on function public.get_patients_restricted(uuid[]) to authenticated;

revoke all on function public.open_org_patients(uuid[],public.access_purpose) from public, anon, authenticated, service_role;
grant all on function public.open_org_patients(uuid[],public.access_purpose) to authenticated;

revoke all on function public.open_patients(uuid[],public.access_purpose) from public, anon, authenticated, service_role;
grant all on function public.open_patients(uuid[],public.access_purpose) to authenticated;
