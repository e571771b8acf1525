-- Undoes sealed_moves: written by `carebase db diff`.

set local lock_timeout = '30s';

set local check_function_bodies = off;

CREATE OR REPLACE FUNCTION app.read_org_patients_restricted(p_ids uuid[])
 RETURNS TABLE(patient_id uuid, medical_record_number text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select
    patient_id,
    medical_record_number
  from public.org_patients
  where
    patient_id = any(p_ids)
    and deleted_at is null
    and org_id = (select app.current_org())
    and (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician', 'billing'))
$function$;

CREATE OR REPLACE FUNCTION public.get_org_patients_restricted(p_ids uuid[])
 RETURNS TABLE(patient_id uuid, medical_record_number text)
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
  from app.read_org_patients_restricted(array(
    select seen.patient_id from public.org_patients as seen where seen.patient_id = any(p_ids)
  )) as opened;
end
$function$;

COMMENT ON COLUMN "public"."org_patients"."medical_record_number_index" IS NULL;
COMMENT ON COLUMN "public"."patients"."birth_date_index" IS NULL;
COMMENT ON COLUMN "public"."patients"."family_name_index" IS NULL;

DROP TRIGGER "_200_hold" ON "app"."data_keys";

DROP TRIGGER "_200_guard" ON "public"."org_patients";

DROP TRIGGER "_300_seal" ON "public"."org_patients";

DROP TRIGGER "_800_audit" ON "public"."org_patients";

DROP TRIGGER "_200_guard" ON "public"."patients";

DROP TRIGGER "_300_seal" ON "public"."patients";

DROP TRIGGER "_800_audit" ON "public"."patients";

DROP FUNCTION "app"."begin_transfer"(uuid, bytea);

DROP FUNCTION "app"."check_words"(text, boolean, text);

DROP FUNCTION "app"."departing_key"(bytea);

DROP FUNCTION "app"."find_org_patients_by_medical_record_number"(text, public.access_purpose);

DROP FUNCTION "app"."find_patients_by_birth_date"(text, public.access_purpose);

DROP FUNCTION "app"."find_patients_by_family_name"(text, public.access_purpose);

DROP FUNCTION "app"."guard_org_patient"();

DROP FUNCTION "app"."guard_patient"();

DROP FUNCTION "app"."index_transferred"(bytea, text, uuid, uuid, uuid);

DROP FUNCTION "app"."keep_destroyed"(public.key_purpose, uuid, uuid, uuid, integer, timestamp with time zone, timestamp with time zone, timestamp with time zone);

DROP FUNCTION "app"."lock_data_key"(uuid);

DROP FUNCTION "app"."note_refusal"(public.access_purpose, text, uuid[]);

DROP FUNCTION "app"."open_org_patients"(uuid[], public.access_purpose, uuid[]);

DROP FUNCTION "app"."open_patients"(uuid[], public.access_purpose, uuid[]);

DROP FUNCTION "app"."open_transferred"(bytea, text, uuid, uuid, uuid);

DROP FUNCTION "app"."plain"(timestamp with time zone);

DROP FUNCTION "app"."read_patients_restricted"(uuid[]);

DROP FUNCTION "app"."refuse_held_key"();

DROP FUNCTION "app"."seal_for_transfer"(bytea, text, uuid, uuid, uuid);

DROP FUNCTION "app"."seal_org_patients"();

DROP FUNCTION "app"."seal_patients"();

DROP FUNCTION "app"."seal_transferred"(bytea, text, uuid, uuid, uuid);

DROP FUNCTION "app"."transfer_context"(text, uuid, uuid, uuid);

DROP FUNCTION "app"."trigger_arguments"(bytea);

DROP FUNCTION "public"."find_org_patients_by_medical_record_number"(text, public.access_purpose);

DROP FUNCTION "public"."find_patients_by_birth_date"(text, public.access_purpose);

DROP FUNCTION "public"."find_patients_by_family_name"(text, public.access_purpose);

DROP FUNCTION "public"."get_patients_restricted"(uuid[]);

DROP FUNCTION "public"."open_org_patients"(uuid[], public.access_purpose);

DROP FUNCTION "public"."open_patients"(uuid[], public.access_purpose);

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
    perform pg_advisory_xact_lock(hashtextextended('carebase.data_key.' || v_key_id, 0));
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
  cross join lateral (select string_to_array(encode(triggers.tgargs, 'escape'), '\000') as list) as args
  where
    triggers.tgname = '_200_hold' and not triggers.tgisinternal
    and tables.relnamespace = 'public'::regnamespace
    and triggers.tgfoid = 'app.refuse_held()'::regprocedure
  order by 1
$function$;

CREATE OR REPLACE FUNCTION app.read_patients_restricted(p_ids uuid[])
 RETURNS TABLE(id uuid, gender public.administrative_gender, is_deceased boolean, deceased_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select
    id,
    gender,
    is_deceased,
    deceased_at
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
    for update skip locked
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
  cross join lateral (select string_to_array(encode(triggers.tgargs, 'escape'), '\000') as list) as args
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
    perform pg_advisory_xact_lock(hashtextextended('carebase.data_key.' || v_key_id, 0));
    v_done := v_done + 1;
  end loop;
  return v_done;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_patients_restricted(p_ids uuid[])
 RETURNS TABLE(id uuid, gender public.administrative_gender, is_deceased boolean, deceased_at timestamp with time zone)
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

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.org_patients FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,patient_id', 'medical_record_number', '');

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.patients FOR EACH ROW EXECUTE FUNCTION app.audit_row('', 'id', 'family_name,given_names,birth_date,gender,is_deceased,deceased_at', '');

COMMENT ON COLUMN "public"."org_patients"."medical_record_number" IS 'The number the organization keeps the person under. PHI.';
COMMENT ON COLUMN "public"."patients"."birth_date" IS 'Date of birth, to birth_date_precision. PHI.';
COMMENT ON COLUMN "public"."patients"."deceased_at" IS 'When the person died, if known. PHI.';
COMMENT ON COLUMN "public"."patients"."family_name" IS 'Family name. PHI.';
COMMENT ON COLUMN "public"."patients"."gender" IS 'Administrative gender. PHI.';
COMMENT ON COLUMN "public"."patients"."given_names" IS 'Given names in their order. PHI.';
COMMENT ON FUNCTION "app"."read_org_patients_restricted"(uuid[]) IS 'The restricted columns of org_patients, for whom the matrix opens them; behind public.get_org_patients_restricted.';
COMMENT ON FUNCTION "app"."read_patients_restricted"(uuid[]) IS 'The restricted columns of patients, for whom the matrix opens them; behind public.get_patients_restricted.';

COMMENT ON FUNCTION "public"."get_org_patients_restricted"(uuid[]) IS 'The columns of org_patients that not everyone who sees a row may read; they cannot be selected.
medical_record_number: for care_manager, case_manager, nurse, clinician, billing.
A row of which the caller may read none of them is not in the answer.
p_ids: patient_id of the rows, at most 1000.
Never null: patient_id.
Errors: not_authenticated, invalid_input.';

COMMENT ON FUNCTION "public"."get_patients_restricted"(uuid[]) IS 'The columns of patients that not everyone who sees a row may read; they cannot be selected.
gender, is_deceased, deceased_at: for care_manager, case_manager, nurse, clinician, and their owner.
A row of which the caller may read none of them is not in the answer.
p_ids: id of the rows, at most 1000.
Never null: id.
Errors: not_authenticated, invalid_input.';

revoke all on function app.read_org_patients_restricted(uuid[]) from public, anon, authenticated, service_role;
grant all on function app.read_org_patients_restricted(uuid[]) to authenticated;

revoke all on function app.read_patients_restricted(uuid[]) from public, anon, authenticated, service_role;
grant all on function app.read_patients_restricted(uuid[]) to authenticated;

revoke all on function public.get_org_patients_restricted(uuid[]) from public, anon, authenticated, service_role;
grant all on function public.get_org_patients_restricted(uuid[]) to authenticated;

revoke all on function public.get_patients_restricted(uuid[]) from public, anon, authenticated, service_role;
grant all on function public.get_patients_restricted(uuid[]) to authenticated;
