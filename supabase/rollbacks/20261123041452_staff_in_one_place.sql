-- Undoes staff_in_one_place: written by `carebase db diff`.

set local lock_timeout = '30s';

set local check_function_bodies = off;

DROP POLICY "select_organization" ON "public"."assessment_rules";

DROP POLICY "select_organization" ON "public"."beds";

DROP POLICY "select_organization" ON "public"."care_plan_review_intervals";

DROP POLICY "select_organization" ON "public"."complaint_policies";

DROP POLICY "select_own_or_sites_or_organization" ON "public"."document_versions";

DROP POLICY "select_own_or_sites_or_organization" ON "public"."documents";

DROP POLICY "select_organization" ON "public"."external_organizations";

DROP POLICY "insert_own" ON "public"."file_uploads";

DROP POLICY "select_own_or_organization" ON "public"."file_uploads";

DROP POLICY "select_organization" ON "public"."incident_calendars";

DROP POLICY "select_organization" ON "public"."incident_escalation_steps";

DROP POLICY "select_organization" ON "public"."incident_regulator_rules";

DROP POLICY "select_organization" ON "public"."incident_sla_policies";

DROP POLICY "select_organization_or_sites_or_own" ON "public"."incidents";

DROP POLICY "select_organization" ON "public"."medication_witness_rules";

DROP POLICY "insert_own" ON "public"."policy_acknowledgements";

DROP POLICY "select_own_or_organization" ON "public"."policy_acknowledgements";

DROP POLICY "select_organization" ON "public"."policy_documents";

DROP POLICY "select_organization" ON "public"."practitioner_roles";

DROP POLICY "select_own" ON "public"."provider_assessment_scores";

DROP POLICY "select_own" ON "public"."provider_burnout_assessments";

DROP POLICY "select_own" ON "public"."provider_consents";

DROP POLICY "select_own" ON "public"."provider_crisis_acknowledgements";

DROP POLICY "insert_own" ON "public"."provider_daily_checkins";

DROP POLICY "select_own" ON "public"."provider_daily_checkins";

DROP POLICY "update_own" ON "public"."provider_daily_checkins";

DROP POLICY "select_own" ON "public"."provider_intervention_contacts";

DROP POLICY "select_own" ON "public"."provider_interventions";

DROP POLICY "insert_own" ON "public"."provider_panel_pauses";

DROP POLICY "select_own" ON "public"."provider_panel_pauses";

DROP POLICY "update_own" ON "public"."provider_panel_pauses";

DROP POLICY "select_own" ON "public"."provider_prompts";

DROP POLICY "select_own" ON "public"."provider_reflection_reports";

DROP POLICY "select_own" ON "public"."provider_support_circle_invitations";

DROP POLICY "select_joined" ON "public"."provider_support_circle_members";

DROP POLICY "select_organization" ON "public"."provider_support_circles";

DROP POLICY "insert_joined" ON "public"."provider_support_reflections";

DROP POLICY "select_joined" ON "public"."provider_support_reflections";

DROP POLICY "select_organization" ON "public"."provider_team_members";

DROP POLICY "select_organization" ON "public"."provider_teams";

DROP POLICY "insert_own" ON "public"."provider_training_completions";

DROP POLICY "select_own" ON "public"."provider_training_completions";

DROP POLICY "update_own" ON "public"."provider_training_completions";

DROP POLICY "select_organization" ON "public"."rooms";

DROP POLICY "select_own_or_organization_or_sites" ON "public"."shift_assignments";

DROP POLICY "select_own_or_organization_or_sites" ON "public"."shift_attendance";

DROP POLICY "insert_own" ON "public"."shift_reports";

DROP POLICY "select_own_or_organization" ON "public"."shift_reports";

DROP POLICY "update_own" ON "public"."shift_reports";

DROP POLICY "select_own_or_organization_or_sites" ON "public"."shift_swaps";

DROP POLICY "select_organization" ON "public"."site_registrations";

DROP POLICY "select_own" ON "public"."staff_availability";

DROP POLICY "select_own_or_organization" ON "public"."staff_checks";

DROP POLICY "select_own_or_organization_or_sites" ON "public"."staff_contracts";

DROP POLICY "select_organization" ON "public"."staff_members";

DROP POLICY "select_own_or_sites_or_organization" ON "public"."supervisions";

DROP POLICY "update_own" ON "public"."supervisions";

DROP POLICY "select_organization" ON "public"."training_courses";

DROP POLICY "select_own_or_organization" ON "public"."training_records";

DROP POLICY "select_organization" ON "public"."training_requirements";

DROP FUNCTION "app"."is_staff"();

DROP FUNCTION "app"."is_staff_role"(public.app_role);

DROP FUNCTION "app"."require_staff"();

DROP FUNCTION "app"."staff_roles"();

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
  if not app.is_staff() then
    perform app.require_member();
    perform app.raise_error('permission_denied', 'Your role does not allow this.');
  end if;
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
  if not app.is_staff() then
    perform app.require_member();
    perform app.raise_error('permission_denied', 'Your role does not allow this.');
  end if;
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
RETURN app.has_role(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role, 'manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role, 'compliance_lead'::public.app_role, 'wellness_officer'::public.app_role, 'billing'::public.app_role, 'scheduler'::public.app_role]);

CREATE OR REPLACE FUNCTION app.is_staff_role(p_role public.app_role)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
RETURN (p_role = ANY (ARRAY['org_owner'::public.app_role, 'admin'::public.app_role, 'manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role, 'compliance_lead'::public.app_role, 'wellness_officer'::public.app_role, 'billing'::public.app_role, 'scheduler'::public.app_role]));

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
  perform app.require_role(
    'org_owner', 'admin', 'manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer', 'compliance_lead',
    'wellness_officer', 'billing', 'scheduler'
  );
  if not p_site_id = any(app.my_sites(
    'org_owner', 'admin', 'manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer', 'compliance_lead',
    'wellness_officer', 'billing', 'scheduler'
  )) then
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
  perform app.require_role(
    'org_owner', 'admin', 'manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer', 'compliance_lead',
    'wellness_officer', 'billing', 'scheduler'
  );
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
  if not app.is_staff() then
    perform app.raise_error('permission_denied', 'Your role does not allow this.');
  end if;

  return query
  select rules.*
  from app.assessment_rules_of((select app.current_org())) as rules
  where p_instrument_code is null or rules.instrument_code = p_instrument_code
  order by rules.instrument_code, rules.from_score, rules.band;
end
$function$;

CREATE POLICY "select_organization" ON "public"."assessment_rules" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.is_staff() AS is_staff)));

CREATE POLICY "select_organization" ON "public"."beds" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.is_staff() AS is_staff)));

CREATE POLICY "select_organization" ON "public"."care_plan_review_intervals" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.is_staff() AS is_staff)));

CREATE POLICY "select_organization" ON "public"."complaint_policies" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.is_staff() AS is_staff)));

CREATE POLICY "select_own_or_sites_or_organization" ON "public"."document_versions" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role]) AS my_named_sites)::uuid[]))) OR (org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)))));

CREATE POLICY "select_own_or_sites_or_organization" ON "public"."documents" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role]) AS my_named_sites)::uuid[]))) OR (org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)))));

CREATE POLICY "select_organization" ON "public"."external_organizations" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.is_staff() AS is_staff)));

CREATE POLICY "insert_own" ON "public"."file_uploads" FOR INSERT TO "authenticated" WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (uploaded_by = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "select_own_or_organization" ON "public"."file_uploads" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((( SELECT app.is_staff() AS is_staff) AND (uploaded_by = ( SELECT app.my_id() AS my_id))) OR (org_id = ( SELECT app.org_as(VARIADIC ARRAY['compliance_lead'::public.app_role]) AS org_as)))));

CREATE POLICY "select_organization" ON "public"."incident_calendars" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.is_staff() AS is_staff)));

CREATE POLICY "select_organization" ON "public"."incident_escalation_steps" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.is_staff() AS is_staff)));

CREATE POLICY "select_organization" ON "public"."incident_regulator_rules" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.is_staff() AS is_staff)));

CREATE POLICY "select_organization" ON "public"."incident_sla_policies" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.is_staff() AS is_staff)));

CREATE POLICY "select_organization_or_sites_or_own" ON "public"."incidents" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))) OR (( SELECT app.is_staff() AS is_staff) AND (reported_by = ( SELECT app.my_id() AS my_id))))));

CREATE POLICY "select_organization" ON "public"."medication_witness_rules" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.is_staff() AS is_staff)));

CREATE POLICY "insert_own" ON "public"."policy_acknowledgements" FOR INSERT TO "authenticated" WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "select_own_or_organization" ON "public"."policy_acknowledgements" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))) OR (org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)))));

CREATE POLICY "select_organization" ON "public"."policy_documents" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.is_staff() AS is_staff)));

CREATE POLICY "select_organization" ON "public"."practitioner_roles" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.is_staff() AS is_staff)));

CREATE POLICY "select_own" ON "public"."provider_assessment_scores" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "select_own" ON "public"."provider_burnout_assessments" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "select_own" ON "public"."provider_consents" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "select_own" ON "public"."provider_crisis_acknowledgements" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "insert_own" ON "public"."provider_daily_checkins" FOR INSERT TO "authenticated" WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "select_own" ON "public"."provider_daily_checkins" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "update_own" ON "public"."provider_daily_checkins" FOR UPDATE TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id)))) WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "select_own" ON "public"."provider_intervention_contacts" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "select_own" ON "public"."provider_interventions" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "insert_own" ON "public"."provider_panel_pauses" FOR INSERT TO "authenticated" WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "select_own" ON "public"."provider_panel_pauses" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "update_own" ON "public"."provider_panel_pauses" FOR UPDATE TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id)))) WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "select_own" ON "public"."provider_prompts" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "select_own" ON "public"."provider_reflection_reports" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "select_own" ON "public"."provider_support_circle_invitations" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "select_joined" ON "public"."provider_support_circle_members" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.is_staff() AS is_staff) AND (circle_id = ANY (( SELECT app.my_circles() AS my_circles)::uuid[]))));

CREATE POLICY "select_organization" ON "public"."provider_support_circles" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.is_staff() AS is_staff)));

CREATE POLICY "insert_joined" ON "public"."provider_support_reflections" FOR INSERT TO "authenticated" WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (circle_id = ANY (( SELECT app.my_circles() AS my_circles)::uuid[]))));

CREATE POLICY "select_joined" ON "public"."provider_support_reflections" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.is_staff() AS is_staff) AND (circle_id = ANY (( SELECT app.my_circles() AS my_circles)::uuid[]))));

CREATE POLICY "select_organization" ON "public"."provider_team_members" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.is_staff() AS is_staff)));

CREATE POLICY "select_organization" ON "public"."provider_teams" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.is_staff() AS is_staff)));

CREATE POLICY "insert_own" ON "public"."provider_training_completions" FOR INSERT TO "authenticated" WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "select_own" ON "public"."provider_training_completions" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "update_own" ON "public"."provider_training_completions" FOR UPDATE TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id)))) WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "select_organization" ON "public"."rooms" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.is_staff() AS is_staff)));

CREATE POLICY "select_own_or_organization_or_sites" ON "public"."shift_assignments" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))) OR (org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role, 'admin'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_own_or_organization_or_sites" ON "public"."shift_attendance" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))) OR (org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role, 'admin'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "insert_own" ON "public"."shift_reports" FOR INSERT TO "authenticated" WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "select_own_or_organization" ON "public"."shift_reports" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))) OR (org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role, 'manager'::public.app_role, 'care_manager'::public.app_role, 'wellness_officer'::public.app_role]) AS org_as)))));

CREATE POLICY "update_own" ON "public"."shift_reports" FOR UPDATE TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id)))) WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "select_own_or_organization_or_sites" ON "public"."shift_swaps" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))) OR (org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role, 'admin'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization" ON "public"."site_registrations" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.is_staff() AS is_staff)));

CREATE POLICY "select_own" ON "public"."staff_availability" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "select_own_or_organization" ON "public"."staff_checks" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))) OR (org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)))));

CREATE POLICY "select_own_or_organization_or_sites" ON "public"."staff_contracts" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))) OR (org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role, 'admin'::public.app_role]) AS org_as)) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role]) AS my_named_sites)::uuid[]))))));

CREATE POLICY "select_organization" ON "public"."staff_members" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.is_staff() AS is_staff)));

CREATE POLICY "select_own_or_sites_or_organization" ON "public"."supervisions" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))) OR (((org_id = ( SELECT app.org_throughout(VARIADIC ARRAY['manager'::public.app_role]) AS org_throughout)) AND (site_id IS NOT NULL)) OR (site_id = ANY (( SELECT app.my_named_sites(VARIADIC ARRAY['manager'::public.app_role]) AS my_named_sites)::uuid[]))) OR (org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)))));

CREATE POLICY "update_own" ON "public"."supervisions" FOR UPDATE TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id)))) WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "select_organization" ON "public"."training_courses" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.is_staff() AS is_staff)));

CREATE POLICY "select_own_or_organization" ON "public"."training_records" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))) OR (org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)))));

CREATE POLICY "select_organization" ON "public"."training_requirements" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.is_staff() AS is_staff)));

COMMENT ON FUNCTION "app"."is_staff"() IS 'Whether the caller works for the active organization: not a resident, patient, relative, partner or machine.';
COMMENT ON FUNCTION "app"."is_staff_role"(public.app_role) IS 'Whether who holds a role works for the organization.';
COMMENT ON POLICY "select_organization" ON "public"."assessment_rules" IS 'anyone who works for the active organization: every row of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."beds" IS 'anyone who works for the active organization: every row of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."care_plan_review_intervals" IS 'anyone who works for the active organization: every row of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."complaint_policies" IS 'anyone who works for the active organization: every row of the active organization.';
COMMENT ON POLICY "select_own_or_sites_or_organization" ON "public"."document_versions" IS 'anyone who works for the active organization: their own rows; manager: rows of the sites they are assigned to; org_owner, compliance_lead: every row of the active organization.';
COMMENT ON POLICY "select_own_or_sites_or_organization" ON "public"."documents" IS 'anyone who works for the active organization: their own rows; manager: rows of the sites they are assigned to; org_owner, compliance_lead: every row of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."external_organizations" IS 'anyone who works for the active organization: every row of the active organization.';
COMMENT ON POLICY "insert_own" ON "public"."file_uploads" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "select_own_or_organization" ON "public"."file_uploads" IS 'anyone who works for the active organization: their own rows; compliance_lead: every row of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."incident_calendars" IS 'anyone who works for the active organization: every row of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."incident_escalation_steps" IS 'anyone who works for the active organization: every row of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."incident_regulator_rules" IS 'anyone who works for the active organization: every row of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."incident_sla_policies" IS 'anyone who works for the active organization: every row of the active organization.';
COMMENT ON POLICY "select_organization_or_sites_or_own" ON "public"."incidents" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to; anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "select_organization" ON "public"."medication_witness_rules" IS 'anyone who works for the active organization: every row of the active organization.';
COMMENT ON POLICY "insert_own" ON "public"."policy_acknowledgements" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "select_own_or_organization" ON "public"."policy_acknowledgements" IS 'anyone who works for the active organization: their own rows; org_owner, compliance_lead: every row of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."policy_documents" IS 'anyone who works for the active organization: every row of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."practitioner_roles" IS 'anyone who works for the active organization: every row of the active organization.';
COMMENT ON POLICY "select_own" ON "public"."provider_assessment_scores" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "select_own" ON "public"."provider_burnout_assessments" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "select_own" ON "public"."provider_consents" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "select_own" ON "public"."provider_crisis_acknowledgements" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "insert_own" ON "public"."provider_daily_checkins" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "select_own" ON "public"."provider_daily_checkins" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "update_own" ON "public"."provider_daily_checkins" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "select_own" ON "public"."provider_intervention_contacts" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "select_own" ON "public"."provider_interventions" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "insert_own" ON "public"."provider_panel_pauses" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "select_own" ON "public"."provider_panel_pauses" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "update_own" ON "public"."provider_panel_pauses" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "select_own" ON "public"."provider_prompts" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "select_own" ON "public"."provider_reflection_reports" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "select_own" ON "public"."provider_support_circle_invitations" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "select_joined" ON "public"."provider_support_circle_members" IS 'anyone who works for the active organization: rows of the circles they are in.';
COMMENT ON POLICY "select_organization" ON "public"."provider_support_circles" IS 'anyone who works for the active organization: every row of the active organization.';
COMMENT ON POLICY "insert_joined" ON "public"."provider_support_reflections" IS 'anyone who works for the active organization: rows of the circles they are in.';
COMMENT ON POLICY "select_joined" ON "public"."provider_support_reflections" IS 'anyone who works for the active organization: rows of the circles they are in.';
COMMENT ON POLICY "select_organization" ON "public"."provider_team_members" IS 'anyone who works for the active organization: every row of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."provider_teams" IS 'anyone who works for the active organization: every row of the active organization.';
COMMENT ON POLICY "insert_own" ON "public"."provider_training_completions" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "select_own" ON "public"."provider_training_completions" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "update_own" ON "public"."provider_training_completions" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "select_organization" ON "public"."rooms" IS 'anyone who works for the active organization: every row of the active organization.';
COMMENT ON POLICY "select_own_or_organization_or_sites" ON "public"."shift_assignments" IS 'anyone who works for the active organization: their own rows; org_owner, compliance_lead, admin: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_own_or_organization_or_sites" ON "public"."shift_attendance" IS 'anyone who works for the active organization: their own rows; org_owner, compliance_lead, admin: every row of the active organization; manager, care_manager: rows of the sites they are assigned to.';
COMMENT ON POLICY "insert_own" ON "public"."shift_reports" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "select_own_or_organization" ON "public"."shift_reports" IS 'anyone who works for the active organization: their own rows; org_owner, admin, manager, care_manager, wellness_officer: every row of the active organization.';
COMMENT ON POLICY "update_own" ON "public"."shift_reports" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "select_own_or_organization_or_sites" ON "public"."shift_swaps" IS 'anyone who works for the active organization: their own rows; org_owner, compliance_lead, admin: every row of the active organization; manager, care_manager: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization" ON "public"."site_registrations" IS 'anyone who works for the active organization: every row of the active organization.';
COMMENT ON POLICY "select_own" ON "public"."staff_availability" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "select_own_or_organization" ON "public"."staff_checks" IS 'anyone who works for the active organization: their own rows; org_owner, compliance_lead: every row of the active organization.';
COMMENT ON POLICY "select_own_or_organization_or_sites" ON "public"."staff_contracts" IS 'anyone who works for the active organization: their own rows; org_owner, compliance_lead, admin: every row of the active organization; manager, care_manager: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization" ON "public"."staff_members" IS 'anyone who works for the active organization: every row of the active organization.';
COMMENT ON POLICY "select_own_or_sites_or_organization" ON "public"."supervisions" IS 'anyone who works for the active organization: their own rows; manager: rows of the sites they are assigned to; org_owner, compliance_lead: every row of the active organization.';
COMMENT ON POLICY "update_own" ON "public"."supervisions" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "select_organization" ON "public"."training_courses" IS 'anyone who works for the active organization: every row of the active organization.';
COMMENT ON POLICY "select_own_or_organization" ON "public"."training_records" IS 'anyone who works for the active organization: their own rows; org_owner, compliance_lead: every row of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."training_requirements" IS 'anyone who works for the active organization: every row of the active organization.';

revoke all on function app.is_staff() from public, anon, authenticated, service_role;
grant all on function app.is_staff() to authenticated, service_role;

revoke all on function app.is_staff_role(public.app_role) from public, anon, authenticated, service_role;
