-- Undoes what_survivors_taught: written by `carebase db diff`.

set local lock_timeout = '30s';

set local check_function_bodies = off;

DROP TRIGGER "_200_guard" ON "public"."incident_followups";

DROP INDEX "public"."residents_site_id_idx";

CREATE OR REPLACE FUNCTION app.guard_incident_followup()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if new.note is distinct from old.note then
    perform app.check_length('note', new.note, 4000);
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.read_encounters_restricted(p_ids uuid[])
 RETURNS TABLE(id uuid, class_code text, took_place_during tstzrange)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select
    id,
    case
      when (
        (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician', 'billing'))
      ) then class_code
    end,
    case
      when (
        (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician', 'scheduler'))
      ) then took_place_during
    end
  from public.encounters
  where
    id = any(p_ids)
    and deleted_at is null
    and org_id = (select app.current_org())
    and (
      (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician', 'billing'))
      or (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician', 'scheduler'))
    )
$function$;

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

CREATE OR REPLACE FUNCTION public.get_encounters_restricted(p_ids uuid[])
 RETURNS TABLE(id uuid, class_code text, took_place_during tstzrange)
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
  from app.read_encounters_restricted(array(
    select seen.id from public.encounters as seen where seen.id = any(p_ids)
  )) as opened;
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

CREATE OR REPLACE FUNCTION public.write_reflection(p_circle_id uuid, p_reflection_text text, p_is_anonymous boolean DEFAULT false)
 RETURNS public.support_circle_reflections
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_id uuid;
  v_reflection public.support_circle_reflections;
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_circle_id', p_circle_id is not null, 'Say which circle.');
  perform app.check_input(
    'p_reflection_text', length(p_reflection_text) <= 4000 and p_reflection_text ~ '\S',
    'A reflection is a text of 1 to 4000 characters.'
  );
  perform app.check_input('p_is_anonymous', p_is_anonymous is not null, 'Say whether you stay unnamed.');
  if p_circle_id <> all(app.my_circles()) then
    perform app.raise_error('not_found', 'You are in no such circle.');
  end if;

  insert into public.provider_support_reflections (circle_id, reflection_text, is_anonymous)
  values (p_circle_id, p_reflection_text, p_is_anonymous)
  returning id into v_id;
  select reflections.* into v_reflection
  from public.support_circle_reflections as reflections
  where reflections.org_id = (select app.current_org()) and reflections.id = v_id;
  return v_reflection;
end
$function$;

CREATE INDEX residents_site_id_idx ON public.residents USING btree (org_id, site_id, status) INCLUDE (deleted_at);

CREATE TRIGGER _200_guard BEFORE INSERT OR UPDATE ON public.incident_followups FOR EACH ROW EXECUTE FUNCTION app.guard_incident_followup();

COMMENT ON FUNCTION "app"."guard_incident_followup"() IS 'Trigger _200_guard: a note has 1 to 4000 characters.';
