-- staff_in_one_place: written by `carebase db diff`. Never edited once it is applied anywhere.

set local lock_timeout = '30s';

set local check_function_bodies = off;

CREATE OR REPLACE FUNCTION app.require_staff()
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_role(variadic app.staff_roles());
end
$function$;

CREATE OR REPLACE FUNCTION app.staff_roles()
 RETURNS public.app_role[]
 LANGUAGE sql
 IMMUTABLE
RETURN ARRAY['org_owner'::public.app_role, 'admin'::public.app_role, 'manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role, 'compliance_lead'::public.app_role, 'wellness_officer'::public.app_role, 'billing'::public.app_role, 'scheduler'::public.app_role];

CREATE OR REPLACE FUNCTION app.complete_audit_action(p_id uuid)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_action public.quality_audit_actions;
begin
  perform app.require_feature('care_homes');
  perform app.require_staff();
  select actions.* into v_action
  from public.quality_audit_actions as actions
  where
    actions.org_id = app.current_org() and actions.id = p_id and actions.deleted_at is null
    and (
      actions.assigned_to = app.my_id()
      or actions.site_id = any(app.my_sites('manager', 'org_owner', 'compliance_lead'))
    )
  for update;
  if v_action.id is null then
    perform app.raise_error('not_found', 'There is no such task of yours.');
  end if;
  if v_action.completed_at is null then
    update public.quality_audit_actions as actions set completed_at = app.clock(), completed_by = app.my_id()
    where actions.org_id = v_action.org_id and actions.id = v_action.id
    returning actions.completed_at into v_action.completed_at;
  end if;
  return v_action.completed_at;
end
$function$;

CREATE OR REPLACE FUNCTION app.complete_incident_action(p_id uuid)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_action public.incident_actions;
begin
  perform app.require_feature('care_homes');
  perform app.require_staff();
  select actions.* into v_action
  from public.incident_actions as actions
  where
    actions.org_id = app.current_org() and actions.id = p_id and actions.deleted_at is null
    and (
      actions.assigned_to = app.my_id()
      or actions.site_id = any(app.my_sites('manager'))
      or (not actions.is_restricted and actions.site_id = any(app.my_sites('care_manager')))
    )
  for update;
  if v_action.id is null then
    perform app.raise_error('not_found', 'There is no such task of yours.');
  end if;
  if v_action.completed_at is null then
    update public.incident_actions as actions set completed_at = app.clock(), completed_by = app.my_id()
    where actions.org_id = v_action.org_id and actions.id = v_action.id
    returning actions.completed_at into v_action.completed_at;
  end if;
  return v_action.completed_at;
end
$function$;

CREATE OR REPLACE FUNCTION app.is_staff()
 RETURNS boolean
 LANGUAGE sql
 STABLE
RETURN app.has_role(VARIADIC app.staff_roles());

CREATE OR REPLACE FUNCTION app.is_staff_role(p_role public.app_role)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
RETURN (p_role = ANY (app.staff_roles()));

CREATE OR REPLACE FUNCTION app.report_incident(p_site_id uuid, p_kind public.incident_kind, p_severity public.incident_severity, p_occurred_at timestamp with time zone, p_description text, p_injury_level public.incident_severity, p_body_map jsonb, p_people jsonb, p_is_restricted boolean, p_request_key uuid)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_incident public.incidents;
begin
  perform app.require_feature('care_homes');
  perform app.require_staff();
  if not p_site_id = any(app.my_sites(variadic app.staff_roles())) then
    perform app.raise_error('not_found', 'There is no such site where you work.');
  end if;
  insert into public.incidents (
    org_id, site_id, kind, severity, occurred_at, reported_by, request_key, description, injury_level, body_map,
    is_restricted
  )
  values (
    app.current_org(), p_site_id, p_kind, p_severity, p_occurred_at, app.my_id(), p_request_key,
    app.plain(p_description), p_injury_level, app.plain(nullif(p_body_map, '[]')),
    coalesce(p_is_restricted, p_kind = 'safeguarding')
  )
  on conflict (org_id, reported_by, request_key) where request_key is not null do nothing
  returning * into v_incident;
  if v_incident.id is null then
    return (
      select known.id from public.incidents as known
      where
        known.org_id = app.current_org() and known.reported_by = app.my_id() and known.request_key = p_request_key
    );
  end if;

  perform app.add_incident_person(
    v_incident, people.person ->> 'role', (people.person ->> 'resident_id')::uuid,
    (people.person ->> 'staff_id')::uuid, people.person ->> 'name', (people.person ->> 'informed_at')::timestamptz
  )
  from jsonb_array_elements(p_people) as people (person);
  return v_incident.id;
end
$function$;

CREATE OR REPLACE FUNCTION public.begin_upload(p_bucket public.storage_bucket, p_file_name text, p_mime_type text, p_byte_size bigint, p_sha256 text, p_resident_id uuid DEFAULT NULL::uuid, p_site_id uuid DEFAULT NULL::uuid)
 RETURNS TABLE(id uuid, bucket_id public.storage_bucket, object_path text)
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_site_id uuid := p_site_id;
begin
  perform app.require_feature('documents');
  perform app.require_staff();
  perform app.check_input('p_bucket', p_bucket is not null, 'Say which bucket.');
  perform app.check_input('p_file_name', p_file_name is not null, 'Say what the file is called.');
  perform app.check_input('p_sha256', p_sha256 ~ '^[0-9a-f]{64}$', 'The SHA-256 has 64 hexadecimal digits.');
  if p_resident_id is not null then
    select residents.site_id into v_site_id
    from public.residents
    where residents.org_id = (select app.current_org()) and residents.id = p_resident_id;
    if v_site_id is null then
      perform app.raise_error('not_found', 'There is no such resident.');
    end if;
  end if;
  -- Asked before the row is tried, so that the answer says what is wrong.
  perform app.require_bucket(p_bucket, p_resident_id, v_site_id);

  return query
  insert into public.file_uploads as files (
    bucket_id, file_name, mime_type, byte_size, sha256, resident_id, site_id
  )
  values (
    p_bucket, app.plain(p_file_name), p_mime_type, p_byte_size, decode(p_sha256, 'hex'), p_resident_id, v_site_id
  )
  returning files.id, files.bucket_id, files.object_path;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_assessment_rules(p_instrument_code text DEFAULT NULL::text)
 RETURNS TABLE(instrument_code text, band text, from_score numeric, follow_up_kind public.assessment_follow_up_kind, due_within interval, notify_roles public.app_role[], repeat_after interval, is_active boolean, is_default boolean)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('care_homes');
  perform app.require_staff();

  return query
  select rules.*
  from app.assessment_rules_of((select app.current_org())) as rules
  where p_instrument_code is null or rules.instrument_code = p_instrument_code
  order by rules.instrument_code, rules.from_score, rules.band;
end
$function$;

COMMENT ON FUNCTION "app"."require_staff"() IS 'Ends the request unless the caller works for the active organization.';
COMMENT ON FUNCTION "app"."staff_roles"() IS 'The roles of those who work for an organization.';

revoke all on function app.require_staff() from public, anon, authenticated, service_role;
grant all on function app.require_staff() to authenticated, service_role;

revoke all on function app.staff_roles() from public, anon, authenticated, service_role;
grant all on function app.staff_roles() to authenticated, service_role;
