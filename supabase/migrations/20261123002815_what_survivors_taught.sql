-- what_survivors_taught: written by `carebase db diff`. Never edited once it is applied anywhere.

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
  perform app.check_length('note', new.note, 4000);
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
    and (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician', 'billing', 'scheduler'))
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
  perform app.require_person();
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

CREATE INDEX residents_site_id_idx ON public.residents USING btree (org_id, site_id, status) INCLUDE (id, deleted_at);

CREATE TRIGGER _200_guard BEFORE INSERT ON public.incident_followups FOR EACH ROW EXECUTE FUNCTION app.guard_incident_followup();

COMMENT ON FUNCTION "app"."guard_incident_followup"() IS 'Trigger _200_guard: a note has 1 to 4000 characters; it is never rewritten (_200_keep).';
