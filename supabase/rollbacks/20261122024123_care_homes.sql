-- Undoes care_homes: written by `carebase db diff`.
-- Loses data: ALTER TABLE "app"."instrument_bands" DROP COLUMN "item_value"
-- Loses data: ALTER TABLE "app"."instrument_items" DROP COLUMN "decimals"
-- Loses data: ALTER TABLE "app"."instrument_items" DROP COLUMN "maximum"
-- Loses data: ALTER TABLE "app"."instrument_items" DROP COLUMN "minimum"
-- Loses data: ALTER TABLE "app"."instrument_items" DROP COLUMN "unit_code"
-- Loses data: ALTER TABLE "app"."instrument_options" DROP COLUMN "applies_when"
-- Loses data: ALTER TABLE "app"."instrument_options" DROP COLUMN "lower_bound"
-- Loses data: ALTER TABLE "public"."instruments" DROP COLUMN "subject_type"
-- Loses data: ALTER TABLE "public"."notification_preferences" DROP COLUMN "prompt_hour"
-- Loses data: ALTER TABLE "public"."org_patients" DROP COLUMN "site_id"
-- Loses data: ALTER TABLE "public"."properties" DROP COLUMN "latitude"
-- Loses data: ALTER TABLE "public"."properties" DROP COLUMN "longitude"
-- Loses data: ALTER TABLE "public"."provider_prompts" DROP COLUMN "counted_on"
-- Loses data: ALTER TABLE "public"."sites" DROP COLUMN "telephone"
-- Loses data: ALTER TABLE "public"."sites" DROP COLUMN "website"
-- Loses data: DROP TABLE "app"."medication_plans"
-- Loses data: DROP TABLE "public"."admissions"
-- Loses data: DROP TABLE "public"."assessment_follow_ups"
-- Loses data: DROP TABLE "public"."assessment_rules"
-- Loses data: DROP TABLE "public"."assessment_schedules"
-- Loses data: DROP TABLE "public"."assessment_scores"
-- Loses data: DROP TABLE "public"."assessments"
-- Loses data: DROP TABLE "public"."quality_audit_actions"
-- Loses data: DROP TABLE "public"."bed_offers"
-- Loses data: DROP TABLE "public"."bed_stays"
-- Loses data: DROP TABLE "public"."beds"
-- Loses data: DROP TABLE "public"."care_plan_acknowledgements"
-- Loses data: DROP TABLE "public"."care_plan_review_intervals"
-- Loses data: DROP TABLE "public"."care_plan_reviews"
-- Loses data: DROP TABLE "public"."care_plan_task_occurrences"
-- Loses data: DROP TABLE "public"."care_plan_tasks"
-- Loses data: DROP TABLE "public"."care_plan_versions"
-- Loses data: DROP TABLE "public"."care_plans"
-- Loses data: DROP TABLE "public"."complaint_policies"
-- Loses data: DROP TABLE "public"."complaints"
-- Loses data: DROP TABLE "public"."compliance_stats"
-- Loses data: DROP TABLE "public"."daily_notes"
-- Loses data: DROP TABLE "public"."document_versions"
-- Loses data: DROP TABLE "public"."documents"
-- Loses data: DROP TABLE "public"."file_uploads"
-- Loses data: DROP TABLE "public"."handover_acknowledgements"
-- Loses data: DROP TABLE "public"."handover_items"
-- Loses data: DROP TABLE "public"."handovers"
-- Loses data: DROP TABLE "public"."incident_actions"
-- Loses data: DROP TABLE "public"."incident_calendars"
-- Loses data: DROP TABLE "public"."incident_escalation_steps"
-- Loses data: DROP TABLE "public"."incident_followups"
-- Loses data: DROP TABLE "public"."incident_notifications_of_regulators"
-- Loses data: DROP TABLE "public"."incident_people"
-- Loses data: DROP TABLE "public"."incident_regulator_rules"
-- Loses data: DROP TABLE "public"."incident_sla_policies"
-- Loses data: DROP TABLE "public"."incident_timers"
-- Loses data: DROP TABLE "public"."incidents"
-- Loses data: DROP TABLE "public"."inspection_evidence"
-- Loses data: DROP TABLE "public"."medication_administrations"
-- Loses data: DROP TABLE "public"."medication_discrepancies"
-- Loses data: DROP TABLE "public"."medication_doses"
-- Loses data: DROP TABLE "public"."medication_effects"
-- Loses data: DROP TABLE "public"."medication_order_events"
-- Loses data: DROP TABLE "public"."medication_orders"
-- Loses data: DROP TABLE "public"."medication_stock_counts"
-- Loses data: DROP TABLE "public"."medication_stock_movements"
-- Loses data: DROP TABLE "public"."medication_stock"
-- Loses data: DROP TABLE "public"."occupancy_snapshots"
-- Loses data: DROP TABLE "public"."policy_acknowledgements"
-- Loses data: DROP TABLE "public"."policy_documents"
-- Loses data: DROP TABLE "public"."quality_audits"
-- Loses data: DROP TABLE "public"."residency_enquiries"
-- Loses data: DROP TABLE "public"."resident_contacts"
-- Loses data: DROP TABLE "public"."resident_documents"
-- Loses data: DROP TABLE "public"."resident_leaves"
-- Loses data: DROP TABLE "public"."resident_shares"
-- Loses data: DROP TABLE "public"."resident_status_history"
-- Loses data: DROP TABLE "public"."residents"
-- Loses data: DROP TABLE "public"."rooms"
-- Loses data: DROP TABLE "public"."rota_proposal_lines"
-- Loses data: DROP TABLE "public"."rota_proposals"
-- Loses data: DROP TABLE "public"."rota_weeks"
-- Loses data: DROP TABLE "public"."shift_assignments"
-- Loses data: DROP TABLE "public"."shift_attendance"
-- Loses data: DROP TABLE "public"."shift_offers"
-- Loses data: DROP TABLE "public"."shift_swaps"
-- Loses data: DROP TABLE "public"."shift_templates"
-- Loses data: DROP TABLE "public"."shifts"
-- Loses data: DROP TABLE "public"."site_registrations"
-- Loses data: DROP TABLE "public"."staff_availability"
-- Loses data: DROP TABLE "public"."staff_checks"
-- Loses data: DROP TABLE "public"."staff_contracts"
-- Loses data: DROP TABLE "public"."staff_members"
-- Loses data: DROP TABLE "public"."supervisions"
-- Loses data: DROP TABLE "public"."training_courses"
-- Loses data: DROP TABLE "public"."training_records"
-- Loses data: DROP TABLE "public"."training_requirements"
-- Loses data: DROP TABLE "public"."waitlist_entries"
-- Take a backup first; what was written since the migration is in nothing else.

set local lock_timeout = '30s';

set local check_function_bodies = off;

CREATE OR REPLACE FUNCTION app.due_prompts(p_org_id uuid, p_today date)
 RETURNS TABLE(practitioner_id uuid, user_id uuid, kind public.provider_prompt_kind, occurrence_on date, question_count integer)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
begin
  return query
  with busy as materialized (
    select asked.*
    from app.due_question_prompts(p_org_id, p_today) as asked
    where not exists (
      select from public.provider_prompts as prompts
      where
        prompts.org_id = p_org_id and prompts.user_id = asked.user_id and prompts.kind = 'question_volume'
        and prompts.occurrence_on = asked.run_from and prompts.prompted_on < p_today
    )
  ),
  due as (
    select
      busy.practitioner_id, busy.user_id, 'question_volume'::public.provider_prompt_kind as kind,
      busy.run_from as occurrence_on, busy.questions as question_count
    from busy
    union all
    select people.practitioner_id, people.user_id, 'after_shift', p_today, null
    from app.participants(p_org_id) as people
    inner join app.provider_workload_live as live
      on live.org_id = p_org_id and live.practitioner_id = people.practitioner_id and live.day = p_today
    where
      live.encounters > 0
      and (
        people.level = 'anonymous' or not exists (
          select from public.provider_daily_checkins as checkins
          where
            checkins.org_id = p_org_id and checkins.user_id = people.user_id and checkins.checkin_date = p_today
        )
      )
      -- Asked once an evening how they are.
      and not exists (select from busy where busy.user_id = people.user_id)
    union all
    select
      people.practitioner_id, people.user_id, 'reassessment',
      app.reassess_on(burnout.assessment_date, burnout.composite), null
    from app.participants(p_org_id) as people
    inner join app.latest_burnout_level(p_org_id) as burnout on burnout.user_id = people.user_id
    where people.level <> 'anonymous' and app.reassess_on(burnout.assessment_date, burnout.composite) <= p_today
  )
  select due.*
  from due
  where not exists (
    select from public.provider_prompts as prompts
    where
      prompts.org_id = p_org_id and prompts.user_id = due.user_id and prompts.kind = due.kind
      and prompts.occurrence_on = due.occurrence_on
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.due_question_prompts(p_org_id uuid, p_today date)
 RETURNS TABLE(practitioner_id uuid, user_id uuid, run_from date, questions integer)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
begin
  return query
  with busy as materialized (
    select
      people.practitioner_id, people.user_id, max(live.questions) filter (where live.day = p_today) as questions
    from app.participants(p_org_id) as people
    inner join app.provider_workload_live as live
      on live.org_id = p_org_id and live.practitioner_id = people.practitioner_id
    where
      live.day > p_today - 5 and live.day <= p_today and live.questions > 20 and people.level <> 'anonymous'
    group by people.practitioner_id, people.user_id
    having count(*) = 5
  )
  select busy.practitioner_id, busy.user_id, runs.current_from, busy.questions
  from busy
  inner join app.question_runs(
    p_org_id, array(select busy.practitioner_id from busy), p_today - 366, p_today
  ) as runs on runs.practitioner_id = busy.practitioner_id;
end
$function$;

CREATE OR REPLACE FUNCTION app.job_prompt_providers(p_org_id uuid, p_limit integer)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_today constant date := app.organization_day(p_org_id);
  v_count integer;
begin
  if not app.is_hub_on(p_org_id) then
    return 0;
  end if;
  perform app.ensure_template(
    p_org_id, 'private.resilience', 'in_app', 'A moment for you',
    'How are you? There is something for you here: {{ link }}', '{"link": "link"}'
  );
  with made as (
    insert into public.provider_prompts (
      org_id, practitioner_id, user_id, kind, occurrence_on, prompted_on, question_count
    )
    select p_org_id, due.practitioner_id, due.user_id, due.kind, due.occurrence_on, v_today, due.question_count
    from app.due_prompts(p_org_id, v_today) as due
    order by due.user_id, due.kind
    limit p_limit
    on conflict (org_id, user_id, kind, occurrence_on) do nothing
    returning id, user_id, kind
  )
  select count(*) into v_count from made where app.tell_of_prompt(p_org_id, made.id, made.user_id, made.kind);
  -- How many were asked is kept by job_runs, and the fewer they are the more it tells: whole batches only.
  return case when v_count >= p_limit then p_limit else 0 end;
end
$function$;

CREATE OR REPLACE FUNCTION app.providers_needing_help(p_purpose public.access_purpose, p_limit integer)
 RETURNS TABLE(user_id uuid, practitioner_id uuid, provider_name text, composite_burnout_score numeric, risk_level public.burnout_risk_level, assessment_date date, has_open_case boolean)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
declare
  v_org_id constant uuid := app.current_org();
  v_subject_ids uuid[] := '{}';
begin
  perform app.require_role('admin', 'care_manager', 'wellness_officer');
  for user_id, practitioner_id, provider_name, composite_burnout_score, risk_level, assessment_date, has_open_case in
    select
      consents.user_id, consents.practitioner_id, public.get_practitioner_full_name(people),
      elevated.composite_burnout_score, elevated.risk_level, elevated.assessment_date,
      exists (
        select 1 from public.provider_interventions as cases
        where cases.org_id = v_org_id and cases.user_id = consents.user_id and cases.closed_at is null
          and not cases.is_unnamed
      )
    from public.provider_burnout_assessments as elevated
    inner join public.provider_consents as consents
      on
        consents.org_id = v_org_id and consents.user_id = elevated.user_id and consents.withdrawn_at is null
        and consents.level = 'may_be_contacted'
    inner join public.fhir_practitioners as people on people.id = consents.practitioner_id
    where
      elevated.org_id = v_org_id and elevated.risk_level in ('high', 'critical')
      and not exists (
        select from public.provider_burnout_assessments as newer
        where
          newer.org_id = v_org_id and newer.user_id = elevated.user_id
          and (newer.assessment_date, newer.id) > (elevated.assessment_date, elevated.id)
      )
    order by elevated.composite_burnout_score desc, consents.id
    limit p_limit
  loop
    v_subject_ids := v_subject_ids || practitioner_id;
    return next;
  end loop;
  perform app.note_access(
    p_purpose, 'public.provider_burnout_assessments', v_org_id, v_subject_ids, cardinality(v_subject_ids), '{}'
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.staff_org()
 RETURNS uuid
 LANGUAGE sql
 STABLE
RETURN CASE WHEN app.is_staff() THEN app.current_org() ELSE NULL::uuid END;

CREATE OR REPLACE FUNCTION public.get_providers_needing_help(p_purpose public.access_purpose, p_limit integer DEFAULT 50)
 RETURNS TABLE(user_id uuid, practitioner_id uuid, provider_name text, composite_burnout_score numeric, risk_level public.burnout_risk_level, assessment_date date, has_open_case boolean)
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what you look for.');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  return query select people.* from app.providers_needing_help(p_purpose, p_limit) as people;
end
$function$;

DROP POLICY "floor_organization" ON "app"."medication_plans";

DROP POLICY "floor_organization" ON "public"."admissions";

DROP POLICY "select_organization_or_sites" ON "public"."admissions";

DROP POLICY "floor_organization" ON "public"."assessment_follow_ups";

DROP POLICY "select_organization_or_sites" ON "public"."assessment_follow_ups";

DROP POLICY "floor_organization" ON "public"."assessment_rules";

DROP POLICY "insert_organization" ON "public"."assessment_rules";

DROP POLICY "select_organization" ON "public"."assessment_rules";

DROP POLICY "update_organization" ON "public"."assessment_rules";

DROP POLICY "floor_organization" ON "public"."assessment_schedules";

DROP POLICY "select_organization_or_sites" ON "public"."assessment_schedules";

DROP POLICY "floor_organization" ON "public"."assessment_scores";

DROP POLICY "select_organization_or_sites" ON "public"."assessment_scores";

DROP POLICY "floor_organization" ON "public"."assessments";

DROP POLICY "select_organization_or_sites" ON "public"."assessments";

DROP POLICY "floor_organization" ON "public"."quality_audit_actions";

DROP POLICY "select_organization_or_sites" ON "public"."quality_audit_actions";

DROP POLICY "floor_organization" ON "public"."bed_offers";

DROP POLICY "select_organization_or_sites" ON "public"."bed_offers";

DROP POLICY "floor_organization" ON "public"."bed_stays";

DROP POLICY "select_organization_or_sites" ON "public"."bed_stays";

DROP POLICY "floor_organization" ON "public"."beds";

DROP POLICY "insert_sites_or_organization" ON "public"."beds";

DROP POLICY "select_organization" ON "public"."beds";

DROP POLICY "update_sites_or_organization" ON "public"."beds";

DROP POLICY "floor_organization" ON "public"."care_plan_acknowledgements";

DROP POLICY "select_organization_or_sites" ON "public"."care_plan_acknowledgements";

DROP POLICY "floor_organization" ON "public"."care_plan_review_intervals";

DROP POLICY "insert_organization" ON "public"."care_plan_review_intervals";

DROP POLICY "select_organization" ON "public"."care_plan_review_intervals";

DROP POLICY "update_organization" ON "public"."care_plan_review_intervals";

DROP POLICY "floor_organization" ON "public"."care_plan_reviews";

DROP POLICY "select_organization_or_sites" ON "public"."care_plan_reviews";

DROP POLICY "floor_organization" ON "public"."care_plan_task_occurrences";

DROP POLICY "select_organization_or_sites" ON "public"."care_plan_task_occurrences";

DROP POLICY "floor_organization" ON "public"."care_plan_tasks";

DROP POLICY "select_organization_or_sites" ON "public"."care_plan_tasks";

DROP POLICY "floor_organization" ON "public"."care_plan_versions";

DROP POLICY "floor_published" ON "public"."care_plan_versions";

DROP POLICY "select_organization_or_sites_or_linked" ON "public"."care_plan_versions";

DROP POLICY "floor_organization" ON "public"."care_plans";

DROP POLICY "select_organization_or_sites" ON "public"."care_plans";

DROP POLICY "floor_organization" ON "public"."complaint_policies";

DROP POLICY "insert_organization" ON "public"."complaint_policies";

DROP POLICY "select_organization" ON "public"."complaint_policies";

DROP POLICY "update_organization" ON "public"."complaint_policies";

DROP POLICY "floor_organization" ON "public"."complaints";

DROP POLICY "select_organization_or_sites" ON "public"."complaints";

DROP POLICY "floor_organization" ON "public"."compliance_stats";

DROP POLICY "select_organization_or_sites" ON "public"."compliance_stats";

DROP POLICY "floor_organization" ON "public"."daily_notes";

DROP POLICY "insert_sites" ON "public"."daily_notes";

DROP POLICY "select_organization_or_sites_or_linked_shared" ON "public"."daily_notes";

DROP POLICY "update_sites" ON "public"."daily_notes";

DROP POLICY "floor_organization" ON "public"."document_versions";

DROP POLICY "select_own_or_sites_or_organization" ON "public"."document_versions";

DROP POLICY "floor_organization" ON "public"."documents";

DROP POLICY "select_own_or_sites_or_organization" ON "public"."documents";

DROP POLICY "update_sites_or_organization" ON "public"."documents";

DROP POLICY "floor_organization" ON "public"."file_uploads";

DROP POLICY "insert_own" ON "public"."file_uploads";

DROP POLICY "select_own_or_organization" ON "public"."file_uploads";

DROP POLICY "floor_organization" ON "public"."handover_acknowledgements";

DROP POLICY "select_organization_or_sites" ON "public"."handover_acknowledgements";

DROP POLICY "floor_organization" ON "public"."handover_items";

DROP POLICY "select_organization_or_sites" ON "public"."handover_items";

DROP POLICY "floor_organization" ON "public"."handovers";

DROP POLICY "select_organization_or_sites" ON "public"."handovers";

DROP POLICY "floor_organization" ON "public"."incident_actions";

DROP POLICY "floor_restricted" ON "public"."incident_actions";

DROP POLICY "select_organization_or_sites" ON "public"."incident_actions";

DROP POLICY "floor_organization" ON "public"."incident_calendars";

DROP POLICY "insert_organization" ON "public"."incident_calendars";

DROP POLICY "select_organization" ON "public"."incident_calendars";

DROP POLICY "update_organization" ON "public"."incident_calendars";

DROP POLICY "floor_organization" ON "public"."incident_escalation_steps";

DROP POLICY "insert_organization" ON "public"."incident_escalation_steps";

DROP POLICY "select_organization" ON "public"."incident_escalation_steps";

DROP POLICY "update_organization" ON "public"."incident_escalation_steps";

DROP POLICY "floor_organization" ON "public"."incident_followups";

DROP POLICY "floor_restricted" ON "public"."incident_followups";

DROP POLICY "select_organization_or_sites" ON "public"."incident_followups";

DROP POLICY "floor_organization" ON "public"."incident_notifications_of_regulators";

DROP POLICY "floor_restricted" ON "public"."incident_notifications_of_regulators";

DROP POLICY "select_organization_or_sites" ON "public"."incident_notifications_of_regulators";

DROP POLICY "floor_organization" ON "public"."incident_people";

DROP POLICY "floor_restricted" ON "public"."incident_people";

DROP POLICY "select_organization_or_sites" ON "public"."incident_people";

DROP POLICY "floor_organization" ON "public"."incident_regulator_rules";

DROP POLICY "insert_organization" ON "public"."incident_regulator_rules";

DROP POLICY "select_organization" ON "public"."incident_regulator_rules";

DROP POLICY "update_organization" ON "public"."incident_regulator_rules";

DROP POLICY "floor_organization" ON "public"."incident_sla_policies";

DROP POLICY "insert_organization" ON "public"."incident_sla_policies";

DROP POLICY "select_organization" ON "public"."incident_sla_policies";

DROP POLICY "update_organization" ON "public"."incident_sla_policies";

DROP POLICY "floor_organization" ON "public"."incident_timers";

DROP POLICY "floor_restricted" ON "public"."incident_timers";

DROP POLICY "select_organization_or_sites" ON "public"."incident_timers";

DROP POLICY "floor_organization" ON "public"."incidents";

DROP POLICY "floor_restricted" ON "public"."incidents";

DROP POLICY "select_organization_or_sites_or_own" ON "public"."incidents";

DROP POLICY "floor_organization" ON "public"."inspection_evidence";

DROP POLICY "select_organization_or_sites" ON "public"."inspection_evidence";

DROP POLICY "update_organization_or_sites" ON "public"."inspection_evidence";

DROP POLICY "floor_organization" ON "public"."medication_administrations";

DROP POLICY "select_organization_or_sites" ON "public"."medication_administrations";

DROP POLICY "floor_organization" ON "public"."medication_discrepancies";

DROP POLICY "select_organization_or_sites" ON "public"."medication_discrepancies";

DROP POLICY "floor_organization" ON "public"."medication_doses";

DROP POLICY "select_organization_or_sites" ON "public"."medication_doses";

DROP POLICY "floor_organization" ON "public"."medication_effects";

DROP POLICY "select_organization_or_sites" ON "public"."medication_effects";

DROP POLICY "floor_organization" ON "public"."medication_order_events";

DROP POLICY "select_organization_or_sites" ON "public"."medication_order_events";

DROP POLICY "floor_organization" ON "public"."medication_orders";

DROP POLICY "select_organization_or_sites" ON "public"."medication_orders";

DROP POLICY "floor_organization" ON "public"."medication_stock";

DROP POLICY "select_organization_or_sites" ON "public"."medication_stock";

DROP POLICY "floor_organization" ON "public"."medication_stock_counts";

DROP POLICY "select_organization_or_sites" ON "public"."medication_stock_counts";

DROP POLICY "floor_organization" ON "public"."medication_stock_movements";

DROP POLICY "select_organization_or_sites" ON "public"."medication_stock_movements";

DROP POLICY "floor_organization" ON "public"."occupancy_snapshots";

DROP POLICY "select_organization_or_sites" ON "public"."occupancy_snapshots";

DROP POLICY "select_organization_or_sites" ON "public"."org_patients";

DROP POLICY "select_own_or_related_or_looked_after" ON "public"."patients";

DROP POLICY "floor_organization" ON "public"."policy_acknowledgements";

DROP POLICY "insert_own" ON "public"."policy_acknowledgements";

DROP POLICY "select_own_or_organization" ON "public"."policy_acknowledgements";

DROP POLICY "floor_organization" ON "public"."policy_documents";

DROP POLICY "select_organization" ON "public"."policy_documents";

DROP POLICY "update_organization" ON "public"."policy_documents";

DROP POLICY "insert_organization" ON "public"."properties";

DROP POLICY "update_organization" ON "public"."properties";

DROP POLICY "floor_organization" ON "public"."quality_audits";

DROP POLICY "select_organization_or_sites" ON "public"."quality_audits";

DROP POLICY "floor_organization" ON "public"."residency_enquiries";

DROP POLICY "insert_sites" ON "public"."residency_enquiries";

DROP POLICY "select_organization_or_sites" ON "public"."residency_enquiries";

DROP POLICY "update_sites" ON "public"."residency_enquiries";

DROP POLICY "floor_organization" ON "public"."resident_contacts";

DROP POLICY "insert_sites" ON "public"."resident_contacts";

DROP POLICY "select_sites" ON "public"."resident_contacts";

DROP POLICY "update_sites" ON "public"."resident_contacts";

DROP POLICY "floor_organization" ON "public"."resident_documents";

DROP POLICY "select_organization_or_sites_or_linked_shared" ON "public"."resident_documents";

DROP POLICY "update_sites" ON "public"."resident_documents";

DROP POLICY "floor_organization" ON "public"."resident_leaves";

DROP POLICY "select_organization_or_sites" ON "public"."resident_leaves";

DROP POLICY "floor_organization" ON "public"."resident_shares";

DROP POLICY "select_sites_or_organization_or_own" ON "public"."resident_shares";

DROP POLICY "floor_organization" ON "public"."resident_status_history";

DROP POLICY "select_organization_or_sites" ON "public"."resident_status_history";

DROP POLICY "floor_organization" ON "public"."residents";

DROP POLICY "select_organization_or_sites_or_linked" ON "public"."residents";

DROP POLICY "floor_organization" ON "public"."rooms";

DROP POLICY "insert_sites_or_organization" ON "public"."rooms";

DROP POLICY "select_organization" ON "public"."rooms";

DROP POLICY "update_sites_or_organization" ON "public"."rooms";

DROP POLICY "floor_organization" ON "public"."rota_proposal_lines";

DROP POLICY "select_organization_or_sites" ON "public"."rota_proposal_lines";

DROP POLICY "floor_organization" ON "public"."rota_proposals";

DROP POLICY "select_organization_or_sites" ON "public"."rota_proposals";

DROP POLICY "floor_organization" ON "public"."rota_weeks";

DROP POLICY "select_organization_or_sites" ON "public"."rota_weeks";

DROP POLICY "floor_organization" ON "public"."shift_assignments";

DROP POLICY "floor_published" ON "public"."shift_assignments";

DROP POLICY "select_own_or_organization_or_sites" ON "public"."shift_assignments";

DROP POLICY "floor_organization" ON "public"."shift_attendance";

DROP POLICY "select_own_or_organization_or_sites" ON "public"."shift_attendance";

DROP POLICY "floor_organization" ON "public"."shift_offers";

DROP POLICY "select_organization_or_sites" ON "public"."shift_offers";

DROP POLICY "floor_organization" ON "public"."shift_swaps";

DROP POLICY "select_own_or_organization_or_sites" ON "public"."shift_swaps";

DROP POLICY "floor_organization" ON "public"."shift_templates";

DROP POLICY "insert_organization_or_sites" ON "public"."shift_templates";

DROP POLICY "select_organization_or_sites" ON "public"."shift_templates";

DROP POLICY "update_organization_or_sites" ON "public"."shift_templates";

DROP POLICY "floor_organization" ON "public"."shifts";

DROP POLICY "floor_published" ON "public"."shifts";

DROP POLICY "insert_organization_or_sites" ON "public"."shifts";

DROP POLICY "select_organization_or_sites" ON "public"."shifts";

DROP POLICY "update_organization_or_sites" ON "public"."shifts";

DROP POLICY "floor_organization" ON "public"."site_registrations";

DROP POLICY "insert_organization" ON "public"."site_registrations";

DROP POLICY "select_organization" ON "public"."site_registrations";

DROP POLICY "update_organization" ON "public"."site_registrations";

DROP POLICY "insert_organization" ON "public"."sites";

DROP POLICY "update_organization" ON "public"."sites";

DROP POLICY "floor_organization" ON "public"."staff_availability";

DROP POLICY "select_own" ON "public"."staff_availability";

DROP POLICY "floor_organization" ON "public"."staff_checks";

DROP POLICY "insert_organization" ON "public"."staff_checks";

DROP POLICY "select_own_or_organization" ON "public"."staff_checks";

DROP POLICY "update_organization" ON "public"."staff_checks";

DROP POLICY "floor_organization" ON "public"."staff_contracts";

DROP POLICY "insert_organization_or_sites" ON "public"."staff_contracts";

DROP POLICY "select_own_or_organization_or_sites" ON "public"."staff_contracts";

DROP POLICY "update_organization_or_sites" ON "public"."staff_contracts";

DROP POLICY "floor_organization" ON "public"."staff_members";

DROP POLICY "insert_organization" ON "public"."staff_members";

DROP POLICY "select_organization" ON "public"."staff_members";

DROP POLICY "update_organization" ON "public"."staff_members";

DROP POLICY "floor_organization" ON "public"."supervisions";

DROP POLICY "select_own_or_sites_or_organization" ON "public"."supervisions";

DROP POLICY "update_own" ON "public"."supervisions";

DROP POLICY "floor_organization" ON "public"."training_courses";

DROP POLICY "insert_organization" ON "public"."training_courses";

DROP POLICY "select_organization" ON "public"."training_courses";

DROP POLICY "update_organization" ON "public"."training_courses";

DROP POLICY "floor_organization" ON "public"."training_records";

DROP POLICY "insert_organization" ON "public"."training_records";

DROP POLICY "select_own_or_organization" ON "public"."training_records";

DROP POLICY "update_organization" ON "public"."training_records";

DROP POLICY "floor_organization" ON "public"."training_requirements";

DROP POLICY "insert_organization" ON "public"."training_requirements";

DROP POLICY "select_organization" ON "public"."training_requirements";

DROP POLICY "update_organization" ON "public"."training_requirements";

DROP POLICY "floor_organization" ON "public"."waitlist_entries";

DROP POLICY "insert_sites" ON "public"."waitlist_entries";

DROP POLICY "select_organization_or_sites" ON "public"."waitlist_entries";

DROP POLICY "update_sites" ON "public"."waitlist_entries";

DROP POLICY "carebase_read" ON "storage"."objects";

DROP POLICY "carebase_upload" ON "storage"."objects";

DROP TRIGGER "_200_guard" ON "public"."nurse_questions";

DROP TRIGGER "_300_seal" ON "public"."nurse_questions";

DROP TRIGGER "_510_compliance_delete" ON "public"."role_assignments";

DROP TRIGGER "_510_compliance_insert" ON "public"."role_assignments";

DROP TRIGGER "_510_compliance_update" ON "public"."role_assignments";

DROP INDEX "public"."notification_preferences_prompt_hour_idx";

DROP INDEX "public"."org_patients_site_id_idx";

DROP MATERIALIZED VIEW "app"."occupancy_history";

DROP VIEW "public"."care_homes";

DROP VIEW "public"."clients";

DROP VIEW "public"."houses";

DROP VIEW "public"."manager_care_homes";

DROP VIEW "public"."occupancy";

DROP VIEW "public"."user_care_homes";

ALTER TABLE "app"."instrument_bands" DROP CONSTRAINT "instrument_bands_item_value_range";

ALTER TABLE "app"."instrument_items" DROP CONSTRAINT "instrument_items_decimals_range";

ALTER TABLE "app"."instrument_items" DROP CONSTRAINT "instrument_items_measured_range";

ALTER TABLE "app"."instrument_items" DROP CONSTRAINT "instrument_items_measured_upright";

ALTER TABLE "app"."instrument_items" DROP CONSTRAINT "instrument_items_measured_whole";

ALTER TABLE "app"."instrument_items" DROP CONSTRAINT "instrument_items_unit_code_form";

ALTER TABLE "app"."instrument_options" DROP CONSTRAINT "instrument_options_applies_when_form";

ALTER TABLE "app"."instrument_options" DROP CONSTRAINT "instrument_options_lower_bound_range";

ALTER TABLE "app"."medication_plans" DROP CONSTRAINT "medication_plans_order_fkey";

ALTER TABLE "public"."admissions" DROP CONSTRAINT "admissions_enquiry_fkey";

ALTER TABLE "public"."admissions" DROP CONSTRAINT "admissions_org_id_fkey";

ALTER TABLE "public"."admissions" DROP CONSTRAINT "admissions_resident_fkey";

ALTER TABLE "public"."assessment_follow_ups" DROP CONSTRAINT "assessment_follow_ups_done_by_fkey";

ALTER TABLE "public"."assessment_follow_ups" DROP CONSTRAINT "assessment_follow_ups_org_id_fkey";

ALTER TABLE "public"."assessment_follow_ups" DROP CONSTRAINT "assessment_follow_ups_resident_fkey";

ALTER TABLE "public"."assessment_follow_ups" DROP CONSTRAINT "assessment_follow_ups_result_fkey";

ALTER TABLE "public"."assessment_rules" DROP CONSTRAINT "assessment_rules_org_id_fkey";

ALTER TABLE "public"."assessment_schedules" DROP CONSTRAINT "assessment_schedules_org_id_fkey";

ALTER TABLE "public"."assessment_schedules" DROP CONSTRAINT "assessment_schedules_resident_fkey";

ALTER TABLE "public"."assessment_scores" DROP CONSTRAINT "assessment_scores_org_id_fkey";

ALTER TABLE "public"."assessment_scores" DROP CONSTRAINT "assessment_scores_resident_fkey";

ALTER TABLE "public"."assessment_scores" DROP CONSTRAINT "assessment_scores_result_fkey";

ALTER TABLE "public"."assessments" DROP CONSTRAINT "assessments_corrects_fkey";

ALTER TABLE "public"."assessments" DROP CONSTRAINT "assessments_instrument_id_fkey";

ALTER TABLE "public"."assessments" DROP CONSTRAINT "assessments_org_id_fkey";

ALTER TABLE "public"."assessments" DROP CONSTRAINT "assessments_resident_fkey";

ALTER TABLE "public"."quality_audit_actions" DROP CONSTRAINT "quality_audit_actions_assigned_to_fkey";

ALTER TABLE "public"."quality_audit_actions" DROP CONSTRAINT "quality_audit_actions_audit_fkey";

ALTER TABLE "public"."quality_audit_actions" DROP CONSTRAINT "quality_audit_actions_org_id_fkey";

ALTER TABLE "public"."bed_offers" DROP CONSTRAINT "bed_offers_bed_fkey";

ALTER TABLE "public"."bed_offers" DROP CONSTRAINT "bed_offers_entry_fkey";

ALTER TABLE "public"."bed_offers" DROP CONSTRAINT "bed_offers_org_id_fkey";

ALTER TABLE "public"."bed_stays" DROP CONSTRAINT "bed_stays_admission_fkey";

ALTER TABLE "public"."bed_stays" DROP CONSTRAINT "bed_stays_bed_fkey";

ALTER TABLE "public"."bed_stays" DROP CONSTRAINT "bed_stays_org_id_fkey";

ALTER TABLE "public"."beds" DROP CONSTRAINT "beds_org_id_fkey";

ALTER TABLE "public"."beds" DROP CONSTRAINT "beds_room_fkey";

ALTER TABLE "public"."care_plan_acknowledgements" DROP CONSTRAINT "care_plan_acknowledgements_acknowledged_by_fkey";

ALTER TABLE "public"."care_plan_acknowledgements" DROP CONSTRAINT "care_plan_acknowledgements_org_id_fkey";

ALTER TABLE "public"."care_plan_acknowledgements" DROP CONSTRAINT "care_plan_acknowledgements_resident_fkey";

ALTER TABLE "public"."care_plan_acknowledgements" DROP CONSTRAINT "care_plan_acknowledgements_version_fkey";

ALTER TABLE "public"."care_plan_review_intervals" DROP CONSTRAINT "care_plan_review_intervals_org_id_fkey";

ALTER TABLE "public"."care_plan_reviews" DROP CONSTRAINT "care_plan_reviews_org_id_fkey";

ALTER TABLE "public"."care_plan_reviews" DROP CONSTRAINT "care_plan_reviews_plan_fkey";

ALTER TABLE "public"."care_plan_reviews" DROP CONSTRAINT "care_plan_reviews_resident_fkey";

ALTER TABLE "public"."care_plan_reviews" DROP CONSTRAINT "care_plan_reviews_reviewed_by_fkey";

ALTER TABLE "public"."care_plan_task_occurrences" DROP CONSTRAINT "care_plan_task_occurrences_assigned_to_fkey";

ALTER TABLE "public"."care_plan_task_occurrences" DROP CONSTRAINT "care_plan_task_occurrences_completed_by_fkey";

ALTER TABLE "public"."care_plan_task_occurrences" DROP CONSTRAINT "care_plan_task_occurrences_org_id_fkey";

ALTER TABLE "public"."care_plan_task_occurrences" DROP CONSTRAINT "care_plan_task_occurrences_resident_fkey";

ALTER TABLE "public"."care_plan_task_occurrences" DROP CONSTRAINT "care_plan_task_occurrences_task_fkey";

ALTER TABLE "public"."care_plan_tasks" DROP CONSTRAINT "care_plan_tasks_assigned_to_fkey";

ALTER TABLE "public"."care_plan_tasks" DROP CONSTRAINT "care_plan_tasks_org_id_fkey";

ALTER TABLE "public"."care_plan_tasks" DROP CONSTRAINT "care_plan_tasks_plan_fkey";

ALTER TABLE "public"."care_plan_tasks" DROP CONSTRAINT "care_plan_tasks_resident_fkey";

ALTER TABLE "public"."care_plan_versions" DROP CONSTRAINT "care_plan_versions_org_id_fkey";

ALTER TABLE "public"."care_plan_versions" DROP CONSTRAINT "care_plan_versions_plan_fkey";

ALTER TABLE "public"."care_plan_versions" DROP CONSTRAINT "care_plan_versions_published_by_fkey";

ALTER TABLE "public"."care_plan_versions" DROP CONSTRAINT "care_plan_versions_resident_fkey";

ALTER TABLE "public"."care_plans" DROP CONSTRAINT "care_plans_org_id_fkey";

ALTER TABLE "public"."care_plans" DROP CONSTRAINT "care_plans_resident_fkey";

ALTER TABLE "public"."complaint_policies" DROP CONSTRAINT "complaint_policies_org_id_fkey";

ALTER TABLE "public"."complaint_policies" DROP CONSTRAINT "complaint_policies_site_fkey";

ALTER TABLE "public"."complaints" DROP CONSTRAINT "complaints_org_id_fkey";

ALTER TABLE "public"."complaints" DROP CONSTRAINT "complaints_resident_fkey";

ALTER TABLE "public"."complaints" DROP CONSTRAINT "complaints_site_fkey";

ALTER TABLE "public"."compliance_stats" DROP CONSTRAINT "compliance_stats_org_id_fkey";

ALTER TABLE "public"."compliance_stats" DROP CONSTRAINT "compliance_stats_site_fkey";

ALTER TABLE "public"."daily_notes" DROP CONSTRAINT "daily_notes_corrects_fkey";

ALTER TABLE "public"."daily_notes" DROP CONSTRAINT "daily_notes_org_id_fkey";

ALTER TABLE "public"."daily_notes" DROP CONSTRAINT "daily_notes_resident_fkey";

ALTER TABLE "public"."document_versions" DROP CONSTRAINT "document_versions_document_fkey";

ALTER TABLE "public"."document_versions" DROP CONSTRAINT "document_versions_file_fkey";

ALTER TABLE "public"."document_versions" DROP CONSTRAINT "document_versions_org_id_fkey";

ALTER TABLE "public"."document_versions" DROP CONSTRAINT "document_versions_place_fkey";

ALTER TABLE "public"."document_versions" DROP CONSTRAINT "document_versions_site_fkey";

ALTER TABLE "public"."document_versions" DROP CONSTRAINT "document_versions_user_id_fkey";

ALTER TABLE "public"."documents" DROP CONSTRAINT "documents_org_id_fkey";

ALTER TABLE "public"."documents" DROP CONSTRAINT "documents_resident_fkey";

ALTER TABLE "public"."documents" DROP CONSTRAINT "documents_site_fkey";

ALTER TABLE "public"."documents" DROP CONSTRAINT "documents_user_id_fkey";

ALTER TABLE "public"."file_uploads" DROP CONSTRAINT "file_uploads_org_id_fkey";

ALTER TABLE "public"."file_uploads" DROP CONSTRAINT "file_uploads_resident_fkey";

ALTER TABLE "public"."file_uploads" DROP CONSTRAINT "file_uploads_site_fkey";

ALTER TABLE "public"."file_uploads" DROP CONSTRAINT "file_uploads_uploaded_by_fkey";

ALTER TABLE "public"."handover_acknowledgements" DROP CONSTRAINT "handover_acknowledgements_handover_fkey";

ALTER TABLE "public"."handover_acknowledgements" DROP CONSTRAINT "handover_acknowledgements_org_id_fkey";

ALTER TABLE "public"."handover_acknowledgements" DROP CONSTRAINT "handover_acknowledgements_user_fkey";

ALTER TABLE "public"."handover_items" DROP CONSTRAINT "handover_items_handover_fkey";

ALTER TABLE "public"."handover_items" DROP CONSTRAINT "handover_items_org_id_fkey";

ALTER TABLE "public"."handover_items" DROP CONSTRAINT "handover_items_resident_fkey";

ALTER TABLE "public"."handover_items" DROP CONSTRAINT "handover_items_site_fkey";

ALTER TABLE "public"."handovers" DROP CONSTRAINT "handovers_org_id_fkey";

ALTER TABLE "public"."handovers" DROP CONSTRAINT "handovers_site_fkey";

ALTER TABLE "public"."incident_actions" DROP CONSTRAINT "incident_actions_assigned_to_fkey";

ALTER TABLE "public"."incident_actions" DROP CONSTRAINT "incident_actions_incident_fkey";

ALTER TABLE "public"."incident_actions" DROP CONSTRAINT "incident_actions_org_id_fkey";

ALTER TABLE "public"."incident_calendars" DROP CONSTRAINT "incident_calendars_org_id_fkey";

ALTER TABLE "public"."incident_calendars" DROP CONSTRAINT "incident_calendars_site_fkey";

ALTER TABLE "public"."incident_escalation_steps" DROP CONSTRAINT "incident_escalation_steps_org_id_fkey";

ALTER TABLE "public"."incident_followups" DROP CONSTRAINT "incident_followups_incident_fkey";

ALTER TABLE "public"."incident_followups" DROP CONSTRAINT "incident_followups_org_id_fkey";

ALTER TABLE "public"."incident_notifications_of_regulators" DROP CONSTRAINT "incident_notifications_of_regulators_incident_fkey";

ALTER TABLE "public"."incident_notifications_of_regulators" DROP CONSTRAINT "incident_notifications_of_regulators_org_id_fkey";

ALTER TABLE "public"."incident_people" DROP CONSTRAINT "incident_people_incident_fkey";

ALTER TABLE "public"."incident_people" DROP CONSTRAINT "incident_people_org_id_fkey";

ALTER TABLE "public"."incident_people" DROP CONSTRAINT "incident_people_resident_fkey";

ALTER TABLE "public"."incident_people" DROP CONSTRAINT "incident_people_staff_fkey";

ALTER TABLE "public"."incident_regulator_rules" DROP CONSTRAINT "incident_regulator_rules_org_id_fkey";

ALTER TABLE "public"."incident_sla_policies" DROP CONSTRAINT "incident_sla_policies_org_id_fkey";

ALTER TABLE "public"."incident_timers" DROP CONSTRAINT "incident_timers_incident_fkey";

ALTER TABLE "public"."incident_timers" DROP CONSTRAINT "incident_timers_notification_fkey";

ALTER TABLE "public"."incident_timers" DROP CONSTRAINT "incident_timers_org_id_fkey";

ALTER TABLE "public"."incidents" DROP CONSTRAINT "incidents_assigned_to_fkey";

ALTER TABLE "public"."incidents" DROP CONSTRAINT "incidents_org_id_fkey";

ALTER TABLE "public"."incidents" DROP CONSTRAINT "incidents_reported_by_fkey";

ALTER TABLE "public"."incidents" DROP CONSTRAINT "incidents_site_fkey";

ALTER TABLE "public"."inspection_evidence" DROP CONSTRAINT "inspection_evidence_action_fkey";

ALTER TABLE "public"."inspection_evidence" DROP CONSTRAINT "inspection_evidence_audit_fkey";

ALTER TABLE "public"."inspection_evidence" DROP CONSTRAINT "inspection_evidence_complaint_fkey";

ALTER TABLE "public"."inspection_evidence" DROP CONSTRAINT "inspection_evidence_incident_fkey";

ALTER TABLE "public"."inspection_evidence" DROP CONSTRAINT "inspection_evidence_org_id_fkey";

ALTER TABLE "public"."inspection_evidence" DROP CONSTRAINT "inspection_evidence_site_fkey";

ALTER TABLE "public"."instruments" DROP CONSTRAINT "instruments_subject_type_known";

ALTER TABLE "public"."medication_administrations" DROP CONSTRAINT "medication_administrations_administered_by_fkey";

ALTER TABLE "public"."medication_administrations" DROP CONSTRAINT "medication_administrations_dose_fkey";

ALTER TABLE "public"."medication_administrations" DROP CONSTRAINT "medication_administrations_order_fkey";

ALTER TABLE "public"."medication_administrations" DROP CONSTRAINT "medication_administrations_org_id_fkey";

ALTER TABLE "public"."medication_administrations" DROP CONSTRAINT "medication_administrations_replaces_fkey";

ALTER TABLE "public"."medication_administrations" DROP CONSTRAINT "medication_administrations_resident_fkey";

ALTER TABLE "public"."medication_administrations" DROP CONSTRAINT "medication_administrations_witnessed_by_fkey";

ALTER TABLE "public"."medication_discrepancies" DROP CONSTRAINT "medication_discrepancies_count_fkey";

ALTER TABLE "public"."medication_discrepancies" DROP CONSTRAINT "medication_discrepancies_org_id_fkey";

ALTER TABLE "public"."medication_discrepancies" DROP CONSTRAINT "medication_discrepancies_resident_fkey";

ALTER TABLE "public"."medication_discrepancies" DROP CONSTRAINT "medication_discrepancies_resolved_by_fkey";

ALTER TABLE "public"."medication_discrepancies" DROP CONSTRAINT "medication_discrepancies_site_fkey";

ALTER TABLE "public"."medication_discrepancies" DROP CONSTRAINT "medication_discrepancies_stock_fkey";

ALTER TABLE "public"."medication_doses" DROP CONSTRAINT "medication_doses_order_fkey";

ALTER TABLE "public"."medication_doses" DROP CONSTRAINT "medication_doses_org_id_fkey";

ALTER TABLE "public"."medication_doses" DROP CONSTRAINT "medication_doses_resident_fkey";

ALTER TABLE "public"."medication_effects" DROP CONSTRAINT "medication_effects_administration_fkey";

ALTER TABLE "public"."medication_effects" DROP CONSTRAINT "medication_effects_org_id_fkey";

ALTER TABLE "public"."medication_effects" DROP CONSTRAINT "medication_effects_recorded_by_fkey";

ALTER TABLE "public"."medication_effects" DROP CONSTRAINT "medication_effects_resident_fkey";

ALTER TABLE "public"."medication_order_events" DROP CONSTRAINT "medication_order_events_done_by_fkey";

ALTER TABLE "public"."medication_order_events" DROP CONSTRAINT "medication_order_events_order_fkey";

ALTER TABLE "public"."medication_order_events" DROP CONSTRAINT "medication_order_events_org_id_fkey";

ALTER TABLE "public"."medication_order_events" DROP CONSTRAINT "medication_order_events_resident_fkey";

ALTER TABLE "public"."medication_orders" DROP CONSTRAINT "medication_orders_org_id_fkey";

ALTER TABLE "public"."medication_orders" DROP CONSTRAINT "medication_orders_replaces_fkey";

ALTER TABLE "public"."medication_orders" DROP CONSTRAINT "medication_orders_resident_fkey";

ALTER TABLE "public"."medication_orders" DROP CONSTRAINT "medication_orders_stock_fkey";

ALTER TABLE "public"."medication_stock" DROP CONSTRAINT "medication_stock_org_id_fkey";

ALTER TABLE "public"."medication_stock" DROP CONSTRAINT "medication_stock_resident_fkey";

ALTER TABLE "public"."medication_stock" DROP CONSTRAINT "medication_stock_site_fkey";

ALTER TABLE "public"."medication_stock_counts" DROP CONSTRAINT "medication_stock_counts_org_id_fkey";

ALTER TABLE "public"."medication_stock_counts" DROP CONSTRAINT "medication_stock_counts_recorded_by_fkey";

ALTER TABLE "public"."medication_stock_counts" DROP CONSTRAINT "medication_stock_counts_resident_fkey";

ALTER TABLE "public"."medication_stock_counts" DROP CONSTRAINT "medication_stock_counts_site_fkey";

ALTER TABLE "public"."medication_stock_counts" DROP CONSTRAINT "medication_stock_counts_stock_fkey";

ALTER TABLE "public"."medication_stock_counts" DROP CONSTRAINT "medication_stock_counts_witnessed_by_fkey";

ALTER TABLE "public"."medication_stock_movements" DROP CONSTRAINT "medication_stock_movements_administration_fkey";

ALTER TABLE "public"."medication_stock_movements" DROP CONSTRAINT "medication_stock_movements_discrepancy_fkey";

ALTER TABLE "public"."medication_stock_movements" DROP CONSTRAINT "medication_stock_movements_org_id_fkey";

ALTER TABLE "public"."medication_stock_movements" DROP CONSTRAINT "medication_stock_movements_recorded_by_fkey";

ALTER TABLE "public"."medication_stock_movements" DROP CONSTRAINT "medication_stock_movements_resident_fkey";

ALTER TABLE "public"."medication_stock_movements" DROP CONSTRAINT "medication_stock_movements_site_fkey";

ALTER TABLE "public"."medication_stock_movements" DROP CONSTRAINT "medication_stock_movements_stock_fkey";

ALTER TABLE "public"."medication_stock_movements" DROP CONSTRAINT "medication_stock_movements_witnessed_by_fkey";

ALTER TABLE "public"."notification_preferences" DROP CONSTRAINT "notification_preferences_prompt_hour_range";

ALTER TABLE "public"."nurse_questions" DROP CONSTRAINT "nurse_questions_text_sealed";

ALTER TABLE "public"."occupancy_snapshots" DROP CONSTRAINT "occupancy_snapshots_org_id_fkey";

ALTER TABLE "public"."occupancy_snapshots" DROP CONSTRAINT "occupancy_snapshots_site_fkey";

ALTER TABLE "public"."org_patients" DROP CONSTRAINT "org_patients_site_fkey";

ALTER TABLE "public"."policy_acknowledgements" DROP CONSTRAINT "policy_acknowledgements_org_id_fkey";

ALTER TABLE "public"."policy_acknowledgements" DROP CONSTRAINT "policy_acknowledgements_policy_fkey";

ALTER TABLE "public"."policy_acknowledgements" DROP CONSTRAINT "policy_acknowledgements_user_id_fkey";

ALTER TABLE "public"."policy_documents" DROP CONSTRAINT "policy_documents_file_fkey";

ALTER TABLE "public"."policy_documents" DROP CONSTRAINT "policy_documents_org_id_fkey";

ALTER TABLE "public"."properties" DROP CONSTRAINT "properties_position_whole";

ALTER TABLE "public"."quality_audits" DROP CONSTRAINT "quality_audits_org_id_fkey";

ALTER TABLE "public"."quality_audits" DROP CONSTRAINT "quality_audits_site_fkey";

ALTER TABLE "public"."residency_enquiries" DROP CONSTRAINT "residency_enquiries_org_id_fkey";

ALTER TABLE "public"."residency_enquiries" DROP CONSTRAINT "residency_enquiries_resident_fkey";

ALTER TABLE "public"."residency_enquiries" DROP CONSTRAINT "residency_enquiries_site_fkey";

ALTER TABLE "public"."resident_contacts" DROP CONSTRAINT "resident_contacts_org_id_fkey";

ALTER TABLE "public"."resident_contacts" DROP CONSTRAINT "resident_contacts_resident_fkey";

ALTER TABLE "public"."resident_documents" DROP CONSTRAINT "resident_documents_file_fkey";

ALTER TABLE "public"."resident_documents" DROP CONSTRAINT "resident_documents_org_id_fkey";

ALTER TABLE "public"."resident_documents" DROP CONSTRAINT "resident_documents_resident_fkey";

ALTER TABLE "public"."resident_leaves" DROP CONSTRAINT "resident_leaves_admission_fkey";

ALTER TABLE "public"."resident_leaves" DROP CONSTRAINT "resident_leaves_org_id_fkey";

ALTER TABLE "public"."resident_shares" DROP CONSTRAINT "resident_shares_org_id_fkey";

ALTER TABLE "public"."resident_shares" DROP CONSTRAINT "resident_shares_resident_fkey";

ALTER TABLE "public"."resident_shares" DROP CONSTRAINT "resident_shares_user_id_fkey";

ALTER TABLE "public"."resident_status_history" DROP CONSTRAINT "resident_status_history_org_id_fkey";

ALTER TABLE "public"."resident_status_history" DROP CONSTRAINT "resident_status_history_resident_fkey";

ALTER TABLE "public"."residents" DROP CONSTRAINT "residents_org_id_fkey";

ALTER TABLE "public"."residents" DROP CONSTRAINT "residents_patient_fkey";

ALTER TABLE "public"."org_patients" DROP CONSTRAINT "org_patients_site_key";

ALTER TABLE "public"."residents" DROP CONSTRAINT "residents_site_fkey";

ALTER TABLE "public"."rooms" DROP CONSTRAINT "rooms_org_id_fkey";

ALTER TABLE "public"."rooms" DROP CONSTRAINT "rooms_site_fkey";

ALTER TABLE "public"."rota_proposal_lines" DROP CONSTRAINT "rota_proposal_lines_assignee_fkey";

ALTER TABLE "public"."rota_proposal_lines" DROP CONSTRAINT "rota_proposal_lines_org_id_fkey";

ALTER TABLE "public"."rota_proposal_lines" DROP CONSTRAINT "rota_proposal_lines_proposal_fkey";

ALTER TABLE "public"."rota_proposal_lines" DROP CONSTRAINT "rota_proposal_lines_shift_fkey";

ALTER TABLE "public"."rota_proposals" DROP CONSTRAINT "rota_proposals_org_id_fkey";

ALTER TABLE "public"."rota_proposals" DROP CONSTRAINT "rota_proposals_rota_week_fkey";

ALTER TABLE "public"."rota_weeks" DROP CONSTRAINT "rota_weeks_org_id_fkey";

ALTER TABLE "public"."rota_weeks" DROP CONSTRAINT "rota_weeks_site_fkey";

ALTER TABLE "public"."shift_assignments" DROP CONSTRAINT "shift_assignments_org_id_fkey";

ALTER TABLE "public"."shift_assignments" DROP CONSTRAINT "shift_assignments_shift_fkey";

ALTER TABLE "public"."shift_assignments" DROP CONSTRAINT "shift_assignments_user_fkey";

ALTER TABLE "public"."shift_attendance" DROP CONSTRAINT "shift_attendance_assignment_fkey";

ALTER TABLE "public"."shift_attendance" DROP CONSTRAINT "shift_attendance_org_id_fkey";

ALTER TABLE "public"."shift_attendance" DROP CONSTRAINT "shift_attendance_user_fkey";

ALTER TABLE "public"."shift_offers" DROP CONSTRAINT "shift_offers_claimed_by_fkey";

ALTER TABLE "public"."shift_offers" DROP CONSTRAINT "shift_offers_org_id_fkey";

ALTER TABLE "public"."shift_offers" DROP CONSTRAINT "shift_offers_shift_fkey";

ALTER TABLE "public"."shift_swaps" DROP CONSTRAINT "shift_swaps_assignment_fkey";

ALTER TABLE "public"."shift_swaps" DROP CONSTRAINT "shift_swaps_org_id_fkey";

ALTER TABLE "public"."shift_swaps" DROP CONSTRAINT "shift_swaps_user_fkey";

ALTER TABLE "public"."shift_swaps" DROP CONSTRAINT "shift_swaps_with_assignment_fkey";

ALTER TABLE "public"."shift_swaps" DROP CONSTRAINT "shift_swaps_with_user_fkey";

ALTER TABLE "public"."shift_templates" DROP CONSTRAINT "shift_templates_org_id_fkey";

ALTER TABLE "public"."shift_templates" DROP CONSTRAINT "shift_templates_site_fkey";

ALTER TABLE "public"."shifts" DROP CONSTRAINT "shifts_org_id_fkey";

ALTER TABLE "public"."shifts" DROP CONSTRAINT "shifts_rota_week_fkey";

ALTER TABLE "public"."shifts" DROP CONSTRAINT "shifts_site_fkey";

ALTER TABLE "public"."shifts" DROP CONSTRAINT "shifts_template_fkey";

ALTER TABLE "public"."site_registrations" DROP CONSTRAINT "site_registrations_org_id_fkey";

ALTER TABLE "public"."site_registrations" DROP CONSTRAINT "site_registrations_site_fkey";

ALTER TABLE "public"."sites" DROP CONSTRAINT "sites_telephone_length";

ALTER TABLE "public"."sites" DROP CONSTRAINT "sites_website_form";

ALTER TABLE "public"."staff_availability" DROP CONSTRAINT "staff_availability_org_id_fkey";

ALTER TABLE "public"."staff_availability" DROP CONSTRAINT "staff_availability_user_fkey";

ALTER TABLE "public"."staff_checks" DROP CONSTRAINT "staff_checks_evidence_document_fkey";

ALTER TABLE "public"."staff_checks" DROP CONSTRAINT "staff_checks_org_id_fkey";

ALTER TABLE "public"."staff_checks" DROP CONSTRAINT "staff_checks_user_id_fkey";

ALTER TABLE "public"."staff_contracts" DROP CONSTRAINT "staff_contracts_org_id_fkey";

ALTER TABLE "public"."staff_contracts" DROP CONSTRAINT "staff_contracts_site_fkey";

ALTER TABLE "public"."staff_contracts" DROP CONSTRAINT "staff_contracts_user_fkey";

ALTER TABLE "public"."staff_members" DROP CONSTRAINT "staff_members_org_id_fkey";

ALTER TABLE "public"."staff_members" DROP CONSTRAINT "staff_members_user_id_fkey";

ALTER TABLE "public"."supervisions" DROP CONSTRAINT "supervisions_org_id_fkey";

ALTER TABLE "public"."supervisions" DROP CONSTRAINT "supervisions_site_fkey";

ALTER TABLE "public"."supervisions" DROP CONSTRAINT "supervisions_supervisor_id_fkey";

ALTER TABLE "public"."supervisions" DROP CONSTRAINT "supervisions_user_id_fkey";

ALTER TABLE "public"."training_courses" DROP CONSTRAINT "training_courses_org_id_fkey";

ALTER TABLE "public"."training_records" DROP CONSTRAINT "training_records_course_fkey";

ALTER TABLE "public"."training_records" DROP CONSTRAINT "training_records_evidence_document_fkey";

ALTER TABLE "public"."training_records" DROP CONSTRAINT "training_records_org_id_fkey";

ALTER TABLE "public"."training_records" DROP CONSTRAINT "training_records_user_id_fkey";

ALTER TABLE "public"."training_requirements" DROP CONSTRAINT "training_requirements_course_fkey";

ALTER TABLE "public"."training_requirements" DROP CONSTRAINT "training_requirements_org_id_fkey";

ALTER TABLE "public"."waitlist_entries" DROP CONSTRAINT "waitlist_entries_enquiry_fkey";

ALTER TABLE "public"."waitlist_entries" DROP CONSTRAINT "waitlist_entries_org_id_fkey";

ALTER TABLE "public"."waitlist_entries" DROP CONSTRAINT "waitlist_entries_site_fkey";

DROP FUNCTION "app"."accept_bed_offer"(uuid, date, date);

DROP FUNCTION "app"."accept_swap"(uuid, boolean);

DROP FUNCTION "app"."acknowledge_care_plan"(uuid);

DROP FUNCTION "app"."acknowledge_complaint"(uuid);

DROP FUNCTION "app"."acknowledge_handover"(uuid);

DROP FUNCTION "app"."acknowledge_incident"(uuid, uuid);

DROP FUNCTION "app"."add_audit_action"(uuid, text, date, uuid);

DROP FUNCTION "app"."add_care_plan_task"(public.care_plan_tasks);

DROP FUNCTION "app"."add_document"(uuid, text, text, uuid, uuid, date, uuid);

DROP FUNCTION "app"."add_handover_item"(uuid, text, uuid, public.handover_priority);

DROP FUNCTION "app"."add_incident_action"(uuid, uuid, text, timestamp with time zone);

DROP FUNCTION "app"."add_incident_followup"(uuid, text);

DROP FUNCTION "app"."add_incident_note"(public.incidents, public.incident_followup_kind, text);

DROP FUNCTION "app"."add_incident_person"(public.incidents, text, uuid, uuid, text, timestamp with time zone);

DROP FUNCTION "app"."add_policy"(text, text, uuid, date, text, smallint, public.app_role[]);

DROP FUNCTION "app"."add_resident_document"(uuid, uuid, public.resident_document_category, text, boolean, date, uuid);

DROP FUNCTION "app"."add_supervision"(uuid, uuid, public.supervision_kind, date, text, date);

DROP FUNCTION "app"."add_working_days"(date, integer, smallint[], date[]);

DROP FUNCTION "app"."add_working_minutes"(timestamp with time zone, integer, text, smallint[], time without time zone, time without time zone, date[]);

DROP FUNCTION "app"."admit_resident"(uuid, uuid, uuid, public.admission_kind, timestamp with time zone, date);

DROP FUNCTION "app"."alert_of_incident"(public.incidents);

DROP FUNCTION "app"."answer_option"(app.instrument_items, jsonb, jsonb);

DROP FUNCTION "app"."apply_rota_proposal"(uuid);

DROP FUNCTION "app"."approve_swap"(uuid, boolean);

DROP FUNCTION "app"."are_body_points"(jsonb);

DROP FUNCTION "app"."are_incident_people"(jsonb);

DROP FUNCTION "app"."assessed_grades"(uuid, jsonb, jsonb);

DROP FUNCTION "app"."assessment_rule"(uuid, text, text, numeric);

DROP FUNCTION "app"."assessment_rules_of"(uuid);

DROP FUNCTION "app"."assign_shift"(uuid, uuid);

DROP FUNCTION "app"."assignment_faults"(uuid, uuid, uuid, uuid[]);

DROP FUNCTION "app"."bare_answers"(jsonb);

DROP FUNCTION "app"."begin_stay"(public.beds, public.residents, public.bed_stays, uuid, public.admission_kind, timestamp with time zone, date);

DROP FUNCTION "app"."book_shift"(public.shifts, uuid);

DROP FUNCTION "app"."bucket_rules"();

DROP FUNCTION "app"."build_handover"(uuid, timestamp with time zone, timestamp with time zone);

DROP FUNCTION "app"."can_be_given_care_tasks"(uuid, uuid, uuid);

DROP FUNCTION "app"."cancel_admission"(uuid);

DROP FUNCTION "app"."cancel_shift"(uuid);

DROP FUNCTION "app"."care_plan_review_due"(uuid, public.care_plan_risk_level, date);

DROP FUNCTION "app"."care_signer"();

DROP FUNCTION "app"."care_site"(uuid);

DROP FUNCTION "app"."carry_out_swap"(public.shift_swaps);

DROP FUNCTION "app"."change_medication_order_status"(uuid, public.medication_order_status, text);

DROP FUNCTION "app"."check_assignment"(uuid, uuid);

DROP FUNCTION "app"."check_care_plan_content"(bytea);

DROP FUNCTION "app"."check_details"(bytea, jsonb);

DROP FUNCTION "app"."check_dose_open"(public.medication_doses, public.medication_administration_status, timestamp with time zone);

DROP FUNCTION "app"."check_file"(uuid, uuid, public.storage_bucket, uuid);

DROP FUNCTION "app"."check_length"(text, bytea, integer);

DROP FUNCTION "app"."check_medication_order"(public.medication_orders, text);

DROP FUNCTION "app"."check_moment"(text, timestamp with time zone);

DROP FUNCTION "app"."check_order_stock"(uuid, public.medication_orders);

DROP FUNCTION "app"."check_recurrence"(boolean, text);

DROP FUNCTION "app"."check_remedy"(public.medication_orders, uuid);

DROP FUNCTION "app"."claim_shift"(uuid);

DROP FUNCTION "app"."clock_in"(uuid);

DROP FUNCTION "app"."clock_out"(uuid);

DROP FUNCTION "app"."close_care_plan_task"(public.care_plan_tasks);

DROP FUNCTION "app"."close_incident"(uuid, text);

DROP FUNCTION "app"."close_leave"(uuid, uuid, timestamp with time zone);

DROP FUNCTION "app"."close_offer"(public.bed_offers, public.bed_offer_status);

DROP FUNCTION "app"."complaint_policy"(uuid, uuid);

DROP FUNCTION "app"."complete_audit_action"(uuid);

DROP FUNCTION "app"."complete_care_plan_review"(uuid, public.care_plan_review_outcome, text);

DROP FUNCTION "app"."complete_incident_action"(uuid);

DROP FUNCTION "app"."compliance_of"(uuid);

DROP FUNCTION "app"."corrected_at"(uuid, text, uuid);

DROP FUNCTION "app"."count_compliance"(uuid, date, text[], uuid[]);

DROP FUNCTION "app"."count_occupancy"(uuid, uuid[]);

DROP FUNCTION "app"."create_medication_order"(public.medication_orders, text);

DROP FUNCTION "app"."create_medication_stock"(uuid, uuid, text, text, boolean, numeric);

DROP FUNCTION "app"."current_admission"(uuid);

DROP FUNCTION "app"."day_of_site"(uuid, uuid, timestamp with time zone);

DROP FUNCTION "app"."decline_bed_offer"(uuid);

DROP FUNCTION "app"."default_assessment_rules"();

DROP FUNCTION "app"."default_incident_chain"();

DROP FUNCTION "app"."default_incident_sla"();

DROP FUNCTION "app"."describe_incidents"(uuid[]);

DROP FUNCTION "app"."difference_to_adjust"(public.medication_stock, uuid);

DROP FUNCTION "app"."discard_care_plan_draft"(uuid);

DROP FUNCTION "app"."discharge_resident"(uuid, public.discharge_reason, public.discharge_destination, timestamp with time zone, text);

DROP FUNCTION "app"."dose_horizon"();

DROP FUNCTION "app"."draft_care_plan"(uuid);

DROP FUNCTION "app"."drafted_options"(jsonb);

DROP FUNCTION "app"."due_prompts"(uuid, date, integer);

DROP FUNCTION "app"."due_question_prompts"(uuid, date, integer);

DROP FUNCTION "app"."due_snapshots"(uuid);

DROP FUNCTION "app"."due_training_reminders"(uuid, date, integer);

DROP FUNCTION "app"."emit_incident_event"(public.incidents, text);

DROP FUNCTION "app"."end_assessment_follow_up"(uuid);

DROP FUNCTION "app"."end_assignments"(uuid, uuid[]);

DROP FUNCTION "app"."end_care_plan"(uuid);

DROP FUNCTION "app"."end_care_plan_task"(uuid);

DROP FUNCTION "app"."end_leave"(uuid, timestamp with time zone);

DROP FUNCTION "app"."end_waiting"(uuid, uuid, public.waitlist_status);

DROP FUNCTION "app"."enrol_resident"(uuid, uuid, text);

DROP FUNCTION "app"."extend_stay"(uuid, date);

DROP FUNCTION "app"."fhir_measure"(app.instrument_items);

DROP FUNCTION "app"."fhir_range"(app.instrument_options, jsonb);

DROP FUNCTION "app"."file_at"(text, text);

DROP FUNCTION "app"."find_care_plan"(uuid);

DROP FUNCTION "app"."find_care_plan_draft"(uuid);

DROP FUNCTION "app"."find_care_task"(uuid);

DROP FUNCTION "app"."find_complaint"(uuid);

DROP FUNCTION "app"."find_incident"(uuid, public.app_role[]);

DROP FUNCTION "app"."find_resident_instrument"(text);

DROP FUNCTION "app"."find_rota_week"(uuid, uuid, date);

DROP FUNCTION "app"."find_stock"(uuid);

DROP FUNCTION "app"."finish_task"(uuid, public.care_task_status, public.care_task_skip_reason, text);

DROP FUNCTION "app"."fire_incident_timer"(public.incident_timers);

DROP FUNCTION "app"."follow_order_status"(public.medication_orders);

DROP FUNCTION "app"."follow_posts"();

DROP FUNCTION "app"."follow_up_assessment"(public.assessments);

DROP FUNCTION "app"."generate_care_task"(public.care_plan_tasks, date);

DROP FUNCTION "app"."given_supervisions"(public.access_purpose, integer, uuid);

DROP FUNCTION "app"."gives_care_at"(uuid);

DROP FUNCTION "app"."graded"(uuid, jsonb, jsonb);

DROP FUNCTION "app"."guard_question"();

DROP FUNCTION "app"."handover_events"(uuid, uuid, timestamp with time zone, timestamp with time zone);

DROP FUNCTION "app"."has_care_homes"(uuid);

DROP FUNCTION "app"."has_form"(jsonb, jsonb);

DROP FUNCTION "app"."hold_handover"(uuid);

DROP FUNCTION "app"."hours_begun"(uuid, timestamp with time zone);

DROP FUNCTION "app"."incident_calendar"(uuid, uuid);

DROP FUNCTION "app"."incident_chain"(uuid, public.incident_severity);

DROP FUNCTION "app"."incident_due_at"(uuid, uuid, timestamp with time zone, integer, boolean);

DROP FUNCTION "app"."incident_recipients"(public.incidents, public.incident_escalation_target, public.incident_step);

DROP FUNCTION "app"."incident_sites"();

DROP FUNCTION "app"."incident_sla"(uuid, public.incident_severity);

DROP FUNCTION "app"."is_bed_free"(uuid, uuid);

DROP FUNCTION "app"."is_care_on"(uuid);

DROP FUNCTION "app"."is_evidence"(uuid, uuid, public.evidence_kind, uuid);

DROP FUNCTION "app"."is_quantity"(numeric);

DROP FUNCTION "app"."is_staff_role"(public.app_role);

DROP FUNCTION "app"."is_step_done"(public.incidents, public.incident_step);

DROP FUNCTION "app"."job_expire_bed_offers"(uuid, integer);

DROP FUNCTION "app"."job_fire_incident_timers"(integer);

DROP FUNCTION "app"."job_generate_care_tasks"(uuid, integer);

DROP FUNCTION "app"."job_mark_missed_doses"(uuid, integer);

DROP FUNCTION "app"."job_plan_medication_doses"(uuid, integer);

DROP FUNCTION "app"."job_prompt_providers"(uuid, integer, timestamp with time zone);

DROP FUNCTION "app"."job_refresh_occupancy_history"();

DROP FUNCTION "app"."job_remind_compliance"(uuid);

DROP FUNCTION "app"."job_remind_medication"(uuid, integer);

DROP FUNCTION "app"."job_remind_training"(uuid, integer);

DROP FUNCTION "app"."job_resolve_overdue_tasks"(uuid, integer);

DROP FUNCTION "app"."job_snapshot_occupancy"(uuid, integer);

DROP FUNCTION "app"."job_tell_care_reviews"(uuid, integer);

DROP FUNCTION "app"."job_watch_shifts"(integer);

DROP FUNCTION "app"."keep_assessed"(uuid, text, jsonb, jsonb, timestamp with time zone, text, uuid);

DROP FUNCTION "app"."kept_bed"(uuid, uuid);

DROP FUNCTION "app"."late_assignments"(uuid, integer);

DROP FUNCTION "app"."latest_stay"(uuid);

DROP FUNCTION "app"."leave_site"(uuid, uuid);

DROP FUNCTION "app"."leave_waitlist"(uuid);

DROP FUNCTION "app"."link_inspection_evidence"(uuid, public.key_question, public.evidence_kind, uuid, text, date);

DROP FUNCTION "app"."linked_incidents"(uuid, integer, uuid);

DROP FUNCTION "app"."linked_medication"(uuid, public.access_purpose);

DROP FUNCTION "app"."list_my_shares"();

DROP FUNCTION "app"."list_my_swaps"(integer, uuid);

DROP FUNCTION "app"."list_roster_week"(uuid, date, integer, uuid);

DROP FUNCTION "app"."list_staff_availability"(uuid, timestamp with time zone, timestamp with time zone, integer, uuid);

DROP FUNCTION "app"."lock_administration"(uuid);

DROP FUNCTION "app"."lock_as_needed_order"(uuid, uuid);

DROP FUNCTION "app"."lock_assessment_schedule"(public.assessments);

DROP FUNCTION "app"."lock_beds"(uuid[]);

DROP FUNCTION "app"."lock_for_availability"(uuid, uuid, tstzrange);

DROP FUNCTION "app"."lock_my_shift"(uuid);

DROP FUNCTION "app"."lock_proposal"(uuid, uuid, uuid);

DROP FUNCTION "app"."lock_shift"(uuid);

DROP FUNCTION "app"."lock_staff"(uuid, uuid[]);

DROP FUNCTION "app"."lock_stock"(uuid, uuid);

DROP FUNCTION "app"."lock_swap"(uuid, uuid[]);

DROP FUNCTION "app"."managers_of"(uuid, uuid, date);

DROP FUNCTION "app"."may_incident_become"(public.incident_status, public.incident_status);

DROP FUNCTION "app"."may_read_object"(text, text);

DROP FUNCTION "app"."may_read_staff"(uuid);

DROP FUNCTION "app"."may_write_object"(text, text);

DROP FUNCTION "app"."measure_faults"(uuid);

DROP FUNCTION "app"."measured_value"(app.instrument_items, jsonb);

DROP FUNCTION "app"."moment_on"(uuid, date);

DROP FUNCTION "app"."move_assessment_schedule"(uuid, uuid, timestamp with time zone);

DROP FUNCTION "app"."move_stock"(uuid, uuid, public.stock_movement_kind, numeric, timestamp with time zone, text, uuid, uuid, uuid);

DROP FUNCTION "app"."my_assignment"(uuid);

DROP FUNCTION "app"."my_occupancy"(uuid);

DROP FUNCTION "app"."my_residents"(public.resident_topic);

DROP FUNCTION "app"."newcomer"(public.residency_enquiries, uuid);

DROP FUNCTION "app"."newest_assessment"(uuid, uuid, text);

DROP FUNCTION "app"."next_as_needed_at"(public.medication_orders, numeric, timestamp with time zone);

DROP FUNCTION "app"."no_place"();

DROP FUNCTION "app"."note_death"(uuid, uuid, timestamp with time zone);

DROP FUNCTION "app"."note_order_event"(public.medication_orders, public.medication_order_change, text);

DROP FUNCTION "app"."occupancy_board"(uuid, integer, uuid);

DROP FUNCTION "app"."occupancy_months"(uuid, date, date, integer);

DROP FUNCTION "app"."occupancy_sites"();

DROP FUNCTION "app"."occupancy_snapshot"(uuid, date);

DROP FUNCTION "app"."offer_bed"(uuid, uuid, integer);

DROP FUNCTION "app"."offer_freed_bed"(uuid, uuid, integer, uuid);

DROP FUNCTION "app"."offer_shift"(uuid, timestamp with time zone);

DROP FUNCTION "app"."open_admissions"(uuid[], public.access_purpose, uuid[]);

DROP FUNCTION "app"."open_assessments"(uuid[], public.access_purpose, uuid[]);

DROP FUNCTION "app"."open_care_plan_reviews"(uuid[], public.access_purpose, uuid[]);

DROP FUNCTION "app"."open_care_plan_task_occurrences"(uuid[], public.access_purpose, uuid[]);

DROP FUNCTION "app"."open_care_plan_tasks"(uuid[], public.access_purpose, uuid[]);

DROP FUNCTION "app"."open_care_plan_versions"(uuid[], public.access_purpose, uuid[]);

DROP FUNCTION "app"."open_complaints"(uuid[], public.access_purpose, uuid[]);

DROP FUNCTION "app"."open_daily_notes"(uuid[], public.access_purpose, uuid[]);

DROP FUNCTION "app"."open_discrepancy"(public.medication_stock_counts);

DROP FUNCTION "app"."open_documents"(uuid[], public.access_purpose, uuid[]);

DROP FUNCTION "app"."open_file_uploads"(uuid[], public.access_purpose, uuid[]);

DROP FUNCTION "app"."open_handover_items"(uuid[], public.access_purpose, uuid[]);

DROP FUNCTION "app"."open_incident_actions"(uuid[], public.access_purpose, uuid[]);

DROP FUNCTION "app"."open_incident_followups"(uuid[], public.access_purpose, uuid[]);

DROP FUNCTION "app"."open_incident_people"(uuid[], public.access_purpose, uuid[]);

DROP FUNCTION "app"."open_incidents"(uuid[], public.access_purpose, uuid[]);

DROP FUNCTION "app"."open_medication_administrations"(uuid[], public.access_purpose, uuid[]);

DROP FUNCTION "app"."open_medication_discrepancies"(uuid[], public.access_purpose, uuid[]);

DROP FUNCTION "app"."open_medication_effects"(uuid[], public.access_purpose, uuid[]);

DROP FUNCTION "app"."open_medication_order_events"(uuid[], public.access_purpose, uuid[]);

DROP FUNCTION "app"."open_medication_orders"(uuid[], public.access_purpose, uuid[]);

DROP FUNCTION "app"."open_medication_stock"(uuid[], public.access_purpose, uuid[]);

DROP FUNCTION "app"."open_medication_stock_movements"(uuid[], public.access_purpose, uuid[]);

DROP FUNCTION "app"."open_nurse_questions"(uuid[], public.access_purpose);

DROP FUNCTION "app"."open_quality_audits"(uuid[], public.access_purpose, uuid[]);

DROP FUNCTION "app"."open_residency_enquiries"(uuid[], public.access_purpose, uuid[]);

DROP FUNCTION "app"."open_resident_contacts"(uuid[], public.access_purpose, uuid[]);

DROP FUNCTION "app"."open_resident_documents"(uuid[], public.access_purpose, uuid[]);

DROP FUNCTION "app"."open_residents"(uuid[], public.access_purpose, uuid[]);

DROP FUNCTION "app"."open_staff_checks"(uuid[], public.access_purpose, uuid[]);

DROP FUNCTION "app"."open_supervisions"(uuid[], public.access_purpose, uuid[]);

DROP FUNCTION "app"."orders_of_same_medicine"(uuid, uuid);

DROP FUNCTION "app"."place_resident"(public.beds, uuid, public.residents, tstzrange, boolean, uuid);

DROP FUNCTION "app"."plan_doses"(uuid, uuid[], timestamp with time zone);

DROP FUNCTION "app"."plan_rota"(uuid, date);

DROP FUNCTION "app"."plans_care_at"(uuid);

DROP FUNCTION "app"."policies_in_force"(uuid, date);

DROP FUNCTION "app"."policy_readers"(uuid, uuid, integer, uuid);

DROP FUNCTION "app"."prompted_at"(uuid, integer);

DROP FUNCTION "app"."providers_needing_help"(public.access_purpose, integer, numeric, uuid);

DROP FUNCTION "app"."publish_care_plan"(uuid, integer);

DROP FUNCTION "app"."publish_rota"(uuid, date);

DROP FUNCTION "app"."read_daily_notes_restricted"(uuid[]);

DROP FUNCTION "app"."read_recurrence"(text, text);

DROP FUNCTION "app"."read_recurrence_days"(app.recurrence, text);

DROP FUNCTION "app"."read_recurrence_exceptions"(app.recurrence, text[]);

DROP FUNCTION "app"."reassign_task"(uuid, uuid);

DROP FUNCTION "app"."record_administration"(public.medication_administrations);

DROP FUNCTION "app"."record_as_needed"(public.medication_administrations, uuid);

DROP FUNCTION "app"."record_complaint"(uuid, public.complaint_kind, public.complaint_source, text, date, text, uuid);

DROP FUNCTION "app"."record_effect"(uuid, public.medication_effect_grade, text);

DROP FUNCTION "app"."record_incident_person"(uuid, public.incident_person_role, uuid, uuid, text, timestamp with time zone);

DROP FUNCTION "app"."record_quality_audit"(uuid, text, date, text, public.key_question[], numeric, date);

DROP FUNCTION "app"."record_regulator_notification"(uuid, timestamp with time zone, text);

DROP FUNCTION "app"."record_scan"(uuid, uuid, public.scan_status);

DROP FUNCTION "app"."record_stock_count"(uuid, numeric, uuid);

DROP FUNCTION "app"."record_stock_movement"(uuid, public.stock_movement_kind, numeric, uuid, text, uuid);

DROP FUNCTION "app"."recorded_administration"(uuid);

DROP FUNCTION "app"."recurrence_days"(app.recurrence, timestamp without time zone, date, date);

DROP FUNCTION "app"."recurrence_moment"(text);

DROP FUNCTION "app"."recurrence_numbers"(text, integer, integer, boolean);

DROP FUNCTION "app"."recurrence_period"(app.recurrence, timestamp without time zone);

DROP FUNCTION "app"."recurrence_times"(app.recurrence, timestamp without time zone, timestamp without time zone, timestamp without time zone);

DROP FUNCTION "app"."recurrence_until"(text, text);

DROP FUNCTION "app"."recurrence_weekday"(text);

DROP FUNCTION "app"."refresh_compliance"(uuid, text[], uuid[]);

DROP FUNCTION "app"."refresh_compliance_of"(uuid, text[], uuid[]);

DROP FUNCTION "app"."refuse_care_assignee"();

DROP FUNCTION "app"."refuse_faults"(uuid, uuid, uuid, uuid[]);

DROP FUNCTION "app"."refuse_stay"(text);

DROP FUNCTION "app"."refuse_unavailable"(uuid, uuid, date);

DROP FUNCTION "app"."regrade_incident"(uuid, public.incident_severity);

DROP FUNCTION "app"."remind_of_witnesses"(uuid, integer);

DROP FUNCTION "app"."remove_beds"(uuid);

DROP FUNCTION "app"."remove_incident_escalation_steps"(uuid);

DROP FUNCTION "app"."remove_incident_regulator_rules"(uuid);

DROP FUNCTION "app"."remove_inspection_evidence"(uuid);

DROP FUNCTION "app"."remove_rooms"(uuid);

DROP FUNCTION "app"."remove_site_registrations"(uuid);

DROP FUNCTION "app"."remove_training_requirements"(uuid);

DROP FUNCTION "app"."removed_beds"(integer);

DROP FUNCTION "app"."removed_rooms"(integer);

DROP FUNCTION "app"."removed_site_registrations"(integer);

DROP FUNCTION "app"."removed_training_requirements"(integer);

DROP FUNCTION "app"."reopen_incident"(uuid, text);

DROP FUNCTION "app"."replace_medication_order"(uuid, public.medication_orders, text);

DROP FUNCTION "app"."report_discrepancy"(uuid, uuid, uuid);

DROP FUNCTION "app"."report_incident"(uuid, public.incident_kind, public.incident_severity, timestamp with time zone, text, public.incident_severity, jsonb, jsonb, boolean, uuid);

DROP FUNCTION "app"."request_swap"(uuid, uuid, uuid);

DROP FUNCTION "app"."require_bed"(uuid);

DROP FUNCTION "app"."require_bucket"(public.storage_bucket, uuid, uuid);

DROP FUNCTION "app"."require_carer"();

DROP FUNCTION "app"."require_consent"(uuid);

DROP FUNCTION "app"."require_enquiry"(uuid);

DROP FUNCTION "app"."require_medication_signer"();

DROP FUNCTION "app"."require_offer"(uuid);

DROP FUNCTION "app"."require_open_handover"(public.handovers);

DROP FUNCTION "app"."require_resident"(uuid, public.app_role[]);

DROP FUNCTION "app"."require_rota_site"(uuid);

DROP FUNCTION "app"."require_subject"(uuid, text);

DROP FUNCTION "app"."require_witness"(uuid, uuid);

DROP FUNCTION "app"."reserve_bed"(uuid, date, date, uuid, uuid, public.admission_kind);

DROP FUNCTION "app"."resolve_medication_discrepancy"(uuid, public.discrepancy_status, text);

DROP FUNCTION "app"."respond_complaint"(uuid, text, public.complaint_outcome);

DROP FUNCTION "app"."restore_beds"(uuid);

DROP FUNCTION "app"."restore_rooms"(uuid);

DROP FUNCTION "app"."restore_site_registrations"(uuid);

DROP FUNCTION "app"."restore_training_requirements"(uuid);

DROP FUNCTION "app"."restrict_incident"(uuid, boolean);

DROP FUNCTION "app"."review_incident"(uuid, text);

DROP FUNCTION "app"."roster_crew"(uuid, uuid);

DROP FUNCTION "app"."rota_candidates"(uuid, uuid);

DROP FUNCTION "app"."rota_open_shifts"(uuid, uuid);

DROP FUNCTION "app"."rota_people"(uuid, uuid, date);

DROP FUNCTION "app"."rota_zone"(uuid, uuid);

DROP FUNCTION "app"."save_care_plan_draft"(uuid, jsonb, jsonb, integer, uuid, jsonb);

DROP FUNCTION "app"."save_rota_proposal"(uuid, uuid, boolean, jsonb);

DROP FUNCTION "app"."schedule_assessment"(uuid, text, interval, timestamp with time zone, boolean);

DROP FUNCTION "app"."schedule_care_plan_review"(public.care_plan_versions);

DROP FUNCTION "app"."seal_nurse_questions"();

DROP FUNCTION "app"."sees_draft_rotas"();

DROP FUNCTION "app"."set_my_availability"(timestamp with time zone, timestamp with time zone, public.availability_kind);

DROP FUNCTION "app"."settle_enquiry"(uuid, uuid, uuid);

DROP FUNCTION "app"."settle_upload"(uuid);

DROP FUNCTION "app"."share_resident"(uuid, uuid, public.resident_topic[], text, timestamp with time zone);

DROP FUNCTION "app"."signing_staff"();

DROP FUNCTION "app"."site_moment"(uuid, uuid, date, time without time zone);

DROP FUNCTION "app"."site_zone"(uuid, uuid);

DROP FUNCTION "app"."snapshot_of"(uuid, uuid, date);

DROP FUNCTION "app"."spo2_scale"(jsonb);

DROP FUNCTION "app"."staff_posts"(uuid, date, uuid, uuid[]);

DROP FUNCTION "app"."staff_terms"(uuid, uuid, date);

DROP FUNCTION "app"."start_care_plan"(uuid, public.care_plan_type, public.care_plan_risk_level, jsonb);

DROP FUNCTION "app"."start_incident_timers"(public.incidents, timestamp with time zone);

DROP FUNCTION "app"."start_leave"(uuid, public.leave_kind, timestamp with time zone, timestamp with time zone);

DROP FUNCTION "app"."start_regulator_clocks"(public.incidents, timestamp with time zone);

DROP FUNCTION "app"."stock_quantity"(uuid, uuid);

DROP FUNCTION "app"."stop_incident_timers"(uuid, uuid, public.incident_step, uuid);

DROP FUNCTION "app"."stored_object"(public.storage_bucket, text);

DROP FUNCTION "app"."sync_buckets"();

DROP FUNCTION "app"."take_task"(uuid);

DROP FUNCTION "app"."tell_care_managers"(uuid, uuid, text, text, text, text);

DROP FUNCTION "app"."tell_care_site"(uuid, uuid, public.app_role[], text, text, text, text, text, public.notification_priority);

DROP FUNCTION "app"."tell_late_shift"(uuid, uuid, uuid, uuid, integer);

DROP FUNCTION "app"."tell_of_assessment"(public.assessments, public.app_role[]);

DROP FUNCTION "app"."tell_of_incident"(public.incidents, uuid[], text, text, text, text);

DROP FUNCTION "app"."tell_of_offer"(public.bed_offers);

DROP FUNCTION "app"."tell_staff"(uuid, uuid[], text, text);

DROP FUNCTION "app"."time_faults"(uuid, uuid, tstzrange, date, integer, integer, integer, uuid[]);

DROP FUNCTION "app"."training_cells"(uuid, date, uuid, text[], uuid[]);

DROP FUNCTION "app"."training_demands"(uuid, date, uuid, text[], uuid[]);

DROP FUNCTION "app"."training_gaps"(uuid, uuid, date);

DROP FUNCTION "app"."training_held"(uuid, date, uuid[], text[]);

DROP FUNCTION "app"."training_matrix"(uuid, integer, uuid);

DROP FUNCTION "app"."training_of"(uuid, integer, uuid);

DROP FUNCTION "app"."training_reminder_key"(uuid, integer, uuid);

DROP FUNCTION "app"."training_standing"(date, date);

DROP FUNCTION "app"."training_step"(date, date);

DROP FUNCTION "app"."transfer_resident"(uuid, uuid, timestamp with time zone);

DROP FUNCTION "app"."unassign_shift"(uuid);

DROP FUNCTION "app"."wall_moment"(timestamp without time zone, text);

DROP FUNCTION "app"."was_offered"(uuid, uuid, uuid);

DROP FUNCTION "app"."weeks_of_person"(uuid, uuid, tstzrange);

DROP FUNCTION "app"."with_spo2_scale"(uuid, uuid, jsonb);

DROP FUNCTION "app"."withdraw_share"(uuid);

DROP FUNCTION "app"."withdraw_shift_offer"(uuid);

DROP FUNCTION "app"."withheld_beds"(uuid, uuid[]);

DROP FUNCTION "app"."without_exceptions"(app.recurrence);

DROP FUNCTION "app"."witness_administration"(uuid, boolean);

DROP FUNCTION "app"."witness_stock_count"(uuid, boolean);

DROP FUNCTION "app"."witness_stock_movement"(uuid, boolean);

DROP FUNCTION "app"."works_at"(uuid, uuid, uuid);

DROP FUNCTION "app"."works_at"(uuid, uuid, uuid, tstzrange);

DROP FUNCTION "app"."write_administration"(public.medication_orders, uuid, public.medication_administrations);

DROP FUNCTION "public"."accept_bed_offer"(uuid, date, date);

DROP FUNCTION "public"."accept_swap"(uuid, boolean);

DROP FUNCTION "public"."acknowledge_care_plan"(uuid);

DROP FUNCTION "public"."acknowledge_complaint"(uuid);

DROP FUNCTION "public"."acknowledge_handover"(uuid);

DROP FUNCTION "public"."acknowledge_incident"(uuid, uuid);

DROP FUNCTION "public"."acknowledge_policy"(uuid);

DROP FUNCTION "public"."acknowledge_supervision"(uuid);

DROP FUNCTION "public"."add_audit_action"(uuid, text, date, uuid);

DROP FUNCTION "public"."add_care_plan_task"(uuid, public.care_task_kind, text, date, time without time zone, text, integer, uuid);

DROP FUNCTION "public"."add_handover_item"(uuid, text, uuid, public.handover_priority);

DROP FUNCTION "public"."add_incident_action"(uuid, uuid, text, timestamp with time zone);

DROP FUNCTION "public"."add_incident_followup"(uuid, text);

DROP FUNCTION "public"."admit_resident"(uuid, uuid, uuid, public.admission_kind, timestamp with time zone, date);

DROP FUNCTION "public"."apply_rota_proposal"(uuid);

DROP FUNCTION "public"."approve_swap"(uuid, boolean);

DROP FUNCTION "public"."archive_document"(uuid);

DROP FUNCTION "public"."archive_policy"(uuid);

DROP FUNCTION "public"."archive_resident_document"(uuid);

DROP FUNCTION "public"."assign_shift"(uuid, uuid);

DROP FUNCTION "public"."attach_document"(uuid, text, text, uuid, uuid, date, uuid);

DROP FUNCTION "public"."attach_resident_document"(uuid, uuid, public.resident_document_category, text, boolean, date, uuid);

DROP FUNCTION "public"."begin_upload"(public.storage_bucket, text, text, bigint, text, uuid, uuid);

DROP FUNCTION "public"."build_handover"(uuid, timestamp with time zone, timestamp with time zone);

DROP FUNCTION "public"."calculate_occupancy_snapshot"(uuid, date);

DROP FUNCTION "public"."cancel_admission"(uuid);

DROP FUNCTION "public"."cancel_shift"(uuid);

DROP FUNCTION "public"."change_medication_order_status"(uuid, public.medication_order_status, text);

DROP FUNCTION "public"."check_assignment"(uuid, uuid);

DROP FUNCTION "public"."claim_shift"(uuid);

DROP FUNCTION "public"."clock_in"(uuid);

DROP FUNCTION "public"."clock_out"(uuid);

DROP FUNCTION "public"."close_incident"(uuid, text);

DROP FUNCTION "public"."complete_assessment_follow_up"(uuid);

DROP FUNCTION "public"."complete_audit_action"(uuid);

DROP FUNCTION "public"."complete_care_plan_review"(uuid, public.care_plan_review_outcome, text);

DROP FUNCTION "public"."complete_incident_action"(uuid);

DROP FUNCTION "public"."complete_task"(uuid, text);

DROP FUNCTION "public"."create_enquiry"(uuid, public.enquiry_source, jsonb, jsonb, public.admission_kind, date, text);

DROP FUNCTION "public"."create_medication_order"(uuid, text, text, public.medication_route, numeric, text, text, uuid, time without time zone[], smallint[], smallint, smallint, boolean, text, integer, numeric, smallint, text, boolean, uuid, timestamp with time zone, timestamp with time zone, uuid, text);

DROP FUNCTION "public"."create_medication_stock"(uuid, text, text, boolean, numeric, uuid);

DROP FUNCTION "public"."create_shift_template"(uuid, text, public.staff_skill, time without time zone, time without time zone, smallint[], integer, integer);

DROP FUNCTION "public"."decline_bed_offer"(uuid);

DROP FUNCTION "public"."discard_care_plan_draft"(uuid);

DROP FUNCTION "public"."discharge_resident"(uuid, public.discharge_reason, public.discharge_destination, timestamp with time zone, text);

DROP FUNCTION "public"."draft_care_plan"(uuid);

DROP FUNCTION "public"."end_care_plan"(uuid);

DROP FUNCTION "public"."end_care_plan_task"(uuid);

DROP FUNCTION "public"."end_leave"(uuid, timestamp with time zone);

DROP FUNCTION "public"."extend_stay"(uuid, date);

DROP FUNCTION "public"."finish_upload"(uuid);

DROP FUNCTION "public"."get_assessment_rules"(text);

DROP FUNCTION "public"."get_compliance_figures"(uuid, integer);

DROP FUNCTION "public"."get_daily_notes_restricted"(uuid[]);

DROP FUNCTION "public"."get_due_supervisions"(uuid, integer, integer);

DROP FUNCTION "public"."get_fluid_balance"(uuid, date, date);

DROP FUNCTION "public"."get_given_supervisions"(public.access_purpose, integer, uuid);

DROP FUNCTION "public"."get_occupancy_board"(uuid, integer, uuid);

DROP FUNCTION "public"."get_occupancy_figures"(uuid);

DROP FUNCTION "public"."get_occupancy_history"(date, date, uuid, integer);

DROP FUNCTION "public"."get_providers_needing_help"(public.access_purpose, integer, numeric, uuid);

DROP FUNCTION "public"."get_removed_beds"(integer);

DROP FUNCTION "public"."get_removed_rooms"(integer);

DROP FUNCTION "public"."get_removed_site_registrations"(integer);

DROP FUNCTION "public"."get_removed_training_requirements"(integer);

DROP FUNCTION "public"."get_resident_incidents"(uuid, integer, uuid);

DROP FUNCTION "public"."get_skill_mix"(uuid, date, date);

DROP FUNCTION "public"."get_sla_board"(uuid, integer, uuid);

DROP FUNCTION "public"."get_staff_compliance"(uuid);

DROP FUNCTION "public"."get_staff_training"(uuid, integer, uuid);

DROP FUNCTION "public"."get_training_matrix"(uuid, integer, uuid);

DROP FUNCTION "public"."join_waitlist"(uuid, integer, date);

DROP FUNCTION "public"."leave_waitlist"(uuid);

DROP FUNCTION "public"."link_inspection_evidence"(uuid, public.key_question, public.evidence_kind, uuid, text, date);

DROP FUNCTION "public"."list_as_needed_orders"(uuid, public.access_purpose, integer, uuid);

DROP FUNCTION "public"."list_documents"(public.access_purpose, text, uuid, integer, uuid);

DROP FUNCTION "public"."list_handover_items"(uuid, public.access_purpose, uuid, integer);

DROP FUNCTION "public"."list_handovers"(uuid, uuid, integer);

DROP FUNCTION "public"."list_incidents"(uuid, boolean, public.incident_kind, public.incident_severity, integer, uuid);

DROP FUNCTION "public"."list_linked_medication"(uuid, public.access_purpose);

DROP FUNCTION "public"."list_medication_round"(uuid, timestamp with time zone, timestamp with time zone, public.access_purpose, integer, uuid);

DROP FUNCTION "public"."list_medication_stock"(uuid, public.access_purpose, uuid, integer, uuid);

DROP FUNCTION "public"."list_my_shares"();

DROP FUNCTION "public"."list_my_swaps"(integer, uuid);

DROP FUNCTION "public"."list_outstanding_policies"(integer);

DROP FUNCTION "public"."list_policy_readers"(uuid, uuid, integer, uuid);

DROP FUNCTION "public"."list_resident_assessments"(uuid, public.access_purpose, text, boolean, uuid, integer);

DROP FUNCTION "public"."list_resident_documents"(uuid, public.access_purpose, integer, uuid);

DROP FUNCTION "public"."list_resident_notes"(uuid, public.access_purpose, public.daily_note_kind[], timestamp with time zone, timestamp with time zone, boolean, uuid, integer);

DROP FUNCTION "public"."list_residents"(uuid, public.access_purpose, public.resident_status[], integer, uuid);

DROP FUNCTION "public"."list_roster_week"(uuid, date, integer, uuid);

DROP FUNCTION "public"."list_shift_tasks"(uuid, timestamp with time zone, timestamp with time zone, public.access_purpose, boolean, integer, uuid);

DROP FUNCTION "public"."list_staff_availability"(uuid, timestamp with time zone, timestamp with time zone, integer, uuid);

DROP FUNCTION "public"."merge_shift_templates"(uuid, jsonb, jsonb, integer, uuid);

DROP FUNCTION "public"."merge_shifts"(uuid, jsonb, jsonb, integer, uuid);

DROP FUNCTION "public"."merge_staff_contracts"(uuid, jsonb, jsonb, integer, uuid);

DROP FUNCTION "public"."move_enquiry"(uuid, public.enquiry_status, public.enquiry_lost_reason);

DROP FUNCTION "public"."offer_bed"(uuid, uuid, integer);

DROP FUNCTION "public"."offer_shift"(uuid, timestamp with time zone);

DROP FUNCTION "public"."open_admissions"(uuid[], public.access_purpose);

DROP FUNCTION "public"."open_assessments"(uuid[], public.access_purpose);

DROP FUNCTION "public"."open_care_plan_reviews"(uuid[], public.access_purpose);

DROP FUNCTION "public"."open_care_plan_task_occurrences"(uuid[], public.access_purpose);

DROP FUNCTION "public"."open_care_plan_tasks"(uuid[], public.access_purpose);

DROP FUNCTION "public"."open_care_plan_versions"(uuid[], public.access_purpose);

DROP FUNCTION "public"."open_complaints"(uuid[], public.access_purpose);

DROP FUNCTION "public"."open_daily_notes"(uuid[], public.access_purpose);

DROP FUNCTION "public"."open_documents"(uuid[], public.access_purpose);

DROP FUNCTION "public"."open_file_uploads"(uuid[], public.access_purpose);

DROP FUNCTION "public"."open_handover_items"(uuid[], public.access_purpose);

DROP FUNCTION "public"."open_incident_actions"(uuid[], public.access_purpose);

DROP FUNCTION "public"."open_incident_followups"(uuid[], public.access_purpose);

DROP FUNCTION "public"."open_incident_people"(uuid[], public.access_purpose);

DROP FUNCTION "public"."open_incidents"(uuid[], public.access_purpose);

DROP FUNCTION "public"."open_medication_administrations"(uuid[], public.access_purpose);

DROP FUNCTION "public"."open_medication_discrepancies"(uuid[], public.access_purpose);

DROP FUNCTION "public"."open_medication_effects"(uuid[], public.access_purpose);

DROP FUNCTION "public"."open_medication_order_events"(uuid[], public.access_purpose);

DROP FUNCTION "public"."open_medication_orders"(uuid[], public.access_purpose);

DROP FUNCTION "public"."open_medication_stock"(uuid[], public.access_purpose);

DROP FUNCTION "public"."open_medication_stock_movements"(uuid[], public.access_purpose);

DROP FUNCTION "public"."open_quality_audits"(uuid[], public.access_purpose);

DROP FUNCTION "public"."open_residency_enquiries"(uuid[], public.access_purpose);

DROP FUNCTION "public"."open_resident_contacts"(uuid[], public.access_purpose);

DROP FUNCTION "public"."open_resident_documents"(uuid[], public.access_purpose);

DROP FUNCTION "public"."open_residents"(uuid[], public.access_purpose);

DROP FUNCTION "public"."open_staff_checks"(uuid[], public.access_purpose);

DROP FUNCTION "public"."open_supervisions"(uuid[], public.access_purpose);

DROP FUNCTION "public"."plan_rota"(uuid, date);

DROP FUNCTION "public"."publish_care_plan"(uuid, integer);

DROP FUNCTION "public"."publish_policy"(text, text, uuid, date, text, smallint, public.app_role[]);

DROP FUNCTION "public"."publish_rota"(uuid, date);

DROP FUNCTION "public"."reassign_task"(uuid, uuid);

DROP FUNCTION "public"."record_administration"(uuid, public.medication_administration_status, uuid, public.medication_reason, text, timestamp with time zone);

DROP FUNCTION "public"."record_as_needed"(uuid, text, uuid, numeric, timestamp with time zone, uuid);

DROP FUNCTION "public"."record_assessment"(uuid, text, jsonb, jsonb, timestamp with time zone, text, uuid);

DROP FUNCTION "public"."record_complaint"(uuid, public.complaint_kind, public.complaint_source, text, date, text, uuid);

DROP FUNCTION "public"."record_daily_note"(uuid, public.daily_note_kind, text, numeric, timestamp with time zone, boolean, boolean, uuid);

DROP FUNCTION "public"."record_effect"(uuid, public.medication_effect_grade, text);

DROP FUNCTION "public"."record_incident_person"(uuid, public.incident_person_role, uuid, uuid, text, timestamp with time zone);

DROP FUNCTION "public"."record_quality_audit"(uuid, text, date, text, public.key_question[], numeric, date);

DROP FUNCTION "public"."record_regulator_notification"(uuid, timestamp with time zone, text);

DROP FUNCTION "public"."record_staff_check"(uuid, public.staff_check_kind, public.staff_check_status, date, date, text, uuid);

DROP FUNCTION "public"."record_stock_count"(uuid, numeric, uuid);

DROP FUNCTION "public"."record_stock_movement"(uuid, public.stock_movement_kind, uuid, numeric, text, uuid);

DROP FUNCTION "public"."record_supervision"(uuid, uuid, public.supervision_kind, date, text, date);

DROP FUNCTION "public"."record_training"(uuid, uuid, date, public.training_record_status, uuid);

DROP FUNCTION "public"."regrade_incident"(uuid, public.incident_severity);

DROP FUNCTION "public"."remove_beds"(uuid);

DROP FUNCTION "public"."remove_incident_escalation_steps"(uuid);

DROP FUNCTION "public"."remove_incident_regulator_rules"(uuid);

DROP FUNCTION "public"."remove_inspection_evidence"(uuid);

DROP FUNCTION "public"."remove_rooms"(uuid);

DROP FUNCTION "public"."remove_site_registrations"(uuid);

DROP FUNCTION "public"."remove_training_requirements"(uuid);

DROP FUNCTION "public"."reopen_incident"(uuid, text);

DROP FUNCTION "public"."report_incident"(uuid, public.incident_kind, public.incident_severity, timestamp with time zone, text, public.incident_severity, jsonb, jsonb, boolean, uuid);

DROP FUNCTION "public"."request_swap"(uuid, uuid, uuid);

DROP FUNCTION "public"."reserve_bed"(uuid, date, uuid, uuid, date, public.admission_kind);

DROP FUNCTION "public"."resolve_medication_discrepancy"(uuid, public.discrepancy_status, text);

DROP FUNCTION "public"."respond_complaint"(uuid, text, public.complaint_outcome);

DROP FUNCTION "public"."restore_beds"(uuid);

DROP FUNCTION "public"."restore_rooms"(uuid);

DROP FUNCTION "public"."restore_site_registrations"(uuid);

DROP FUNCTION "public"."restore_training_requirements"(uuid);

DROP FUNCTION "public"."restrict_incident"(uuid, boolean);

DROP FUNCTION "public"."retract_daily_note"(uuid);

DROP FUNCTION "public"."review_incident"(uuid, text);

DROP FUNCTION "public"."save_care_plan_draft"(uuid, jsonb, jsonb, integer, uuid);

DROP FUNCTION "public"."save_resident_contact"(uuid, public.contact_kind, jsonb, uuid, boolean, boolean, boolean);

DROP FUNCTION "public"."schedule_assessment"(uuid, text, interval, timestamp with time zone, boolean);

DROP FUNCTION "public"."set_my_availability"(timestamp with time zone, timestamp with time zone, public.availability_kind);

DROP FUNCTION "public"."settle_staff_check"(uuid, public.staff_check_status, date, date);

DROP FUNCTION "public"."share_resident"(uuid, uuid, public.resident_topic[], text, timestamp with time zone);

DROP FUNCTION "public"."skip_task"(uuid, public.care_task_skip_reason, text);

DROP FUNCTION "public"."start_care_plan"(uuid, public.care_plan_type, public.care_plan_risk_level, jsonb);

DROP FUNCTION "public"."start_leave"(uuid, public.leave_kind, timestamp with time zone, timestamp with time zone);

DROP FUNCTION "public"."take_task"(uuid);

DROP FUNCTION "public"."transfer_resident"(uuid, uuid, timestamp with time zone);

DROP FUNCTION "public"."unassign_shift"(uuid);

DROP FUNCTION "public"."withdraw_share"(uuid);

DROP FUNCTION "public"."withdraw_shift_offer"(uuid);

DROP FUNCTION "public"."withdraw_training_record"(uuid);

DROP FUNCTION "public"."witness_administration"(uuid, boolean);

DROP FUNCTION "public"."witness_stock_count"(uuid, boolean);

DROP FUNCTION "public"."witness_stock_movement"(uuid, boolean);

DROP TYPE "app"."recurrence";

DROP TYPE "app"."site_day";

DROP TYPE "public"."assignment_refusal";

DROP TYPE "public"."training_standing";

ALTER TABLE "app"."instrument_bands" DROP COLUMN "item_value";

ALTER TABLE "app"."instrument_items" DROP COLUMN "decimals";

ALTER TABLE "app"."instrument_items" DROP COLUMN "maximum";

ALTER TABLE "app"."instrument_items" DROP COLUMN "minimum";

ALTER TABLE "app"."instrument_items" DROP COLUMN "unit_code";

ALTER TABLE "app"."instrument_options" DROP COLUMN "applies_when";

ALTER TABLE "app"."instrument_options" DROP COLUMN "lower_bound";

ALTER TABLE "public"."instruments" DROP COLUMN "subject_type";

ALTER TABLE "public"."notification_preferences" DROP COLUMN "prompt_hour";

ALTER TABLE "public"."org_patients" DROP COLUMN "site_id";

ALTER TABLE "public"."properties" DROP COLUMN "latitude";

ALTER TABLE "public"."properties" DROP COLUMN "longitude";

ALTER TABLE "public"."provider_prompts" DROP COLUMN "counted_on";

ALTER TABLE "public"."sites" DROP COLUMN "telephone";

ALTER TABLE "public"."sites" DROP COLUMN "website";

DROP TABLE "app"."medication_plans";

DROP TABLE "public"."admissions";

DROP FUNCTION "app"."guard_admission"();

DROP FUNCTION "app"."seal_admissions"();

DROP TYPE "public"."discharge_destination";

DROP TYPE "public"."discharge_reason";

DROP TABLE "public"."assessment_follow_ups";

DROP TABLE "public"."assessment_rules";

DROP TYPE "public"."assessment_follow_up_kind";

DROP TABLE "public"."assessment_schedules";

DROP TABLE "public"."assessment_scores";

DROP TABLE "public"."assessments";

DROP FUNCTION "app"."guard_assessed"();

DROP FUNCTION "app"."seal_assessments"();

DROP TABLE "public"."quality_audit_actions";

DROP TABLE "public"."bed_offers";

DROP TYPE "public"."bed_offer_status";

DROP TABLE "public"."bed_stays";

DROP FUNCTION "app"."guard_bed_stay"();

DROP TABLE "public"."beds";

DROP TABLE "public"."care_plan_acknowledgements";

DROP TABLE "public"."care_plan_review_intervals";

DROP TABLE "public"."care_plan_reviews";

DROP FUNCTION "app"."guard_care_plan_review"();

DROP FUNCTION "app"."seal_care_plan_reviews"();

DROP TYPE "public"."care_plan_review_outcome";

DROP TYPE "public"."care_plan_review_status";

DROP TABLE "public"."care_plan_task_occurrences";

DROP FUNCTION "app"."follow_care_task_occurrence"();

DROP FUNCTION "app"."guard_care_task_occurrence"();

DROP FUNCTION "app"."seal_care_plan_task_occurrences"();

DROP TYPE "public"."care_task_skip_reason";

DROP TYPE "public"."care_task_status";

DROP TABLE "public"."care_plan_tasks";

DROP FUNCTION "app"."guard_care_plan_task"();

DROP FUNCTION "app"."seal_care_plan_tasks"();

DROP TYPE "public"."care_task_kind";

DROP TABLE "public"."care_plan_versions";

DROP FUNCTION "app"."guard_care_plan_version"();

DROP FUNCTION "app"."seal_care_plan_versions"();

DROP TYPE "public"."care_plan_risk_level";

DROP TYPE "public"."care_plan_version_status";

DROP TABLE "public"."care_plans";

DROP TYPE "public"."care_plan_type";

DROP TABLE "public"."complaint_policies";

DROP TABLE "public"."complaints";

DROP FUNCTION "app"."guard_complaint"();

DROP FUNCTION "app"."seal_complaints"();

DROP TYPE "public"."complaint_kind";

DROP TYPE "public"."complaint_outcome";

DROP TYPE "public"."complaint_source";

DROP TABLE "public"."compliance_stats";

DROP TABLE "public"."daily_notes";

DROP FUNCTION "app"."daily_note_fault"(public.daily_note_kind, numeric);

DROP FUNCTION "app"."guard_daily_note"();

DROP FUNCTION "app"."seal_daily_notes"();

DROP TYPE "public"."daily_note_kind";

DROP TABLE "public"."document_versions";

DROP TABLE "public"."documents";

DROP FUNCTION "app"."guard_document"();

DROP FUNCTION "app"."seal_documents"();

DROP TABLE "public"."file_uploads";

DROP FUNCTION "app"."guard_file_upload"();

DROP FUNCTION "app"."guard_upload_place"();

DROP FUNCTION "app"."seal_file_uploads"();

DROP TYPE "public"."scan_status";

DROP TYPE "public"."storage_bucket";

DROP TABLE "public"."handover_acknowledgements";

DROP TABLE "public"."handover_items";

DROP FUNCTION "app"."guard_handover_item"();

DROP FUNCTION "app"."seal_handover_items"();

DROP TYPE "public"."handover_priority";

DROP TYPE "public"."handover_source";

DROP TABLE "public"."handovers";

DROP TABLE "public"."incident_actions";

DROP FUNCTION "app"."follow_incident_action"();

DROP FUNCTION "app"."guard_incident_action"();

DROP FUNCTION "app"."seal_incident_actions"();

DROP TABLE "public"."incident_calendars";

DROP TABLE "public"."incident_escalation_steps";

DROP TYPE "public"."incident_escalation_target";

DROP TABLE "public"."incident_followups";

DROP FUNCTION "app"."guard_incident_followup"();

DROP FUNCTION "app"."seal_incident_followups"();

DROP TYPE "public"."incident_followup_kind";

DROP TABLE "public"."incident_notifications_of_regulators";

DROP FUNCTION "app"."follow_regulator_notification"();

DROP TABLE "public"."incident_people";

DROP FUNCTION "app"."guard_incident_person"();

DROP FUNCTION "app"."seal_incident_people"();

DROP TYPE "public"."incident_person_role";

DROP TABLE "public"."incident_regulator_rules";

DROP TABLE "public"."incident_sla_policies";

DROP TABLE "public"."incident_timers";

DROP TYPE "public"."incident_step";

DROP TABLE "public"."incidents";

DROP FUNCTION "app"."follow_incident"();

DROP FUNCTION "app"."guard_incident"();

DROP FUNCTION "app"."seal_incidents"();

DROP TYPE "public"."incident_kind";

DROP TYPE "public"."incident_severity";

DROP TYPE "public"."incident_status";

DROP TABLE "public"."inspection_evidence";

DROP TYPE "public"."evidence_kind";

DROP TABLE "public"."medication_administrations";

DROP FUNCTION "app"."seal_medication_administrations"();

DROP TYPE "public"."medication_administration_status";

DROP TYPE "public"."medication_reason";

DROP TABLE "public"."medication_discrepancies";

DROP FUNCTION "app"."seal_medication_discrepancies"();

DROP TYPE "public"."discrepancy_status";

DROP TABLE "public"."medication_doses";

DROP TYPE "public"."medication_dose_status";

DROP TABLE "public"."medication_effects";

DROP FUNCTION "app"."seal_medication_effects"();

DROP TYPE "public"."medication_effect_grade";

DROP TABLE "public"."medication_order_events";

DROP FUNCTION "app"."seal_medication_order_events"();

DROP TYPE "public"."medication_order_change";

DROP TABLE "public"."medication_orders";

DROP FUNCTION "app"."guard_medication_order"();

DROP FUNCTION "app"."seal_medication_orders"();

DROP TYPE "public"."medication_order_status";

DROP TYPE "public"."medication_route";

DROP TABLE "public"."medication_stock_counts";

DROP TABLE "public"."medication_stock_movements";

DROP FUNCTION "app"."guard_medication_words"();

DROP FUNCTION "app"."number_stock_movement"();

DROP FUNCTION "app"."seal_medication_stock_movements"();

DROP TYPE "public"."signature_status";

DROP TYPE "public"."stock_movement_kind";

DROP TABLE "public"."medication_stock";

DROP FUNCTION "app"."guard_medication_stock"();

DROP FUNCTION "app"."seal_medication_stock"();

DROP TABLE "public"."occupancy_snapshots";

DROP TABLE "public"."policy_acknowledgements";

DROP TABLE "public"."policy_documents";

DROP FUNCTION "app"."guard_policy_document"();

DROP TABLE "public"."quality_audits";

DROP FUNCTION "app"."guard_quality_audit"();

DROP FUNCTION "app"."seal_quality_audits"();

DROP TYPE "public"."key_question";

DROP TABLE "public"."residency_enquiries";

DROP FUNCTION "app"."follow_enquiry"();

DROP FUNCTION "app"."guard_enquiry"();

DROP FUNCTION "app"."seal_residency_enquiries"();

DROP TYPE "public"."admission_kind";

DROP TYPE "public"."enquiry_lost_reason";

DROP TYPE "public"."enquiry_source";

DROP TYPE "public"."enquiry_status";

DROP TABLE "public"."resident_contacts";

DROP FUNCTION "app"."guard_resident_contact"();

DROP FUNCTION "app"."seal_resident_contacts"();

DROP TYPE "public"."contact_kind";

DROP TABLE "public"."resident_documents";

DROP FUNCTION "app"."guard_resident_document"();

DROP FUNCTION "app"."number_resident_document"();

DROP FUNCTION "app"."seal_resident_documents"();

DROP TYPE "public"."resident_document_category";

DROP TABLE "public"."resident_leaves";

DROP TYPE "public"."leave_kind";

DROP TABLE "public"."resident_shares";

DROP TYPE "public"."resident_topic";

DROP TABLE "public"."resident_status_history";

DROP TABLE "public"."residents";

DROP FUNCTION "app"."guard_resident"();

DROP FUNCTION "app"."note_resident_status"();

DROP FUNCTION "app"."seal_residents"();

DROP TYPE "public"."resident_status";

DROP TABLE "public"."rooms";

DROP TABLE "public"."rota_proposal_lines";

DROP TABLE "public"."rota_proposals";

DROP TYPE "public"."rota_proposal_status";

DROP TABLE "public"."rota_weeks";

DROP TYPE "public"."rota_status";

DROP TABLE "public"."shift_assignments";

DROP FUNCTION "app"."close_filled_offers"();

DROP FUNCTION "app"."guard_assignment"();

DROP TABLE "public"."shift_attendance";

DROP TABLE "public"."shift_offers";

DROP TYPE "public"."shift_offer_status";

DROP TABLE "public"."shift_swaps";

DROP TYPE "public"."shift_swap_status";

DROP TABLE "public"."shift_templates";

DROP TABLE "public"."shifts";

DROP FUNCTION "app"."broadcast_rota"();

DROP FUNCTION "app"."guard_shift"();

DROP FUNCTION "app"."tell_moved_shift"();

DROP TABLE "public"."site_registrations";

DROP TYPE "public"."site_registry";

DROP TABLE "public"."staff_availability";

DROP TYPE "public"."availability_kind";

DROP TABLE "public"."staff_checks";

DROP FUNCTION "app"."follow_checks"();

DROP FUNCTION "app"."guard_staff_check"();

DROP FUNCTION "app"."seal_staff_checks"();

DROP TYPE "public"."staff_check_status";

DROP TABLE "public"."staff_contracts";

DROP TYPE "public"."staff_skill";

DROP TABLE "public"."staff_members";

DROP FUNCTION "app"."follow_staff"();

DROP TABLE "public"."supervisions";

DROP FUNCTION "app"."guard_supervision"();

DROP FUNCTION "app"."seal_supervisions"();

DROP TYPE "public"."supervision_kind";

DROP TABLE "public"."training_courses";

DROP TABLE "public"."training_records";

DROP FUNCTION "app"."derive_training_expiry"();

DROP FUNCTION "app"."follow_training"();

DROP FUNCTION "app"."guard_evidence"();

DROP FUNCTION "app"."guard_training_record"();

DROP FUNCTION "app"."keep_record"();

DROP TYPE "public"."training_record_status";

DROP TABLE "public"."training_requirements";

DROP FUNCTION "app"."follow_requirements"();

DROP TYPE "public"."staff_check_kind";

DROP TABLE "public"."waitlist_entries";

DROP FUNCTION "app"."guard_waitlist_entry"();

DROP TYPE "public"."waitlist_status";

ALTER TABLE "public"."nurse_questions" ALTER COLUMN "question_text" DROP DEFAULT;

-- By hand: what was sealed is opened; what a destroyed key sealed is told to be gone.
create function pg_temp.opened_question(p_org_id uuid, p_question bytea) returns text
language sql stable
as $$
  select convert_from(
    app.open_value(
      keys.schedule,
      app.sealed_context('carebase:1:public.nurse_questions:question_text:'::bytea, p_org_id, null), p_question
    ),
    'UTF8'
  )
  from app.unwrap_keys(array[substr(p_question, 2, 16)]) as keys
$$;

ALTER TABLE "public"."nurse_questions" ALTER COLUMN "question_text" TYPE text
USING coalesce(pg_temp.opened_question(org_id, question_text), 'No longer known.');

drop function pg_temp.opened_question(uuid, bytea);

ALTER TABLE "public"."nurse_questions" ALTER COLUMN "question_text" SET NOT NULL;

CREATE OR REPLACE FUNCTION app.answer_faults(p_instrument_id uuid, p_answers jsonb)
 RETURNS TABLE(place bigint, link_id text, rule text)
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  with given as (
    select answers.place, answers.answer ->> 'link_id' as link_id, answers.answer ->> 'code' as code
    from jsonb_array_elements(p_answers) with ordinality as answers (answer, place)
  ),

  items as (
    select items.link_id, items.option_set, items.position
    from app.instrument_items as items
    where items.instrument_id = p_instrument_id
  )

  select given.place, given.link_id, 'There is no such item in this instrument.'
  from given
  where not exists (select from items where items.link_id = given.link_id)
  union all
  select max(given.place), given.link_id, 'This item is answered more than once.'
  from given
  group by given.link_id
  having count(*) > 1
  union all
  select given.place, given.link_id, 'This is not an answer that the item offers.'
  from given
  inner join items on items.link_id = given.link_id
  where not exists (
    select from app.instrument_options as options
    where
      options.instrument_id = p_instrument_id
      and options.option_set = items.option_set
      and options.code = given.code
  )
  union all
  select 100000 + items.position, items.link_id, 'This item is not answered.'
  from items
  where not exists (select from given where given.link_id = items.link_id)
$function$;

CREATE OR REPLACE FUNCTION app.check_answers(p_instrument_id uuid, p_answers jsonb)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_fault record;
begin
  perform app.require_instrument_in_use(p_instrument_id);
  perform app.check_input(
    'p_answers',
    jsonb_typeof(p_answers) = 'array' and app.check_json(p_answers, 100000, 2),
    'Answers are a list of {"link_id": …, "code": …}.'
  );
  if not exists (
    select from app.instrument_items as items where items.instrument_id = p_instrument_id
  ) then
    perform app.raise_error(
      'invalid_input', 'This instrument has no items here: give the results of its scales.',
      jsonb_build_object('field', 'p_answers')
    );
  end if;

  select faults.link_id, faults.rule into v_fault
  from app.answer_faults(p_instrument_id, p_answers) as faults
  order by faults.place
  limit 1;
  if found then
    perform app.raise_error(
      'invalid_input', v_fault.rule,
      jsonb_build_object('field', 'p_answers', 'link_id', left(v_fault.link_id, 63))
    );
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.draft_head(p_questionnaire jsonb)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_code constant text := lower(p_questionnaire ->> 'name');
  v_version constant text := p_questionnaire ->> 'version';
  v_id uuid;
begin
  delete from public.instruments
  where
    instruments.code = v_code and instruments.instrument_version = v_version
    and instruments.published_at is null
  returning instruments.id into v_id;
  if exists (
    select from public.instruments
    where instruments.code = v_code and instruments.instrument_version = v_version
  ) then
    perform app.refuse_published();
  end if;

  insert into public.instruments (
    id, code, instrument_version, title, description, language_code, citation, publisher, license_kind, license_text,
    canonical_url
  )
  values (
    coalesce(v_id, app.uuid_v7()), v_code, v_version, p_questionnaire ->> 'title', p_questionnaire ->> 'description',
    p_questionnaire ->> 'language',
    app.fhir_extension(p_questionnaire, app.fhir_definition('instrument-citation')) ->> 'valueString',
    p_questionnaire ->> 'publisher',
    (app.fhir_extension(p_questionnaire, app.fhir_definition('instrument-license')) ->> 'valueCode')
    ::public.instrument_license_kind,
    p_questionnaire ->> 'copyright', p_questionnaire ->> 'url'
  )
  returning instruments.id into v_id;
  return v_id;
end
$function$;

CREATE OR REPLACE FUNCTION app.draft_items(p_instrument_id uuid, p_questionnaire jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_set_url constant text := app.fhir_definition('instrument-option-set');
begin
  -- Items of one set repeat its answers. Where they do not agree, what is written differs from what was sent.
  insert into app.instrument_options (instrument_id, option_set, position, code, value, option_text)
  select
    p_instrument_id,
    sets.option_set,
    options.place,
    options.value -> 'valueCoding' ->> 'code',
    (app.fhir_extension(options.value, 'http://hl7.org/fhir/StructureDefinition/ordinalValue') ->> 'valueDecimal')::numeric,
    options.value -> 'valueCoding' ->> 'display'
  from (
    select distinct on (each.option_set) each.option_set, each.value
    from (
      select app.fhir_extension(items.value, v_set_url) ->> 'valueCode' as option_set, items.value, items.place
      from jsonb_array_elements(p_questionnaire -> 'item') with ordinality as items (value, place)
    ) as each
    order by each.option_set, each.place
  ) as sets
  cross join lateral jsonb_array_elements(sets.value -> 'answerOption') with ordinality as options (value, place);

  insert into app.instrument_items (
    instrument_id, link_id, position, scale_code, item_text, is_reversed, option_set
  )
  select
    p_instrument_id,
    items.value ->> 'linkId',
    items.place,
    app.fhir_extension(items.value, app.fhir_definition('instrument-item-scale')) ->> 'valueCode',
    items.value ->> 'text',
    coalesce(
      (app.fhir_extension(items.value, app.fhir_definition('instrument-item-reversed')) ->> 'valueBoolean')::boolean,
      false
    ),
    app.fhir_extension(items.value, v_set_url) ->> 'valueCode'
  from jsonb_array_elements(p_questionnaire -> 'item') with ordinality as items (value, place);
end
$function$;

CREATE OR REPLACE FUNCTION app.draft_scales(p_instrument_id uuid, p_questionnaire jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  insert into app.instrument_scales (
    instrument_id, code, position, title, method, minimum, maximum, is_higher_worse
  )
  select
    p_instrument_id,
    app.fhir_extension(scales.value, 'code') ->> 'valueCode',
    row_number() over (order by scales.place),
    app.fhir_extension(scales.value, 'title') ->> 'valueString',
    (app.fhir_extension(scales.value, 'method') ->> 'valueCode')::public.instrument_method,
    (app.fhir_extension(scales.value, 'minimum') ->> 'valueDecimal')::numeric,
    (app.fhir_extension(scales.value, 'maximum') ->> 'valueDecimal')::numeric,
    (app.fhir_extension(scales.value, 'isHigherWorse') ->> 'valueBoolean')::boolean
  from jsonb_array_elements(p_questionnaire -> 'extension') with ordinality as scales (value, place)
  where scales.value ->> 'url' = app.fhir_definition('instrument-scale');

  insert into app.instrument_bands (instrument_id, scale_code, lower_bound, code, display, severity)
  select
    p_instrument_id,
    app.fhir_extension(scales.value, 'code') ->> 'valueCode',
    (app.fhir_extension(bands.value, 'lowerBound') ->> 'valueDecimal')::numeric,
    app.fhir_extension(bands.value, 'code') ->> 'valueCode',
    app.fhir_extension(bands.value, 'display') ->> 'valueString',
    (app.fhir_extension(bands.value, 'severity') ->> 'valueInteger')::smallint
  from jsonb_array_elements(p_questionnaire -> 'extension') as scales (value)
  cross join lateral jsonb_array_elements(scales.value -> 'extension') as bands (value)
  where scales.value ->> 'url' = app.fhir_definition('instrument-scale') and bands.value ->> 'url' = 'band';
end
$function$;

CREATE OR REPLACE FUNCTION app.draft_texts(p_instrument_id uuid, p_questionnaire jsonb)
 RETURNS void
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  with scales as (
    select each.value, app.fhir_extension(each.value, 'code') ->> 'valueCode' as code
    from jsonb_array_elements(p_questionnaire -> 'extension') as each (value)
    where each.value ->> 'url' = app.fhir_definition('instrument-scale')
  ),

  elements as (
    select 'title' as text_key, p_questionnaire -> '_title' as element
    union
    select 'description', p_questionnaire -> '_description'
    union
    select 'scale/' || scales.code, app.fhir_extension(scales.value, 'title') -> '_valueString'
    from scales
    union
    select
      'band/' || scales.code || '/' || (app.fhir_extension(bands.value, 'code') ->> 'valueCode'),
      app.fhir_extension(bands.value, 'display') -> '_valueString'
    from scales
    cross join lateral jsonb_array_elements(scales.value -> 'extension') as bands (value)
    where bands.value ->> 'url' = 'band'
    union
    select 'item/' || (items.value ->> 'linkId'), items.value -> '_text'
    from jsonb_array_elements(p_questionnaire -> 'item') as items (value)
    union
    select
      'option/' || (app.fhir_extension(items.value, app.fhir_definition('instrument-option-set')) ->> 'valueCode')
      || '/' || (options.value -> 'valueCoding' ->> 'code'),
      options.value -> 'valueCoding' -> '_display'
    from jsonb_array_elements(p_questionnaire -> 'item') as items (value)
    cross join lateral jsonb_array_elements(items.value -> 'answerOption') as options (value)
  )

  insert into app.instrument_translations (instrument_id, language_code, text_key, translated_text)
  select
    p_instrument_id,
    app.fhir_extension(translations.value, 'lang') ->> 'valueCode',
    elements.text_key,
    app.fhir_extension(translations.value, 'content') ->> 'valueString'
  from elements
  cross join lateral jsonb_array_elements(elements.element -> 'extension') as translations (value)
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

CREATE OR REPLACE FUNCTION app.grade_scores(p_instrument_id uuid, p_scores jsonb)
 RETURNS TABLE(scale text, score numeric, band text, severity smallint, percent numeric)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform app.require_instrument_in_use(p_instrument_id);
  perform app.check_scores(p_instrument_id, p_scores);

  -- The band is that of the exact score: what is shown is rounded, and would now and then be a band too high.
  return query
  select
    scales.code,
    round(given.score, 2),
    bands.code,
    bands.severity,
    round(
      100 * case when scales.is_higher_worse then given.score - scales.minimum else scales.maximum - given.score end
      / (scales.maximum - scales.minimum),
      2
    )
  from app.instrument_scales as scales
  cross join lateral (select (p_scores ->> scales.code)::numeric as score) as given
  left join lateral (
    select reached.code, reached.severity
    from app.instrument_bands as reached
    where
      reached.instrument_id = scales.instrument_id
      and reached.scale_code = scales.code
      and reached.lower_bound <= given.score
    order by reached.lower_bound desc
    limit 1
  ) as bands on true
  where scales.instrument_id = p_instrument_id
  order by scales.position;
end
$function$;

CREATE OR REPLACE FUNCTION app.import_questionnaire(p_questionnaire jsonb)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_id uuid;
  v_made jsonb;
  v_constraint text;
  v_column text;
begin
  perform app.require_role('super_admin');
  begin
    v_id := app.draft_head(p_questionnaire);
    perform app.draft_scales(v_id, p_questionnaire);
    perform app.draft_items(v_id, p_questionnaire);
    perform app.draft_texts(v_id, p_questionnaire);
  exception
    when
      check_violation or not_null_violation or unique_violation or foreign_key_violation or cardinality_violation
      or invalid_text_representation or numeric_value_out_of_range or invalid_parameter_value
    then
      get stacked diagnostics v_constraint = constraint_name, v_column = column_name;
      perform app.raise_error(
        'invalid_input', 'The questionnaire is not of the form that get_questionnaire gives.',
        jsonb_build_object('field', 'p_questionnaire', 'rule', coalesce(nullif(v_constraint, ''), v_column))
      );
  end;

  v_made := app.questionnaire(v_id, p_questionnaire ->> 'language') - 'status';
  if v_made is distinct from p_questionnaire - 'status' then
    perform app.raise_error(
      'invalid_input', 'The questionnaire has elements that would be lost.',
      jsonb_build_object('field', 'p_questionnaire', 'elements', (
        select jsonb_agg(keys.key order by keys.key)
        from jsonb_object_keys(v_made || (p_questionnaire - 'status')) as keys (key)
        where v_made -> keys.key is distinct from p_questionnaire -> keys.key
      ))
    );
  end if;
  return v_id;
end
$function$;

CREATE OR REPLACE FUNCTION app.instrument_faults(p_instrument_id uuid, p_language_code text)
 RETURNS TABLE(place text, rule text)
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  -- What each item can count, however it is reversed: the lowest and highest value of its set.
  with item_ranges as (
    select items.link_id, items.scale_code, min(options.value) as lowest, max(options.value) as highest, count(*) as ways
    from app.instrument_items as items
    left join app.instrument_options as options
      on options.instrument_id = items.instrument_id and options.option_set = items.option_set
    where items.instrument_id = p_instrument_id
    group by items.link_id, items.scale_code
  ),

  scale_ranges as (
    select
      scales.code, scales.method, scales.minimum, scales.maximum, count(*) as items,
      case when scales.method = 'mean' then round(avg(ranges.lowest), 3) else sum(ranges.lowest) end as lowest,
      case when scales.method = 'mean' then round(avg(ranges.highest), 3) else sum(ranges.highest) end as highest
    from app.instrument_scales as scales
    inner join item_ranges as ranges on ranges.scale_code = scales.code
    where scales.instrument_id = p_instrument_id
    group by scales.code, scales.method, scales.minimum, scales.maximum
  )

  select 'item/' || item_ranges.link_id, 'An item needs two answers or more to choose from.'
  from item_ranges
  where item_ranges.ways < 2
  union all
  select 'scale/' || scale_ranges.code, 'The range of a scale is the one that its items give.'
  from scale_ranges
  where (scale_ranges.minimum, scale_ranges.maximum) is distinct from (scale_ranges.lowest, scale_ranges.highest)
  union all
  select 'scale/' || scale_ranges.code, 'A scale of method single has one item.'
  from scale_ranges
  where scale_ranges.method = 'single' and scale_ranges.items <> 1
  union all
  select 'scale/' || scales.code, 'Its items count for other scales, and none for this one.'
  from app.instrument_scales as scales
  where
    scales.instrument_id = p_instrument_id
    and exists (select from item_ranges)
    and not exists (select from item_ranges where item_ranges.scale_code = scales.code)
  union all
  select 'scale/' || scales.code, 'The bands of a scale begin with its lowest score and end within its range.'
  from app.instrument_scales as scales
  inner join app.instrument_bands as bands
    on bands.instrument_id = scales.instrument_id and bands.scale_code = scales.code
  where scales.instrument_id = p_instrument_id
  group by scales.code, scales.minimum, scales.maximum
  having min(bands.lower_bound) <> scales.minimum or max(bands.lower_bound) > scales.maximum
  union all
  select 'language/' || missing.language_code, 'A translation has every item and every answer, or the language is left out.'
  from app.untranslated_texts(p_instrument_id, p_language_code) as missing
$function$;

CREATE OR REPLACE FUNCTION app.keep_assessment(p_instrument_id uuid, p_answers jsonb, p_scores jsonb)
 RETURNS public.provider_burnout_assessments
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_kept public.provider_burnout_assessments;
  v_grades app.assessment_grade[];
begin
  perform app.require_feature('resilience_hub');
  perform app.require_participation();
  if p_answers is null then
    select array_agg(row(graded.*)::app.assessment_grade) into v_grades
    from app.grade_scores(p_instrument_id, p_scores) as graded;
  else
    select array_agg(row(graded.*)::app.assessment_grade) into v_grades
    from app.score_instrument(p_instrument_id, p_answers) as graded;
  end if;

  v_kept.org_id := app.current_org();
  v_kept.user_id := app.my_id();
  v_kept.practitioner_id := app.my_practitioner();
  v_kept.assessment_date := app.today();
  v_kept.instrument_id := p_instrument_id;
  if exists (select from public.instruments where instruments.id = p_instrument_id and instruments.code = 'mbi') then
    select
      max(grades.score) filter (where grades.scale = 'emotional_exhaustion'),
      max(grades.score) filter (where grades.scale = 'depersonalization'),
      max(grades.score) filter (where grades.scale = 'personal_accomplishment')
    into v_kept.emotional_exhaustion_score, v_kept.depersonalization_score, v_kept.personal_accomplishment_score
    from unnest(v_grades) as grades;
  else
    select grades.percent, grades.band into v_kept.headline_score, v_kept.headline_band
    from unnest(v_grades) with ordinality as grades
    order by grades.percent desc, grades.severity desc nulls last, grades.ordinality
    limit 1;
  end if;
  -- Nothing but answers: whatever else was sent beside them is not kept.
  v_kept := app.write_assessment(v_kept, (
    select jsonb_agg(jsonb_build_object('link_id', each.value -> 'link_id', 'code', each.value -> 'code') order by each.place)
    from jsonb_array_elements(p_answers) with ordinality as each (value, place)
  ));

  delete from public.provider_assessment_scores as scores
  where scores.org_id = v_kept.org_id and scores.assessment_id = v_kept.id;
  insert into public.provider_assessment_scores (org_id, assessment_id, user_id, scale_code, score, band, severity)
  select v_kept.org_id, v_kept.id, v_kept.user_id, grades.scale, grades.score, grades.band, grades.severity
  from unnest(v_grades) as grades;
  return v_kept;
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

CREATE OR REPLACE FUNCTION app.post_nurse_question(p_question_text text, p_patient_id uuid)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id constant uuid := app.current_org();
  v_id uuid;
begin
  perform app.require_role('care_manager', 'case_manager', 'nurse', 'clinician', 'scheduler');
  if p_patient_id is not null and not exists (
    select from public.org_patients as known
    where known.org_id = v_org_id and known.patient_id = p_patient_id and known.deleted_at is null
  ) then
    perform app.raise_error(
      'not_found', 'There is no such patient in your organization.', jsonb_build_object('field', 'p_patient_id')
    );
  end if;
  insert into public.nurse_questions (org_id, patient_id, question_text)
  values (v_org_id, p_patient_id, p_question_text)
  returning id into v_id;
  return v_id;
end
$function$;

CREATE OR REPLACE FUNCTION app.questionnaire(p_instrument_id uuid, p_language text)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_head public.instruments;
  v_texts jsonb;
  v_language text;
begin
  select * into v_head from public.instruments where instruments.id = p_instrument_id;
  v_texts := app.instrument_texts(p_instrument_id);
  if p_language <> v_head.language_code and jsonb_path_exists(
    v_texts, '$.* ? (exists(@.keyvalue() ? (@.key == $language)))', jsonb_build_object('language', p_language)
  ) then
    v_language := p_language;
  end if;

  return jsonb_strip_nulls(jsonb_build_object(
    'resourceType', 'Questionnaire',
    'language', coalesce(v_language, v_head.language_code),
    'url', v_head.canonical_url,
    'version', v_head.instrument_version,
    'name', upper(left(v_head.code, 1)) || substr(v_head.code, 2),
    'status', v_head.status,
    'publisher', v_head.publisher,
    'copyright', v_head.license_text,
    'extension', jsonb_build_array(
      jsonb_build_object('url', app.fhir_definition('instrument-license'), 'valueCode', v_head.license_kind),
      jsonb_build_object('url', app.fhir_definition('instrument-citation'), 'valueString', v_head.citation)
    ) || app.questionnaire_scales(p_instrument_id, v_texts, v_language),
    'item', app.questionnaire_items(v_head, v_texts, v_language)
  ))
  || app.fhir_text('title', v_head.title, v_texts -> 'title', v_language)
  || app.fhir_text('description', v_head.description, v_texts -> 'description', v_language);
end
$function$;

CREATE OR REPLACE FUNCTION app.questionnaire_items(p_head public.instruments, p_texts jsonb, p_language text)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select jsonb_agg(
    jsonb_build_object(
      'linkId', items.link_id,
      'type', 'choice',
      'required', true,
      'extension', jsonb_build_array(
        jsonb_build_object('url', app.fhir_definition('instrument-option-set'), 'valueCode', items.option_set)
      ) || case
        when items.scale_code is null then '[]'
        else jsonb_build_array(
          jsonb_build_object('url', app.fhir_definition('instrument-item-scale'), 'valueCode', items.scale_code)
        )
      end || case
        when not items.is_reversed then '[]'
        else jsonb_build_array(
          jsonb_build_object('url', app.fhir_definition('instrument-item-reversed'), 'valueBoolean', true)
        )
      end,
      'answerOption', options.answers
    ) || app.fhir_text('text', items.item_text, p_texts -> ('item/' || items.link_id), p_language)
    order by items.position
  )
  from app.instrument_items as items
  left join lateral (
    select jsonb_agg(
      jsonb_build_object(
        'extension', jsonb_build_array(jsonb_build_object(
          'url', 'http://hl7.org/fhir/StructureDefinition/ordinalValue', 'valueDecimal', trim_scale(each.value)
        )),
        'valueCoding', jsonb_build_object(
          'system', p_head.canonical_url || '/' || each.option_set, 'code', each.code
        ) || app.fhir_text(
          'display', each.option_text, p_texts -> ('option/' || each.option_set || '/' || each.code), p_language
        )
      )
      order by each.position
    ) as answers
    from app.instrument_options as each
    where each.instrument_id = items.instrument_id and each.option_set = items.option_set
  ) as options on true
  where items.instrument_id = p_head.id
$function$;

CREATE OR REPLACE FUNCTION app.questionnaire_response(p_instrument_id uuid, p_answers jsonb, p_scores jsonb)
 RETURNS jsonb
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select jsonb_strip_nulls(jsonb_build_object(
    'resourceType', 'QuestionnaireResponse',
    'status', 'completed',
    'questionnaire', instruments.canonical_url || '|' || instruments.instrument_version,
    'extension', (
      select jsonb_agg(
        jsonb_build_object(
          'url', app.fhir_definition('instrument-score'),
          'extension', jsonb_build_array(
            jsonb_build_object('url', 'scale', 'valueCode', scales.code),
            jsonb_build_object('url', 'score', 'valueDecimal', given.value -> 'score')
          ) || case
            when given.value ->> 'band' is null then '[]'
            else jsonb_build_array(jsonb_build_object('url', 'band', 'valueCode', given.value -> 'band'))
          end
        )
        order by scales.position
      )
      from app.instrument_scales as scales
      inner join jsonb_array_elements(p_scores) as given (value) on given.value ->> 'scale' = scales.code
      where scales.instrument_id = instruments.id
    ),
    'item', (
      select jsonb_agg(
        jsonb_build_object(
          'linkId', items.link_id,
          'text', items.item_text,
          'answer', jsonb_build_array(jsonb_build_object('valueCoding', jsonb_build_object(
            'system', instruments.canonical_url || '/' || options.option_set,
            'code', options.code,
            'display', options.option_text
          )))
        )
        order by items.position
      )
      from jsonb_array_elements(p_answers) as answers (value)
      inner join app.instrument_items as items
        on items.instrument_id = instruments.id and items.link_id = answers.value ->> 'link_id'
      inner join app.instrument_options as options
        on
          options.instrument_id = items.instrument_id
          and options.option_set = items.option_set
          and options.code = answers.value ->> 'code'
    )
  ))
  from public.instruments
  where instruments.id = p_instrument_id
$function$;

CREATE OR REPLACE FUNCTION app.questionnaire_scales(p_instrument_id uuid, p_texts jsonb, p_language text)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select coalesce(jsonb_agg(
    jsonb_build_object(
      'url', app.fhir_definition('instrument-scale'),
      'extension', jsonb_build_array(
        jsonb_build_object('url', 'code', 'valueCode', scales.code),
        jsonb_build_object('url', 'title')
        || app.fhir_text('valueString', scales.title, p_texts -> ('scale/' || scales.code), p_language),
        jsonb_build_object('url', 'method', 'valueCode', scales.method),
        jsonb_build_object('url', 'minimum', 'valueDecimal', trim_scale(scales.minimum)),
        jsonb_build_object('url', 'maximum', 'valueDecimal', trim_scale(scales.maximum)),
        jsonb_build_object('url', 'isHigherWorse', 'valueBoolean', scales.is_higher_worse)
      ) || coalesce(bands.extensions, '[]')
    )
    order by scales.position
  ), '[]')
  from app.instrument_scales as scales
  left join lateral (
    select jsonb_agg(
      jsonb_build_object('url', 'band', 'extension', jsonb_build_array(
        jsonb_build_object('url', 'lowerBound', 'valueDecimal', trim_scale(each.lower_bound)),
        jsonb_build_object('url', 'code', 'valueCode', each.code),
        jsonb_build_object('url', 'display') || app.fhir_text(
          'valueString', each.display, p_texts -> ('band/' || scales.code || '/' || each.code), p_language
        ),
        jsonb_build_object('url', 'severity', 'valueInteger', each.severity)
      ))
      order by each.lower_bound
    ) as extensions
    from app.instrument_bands as each
    where each.instrument_id = scales.instrument_id and each.scale_code = scales.code
  ) as bands on true
  where scales.instrument_id = p_instrument_id
$function$;

CREATE OR REPLACE FUNCTION app.read_nurse_questions(p_is_mine boolean, p_limit integer, p_before uuid, p_purpose public.access_purpose)
 RETURNS TABLE(id uuid, patient_id uuid, question_text text, asked_at timestamp with time zone, claimed_at timestamp with time zone, answered_at timestamp with time zone)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
#variable_conflict use_column
declare
  v_org_id constant uuid := app.current_org();
  v_my_id constant uuid := app.my_id();
  v_before constant uuid := coalesce(p_before, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
  v_ids uuid[];
  v_patient_ids uuid[];
begin
  perform app.require_role('care_manager', 'case_manager', 'nurse', 'clinician');
  select array_agg(shown.id), array_agg(distinct shown.patient_id) filter (where shown.patient_id is not null)
  into v_ids, v_patient_ids
  from (
    (
      select questions.id, questions.patient_id
      from public.nurse_questions as questions
      where
        questions.org_id = v_org_id and questions.claimed_at is null and questions.deleted_at is null
        and questions.id < v_before and not p_is_mine
      order by questions.id desc
      limit p_limit
    )
    union all
    (
      select questions.id, questions.patient_id
      from public.nurse_questions as questions
      where
        questions.org_id = v_org_id and questions.claimed_by = v_my_id and questions.deleted_at is null
        and questions.id < v_before
      order by questions.id desc
      limit p_limit
    )
    order by 1 desc
    limit p_limit
  ) as shown;
  if v_ids is null then
    return;
  end if;
  perform app.note_access(
    p_purpose, 'public.nurse_questions', v_org_id, coalesce(v_patient_ids, '{}'), cardinality(v_ids), '{}'
  );
  return query
  select
    questions.id, questions.patient_id, questions.question_text, questions.asked_at, questions.claimed_at,
    questions.answered_at
  from public.nurse_questions as questions
  where questions.org_id = v_org_id and questions.id = any(v_ids)
  order by questions.id desc;
end
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

CREATE OR REPLACE FUNCTION app.response_answers(p_response jsonb)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select coalesce(jsonb_agg(
    jsonb_build_object(
      'link_id', items.value ->> 'linkId',
      'code', case
        when
          not items.value ? 'item'
          and jsonb_typeof(answers.value -> 'valueCoding') = 'object'
          and starts_with(
            coalesce(answers.value -> 'valueCoding' ->> 'system', split_part(p_response ->> 'questionnaire', '|', 1) || '/'),
            split_part(p_response ->> 'questionnaire', '|', 1) || '/'
          )
          then answers.value -> 'valueCoding' ->> 'code'
      end
    )
    order by items.place, answers.place
  ), '[]')
  from jsonb_array_elements(p_response -> 'item') with ordinality as items (value, place)
  cross join lateral jsonb_array_elements(
    case when jsonb_typeof(items.value -> 'answer') = 'array' then items.value -> 'answer' else '[]' end
  ) with ordinality as answers (value, place)
$function$;

CREATE OR REPLACE FUNCTION app.score_instrument(p_instrument_id uuid, p_answers jsonb)
 RETURNS TABLE(scale text, score numeric, band text, severity smallint, percent numeric)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform app.check_answers(p_instrument_id, p_answers);

  return query
  with set_ranges as (
    select options.option_set, min(options.value) as lowest, max(options.value) as highest
    from app.instrument_options as options
    where options.instrument_id = p_instrument_id
    group by options.option_set
  ),

  counted as (
    select
      items.scale_code,
      app.item_value(options.value, items.is_reversed, set_ranges.lowest, set_ranges.highest) as value
    from jsonb_array_elements(p_answers) as answers (answer)
    inner join app.instrument_items as items
      on items.instrument_id = p_instrument_id and items.link_id = answers.answer ->> 'link_id'
    inner join app.instrument_options as options
      on
        options.instrument_id = items.instrument_id
        and options.option_set = items.option_set
        and options.code = answers.answer ->> 'code'
    inner join set_ranges on set_ranges.option_set = items.option_set
  ),

  scored as (
    select scales.code, case when scales.method = 'mean' then avg(counted.value) else sum(counted.value) end as score
    from app.instrument_scales as scales
    inner join counted on counted.scale_code = scales.code
    where scales.instrument_id = p_instrument_id
    group by scales.code, scales.method
  )

  select graded.*
  from app.grade_scores(p_instrument_id, (select jsonb_object_agg(scored.code, scored.score) from scored)) as graded;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_my_prompts(p_limit integer DEFAULT 20, p_before uuid DEFAULT NULL::uuid)
 RETURNS TABLE(id uuid, kind public.provider_prompt_kind, prompted_on date, question_count integer, message text)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');

  return query
  select
    prompts.id,
    prompts.kind,
    prompts.prompted_on,
    prompts.question_count,
    case prompts.kind
      when 'question_volume' then
        format('You answered %s questions today. How are you feeling?', prompts.question_count)
      when 'after_shift' then 'How was your shift? A check-in takes a minute; if you have done it, thank you.'
      when 'reassessment' then 'It is time to look again at how you are. The assessment takes a few minutes.'
    end
  from public.provider_prompts as prompts
  where
    prompts.org_id = (select app.current_org()) and prompts.user_id = (select auth.uid())
    and (p_before is null or prompts.id < p_before)
  order by prompts.id desc
  limit p_limit;
end
$function$;

ALTER TABLE "public"."nurse_questions" ADD CONSTRAINT "nurse_questions_text_length" CHECK (((length(question_text) >= 1) AND (length(question_text) <= 2000)));

CREATE VIEW "public"."care_homes" WITH (security_invoker=true) AS  SELECT org_id,
    id,
    property_id,
    name,
    time_zone,
    is_active,
    created_at,
    created_by,
    updated_at,
    updated_by,
    version
   FROM public.sites
  WHERE ((kind = 'care_home'::public.site_kind) AND (deleted_at IS NULL));

CREATE VIEW "public"."houses" WITH (security_invoker=true) AS  SELECT org_id,
    id,
    property_id,
    name,
    time_zone,
    is_active,
    created_at,
    created_by,
    updated_at,
    updated_by,
    version
   FROM public.sites
  WHERE ((kind = 'house'::public.site_kind) AND (deleted_at IS NULL));

CREATE POLICY "select_organization" ON "public"."org_patients" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.has_role(VARIADIC ARRAY['care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'scheduler'::public.app_role, 'billing'::public.app_role]) AS has_role)));

CREATE POLICY "select_own_or_related" ON "public"."patients" FOR SELECT TO "authenticated" USING (((deleted_at IS NULL) AND (((( SELECT app.my_id() AS my_id) IS NOT NULL) AND (user_id = ( SELECT app.my_id() AS my_id))) OR (( SELECT app.has_role(VARIADIC ARRAY['care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'scheduler'::public.app_role, 'billing'::public.app_role]) AS has_role) AND (id = ANY (ARRAY( SELECT link.patient_id
   FROM public.org_patients link
  WHERE ((link.org_id = ( SELECT app.current_org() AS current_org)) AND (link.deleted_at IS NULL)))))))));

COMMENT ON COLUMN "public"."nurse_questions"."question_text" IS 'The question, 1 to 2000 characters. PHI.';
COMMENT ON COLUMN "public"."provider_prompts"."occurrence_on" IS 'What it is about happened once: the first day of many questions, the day of the shift, the day the assessment was due.';
COMMENT ON FUNCTION "app"."due_prompts"(uuid, date) IS 'Whom of an organization to ask how they are on a day, why, and what for, unless they have been asked.';

COMMENT ON FUNCTION "app"."due_question_prompts"(uuid, date) IS 'Who of an organization, of those who take part by name, has had more than 20 questions on each of five days and more in a
row that end today; since when, and how many today.';
COMMENT ON FUNCTION "app"."grade_scores"(uuid, jsonb) IS 'As app.score_instrument(), from scores that are known: {"scale": score, …}, one for each scale, within its range.';

COMMENT ON FUNCTION "app"."job_prompt_providers"(uuid, integer) IS 'Scheduled: asks providers of an organization who take part how they are, where a rule says so, p_limit at a time.
Idempotent: yes.';
COMMENT ON FUNCTION "app"."providers_needing_help"(public.access_purpose, integer) IS 'What public.get_providers_needing_help answers; authorizes for itself.';

COMMENT ON FUNCTION "app"."score_instrument"(uuid, jsonb) IS 'Scores the answers to a version in use: one row per scale, in their order. p_answers: [{"link_id": …, "code": …}, …], one
for each item. percent: how bad the score is, from 0 to 100 of the range of its scale. Errors: invalid_input, conflict.';
COMMENT ON FUNCTION "app"."staff_org"() IS 'The active organization, if the caller works for it; else null.';

COMMENT ON FUNCTION "public"."get_nurse_questions"(boolean, integer, uuid, public.access_purpose) IS 'Questions that nobody has taken on and those that the caller has, newest first. For care and case managers, nurses and
clinicians; the call is logged.
p_is_mine: only those that the caller has taken on. p_limit: at most so many, 1 to 500.
p_before: only those older than this id, for the next page. p_purpose: what for.
Never null: id, question_text, asked_at.
Errors: not_authenticated, mfa_required, permission_denied, feature_disabled, invalid_input.';

COMMENT ON FUNCTION "public"."get_patients_restricted"(uuid[]) IS 'The columns of patients that not everyone who sees a row may read; they cannot be selected.
is_deceased: for care_manager, case_manager, nurse, clinician, and their owner.
A row of which the caller may read none of them is not in the answer.
p_ids: id of the rows, at most 1000.
Never null: id.
Errors: not_authenticated, invalid_input.';

COMMENT ON FUNCTION "public"."get_providers_needing_help"(public.access_purpose, integer) IS 'Providers at high or critical risk by their last assessment, highest first: only those who agreed to be contacted, and
only as long as they do. For administrators, care managers and wellness officers. Each call is logged with whom it
named.
p_purpose: what for. p_limit: at most so many, 1 to 500.
Never null: user_id, practitioner_id, provider_name, composite_burnout_score, risk_level, assessment_date,
has_open_case.
Errors: feature_disabled, permission_denied, invalid_input.';
COMMENT ON POLICY "select_organization" ON "public"."org_patients" IS 'care_manager, case_manager, nurse, clinician, scheduler, billing: every row of the active organization.';
COMMENT ON POLICY "select_own_or_related" ON "public"."patients" IS 'anyone who is signed in: their own rows; care_manager, case_manager, nurse, clinician, scheduler, billing: people whom the active organization knows.';
COMMENT ON VIEW "public"."care_homes" IS 'Care homes: the sites of kind care_home.';
COMMENT ON VIEW "public"."houses" IS 'Recovery residences: the sites of kind house.';

revoke all on function app.due_prompts(uuid,date) from public, anon, authenticated, service_role;

revoke all on function app.due_question_prompts(uuid,date) from public, anon, authenticated, service_role;

revoke all on function app.job_prompt_providers(uuid,integer) from public, anon, authenticated, service_role;

revoke all on function app.providers_needing_help(public.access_purpose,integer) from public, anon, authenticated, service_role;
grant all on function app.providers_needing_help(public.access_purpose,integer) to authenticated;

revoke all on function app.staff_org() from public, anon, authenticated, service_role;
grant all on function app.staff_org() to authenticated, service_role;

revoke all on function public.get_providers_needing_help(public.access_purpose,integer) from public, anon, authenticated, service_role;
grant all on function public.get_providers_needing_help(public.access_purpose,integer) to authenticated;

revoke all on table public.care_homes from public, anon, authenticated, service_role;
grant select on table public.care_homes to authenticated, service_role;

revoke all on table public.houses from public, anon, authenticated, service_role;
grant select on table public.houses to authenticated, service_role;

revoke all on table public.properties from public, anon, authenticated, service_role;
grant select on table public.properties to authenticated;
grant delete, insert, select, update on table public.properties to service_role;

revoke all on table public.sites from public, anon, authenticated, service_role;
grant select on table public.sites to authenticated;
grant delete, insert, select, update on table public.sites to service_role;
