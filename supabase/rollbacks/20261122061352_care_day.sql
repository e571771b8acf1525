-- Undoes care_day: written by `carebase db diff`.
-- Loses data: ALTER TABLE "public"."assessment_schedules" DROP COLUMN "ended_at"
-- Loses data: ALTER TABLE "public"."bed_stays" DROP COLUMN "told_at"
-- Loses data: ALTER TABLE "public"."care_plan_tasks" DROP COLUMN "begins_at"
-- Loses data: ALTER TABLE "public"."care_plan_tasks" DROP COLUMN "series_id"
-- Loses data: DROP TABLE "public"."care_plan_task_corrections"
-- Loses data: DROP TABLE "public"."medication_witness_rules"
-- Take a backup first; what was written since the migration is in nothing else.

set local lock_timeout = '30s';

set local check_function_bodies = off;

CREATE OR REPLACE FUNCTION app.care_signer()
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  if not exists (
    select from public.staff_members as staff
    where staff.org_id = app.current_org() and staff.user_id = app.my_id() and staff.deleted_at is null
  ) then
    perform app.raise_error(
      'permission_denied', 'Only members of staff sign for care.',
      p_hint => 'Ask an administrator to enter you as a member of staff.'
    );
  end if;
  return app.my_id();
end
$function$;

CREATE OR REPLACE FUNCTION app.has_form(p_document jsonb, p_form jsonb)
 RETURNS boolean
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO ''
AS $function$
declare
  v_key text;
  v_rule jsonb;
  v_value jsonb;
begin
  if jsonb_typeof(p_document) <> 'object' or p_document - array(select jsonb_object_keys(p_form)) <> '{}' then
    return false;
  end if;
  for v_key, v_rule in select * from jsonb_each(p_form) loop
    v_value := nullif(p_document -> v_key, 'null');
    if jsonb_typeof(v_rule) = 'object' then
      continue when v_value is null;
      if app.has_form(v_value, v_rule) is not true then
        return false;
      end if;
    elsif v_rule = '"date"' then
      continue when v_value is null;
      if v_value #>> '{}' !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' or (v_value #>> '{}')::date is null then
        return false;
      end if;
    elsif v_value is null then
      if v_rule::integer < 0 then
        return false;
      end if;
    elsif jsonb_typeof(v_value) <> 'string'
      or length(v_value #>> '{}') < 1 or length(v_value #>> '{}') > abs(v_rule::integer)
    then
      return false;
    end if;
  end loop;
  return true;
end
$function$;

CREATE OR REPLACE FUNCTION app.report_discrepancy(p_org_id uuid, p_discrepancy_id uuid, p_incident_id uuid DEFAULT NULL::uuid)
 RETURNS void
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  update public.medication_discrepancies as discrepancies
  set
    status = case discrepancies.status when 'explained' then 'explained' else 'reported' end::public.discrepancy_status,
    resolved_at = coalesce(discrepancies.resolved_at, app.clock()),
    incident_id = coalesce(p_incident_id, discrepancies.incident_id)
  where discrepancies.org_id = p_org_id and discrepancies.id = p_discrepancy_id
$function$;

CREATE OR REPLACE FUNCTION app.require_medication_signer()
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  if not exists (
    select from public.staff_members as staff
    where
      staff.org_id = app.current_org() and staff.user_id = app.my_id() and staff.deleted_at is null
      and staff.employed_during @> app.today()
  ) then
    perform app.raise_error('permission_denied', 'Only who is employed here signs for a medicine.');
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.rota_zone(p_org_id uuid, p_site_id uuid)
 RETURNS text
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select coalesce(sites.time_zone, organizations.time_zone)::text
  from public.organizations
  left join public.sites on sites.org_id = organizations.id and sites.id = p_site_id
  where organizations.id = p_org_id
$function$;

CREATE OR REPLACE FUNCTION app.works_at(p_org_id uuid, p_site_id uuid, p_user_id uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select exists (
    select from public.staff_members as staff
    where staff.org_id = p_org_id and staff.user_id = p_user_id and staff.deleted_at is null
  ) and exists (
    select from public.role_assignments as roles
    where
      roles.org_id = p_org_id and roles.user_id = p_user_id and roles.deleted_at is null
      and (roles.site_id is null or roles.site_id = p_site_id)
      and roles.role not in ('resident', 'patient', 'family', 'referral_partner', 'service')
      and roles.valid_during @> app.clock()
  )
$function$;

DROP POLICY "select_organization_or_sites" ON "public"."admissions";

DROP POLICY "select_organization_or_sites" ON "public"."assessment_follow_ups";

DROP POLICY "select_organization_or_sites" ON "public"."assessment_schedules";

DROP POLICY "select_organization_or_sites" ON "public"."assessment_scores";

DROP POLICY "select_organization_or_sites" ON "public"."assessments";

DROP POLICY "select_organization_or_sites" ON "public"."bed_offers";

DROP POLICY "select_organization_or_sites" ON "public"."bed_stays";

DROP POLICY "select_organization_or_sites" ON "public"."care_plan_acknowledgements";

DROP POLICY "select_organization_or_sites" ON "public"."care_plan_reviews";

DROP POLICY "floor_organization" ON "public"."care_plan_task_corrections";

DROP POLICY "select_organization_or_sites" ON "public"."care_plan_task_corrections";

DROP POLICY "select_organization_or_sites" ON "public"."care_plan_task_occurrences";

DROP POLICY "select_organization_or_sites" ON "public"."care_plan_tasks";

DROP POLICY "select_organization_or_sites_or_linked" ON "public"."care_plan_versions";

DROP POLICY "select_organization_or_sites" ON "public"."care_plans";

DROP POLICY "select_organization_or_sites" ON "public"."complaints";

DROP POLICY "select_organization_or_sites" ON "public"."compliance_stats";

DROP POLICY "select_organization_or_sites_or_linked_shared" ON "public"."daily_notes";

DROP POLICY "select_own_or_sites_or_organization" ON "public"."document_versions";

DROP POLICY "select_own_or_sites_or_organization" ON "public"."documents";

DROP POLICY "select_organization_or_sites" ON "public"."handover_acknowledgements";

DROP POLICY "select_organization_or_sites" ON "public"."handover_items";

DROP POLICY "select_organization_or_sites" ON "public"."handovers";

DROP POLICY "select_organization_or_sites" ON "public"."incident_actions";

DROP POLICY "select_organization_or_sites" ON "public"."incident_followups";

DROP POLICY "select_organization_or_sites" ON "public"."incident_notifications_of_regulators";

DROP POLICY "select_organization_or_sites" ON "public"."incident_people";

DROP POLICY "select_organization_or_sites" ON "public"."incident_timers";

DROP POLICY "select_organization_or_sites_or_own" ON "public"."incidents";

DROP POLICY "select_organization_or_sites" ON "public"."inspection_evidence";

DROP POLICY "select_organization_or_sites" ON "public"."medication_administrations";

DROP POLICY "select_organization_or_sites" ON "public"."medication_discrepancies";

DROP POLICY "select_organization_or_sites" ON "public"."medication_doses";

DROP POLICY "select_organization_or_sites" ON "public"."medication_effects";

DROP POLICY "select_organization_or_sites" ON "public"."medication_order_events";

DROP POLICY "select_organization_or_sites" ON "public"."medication_orders";

DROP POLICY "select_organization_or_sites" ON "public"."medication_stock";

DROP POLICY "select_organization_or_sites" ON "public"."medication_stock_counts";

DROP POLICY "select_organization_or_sites" ON "public"."medication_stock_movements";

DROP POLICY "floor_organization" ON "public"."medication_witness_rules";

DROP POLICY "insert_organization" ON "public"."medication_witness_rules";

DROP POLICY "select_organization" ON "public"."medication_witness_rules";

DROP POLICY "update_organization" ON "public"."medication_witness_rules";

DROP POLICY "select_organization_or_sites" ON "public"."occupancy_snapshots";

DROP POLICY "select_organization_or_sites" ON "public"."org_patients";

DROP POLICY "select_organization_or_sites" ON "public"."quality_audit_actions";

DROP POLICY "select_organization_or_sites" ON "public"."quality_audits";

DROP POLICY "select_organization_or_sites" ON "public"."residency_enquiries";

DROP POLICY "select_sites" ON "public"."resident_contacts";

DROP POLICY "select_organization_or_sites_or_linked_shared" ON "public"."resident_documents";

DROP POLICY "select_organization_or_sites" ON "public"."resident_leaves";

DROP POLICY "select_sites_or_organization_or_own" ON "public"."resident_shares";

DROP POLICY "select_organization_or_sites" ON "public"."resident_status_history";

DROP POLICY "select_organization_or_sites_or_linked" ON "public"."residents";

DROP POLICY "select_organization_or_sites" ON "public"."rota_proposal_lines";

DROP POLICY "select_organization_or_sites" ON "public"."rota_proposals";

DROP POLICY "select_organization_or_sites" ON "public"."rota_weeks";

DROP POLICY "select_own_or_organization_or_sites" ON "public"."shift_assignments";

DROP POLICY "select_own_or_organization_or_sites" ON "public"."shift_attendance";

DROP POLICY "select_organization_or_sites" ON "public"."shift_offers";

DROP POLICY "select_own_or_organization_or_sites" ON "public"."shift_swaps";

DROP POLICY "select_organization_or_sites" ON "public"."shift_templates";

DROP POLICY "select_organization_or_sites" ON "public"."shifts";

DROP POLICY "select_own_or_organization_or_sites" ON "public"."staff_contracts";

DROP POLICY "select_own_or_sites_or_organization" ON "public"."supervisions";

DROP POLICY "select_organization_or_sites" ON "public"."waitlist_entries";

DROP TRIGGER "_200_taken" ON "public"."beds";

DROP TRIGGER "_220_gone" ON "public"."care_plan_tasks";

DROP TRIGGER "_220_gone" ON "public"."care_plans";

DROP TRIGGER "_240_signatures_insert" ON "public"."medication_administrations";

DROP TRIGGER "_240_signatures_update" ON "public"."medication_administrations";

DROP TRIGGER "_220_gone" ON "public"."medication_orders";

DROP TRIGGER "_240_signatures_insert" ON "public"."medication_stock_counts";

DROP TRIGGER "_240_signatures_update" ON "public"."medication_stock_counts";

DROP TRIGGER "_240_signatures_insert" ON "public"."medication_stock_movements";

DROP TRIGGER "_240_signatures_update" ON "public"."medication_stock_movements";

DROP TRIGGER "_520_care" ON "public"."residents";

DROP TRIGGER "_200_taken" ON "public"."rooms";

DROP INDEX "public"."care_plan_tasks_series_id_idx";

DROP INDEX "public"."medication_discrepancies_incident_key";

ALTER TABLE "public"."assessment_schedules" DROP CONSTRAINT "assessment_schedules_ended_not_active";

ALTER TABLE "public"."care_plan_task_corrections" DROP CONSTRAINT "care_plan_task_corrections_corrected_by_fkey";

ALTER TABLE "public"."care_plan_task_corrections" DROP CONSTRAINT "care_plan_task_corrections_former_completed_by_fkey";

ALTER TABLE "public"."care_plan_task_corrections" DROP CONSTRAINT "care_plan_task_corrections_occurrence_fkey";

ALTER TABLE "public"."care_plan_task_corrections" DROP CONSTRAINT "care_plan_task_corrections_org_id_fkey";

ALTER TABLE "public"."care_plan_task_corrections" DROP CONSTRAINT "care_plan_task_corrections_resident_fkey";

ALTER TABLE "public"."care_plan_tasks" DROP CONSTRAINT "care_plan_tasks_begins_in_series";

ALTER TABLE "public"."care_plan_tasks" DROP CONSTRAINT "care_plan_tasks_series_fkey";

ALTER TABLE "public"."medication_discrepancies" DROP CONSTRAINT "medication_discrepancies_incident_fkey";

ALTER TABLE "public"."medication_witness_rules" DROP CONSTRAINT "medication_witness_rules_course_fkey";

ALTER TABLE "public"."medication_witness_rules" DROP CONSTRAINT "medication_witness_rules_org_id_fkey";

ALTER TABLE "public"."medication_witness_rules" DROP CONSTRAINT "medication_witness_rules_site_fkey";

DROP FUNCTION "app"."adopt_realtime"();

DROP FUNCTION "app"."are_task_changes"(jsonb);

DROP FUNCTION "app"."can_be_given_incident_work"(uuid, uuid, uuid);

DROP FUNCTION "app"."change_care_plan_task"(uuid, jsonb);

DROP FUNCTION "app"."due_step"(date, date, integer[]);

DROP FUNCTION "app"."end_care_of_resident"();

DROP FUNCTION "app"."end_medication_of_resident"(public.residents, timestamp with time zone);

DROP FUNCTION "app"."end_plans_of_resident"(public.residents, timestamp with time zone);

DROP FUNCTION "app"."form_fault"(jsonb, jsonb, text);

DROP FUNCTION "app"."form_places"(jsonb);

DROP FUNCTION "app"."guard_gone_resident"();

DROP FUNCTION "app"."guard_place"();

DROP FUNCTION "app"."guard_two_signatures"();

DROP FUNCTION "app"."is_day"(text);

DROP FUNCTION "app"."is_gone"(uuid, uuid);

DROP FUNCTION "app"."is_on_duty"(uuid, uuid, uuid);

DROP FUNCTION "app"."is_task_taken_back"(jsonb, jsonb);

DROP FUNCTION "app"."job_remind_quality"(uuid);

DROP FUNCTION "app"."job_tell_overstays"(uuid, integer);

DROP FUNCTION "app"."list_site_staff"(uuid, integer, uuid);

DROP FUNCTION "app"."may_listen"(text);

DROP FUNCTION "app"."may_witness"(uuid, uuid, uuid);

DROP FUNCTION "app"."medication_witness_rule"(uuid, uuid);

DROP FUNCTION "app"."my_named_sites"(public.app_role[]);

DROP FUNCTION "app"."open_care_plan_task_corrections"(uuid[], public.access_purpose, uuid[]);

DROP FUNCTION "app"."open_discrepancy_incident"(public.medication_discrepancies);

DROP FUNCTION "app"."org_throughout"(public.app_role[]);

DROP FUNCTION "app"."quality_due"(uuid, date);

DROP FUNCTION "app"."quality_recipients"(uuid, uuid, uuid, date);

DROP FUNCTION "app"."task_undo_window"();

DROP FUNCTION "app"."tell_of_overstay"(public.bed_stays);

DROP FUNCTION "app"."undo_task"(uuid, text);

DROP FUNCTION "public"."change_care_plan_task"(uuid, jsonb);

DROP FUNCTION "public"."get_rota_state"(uuid, date);

DROP FUNCTION "public"."list_site_staff"(uuid, integer, uuid);

DROP FUNCTION "public"."open_care_plan_task_corrections"(uuid[], public.access_purpose);

DROP FUNCTION "public"."undo_task"(uuid, text);

ALTER TABLE "public"."assessment_schedules" DROP COLUMN "ended_at";

ALTER TABLE "public"."bed_stays" DROP COLUMN "told_at";

ALTER TABLE "public"."care_plan_tasks" DROP COLUMN "begins_at";

ALTER TABLE "public"."care_plan_tasks" DROP COLUMN "series_id";

DROP TABLE "public"."care_plan_task_corrections";

DROP FUNCTION "app"."seal_care_plan_task_corrections"();

DROP TABLE "public"."medication_witness_rules";

ALTER TABLE "public"."medication_order_events" ALTER COLUMN "done_by" SET NOT NULL;

CREATE OR REPLACE FUNCTION app.acknowledge_care_plan(p_version_id uuid)
 RETURNS public.care_plan_acknowledgements
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_version public.care_plan_versions;
  v_kept public.care_plan_acknowledgements;
begin
  select versions.* into v_version
  from public.care_plan_versions as versions
  where versions.org_id = app.current_org() and versions.id = p_version_id;
  if v_version.id is null or not app.gives_care_at(v_version.site_id) then
    perform app.raise_error('not_found', 'There is no such version of a care plan at your sites.');
  end if;
  select kept.* into v_kept
  from public.care_plan_acknowledgements as kept
  where
    kept.org_id = v_version.org_id and kept.care_plan_version_id = v_version.id and kept.acknowledged_by = app.my_id();
  if v_kept.id is not null then
    return v_kept;
  end if;
  if v_version.status <> 'active' then
    perform app.raise_error('conflict', 'Care does not follow this version now.', p_hint => 'Read the one that it follows.');
  end if;
  insert into public.care_plan_acknowledgements (
    org_id, care_plan_version_id, resident_id, site_id, acknowledged_by, acknowledged_at
  )
  values (v_version.org_id, v_version.id, v_version.resident_id, v_version.site_id, app.care_signer(), app.clock())
  on conflict (org_id, care_plan_version_id, acknowledged_by) do nothing;
  select kept.* into v_kept
  from public.care_plan_acknowledgements as kept
  where
    kept.org_id = v_version.org_id and kept.care_plan_version_id = v_version.id and kept.acknowledged_by = app.my_id();
  return v_kept;
end
$function$;

CREATE OR REPLACE FUNCTION app.acknowledge_incident(p_id uuid, p_assigned_to uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_incident public.incidents;
begin
  v_incident := app.find_incident(p_id, 'manager', 'care_manager', 'nurse', 'clinician');
  if v_incident.status = 'closed' then
    perform app.raise_error('conflict', 'This incident is closed.');
  end if;
  if p_assigned_to is not null and not app.works_at(v_incident.org_id, v_incident.site_id, p_assigned_to) then
    perform app.raise_error('not_found', 'Nobody of that id works at this site.', '{"field": "p_assigned_to"}');
  end if;
  update public.incidents
  set
    status = case incidents.status when 'reported' then 'acknowledged' else incidents.status end,
    acknowledged_at = coalesce(incidents.acknowledged_at, app.clock()),
    assigned_to = coalesce(p_assigned_to, incidents.assigned_to)
  where incidents.org_id = v_incident.org_id and incidents.id = v_incident.id;
end
$function$;

CREATE OR REPLACE FUNCTION app.add_audit_action(p_audit_id uuid, p_action_text text, p_due_on date, p_assigned_to uuid)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_site_id uuid;
  v_id uuid;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('manager', 'org_owner', 'compliance_lead');
  select audits.site_id into v_site_id
  from public.quality_audits as audits
  where
    audits.org_id = app.current_org() and audits.id = p_audit_id and audits.deleted_at is null
    and audits.site_id = any(app.my_sites('manager', 'org_owner', 'compliance_lead'));
  if v_site_id is null then
    perform app.raise_error('not_found', 'There is no such audit that you may see.');
  end if;
  if p_assigned_to is not null and not app.works_at(app.current_org(), v_site_id, p_assigned_to) then
    perform app.raise_error('not_found', 'Nobody of that id works at this site.', '{"field": "p_assigned_to"}');
  end if;
  insert into public.quality_audit_actions (org_id, audit_id, site_id, action_text, due_on, assigned_to)
  values (app.current_org(), p_audit_id, v_site_id, p_action_text, p_due_on, p_assigned_to)
  returning quality_audit_actions.id into v_id;
  return v_id;
end
$function$;

CREATE OR REPLACE FUNCTION app.add_incident_action(p_incident_id uuid, p_assigned_to uuid, p_action_text text, p_due_at timestamp with time zone)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_incident public.incidents;
  v_id uuid;
begin
  v_incident := app.find_incident(p_incident_id, 'manager', 'care_manager', 'nurse', 'clinician');
  if v_incident.status = 'closed' then
    perform app.raise_error('conflict', 'This incident is closed.');
  end if;
  if not app.works_at(v_incident.org_id, v_incident.site_id, p_assigned_to) then
    perform app.raise_error('not_found', 'Nobody of that id works at this site.', '{"field": "p_assigned_to"}');
  end if;
  insert into public.incident_actions (
    org_id, incident_id, site_id, is_restricted, assigned_to, action_text, due_at
  )
  values (
    v_incident.org_id, v_incident.id, v_incident.site_id, v_incident.is_restricted, p_assigned_to,
    app.plain(p_action_text), p_due_at
  )
  on conflict (org_id, incident_id, assigned_to) where deleted_at is null do nothing
  returning id into v_id;
  if v_id is null then
    perform app.raise_error('conflict', 'They have something to do about this incident already.');
  end if;
  perform app.tell_of_incident(
    v_incident, array[p_assigned_to], 'incident.action', 'Something to do about an incident',
    'There is something for you to do about an incident: {{ link }}', v_id::text
  );
  return v_id;
end
$function$;

CREATE OR REPLACE FUNCTION app.can_be_given_care_tasks(p_org_id uuid, p_site_id uuid, p_user_id uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select exists (
    select from public.role_assignments as roles
    inner join public.staff_members as staff on staff.org_id = roles.org_id and staff.user_id = roles.user_id
    where
      roles.org_id = p_org_id and roles.user_id = p_user_id
      and roles.role in ('manager', 'care_manager', 'nurse', 'clinician', 'carer')
      and (roles.site_id is null or roles.site_id = p_site_id)
      and roles.deleted_at is null and roles.valid_during @> app.clock()
      and staff.deleted_at is null
  )
$function$;

CREATE OR REPLACE FUNCTION app.change_medication_order_status(p_id uuid, p_status public.medication_order_status, p_reason text)
 RETURNS public.medication_orders
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
  v_order public.medication_orders;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('nurse', 'clinician', 'manager');
  perform app.require_medication_signer();
  v_org_id := app.current_org();
  select orders.* into v_order
  from public.medication_orders as orders
  where
    orders.org_id = v_org_id and orders.id = p_id
    and orders.site_id = any(app.my_sites('nurse', 'clinician', 'manager'))
  for no key update;
  if v_order.id is null then
    perform app.raise_error('not_found', 'There is no such order.');
  end if;
  if v_order.status = p_status then
    return v_order;
  end if;
  if v_order.status = 'stopped' then
    perform app.raise_error('conflict', 'This order was stopped.', p_hint => 'Write a new order.');
  end if;
  update public.medication_orders as orders
  set
    status = p_status,
    ends_at = case p_status
      when 'stopped' then greatest(orders.starts_at, least(orders.ends_at, app.clock())) else orders.ends_at
    end
  where orders.org_id = v_org_id and orders.id = p_id
  returning orders.* into v_order;
  perform app.note_order_event(
    v_order,
    case p_status when 'active' then 'resumed' else p_status::text end::public.medication_order_change, p_reason
  );
  perform app.follow_order_status(v_order);
  return v_order;
end
$function$;

CREATE OR REPLACE FUNCTION app.check_details(p_details bytea, p_form jsonb)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  begin
    if app.has_form(convert_from(p_details, 'UTF8')::jsonb, p_form) then
      return;
    end if;
  -- Postgres' own message would repeat the value.
  exception when others then
    null;
  end;
  perform app.raise_error(
    'invalid_input', 'The details hold what they are for, in texts of a bounded length and days as YYYY-MM-DD.',
    '{"field": "details"}'
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.complete_care_plan_review(p_review_id uuid, p_outcome public.care_plan_review_outcome, p_note text)
 RETURNS public.care_plan_reviews
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_plan public.care_plans;
  v_review public.care_plan_reviews;
  v_active public.care_plan_versions;
begin
  select reviews.* into v_review
  from public.care_plan_reviews as reviews
  where reviews.org_id = app.current_org() and reviews.id = p_review_id;
  v_plan := app.find_care_plan(v_review.care_plan_id);
  update public.care_plan_reviews as reviews
  set
    status = 'completed', reviewed_at = app.clock(), reviewed_by = app.care_signer(), outcome = p_outcome,
    note = app.plain(p_note)
  where reviews.org_id = v_plan.org_id and reviews.id = v_review.id and reviews.status = 'scheduled'
  returning reviews.* into v_review;
  if not found then
    perform app.raise_error('conflict', 'This review is done.');
  end if;
  if p_outcome = 'ended' then
    perform app.end_care_plan(v_plan.id);
    return v_review;
  end if;
  select versions.* into v_active
  from public.care_plan_versions as versions
  where versions.org_id = v_plan.org_id and versions.care_plan_id = v_plan.id and versions.status = 'active';
  perform app.schedule_care_plan_review(v_active);
  return v_review;
end
$function$;

CREATE OR REPLACE FUNCTION app.create_medication_order(p_order public.medication_orders, p_reason text)
 RETURNS public.medication_orders
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
  v_order public.medication_orders := p_order;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('nurse', 'clinician', 'manager');
  perform app.require_medication_signer();
  v_org_id := app.current_org();
  if not app.claim_request(
    v_order.request_key, concat_ws(':', 'create_medication_order', to_jsonb(p_order), p_reason)
  ) then
    return (
      select orders from public.medication_orders as orders
      where
        orders.org_id = v_org_id and orders.created_by = app.my_id() and orders.request_key = p_order.request_key
    );
  end if;

  select residents.site_id into v_order.site_id
  from public.residents
  where
    residents.org_id = v_org_id and residents.id = v_order.resident_id and residents.deleted_at is null
    and residents.site_id = any(app.my_sites('nurse', 'clinician', 'manager'))
  for key share;
  if v_order.site_id is null then
    perform app.raise_error(
      'not_found', 'There is no such resident.', jsonb_build_object('field', 'p_resident_id')
    );
  end if;
  perform app.check_order_stock(v_org_id, v_order);
  v_order.starts_at := coalesce(v_order.starts_at, app.clock());
  if v_order.replaces_id is not null then
    v_order.starts_at := greatest(v_order.starts_at, app.clock());
    perform app.replace_medication_order(v_org_id, v_order, p_reason);
  end if;
  perform app.check_input(
    'p_ends_at', coalesce(v_order.ends_at > v_order.starts_at, true), 'An order ends after it starts.'
  );

  v_order.org_id := v_org_id;
  v_order.id := app.uuid_v7();
  v_order.status := 'active';
  v_order.created_at := app.clock();
  v_order.updated_at := app.clock();
  v_order.version := 1;
  insert into public.medication_orders select v_order.* returning * into v_order;
  perform app.note_order_event(v_order, 'created', p_reason);
  if not v_order.is_as_needed then
    insert into app.medication_plans (org_id, order_id, planned_until_at)
    values (
      v_org_id, v_order.id,
      -- What is entered in the morning for this morning can still be given while its window is open.
      greatest(v_order.starts_at, app.clock() - make_interval(mins => v_order.window_minutes))
    );
    perform app.plan_doses(v_org_id, array[v_order.id], app.dose_horizon());
  end if;
  return v_order;
end
$function$;

CREATE OR REPLACE FUNCTION app.create_medication_stock(p_resident_id uuid, p_site_id uuid, p_name text, p_unit text, p_is_controlled boolean, p_reorder_quantity numeric)
 RETURNS public.medication_stock
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
  v_site_id uuid;
  v_stock public.medication_stock;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('nurse', 'clinician', 'manager');
  perform app.require_medication_signer();
  v_org_id := app.current_org();
  if p_resident_id is not null then
    select residents.site_id into v_site_id
    from public.residents
    where
      residents.org_id = v_org_id and residents.id = p_resident_id and residents.deleted_at is null
      and residents.site_id = any(app.my_sites('nurse', 'clinician', 'manager'))
    for key share;
  elsif p_site_id = any(app.my_sites('nurse', 'clinician', 'manager')) then
    v_site_id := p_site_id;
  end if;
  if v_site_id is null then
    perform app.raise_error('not_found', 'There is no such resident or site.');
  end if;
  insert into public.medication_stock (
    org_id, site_id, resident_id, is_controlled, medication_name, remedy_name, unit, reorder_quantity
  )
  values (
    v_org_id, v_site_id, p_resident_id, p_is_controlled,
    case when p_resident_id is not null then app.plain(p_name) end, case when p_resident_id is null then p_name end,
    p_unit, p_reorder_quantity
  )
  returning * into v_stock;
  return v_stock;
end
$function$;

CREATE OR REPLACE FUNCTION app.day_of_site(p_org_id uuid, p_site_id uuid, p_at timestamp with time zone)
 RETURNS date
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select (p_at at time zone coalesce(sites.time_zone, organizations.time_zone))::date
  from public.sites
  inner join public.organizations on organizations.id = sites.org_id
  where sites.org_id = p_org_id and sites.id = p_site_id
$function$;

CREATE OR REPLACE FUNCTION app.extend_stay(p_resident_id uuid, p_planned_until date)
 RETURNS public.bed_stays
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_stay public.bed_stays := app.latest_stay(p_resident_id);
  v_admission public.admissions;
  v_ends_at timestamptz;
  v_constraint text;
begin
  perform app.require_role('manager', 'care_manager');
  perform app.lock_beds(array[v_stay.bed_id]);
  perform app.require_resident(p_resident_id, 'manager', 'care_manager');
  v_admission := app.current_admission(p_resident_id);
  if app.latest_stay(p_resident_id) is distinct from v_stay then
    perform app.raise_error('conflict', 'They have just been moved.', '{"reason": "changed"}');
  end if;
  v_ends_at := app.site_moment(v_stay.org_id, v_stay.bed_site_id, p_planned_until, '12:00');
  perform app.check_input('p_planned_until', coalesce(v_ends_at > app.clock(), true), 'That day is over.');
  update public.admissions set planned_until = p_planned_until
  where admissions.org_id = v_stay.org_id and admissions.id = v_admission.id;
  update public.bed_stays as stays set stays_during = tstzrange(stays.starts_at, v_ends_at)
  where stays.org_id = v_stay.org_id and stays.id = v_stay.id
  returning * into v_stay;
  return v_stay;
exception when exclusion_violation then
  get stacked diagnostics v_constraint = constraint_name;
  perform app.refuse_stay(v_constraint);
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION app.finish_task(p_occurrence_id uuid, p_status public.care_task_status, p_reason public.care_task_skip_reason, p_note text)
 RETURNS public.care_plan_task_occurrences
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_task public.care_plan_task_occurrences;
begin
  v_task := app.find_care_task(p_occurrence_id);
  if
    v_task.status = p_status and v_task.completed_by = app.my_id()
    and v_task.skip_reason is not distinct from p_reason
  then
    return v_task;
  end if;
  if v_task.assigned_to is distinct from app.my_id() and not app.plans_care_at(v_task.site_id) then
    if v_task.assigned_to is null then
      perform app.raise_error('conflict', 'Take the task first.', p_hint => 'Call take_task().');
    end if;
    perform app.raise_error('permission_denied', 'This task is somebody else''s.');
  end if;
  if v_task.status not in ('due', 'missed') then
    perform app.raise_error(
      'conflict', 'This task is not to be done any more.', jsonb_build_object('status', v_task.status)
    );
  end if;
  update public.care_plan_task_occurrences as occurrences
  set
    status = p_status,
    completed_at = app.clock(),
    completed_by = app.care_signer(),
    skip_reason = p_reason,
    note = app.plain(p_note)
  where occurrences.org_id = v_task.org_id and occurrences.id = v_task.id
  returning occurrences.* into v_task;
  return v_task;
end
$function$;

CREATE OR REPLACE FUNCTION app.follow_up_assessment(p_assessment public.assessments)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_schedule_id uuid;
  v_rule record;
begin
  v_schedule_id := app.lock_assessment_schedule(p_assessment);
  update public.assessment_follow_ups as follow_ups set cancelled_at = app.clock()
  where
    follow_ups.org_id = p_assessment.org_id and follow_ups.assessment_id = p_assessment.corrects_id
    and follow_ups.resident_id = p_assessment.resident_id
    and follow_ups.done_at is null and follow_ups.cancelled_at is null;
  perform app.move_assessment_schedule(p_assessment.org_id, v_schedule_id);
  if p_assessment.id is distinct from (
    select newest.id
    from app.newest_assessment(
      p_assessment.org_id, p_assessment.resident_id, p_assessment.instrument_code
    ) as newest
  ) then
    return;
  end if;

  select rules.* into v_rule
  from app.assessment_rule(
    p_assessment.org_id, p_assessment.instrument_code, p_assessment.band, p_assessment.total
  ) as rules;
  if v_rule.follow_up_kind is not null then
    insert into public.assessment_follow_ups (
      org_id, resident_id, site_id, assessment_id, kind, severity, due_at
    )
    values (
      p_assessment.org_id, p_assessment.resident_id, p_assessment.site_id, p_assessment.id, v_rule.follow_up_kind,
      p_assessment.severity, p_assessment.assessed_at + v_rule.due_within
    );
  end if;
  if cardinality(v_rule.notify_roles) > 0 then
    perform app.tell_of_assessment(p_assessment, v_rule.notify_roles);
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.generate_care_task(p_task public.care_plan_tasks, p_through date)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_zone constant text := app.site_zone(p_task.org_id, p_task.site_id);
  v_start constant timestamp := p_task.first_on + p_task.first_time;
  v_from constant date := greatest(
    p_task.generated_through + 1, p_task.first_on, (app.clock() at time zone v_zone)::date - 1
  );
  v_rule app.recurrence;
  v_is_over boolean := p_task.rule is null and p_task.first_on <= p_through;
  v_count integer;
begin
  if p_task.rule is not null then
    v_rule := app.read_recurrence(p_task.rule, v_zone);
    v_is_over := v_rule.until < p_through + 1;
    if v_rule.most is not null then
      select count(*) = v_rule.most into v_is_over
      from app.recurrence_times(app.without_exceptions(v_rule), v_start, v_start, p_through + 1);
    end if;
  end if;

  insert into public.care_plan_task_occurrences (
    org_id, care_plan_task_id, resident_id, site_id, task_kind, due_on, due_time, due_at, overdue_at, assigned_to
  )
  select
    p_task.org_id, p_task.id, p_task.resident_id, p_task.site_id, p_task.task_kind,
    (moments.due_at at time zone v_zone)::date, (moments.due_at at time zone v_zone)::time,
    moments.due_at, moments.due_at + make_interval(mins => p_task.grace_minutes), p_task.assigned_to
  from (
    select v_start as due where p_task.rule is null and v_start >= v_from and v_start < p_through + 1
    union all
    select times.due
    from app.recurrence_times(v_rule, v_start, v_from, p_through + 1) as times (due)
    where p_task.rule is not null
  ) as times
  cross join lateral (select app.wall_moment(times.due, v_zone) as due_at) as moments
  on conflict (org_id, care_plan_task_id, due_on, due_time) do nothing;
  get diagnostics v_count = row_count;

  update public.care_plan_tasks as tasks
  set generated_through = case when v_is_over then '9999-12-31' else greatest(tasks.generated_through, p_through) end
  where tasks.org_id = p_task.org_id and tasks.id = p_task.id;
  return v_count;
end
$function$;

CREATE OR REPLACE FUNCTION app.guard_care_plan_task()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_moves constant text[] := array[
    'org_id', 'site_id', 'version', 'updated_at', 'updated_by', 'assigned_to', 'generated_through', 'ended_at',
    'deleted_at'
  ];
  v_rule app.recurrence;
begin
  if current_setting('carebase.resealing', true) = 'on' then
    return new;
  end if;
  if tg_op = 'UPDATE' then
    if to_jsonb(new) - v_moves <> to_jsonb(old) - v_moves then
      perform app.raise_error('conflict', 'A task stays as it is.', p_hint => 'End it and add another.');
    end if;
    if new.site_id <> old.site_id then
      -- Who was to do it works elsewhere.
      new.assigned_to := null;
    end if;
    return new;
  end if;
  perform app.check_words(
    'instructions', length(convert_from(new.instructions, 'UTF8')) between 1 and 2000,
    'Instructions have 1 to 2,000 characters.'
  );
  if new.rule is not null then
    v_rule := app.read_recurrence(new.rule, app.site_zone(new.org_id, new.site_id));
    perform app.check_recurrence(
      coalesce(cardinality(v_rule.hours), case v_rule.freq when 'HOURLY' then 24 else 1 end)
      * coalesce(cardinality(v_rule.minutes), 1) <= 96,
      'A task is due at most 96 times a day.'
    );
  end if;
  new.generated_through := coalesce(new.generated_through, new.first_on - 1);
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.guard_care_task_occurrence()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_moves constant text[] := array[
    'org_id', 'site_id', 'version', 'updated_at', 'updated_by', 'status', 'assigned_to', 'completed_at',
    'completed_by', 'skip_reason', 'note', 'missed_at'
  ];
begin
  if current_setting('carebase.resealing', true) = 'on' then
    return new;
  end if;
  if tg_op = 'DELETE' then
    perform app.raise_error('conflict', 'What was due stays.');
  end if;
  if (tg_op = 'INSERT' or new.note is distinct from old.note) and new.note is not null then
    perform app.check_words(
      'note', length(convert_from(new.note, 'UTF8')) between 1 and 1000, 'A note has 1 to 1,000 characters.'
    );
  end if;
  if tg_op = 'UPDATE' and (
    to_jsonb(new) - v_moves <> to_jsonb(old) - v_moves
    or (old.missed_at is not null and new.missed_at is distinct from old.missed_at)
    or (
      old.status in ('completed', 'skipped', 'cancelled')
      and to_jsonb(new) - v_moves[:5] <> to_jsonb(old) - v_moves[:5]
    )
    or (old.status = 'missed' and new.status not in ('missed', 'completed', 'skipped'))
  ) then
    perform app.raise_error('conflict', 'What was recorded of a task stays as it is.');
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.guard_shift()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_rota public.rota_weeks;
begin
  if tg_op = 'UPDATE' and new.site_id <> old.site_id then
    perform app.raise_error('conflict', 'A shift stays at its site.', '{"reason": "site"}');
  end if;
  new.shift_on := (new.starts_at at time zone app.rota_zone(new.org_id, new.site_id))::date;
  if tg_op = 'INSERT' then
    -- What is nowhere is refused by the policies, or else by the table.
    if not exists (select from public.sites where sites.org_id = new.org_id and sites.id = new.site_id) then
      return new;
    end if;
    v_rota := app.find_rota_week(new.org_id, new.site_id, new.shift_on);
    new.rota_week_id := v_rota.id;
    new.is_published := v_rota.status = 'published';
    return new;
  end if;
  -- Without a look at the rota: whoever publishes it holds it, and waits for this shift.
  if new.shift_on < old.week_on or new.shift_on > old.week_on + 6 then
    perform app.raise_error(
      'conflict', 'A shift stays in its week.', '{"reason": "week"}', 'Cancel it and add one to the other week.'
    );
  end if;
  perform app.lock_staff(new.org_id, array(
    select assignments.user_id from public.shift_assignments as assignments
    where assignments.org_id = new.org_id and assignments.shift_id = new.id and assignments.deleted_at is null
  ));
  if new.needed_count < (
    select count(*) from public.shift_assignments as assignments
    where assignments.org_id = new.org_id and assignments.shift_id = new.id and assignments.deleted_at is null
  ) then
    perform app.raise_error(
      'conflict', 'More people than that are on this shift.', '{"reason": "assigned"}', 'Take somebody off it first.'
    );
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.lock_assessment_schedule(p_assessment public.assessments)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_id uuid;
begin
  insert into public.assessment_schedules (org_id, resident_id, site_id, instrument_code)
  values (p_assessment.org_id, p_assessment.resident_id, p_assessment.site_id, p_assessment.instrument_code)
  on conflict (org_id, resident_id, instrument_code) do nothing;
  select schedules.id into v_id
  from public.assessment_schedules as schedules
  where
    schedules.org_id = p_assessment.org_id
    and schedules.resident_id = p_assessment.resident_id
    and schedules.instrument_code = p_assessment.instrument_code
  for update;
  return v_id;
end
$function$;

CREATE OR REPLACE FUNCTION app.move_assessment_schedule(p_org_id uuid, p_schedule_id uuid, p_next_due_at timestamp with time zone DEFAULT NULL::timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_schedule public.assessment_schedules;
  v_newest public.assessments;
  v_by_rule interval;
begin
  select schedules.* into strict v_schedule
  from public.assessment_schedules as schedules
  where schedules.org_id = p_org_id and schedules.id = p_schedule_id;
  select newest.* into v_newest
  from app.newest_assessment(p_org_id, v_schedule.resident_id, v_schedule.instrument_code) as newest;
  select rules.repeat_after into v_by_rule
  from app.assessment_rule(p_org_id, v_schedule.instrument_code, v_newest.band, v_newest.total) as rules;

  update public.assessment_schedules as schedules
  set
    last_assessed_at = v_newest.assessed_at,
    next_due_at = least(
      p_next_due_at,
      v_newest.assessed_at + v_by_rule,
      coalesce(v_newest.assessed_at, app.clock()) + v_schedule.repeat_after
    )
  where schedules.org_id = p_org_id and schedules.id = p_schedule_id;
end
$function$;

CREATE OR REPLACE FUNCTION app.my_occupancy(p_site_id uuid DEFAULT NULL::uuid)
 RETURNS TABLE(site_id uuid, bed_count integer, closed_count integer, occupied_count integer, on_leave_count integer, reserved_count integer, vacant_count integer, overstay_count integer, waiting_count integer)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  return query
  select counted.*
  from app.count_occupancy(
    app.current_org(),
    array(
      select sites.id
      from public.sites
      where
        sites.org_id = app.current_org() and sites.id = any(app.occupancy_sites()) and sites.deleted_at is null
        and (p_site_id is null or sites.id = p_site_id)
    )
  ) as counted;
end
$function$;

CREATE OR REPLACE FUNCTION app.open_discrepancy(p_count public.medication_stock_counts)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_id uuid;
begin
  insert into public.medication_discrepancies (
    org_id, site_id, resident_id, stock_id, is_controlled, count_id, difference
  )
  values (
    p_count.org_id, p_count.site_id, p_count.resident_id, p_count.stock_id, p_count.is_controlled, p_count.id,
    p_count.difference
  )
  returning id into v_id;
  perform app.tell_care_site(
    p_count.org_id, p_count.site_id, '{manager}', 'medication.discrepancy', 'A stock does not fit',
    'What was counted in a stock is not what should be there: {{ link }}',
    '/care/medication/discrepancies/' || v_id, v_id::text
  );
  return v_id;
end
$function$;

CREATE OR REPLACE FUNCTION app.plan_rota(p_site_id uuid, p_week date)
 RETURNS public.rota_weeks
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_rota public.rota_weeks;
  v_zone text;
begin
  perform app.require_rota_site(p_site_id);
  v_rota := app.find_rota_week(app.current_org(), p_site_id, p_week);
  v_zone := app.rota_zone(v_rota.org_id, p_site_id);
  insert into public.shifts (
    org_id, site_id, rota_week_id, template_id, shift_on, starts_at, ends_at, break_minutes, skill, needed_count
  )
  select
    v_rota.org_id, p_site_id, v_rota.id, templates.id, days.on_date,
    (days.on_date + templates.starts_local) at time zone v_zone,
    (
      days.on_date + (templates.ends_local <= templates.starts_local)::integer + templates.ends_local
    ) at time zone v_zone,
    templates.break_minutes, templates.skill, templates.needed_count
  from public.shift_templates as templates
  cross join lateral (
    select v_rota.week_on + (weekday.iso - 1) as on_date from unnest(templates.weekdays) as weekday (iso)
  ) as days
  where
    templates.org_id = v_rota.org_id and templates.site_id = p_site_id
    and templates.is_active and templates.deleted_at is null
  on conflict (org_id, site_id, template_id, shift_on) where template_id is not null do nothing;
  return v_rota;
end
$function$;

CREATE OR REPLACE FUNCTION app.publish_care_plan(p_version_id uuid, p_version integer)
 RETURNS public.care_plan_versions
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_version public.care_plan_versions;
begin
  v_version := app.find_care_plan_draft(p_version_id);
  if v_version.version <> p_version then
    perform app.raise_error(
      'conflict', 'The draft was changed since you read it.', p_hint => 'Read it again before you publish it.'
    );
  end if;
  if exists (
    select from app.open_care_plan_versions(array[v_version.id], 'treatment') as opened
    cross join lateral jsonb_each_text(opened.content) as fields
    where btrim(fields.value) = ''
  ) then
    perform app.raise_error('conflict', 'A care plan says needs, goals and interventions before it is published.');
  end if;
  update public.care_plan_versions as versions set status = 'superseded', closed_at = app.clock()
  where
    versions.org_id = v_version.org_id and versions.care_plan_id = v_version.care_plan_id and versions.status = 'active';
  update public.care_plan_versions as versions
  set
    status = 'active',
    published_at = app.clock(),
    published_by = app.care_signer(),
    version_number = 1 + coalesce((
      select max(others.version_number) from public.care_plan_versions as others
      where others.org_id = v_version.org_id and others.care_plan_id = v_version.care_plan_id
    ), 0)
  where versions.org_id = v_version.org_id and versions.id = v_version.id
  returning versions.* into v_version;
  perform app.schedule_care_plan_review(v_version);
  return v_version;
end
$function$;

CREATE OR REPLACE FUNCTION app.record_administration(p_administration public.medication_administrations)
 RETURNS public.medication_administrations
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_row public.medication_administrations := p_administration;
  v_dose public.medication_doses;
  v_order public.medication_orders;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('carer', 'nurse', 'clinician', 'manager');
  perform app.require_medication_signer();
  v_row.org_id := app.current_org();
  if not app.claim_request(v_row.request_key, concat_ws(':', 'record_administration', to_jsonb(p_administration))) then
    return app.recorded_administration(v_row.request_key);
  end if;

  select doses.* into v_dose
  from public.medication_doses as doses
  where
    doses.org_id = v_row.org_id and doses.id = v_row.dose_id
    and doses.site_id = any(app.my_sites('carer', 'nurse', 'clinician', 'manager'))
  for no key update;
  if v_dose.id is null then
    perform app.raise_error('not_found', 'There is no such dose.', jsonb_build_object('field', 'p_dose_id'));
  end if;
  v_row.occurred_at := coalesce(v_row.occurred_at, app.clock());
  perform app.check_dose_open(v_dose, v_row.status, v_row.occurred_at);
  select orders.* into v_order
  from public.medication_orders as orders
  where orders.org_id = v_dose.org_id and orders.id = v_dose.order_id;

  if v_row.status = 'given' then
    v_row.quantity := v_order.dose_quantity;
  end if;
  v_row := app.write_administration(v_order, v_order.stock_id, v_row);
  update public.medication_doses as doses set status = v_row.status::text::public.medication_dose_status
  where doses.org_id = v_dose.org_id and doses.id = v_dose.id;
  return v_row;
end
$function$;

CREATE OR REPLACE FUNCTION app.record_as_needed(p_administration public.medication_administrations, p_stock_id uuid)
 RETURNS public.medication_administrations
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_row public.medication_administrations := p_administration;
  v_order public.medication_orders;
  v_next record;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('carer', 'nurse', 'clinician', 'manager');
  perform app.require_medication_signer();
  v_row.org_id := app.current_org();
  if not app.claim_request(
    v_row.request_key, concat_ws(':', 'record_as_needed', to_jsonb(p_administration), p_stock_id)
  ) then
    return app.recorded_administration(v_row.request_key);
  end if;

  v_order := app.lock_as_needed_order(v_row.org_id, v_row.order_id);
  v_row.occurred_at := coalesce(v_row.occurred_at, app.clock());
  if v_order.status <> 'active' or v_row.occurred_at < v_order.starts_at
    or coalesce(v_row.occurred_at >= v_order.ends_at, false) then
    perform app.raise_error('conflict', 'This order is not in force.', jsonb_build_object('status', v_order.status));
  end if;
  v_row.quantity := coalesce(v_row.quantity, v_order.dose_quantity);
  perform app.check_input(
    'p_quantity', v_row.quantity > 0 and v_row.quantity <= v_order.dose_quantity,
    'At once no more is given than the order says.'
  );
  select next.* into v_next
  from app.next_as_needed_at(v_order, v_row.quantity, v_row.occurred_at) as next;
  if v_next.reason is not null then
    perform app.raise_error(
      'conflict',
      case v_next.reason
        when 'minimum_interval' then 'It is too soon after the last dose.'
        else 'That would be more than is allowed within 24 hours.'
      end,
      jsonb_build_object('reason', v_next.reason, 'possible_at', v_next.possible_at)
    );
  end if;
  perform app.check_remedy(v_order, p_stock_id);
  return app.write_administration(v_order, coalesce(v_order.stock_id, p_stock_id), v_row);
end
$function$;

CREATE OR REPLACE FUNCTION app.record_effect(p_administration_id uuid, p_effect public.medication_effect_grade, p_note text)
 RETURNS public.medication_effects
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_given public.medication_administrations;
  v_row public.medication_effects;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('carer', 'nurse', 'clinician', 'manager');
  perform app.require_medication_signer();
  v_given := app.lock_administration(p_administration_id);
  if v_given.effect_due_at is null then
    perform app.raise_error('conflict', 'Only of what was given as needed an effect is recorded.');
  end if;
  select effects.* into v_row
  from public.medication_effects as effects
  where effects.org_id = v_given.org_id and effects.administration_id = v_given.id;
  if v_row.id is not null then
    -- A repeated request finds what it recorded.
    if v_row.effect <> p_effect or v_row.recorded_by <> app.my_id() then
      perform app.raise_error('conflict', 'The effect is recorded already.');
    end if;
    return v_row;
  end if;
  if app.clock() > v_given.occurred_at + interval '24 hours' then
    perform app.raise_error('conflict', 'An effect is recorded within 24 hours.');
  end if;
  insert into public.medication_effects (
    org_id, administration_id, resident_id, site_id, effect, note, recorded_at, recorded_by
  )
  values (
    v_given.org_id, v_given.id, v_given.resident_id, v_given.site_id, p_effect, app.plain(p_note), app.clock(),
    app.my_id()
  )
  returning * into v_row;
  return v_row;
end
$function$;

CREATE OR REPLACE FUNCTION app.record_stock_count(p_stock_id uuid, p_counted_quantity numeric, p_request_key uuid)
 RETURNS public.medication_stock_counts
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
  v_stock public.medication_stock;
  v_there record;
  v_count public.medication_stock_counts;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('carer', 'nurse', 'clinician', 'manager');
  perform app.require_medication_signer();
  v_org_id := app.current_org();
  if not app.claim_request(
    p_request_key, concat_ws(':', 'record_stock_count', p_stock_id, p_counted_quantity)
  ) then
    return (
      select counts from public.medication_stock_counts as counts
      where counts.org_id = v_org_id and counts.recorded_by = app.my_id() and counts.request_key = p_request_key
    );
  end if;
  v_stock := app.find_stock(p_stock_id);
  select quantities.* into v_there from app.stock_quantity(v_org_id, p_stock_id) as quantities;
  insert into public.medication_stock_counts (
    org_id, site_id, resident_id, stock_id, is_controlled, expected_quantity, counted_quantity, status, counted_at,
    recorded_by, request_key
  )
  values (
    v_org_id, v_stock.site_id, v_stock.resident_id, p_stock_id, v_stock.is_controlled,
    v_there.confirmed + v_there.incoming + v_there.outgoing, p_counted_quantity,
    case when v_stock.is_controlled then 'awaiting_witness' else 'confirmed' end::public.signature_status,
    app.clock(), app.my_id(), p_request_key
  )
  returning * into v_count;
  if v_count.difference <> 0 then
    perform app.open_discrepancy(v_count);
  end if;
  return v_count;
end
$function$;

CREATE OR REPLACE FUNCTION app.record_stock_movement(p_stock_id uuid, p_kind public.stock_movement_kind, p_quantity numeric, p_request_key uuid, p_note text, p_discrepancy_id uuid)
 RETURNS public.medication_stock_movements
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
  v_stock public.medication_stock;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('carer', 'nurse', 'clinician', 'manager');
  perform app.require_medication_signer();
  v_org_id := app.current_org();
  if not app.claim_request(
    p_request_key,
    concat_ws(':', 'record_stock_movement', p_stock_id, p_kind, p_quantity, p_discrepancy_id, p_note)
  ) then
    return (
      select movements from public.medication_stock_movements as movements
      where
        movements.org_id = v_org_id and movements.recorded_by = app.my_id() and movements.request_key = p_request_key
    );
  end if;
  v_stock := app.find_stock(p_stock_id);
  return app.move_stock(
    v_org_id, p_stock_id, p_kind,
    case p_kind
      when 'received' then p_quantity
      when 'adjusted' then app.difference_to_adjust(v_stock, p_discrepancy_id)
      else -p_quantity
    end,
    app.clock(), p_note, p_discrepancy_id => p_discrepancy_id, p_request_key => p_request_key
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.require_bed(p_bed_id uuid)
 RETURNS public.beds
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_bed public.beds;
begin
  select beds.* into v_bed
  from public.beds
  where
    beds.org_id = app.current_org() and beds.id = p_bed_id and beds.deleted_at is null
    and beds.site_id = any(app.my_sites('manager', 'care_manager'))
  for no key update;
  if v_bed.id is null then
    perform app.raise_error('not_found', 'There is no such bed at your sites.');
  end if;
  if not v_bed.is_active or not exists (
    select from public.rooms
    where
      rooms.org_id = v_bed.org_id and rooms.id = v_bed.room_id and rooms.is_active and rooms.deleted_at is null
  ) then
    perform app.raise_error('conflict', 'The bed or its room is closed.', jsonb_build_object('reason', 'bed_closed'));
  end if;
  return v_bed;
end
$function$;

CREATE OR REPLACE FUNCTION app.require_witness(p_first_signer uuid, p_resident_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_medication_signer();
  if p_first_signer = app.my_id() then
    perform app.raise_error('permission_denied', 'The second signature is that of another person.');
  end if;
  -- Who works here may be somebody's daughter, too.
  if exists (
    select from public.resident_shares as shares
    where
      shares.org_id = app.current_org() and shares.resident_id = p_resident_id and shares.user_id = app.my_id()
      and shares.withdrawn_at is null and shares.deleted_at is null
  ) then
    perform app.raise_error('permission_denied', 'A relative does not witness.');
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.resolve_medication_discrepancy(p_id uuid, p_status public.discrepancy_status, p_explanation text)
 RETURNS public.medication_discrepancies
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
  v_row public.medication_discrepancies;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('manager', 'care_manager');
  perform app.require_medication_signer();
  v_org_id := app.current_org();
  select discrepancies.* into v_row
  from public.medication_discrepancies as discrepancies
  where
    discrepancies.org_id = v_org_id and discrepancies.id = p_id
    and discrepancies.site_id = any(app.my_sites('manager', 'care_manager'))
  for no key update;
  if v_row.id is null then
    perform app.raise_error('not_found', 'There is no such discrepancy.');
  end if;
  if v_row.status = 'explained' or v_row.status = p_status then
    perform app.raise_error('conflict', 'That was done already.', jsonb_build_object('status', v_row.status));
  end if;
  update public.medication_discrepancies as discrepancies
  set
    status = p_status, explanation = app.plain(p_explanation), resolved_at = app.clock(), resolved_by = app.my_id()
  where discrepancies.org_id = v_org_id and discrepancies.id = p_id;
  if p_status = 'reported' then
    perform app.report_discrepancy(v_org_id, p_id);
  end if;
  select discrepancies.* into v_row
  from public.medication_discrepancies as discrepancies
  where discrepancies.org_id = v_org_id and discrepancies.id = p_id;
  return v_row;
end
$function$;

CREATE OR REPLACE FUNCTION app.schedule_assessment(p_resident_id uuid, p_instrument_code text, p_repeat_after interval, p_next_due_at timestamp with time zone, p_is_active boolean)
 RETURNS public.assessment_schedules
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_assessment public.assessments;
  v_id uuid;
  v_made public.assessment_schedules;
begin
  perform app.require_role('manager', 'care_manager', 'nurse', 'clinician');
  v_assessment.org_id := app.current_org();
  v_assessment.resident_id := p_resident_id;
  v_assessment.site_id := app.care_site(p_resident_id);
  if v_assessment.site_id <> all(app.my_sites('manager', 'care_manager', 'nurse', 'clinician')) then
    perform app.raise_error('permission_denied', 'Your role at this site does not allow this.');
  end if;
  v_assessment.instrument_code := p_instrument_code;
  perform app.find_resident_instrument(p_instrument_code);

  v_id := app.lock_assessment_schedule(v_assessment);
  update public.assessment_schedules as schedules
  set repeat_after = p_repeat_after, is_active = p_is_active, deleted_at = null
  where schedules.org_id = v_assessment.org_id and schedules.id = v_id;
  perform app.move_assessment_schedule(v_assessment.org_id, v_id, p_next_due_at);
  select schedules.* into v_made
  from public.assessment_schedules as schedules
  where schedules.org_id = v_assessment.org_id and schedules.id = v_id;
  return v_made;
end
$function$;

CREATE OR REPLACE FUNCTION app.site_moment(p_org_id uuid, p_site_id uuid, p_on date, p_time time without time zone)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select (p_on + p_time) at time zone coalesce(sites.time_zone, organizations.time_zone)
  from public.sites
  inner join public.organizations on organizations.id = sites.org_id
  where sites.org_id = p_org_id and sites.id = p_site_id
$function$;

CREATE OR REPLACE FUNCTION app.take_task(p_occurrence_id uuid)
 RETURNS public.care_plan_task_occurrences
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_task public.care_plan_task_occurrences;
begin
  v_task := app.find_care_task(p_occurrence_id);
  if v_task.assigned_to = app.my_id() then
    return v_task;
  end if;
  if v_task.assigned_to is not null or v_task.status not in ('due', 'missed') then
    perform app.raise_error('conflict', 'Somebody else has this task, or it is done.');
  end if;
  update public.care_plan_task_occurrences as occurrences set assigned_to = app.care_signer()
  where occurrences.org_id = v_task.org_id and occurrences.id = v_task.id
  returning occurrences.* into v_task;
  return v_task;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_fluid_balance(p_resident_id uuid, p_from date, p_to date DEFAULT NULL::date)
 RETURNS TABLE(day date, intake_ml bigint, output_ml bigint, balance_ml bigint, intake_count bigint, output_count bigint)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_zone text;
  v_to constant date := coalesce(p_to, p_from);
begin
  perform app.require_feature('care_homes');
  perform app.require_role('org_owner', 'compliance_lead', 'manager', 'care_manager', 'nurse', 'clinician', 'carer');
  perform app.check_input('p_from', p_from is not null, 'Say from which day on.');
  perform app.check_input('p_to', v_to - p_from between 0 and 91, 'The range has 1 to 92 days.');
  select coalesce(sites.time_zone, organizations.time_zone) into v_zone
  from public.residents
  inner join public.sites on sites.org_id = residents.org_id and sites.id = residents.site_id
  inner join public.organizations on organizations.id = residents.org_id
  where residents.org_id = (select app.current_org()) and residents.id = p_resident_id;
  if v_zone is null then
    perform app.raise_error('not_found', 'There is no such resident at your sites.');
  end if;

  return query
  with counted as (
    select (notes.occurred_at at time zone v_zone)::date as on_day, notes.kind, notes.measured_value
    from public.daily_notes as notes
    where
      notes.org_id = (select app.current_org())
      and notes.resident_id = p_resident_id
      and notes.kind in ('fluid_intake', 'fluid_output')
      and notes.occurred_at >= p_from::timestamp at time zone v_zone
      and notes.occurred_at < (v_to + 1)::timestamp at time zone v_zone
      and not notes.is_retraction
      and not exists (
        select from public.daily_notes as later
        where
          later.org_id = notes.org_id and later.corrects_id = notes.id and later.resident_id = notes.resident_id
      )
  )
  select
    days.day,
    sums.intake, sums.output, sums.intake - sums.output, sums.intakes, sums.outputs
  from (select p_from + place as day from generate_series(0, v_to - p_from) as place) as days
  cross join lateral (
    select
      coalesce(sum(counted.measured_value) filter (where counted.kind = 'fluid_intake'), 0)::bigint as intake,
      coalesce(sum(counted.measured_value) filter (where counted.kind = 'fluid_output'), 0)::bigint as output,
      count(*) filter (where counted.kind = 'fluid_intake') as intakes,
      count(*) filter (where counted.kind = 'fluid_output') as outputs
    from counted
    where counted.on_day = days.day
  ) as sums
  order by days.day;
end
$function$;

CREATE POLICY "select_organization_or_sites" ON "public"."admissions" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."assessment_follow_ups" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."assessment_schedules" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."assessment_scores" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."assessments" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."bed_offers" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."bed_stays" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."care_plan_acknowledgements" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."care_plan_reviews" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."care_plan_task_occurrences" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."care_plan_tasks" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites_or_linked" ON "public"."care_plan_versions" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])) OR ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['resident'::public.app_role, 'family'::public.app_role]) AS org_as)) AND (resident_id = ANY (( SELECT app.my_residents('care_plan'::public.resident_topic) AS my_residents)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."care_plans" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."complaints" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."compliance_stats" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites_or_linked_shared" ON "public"."daily_notes" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])) OR ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['resident'::public.app_role, 'family'::public.app_role]) AS org_as)) AND is_shared AND (resident_id = ANY (( SELECT app.my_residents('daily_notes'::public.resident_topic) AS my_residents)::uuid[]))))));

CREATE POLICY "select_own_or_sites_or_organization" ON "public"."document_versions" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role]) AS my_sites)::uuid[])) OR (org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)))));

CREATE POLICY "select_own_or_sites_or_organization" ON "public"."documents" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role]) AS my_sites)::uuid[])) OR (org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)))));

CREATE POLICY "select_organization_or_sites" ON "public"."handover_acknowledgements" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."handover_items" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."handovers" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."incident_actions" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."incident_followups" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."incident_notifications_of_regulators" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."incident_people" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."incident_timers" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites_or_own" ON "public"."incidents" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])) OR (( SELECT app.is_staff() AS is_staff) AND (reported_by = ( SELECT app.my_id() AS my_id))))));

CREATE POLICY "select_organization_or_sites" ON "public"."inspection_evidence" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."medication_administrations" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."medication_discrepancies" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."medication_doses" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."medication_effects" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."medication_order_events" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."medication_orders" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."medication_stock" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."medication_stock_counts" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."medication_stock_movements" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."occupancy_snapshots" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."org_patients" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'scheduler'::public.app_role, 'billing'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."quality_audit_actions" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."quality_audits" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."residency_enquiries" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_sites" ON "public"."resident_contacts" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[]))));

CREATE POLICY "select_organization_or_sites_or_linked_shared" ON "public"."resident_documents" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])) OR ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['resident'::public.app_role, 'family'::public.app_role]) AS org_as)) AND is_shared AND (resident_id = ANY (( SELECT app.my_residents('documents'::public.resident_topic) AS my_residents)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."resident_leaves" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_sites_or_organization_or_own" ON "public"."resident_shares" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role]) AS my_sites)::uuid[])) OR (org_id = ( SELECT app.org_as(VARIADIC ARRAY['compliance_lead'::public.app_role]) AS org_as)) OR (( SELECT app.has_role(VARIADIC ARRAY['family'::public.app_role]) AS has_role) AND (user_id = ( SELECT app.my_id() AS my_id))))));

CREATE POLICY "select_organization_or_sites" ON "public"."resident_status_history" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites_or_linked" ON "public"."residents" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role, 'admin'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])) OR ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['resident'::public.app_role, 'family'::public.app_role]) AS org_as)) AND (id = ANY (( SELECT app.my_residents('profile'::public.resident_topic) AS my_residents)::uuid[]))))));

CREATE POLICY "select_organization_or_sites" ON "public"."rota_proposal_lines" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."rota_proposals" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."rota_weeks" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role, 'admin'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_own_or_organization_or_sites" ON "public"."shift_assignments" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))) OR (org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role, 'admin'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_own_or_organization_or_sites" ON "public"."shift_attendance" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))) OR (org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role, 'admin'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."shift_offers" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role, 'admin'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_own_or_organization_or_sites" ON "public"."shift_swaps" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))) OR (org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role, 'admin'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."shift_templates" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role, 'admin'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_organization_or_sites" ON "public"."shifts" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role, 'admin'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_own_or_organization_or_sites" ON "public"."staff_contracts" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))) OR (org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role, 'admin'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role]) AS my_sites)::uuid[])))));

CREATE POLICY "select_own_or_sites_or_organization" ON "public"."supervisions" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role]) AS my_sites)::uuid[])) OR (org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'compliance_lead'::public.app_role]) AS org_as)))));

CREATE POLICY "select_organization_or_sites" ON "public"."waitlist_entries" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role]) AS org_as)) OR (site_id = ANY (( SELECT app.my_sites(VARIADIC ARRAY['manager'::public.app_role, 'care_manager'::public.app_role]) AS my_sites)::uuid[])))));

COMMENT ON COLUMN "public"."medication_discrepancies"."incident_id" IS 'The incident that it was reported as; null: none.';
COMMENT ON COLUMN "public"."medication_order_events"."done_by" IS 'Who did it.';
COMMENT ON FUNCTION "app"."can_be_given_care_tasks"(uuid, uuid, uuid) IS 'Whether somebody is a member of staff who gives care at a site now.';
COMMENT ON FUNCTION "app"."care_signer"() IS 'The caller as a member of staff. Errors: permission_denied.';
COMMENT ON FUNCTION "app"."check_details"(bytea, jsonb) IS 'Ends the request with invalid_input unless a sealed document has this form; see app.has_form().';
COMMENT ON FUNCTION "app"."guard_care_task_occurrence"() IS 'Trigger _200_guard: what is due stays planned as it was; done, skipped and cancelled are final, and missed was missed.';

COMMENT ON FUNCTION "app"."has_form"(jsonb, jsonb) IS 'Whether a document has no other keys than its form, and for each a text of 1 to so many characters (negative: it must
be there), a day ("date") or a document of that form. What is null is not there.';
COMMENT ON FUNCTION "app"."open_discrepancy"(public.medication_stock_counts) IS 'Opens a discrepancy for a count that does not fit, and tells the manager of the site; its id.';
COMMENT ON FUNCTION "app"."report_discrepancy"(uuid, uuid, uuid) IS 'Marks a discrepancy as reported, and as which incident; again changes nothing but the incident.';
COMMENT ON FUNCTION "app"."require_medication_signer"() IS 'Ends the request unless the caller is employed by the active organization today.';
COMMENT ON FUNCTION "app"."rota_zone"(uuid, uuid) IS 'The time zone of a site: its own, else its organization''s.';
COMMENT ON FUNCTION "app"."works_at"(uuid, uuid, uuid) IS 'Whether somebody is a member of staff of an organization with a role at this site now.';

COMMENT ON FUNCTION "public"."extend_stay"(uuid, date) IS 'Says until when a resident is to stay, sooner or later than was planned, in the bed they have or had last. For managers
and care managers of the site.
p_resident_id: who lives there; conflict for who does not (details: not_admitted).
p_planned_until: the day they leave, at noon; null: no end. Conflict if the bed is somebody else''s by then (bed_taken).
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."schedule_assessment"(uuid, text, interval, timestamp with time zone, boolean) IS 'Says how often this resident is assessed by an instrument, whatever the result: sooner than the rule of the band wants
is possible, later is not. For nurses, clinicians, care managers and managers of the resident''s site.
p_instrument_code: one that is about patients. p_repeat_after: 15 minutes to a year; null: as the rules say.
p_next_due_at: the next one by then; null: as the interval says. p_is_active: false: no more.
Returns the schedule.
Errors: feature_disabled, permission_denied, invalid_input, not_found.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."witness_administration"(uuid, boolean) IS 'The second signature for a controlled drug: from then on it counts as given and stands in the register. Whoever gave
it does not witness it, nor does a relative of the resident. For carers, nurses, clinicians and managers, at their
sites.
p_id: an administration that is awaiting_witness.
p_confirms: false if the caller did not see it; then it is not_witnessed, and the manager and the nurses are told.
Errors: feature_disabled, permission_denied (also: not employed here), not_found, conflict, invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."witness_stock_count"(uuid, boolean) IS 'The second signature for a count of a controlled drug, by another person than who recorded it, and no relative.
The manager was told of a difference when it was counted. For carers, nurses, clinicians and managers, at their sites.
p_id: a count that is awaiting_witness. p_confirms: false if the caller did not see it; then it is declined.
Errors: feature_disabled, permission_denied (also: not employed here), not_found, conflict, invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."witness_stock_movement"(uuid, boolean) IS 'The second signature for a movement of a controlled drug, by another person than who recorded it, and no relative.
It then has its number in the register. For carers, nurses, clinicians and managers, at their sites.
p_id: a movement that is awaiting_witness. p_confirms: false if the caller did not see it; then it is declined.
Errors: feature_disabled, permission_denied (also: not employed here), not_found, conflict, invalid_input.
Idempotent: yes.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."admissions" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."assessment_follow_ups" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."assessment_schedules" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."assessment_scores" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."assessments" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."bed_offers" IS 'org_owner, admin: every row of the active organization; manager, care_manager: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."bed_stays" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."care_plan_acknowledgements" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."care_plan_reviews" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."care_plan_task_occurrences" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."care_plan_tasks" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites_or_linked" ON "public"."care_plan_versions" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to; resident, family: rows about themselves, or about residents who let them know.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."care_plans" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."complaints" IS 'org_owner, compliance_lead: every row of the active organization; manager: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."compliance_stats" IS 'org_owner, compliance_lead: every row of the active organization; manager: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites_or_linked_shared" ON "public"."daily_notes" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to; resident, family: shared rows about themselves, or about residents who let them know.';
COMMENT ON POLICY "select_own_or_sites_or_organization" ON "public"."document_versions" IS 'anyone who works for the active organization: their own rows; manager: rows of the sites they are assigned to; org_owner, compliance_lead: every row of the active organization.';
COMMENT ON POLICY "select_own_or_sites_or_organization" ON "public"."documents" IS 'anyone who works for the active organization: their own rows; manager: rows of the sites they are assigned to; org_owner, compliance_lead: every row of the active organization.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."handover_acknowledgements" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."handover_items" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."handovers" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."incident_actions" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."incident_followups" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."incident_notifications_of_regulators" IS 'org_owner, compliance_lead: every row of the active organization; manager: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."incident_people" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."incident_timers" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites_or_own" ON "public"."incidents" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to; anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."inspection_evidence" IS 'org_owner, compliance_lead: every row of the active organization; manager: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."medication_administrations" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."medication_discrepancies" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."medication_doses" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."medication_effects" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."medication_order_events" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."medication_orders" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."medication_stock" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."medication_stock_counts" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."medication_stock_movements" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."occupancy_snapshots" IS 'org_owner, admin, compliance_lead: every row of the active organization; manager, care_manager, case_manager: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."org_patients" IS 'care_manager, case_manager, nurse, clinician, scheduler, billing: every row of the active organization; manager, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."quality_audit_actions" IS 'org_owner, compliance_lead: every row of the active organization; manager: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."quality_audits" IS 'org_owner, compliance_lead: every row of the active organization; manager: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."residency_enquiries" IS 'org_owner, admin: every row of the active organization; manager, care_manager: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_sites" ON "public"."resident_contacts" IS 'manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites_or_linked_shared" ON "public"."resident_documents" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to; resident, family: shared rows about themselves, or about residents who let them know.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."resident_leaves" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_sites_or_organization_or_own" ON "public"."resident_shares" IS 'manager, care_manager: rows of the sites they are assigned to; compliance_lead: every row of the active organization; family: their own rows.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."resident_status_history" IS 'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites_or_linked" ON "public"."residents" IS 'org_owner, compliance_lead, admin: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to; resident, family: rows about themselves, or about residents who let them know.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."rota_proposal_lines" IS 'org_owner, admin: every row of the active organization; manager, care_manager: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."rota_proposals" IS 'org_owner, admin: every row of the active organization; manager, care_manager: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."rota_weeks" IS 'org_owner, compliance_lead, admin: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_own_or_organization_or_sites" ON "public"."shift_assignments" IS 'anyone who works for the active organization: their own rows; org_owner, compliance_lead, admin: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_own_or_organization_or_sites" ON "public"."shift_attendance" IS 'anyone who works for the active organization: their own rows; org_owner, compliance_lead, admin: every row of the active organization; manager, care_manager: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."shift_offers" IS 'org_owner, compliance_lead, admin: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_own_or_organization_or_sites" ON "public"."shift_swaps" IS 'anyone who works for the active organization: their own rows; org_owner, compliance_lead, admin: every row of the active organization; manager, care_manager: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."shift_templates" IS 'org_owner, compliance_lead, admin: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."shifts" IS 'org_owner, compliance_lead, admin: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_own_or_organization_or_sites" ON "public"."staff_contracts" IS 'anyone who works for the active organization: their own rows; org_owner, compliance_lead, admin: every row of the active organization; manager, care_manager: rows of the sites they are assigned to.';
COMMENT ON POLICY "select_own_or_sites_or_organization" ON "public"."supervisions" IS 'anyone who works for the active organization: their own rows; manager: rows of the sites they are assigned to; org_owner, compliance_lead: every row of the active organization.';
COMMENT ON POLICY "select_organization_or_sites" ON "public"."waitlist_entries" IS 'org_owner, admin: every row of the active organization; manager, care_manager: rows of the sites they are assigned to.';

revoke all on function app.care_signer() from public, anon, authenticated, service_role;

revoke all on function app.has_form(jsonb,jsonb) from public, anon, authenticated, service_role;
grant all on function app.has_form(jsonb,jsonb) to authenticated, service_role;

revoke all on function app.report_discrepancy(uuid,uuid,uuid) from public, anon, authenticated, service_role;

revoke all on function app.require_medication_signer() from public, anon, authenticated, service_role;

revoke all on function app.rota_zone(uuid,uuid) from public, anon, authenticated, service_role;

revoke all on function app.works_at(uuid,uuid,uuid) from public, anon, authenticated, service_role;
