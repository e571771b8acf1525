-- resilience_hub: written by `carebase db diff`. Never edited once it is applied anywhere.

set local lock_timeout = '30s';

set local check_function_bodies = off;

CREATE TYPE "app"."assessment_grade" AS ("scale" text, "score" numeric, "band" text, "severity" smallint, "percent" numeric);

CREATE TYPE "public"."burnout_risk_level" AS ENUM ('low', 'moderate', 'high', 'critical');

CREATE TYPE "public"."circle_invitation_status" AS ENUM ('pending', 'accepted', 'declined', 'expired');

CREATE TYPE "public"."contact_method" AS ENUM ('call', 'message', 'in_person', 'video');

CREATE TYPE "public"."instrument_license_kind" AS ENUM ('free', 'attribution', 'non_commercial', 'proprietary');

CREATE TYPE "public"."instrument_method" AS ENUM ('sum', 'mean', 'single');

CREATE TYPE "public"."instrument_status" AS ENUM ('draft', 'active', 'retired');

CREATE TYPE "public"."intervention_kind" AS ENUM ('circle_invitation', 'peer_support', 'workload_reduction', 'crisis_follow_up', 'check_in_call');

CREATE TYPE "public"."intervention_outcome" AS ENUM ('improved', 'unchanged', 'worse', 'declined', 'unknown');

CREATE TYPE "public"."intervention_status" AS ENUM ('proposed', 'open', 'in_progress', 'completed', 'declined', 'cancelled');

CREATE TYPE "public"."own_checkin" AS ("org_id" uuid, "id" uuid, "practitioner_id" uuid, "user_id" uuid, "checkin_date" date, "work_setting" public.work_setting, "stress_level" smallint, "energy_level" smallint, "patients_contacted_today" smallint, "difficult_patient_calls" smallint, "overtime_hours" numeric, "missed_break" boolean, "is_shared" boolean, "is_anonymous" boolean, "created_at" timestamp with time zone, "updated_at" timestamp with time zone, "version" integer);

CREATE TYPE "public"."participation_level" AS ENUM ('anonymous', 'aggregate_only', 'may_be_contacted');

CREATE TYPE "public"."my_participation" AS ("level" public.participation_level, "policy_version" integer, "newest_policy_version" integer, "is_current" boolean, "given_at" timestamp with time zone);

CREATE TYPE "public"."patient_risk_level" AS ENUM ('low', 'moderate', 'high');

CREATE TYPE "public"."peer_support_occasion" AS ENUM ('traumatic_event', 'patient_death', 'violence', 'error', 'other');

CREATE TYPE "public"."provider_prompt_kind" AS ENUM ('question_volume', 'after_shift', 'reassessment');

CREATE TYPE "public"."provider_risk_kind" AS ENUM ('burnout_assessment', 'no_assessment', 'workload', 'stress', 'question_volume', 'high_risk_panel', 'trend');

CREATE TYPE "public"."rebalance_reason" AS ENUM ('capacity');

CREATE TYPE "public"."rebalance_status" AS ENUM ('proposed', 'approved', 'rejected', 'expired', 'applied');

CREATE TYPE "public"."reflection_report_reason" AS ENUM ('harmful', 'personal_information', 'harassment', 'other');

CREATE TYPE "public"."resilience_dimension" AS ENUM ('emotional_exhaustion', 'depersonalization', 'personal_accomplishment', 'stress', 'sleep', 'workload');

CREATE TYPE "public"."workload_level" AS ENUM ('normal', 'high_risk');

CREATE OR REPLACE FUNCTION app.acknowledge_crisis_contacts()
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_now constant timestamptz := app.clock();
begin
  perform app.require_member();
  perform app.require_person();
  update public.provider_crisis_acknowledgements as shown set acknowledged_at = v_now
  where shown.org_id = app.current_org() and shown.user_id = app.my_id() and shown.acknowledged_at is null;
  if not found then
    insert into public.provider_crisis_acknowledgements (
      org_id, practitioner_id, user_id, shown_at, acknowledged_at
    )
    values (app.current_org(), app.my_practitioner(), app.my_id(), v_now, v_now);
  end if;
  return v_now;
end
$function$;

CREATE OR REPLACE FUNCTION app.alert_leads(p_org_id uuid, p_template text, p_subject text, p_body text, p_since date)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_channels constant public.notification_channel[] := array['email', 'in_app'];
  v_lead_id uuid;
  v_count integer := 0;
begin
  perform app.ensure_template(p_org_id, p_template, channels.name, p_subject, p_body, '{"since": "date"}')
  from unnest(v_channels) as channels (name);
  for v_lead_id in
    select distinct roles.user_id
    from public.role_assignments as roles
    where
      roles.org_id = p_org_id and roles.role in ('wellness_officer', 'admin') and roles.site_id is null
      and roles.deleted_at is null and roles.valid_during @> app.clock()
  loop
    perform app.enqueue_notification(
      p_org_id, channels.name, v_lead_id, p_template, jsonb_build_object('since', p_since),
      p_dedupe_key => format('%s:%s:%s:%s', p_template, channels.name, v_lead_id, p_since)
    )
    from unnest(v_channels) as channels (name);
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$function$;

CREATE OR REPLACE FUNCTION app.anonymity_secret(p_org_id uuid)
 RETURNS bytea
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_key app.anonymity_keys;
  v_schedule bytea;
  v_secret bytea;
begin
  select keys.* into v_key from app.anonymity_keys as keys where keys.org_id = p_org_id;
  if v_key.id is not null then
    select unwrapped.schedule into v_schedule
    from app.unwrap_keys(array[substr(v_key.secret, 2, 16)]) as unwrapped;
  end if;
  if v_schedule is null then
    return null;
  end if;
  v_secret := app.open_value(
    v_schedule, app.sealed_context('carebase:1:app.anonymity_keys:secret:', p_org_id, null), v_key.secret
  );
  if v_secret is null then
    perform app.refuse_damaged('app.anonymity_keys:secret', v_key.id);
  end if;
  return v_secret;
end
$function$;

CREATE OR REPLACE FUNCTION app.anonymous_checkins_of(p_org_id uuid, p_user_id uuid, p_from date DEFAULT NULL::date, p_to date DEFAULT NULL::date)
 RETURNS SETOF public.own_checkin
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select
    checkins.org_id, checkins.id, null::uuid, null::uuid, checkins.checkin_date, checkins.work_setting,
    checkins.stress_level, checkins.energy_level, checkins.patients_contacted_today,
    checkins.difficult_patient_calls, checkins.overtime_hours, checkins.missed_break,
    false, true, null::timestamptz, null::timestamptz, null::integer
  from app.author_tags(p_org_id, p_user_id, p_from, p_to) as tags
  inner join app.provider_anonymous_checkins as checkins
    on checkins.checkin_date = tags.checkin_date and checkins.author_tag = tags.author_tag
  where checkins.org_id = p_org_id
$function$;

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

CREATE OR REPLACE FUNCTION app.apply_rebalance(p_org_id uuid, p_proposal_id uuid, p_from_practitioner_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.lock_rebalance(p_org_id, p_proposal_id);
  if app.is_rebalance_stale(p_org_id, p_proposal_id, p_from_practitioner_id) then
    perform app.raise_error(
      'conflict', 'The panels have changed since this was proposed.', p_hint => 'Reject it and propose anew.'
    );
  end if;

  update public.provider_panel_patients as panel
  set ended_at = app.clock()
  from public.provider_rebalance_moves as moves
  where
    moves.org_id = p_org_id and moves.proposal_id = p_proposal_id
    and panel.org_id = p_org_id and panel.patient_id = moves.patient_id and panel.ended_at is null;
  insert into public.provider_panel_patients (org_id, practitioner_id, patient_id, acuity, assigned_at)
  select moves.org_id, moves.to_practitioner_id, moves.patient_id, moves.acuity, app.clock()
  from public.provider_rebalance_moves as moves
  where moves.org_id = p_org_id and moves.proposal_id = p_proposal_id;
  update public.provider_rebalance_proposals as proposals
  set status = 'applied'
  where proposals.org_id = p_org_id and proposals.id = p_proposal_id;
end
$function$;

CREATE OR REPLACE FUNCTION app.ask_for_peer_support(p_occasion public.peer_support_occasion, p_share boolean, OUT intervention_id uuid, OUT due_on date, OUT is_shared boolean, OUT told_count integer)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
  v_case public.provider_interventions;
begin
  perform app.require_feature('resilience_hub');
  v_org_id := app.current_org();
  intervention_id := app.open_intervention(v_org_id, app.my_id(), 'peer_support', null);
  if intervention_id is null then
    perform app.raise_error(
      'permission_denied', 'Only practitioners of the organization ask for peer support.',
      p_hint => 'Ask an administrator to link your sign-in with your practitioner record.'
    );
  end if;
  perform app.limit_rate('request_peer_support', app.my_id()::text, 20, interval '1 hour');
  update public.provider_interventions as cases
  set
    status = case cases.status when 'proposed' then 'open' else cases.status end,
    occasion = p_occasion,
    due_on = least(cases.due_on, app.organization_day(v_org_id, app.clock() + interval '24 hours')),
    shared_at = case when p_share then coalesce(cases.shared_at, app.clock()) else cases.shared_at end,
    is_unnamed = not p_share and cases.shared_at is null
  where cases.org_id = v_org_id and cases.id = intervention_id
  returning cases.* into v_case;
  due_on := v_case.due_on;
  is_shared := v_case.shared_at is not null;
  told_count := case
    when is_shared then app.tell_helpers(
      v_org_id, v_case.id, 'peer_support.requested', '/interventions/' || v_case.id
    )
    else app.tell_helpers(v_org_id, v_case.id, 'peer_support.wanted', '/peer-support')
  end;
end
$function$;

CREATE OR REPLACE FUNCTION app.assessments_as_document(p_org_id uuid, p_user_id uuid)
 RETURNS jsonb
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_ids constant uuid[] := array(
    select assessments.id from public.provider_burnout_assessments as assessments
    where assessments.org_id = p_org_id and assessments.user_id = p_user_id
  );
  v_answers jsonb := '{}';
begin
  if cardinality(v_ids) > 0 then
    select coalesce(jsonb_object_agg(opened.id, opened.answers), '{}') into v_answers
    from app.open_provider_burnout_assessments(v_ids, 'patient_request') as opened;
  end if;
  return jsonb_build_object(
    'provider_burnout_assessments', (
      select coalesce(
        jsonb_agg(
          to_jsonb(assessments) || jsonb_build_object('answers', v_answers -> assessments.id::text)
          order by assessments.assessment_date, assessments.id
        ), '[]'
      )
      from public.provider_burnout_assessments as assessments
      where assessments.org_id = p_org_id and assessments.user_id = p_user_id
    ),
    'provider_assessment_scores', (
      select coalesce(jsonb_agg(to_jsonb(scores) order by scores.assessment_id, scores.scale_code), '[]')
      from public.provider_assessment_scores as scores
      where scores.org_id = p_org_id and scores.user_id = p_user_id
    )
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.author_tag(p_secret bytea, p_org_id uuid, p_user_id uuid, p_date date)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO ''
AS $function$
  select extensions.hmac(
    'carebase:1:checkin:'::bytea || uuid_send(p_org_id) || uuid_send(p_user_id)
    || int4send(p_date - date '2000-01-01'),
    p_secret, 'sha256'
  )
$function$;

CREATE OR REPLACE FUNCTION app.author_tags(p_org_id uuid, p_user_id uuid, p_from date DEFAULT NULL::date, p_to date DEFAULT NULL::date)
 RETURNS TABLE(checkin_date date, author_tag bytea)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_from date;
  v_to date;
  v_secret bytea;
begin
  select
    greatest(p_from, min(consents.given_at)::date - 2),
    least(p_to, max(coalesce(consents.withdrawn_at, app.clock()))::date + 2)
  into v_from, v_to
  from public.provider_consents as consents
  where consents.user_id = p_user_id and consents.org_id = p_org_id and consents.level = 'anonymous'
  having count(*) > 0;
  if v_from is not null then
    v_secret := app.anonymity_secret(p_org_id);
  end if;
  return query
  select days.day, app.author_tag(v_secret, p_org_id, p_user_id, days.day)
  from (
    select v_to - back as day from generate_series(0, v_to - v_from) as back where v_secret is not null
  ) as days
  order by days.day desc;
end
$function$;

CREATE OR REPLACE FUNCTION app.burnout_composite(p_emotional_exhaustion_score numeric, p_depersonalization_score numeric, p_personal_accomplishment_score numeric)
 RETURNS numeric
 LANGUAGE sql
 IMMUTABLE
RETURN round((((0.40 * p_emotional_exhaustion_score) + (0.30 * p_depersonalization_score)) + (0.30 * ((100)::numeric - p_personal_accomplishment_score))), 2);

CREATE OR REPLACE FUNCTION app.burnout_level(p_composite_burnout_score numeric)
 RETURNS public.burnout_risk_level
 LANGUAGE sql
 IMMUTABLE
RETURN (CASE WHEN (p_composite_burnout_score < (40)::numeric) THEN 'low'::text WHEN (p_composite_burnout_score < (60)::numeric) THEN 'moderate'::text WHEN (p_composite_burnout_score < (75)::numeric) THEN 'high'::text WHEN (p_composite_burnout_score >= (75)::numeric) THEN 'critical'::text ELSE NULL::text END)::public.burnout_risk_level;

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

CREATE OR REPLACE FUNCTION app.check_instrument(p_instrument_id uuid, p_language_code text)
 RETURNS void
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_fault record;
begin
  select faults.place, faults.rule into v_fault
  from app.instrument_faults(p_instrument_id, p_language_code) as faults
  order by faults.place
  limit 1;
  if found then
    perform app.raise_error(
      'invalid_input', v_fault.rule, jsonb_build_object('field', 'is_active', 'place', v_fault.place)
    );
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.check_scores(p_instrument_id uuid, p_scores jsonb)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_scale record;
begin
  perform app.check_input(
    'p_scores', jsonb_typeof(p_scores) = 'object' and app.check_json(p_scores, 10000, 1),
    'Scores are an object with one number for each scale.'
  );
  for v_scale in
    select scales.code, scales.minimum, scales.maximum
    from app.instrument_scales as scales
    where scales.instrument_id = p_instrument_id
    order by scales.position
  loop
    if jsonb_typeof(p_scores -> v_scale.code) is distinct from 'number' or not (
      (p_scores ->> v_scale.code)::numeric between v_scale.minimum and v_scale.maximum
    ) then
      perform app.raise_error(
        'invalid_input',
        format('The score of this scale is a number from %s to %s.', trim_scale(v_scale.minimum), trim_scale(v_scale.maximum)),
        jsonb_build_object('field', 'p_scores', 'scale', v_scale.code)
      );
    end if;
  end loop;
  if exists (
    select from jsonb_object_keys(p_scores) as given (code)
    where not exists (
      select from app.instrument_scales as scales
      where scales.instrument_id = p_instrument_id and scales.code = given.code
    )
  ) then
    perform app.raise_error(
      'invalid_input', 'This instrument has no such scale.', jsonb_build_object('field', 'p_scores')
    );
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.check_search(p_search text, p_limit integer)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.check_input(
    'p_search', p_search is null or (length(p_search) <= 200 and p_search ~ '[[:alnum:]]'),
    'A search is a text of at most 200 characters, with a letter or digit in it.'
  );
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
end
$function$;

CREATE OR REPLACE FUNCTION app.check_subscale(p_field text, p_score numeric)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.check_input(p_field, p_score between 0 and 100, 'The result of a subscale is a number from 0 to 100.');
end
$function$;

CREATE OR REPLACE FUNCTION app.close_checkin_days(p_org_id uuid, p_today date, p_limit integer)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_minimum_people constant integer := 5;
  v_provider_count constant integer := app.count_providers(p_org_id);
  v_from date;
  v_count integer;
begin
  select coalesce(
    (select max(days.checkin_date) + 1 from public.provider_checkin_days as days where days.org_id = p_org_id),
    least(
      (select min(named.checkin_date) from public.provider_daily_checkins as named where named.org_id = p_org_id),
      (select min(other.checkin_date) from app.provider_anonymous_checkins as other where other.org_id = p_org_id),
      p_today - 1
    )
  ) into v_from;

  insert into public.provider_checkin_days (
    org_id, checkin_date, provider_count, people_count, average_stress_level, average_energy_level,
    average_patients_contacted, average_overtime_hours, missed_break_percent, frozen_at
  )
  with days as (
    select v_from + ahead as day
    from generate_series(0, least(p_today - v_from, p_limit) - 1) as ahead
  ),

  checkins as (
    select
      checkin_date, stress_level, energy_level, patients_contacted_today, overtime_hours, missed_break
    from public.provider_daily_checkins
    where org_id = p_org_id and checkin_date >= v_from and checkin_date < p_today
    union all
    select
      checkin_date, stress_level, energy_level, patients_contacted_today, overtime_hours, missed_break
    from app.provider_anonymous_checkins
    where org_id = p_org_id and checkin_date >= v_from and checkin_date < p_today
  ),

  figures as (
    select
      checkin_date, count(*)::integer as people, avg(stress_level) as stress, avg(energy_level) as energy,
      avg(patients_contacted_today) as patients, avg(overtime_hours) as overtime,
      100 * avg(missed_break::integer) as missed_breaks
    from checkins
    group by checkin_date
    having count(*) >= v_minimum_people
  )

  select
    p_org_id, days.day, v_provider_count, figures.people, figures.stress, figures.energy,
    figures.patients, figures.overtime, figures.missed_breaks, app.clock()
  from days
  left join figures on figures.checkin_date = days.day
  on conflict do nothing;
  get diagnostics v_count = row_count;
  return v_count;
end
$function$;

CREATE OR REPLACE FUNCTION app.consent_level(p_org_id uuid, p_user_id uuid)
 RETURNS public.participation_level
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  return (
    select consents.level
    from public.provider_consents as consents
    where consents.org_id = p_org_id and consents.user_id = p_user_id and consents.withdrawn_at is null
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.count_encounters()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  if tg_op = 'INSERT' then
    insert into app.provider_workload_deltas (org_id, practitioner_id, day, encounters)
    select rows.org_id, rows.provider_id, rows.date_of_service, count(*)
    from new_rows as rows
    where app.is_encounter_counted(rows.provider_id, rows.date_of_service, rows.status, rows.deleted_at)
    group by rows.org_id, rows.provider_id, rows.date_of_service;
  elsif tg_op = 'DELETE' then
    insert into app.provider_workload_deltas (org_id, practitioner_id, day, encounters)
    select rows.org_id, rows.provider_id, rows.date_of_service, -count(*)
    from old_rows as rows
    where app.is_encounter_counted(rows.provider_id, rows.date_of_service, rows.status, rows.deleted_at)
    group by rows.org_id, rows.provider_id, rows.date_of_service;
  else
    insert into app.provider_workload_deltas (org_id, practitioner_id, day, encounters)
    select sides.org_id, sides.provider_id, sides.date_of_service, sum(sides.change)
    from (
      select rows.org_id, rows.provider_id, rows.date_of_service, rows.status, rows.deleted_at, 1 as change
      from new_rows as rows
      union all
      select rows.org_id, rows.provider_id, rows.date_of_service, rows.status, rows.deleted_at, -1
      from old_rows as rows
    ) as sides
    where app.is_encounter_counted(sides.provider_id, sides.date_of_service, sides.status, sides.deleted_at)
    group by sides.org_id, sides.provider_id, sides.date_of_service
    having sum(sides.change) <> 0;
  end if;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION app.count_questions()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  if tg_op = 'INSERT' then
    insert into app.provider_workload_deltas (org_id, practitioner_id, day, questions)
    select rows.org_id, rows.practitioner_id, rows.claimed_on, count(*)
    from new_rows as rows
    where app.is_question_counted(rows.practitioner_id, rows.claimed_on, rows.deleted_at)
    group by rows.org_id, rows.practitioner_id, rows.claimed_on;
  elsif tg_op = 'DELETE' then
    insert into app.provider_workload_deltas (org_id, practitioner_id, day, questions)
    select rows.org_id, rows.practitioner_id, rows.claimed_on, -count(*)
    from old_rows as rows
    where app.is_question_counted(rows.practitioner_id, rows.claimed_on, rows.deleted_at)
    group by rows.org_id, rows.practitioner_id, rows.claimed_on;
  else
    insert into app.provider_workload_deltas (org_id, practitioner_id, day, questions)
    select sides.org_id, sides.practitioner_id, sides.claimed_on, sum(sides.change)
    from (
      select rows.org_id, rows.practitioner_id, rows.claimed_on, rows.deleted_at, 1 as change from new_rows as rows
      union all
      select rows.org_id, rows.practitioner_id, rows.claimed_on, rows.deleted_at, -1 from old_rows as rows
    ) as sides
    where app.is_question_counted(sides.practitioner_id, sides.claimed_on, sides.deleted_at)
    group by sides.org_id, sides.practitioner_id, sides.claimed_on
    having sum(sides.change) <> 0;
  end if;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION app.decide_reports(p_org_id uuid, p_reflection_id uuid, p_keep boolean)
 RETURNS void
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  update public.provider_reflection_reports as reports set decided_at = app.clock(), is_kept = p_keep
  where reports.org_id = p_org_id and reports.reflection_id = p_reflection_id and reports.decided_at is null
$function$;

CREATE OR REPLACE FUNCTION app.delete_resilience_data_of_mine()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id constant uuid := app.current_org();
  v_user_id constant uuid := app.my_id();
begin
  perform app.require_feature('resilience_hub');
  perform app.require_person();
  perform pg_advisory_xact_lock(app.participation_lock(v_org_id, v_user_id));
  perform set_config('carebase.told_as_one', 'on', true);
  -- Consents last: they say on which days there may be anonymous check-ins.
  perform app.forget_anonymous_checkins(v_org_id, v_user_id);
  delete from public.provider_reflection_reports as reports
  where reports.org_id = v_org_id and reports.user_id = v_user_id;
  delete from public.provider_support_circle_invitations as invitations
  where invitations.org_id = v_org_id and invitations.user_id = v_user_id;
  delete from public.provider_intervention_contacts as contacts
  where contacts.org_id = v_org_id and contacts.user_id = v_user_id;
  delete from public.provider_interventions as cases
  where cases.org_id = v_org_id and cases.user_id = v_user_id;
  delete from public.provider_prompts as prompts
  where prompts.org_id = v_org_id and prompts.user_id = v_user_id;
  delete from public.provider_crisis_acknowledgements as seen
  where seen.org_id = v_org_id and seen.user_id = v_user_id;
  delete from public.provider_panel_pauses as pauses
  where pauses.org_id = v_org_id and pauses.user_id = v_user_id;
  delete from public.provider_training_completions as trainings
  where trainings.org_id = v_org_id and trainings.user_id = v_user_id;
  delete from public.provider_assessment_scores as scores
  where scores.org_id = v_org_id and scores.user_id = v_user_id;
  delete from public.provider_burnout_assessments as assessments
  where assessments.org_id = v_org_id and assessments.user_id = v_user_id;
  delete from public.provider_support_reflections as reflections
  where reflections.org_id = v_org_id and reflections.user_id = v_user_id;
  delete from public.provider_support_circle_members as members
  where members.org_id = v_org_id and members.user_id = v_user_id;
  delete from public.provider_daily_checkins as checkins
  where checkins.org_id = v_org_id and checkins.user_id = v_user_id;
  delete from public.provider_consents as consents
  where consents.org_id = v_org_id and consents.user_id = v_user_id;
  perform set_config('carebase.told_as_one', '', true);
  perform app.audit_concealed('purge', v_org_id, 'public.provider_consents', null);
end
$function$;

CREATE OR REPLACE FUNCTION app.derive_claim()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if tg_op = 'INSERT' then
    new.claimed_on := null;
    new.practitioner_id := null;
  else
    new.claimed_on := old.claimed_on;
    new.practitioner_id := old.practitioner_id;
  end if;
  if new.claimed_at is null then
    new.claimed_on := null;
    new.practitioner_id := null;
  elsif tg_op = 'INSERT' or new.claimed_at is distinct from old.claimed_at then
    new.claimed_on := (
      new.claimed_at at time zone (select orgs.time_zone from public.organizations as orgs where orgs.id = new.org_id)
    )::date;
  end if;
  if new.claimed_by is not null and (tg_op = 'INSERT' or new.claimed_by is distinct from old.claimed_by) then
    new.practitioner_id := app.find_provider(new.org_id, new.claimed_by);
  end if;
  return new;
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

CREATE OR REPLACE FUNCTION app.end_circle_seat(p_circle_id uuid, p_user_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform 1 from public.provider_support_circles as led
  where
    led.org_id = app.current_org() and led.id = p_circle_id and led.facilitator_id = app.my_id()
    and led.deleted_at is null;
  if not found then
    perform app.raise_error('not_found', 'You lead no such circle.');
  end if;
  update public.provider_support_circle_members as seats
  set is_active = false
  where
    seats.org_id = app.current_org() and seats.circle_id = p_circle_id and seats.user_id = p_user_id
    and seats.is_active;
end
$function$;

CREATE OR REPLACE FUNCTION app.end_consent(p_org_id uuid, p_user_id uuid, p_keeps_shared boolean)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_count integer;
begin
  update public.provider_consents as consents
  set withdrawn_at = greatest(consents.given_at, app.clock())
  where consents.org_id = p_org_id and consents.user_id = p_user_id and consents.withdrawn_at is null;
  if p_keeps_shared then
    return;
  end if;
  perform set_config('carebase.told_as_one', 'on', true);
  update public.provider_daily_checkins as checkins
  set is_shared = false
  where checkins.org_id = p_org_id and checkins.user_id = p_user_id and checkins.is_shared;
  get diagnostics v_count = row_count;
  perform set_config('carebase.told_as_one', '', true);
  if v_count > 0 then
    perform app.audit_concealed(
      'update', p_org_id, 'public.provider_daily_checkins', '{"is_shared": "changed"}'
    );
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.end_intervention(p_org_id uuid, p_id uuid, p_status public.intervention_status, p_outcome public.intervention_outcome, p_note text DEFAULT NULL::text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if p_status = 'completed' then
    update public.provider_interventions as cases set status = 'open'
    where cases.org_id = p_org_id and cases.id = p_id and cases.status = 'proposed';
  end if;
  update public.provider_interventions as cases
  set status = p_status, outcome = p_outcome, note = coalesce(p_note, cases.note)
  where cases.org_id = p_org_id and cases.id = p_id and cases.closed_at is null;
end
$function$;

CREATE OR REPLACE FUNCTION app.ensure_anonymity_secret(p_org_id uuid)
 RETURNS bytea
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_secret bytea := app.anonymity_secret(p_org_id);
begin
  if v_secret is null then
    insert into app.anonymity_keys (org_id, secret)
    values (p_org_id, convert_to(encode(extensions.gen_random_bytes(32), 'hex'), 'UTF8'))
    on conflict (org_id) do nothing;
    v_secret := app.anonymity_secret(p_org_id);
  end if;
  return v_secret;
end
$function$;

CREATE OR REPLACE FUNCTION app.ensure_helper_templates(p_org_id uuid)
 RETURNS void
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  select app.ensure_template(
    p_org_id, words.template, channels.channel, words.subject, words.body || ' {{ link }}', '{"link": "link"}'
  )
  from (
    values
      (
        'peer_support.requested', 'A colleague asks for peer support',
        'A colleague asks for somebody to talk to, within a day. Who it is stands here:'
      ),
      (
        'peer_support.wanted', 'Somebody asks for peer support',
        'A colleague asks for somebody to talk to, within a day, and does not wish to be named yet. What you can do:'
      ),
      (
        'intervention.shared', 'A colleague takes up an offer of help',
        'A colleague takes up an offer of help. Who it is stands here:'
      )
  ) as words (template, subject, body)
  cross join unnest(array['email', 'in_app']::public.notification_channel[]) as channels (channel)
$function$;

CREATE OR REPLACE FUNCTION app.fhir_definition(p_name text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
RETURN ('https://carebase.example.com/fhir/StructureDefinition/'::text || p_name);

CREATE OR REPLACE FUNCTION app.fhir_extension(p_element jsonb, p_url text)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO ''
AS $function$
  select each.value
  from jsonb_array_elements(
    case when jsonb_typeof(p_element -> 'extension') = 'array' then p_element -> 'extension' else '[]' end
  ) with ordinality as each (value, place)
  where each.value ->> 'url' = p_url
  order by each.place
  limit 1
$function$;

CREATE OR REPLACE FUNCTION app.fhir_text(p_name text, p_text text, p_translations jsonb, p_language text)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO ''
AS $function$
  select case
    when p_text is null then '{}'
    when p_language is not null then jsonb_build_object(p_name, coalesce(p_translations ->> p_language, p_text))
    when p_translations is null then jsonb_build_object(p_name, p_text)
    else jsonb_build_object(
      p_name, p_text,
      '_' || p_name, jsonb_build_object('extension', (
        select jsonb_agg(app.fhir_translation(each.key, each.value) order by each.key)
        from jsonb_each_text(p_translations) as each
      ))
    )
  end
$function$;

CREATE OR REPLACE FUNCTION app.fhir_translation(p_language text, p_text text)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
RETURN jsonb_build_object('url', 'http://hl7.org/fhir/StructureDefinition/translation', 'extension', jsonb_build_array(jsonb_build_object('url', 'lang', 'valueCode', p_language), jsonb_build_object('url', 'content', 'valueString', p_text)));

CREATE OR REPLACE FUNCTION app.fill_circle_seat(p_org_id uuid, p_circle_id uuid, p_user_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_practitioner_id uuid;
  v_max_members integer;
begin
  v_practitioner_id := app.find_provider(p_org_id, p_user_id);
  if v_practitioner_id is null then
    perform app.raise_error('not_found', 'There is no such practitioner in your organization.');
  end if;

  -- Two who take a seat at once wait for each other here: the last seat is given once.
  select circles.max_members into v_max_members
  from public.provider_support_circles as circles
  where circles.org_id = p_org_id and circles.id = p_circle_id and circles.deleted_at is null
  for no key update;
  if v_max_members is null then
    perform app.raise_error('not_found', 'There is no such circle in your organization.');
  end if;
  perform app.require_open_circle(p_circle_id);
  if exists (
    select from public.provider_support_circle_members as seats
    where seats.org_id = p_org_id and seats.circle_id = p_circle_id and seats.user_id = p_user_id and seats.is_active
  ) then
    return;
  end if;
  if app.count_circle_seats(p_org_id, p_circle_id) >= v_max_members then
    perform app.raise_error(
      'conflict', 'This circle is full.', jsonb_build_object('max_members', v_max_members)
    );
  end if;
  insert into public.provider_support_circle_members as seats (org_id, circle_id, practitioner_id, user_id, joined_at)
  values (p_org_id, p_circle_id, v_practitioner_id, p_user_id, app.clock())
  on conflict (org_id, circle_id, user_id) do update set
    practitioner_id = excluded.practitioner_id, joined_at = excluded.joined_at, is_active = true, deleted_at = null;
end
$function$;

CREATE OR REPLACE FUNCTION app.find_instrument(p_code text)
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_id uuid;
begin
  select instruments.id into v_id from public.instruments where instruments.code = p_code and instruments.is_active;
  if v_id is null then
    perform app.raise_error('not_found', 'There is no such instrument in use.');
  end if;
  return v_id;
end
$function$;

CREATE OR REPLACE FUNCTION app.find_modules(p_category public.resilience_category, p_search text, p_for_dimension public.resilience_dimension, p_limit integer, p_after uuid)
 RETURNS TABLE(module_id uuid)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_query tsquery := app.search_query(p_search);
begin
  perform app.require_feature('resilience_hub');
  if p_after is not null and not exists (
    select from public.resilience_training_modules as modules where modules.id = p_after
  ) then
    perform app.raise_error('not_found', 'There is no such module to go on after.');
  end if;
  if p_search is not null and not exists (
    select from public.resilience_training_modules as modules
    where modules.is_active and modules.deleted_at is null and modules.search_document @@ v_query
  ) then
    v_query := app.prefix_query(p_search);
  end if;

  return query
  with listed as (
    select modules.id, modules.category, modules.title, modules.search_document, true as is_found
    from public.resilience_training_modules as modules
    where
      modules.is_active
      and modules.deleted_at is null
      and (p_category is null or modules.category = p_category)
      and (p_search is null or modules.search_document @@ v_query)
    union all
    select modules.id, modules.category, modules.title, modules.search_document, false
    from public.resilience_training_modules as modules
    where modules.id = p_after
  ),
  placed as (
    select
      listed.id,
      listed.is_found,
      row_number() over (
        order by
          coalesce(weights.weight, 0) desc, coalesce(ts_rank(listed.search_document, v_query), 0) desc,
          listed.category, listed.title, listed.id, listed.is_found
      ) as place
    from listed
    left join public.resilience_dimension_categories as weights
      on weights.dimension = p_for_dimension and weights.category = listed.category and weights.deleted_at is null
  )
  select placed.id
  from placed
  where placed.is_found and placed.place > (
    select coalesce(max(former.place), 0) from placed as former where former.id = p_after
  )
  order by placed.place
  limit p_limit;
end
$function$;

CREATE OR REPLACE FUNCTION app.find_questionnaire(p_response jsonb)
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_canonical text[];
  v_id uuid;
begin
  perform app.check_input(
    'p_response',
    jsonb_typeof(p_response) = 'object' and app.check_json(p_response, 200000, 12)
    and p_response ->> 'resourceType' = 'QuestionnaireResponse'
    and coalesce(jsonb_typeof(p_response -> 'item'), 'array') = 'array',
    'A response is a FHIR R4 QuestionnaireResponse of at most 200,000 bytes.'
  );
  perform app.check_input(
    'p_response', p_response ->> 'status' in ('completed', 'amended'), 'Only a completed response is kept.'
  );
  v_canonical := string_to_array(p_response ->> 'questionnaire', '|');
  select instruments.id into v_id
  from public.instruments
  where
    instruments.canonical_url = v_canonical[1]
    and instruments.is_active
    and (v_canonical[2] is null or instruments.instrument_version = v_canonical[2]);
  if v_id is null then
    perform app.raise_error('not_found', 'There is no such questionnaire in use.', p_hint => 'Load it again.');
  end if;
  return v_id;
end
$function$;

CREATE OR REPLACE FUNCTION app.find_resources(p_category public.resilience_category, p_search text, p_for_dimension public.resilience_dimension, p_limit integer, p_after uuid)
 RETURNS TABLE(resource_id uuid)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_query tsquery := app.search_query(p_search);
begin
  perform app.require_feature('resilience_hub');
  if p_after is not null and not exists (
    select from public.resilience_resources as resources where resources.id = p_after
  ) then
    perform app.raise_error('not_found', 'There is no such resource to go on after.');
  end if;
  if p_search is not null and not exists (
    select from public.resilience_resources as resources
    where resources.is_active and resources.deleted_at is null and resources.search_document @@ v_query
  ) then
    v_query := app.prefix_query(p_search);
  end if;

  return query
  with listed as (
    select resources.id, resources.category, resources.title, resources.search_document, true as is_found
    from public.resilience_resources as resources
    where
      resources.is_active
      and resources.deleted_at is null
      and not resources.is_crisis
      and (p_category is null or resources.category = p_category)
      and (p_search is null or resources.search_document @@ v_query)
    union all
    select resources.id, resources.category, resources.title, resources.search_document, false
    from public.resilience_resources as resources
    where resources.id = p_after and not resources.is_crisis
  ),
  placed as (
    select
      listed.id,
      listed.is_found,
      row_number() over (
        order by
          coalesce(weights.weight, 0) desc, coalesce(ts_rank(listed.search_document, v_query), 0) desc,
          listed.category, listed.title, listed.id, listed.is_found
      ) as place
    from listed
    left join public.resilience_dimension_categories as weights
      on weights.dimension = p_for_dimension and weights.category = listed.category and weights.deleted_at is null
  )
  (
    select lines.id
    from public.resilience_resources as lines
    where p_after is null and lines.is_crisis and lines.is_active and lines.deleted_at is null
    order by lines.category, lines.title, lines.id
  )
  union all
  (
    select placed.id
    from placed
    where placed.is_found and placed.place > (
      select coalesce(max(former.place), 0) from placed as former where former.id = p_after
    )
    order by placed.place
    limit p_limit
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.finish_nurse_question(p_question_id uuid)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_answered_at timestamptz;
begin
  perform app.require_role('care_manager', 'case_manager', 'nurse', 'clinician');
  select questions.answered_at into v_answered_at
  from public.nurse_questions as questions
  where
    questions.org_id = app.current_org() and questions.id = p_question_id
    and questions.claimed_by = app.my_id() and questions.deleted_at is null
  for no key update;
  if not found then
    perform app.raise_error('not_found', 'You have taken no such question.');
  end if;
  if v_answered_at is null then
    update public.nurse_questions as questions
    set answered_at = greatest(app.clock(), questions.claimed_at)
    where questions.org_id = app.current_org() and questions.id = p_question_id
    returning questions.answered_at into v_answered_at;
  end if;
  return v_answered_at;
end
$function$;

CREATE OR REPLACE FUNCTION app.fold_workload(p_limit integer DEFAULT 10000)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_count integer;
begin
  with taken as materialized (
    delete from app.provider_workload_deltas
    where ctid = any(array(
      select deltas.ctid from app.provider_workload_deltas as deltas
      limit p_limit
      for update skip locked
    ))
    returning org_id, practitioner_id, day, encounters, questions
  ), folded as (
    insert into app.provider_workload_days as days (org_id, practitioner_id, day, encounters, questions)
    select taken.org_id, taken.practitioner_id, taken.day, sum(taken.encounters), sum(taken.questions)
    from taken
    -- Of a practitioner who was removed since, everything that counted is gone too: their deltas add up to nothing.
    inner join public.org_practitioners as known
      on known.org_id = taken.org_id and known.practitioner_id = taken.practitioner_id
    group by taken.org_id, taken.practitioner_id, taken.day
    order by taken.org_id, taken.practitioner_id, taken.day
    on conflict (org_id, practitioner_id, day) do update set
      encounters = days.encounters + excluded.encounters, questions = days.questions + excluded.questions
  )
  select count(*) into v_count from taken;
  return v_count;
end
$function$;

CREATE OR REPLACE FUNCTION app.forget_anonymous_checkins(p_org_id uuid, p_user_id uuid, p_from date DEFAULT NULL::date)
 RETURNS void
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  delete from app.provider_anonymous_checkins as checkins
  using app.author_tags(p_org_id, p_user_id, p_from) as tags
  where
    checkins.org_id = p_org_id
    and checkins.checkin_date = tags.checkin_date
    and checkins.author_tag = tags.author_tag
$function$;

CREATE OR REPLACE FUNCTION app.forget_my_anonymous_checkin()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  if exists (
    select from public.provider_consents as consents
    where
      consents.user_id = app.my_id()
      and consents.org_id = app.current_org()
      and consents.level = 'anonymous'
      and coalesce(consents.withdrawn_at, app.clock()) > app.clock() - interval '2 days'
  ) then
    perform app.forget_anonymous_checkins(app.current_org(), app.my_id(), app.today());
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.freeze_wellbeing_month(p_org_id uuid, p_month date)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_last constant date := (p_month + interval '1 month')::date - 1;
  v_week_count constant numeric := (v_last - p_month + 1) / 7.0;
begin
  -- Two who close one month at once: the second finds it closed.
  perform pg_catalog.pg_advisory_xact_lock(hashtextextended('wellbeing_month:' || p_org_id, 0));
  if exists (
    select 1 from public.provider_wellbeing_months as months where months.org_id = p_org_id and months.month = p_month
  ) then
    return false;
  end if;

  insert into public.provider_wellbeing_months (
    org_id, month, team_id, provider_count, assessed_count, median_burnout, average_burnout, elevated_percent,
    checked_in_count, adoption_percent, checkins_per_provider_week, average_stress, trained_percent, helped_count,
    median_effect, workload_correlation
  )
  with figures as (
    select groups.* from app.wellbeing_groups(p_org_id, p_month, v_last) as groups
  ),
  teams as (
    select
      array_agg(figures.team_id) as ids, array_agg(figures.assessed) as assessed,
      array_agg(figures.checked_in) as checked_in, array_agg(figures.providers::integer) as providers
    from figures
    where figures.team_id is not null
  ),
  told as materialized (
    select
      app.tellable_groups(figures.assessed, teams.ids, teams.assessed) as assessed,
      app.tellable_shares(
        figures.checked_in, figures.providers::integer, teams.ids, teams.checked_in, teams.providers
      ) as checked_in
    from figures
    cross join teams
    where figures.is_whole
  ),
  days as (
    select
      sum(days.people_count) as checkins,
      sum(days.people_count * days.average_stress_level) / nullif(sum(days.people_count), 0) as stress
    from public.provider_checkin_days as days
    where days.org_id = p_org_id and days.checkin_date between p_month and v_last
  ),
  judged as materialized (
    select
      figures.*,
      case when figures.is_whole then figures.assessed >= 5 else figures.team_id = any(told.assessed) end as is_assessed,
      case when figures.is_whole then figures.checked_in >= 5 else figures.team_id = any(told.checked_in) end as is_adopted
    from figures
    cross join told
    where figures.is_whole or figures.team_id is not null
  )
  select
    p_org_id, p_month, judged.team_id, judged.providers,
    case when judged.is_assessed then judged.assessed end,
    case when judged.is_assessed then round(judged.median_score) end,
    case when judged.is_assessed then round(judged.average_score) end,
    case when judged.is_whole then app.tellable_percent(judged.elevated, judged.assessed) end,
    case when judged.is_adopted then judged.checked_in end,
    case when judged.is_adopted then app.tellable_percent(judged.checked_in, judged.providers) end,
    case when judged.is_whole and judged.providers >= 5 and days.checkins is not null then
      least(round(days.checkins / (judged.providers * v_week_count), 2), 7) end,
    case when judged.is_whole then round(days.stress, 1) end,
    case when judged.is_whole then app.tellable_percent(judged.trained, judged.providers) end,
    case when judged.is_whole and judged.helped >= 5 then judged.helped end,
    case when judged.is_whole and judged.helped >= 5 then round(judged.median_effect) end,
    case when judged.is_whole and judged.assessed >= 10 then round(judged.correlation, 1) end
  from judged
  cross join days;
  return true;
end
$function$;

CREATE OR REPLACE FUNCTION app.give_consent(p_level public.participation_level, p_policy_version integer)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id constant uuid := app.current_org();
  v_user_id constant uuid := app.my_id();
  v_former public.provider_consents;
begin
  perform app.require_feature('resilience_hub');
  perform app.require_provider();
  if p_policy_version is distinct from app.newest_policy_version() then
    perform app.raise_error(
      'conflict', 'There is another version of the privacy statement.',
      jsonb_build_object('policy_version', app.newest_policy_version()), 'Show the newest one and ask again.'
    );
  end if;
  perform pg_advisory_xact_lock(app.participation_lock(v_org_id, v_user_id));
  select consents.* into v_former
  from public.provider_consents as consents
  where consents.org_id = v_org_id and consents.user_id = v_user_id and consents.withdrawn_at is null;
  if (v_former.level, v_former.policy_version) is not distinct from (p_level, p_policy_version) then
    return;
  end if;

  perform app.end_consent(v_org_id, v_user_id, p_level = 'may_be_contacted');
  insert into public.provider_consents (org_id, practitioner_id, user_id, level, policy_version, given_at)
  values (v_org_id, app.my_practitioner(), v_user_id, p_level, p_policy_version, app.clock());
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

CREATE OR REPLACE FUNCTION app.guard_assessment()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  -- What is not the assessment itself: the system's note, the stamps, and what is computed after this trigger.
  v_others constant text[] := array[
    'intervention_triggered', 'updated_at', 'updated_by', 'version', 'composite_burnout_score', 'risk_level'
  ];
begin
  if auth.role() is distinct from 'authenticated' then
    return new;
  end if;
  perform app.require_feature('resilience_hub');
  -- Another's row is written by nobody who is signed in, but to note that an intervention began.
  if
    tg_op = 'UPDATE'
    and to_jsonb(new) - v_others = to_jsonb(old) - v_others
  then
    return new;
  end if;
  if new.user_id is distinct from app.my_id() or (tg_op = 'UPDATE' and old.user_id <> new.user_id) then
    perform app.raise_error('permission_denied', 'Nobody assesses another.');
  end if;
  if new.practitioner_id is null then
    perform app.raise_error(
      'permission_denied', 'Only practitioners of the organization assess themselves.',
      p_hint => 'Ask an administrator to link your sign-in with your practitioner record.'
    );
  end if;
  if new.assessment_date <> app.today() or (tg_op = 'UPDATE' and old.assessment_date <> app.today()) then
    perform app.raise_error(
      'invalid_input', 'An assessment is written on its own day and cannot be changed later.',
      jsonb_build_object('field', 'assessment_date', 'today', app.today())
    );
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.guard_instrument()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if tg_op <> 'INSERT' and old.published_at is not null then
    if tg_op = 'DELETE' then
      perform app.refuse_published();
    elsif
      to_jsonb(new) - '{is_active,status,updated_at,updated_by,version}'::text[]
      is distinct from to_jsonb(old) - '{is_active,status,updated_at,updated_by,version}'::text[]
    then
      perform app.refuse_published();
    end if;
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;

  if tg_op = 'INSERT' or old.published_at is null then
    new.published_at := null;
  end if;
  if new.is_active and (tg_op = 'INSERT' or not old.is_active) then
    if new.published_at is null then
      perform app.check_instrument(new.id, new.language_code);
      new.published_at := app.clock();
    end if;
    update public.instruments as others
    set is_active = false
    where others.code = new.code and others.id <> new.id and others.is_active;
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.guard_instrument_part()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_id constant uuid := case when tg_op = 'DELETE' then old.instrument_id else new.instrument_id end;
  v_published_at timestamptz;
begin
  select instruments.published_at into v_published_at
  from public.instruments
  where instruments.id = v_id
  for share;
  if v_published_at is not null or (tg_op = 'UPDATE' and new.instrument_id <> old.instrument_id) then
    perform app.refuse_published();
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end
$function$;

CREATE OR REPLACE FUNCTION app.guard_intervention()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  -- Which organization a row is of, policies and keys see to; whose practitioner, the keys and the first question below.
  v_may_change constant text[] := '{org_id,practitioner_id,owner_id,score_after,effect,updated_at,updated_by,version}';
begin
  if tg_op = 'UPDATE' then
    -- A practitioner whom the organization does not know its keys refuse.
    if
      (old.id, old.user_id, old.kind, old.opened_at) is distinct from (new.id, new.user_id, new.kind, new.opened_at)
      or new.practitioner_id <> old.practitioner_id and exists (
        select from public.org_practitioners as known
        where known.org_id = new.org_id and known.practitioner_id = new.practitioner_id
      )
    then
      perform app.raise_error('conflict', 'A case stays the case of one person and of one kind.');
    end if;
    if old.closed_at is not null and (
      to_jsonb(new) - v_may_change <> to_jsonb(old) - v_may_change
      or coalesce(new.owner_id <> old.owner_id, new.owner_id is not null and old.owner_id is null)
    ) then
      perform app.raise_error('conflict', 'This case is closed.');
    end if;
    if not app.may_become(old.status, new.status) then
      perform app.raise_error('conflict', 'The case does not stand where that could be done.');
    end if;
  elsif auth.role() is not distinct from 'authenticated' and new.status not in ('proposed', 'open') then
    perform app.raise_error('conflict', 'A case begins as an offer or open.');
  end if;

  if new.status in ('completed', 'declined', 'cancelled') then
    new.closed_at := coalesce(new.closed_at, app.clock());
    -- Whoever made themselves known did so for an open case.
    if tg_op = 'UPDATE' and old.closed_at is null and new.status = 'declined' then
      new.shared_at := null;
    end if;
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.guard_panel_limits()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if auth.role() is not distinct from 'authenticated' then
    perform app.require_panels();
    perform app.require_provider_here(new.org_id, new.practitioner_id);
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.guard_panel_patient()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if auth.role() is distinct from 'authenticated' then
    return new;
  end if;
  perform app.require_panels();
  if tg_op = 'INSERT' then
    perform app.require_provider_here(new.org_id, new.practitioner_id);
    -- Nobody else gets a row past the policy; and not everybody sees who the patients are.
    if new.org_id = app.current_org() and app.has_role('care_manager') and not exists (
      select from public.org_patients as known
      where
        known.org_id = new.org_id and known.patient_id = new.patient_id and known.is_active
        and known.deleted_at is null
    ) then
      perform app.raise_error('not_found', 'There is no such patient in your organization.');
    end if;
    new.assigned_at := app.clock();
    new.ended_at := null;
  elsif old.ended_at is not null then
    perform app.raise_error('conflict', 'The patient has left this panel; what was is not changed.');
  elsif new.ended_at is not null then
    new.ended_at := app.clock();
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.guard_panel_pause()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if auth.role() is distinct from 'authenticated' then
    return new;
  end if;
  perform app.require_panels();
  if new.practitioner_id is null then
    perform app.raise_error('permission_denied', 'Only practitioners of the organization have a panel.');
  end if;
  perform app.check_input(
    'until_date', new.until_date is null or (new.until_date >= app.today() and new.until_date <= app.today() + 90),
    'A pause ends today at the earliest and in 90 days at the latest.'
  );
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.guard_training()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if auth.role() is distinct from 'authenticated' then
    return new;
  end if;
  perform app.require_feature('resilience_hub');
  if new.practitioner_id is null then
    perform app.raise_error(
      'permission_denied', 'Only practitioners of the organization keep a record of their training.',
      p_hint => 'Ask an administrator to link your sign-in with your practitioner record.'
    );
  end if;
  -- Of a row that is not theirs to write the policy says so, and better than we could.
  if
    app.is_staff() and new.org_id = app.current_org() and new.user_id = app.my_id()
    and (
      tg_op = 'INSERT'
      or (new.completed_at, new.found_helpful) is distinct from (old.completed_at, old.found_helpful)
    )
  then
    perform app.require_participation();
  end if;
  if tg_op = 'INSERT' then
    if not exists (
      select from public.resilience_training_modules as modules
      where modules.id = new.module_id and modules.is_active and modules.deleted_at is null
    ) then
      perform app.raise_error('not_found', 'There is no such module.');
    end if;
    new.started_at := app.clock();
    new.completed_at := case when new.completed_at is not null then app.clock() end;
    new.answered_at := case when new.found_helpful is not null then app.clock() end;
  else
    new.completed_at := coalesce(old.completed_at, case when new.completed_at is not null then app.clock() end);
    new.found_helpful := coalesce(new.found_helpful, old.found_helpful);
    new.answered_at := coalesce(old.answered_at, case when new.found_helpful is not null then app.clock() end);
  end if;
  perform app.check_input(
    'found_helpful', new.found_helpful is null or new.completed_at is not null,
    'Finish the module before you say whether it helped.'
  );
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.has_circle(p_org_id uuid, p_user_id uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select exists (
    select from public.provider_support_circle_members as seats
    inner join public.provider_support_circles as circles
      on circles.org_id = seats.org_id and circles.id = seats.circle_id
    where
      seats.user_id = p_user_id and seats.org_id = p_org_id and seats.is_active and seats.deleted_at is null
      and circles.is_active and circles.deleted_at is null
  )
$function$;

CREATE OR REPLACE FUNCTION app.help_as_document(p_org_id uuid, p_user_id uuid)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select jsonb_build_object(
    'provider_training_completions', (
      select coalesce(jsonb_agg(to_jsonb(trainings) order by trainings.started_at), '[]')
      from public.provider_training_completions as trainings
      where trainings.org_id = p_org_id and trainings.user_id = p_user_id
    ),
    'provider_prompts', (
      select coalesce(jsonb_agg(to_jsonb(prompts) order by prompts.id), '[]')
      from public.provider_prompts as prompts
      where prompts.org_id = p_org_id and prompts.user_id = p_user_id
    ),
    'provider_interventions', (
      select coalesce(jsonb_agg(to_jsonb(cases) order by cases.opened_at, cases.id), '[]')
      from public.provider_interventions as cases
      where cases.org_id = p_org_id and cases.user_id = p_user_id
    ),
    'provider_intervention_contacts', (
      select coalesce(jsonb_agg(to_jsonb(contacts) order by contacts.id), '[]')
      from public.provider_intervention_contacts as contacts
      where contacts.org_id = p_org_id and contacts.user_id = p_user_id
    ),
    'provider_crisis_acknowledgements', (
      select coalesce(jsonb_agg(to_jsonb(seen) order by seen.id), '[]')
      from public.provider_crisis_acknowledgements as seen
      where seen.org_id = p_org_id and seen.user_id = p_user_id
    ),
    'provider_support_circle_invitations', (
      select coalesce(jsonb_agg(to_jsonb(invitations) order by invitations.id), '[]')
      from public.provider_support_circle_invitations as invitations
      where invitations.org_id = p_org_id and invitations.user_id = p_user_id
    ),
    'provider_reflection_reports', (
      select coalesce(jsonb_agg(to_jsonb(reports) order by reports.id), '[]')
      from public.provider_reflection_reports as reports
      where reports.org_id = p_org_id and reports.user_id = p_user_id
    ),
    'provider_panel_pauses', (
      select coalesce(jsonb_agg(to_jsonb(pauses)), '[]')
      from public.provider_panel_pauses as pauses
      where pauses.org_id = p_org_id and pauses.user_id = p_user_id
    )
  )
$function$;

CREATE OR REPLACE FUNCTION app.helpful_percent(p_module_id uuid)
 RETURNS integer
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  return (
    select round(100.0 * sum(figures.helpful_count) / sum(figures.people_count))::integer
    from public.resilience_module_helpfulness as figures
    where figures.module_id = p_module_id
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.hidden_reflections()
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id constant uuid := app.current_org();
  v_circles constant uuid[] := app.my_circles();
begin
  return array(
    select reports.reflection_id
    from public.provider_reflection_reports as reports
    where reports.org_id = v_org_id and reports.circle_id = any(v_circles) and reports.decided_at is null
    group by reports.reflection_id
    having app.is_hidden_by(array_agg(reports.reason))
  );
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

CREATE OR REPLACE FUNCTION app.instrument_texts(p_instrument_id uuid)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select coalesce(jsonb_object_agg(texts.text_key, texts.translations), '{}')
  from (
    select translations.text_key, jsonb_object_agg(translations.language_code, translations.translated_text) as translations
    from app.instrument_translations as translations
    where translations.instrument_id = p_instrument_id
    group by translations.text_key
  ) as texts
$function$;

CREATE OR REPLACE FUNCTION app.intervention_terms(p_kind public.intervention_kind, OUT due_days integer, OUT rescore_days integer)
 RETURNS record
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO ''
AS $function$
  select terms.due_days, terms.rescore_days
  from (
    values
      ('circle_invitation'::public.intervention_kind, 14, 56),
      ('peer_support', 7, 28),
      ('workload_reduction', 7, 28),
      ('crisis_follow_up', 1, 14),
      ('check_in_call', 3, 14)
  ) as terms (kind, due_days, rescore_days)
  where terms.kind = p_kind
$function$;

CREATE OR REPLACE FUNCTION app.invite_by_rule(p_org_id uuid, p_user_id uuid, p_intervention_id uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_circle_id uuid;
begin
  if p_intervention_id is null or exists (
    select from public.provider_support_circle_invitations as invitations
    where
      invitations.org_id = p_org_id and invitations.intervention_id = p_intervention_id
      and invitations.user_id = p_user_id
  ) then
    return false;
  end if;
  select circles.id into v_circle_id
  from public.provider_support_circles as circles
  left join (
    select taken.circle_id, count(*) as seat_count
    from (
      select seats.circle_id
      from public.provider_support_circle_members as seats
      where seats.org_id = p_org_id and seats.is_active and seats.deleted_at is null
      union all
      select waiting.circle_id
      from public.provider_support_circle_invitations as waiting
      where
        waiting.org_id = p_org_id and waiting.status = 'pending' and waiting.expires_at > app.clock()
    ) as taken
    group by taken.circle_id
  ) as counts on counts.circle_id = circles.id
  where
    circles.org_id = p_org_id
    and circles.is_active
    and circles.deleted_at is null
    and circles.facilitator_id is distinct from p_user_id
    and coalesce(counts.seat_count, 0) < circles.max_members
  order by coalesce(counts.seat_count, 0), circles.id
  limit 1;
  if v_circle_id is null then
    return false;
  end if;
  insert into public.provider_support_circle_invitations (
    org_id, circle_id, practitioner_id, user_id, intervention_id, expires_at
  )
  select
    cases.org_id, v_circle_id, cases.practitioner_id, cases.user_id, cases.id, app.clock() + interval '14 days'
  from public.provider_interventions as cases
  where
    cases.org_id = p_org_id and cases.id = p_intervention_id and cases.user_id = p_user_id
    and cases.closed_at is null
  on conflict do nothing;
  return found;
end
$function$;

CREATE OR REPLACE FUNCTION app.invite_to_circle(p_circle_id uuid, p_user_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
  v_practitioner_id uuid;
begin
  perform app.require_feature('resilience_hub');
  v_org_id := app.current_org();
  perform app.require_circle_lead(v_org_id, p_circle_id);
  if p_user_id = app.my_id() then
    perform app.raise_error('permission_denied', 'Nobody invites themselves to a circle.');
  end if;
  v_practitioner_id := app.find_provider(v_org_id, p_user_id);
  if v_practitioner_id is null then
    perform app.raise_error('not_found', 'There is no such practitioner in your organization.');
  end if;
  perform 1 from public.provider_support_circles as circles
  where circles.org_id = v_org_id and circles.id = p_circle_id and circles.deleted_at is null;
  if not found then
    perform app.raise_error('not_found', 'There is no such circle in your organization.');
  end if;
  perform app.require_open_circle(p_circle_id);
  perform app.limit_rate('invite_to_circle', app.my_id()::text, 100, interval '1 hour');

  -- One that is over makes room for a new one, whether or not the job has come by.
  update public.provider_support_circle_invitations as invitations set status = 'expired'
  where
    invitations.org_id = v_org_id and invitations.user_id = p_user_id and invitations.circle_id = p_circle_id
    and invitations.invited_by = app.my_id() and invitations.status = 'pending'
    and invitations.expires_at <= app.clock();
  insert into public.provider_support_circle_invitations (
    org_id, circle_id, practitioner_id, user_id, invited_by, expires_at
  )
  values (v_org_id, p_circle_id, v_practitioner_id, p_user_id, app.my_id(), app.clock() + interval '14 days')
  on conflict do nothing;
end
$function$;

CREATE OR REPLACE FUNCTION app.is_encounter_counted(p_provider_id uuid, p_day date, p_status public.encounter_status, p_deleted_at timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
RETURN ((p_provider_id IS NOT NULL) AND (p_day IS NOT NULL) AND (p_deleted_at IS NULL) AND (p_status <> ALL (ARRAY['cancelled'::public.encounter_status, 'entered-in-error'::public.encounter_status])));

CREATE OR REPLACE FUNCTION app.is_hidden_by(p_reasons public.reflection_report_reason[])
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
RETURN COALESCE(((cardinality(p_reasons) >= 2) OR ('harmful'::public.reflection_report_reason = ANY (p_reasons))), false);

CREATE OR REPLACE FUNCTION app.is_hub_on(p_org_id uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select exists (
    select from app.organization_features(p_org_id) as features
    where features.feature_key = 'resilience_hub' and features.is_enabled
  )
$function$;

CREATE OR REPLACE FUNCTION app.is_module_completed(p_module_id uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  return exists (
    select from public.provider_training_completions as trainings
    where
      trainings.org_id = app.current_org()
      and trainings.user_id = app.my_id()
      and trainings.module_id = p_module_id
      and trainings.completed_at is not null
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.is_question_counted(p_practitioner_id uuid, p_day date, p_deleted_at timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
RETURN ((p_practitioner_id IS NOT NULL) AND (p_day IS NOT NULL) AND (p_deleted_at IS NULL));

CREATE OR REPLACE FUNCTION app.is_rebalance_stale(p_org_id uuid, p_proposal_id uuid, p_from_practitioner_id uuid)
 RETURNS boolean
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  with moves as (
    select planned.patient_id, planned.to_practitioner_id, planned.acuity
    from public.provider_rebalance_moves as planned
    where planned.org_id = p_org_id and planned.proposal_id = p_proposal_id
  ),
  incoming as (
    select moves.to_practitioner_id, count(*) as patient_count, sum(moves.acuity) as acuity_points
    from moves
    group by moves.to_practitioner_id
  )
  select exists (
    select
    from moves
    left join public.provider_panel_patients as panel
      on
        panel.org_id = p_org_id and panel.patient_id = moves.patient_id and panel.ended_at is null
        and panel.practitioner_id = p_from_practitioner_id and panel.acuity = moves.acuity
    left join public.org_patients as known
      on
        known.org_id = p_org_id and known.patient_id = moves.patient_id and known.is_active
        and known.deleted_at is null
    where panel.id is null or known.patient_id is null
  ) or exists (
    select
    from incoming
    left join
      app.panel_rooms(
        p_org_id, array(select incoming.to_practitioner_id from incoming), p_from_practitioner_id, 500
      ) as rooms
      on rooms.practitioner_id = incoming.to_practitioner_id
    where
      rooms.practitioner_id is null
      or incoming.patient_count > rooms.free_patients
      or incoming.acuity_points > rooms.free_points
  )
$function$;

CREATE OR REPLACE FUNCTION app.is_strained(p_org_id uuid, p_user_id uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_heavy_stress constant numeric := 8;
begin
  if app.consent_level(p_org_id, p_user_id) is distinct from 'may_be_contacted' then
    return false;
  end if;
  if exists (
    select from app.latest_burnout(p_org_id, p_user_id) as latest
    where app.burnout_level(latest.composite) in ('high', 'critical')
  ) then
    return true;
  end if;
  return coalesce(
    (
      select avg(checkins.stress_level) >= v_heavy_stress
      from public.provider_daily_checkins as checkins
      where
        checkins.org_id = p_org_id
        and checkins.user_id = p_user_id
        and checkins.checkin_date > app.organization_day(p_org_id) - 7
    ),
    false
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.item_value(p_value numeric, p_is_reversed boolean, p_lowest numeric, p_highest numeric)
 RETURNS numeric
 LANGUAGE sql
 IMMUTABLE
RETURN CASE WHEN p_is_reversed THEN ((p_lowest + p_highest) - p_value) ELSE p_value END;

CREATE OR REPLACE FUNCTION app.job_alert_burnout_spike(p_org_id uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_this_week constant date := date_trunc('week', app.organization_day(p_org_id));
  v_week constant date := v_this_week - 7;
  v_critical_count integer;
begin
  if not app.is_hub_on(p_org_id) then
    return 0;
  end if;
  select count(distinct critical.user_id) into v_critical_count
  from public.provider_burnout_assessments as critical
  inner join public.provider_consents as consents
    on consents.org_id = critical.org_id and consents.user_id = critical.user_id and consents.withdrawn_at is null
  where
    critical.org_id = p_org_id and critical.assessment_date >= v_week and critical.assessment_date < v_this_week
    and critical.risk_level = 'critical'
    -- Who was critical before has not become so this week.
    and coalesce(
      (
        select before.risk_level <> 'critical'
        from public.provider_burnout_assessments as before
        where
          before.org_id = critical.org_id and before.user_id = critical.user_id and before.assessment_date < v_week
        order by before.assessment_date desc, before.id desc
        limit 1
      ),
      true
    );
  if v_critical_count < 5 or v_critical_count * 10 <= app.count_providers(p_org_id) then
    return 0;
  end if;
  return app.alert_leads(
    p_org_id, 'resilience.burnout_spike', 'Burnout has risen',
    'More than a tenth of your providers reached a critical burnout score in the week from {{ since }}. '
    || 'The resilience dashboard shows how the organization is.',
    v_week
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.job_alert_low_engagement(p_org_id uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_day_count constant integer := 14;
  v_today constant date := app.organization_day(p_org_id);
  v_low_count integer;
begin
  if not app.is_hub_on(p_org_id) then
    return 0;
  end if;
  select count(*) into v_low_count
  from public.provider_checkin_days as days
  where
    days.org_id = p_org_id and days.checkin_date >= v_today - v_day_count and days.checkin_date < v_today
    and coalesce(days.people_count, 4) * 5 < days.provider_count;
  if v_low_count < v_day_count then
    return 0;
  end if;
  -- One row of such days is told of once a month, however long it lasts.
  return app.alert_leads(
    p_org_id, 'resilience.low_engagement', 'Few providers check in',
    'For two weeks and more fewer than a fifth of your providers have checked in each day. '
    || 'The resilience dashboard shows since when.',
    date_trunc('month', v_today)::date
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.job_close_checkin_days(p_org_id uuid, p_limit integer)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_today date;
begin
  select (app.clock() at time zone orgs.time_zone)::date into v_today
  from public.organizations as orgs
  where
    orgs.id = p_org_id
    and (
      exists (
        select from app.organization_features(orgs.id) as features
        where features.feature_key = 'resilience_hub' and features.is_enabled
      )
      -- Switched off since: what was begun is counted to its end.
      or exists (select from public.provider_checkin_days as days where days.org_id = orgs.id)
    );
  return case when v_today is null then 0 else app.close_checkin_days(p_org_id, v_today, p_limit) end;
end
$function$;

CREATE OR REPLACE FUNCTION app.job_close_wellbeing_months(p_org_id uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_this_month constant date := date_trunc('month', app.organization_day(p_org_id));
  v_month date := (
    select greatest(
      date_trunc('month', min(consents.given_at at time zone organizations.time_zone))::date,
      (v_this_month - interval '2 years')::date
    )
    from public.provider_consents as consents
    inner join public.organizations on organizations.id = consents.org_id
    where consents.org_id = p_org_id
  );
  v_count integer := 0;
begin
  while v_month < v_this_month loop
    if app.freeze_wellbeing_month(p_org_id, v_month) then
      v_count := v_count + 1;
    end if;
    v_month := (v_month + interval '1 month')::date;
  end loop;
  return v_count;
end
$function$;

CREATE OR REPLACE FUNCTION app.job_count_helpfulness(p_due_at timestamp with time zone)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_minimum_people constant integer := 5;
  v_month constant date := date_trunc('month', p_due_at at time zone 'UTC')::date;
  v_count integer;
begin
  insert into public.resilience_module_helpfulness (module_id, month_date, people_count, helpful_count)
  select
    uncounted.module_id,
    (v_month - interval '1 month')::date,
    count(*),
    count(*) filter (where uncounted.found_helpful)
  from (
    select distinct on (trainings.module_id, trainings.user_id) trainings.module_id, trainings.found_helpful
    from public.resilience_training_modules as modules
    inner join lateral (
      select max(figures.month_date) as month_date
      from public.resilience_module_helpfulness as figures
      where figures.module_id = modules.id
    ) as counted on true
    inner join public.provider_training_completions as trainings
      on
        trainings.module_id = modules.id
        and trainings.answered_at >= coalesce(
          (counted.month_date + interval '1 month') at time zone 'UTC', '-infinity'::timestamptz
        )
        and trainings.answered_at < v_month::timestamp at time zone 'UTC'
    where app.consent_level(trainings.org_id, trainings.user_id) is not null
    order by trainings.module_id, trainings.user_id, trainings.answered_at desc
  ) as uncounted
  group by uncounted.module_id
  having count(*) >= v_minimum_people
  on conflict (module_id, month_date) do nothing;
  get diagnostics v_count = row_count;
  return v_count;
end
$function$;

CREATE OR REPLACE FUNCTION app.job_expire_rebalances(p_org_id uuid, p_limit integer)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_count integer;
begin
  update public.provider_rebalance_proposals as proposals
  set status = 'expired'
  where
    proposals.org_id = p_org_id
    and proposals.id in (
      select late.id
      from public.provider_rebalance_proposals as late
      where late.org_id = p_org_id and late.status = 'proposed' and late.expires_at <= app.clock()
      limit p_limit
      for update skip locked
    );
  get diagnostics v_count = row_count;
  return v_count;
end
$function$;

CREATE OR REPLACE FUNCTION app.job_fold_workload(p_limit integer)
 RETURNS integer
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  select app.fold_workload(p_limit)
$function$;

CREATE OR REPLACE FUNCTION app.job_follow_interventions(p_org_id uuid, p_limit integer)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_expired uuid[];
  v_lapsed uuid[];
  v_scored integer;
begin
  with expired as (
    update public.provider_support_circle_invitations as invitations set status = 'expired'
    where (invitations.org_id, invitations.id) in (
      select old.org_id, old.id
      from public.provider_support_circle_invitations as old
      where old.org_id = p_org_id and old.status = 'pending' and old.expires_at <= app.clock()
      limit p_limit
      for update skip locked
    )
    returning invitations.id, invitations.intervention_id
  )
  select array_agg(coalesce(expired.intervention_id, expired.id)) into v_expired from expired;

  with lapsed as (
    update public.provider_interventions as cases set status = 'cancelled', outcome = 'unknown'
    where (cases.org_id, cases.id) in (
      select old.org_id, old.id
      from public.provider_interventions as old
      where
        old.org_id = p_org_id and old.status = 'proposed'
        and (old.id = any(v_expired) or old.due_on < app.organization_day(p_org_id, app.clock()) - 30)
      limit p_limit
      for update skip locked
    )
    returning cases.id
  )
  select array_agg(lapsed.id) into v_lapsed from lapsed;

  v_scored := app.score_interventions(p_org_id, p_limit);
  return greatest(coalesce(cardinality(v_expired), 0), coalesce(cardinality(v_lapsed), 0), v_scored);
end
$function$;

CREATE OR REPLACE FUNCTION app.job_open_interventions(p_org_id uuid, p_limit integer)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_due record;
  v_opened integer := 0;
  v_invited integer := 0;
begin
  if not app.is_hub_on(p_org_id) then
    return 0;
  end if;
  for v_due in
    select elevated.id, elevated.user_id, elevated.risk_level, elevated.composite_burnout_score as composite
    from public.provider_burnout_assessments as elevated
    where
      elevated.org_id = p_org_id
      and elevated.risk_level in ('high', 'critical')
      and not elevated.intervention_triggered
      and not exists (
        select from public.provider_burnout_assessments as newer
        where
          newer.org_id = p_org_id and newer.user_id = elevated.user_id
          and (newer.assessment_date, newer.id) > (elevated.assessment_date, elevated.id)
      )
      and app.consent_level(p_org_id, elevated.user_id) is not null
      and app.find_provider(p_org_id, elevated.user_id) is not null
    order by elevated.composite_burnout_score desc
    limit p_limit
  loop
    perform app.offer_help(p_org_id, v_due.user_id, v_due.risk_level, v_due.composite);
    update public.provider_burnout_assessments as assessments set intervention_triggered = true
    where assessments.org_id = p_org_id and assessments.id = v_due.id;
    v_opened := v_opened + 1;
  end loop;

  -- Circles that have room by now, for those who were offered one when none had.
  for v_due in
    select cases.id, cases.user_id
    from public.provider_interventions as cases
    where
      cases.org_id = p_org_id
      and cases.status in ('proposed', 'open')
      and cases.kind = 'circle_invitation'
      and not exists (
        select from public.provider_support_circle_invitations as invitations
        where
          invitations.org_id = p_org_id and invitations.intervention_id = cases.id
          and invitations.user_id = cases.user_id
      )
    order by cases.id
    limit p_limit
  loop
    if app.invite_by_rule(p_org_id, v_due.user_id, v_due.id) then
      v_invited := v_invited + 1;
    end if;
  end loop;
  return greatest(v_opened, v_invited);
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

CREATE OR REPLACE FUNCTION app.job_refresh_workload_metrics()
 RETURNS bigint
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  select app.refresh_workload_metrics()
$function$;

CREATE OR REPLACE FUNCTION app.job_watch_dashboards(p_org_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_slow constant interval := interval '1 second';
  v_began constant timestamptz := clock_timestamp();
  v_taken interval;
begin
  perform months.* from public.provider_wellbeing_months as months
  where
    months.org_id = p_org_id
    and months.month >= date_trunc('month', app.organization_day(p_org_id)) - interval '6 months';
  perform days.* from public.provider_checkin_days as days
  where days.org_id = p_org_id and days.checkin_date >= app.organization_day(p_org_id) - 13;
  v_taken := clock_timestamp() - v_began;
  if v_taken > v_slow then
    raise exception 'The dashboard of organization % took % ms, more than a second.',
      p_org_id, round(1000 * extract(epoch from v_taken));
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.keep_anonymous_checkin(p_checkin public.own_checkin)
 RETURNS public.own_checkin
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id constant uuid := app.current_org();
  v_user_id constant uuid := app.my_id();
  v_today constant date := app.today();
begin
  perform app.require_feature('resilience_hub');
  if app.require_participation() <> 'anonymous' then
    perform app.raise_error('conflict', 'You do not take part anonymously.');
  end if;
  perform app.require_provider();

  delete from public.provider_daily_checkins as named
  where named.org_id = v_org_id and named.user_id = v_user_id and named.checkin_date = v_today;
  insert into app.provider_anonymous_checkins as checkins (
    org_id, checkin_date, author_tag, work_setting, stress_level, energy_level, patients_contacted_today,
    difficult_patient_calls, overtime_hours, missed_break
  )
  values (
    v_org_id, v_today, app.author_tag(app.ensure_anonymity_secret(v_org_id), v_org_id, v_user_id, v_today),
    p_checkin.work_setting, p_checkin.stress_level, p_checkin.energy_level, p_checkin.patients_contacted_today,
    p_checkin.difficult_patient_calls, p_checkin.overtime_hours, p_checkin.missed_break
  )
  on conflict (org_id, checkin_date, author_tag) do update set
    work_setting = excluded.work_setting,
    stress_level = excluded.stress_level,
    energy_level = excluded.energy_level,
    patients_contacted_today = excluded.patients_contacted_today,
    difficult_patient_calls = excluded.difficult_patient_calls,
    overtime_hours = excluded.overtime_hours,
    missed_break = excluded.missed_break
  returning checkins.id, checkins.overtime_hours into p_checkin.id, p_checkin.overtime_hours;
  p_checkin.org_id := v_org_id;
  p_checkin.checkin_date := v_today;
  p_checkin.is_shared := false;
  p_checkin.is_anonymous := true;
  return p_checkin;
end
$function$;

CREATE OR REPLACE FUNCTION app.latest_burnout(p_org_id uuid, p_user_id uuid)
 RETURNS TABLE(composite numeric, assessment_date date, previous_composite numeric)
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select
    latest.composite_burnout_score, latest.assessment_date,
    -- A trend is of one instrument: the scales of two are not the same.
    (
      select former.composite_burnout_score
      from public.provider_burnout_assessments as former
      where
        former.org_id = p_org_id and former.user_id = p_user_id and former.instrument_id = latest.instrument_id
        and (former.assessment_date, former.id) < (latest.assessment_date, latest.id)
      order by former.assessment_date desc, former.id desc
      limit 1
    )
  from public.provider_burnout_assessments as latest
  where latest.org_id = p_org_id and latest.user_id = p_user_id
  order by latest.assessment_date desc, latest.id desc
  limit 1
$function$;

CREATE OR REPLACE FUNCTION app.latest_burnout_level(p_org_id uuid)
 RETURNS TABLE(user_id uuid, practitioner_id uuid, composite numeric, risk_level public.burnout_risk_level, assessment_id uuid, assessment_date date, intervention_triggered boolean)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
begin
  return query
  select distinct on (assessments.user_id)
    assessments.user_id, assessments.practitioner_id, assessments.composite_burnout_score, assessments.risk_level,
    assessments.id, assessments.assessment_date, assessments.intervention_triggered
  from public.provider_burnout_assessments as assessments
  where assessments.org_id = p_org_id
  order by assessments.user_id, assessments.assessment_date desc, assessments.id desc;
end
$function$;

CREATE OR REPLACE FUNCTION app.latest_burnouts()
 RETURNS TABLE(org_id uuid, practitioner_id uuid, composite numeric)
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select distinct on (assessments.org_id, assessments.user_id)
    assessments.org_id, assessments.practitioner_id, assessments.composite_burnout_score
  from public.provider_burnout_assessments as assessments
  order by assessments.org_id, assessments.user_id, assessments.assessment_date desc, assessments.id desc
$function$;

CREATE OR REPLACE FUNCTION app.lock_rebalance(p_org_id uuid, p_proposal_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform limits.practitioner_id
  from public.provider_panel_limits as limits
  where
    limits.org_id = p_org_id
    and limits.practitioner_id = any(array(
      select moves.to_practitioner_id
      from public.provider_rebalance_moves as moves
      where moves.org_id = p_org_id and moves.proposal_id = p_proposal_id
    ))
  order by limits.practitioner_id
  for update;
  perform panel.id
  from public.provider_panel_patients as panel
  where
    panel.org_id = p_org_id
    and panel.ended_at is null
    and panel.patient_id = any(array(
      select moves.patient_id
      from public.provider_rebalance_moves as moves
      where moves.org_id = p_org_id and moves.proposal_id = p_proposal_id
    ))
  order by panel.patient_id
  for update;
end
$function$;

CREATE OR REPLACE FUNCTION app.may_become(p_from public.intervention_status, p_to public.intervention_status)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
RETURN ((p_from = p_to) OR CASE p_from WHEN 'proposed'::public.intervention_status THEN (p_to = ANY (ARRAY['open'::public.intervention_status, 'declined'::public.intervention_status, 'cancelled'::public.intervention_status])) WHEN 'open'::public.intervention_status THEN (p_to = ANY (ARRAY['in_progress'::public.intervention_status, 'completed'::public.intervention_status, 'declined'::public.intervention_status, 'cancelled'::public.intervention_status])) WHEN 'in_progress'::public.intervention_status THEN (p_to = ANY (ARRAY['completed'::public.intervention_status, 'declined'::public.intervention_status, 'cancelled'::public.intervention_status])) ELSE false END);

CREATE OR REPLACE FUNCTION app.may_receive_patients(p_org_id uuid, p_practitioner_id uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  return not exists (
    select
    from public.provider_panel_pauses as pauses
    inner join public.organizations on organizations.id = pauses.org_id
    where
      pauses.org_id = p_org_id
      and pauses.practitioner_id = p_practitioner_id
      and pauses.until_date >= (app.clock() at time zone organizations.time_zone)::date
  ) and not exists (
    select
    from public.fhir_practitioners as people
    where people.id = p_practitioner_id and app.is_strained(p_org_id, people.user_id)
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.mend_workload(p_org_id uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_count integer;
begin
  insert into app.provider_workload_deltas (org_id, practitioner_id, day, encounters, questions)
  select p_org_id, drift.practitioner_id, drift.day, drift.encounters, drift.questions
  from app.workload_drift(p_org_id) as drift;
  get diagnostics v_count = row_count;
  return v_count;
end
$function$;

CREATE OR REPLACE FUNCTION app.my_anonymous_checkins(p_from date, p_to date)
 RETURNS SETOF public.own_checkin
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  return query
  select own.* from app.anonymous_checkins_of(app.current_org(), app.my_id(), p_from, p_to) as own;
end
$function$;

CREATE OR REPLACE FUNCTION app.my_risk(OUT composite numeric, OUT level public.burnout_risk_level, OUT contributions jsonb)
 RETURNS record
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id constant uuid := app.current_org();
  v_practitioner_id constant uuid := app.require_provider();
begin
  -- As app.provider_risk() adds them up; once for both, as the parts are what takes time.
  select
    least(100, sum(parts.points)),
    app.burnout_level(least(100, sum(parts.points))),
    jsonb_agg(
      jsonb_build_object(
        'kind', parts.kind, 'value', parts.value, 'threshold', parts.threshold, 'points', parts.points,
        'sentence_key', parts.sentence_key
      )
      order by parts.points desc, parts.kind
    )
  into composite, level, contributions
  from app.risk_contributions(v_org_id, array[v_practitioner_id], app.today()) as parts;
end
$function$;

CREATE OR REPLACE FUNCTION app.my_workload()
 RETURNS TABLE(encounters_last_30_days integer, encounters_this_month integer, avg_stress_last_7_days numeric, questions_today integer, question_days_over_20 integer, high_risk_patient_percent numeric, level public.workload_level)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  return query
  select
    workload.encounters_last_30_days, workload.encounters_this_month, round(workload.avg_stress_last_7_days, 2),
    workload.questions_today, workload.question_days_over_20, round(workload.high_risk_patient_percent, 2),
    workload.level
  from app.provider_workload(app.current_org(), array[app.require_provider()], app.today()) as workload;
end
$function$;

CREATE OR REPLACE FUNCTION app.my_worst_dimension()
 RETURNS public.resilience_dimension
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_heavy_burden constant numeric := 40;
  v_heavy_stress constant numeric := 6;
  v_dimension public.resilience_dimension;
begin
  -- The heaviest of the three burdens of the last assessment of half a year, if one is heavy at all.
  select burdens.dimension into v_dimension
  from (
    select
      assessments.emotional_exhaustion_score, assessments.depersonalization_score,
      assessments.personal_accomplishment_score
    from public.provider_burnout_assessments as assessments
    where
      assessments.org_id = app.current_org()
      and assessments.user_id = app.my_id()
      and assessments.assessment_date > app.today() - 180
    order by assessments.assessment_date desc, assessments.id desc
    limit 1
  ) as latest
  cross join lateral (
    values
    ('emotional_exhaustion'::public.resilience_dimension, latest.emotional_exhaustion_score),
    ('depersonalization', latest.depersonalization_score),
    ('personal_accomplishment', 100 - latest.personal_accomplishment_score)
  ) as burdens (dimension, burden)
  where burdens.burden >= v_heavy_burden
  order by burdens.burden desc, burdens.dimension
  limit 1;
  if v_dimension is null then
    select case when avg(checkins.stress_level) >= v_heavy_stress then 'stress'::public.resilience_dimension end
    into v_dimension
    from public.provider_daily_checkins as checkins
    where
      checkins.org_id = app.current_org()
      and checkins.user_id = app.my_id()
      and checkins.checkin_date > app.today() - 7
      and checkins.checkin_date <= app.today();
  end if;
  return v_dimension;
end
$function$;

CREATE OR REPLACE FUNCTION app.needs_intervention()
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id constant uuid := app.current_org();
  v_ids constant uuid[] := array[app.require_provider()];
begin
  return exists (
    select from app.provider_risk(v_org_id, v_ids, app.today()) as risk where risk.level >= 'high'
  ) or exists (
    select from app.provider_workload(v_org_id, v_ids, app.today()) as workload where workload.level = 'high_risk'
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.newest_policy_version()
 RETURNS integer
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select max(policies.version) from public.resilience_policies as policies where policies.effective_on <= app.today()
$function$;

CREATE OR REPLACE FUNCTION app.offer_help(p_org_id uuid, p_user_id uuid, p_risk_level public.burnout_risk_level, p_score numeric)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_rule constant text := 'burnout_' || p_risk_level;
  v_circle_case uuid;
begin
  if p_risk_level not in ('high', 'critical') or app.consent_level(p_org_id, p_user_id) is null then
    return 0;
  end if;
  if not app.has_circle(p_org_id, p_user_id) then
    v_circle_case := app.open_intervention(p_org_id, p_user_id, 'circle_invitation', v_rule, p_score);
    perform app.invite_by_rule(p_org_id, p_user_id, v_circle_case);
  end if;
  perform app.open_intervention(p_org_id, p_user_id, 'peer_support', v_rule, p_score);
  if p_risk_level = 'critical' then
    perform app.open_intervention(p_org_id, p_user_id, 'workload_reduction', v_rule, p_score);
    -- What their manager would decide on; nothing without a panel, or without leave to be contacted.
    perform app.propose_relief(p_org_id, p_user_id);
  end if;
  return 1;
end
$function$;

CREATE OR REPLACE FUNCTION app.open_intervention(p_org_id uuid, p_user_id uuid, p_kind public.intervention_kind, p_rule text, p_score_before numeric DEFAULT NULL::numeric)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_practitioner_id constant uuid := app.find_provider(p_org_id, p_user_id);
  v_today date;
  v_id uuid;
begin
  if v_practitioner_id is null then
    return null;
  end if;
  v_today := app.organization_day(p_org_id, app.clock());
  insert into public.provider_interventions (
    org_id, practitioner_id, user_id, kind, opened_by_rule, due_on, rescore_due_on, opened_at, score_before
  )
  select
    p_org_id, v_practitioner_id, p_user_id, p_kind, p_rule, v_today + terms.due_days, v_today + terms.rescore_days,
    app.clock(), p_score_before
  from app.intervention_terms(p_kind) as terms
  on conflict (org_id, user_id, kind) where closed_at is null do nothing
  returning id into v_id;
  if v_id is null then
    select cases.id into v_id
    from public.provider_interventions as cases
    where
      cases.org_id = p_org_id and cases.user_id = p_user_id and cases.kind = p_kind and cases.closed_at is null;
  end if;
  return v_id;
end
$function$;

CREATE OR REPLACE FUNCTION app.open_provider_burnout_assessments(p_ids uuid[], p_purpose public.access_purpose, p_asked_ids uuid[] DEFAULT NULL::uuid[])
 RETURNS TABLE(id uuid, answers jsonb)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
#variable_conflict use_column
begin
  perform app.note_refusal(
    p_purpose, 'public.provider_burnout_assessments', array(select unnest(p_asked_ids) except select unnest(p_ids))
  );

  return query
  with found as materialized (
    select
      id as row_id,
      org_id as org_id,
      user_id as subject_id,
      answers as value_1
    from public.provider_burnout_assessments
    where
      id = any(p_ids)
      and org_id = (select app.current_org())
      and (select app.is_staff())
      and user_id = (select app.my_id())
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
      p_purpose, 'public.provider_burnout_assessments', (array_agg(found.org_id))[1], array_agg(distinct found.subject_id),
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
        key_1.schedule, app.sealed_context('carebase:1:public.provider_burnout_assessments:answers:', found.org_id, found.subject_id),
        found.value_1
      ) as plain_1
    from found
    left join keys as key_1 on key_1.tag = substr(found.value_1, 2, 16)
  )

  select
    opened.row_id,
    (case
      when is_empty_1 then null
      when plain_1 is null then app.refuse_damaged('public.provider_burnout_assessments.answers', row_id)
      else convert_from(plain_1, 'UTF8')
    end)::jsonb
  from opened
  cross join noted;
end
$function$;

CREATE OR REPLACE FUNCTION app.open_rebalance(p_org_id uuid, p_practitioner_id uuid, p_target_percent integer)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_decision_time constant interval := interval '14 days';
  v_id uuid;
begin
  update public.provider_rebalance_proposals as proposals
  set status = 'expired'
  where
    proposals.org_id = p_org_id and proposals.from_practitioner_id = p_practitioner_id
    and proposals.status = 'proposed' and proposals.expires_at <= app.clock();
  insert into public.provider_rebalance_proposals (
    org_id, from_practitioner_id, target_percent, proposed_at, expires_at
  )
  values (p_org_id, p_practitioner_id, p_target_percent, app.clock(), app.clock() + v_decision_time)
  on conflict (org_id, from_practitioner_id) where status = 'proposed' do nothing
  returning id into v_id;
  if v_id is null then
    perform app.raise_error(
      'conflict', 'There is a proposal for this panel that nobody has decided.',
      p_hint => 'Decide that one first.'
    );
  end if;
  return v_id;
end
$function$;

CREATE OR REPLACE FUNCTION app.organization_day(p_org_id uuid, p_at timestamp with time zone DEFAULT NULL::timestamp with time zone)
 RETURNS date
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select (coalesce(p_at, app.clock()) at time zone organizations.time_zone)::date
  from public.organizations
  where organizations.id = p_org_id
$function$;

CREATE OR REPLACE FUNCTION app.panel_loads(p_org_id uuid, p_practitioner_ids uuid[])
 RETURNS TABLE(practitioner_id uuid, patient_count bigint, acuity_points numeric)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  if p_practitioner_ids is null then
    return query
    select patients.practitioner_id, count(*), sum(patients.acuity)
    from public.provider_panel_patients as patients
    where patients.org_id = p_org_id and patients.ended_at is null
    group by patients.practitioner_id;
  else
    return query
    select patients.practitioner_id, count(*), sum(patients.acuity)
    from public.provider_panel_patients as patients
    where
      patients.org_id = p_org_id and patients.practitioner_id = any(p_practitioner_ids)
      and patients.ended_at is null
    group by patients.practitioner_id;
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.panel_rooms(p_org_id uuid, p_practitioner_ids uuid[], p_except uuid, p_limit integer)
 RETURNS TABLE(practitioner_id uuid, free_patients integer, free_points numeric)
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select ranked.practitioner_id, ranked.free_patients, ranked.free_points
  from (
    select
      limits.practitioner_id,
      (limits.max_patients - coalesce(loads.patient_count, 0))::integer as free_patients,
      limits.max_acuity_points - coalesce(loads.acuity_points, 0) as free_points
    from public.provider_panel_limits as limits
    inner join public.org_practitioners as known
      on known.org_id = limits.org_id and known.practitioner_id = limits.practitioner_id
    left join app.panel_loads(p_org_id, p_practitioner_ids) as loads
      on loads.practitioner_id = limits.practitioner_id
    where
      limits.org_id = p_org_id
      and limits.deleted_at is null
      and known.is_active
      and known.deleted_at is null
      and limits.practitioner_id is distinct from p_except
      and (p_practitioner_ids is null or limits.practitioner_id = any(p_practitioner_ids))
    order by free_points desc, free_patients desc, limits.practitioner_id
    offset 0
  ) as ranked
  where
    ranked.free_patients >= 1
    and ranked.free_points >= 1
    and app.may_receive_patients(p_org_id, ranked.practitioner_id)
  limit p_limit
$function$;

CREATE OR REPLACE FUNCTION app.participants(p_org_id uuid)
 RETURNS TABLE(practitioner_id uuid, user_id uuid, level public.participation_level)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
begin
  return query
  select people.id, consents.user_id, consents.level
  from public.provider_consents as consents
  inner join public.fhir_practitioners as people
    on people.user_id = consents.user_id and people.is_active and people.deleted_at is null
  inner join public.org_practitioners as known
    on
      known.org_id = consents.org_id and known.practitioner_id = people.id and known.is_active
      and known.deleted_at is null
  where consents.org_id = p_org_id and consents.withdrawn_at is null;
end
$function$;

CREATE OR REPLACE FUNCTION app.participation_lock(p_org_id uuid, p_user_id uuid)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE
RETURN hashtextextended(((('carebase.participation '::text || p_org_id) || ' '::text) || p_user_id), (0)::bigint);

CREATE OR REPLACE FUNCTION app.plan_rebalance(p_practitioner_id uuid, p_target_percent integer)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_proposal_id uuid;
begin
  perform app.require_panels();
  perform app.require_role('admin', 'manager', 'care_manager');
  if not exists (
    select from public.org_practitioners as known
    where
      known.org_id = app.current_org() and known.practitioner_id = p_practitioner_id and known.deleted_at is null
  ) then
    perform app.raise_error('not_found', 'There is no such practitioner in your organization.');
  end if;
  v_proposal_id := app.propose_rebalance(app.current_org(), p_practitioner_id, p_target_percent);
  if v_proposal_id is null then
    perform app.raise_error('conflict', 'No patient of this panel can be handed to anybody now.');
  end if;
  return v_proposal_id;
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

CREATE OR REPLACE FUNCTION app.prefix_query(p_search text)
 RETURNS tsquery
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO ''
AS $function$
begin
  if p_search ~* '"|(^|\s)-\S|\mor\M' then
    return null;
  end if;
  return (
    select to_tsquery('pg_catalog.simple', string_agg(words.word || ':*', ' & '))
    from regexp_split_to_table(lower(p_search), '[^[:alnum:]]+') as words (word)
    where words.word <> ''
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.propose_rebalance(p_org_id uuid, p_practitioner_id uuid, p_target_percent integer)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_receivers uuid[];
  v_free_patients integer[];
  v_free_points numeric[];
  v_excess numeric;
  v_patient record;
  v_place bigint;
  v_patients uuid[] := '{}';
  v_acuities numeric[] := '{}';
  v_targets uuid[] := '{}';
  v_proposal_id uuid;
begin
  select array_agg(rooms.practitioner_id), array_agg(rooms.free_patients), array_agg(rooms.free_points)
  into v_receivers, v_free_patients, v_free_points
  from app.panel_rooms(p_org_id, null, p_practitioner_id, 200) as rooms;
  select sum(panel.acuity) * (100 - p_target_percent) / 100 into v_excess
  from public.provider_panel_patients as panel
  where panel.org_id = p_org_id and panel.practitioner_id = p_practitioner_id and panel.ended_at is null;

  for v_patient in
    select panel.patient_id, panel.acuity, rounds.is_last
    from public.provider_panel_patients as panel
    cross join (values (false), (true)) as rounds (is_last)
    where panel.org_id = p_org_id and panel.practitioner_id = p_practitioner_id and panel.ended_at is null
    order by rounds.is_last, case when rounds.is_last then panel.acuity else -panel.acuity end, panel.patient_id
  loop
    exit when v_excess <= 0 or cardinality(v_patients) >= 500;
    continue when v_patient.patient_id = any(v_patients)
      or (not v_patient.is_last and v_patient.acuity > v_excess);
    select rooms.place into v_place
    from unnest(v_free_patients, v_free_points) with ordinality as rooms (free_patients, free_points, place)
    where rooms.free_patients >= 1 and rooms.free_points >= v_patient.acuity
    order by rooms.free_points desc, rooms.free_patients desc, rooms.place
    limit 1;
    continue when v_place is null;
    v_free_patients[v_place] := v_free_patients[v_place] - 1;
    v_free_points[v_place] := v_free_points[v_place] - v_patient.acuity;
    v_excess := v_excess - v_patient.acuity;
    v_patients := v_patients || v_patient.patient_id;
    v_acuities := v_acuities || v_patient.acuity;
    v_targets := v_targets || v_receivers[v_place];
  end loop;
  if cardinality(v_patients) = 0 then
    return null;
  end if;

  v_proposal_id := app.open_rebalance(p_org_id, p_practitioner_id, p_target_percent);
  insert into public.provider_rebalance_moves (org_id, proposal_id, patient_id, to_practitioner_id, acuity)
  select p_org_id, v_proposal_id, moves.patient_id, moves.to_practitioner_id, moves.acuity
  from unnest(v_patients, v_targets, v_acuities) as moves (patient_id, to_practitioner_id, acuity);
  return v_proposal_id;
end
$function$;

CREATE OR REPLACE FUNCTION app.propose_relief(p_org_id uuid, p_user_id uuid, p_target_percent integer DEFAULT 80)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_practitioner_id constant uuid := app.find_provider(p_org_id, p_user_id);
begin
  if
    v_practitioner_id is null
    or app.consent_level(p_org_id, p_user_id) is distinct from 'may_be_contacted'
    or exists (
      select from public.provider_rebalance_proposals as proposals
      where
        proposals.org_id = p_org_id and proposals.from_practitioner_id = v_practitioner_id
        and proposals.status = 'proposed' and proposals.expires_at > app.clock()
    )
  then
    return null;
  end if;
  return app.propose_rebalance(p_org_id, v_practitioner_id, p_target_percent);
end
$function$;

CREATE OR REPLACE FUNCTION app.provider_risk(p_org_id uuid, p_practitioner_ids uuid[], p_today date)
 RETURNS TABLE(practitioner_id uuid, composite numeric, level public.burnout_risk_level)
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select sums.practitioner_id, sums.composite, app.burnout_level(sums.composite)
  from (
    select parts.practitioner_id, least(100, sum(parts.points)) as composite
    from app.risk_contributions(p_org_id, p_practitioner_ids, p_today) as parts
    group by parts.practitioner_id
  ) as sums
$function$;

CREATE OR REPLACE FUNCTION app.provider_workload(p_org_id uuid, p_practitioner_ids uuid[], p_today date)
 RETURNS TABLE(practitioner_id uuid, encounters_last_30_days integer, encounters_this_month integer, avg_stress_last_7_days numeric, questions_today integer, question_days_over_20 integer, high_risk_patient_percent numeric, level public.workload_level)
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  with work as (
    select
      parts.practitioner_id,
      sum(parts.encounters)::integer as last_30_days,
      sum(parts.encounters) filter (where parts.day >= date_trunc('month', p_today::timestamp)::date)::integer
        as this_month,
      sum(parts.questions) filter (where parts.day = p_today)::integer as questions
    from app.provider_workload_parts as parts
    where
      parts.org_id = p_org_id and parts.practitioner_id = any(p_practitioner_ids)
      and parts.day >= p_today - 30 and parts.day <= p_today
    group by parts.practitioner_id
  ),
  stress as (
    select checkins.practitioner_id, avg(checkins.stress_level) as average
    from public.provider_daily_checkins as checkins
    where
      checkins.org_id = p_org_id and checkins.practitioner_id = any(p_practitioner_ids)
      and checkins.checkin_date >= p_today - 7 and checkins.checkin_date <= p_today
    group by checkins.practitioner_id
  )
  select
    people.id,
    coalesce(work.last_30_days, 0),
    coalesce(work.this_month, 0),
    stress.average,
    coalesce(work.questions, 0),
    coalesce(runs.longest, 0),
    panels.percent,
    case
      when work.last_30_days > 150 and stress.average >= 8 then 'high_risk'::public.workload_level
      else 'normal'
    end
  from unnest(p_practitioner_ids) as people (id)
  left join work on work.practitioner_id = people.id
  left join stress on stress.practitioner_id = people.id
  left join app.question_runs(p_org_id, p_practitioner_ids, p_today - 30, p_today) as runs
    on runs.practitioner_id = people.id
  left join app.risk_panels(p_org_id, p_practitioner_ids, p_today) as panels on panels.practitioner_id = people.id
$function$;

CREATE OR REPLACE FUNCTION app.providers_at_risk(p_org_id uuid)
 RETURNS TABLE(practitioner_id uuid, user_id uuid, participation public.participation_level, composite numeric, level public.burnout_risk_level)
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select risk.practitioner_id, consents.user_id, consents.level, risk.composite, risk.level
  from app.provider_risk(
    p_org_id,
    array(
      select participants.practitioner_id from app.participants(p_org_id) as participants
      where participants.level <> 'anonymous'
    ),
    app.organization_day(p_org_id)
  ) as risk
  inner join app.participants(p_org_id) as consents on consents.practitioner_id = risk.practitioner_id
  where risk.level >= 'high'
  order by risk.composite desc, risk.practitioner_id
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

CREATE OR REPLACE FUNCTION app.question_runs(p_org_id uuid, p_practitioner_ids uuid[], p_from date, p_to date)
 RETURNS TABLE(practitioner_id uuid, longest integer, current_from date)
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select
    runs.practitioner_id,
    max(runs.day_count)::integer,
    max(runs.first_on) filter (where runs.last_on = p_to)
  from (
    select
      numbered.practitioner_id, count(*) as day_count, min(numbered.day) as first_on, max(numbered.day) as last_on
    from (
      select
        live.practitioner_id,
        live.day,
        live.day - row_number() over (partition by live.practitioner_id order by live.day)::integer as run
      from app.provider_workload_live as live
      where
        live.org_id = p_org_id and live.practitioner_id = any(p_practitioner_ids)
        and live.day >= p_from and live.day <= p_to and live.questions > 20
    ) as numbered
    group by numbered.practitioner_id, numbered.run
  ) as runs
  group by runs.practitioner_id
$function$;

CREATE OR REPLACE FUNCTION app.question_volume(p_user_id uuid, p_days integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id constant uuid := app.current_org();
  v_is_own constant boolean := coalesce(p_user_id = app.my_id(), false);
  v_count integer;
begin
  perform app.require_member();
  if not v_is_own and (
    not app.has_role('admin', 'care_manager', 'wellness_officer')
    or app.consent_level(v_org_id, p_user_id) is distinct from 'may_be_contacted'
    or app.find_provider(v_org_id, p_user_id) is null
  ) then
    perform app.raise_error('not_found', 'There is no such practitioner whose figures you may see.');
  end if;
  select count(*) into v_count
  from public.nurse_questions as questions
  where
    questions.org_id = v_org_id and questions.claimed_by = p_user_id
    and questions.claimed_on >= app.today() - p_days and questions.claimed_on <= app.today()
    and questions.deleted_at is null;
  if not v_is_own then
    perform app.note_access('operations', 'public.nurse_questions', v_org_id, array[p_user_id], v_count, '{}');
  end if;
  return v_count;
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

CREATE OR REPLACE FUNCTION app.reassess_on(p_assessment_date date, p_composite numeric)
 RETURNS date
 LANGUAGE sql
 IMMUTABLE
RETURN (p_assessment_date + CASE app.burnout_level(p_composite) WHEN 'critical'::public.burnout_risk_level THEN 7 WHEN 'high'::public.burnout_risk_level THEN 14 WHEN 'moderate'::public.burnout_risk_level THEN 30 ELSE 90 END);

CREATE OR REPLACE FUNCTION app.refresh_workload_metrics()
 RETURNS bigint
 LANGUAGE plpgsql
 SET search_path TO ''
 SET work_mem TO '64MB'
AS $function$
declare
  v_began_at constant timestamptz := clock_timestamp();
  v_count bigint;
begin
  if (
    select views.relispopulated from pg_catalog.pg_class as views
    where views.oid = 'app.provider_workload_metrics'::regclass
  ) then
    refresh materialized view concurrently app.provider_workload_metrics;
  else
    refresh materialized view app.provider_workload_metrics;
  end if;
  select count(*) into v_count from app.provider_workload_metrics;
  insert into app.provider_workload_refreshes (refreshed_at, took, row_count)
  values (app.clock(), clock_timestamp() - v_began_at, v_count)
  on conflict (is_latest) do update set
    refreshed_at = excluded.refreshed_at, took = excluded.took, row_count = excluded.row_count;
  return v_count;
end
$function$;

CREATE OR REPLACE FUNCTION app.refuse_published()
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.raise_error(
    'conflict', 'A published version of an instrument never changes.', p_hint => 'Make it a new version.'
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.remove_provider_teams(p_id uuid, OUT id uuid, OUT version integer)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('admin', 'care_manager');
  update public.provider_teams as rows set deleted_at = app.clock()
  where rows.org_id = (select app.current_org()) and rows.id = p_id and rows.deleted_at is null
  returning rows.id, rows.version into id, version;
  -- A second time changes nothing.
  if not found then
    select rows.id, rows.version into id, version from public.provider_teams as rows
    where rows.org_id = (select app.current_org()) and rows.id = p_id;
  end if;
  if not found then
    perform app.raise_error('not_found', 'There is no such row in your organization.');
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.remove_reflection(p_reflection_id uuid, p_reason public.reflection_report_reason)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
  v_is_author boolean;
begin
  perform app.require_feature('resilience_hub');
  v_org_id := app.current_org();
  select reflections.user_id = app.my_id() into v_is_author
  from public.provider_support_reflections as reflections
  inner join public.provider_support_circles as circles
    on circles.org_id = reflections.org_id and circles.id = reflections.circle_id
  where
    reflections.org_id = v_org_id and reflections.id = p_reflection_id and reflections.deleted_at is null
    and circles.deleted_at is null
    and (reflections.user_id = app.my_id() or circles.facilitator_id = app.my_id())
  for no key update of reflections;
  if v_is_author is null then
    perform app.raise_error('not_found', 'There is no such reflection for you to remove.');
  end if;
  perform app.check_input('p_reason', v_is_author or p_reason is not null, 'Say why.');
  update public.provider_support_reflections as reflections
  set deleted_at = app.clock(), removal_reason = case when not v_is_author then p_reason end
  where reflections.org_id = v_org_id and reflections.id = p_reflection_id;
  perform app.decide_reports(v_org_id, p_reflection_id, false);
end
$function$;

CREATE OR REPLACE FUNCTION app.removed_provider_teams(p_limit integer)
 RETURNS TABLE(id uuid, deleted_at timestamp with time zone, purge_at timestamp with time zone, is_held boolean, row_values jsonb)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('admin', 'care_manager');
  return query
  select
    rows.id,
    rows.deleted_at,
    null::timestamptz,
    false,
    to_jsonb(rows)
  from public.provider_teams as rows
  where rows.org_id = (select app.current_org()) and rows.deleted_at is not null
  order by rows.deleted_at desc, rows.id
  limit p_limit;
end
$function$;

CREATE OR REPLACE FUNCTION app.report_reflection(p_reflection_id uuid, p_reason public.reflection_report_reason)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
begin
  perform app.require_feature('resilience_hub');
  v_org_id := app.current_org();
  insert into public.provider_reflection_reports (
    org_id, reflection_id, circle_id, practitioner_id, user_id, reason
  )
  select v_org_id, reflections.id, reflections.circle_id, seats.practitioner_id, seats.user_id, p_reason
  from public.provider_support_reflections as reflections
  inner join public.provider_support_circle_members as seats
    on seats.org_id = reflections.org_id and seats.circle_id = reflections.circle_id and seats.user_id = app.my_id()
  where
    reflections.org_id = v_org_id and reflections.id = p_reflection_id and reflections.deleted_at is null
    and reflections.circle_id = any(app.my_circles())
    and reflections.user_id <> app.my_id()
  on conflict (org_id, reflection_id, user_id) do nothing;
  if not found and not exists (
    select from public.provider_reflection_reports as reports
    where
      reports.org_id = v_org_id and reports.reflection_id = p_reflection_id and reports.user_id = app.my_id()
  ) then
    perform app.raise_error('not_found', 'There is no such reflection of others in your circles.');
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.reported_reflections(p_limit integer)
 RETURNS TABLE(reflection_id uuid, circle_id uuid, reflection_text text, is_anonymous boolean, is_hidden boolean, reasons public.reflection_report_reason[], report_count integer)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_count bigint;
begin
  perform app.require_feature('resilience_hub');
  return query select reviewable.* from app.reviewable_reflections(null, p_limit) as reviewable;
  get diagnostics v_count = row_count;
  if v_count > 0 then
    -- Whose they are is told to nobody, the audit trail included.
    perform app.note_access(
      'operations', 'public.provider_support_reflections', app.current_org(), null, v_count, '{}'
    );
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.require_circle_lead(p_org_id uuid, p_circle_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  if not app.has_role('admin', 'care_manager', 'wellness_officer') and not exists (
    select from public.provider_support_circles as led
    where
      led.org_id = p_org_id and led.id = p_circle_id and led.facilitator_id = app.my_id()
      and led.deleted_at is null
  ) then
    perform app.raise_error(
      'permission_denied',
      'Administrators, care managers, wellness officers and the facilitator bring members to a circle.'
    );
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.require_instrument_in_use(p_instrument_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_is_active boolean;
begin
  select instruments.is_active into v_is_active from public.instruments where instruments.id = p_instrument_id;
  if v_is_active is null then
    perform app.raise_error('not_found', 'There is no such instrument.');
  elsif not v_is_active then
    perform app.raise_error(
      'conflict', 'This version of the instrument is not in use.', p_hint => 'Load the questionnaire again.'
    );
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.require_panels()
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_feature('patient_modules');
end
$function$;

CREATE OR REPLACE FUNCTION app.require_participation()
 RETURNS public.participation_level
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_level public.participation_level;
begin
  if app.my_id() is not null and app.current_org() is not null then
    perform pg_advisory_xact_lock_shared(app.participation_lock(app.current_org(), app.my_id()));
    v_level := app.consent_level(app.current_org(), app.my_id());
  end if;
  if v_level is null then
    perform app.require_provider();
    perform app.raise_error(
      'consent_required', 'You do not take part in the resilience hub, so nothing about you is collected.',
      jsonb_build_object('policy_version', app.newest_policy_version()),
      'Read the privacy statement, then call give_resilience_consent with its version.'
    );
  end if;
  return v_level;
end
$function$;

CREATE OR REPLACE FUNCTION app.require_provider()
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_practitioner_id constant uuid := app.my_practitioner();
begin
  if not app.is_staff() or v_practitioner_id is null then
    perform app.require_member();
    perform app.raise_error(
      'permission_denied', 'This is for practitioners of the organization.',
      p_hint => 'Ask an administrator to link your sign-in with your practitioner record.'
    );
  end if;
  return v_practitioner_id;
end
$function$;

CREATE OR REPLACE FUNCTION app.require_provider_here(p_org_id uuid, p_practitioner_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  if p_org_id = app.current_org() and not exists (
    select from public.org_practitioners as known
    where
      known.org_id = p_org_id and known.practitioner_id = p_practitioner_id and known.is_active
      and known.deleted_at is null
  ) then
    perform app.raise_error('not_found', 'There is no such practitioner in your organization.');
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.resilience_data_of_mine()
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id constant uuid := app.current_org();
  v_user_id constant uuid := app.my_id();
begin
  perform app.require_feature('resilience_hub');
  perform app.require_person();
  return jsonb_build_object(
    'provider_consents', (
      select coalesce(jsonb_agg(to_jsonb(consents) order by consents.given_at), '[]')
      from public.provider_consents as consents
      where consents.org_id = v_org_id and consents.user_id = v_user_id
    ),
    'provider_daily_checkins', (
      select coalesce(jsonb_agg(to_jsonb(checkins) order by checkins.checkin_date), '[]')
      from public.provider_daily_checkins as checkins
      where checkins.org_id = v_org_id and checkins.user_id = v_user_id
    ),
    'provider_anonymous_checkins', (
      select coalesce(jsonb_agg(jsonb_strip_nulls(to_jsonb(own)) order by own.checkin_date), '[]')
      from app.anonymous_checkins_of(v_org_id, v_user_id) as own
    ),
    'provider_support_circle_members', (
      select coalesce(
        jsonb_agg(to_jsonb(members) || jsonb_build_object('circle_name', circles.name) order by members.joined_at), '[]'
      )
      from public.provider_support_circle_members as members
      inner join public.provider_support_circles as circles
        on circles.org_id = members.org_id and circles.id = members.circle_id
      where members.org_id = v_org_id and members.user_id = v_user_id
    ),
    'provider_support_reflections', (
      select coalesce(jsonb_agg(to_jsonb(reflections) order by reflections.created_at), '[]')
      from public.provider_support_reflections as reflections
      where reflections.org_id = v_org_id and reflections.user_id = v_user_id
    )
  ) || app.assessments_as_document(v_org_id, v_user_id) || app.help_as_document(v_org_id, v_user_id);
end
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

CREATE OR REPLACE FUNCTION app.response_scores(p_response jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_given record;
  v_scores jsonb := '{}';
begin
  for v_given in
    select
      app.fhir_extension(extensions.value, 'scale') ->> 'valueCode' as scale,
      app.fhir_extension(extensions.value, 'score') -> 'valueDecimal' as score
    from jsonb_array_elements(
      case when jsonb_typeof(p_response -> 'extension') = 'array' then p_response -> 'extension' else '[]' end
    ) as extensions (value)
    where extensions.value ->> 'url' = app.fhir_definition('instrument-score')
  loop
    perform app.check_input(
      'p_response', v_given.scale is not null and not v_scores ? v_given.scale, 'Each scale has one score.'
    );
    v_scores := v_scores || jsonb_build_object(v_given.scale, v_given.score);
  end loop;
  return v_scores;
end
$function$;

CREATE OR REPLACE FUNCTION app.restore_provider_teams(p_id uuid, OUT id uuid, OUT version integer)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('admin', 'care_manager');
  update public.provider_teams as rows set deleted_at = null
  where rows.org_id = (select app.current_org()) and rows.id = p_id and rows.deleted_at is not null
  returning rows.id, rows.version into id, version;
  -- A second time changes nothing.
  if not found then
    select rows.id, rows.version into id, version from public.provider_teams as rows
    where rows.org_id = (select app.current_org()) and rows.id = p_id;
  end if;
  if not found then
    perform app.raise_error('not_found', 'There is no such row in your organization.');
  end if;
exception when unique_violation or exclusion_violation then
  perform app.raise_error('conflict', 'Another row has taken its place: change or remove that one first.');
end
$function$;

CREATE OR REPLACE FUNCTION app.review_reflection(p_id uuid, p_keep boolean)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
begin
  perform app.require_feature('resilience_hub');
  v_org_id := app.current_org();
  perform 1 from app.reviewable_reflections(p_id);
  if not found then
    perform app.raise_error('not_found', 'There is no such reflection for you to decide about.');
  end if;
  if not p_keep then
    update public.provider_support_reflections as reflections
    set
      deleted_at = app.clock(),
      removal_reason = (
        select min(reports.reason)
        from public.provider_reflection_reports as reports
        where reports.org_id = v_org_id and reports.reflection_id = p_id and reports.decided_at is null
      )
    where reflections.org_id = v_org_id and reflections.id = p_id and reflections.deleted_at is null;
  end if;
  perform app.decide_reports(v_org_id, p_id, p_keep);
end
$function$;

CREATE OR REPLACE FUNCTION app.reviewable_reflections(p_id uuid DEFAULT NULL::uuid, p_limit integer DEFAULT 1)
 RETURNS TABLE(reflection_id uuid, circle_id uuid, reflection_text text, is_anonymous boolean, is_hidden boolean, reasons public.reflection_report_reason[], report_count integer)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_org_id constant uuid := app.current_org();
  v_me constant uuid := app.my_id();
  v_is_officer constant boolean := app.has_role('wellness_officer');
begin
  return query
  select
    reflections.id, reflections.circle_id, reflections.reflection_text, reflections.is_anonymous, grouped.is_hidden,
    grouped.reasons, grouped.report_count
  from (
    select
      reports.reflection_id,
      app.is_hidden_by(array_agg(reports.reason)) as is_hidden,
      array_agg(distinct reports.reason) as reasons,
      count(*)::integer as report_count
    from public.provider_reflection_reports as reports
    where
      reports.org_id = v_org_id and reports.decided_at is null and (p_id is null or reports.reflection_id = p_id)
    group by reports.reflection_id
  ) as grouped
  inner join public.provider_support_reflections as reflections
    on reflections.org_id = v_org_id and reflections.id = grouped.reflection_id
  inner join public.provider_support_circles as circles
    on circles.org_id = v_org_id and circles.id = reflections.circle_id
  where
    reflections.deleted_at is null
    and reflections.user_id <> v_me
    and circles.deleted_at is null
    and (coalesce(circles.facilitator_id = v_me, false) or (v_is_officer and grouped.is_hidden))
  order by grouped.is_hidden desc, reflections.created_at, reflections.id
  limit p_limit;
end
$function$;

CREATE OR REPLACE FUNCTION app.risk_contributions(p_org_id uuid, p_practitioner_ids uuid[], p_today date)
 RETURNS TABLE(practitioner_id uuid, kind public.provider_risk_kind, value numeric, threshold numeric, points numeric, sentence_key text)
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select
    figures.practitioner_id,
    rules.kind,
    rules.value,
    rules.threshold,
    rules.points,
    'resilience.risk.' || rules.kind
  from (
    select workload.*, burnout.composite, burnout.previous_composite
    from app.provider_workload(p_org_id, p_practitioner_ids, p_today) as workload
    -- Looked up and not joined: mostly it is one person, and a join would read all practitioners there are.
    left join lateral app.latest_burnout(
      p_org_id, (select people.user_id from public.fhir_practitioners as people where people.id = workload.practitioner_id)
    ) as burnout on true
  ) as figures
  cross join lateral (
    values
    (
      'burnout_assessment'::public.provider_risk_kind, figures.composite, 60::numeric, figures.composite,
      figures.composite is not null
    ),
    ('no_assessment', null, null, 20, figures.composite is null),
    ('workload', figures.encounters_last_30_days, 150, 25, figures.level = 'high_risk'),
    ('stress', round(figures.avg_stress_last_7_days, 2), 8, 15, figures.avg_stress_last_7_days >= 8),
    ('question_volume', figures.question_days_over_20, 5, 20, figures.question_days_over_20 >= 5),
    (
      'high_risk_panel', round(figures.high_risk_patient_percent, 2), 40, 10, figures.high_risk_patient_percent > 40
    ),
    (
      'trend', figures.composite - figures.previous_composite, 10, 10,
      figures.composite - figures.previous_composite >= 10
    )
  ) as rules (kind, value, threshold, points, is_met)
  where rules.is_met
$function$;

CREATE OR REPLACE FUNCTION app.risk_panels(p_org_id uuid, p_practitioner_ids uuid[], p_today date)
 RETURNS TABLE(practitioner_id uuid, percent numeric)
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select panels.provider_id, 100.0 * count(*) filter (where latest.risk_level = 'high') / count(*)
  from (
    select distinct seen.provider_id, seen.patient_id
    from public.encounters as seen
    where
      seen.org_id = p_org_id and seen.provider_id = any(p_practitioner_ids)
      and seen.date_of_service > p_today - 90 and seen.date_of_service <= p_today
      and app.is_encounter_counted(seen.provider_id, seen.date_of_service, seen.status, seen.deleted_at)
  ) as panels
  left join lateral (
    select scores.risk_level
    from public.patient_risk_scores as scores
    where
      scores.org_id = p_org_id and scores.patient_id = panels.patient_id and scores.assessed_on <= p_today
      and scores.deleted_at is null
    order by scores.assessed_on desc, scores.id desc
    limit 1
  ) as latest on true
  group by panels.provider_id
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

CREATE OR REPLACE FUNCTION app.score_interventions(p_org_id uuid, p_limit integer)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_today constant date := app.organization_day(p_org_id);
  v_zone text;
  v_count integer;
begin
  select organizations.time_zone into v_zone from public.organizations where organizations.id = p_org_id;
  update public.provider_interventions as cases
  set score_after = newer.composite
  from (
    select old.id, latest.composite
    from app.latest_burnout_level(p_org_id) as latest
    inner join public.provider_interventions as old
      on old.org_id = p_org_id and old.user_id = latest.user_id
    where
      old.status in ('open', 'in_progress', 'completed')
      and latest.assessment_date > (old.opened_at at time zone v_zone)::date
      and (old.score_after is null or (old.score_after <> latest.composite and old.rescore_due_on >= v_today))
      and app.consent_level(p_org_id, latest.user_id) is not null
    limit p_limit
    for update of old skip locked
  ) as newer
  where cases.org_id = p_org_id and cases.id = newer.id;
  get diagnostics v_count = row_count;
  return v_count;
end
$function$;

CREATE OR REPLACE FUNCTION app.seal_anonymity_key()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_key record;
begin
  if tg_op = 'UPDATE' and new.secret is not distinct from old.secret then
    return new;
  end if;
  v_key := app.sealing_key('seal', new.org_id, null);
  new.secret := app.seal_value(
    v_key.key_id, v_key.schedule,
    app.sealed_context('carebase:1:app.anonymity_keys:secret:', new.org_id, null), new.secret
  );
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.seal_provider_burnout_assessments()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_key record;
begin
  if tg_op = 'UPDATE' then
    if (new.org_id, new.user_id) is distinct from (old.org_id, old.user_id) then
      perform app.raise_error('conflict', 'A row with sealed values stays with its owner: enter it anew.');
    end if;
    if (
      new.answers
    ) is not distinct from (
      old.answers
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

  v_key := app.sealing_key('seal', new.org_id, new.user_id);
  if tg_op = 'INSERT' or new.answers is distinct from old.answers then
    perform app.check_plain('answers', 'jsonb', new.answers);
    new.answers := app.seal_value(
      v_key.key_id, v_key.schedule,
      app.sealed_context('carebase:1:public.provider_burnout_assessments:answers:', new.org_id, new.user_id),
      new.answers
    );
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.search_document(p_title text, p_description text)
 RETURNS tsvector
 LANGUAGE sql
 IMMUTABLE
RETURN (((setweight(to_tsvector('english'::regconfig, p_title), 'A'::"char") || setweight(to_tsvector('simple'::regconfig, p_title), 'A'::"char")) || setweight(to_tsvector('english'::regconfig, COALESCE(p_description, ''::text)), 'B'::"char")) || setweight(to_tsvector('simple'::regconfig, COALESCE(p_description, ''::text)), 'B'::"char"));

CREATE OR REPLACE FUNCTION app.search_query(p_search text)
 RETURNS tsquery
 LANGUAGE sql
 IMMUTABLE
RETURN websearch_to_tsquery('english'::regconfig, p_search);

CREATE OR REPLACE FUNCTION app.sent_circle_invitations(p_limit integer, p_before uuid)
 RETURNS TABLE(id uuid, circle_id uuid, user_id uuid, invited_at timestamp with time zone, expires_at timestamp with time zone)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  return query
  select invitations.id, invitations.circle_id, invitations.user_id, invitations.created_at, invitations.expires_at
  from public.provider_support_circle_invitations as invitations
  where
    invitations.invited_by = app.my_id()
    and invitations.org_id = app.current_org()
    and invitations.status = 'pending'
    and invitations.expires_at > app.clock()
    and (p_before is null or invitations.id < p_before)
  order by invitations.id desc
  limit p_limit;
end
$function$;

CREATE OR REPLACE FUNCTION app.set_team_of_provider(p_practitioner_id uuid, p_team_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id constant uuid := app.current_org();
begin
  perform app.require_role('admin', 'care_manager');
  if not exists (
    select 1 from public.org_practitioners as links
    where links.org_id = v_org_id and links.practitioner_id = p_practitioner_id and links.deleted_at is null
  ) then
    perform app.raise_error('not_found', 'There is no such practitioner in your organization.');
  end if;
  if p_team_id is null then
    update public.provider_team_members as members set deleted_at = app.clock()
    where
      members.org_id = v_org_id and members.practitioner_id = p_practitioner_id and members.deleted_at is null;
    return;
  end if;
  if not exists (
    select 1 from public.provider_teams as teams
    where teams.org_id = v_org_id and teams.id = p_team_id and teams.deleted_at is null
  ) then
    perform app.raise_error('not_found', 'There is no such team.');
  end if;
  insert into public.provider_team_members as members (org_id, practitioner_id, team_id)
  values (v_org_id, p_practitioner_id, p_team_id)
  on conflict (org_id, practitioner_id) do update set team_id = excluded.team_id, deleted_at = null
  where members.team_id <> excluded.team_id or members.deleted_at is not null;
end
$function$;

CREATE OR REPLACE FUNCTION app.settle_rebalance(p_proposal_id uuid, p_approve boolean)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
  v_proposal public.provider_rebalance_proposals;
begin
  perform app.require_panels();
  perform app.require_role('admin', 'manager', 'care_manager');
  v_org_id := app.current_org();
  select proposals.* into v_proposal
  from public.provider_rebalance_proposals as proposals
  where proposals.org_id = v_org_id and proposals.id = p_proposal_id
  for update;
  if v_proposal.id is null then
    perform app.raise_error('not_found', 'There is no such proposal in your organization.');
  end if;
  if v_proposal.status = 'proposed' and v_proposal.expires_at <= app.clock() then
    v_proposal.status := 'expired';
  end if;
  if v_proposal.status <> 'proposed' then
    perform app.raise_error(
      'conflict', 'This proposal can no longer be decided.', jsonb_build_object('status', v_proposal.status)
    );
  end if;

  update public.provider_rebalance_proposals as proposals
  set
    status = case when p_approve then 'approved' else 'rejected' end::public.rebalance_status,
    decided_by = app.my_id(), decided_at = app.clock()
  where proposals.org_id = v_org_id and proposals.id = p_proposal_id;
  if p_approve then
    perform app.apply_rebalance(v_org_id, p_proposal_id, v_proposal.from_practitioner_id);
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.take_nurse_question(p_question_id uuid)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id constant uuid := app.current_org();
  v_claimed_at timestamptz;
  v_claimed_by uuid;
begin
  perform app.require_role('care_manager', 'case_manager', 'nurse', 'clinician');
  update public.nurse_questions as questions set claimed_by = app.my_id(), claimed_at = app.clock()
  where
    questions.org_id = v_org_id and questions.id = p_question_id and questions.claimed_at is null
    and questions.deleted_at is null
  returning questions.claimed_at into v_claimed_at;
  if found then
    return v_claimed_at;
  end if;
  select questions.claimed_at, questions.claimed_by into v_claimed_at, v_claimed_by
  from public.nurse_questions as questions
  where questions.org_id = v_org_id and questions.id = p_question_id and questions.deleted_at is null;
  if not found then
    perform app.raise_error('not_found', 'There is no such question in your organization.');
  elsif v_claimed_by is distinct from app.my_id() then
    perform app.raise_error('conflict', 'Somebody else has taken this question.');
  end if;
  return v_claimed_at;
end
$function$;

CREATE OR REPLACE FUNCTION app.team_heatmap(p_months integer)
 RETURNS TABLE(team_id uuid, team_name text, month date, is_suppressed boolean, assessed_count integer, median_burnout smallint, risk_level public.burnout_risk_level)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform app.require_role('org_owner', 'admin', 'manager', 'care_manager', 'wellness_officer');
  return query
  select
    months.team_id, teams.name, months.month, months.assessed_count is null, months.assessed_count,
    months.median_burnout, app.burnout_level(months.median_burnout)
  from public.provider_wellbeing_months as months
  inner join public.provider_teams as teams on teams.org_id = months.org_id and teams.id = months.team_id
  where
    months.org_id = app.current_org()
    and months.month >= date_trunc('month', app.today()) - make_interval(months => p_months)
  order by teams.name, months.team_id, months.month;
end
$function$;

CREATE OR REPLACE FUNCTION app.tell_helpers(p_org_id uuid, p_id uuid, p_template text, p_link text)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_claims constant text := coalesce(current_setting('request.jwt.claims', true), '');
  v_officers uuid[];
  v_managers uuid[];
begin
  select
    array_agg(distinct roles.user_id) filter (where roles.role = 'wellness_officer'),
    array_agg(distinct roles.user_id) filter (where roles.role = 'care_manager')
  into v_officers, v_managers
  from public.role_assignments as roles
  where
    roles.org_id = p_org_id and roles.role in ('wellness_officer', 'care_manager')
    and roles.deleted_at is null and roles.valid_during @> app.clock()
    and roles.user_id is distinct from app.my_id();
  v_officers := coalesce(v_officers, v_managers, '{}');

  perform set_config('request.jwt.claims', '', true);
  perform app.ensure_helper_templates(p_org_id);
  perform app.enqueue_notification(
    p_org_id, channels.channel, helper.id, p_template, jsonb_build_object('link', p_link),
    p_priority => 'urgent',
    -- Once per case, without its id.
    p_dedupe_key => format(
      '%s:%s:%s:%s', p_template, channels.channel, helper.id, encode(sha256(p_id::text::bytea), 'hex')
    )
  )
  from unnest(v_officers) as helper (id)
  cross join unnest(array['email', 'in_app']::public.notification_channel[]) as channels (channel);
  perform set_config('request.jwt.claims', v_claims, true);
  return cardinality(v_officers);
end
$function$;

CREATE OR REPLACE FUNCTION app.tell_of_prompt(p_org_id uuid, p_prompt_id uuid, p_user_id uuid, p_kind public.provider_prompt_kind)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_zone text;
  v_expires_at timestamptz;
  v_trigger_at timestamptz;
begin
  select orgs.time_zone into v_zone from public.organizations as orgs where orgs.id = p_org_id;
  v_expires_at := (
    app.organization_day(p_org_id) + case p_kind when 'reassessment' then 14 else 1 end
  )::timestamp at time zone v_zone;
  select app.quiet_until(
    app.wall_clock(), coalesce(preferences.time_zone, v_zone), preferences.quiet_from, preferences.quiet_until,
    preferences.quiet_days
  ) into v_trigger_at
  from public.notification_preferences as preferences
  where preferences.org_id = p_org_id and preferences.user_id = p_user_id;

  if coalesce(v_trigger_at < v_expires_at, true) then
    perform app.enqueue_notification(
      p_org_id, 'in_app', p_user_id, 'private.resilience', '{"link": "/resilience/prompts"}', v_trigger_at,
      p_dedupe_key => 'private.resilience:' || p_prompt_id, p_expires_at => v_expires_at
    );
  end if;
  return true;
end
$function$;

CREATE OR REPLACE FUNCTION app.tellable_groups(p_whole integer, p_teams uuid[], p_counts integer[])
 RETURNS uuid[]
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO ''
AS $function$
  with enough as (
    select teams.id, teams.people, row_number() over (order by teams.people, teams.id) as place
    from unnest(p_teams, p_counts) as teams (id, people)
    where teams.people >= 5
  ),
  untold as (
    select p_whole - coalesce(sum(enough.people), 0) as people from enough
  )
  select coalesce(array_agg(enough.id order by enough.id), '{}')
  from enough
  cross join untold
  where untold.people not between 1 and 4 or enough.place > 1
$function$;

CREATE OR REPLACE FUNCTION app.tellable_percent(p_count bigint, p_all bigint)
 RETURNS smallint
 LANGUAGE sql
 IMMUTABLE
RETURN CASE WHEN ((p_count >= 5) AND ((p_all - p_count) >= 5)) THEN (round(((100.0 * (p_count)::numeric) / (p_all)::numeric)))::smallint ELSE NULL::smallint END;

CREATE OR REPLACE FUNCTION app.tellable_shares(p_count integer, p_all integer, p_teams uuid[], p_counts integer[], p_alls integer[])
 RETURNS uuid[]
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO ''
AS $function$
  with enough as (
    select
      teams.id, teams.people, teams.everybody - teams.people as others,
      row_number() over (order by teams.everybody, teams.id) as place
    from unnest(p_teams, p_counts, p_alls) as teams (id, people, everybody)
    where app.tellable_percent(teams.people, teams.everybody) is not null
  ),
  untold as (
    select
      p_count - coalesce(sum(enough.people), 0) as people,
      p_all - p_count - coalesce(sum(enough.others), 0) as others
    from enough
  )
  select coalesce(array_agg(enough.id order by enough.id), '{}')
  from enough
  cross join untold
  where (untold.people >= 5 and untold.others >= 5) or untold.people + untold.others = 0 or enough.place > 1
$function$;

CREATE OR REPLACE FUNCTION app.untranslated_texts(p_instrument_id uuid, p_language_code text)
 RETURNS TABLE(language_code text, text_key text)
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  with languages as (
    select distinct translations.language_code
    from app.instrument_translations as translations
    where translations.instrument_id = p_instrument_id
  ),

  needed as (
    select 'item/' || items.link_id as text_key
    from app.instrument_items as items
    where items.instrument_id = p_instrument_id
    union all
    select 'option/' || options.option_set || '/' || options.code
    from app.instrument_options as options
    where options.instrument_id = p_instrument_id
  )

  select languages.language_code, needed.text_key
  from languages
  cross join needed
  where not exists (
    select from app.instrument_translations as translations
    where
      translations.instrument_id = p_instrument_id
      and translations.language_code = languages.language_code
      and translations.text_key = needed.text_key
  )
  union all
  select p_language_code, 'title'
  where exists (select from languages where languages.language_code = p_language_code)
$function$;

CREATE OR REPLACE FUNCTION app.wellbeing_groups(p_org_id uuid, p_from date, p_to date)
 RETURNS TABLE(team_id uuid, is_whole boolean, providers bigint, assessed integer, checked_in integer, median_score numeric, average_score numeric, elevated bigint, trained bigint, helped bigint, median_effect numeric, correlation numeric)
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select
    people.team_id,
    grouping(people.team_id) = 1,
    count(*),
    count(people.score)::integer,
    (count(*) filter (where people.has_checked_in))::integer,
    percentile_cont(0.5) within group (order by people.score)::numeric,
    avg(people.score),
    count(*) filter (where people.is_elevated),
    count(*) filter (where people.is_trained),
    count(people.effect),
    percentile_cont(0.5) within group (order by people.effect)::numeric,
    (corr(people.encounter_count, people.score) filter (where people.score is not null))::numeric
  from app.wellbeing_people(p_org_id, p_from, p_to) as people
  group by grouping sets ((), (people.team_id))
$function$;

CREATE OR REPLACE FUNCTION app.wellbeing_months(p_months integer, p_team_id uuid)
 RETURNS TABLE(month date, provider_count integer, assessed_count integer, median_burnout smallint, average_burnout smallint, risk_level public.burnout_risk_level, elevated_percent smallint, adoption_percent smallint, checkins_per_provider_week numeric, average_stress numeric, trained_percent smallint, helped_count integer, median_effect smallint, workload_correlation numeric)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform app.require_role('org_owner', 'admin', 'manager', 'care_manager', 'wellness_officer');
  return query
  select
    months.month, months.provider_count, months.assessed_count, months.median_burnout, months.average_burnout,
    app.burnout_level(months.median_burnout), months.elevated_percent, months.adoption_percent,
    months.checkins_per_provider_week, months.average_stress, months.trained_percent, months.helped_count,
    months.median_effect, months.workload_correlation
  from public.provider_wellbeing_months as months
  where
    months.org_id = app.current_org()
    and months.team_id is not distinct from p_team_id
    and months.month >= date_trunc('month', app.today()) - make_interval(months => p_months)
  order by months.month;
end
$function$;

CREATE OR REPLACE FUNCTION app.wellbeing_people(p_org_id uuid, p_from date, p_to date)
 RETURNS TABLE(team_id uuid, score numeric, is_elevated boolean, has_checked_in boolean, is_trained boolean, encounter_count bigint, effect numeric)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
begin
  return query
  with scores as (
    select distinct on (assessments.practitioner_id)
      assessments.practitioner_id, assessments.composite_burnout_score, assessments.risk_level
    from public.provider_burnout_assessments as assessments
    where assessments.org_id = p_org_id and assessments.assessment_date between p_from and p_to
    order by assessments.practitioner_id, assessments.assessment_date desc, assessments.id desc
  ),
  checkins as (
    select distinct checkins.practitioner_id
    from public.provider_daily_checkins as checkins
    where checkins.org_id = p_org_id and checkins.checkin_date between p_from and p_to
  ),
  -- A month has its own completions only: of two figures of all until then, the difference is who came in between.
  trainings as (
    select distinct completions.practitioner_id
    from public.provider_training_completions as completions
    inner join public.organizations as orgs on orgs.id = completions.org_id
    where
      completions.org_id = p_org_id
      and completions.completed_at >= p_from::timestamp at time zone orgs.time_zone
      and completions.completed_at < (p_to + 1)::timestamp at time zone orgs.time_zone
  ),
  encounters as (
    select work.practitioner_id, sum(work.encounters) as encounter_count
    from app.provider_workload_parts as work
    where work.org_id = p_org_id and work.day between p_from and p_to
    group by work.practitioner_id
  ),
  effects as (
    select cases.practitioner_id, avg(cases.effect) as effect
    from public.provider_interventions as cases
    inner join public.organizations as orgs on orgs.id = cases.org_id
    where
      cases.org_id = p_org_id and cases.effect is not null
      and cases.closed_at >= p_from::timestamp at time zone orgs.time_zone
      and cases.closed_at < (p_to + 1)::timestamp at time zone orgs.time_zone
    group by cases.practitioner_id
  )
  select
    members.team_id,
    case when consents.id is not null then scores.composite_burnout_score end,
    consents.id is not null and coalesce(scores.risk_level in ('high', 'critical'), false),
    consents.id is not null and checkins.practitioner_id is not null,
    consents.id is not null and trainings.practitioner_id is not null,
    coalesce(encounters.encounter_count, 0),
    case when consents.id is not null then effects.effect end
  from public.org_practitioners as links
  inner join public.fhir_practitioners as people on people.id = links.practitioner_id
  left join public.provider_consents as consents
    on consents.org_id = p_org_id and consents.user_id = people.user_id and consents.withdrawn_at is null
  left join public.provider_team_members as members
    on members.org_id = p_org_id and members.practitioner_id = links.practitioner_id and members.deleted_at is null
  left join scores on scores.practitioner_id = links.practitioner_id
  left join checkins on checkins.practitioner_id = links.practitioner_id
  left join trainings on trainings.practitioner_id = links.practitioner_id
  left join encounters on encounters.practitioner_id = links.practitioner_id
  left join effects on effects.practitioner_id = links.practitioner_id
  where
    links.org_id = p_org_id and links.is_active and links.deleted_at is null and people.user_id is not null;
end
$function$;

CREATE OR REPLACE FUNCTION app.withdraw_consent()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_person();
  perform pg_advisory_xact_lock(app.participation_lock(app.current_org(), app.my_id()));
  perform app.end_consent(app.current_org(), app.my_id(), false);
end
$function$;

CREATE OR REPLACE FUNCTION app.workload_drift(p_org_id uuid)
 RETURNS TABLE(practitioner_id uuid, day date, encounters integer, questions integer)
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select sides.practitioner_id, sides.day, sum(sides.encounters)::integer, sum(sides.questions)::integer
  from (
    select rows.provider_id as practitioner_id, rows.date_of_service as day, 1 as encounters, 0 as questions
    from public.encounters as rows
    where
      rows.org_id = p_org_id
      and app.is_encounter_counted(rows.provider_id, rows.date_of_service, rows.status, rows.deleted_at)
    union all
    select rows.practitioner_id, rows.claimed_on, 0, 1
    from public.nurse_questions as rows
    where
      rows.org_id = p_org_id and app.is_question_counted(rows.practitioner_id, rows.claimed_on, rows.deleted_at)
    union all
    select parts.practitioner_id, parts.day, -parts.encounters, -parts.questions
    from app.provider_workload_parts as parts
    where parts.org_id = p_org_id
  ) as sides
  group by sides.practitioner_id, sides.day
  having sum(sides.encounters) <> 0 or sum(sides.questions) <> 0
$function$;

CREATE OR REPLACE FUNCTION app.workload_metrics_age()
 RETURNS interval
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select app.clock() - refreshes.refreshed_at from app.provider_workload_refreshes as refreshes
$function$;

CREATE OR REPLACE FUNCTION public.acknowledge_crisis_contacts()
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_person();
  perform app.require_member();
  return app.acknowledge_crisis_contacts();
end
$function$;

CREATE OR REPLACE FUNCTION public.answer_nurse_question(p_question_id uuid)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_question_id', p_question_id is not null, 'Say which question.');

  return app.finish_nurse_question(p_question_id);
end
$function$;

CREATE OR REPLACE FUNCTION public.ask_nurse_question(p_question_text text, p_patient_id uuid DEFAULT NULL::uuid)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input(
    'p_question_text', length(p_question_text) between 1 and 2000, 'A question has 1 to 2000 characters.'
  );

  return app.post_nurse_question(p_question_text, p_patient_id);
end
$function$;

CREATE OR REPLACE FUNCTION public.calculate_burnout_risk(p_emotional_exhaustion_score numeric, p_depersonalization_score numeric, p_personal_accomplishment_score numeric)
 RETURNS TABLE(composite_burnout_score numeric, risk_level public.burnout_risk_level)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_subscale('p_emotional_exhaustion_score', p_emotional_exhaustion_score);
  perform app.check_subscale('p_depersonalization_score', p_depersonalization_score);
  perform app.check_subscale('p_personal_accomplishment_score', p_personal_accomplishment_score);

  return query
  select composite.score, app.burnout_level(composite.score)
  from app.burnout_composite(
    round(p_emotional_exhaustion_score, 2), round(p_depersonalization_score, 2), round(p_personal_accomplishment_score, 2)
  ) as composite (score);
end
$function$;

CREATE OR REPLACE FUNCTION public.check_intervention_needed()
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');

  return app.needs_intervention();
end
$function$;

CREATE OR REPLACE FUNCTION public.claim_nurse_question(p_question_id uuid)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_question_id', p_question_id is not null, 'Say which question.');

  return app.take_nurse_question(p_question_id);
end
$function$;

CREATE OR REPLACE FUNCTION public.delete_my_resilience_data(p_confirm text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_person();
  perform app.check_input(
    'p_confirm', p_confirm = 'delete everything', 'To delete all of it for good, say: delete everything'
  );
  perform app.delete_resilience_data_of_mine();
end
$function$;

CREATE OR REPLACE FUNCTION public.end_circle_seat(p_circle_id uuid, p_user_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_circle_id', p_circle_id is not null, 'Say which circle.');
  perform app.check_input('p_user_id', p_user_id is not null, 'Say whom.');
  perform app.end_circle_seat(p_circle_id, p_user_id);
end
$function$;

CREATE OR REPLACE FUNCTION public.export_my_resilience_data()
 RETURNS jsonb
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_person();
  return jsonb_build_object(
    'exported_at', app.clock(), 'org_id', app.current_org(), 'user_id', app.my_id(),
    'tables', app.resilience_data_of_mine()
  );
end
$function$;

CREATE OR REPLACE FUNCTION public.get_my_participation()
 RETURNS public.my_participation
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_answer public.my_participation;
begin
  perform app.require_feature('resilience_hub');

  select consents.level, consents.policy_version, null, null, consents.given_at into v_answer
  from public.provider_consents as consents
  where
    consents.org_id = (select app.current_org())
    and consents.user_id = (select app.my_id())
    and consents.withdrawn_at is null;
  v_answer.newest_policy_version := app.newest_policy_version();
  v_answer.is_current := coalesce(v_answer.policy_version = v_answer.newest_policy_version, false);
  return v_answer;
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

CREATE OR REPLACE FUNCTION public.get_my_risk(OUT composite numeric, OUT level public.burnout_risk_level, OUT contributions jsonb)
 RETURNS record
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');

  select risk.composite, risk.level, risk.contributions into composite, level, contributions from app.my_risk() as risk;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_my_training(p_limit integer DEFAULT 100, p_before uuid DEFAULT NULL::uuid)
 RETURNS TABLE(id uuid, module_id uuid, title text, category public.resilience_category, duration_minutes smallint, started_at timestamp with time zone, completed_at timestamp with time zone, found_helpful boolean)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');

  return query
  select
    trainings.id, trainings.module_id, modules.title, modules.category, modules.duration_minutes, trainings.started_at,
    trainings.completed_at, trainings.found_helpful
  from public.provider_training_completions as trainings
  left join public.resilience_training_modules as modules on modules.id = trainings.module_id
  where
    trainings.org_id = (select app.current_org())
    and trainings.user_id = (select app.my_id())
    and (p_before is null or trainings.id < p_before)
  order by trainings.id desc
  limit p_limit;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_my_trajectory(p_months integer DEFAULT 6)
 RETURNS TABLE(month date, assessment_count integer, average_score numeric, change_since_first numeric)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_months', p_months between 1 and 24, 'Ask for 1 to 24 months.');

  return query
  select
    date_trunc('month', assessments.assessment_date)::date as month_begin,
    count(*)::integer,
    round(avg(assessments.composite_burnout_score), 1),
    round(
      avg(assessments.composite_burnout_score)
      - first_value(avg(assessments.composite_burnout_score))
        over (order by date_trunc('month', assessments.assessment_date)::date),
      1
    )
  from public.provider_burnout_assessments as assessments
  where
    assessments.org_id = (select app.current_org())
    and assessments.user_id = (select app.my_id())
    and assessments.assessment_date >= date_trunc('month', app.today()) - make_interval(months => p_months - 1)
  group by month_begin
  order by month_begin;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_my_workload()
 RETURNS TABLE(encounters_last_30_days integer, encounters_this_month integer, avg_stress_last_7_days numeric, questions_today integer, question_days_over_20 integer, high_risk_patient_percent numeric, level public.workload_level)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');

  return query select workload.* from app.my_workload() as workload;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_nurse_question_volume(p_user_id uuid, p_days integer)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_user_id', p_user_id is not null, 'Say whose.');
  perform app.check_input('p_days', p_days between 0 and 366, 'Days is a number from 0 to 366.');

  return app.question_volume(p_user_id, p_days);
end
$function$;

CREATE OR REPLACE FUNCTION public.get_nurse_questions(p_is_mine boolean DEFAULT false, p_limit integer DEFAULT 50, p_before uuid DEFAULT NULL::uuid, p_purpose public.access_purpose DEFAULT 'treatment'::public.access_purpose)
 RETURNS TABLE(id uuid, patient_id uuid, question_text text, asked_at timestamp with time zone, claimed_at timestamp with time zone, answered_at timestamp with time zone)
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_is_mine', p_is_mine is not null, 'Say whether only what you have taken on.');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what for.');

  return query
  select shown.* from app.read_nurse_questions(p_is_mine, p_limit, p_before, p_purpose) as shown;
end
$function$;

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

CREATE OR REPLACE FUNCTION public.get_questionnaire(p_code text, p_version text DEFAULT NULL::text, p_language text DEFAULT 'en'::text)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_id uuid;
begin
  perform app.require_person();
  perform app.check_input('p_code', p_code is not null, 'Say which instrument.');
  perform app.check_input('p_language', p_language is not null, 'Say in which language.');

  select instruments.id into v_id
  from public.instruments
  where
    instruments.code = p_code
    and case when p_version is null then instruments.is_active else instruments.instrument_version = p_version end;
  if v_id is null then
    perform app.raise_error('not_found', 'There is no such instrument in use.');
  end if;
  return app.questionnaire(v_id, p_language);
end
$function$;

CREATE OR REPLACE FUNCTION public.get_questionnaire_response(p_assessment_id uuid, p_purpose public.access_purpose DEFAULT 'patient_request'::public.access_purpose)
 RETURNS jsonb
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_found public.provider_burnout_assessments;
  v_answers jsonb;
  v_scores jsonb;
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_assessment_id', p_assessment_id is not null, 'Say which assessment.');
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what you open it for.');

  select * into v_found
  from public.provider_burnout_assessments as assessments
  where assessments.org_id = (select app.current_org()) and assessments.id = p_assessment_id;
  if not found then
    perform app.raise_error('not_found', 'You have no such assessment.');
  end if;
  select opened.answers into v_answers
  from app.open_provider_burnout_assessments(array[p_assessment_id], p_purpose) as opened;
  select jsonb_agg(jsonb_build_object('scale', scores.scale_code, 'score', scores.score, 'band', scores.band))
  into v_scores
  from public.provider_assessment_scores as scores
  where scores.org_id = v_found.org_id and scores.assessment_id = v_found.id;

  return app.questionnaire_response(v_found.instrument_id, v_answers, v_scores) || jsonb_build_object(
    'id', v_found.id,
    'authored', v_found.assessment_date,
    'subject', jsonb_build_object('reference', 'Practitioner/' || v_found.practitioner_id),
    'author', jsonb_build_object('reference', 'Practitioner/' || v_found.practitioner_id)
  );
end
$function$;

CREATE OR REPLACE FUNCTION public.get_rebalance_proposals(p_status public.rebalance_status DEFAULT NULL::public.rebalance_status, p_limit integer DEFAULT 50, p_before uuid DEFAULT NULL::uuid)
 RETURNS TABLE(id uuid, from_practitioner_id uuid, status public.rebalance_status, reason_kind public.rebalance_reason, target_percent smallint, proposed_at timestamp with time zone, expires_at timestamp with time zone, decided_by uuid, decided_at timestamp with time zone, patient_count integer, acuity_points numeric, moves jsonb)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_panels();
  perform app.require_role('admin', 'manager', 'care_manager');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');

  return query
  select
    proposals.id, proposals.from_practitioner_id, proposals.status, proposals.reason_kind, proposals.target_percent,
    proposals.proposed_at, proposals.expires_at, proposals.decided_by, proposals.decided_at, plans.patient_count,
    plans.acuity_points, plans.moves
  from public.provider_rebalance_proposals as proposals
  cross join lateral (
    select
      count(*)::integer as patient_count,
      coalesce(sum(moves.acuity), 0) as acuity_points,
      coalesce(
        jsonb_agg(
          jsonb_build_object(
            'patient_id', moves.patient_id, 'to_practitioner_id', moves.to_practitioner_id, 'acuity', moves.acuity
          )
          order by moves.acuity desc, moves.patient_id
        ),
        '[]'
      ) as moves
    from public.provider_rebalance_moves as moves
    where moves.org_id = proposals.org_id and moves.proposal_id = proposals.id
  ) as plans
  where
    proposals.org_id = (select app.current_org())
    and (p_status is null or proposals.status = p_status)
    and (p_before is null or proposals.id < p_before)
  order by proposals.id desc
  limit p_limit;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_recommended_modules(p_limit integer DEFAULT 5)
 RETURNS TABLE(id uuid, title text, description text, category public.resilience_category, content_type public.training_content_type, content_url text, duration_minutes smallint, evidence_based boolean, evidence text, is_completed boolean, helpful_percent integer, for_dimension public.resilience_dimension)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_dimension public.resilience_dimension;
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  v_dimension := app.my_worst_dimension();

  return query
  with facts as (
    select
      modules.id,
      app.is_module_completed(modules.id) as is_completed,
      app.helpful_percent(modules.id) as helpful_percent,
      coalesce(weights.weight, 0) as weight
    from public.resilience_training_modules as modules
    left join public.resilience_dimension_categories as weights
      on weights.dimension = v_dimension and weights.category = modules.category
    where modules.is_active
  )
  select
    modules.id, modules.title, modules.description, modules.category, modules.content_type, modules.content_url,
    modules.duration_minutes, modules.evidence_based, modules.evidence, facts.is_completed, facts.helpful_percent,
    case when facts.weight > 0 then v_dimension end
  from facts
  inner join public.resilience_training_modules as modules on modules.id = facts.id
  order by
    facts.is_completed, facts.weight desc, modules.evidence_based desc, facts.helpful_percent desc nulls last,
    modules.category, modules.title, modules.id
  limit p_limit;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_removed_provider_teams(p_limit integer DEFAULT 50)
 RETURNS TABLE(id uuid, deleted_at timestamp with time zone, purge_at timestamp with time zone, is_held boolean, row_values jsonb)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('admin', 'care_manager');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  return query select removed.* from app.removed_provider_teams(p_limit) as removed;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_reported_reflections(p_limit integer DEFAULT 50)
 RETURNS TABLE(reflection_id uuid, circle_id uuid, reflection_text text, is_anonymous boolean, is_hidden boolean, reasons public.reflection_report_reason[], report_count integer)
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  return query select reported.* from app.reported_reflections(p_limit) as reported;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_resilience_modules(p_category public.resilience_category DEFAULT NULL::public.resilience_category, p_search text DEFAULT NULL::text, p_for_dimension public.resilience_dimension DEFAULT NULL::public.resilience_dimension, p_limit integer DEFAULT 500, p_after uuid DEFAULT NULL::uuid)
 RETURNS TABLE(id uuid, title text, description text, category public.resilience_category, content_type public.training_content_type, content_url text, duration_minutes smallint, evidence_based boolean, evidence text, is_active boolean, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid, version integer, deleted_at timestamp with time zone, is_completed boolean, helpful_percent integer)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_search(p_search, p_limit);

  return query
  select
    modules.id, modules.title, modules.description, modules.category, modules.content_type, modules.content_url,
    modules.duration_minutes, modules.evidence_based, modules.evidence, modules.is_active, modules.created_at,
    modules.created_by, modules.updated_at, modules.updated_by, modules.version, modules.deleted_at,
    app.is_module_completed(modules.id), app.helpful_percent(modules.id)
  from app.find_modules(p_category, p_search, p_for_dimension, p_limit, p_after)
    with ordinality as found (module_id, place)
  inner join public.resilience_training_modules as modules on modules.id = found.module_id
  order by found.place;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_resilience_resources(p_category public.resilience_category DEFAULT NULL::public.resilience_category, p_search text DEFAULT NULL::text, p_for_dimension public.resilience_dimension DEFAULT NULL::public.resilience_dimension, p_limit integer DEFAULT 500, p_after uuid DEFAULT NULL::uuid)
 RETURNS TABLE(id uuid, title text, description text, kind public.resilience_resource_kind, category public.resilience_category, url text, telephone text, country_code text, is_crisis boolean, is_active boolean, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid, version integer, deleted_at timestamp with time zone)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_search(p_search, p_limit);

  -- Crisis lines come whatever was asked for: whoever looks for something about sleep at four in the morning may need
  -- one.
  return query
  select
    resources.id, resources.title, resources.description, resources.kind, resources.category, resources.url,
    resources.telephone, resources.country_code, resources.is_crisis, resources.is_active, resources.created_at,
    resources.created_by, resources.updated_at, resources.updated_by, resources.version, resources.deleted_at
  from app.find_resources(p_category, p_search, p_for_dimension, p_limit, p_after)
    with ordinality as found (resource_id, place)
  inner join public.resilience_resources as resources on resources.id = found.resource_id
  order by found.place;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_sent_circle_invitations(p_limit integer DEFAULT 50, p_before uuid DEFAULT NULL::uuid)
 RETURNS TABLE(id uuid, circle_id uuid, user_id uuid, invited_at timestamp with time zone, expires_at timestamp with time zone)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  return query select sent.* from app.sent_circle_invitations(p_limit, p_before) as sent;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_shared_checkins(p_purpose public.access_purpose, p_practitioner_id uuid DEFAULT NULL::uuid, p_from date DEFAULT NULL::date, p_to date DEFAULT NULL::date, p_limit integer DEFAULT 100, p_before uuid DEFAULT NULL::uuid)
 RETURNS TABLE(id uuid, practitioner_id uuid, checkin_date date, work_setting public.work_setting, stress_level smallint, energy_level smallint, patients_contacted_today smallint, difficult_patient_calls smallint, overtime_hours numeric, missed_break boolean)
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_to constant date := coalesce(p_to, app.today());
  v_from constant date := coalesce(p_from, v_to - 13);
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('admin', 'care_manager', 'wellness_officer');
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what you read it for.');
  perform app.check_input('p_to', v_from <= v_to, 'The range ends before it begins.');
  perform app.check_input('p_from', v_to - v_from <= 366, 'The range is at most 366 days.');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');

  return query
  select
    shared.id, shared.practitioner_id, shared.checkin_date, shared.work_setting, shared.stress_level,
    shared.energy_level, shared.patients_contacted_today, shared.difficult_patient_calls, shared.overtime_hours,
    shared.missed_break
  from app.read_shared_checkins(p_purpose, p_practitioner_id, v_from, v_to, p_limit, p_before) as shared;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_team_heatmap(p_months integer DEFAULT 6)
 RETURNS TABLE(team_id uuid, team_name text, month date, is_suppressed boolean, assessed_count integer, median_burnout smallint, risk_level public.burnout_risk_level)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_months', p_months between 1 and 24, 'Ask for 1 to 24 months.');
  return query select cells.* from app.team_heatmap(p_months) as cells;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_wellbeing_months(p_months integer DEFAULT 6, p_team_id uuid DEFAULT NULL::uuid)
 RETURNS TABLE(month date, provider_count integer, assessed_count integer, median_burnout smallint, average_burnout smallint, risk_level public.burnout_risk_level, elevated_percent smallint, adoption_percent smallint, checkins_per_provider_week numeric, average_stress numeric, trained_percent smallint, helped_count integer, median_effect smallint, workload_correlation numeric)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_months', p_months between 1 and 24, 'Ask for 1 to 24 months.');
  return query select months.* from app.wellbeing_months(p_months, p_team_id) as months;
end
$function$;

CREATE OR REPLACE FUNCTION public.give_resilience_consent(p_policy_version integer, p_level public.participation_level DEFAULT 'aggregate_only'::public.participation_level)
 RETURNS public.my_participation
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_level', p_level is not null, 'Say how far you take part.');
  perform app.check_input(
    'p_policy_version', p_policy_version is not null, 'Say which version of the privacy statement you agree to.'
  );
  perform app.give_consent(p_level, p_policy_version);
  return public.get_my_participation();
end
$function$;

CREATE OR REPLACE FUNCTION public.invite_to_circle(p_circle_id uuid, p_user_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_circle_id', p_circle_id is not null, 'Say which circle.');
  perform app.check_input('p_user_id', p_user_id is not null, 'Say whom.');
  perform app.invite_to_circle(p_circle_id, p_user_id);
end
$function$;

CREATE OR REPLACE FUNCTION public.open_provider_burnout_assessments(p_ids uuid[], p_purpose public.access_purpose)
 RETURNS TABLE(id uuid, answers jsonb)
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what you open it for.');
  perform app.check_input('p_ids', cardinality(p_ids) <= 1000, 'At most 1000 ids at once.');

  return query
  select opened.*
  from app.open_provider_burnout_assessments(
    array(select seen.id from public.provider_burnout_assessments as seen where seen.id = any(p_ids)),
    p_purpose, p_ids
  ) as opened;
end
$function$;

CREATE OR REPLACE FUNCTION public.remove_provider_teams(p_id uuid, OUT id uuid, OUT version integer)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('admin', 'care_manager');
  perform app.check_input('p_id', p_id is not null, 'Say which row.');
  select done.id, done.version into id, version from app.remove_provider_teams(p_id) as done;
end
$function$;

CREATE OR REPLACE FUNCTION public.remove_reflection(p_reflection_id uuid, p_reason public.reflection_report_reason DEFAULT NULL::public.reflection_report_reason)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_reflection_id', p_reflection_id is not null, 'Say which reflection.');
  perform app.remove_reflection(p_reflection_id, p_reason);
end
$function$;

CREATE OR REPLACE FUNCTION public.report_reflection(p_reflection_id uuid, p_reason public.reflection_report_reason)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_reflection_id', p_reflection_id is not null, 'Say which reflection.');
  perform app.check_input('p_reason', p_reason is not null, 'Say why.');
  perform app.report_reflection(p_reflection_id, p_reason);
end
$function$;

CREATE OR REPLACE FUNCTION public.request_peer_support(p_occasion public.peer_support_occasion, p_share boolean)
 RETURNS TABLE(intervention_id uuid, due_on date, is_shared boolean, told_count integer)
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_occasion', p_occasion is not null, 'Say after what.');
  perform app.check_input('p_share', p_share is not null, 'Say whether helpers may know that it is you.');
  return query
  select asked.intervention_id, asked.due_on, asked.is_shared, asked.told_count
  from app.ask_for_peer_support(p_occasion, p_share) as asked;
end
$function$;

CREATE OR REPLACE FUNCTION public.restore_provider_teams(p_id uuid, OUT id uuid, OUT version integer)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('admin', 'care_manager');
  perform app.check_input('p_id', p_id is not null, 'Say which row.');
  select done.id, done.version into id, version from app.restore_provider_teams(p_id) as done;
end
$function$;

CREATE OR REPLACE FUNCTION public.review_reflection(p_id uuid, p_keep boolean)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_id', p_id is not null, 'Say which reflection.');
  perform app.check_input('p_keep', p_keep is not null, 'Say whether it stays.');
  perform app.review_reflection(p_id, p_keep);
end
$function$;

CREATE OR REPLACE FUNCTION public.set_provider_team(p_practitioner_id uuid, p_team_id uuid DEFAULT NULL::uuid)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_practitioner_id', p_practitioner_id is not null, 'Say which provider.');
  perform app.set_team_of_provider(p_practitioner_id, p_team_id);
end
$function$;

CREATE OR REPLACE FUNCTION public.withdraw_resilience_consent()
 RETURNS public.my_participation
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.withdraw_consent();
  return public.get_my_participation();
end
$function$;

DROP POLICY "select_own_or_shared" ON "public"."provider_daily_checkins";

DROP FUNCTION "public"."get_my_checkins"(date, date, integer);

DROP FUNCTION "public"."get_resilience_modules"(public.resilience_category);

DROP FUNCTION "public"."get_resilience_resources"(public.resilience_category);

DROP FUNCTION "public"."submit_daily_checkin"(public.work_setting, integer, integer, integer, integer, numeric, boolean, boolean);

CREATE TABLE "app"."anonymity_keys" (
  "org_id" uuid NOT NULL,
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "secret" bytea NOT NULL,
  CONSTRAINT "anonymity_keys_org_key" UNIQUE (org_id),
  CONSTRAINT "anonymity_keys_pkey" PRIMARY KEY (org_id, id),
  CONSTRAINT "anonymity_keys_secret_sealed" CHECK (app.is_sealed(secret, 200))
);

ALTER TABLE "app"."anonymity_keys" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "app"."anonymity_keys" FORCE ROW LEVEL SECURITY;

CREATE TABLE "app"."instrument_bands" (
  "instrument_id" uuid NOT NULL,
  "scale_code" text NOT NULL,
  "lower_bound" numeric(8,3) NOT NULL,
  "code" text NOT NULL,
  "display" text NOT NULL,
  "severity" smallint NOT NULL,
  CONSTRAINT "instrument_bands_code_form" CHECK ((code ~ '^[a-z][a-z0-9_]{0,62}$'::text)),
  CONSTRAINT "instrument_bands_code_key" UNIQUE (instrument_id, scale_code, code),
  CONSTRAINT "instrument_bands_display_length" CHECK (((length(display) >= 1) AND (length(display) <= 200))),
  CONSTRAINT "instrument_bands_lower_bound_range" CHECK (((lower_bound > ('-10000'::integer)::numeric) AND (lower_bound < (10000)::numeric))),
  CONSTRAINT "instrument_bands_pkey" PRIMARY KEY (instrument_id, scale_code, lower_bound),
  CONSTRAINT "instrument_bands_severity_range" CHECK (((severity >= 0) AND (severity <= 9)))
);

ALTER TABLE "app"."instrument_bands" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "app"."instrument_bands" FORCE ROW LEVEL SECURITY;

CREATE TABLE "app"."instrument_items" (
  "instrument_id" uuid NOT NULL,
  "link_id" text NOT NULL,
  "position" smallint NOT NULL,
  "scale_code" text,
  "item_text" text NOT NULL,
  "is_reversed" boolean NOT NULL DEFAULT false,
  "option_set" text NOT NULL,
  CONSTRAINT "instrument_items_item_text_length" CHECK (((length(item_text) >= 1) AND (length(item_text) <= 1000))),
  CONSTRAINT "instrument_items_link_id_form" CHECK ((link_id ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$'::text)),
  CONSTRAINT "instrument_items_option_set_form" CHECK ((option_set ~ '^[a-z][a-z0-9_]{0,62}$'::text)),
  CONSTRAINT "instrument_items_pkey" PRIMARY KEY (instrument_id, link_id),
  CONSTRAINT "instrument_items_position_key" UNIQUE (instrument_id, "position"),
  CONSTRAINT "instrument_items_position_range" CHECK ((("position" >= 1) AND ("position" <= 500)))
);

ALTER TABLE "app"."instrument_items" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "app"."instrument_items" FORCE ROW LEVEL SECURITY;

CREATE TABLE "app"."instrument_options" (
  "instrument_id" uuid NOT NULL,
  "option_set" text NOT NULL,
  "position" smallint NOT NULL,
  "code" text NOT NULL,
  "value" numeric(8,3) NOT NULL,
  "option_text" text NOT NULL,
  CONSTRAINT "instrument_options_code_form" CHECK ((code ~ '^[a-z0-9][a-z0-9_]{0,62}$'::text)),
  CONSTRAINT "instrument_options_option_set_form" CHECK ((option_set ~ '^[a-z][a-z0-9_]{0,62}$'::text)),
  CONSTRAINT "instrument_options_option_text_length" CHECK (((length(option_text) >= 1) AND (length(option_text) <= 500))),
  CONSTRAINT "instrument_options_pkey" PRIMARY KEY (instrument_id, option_set, code),
  CONSTRAINT "instrument_options_position_key" UNIQUE (instrument_id, option_set, "position"),
  CONSTRAINT "instrument_options_position_range" CHECK ((("position" >= 1) AND ("position" <= 100))),
  CONSTRAINT "instrument_options_value_range" CHECK (((value > ('-10000'::integer)::numeric) AND (value < (10000)::numeric)))
);

ALTER TABLE "app"."instrument_options" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "app"."instrument_options" FORCE ROW LEVEL SECURITY;

CREATE TABLE "app"."instrument_scales" (
  "instrument_id" uuid NOT NULL,
  "code" text NOT NULL,
  "position" smallint NOT NULL,
  "title" text NOT NULL,
  "method" public.instrument_method NOT NULL,
  "minimum" numeric(8,3) NOT NULL,
  "maximum" numeric(8,3) NOT NULL,
  "is_higher_worse" boolean NOT NULL,
  CONSTRAINT "instrument_scales_code_form" CHECK ((code ~ '^[a-z][a-z0-9_]{0,62}$'::text)),
  CONSTRAINT "instrument_scales_pkey" PRIMARY KEY (instrument_id, code),
  CONSTRAINT "instrument_scales_position_key" UNIQUE (instrument_id, "position"),
  CONSTRAINT "instrument_scales_position_range" CHECK ((("position" >= 1) AND ("position" <= 100))),
  CONSTRAINT "instrument_scales_range" CHECK (((minimum < maximum) AND (minimum > ('-10000'::integer)::numeric) AND (maximum < (10000)::numeric))),
  CONSTRAINT "instrument_scales_title_length" CHECK (((length(title) >= 1) AND (length(title) <= 200)))
);

ALTER TABLE "app"."instrument_scales" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "app"."instrument_scales" FORCE ROW LEVEL SECURITY;

CREATE TABLE "app"."instrument_translations" (
  "instrument_id" uuid NOT NULL,
  "language_code" text NOT NULL,
  "text_key" text NOT NULL,
  "translated_text" text NOT NULL,
  CONSTRAINT "instrument_translations_language_code_form" CHECK ((language_code ~ '^[a-z]{2,3}(-[A-Z]{2})?$'::text)),
  CONSTRAINT "instrument_translations_pkey" PRIMARY KEY (instrument_id, language_code, text_key),
  CONSTRAINT "instrument_translations_text_key_form" CHECK ((text_key ~ '^(title|description|(item|scale)/[A-Za-z0-9._-]{1,63}|(option|band)/[a-z0-9_]{1,63}/[a-z0-9_]{1,63})$'::text)),
  CONSTRAINT "instrument_translations_translated_text_length" CHECK (((length(translated_text) >= 1) AND (length(translated_text) <= 4000)))
);

ALTER TABLE "app"."instrument_translations" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "app"."instrument_translations" FORCE ROW LEVEL SECURITY;

CREATE TABLE "app"."provider_anonymous_checkins" (
  "org_id" uuid NOT NULL,
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "checkin_date" date NOT NULL,
  "author_tag" bytea NOT NULL,
  "work_setting" public.work_setting NOT NULL,
  "stress_level" smallint NOT NULL,
  "energy_level" smallint NOT NULL,
  "patients_contacted_today" smallint NOT NULL DEFAULT 0,
  "difficult_patient_calls" smallint NOT NULL DEFAULT 0,
  "overtime_hours" numeric(4,2) NOT NULL DEFAULT 0,
  "missed_break" boolean NOT NULL DEFAULT false,
  CONSTRAINT "provider_anonymous_checkins_author_day_key" UNIQUE (org_id, checkin_date, author_tag),
  CONSTRAINT "provider_anonymous_checkins_author_tag_length" CHECK ((length(author_tag) = 32)),
  CONSTRAINT "provider_anonymous_checkins_difficult_calls_range" CHECK (((difficult_patient_calls >= 0) AND (difficult_patient_calls <= 500))),
  CONSTRAINT "provider_anonymous_checkins_energy_level_scale" CHECK (((energy_level >= 1) AND (energy_level <= 10))),
  CONSTRAINT "provider_anonymous_checkins_overtime_hours_range" CHECK (((overtime_hours >= (0)::numeric) AND (overtime_hours <= (24)::numeric))),
  CONSTRAINT "provider_anonymous_checkins_patients_contacted_today_range" CHECK (((patients_contacted_today >= 0) AND (patients_contacted_today <= 500))),
  CONSTRAINT "provider_anonymous_checkins_pkey" PRIMARY KEY (org_id, id),
  CONSTRAINT "provider_anonymous_checkins_stress_level_scale" CHECK (((stress_level >= 1) AND (stress_level <= 10)))
);

ALTER TABLE "app"."provider_anonymous_checkins" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "app"."provider_anonymous_checkins" FORCE ROW LEVEL SECURITY;

CREATE TABLE "app"."provider_workload_days" (
  "org_id" uuid NOT NULL,
  "practitioner_id" uuid NOT NULL,
  "day" date NOT NULL,
  "encounters" integer NOT NULL DEFAULT 0,
  "questions" integer NOT NULL DEFAULT 0,
  CONSTRAINT "provider_workload_days_pkey" PRIMARY KEY (org_id, practitioner_id, day)
);

ALTER TABLE "app"."provider_workload_days" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "app"."provider_workload_days" FORCE ROW LEVEL SECURITY;

ALTER TABLE "app"."provider_workload_days" SET (fillfactor=80);

CREATE TABLE "app"."provider_workload_deltas" (
  "org_id" uuid NOT NULL,
  "practitioner_id" uuid NOT NULL,
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "day" date NOT NULL,
  "encounters" integer NOT NULL DEFAULT 0,
  "questions" integer NOT NULL DEFAULT 0,
  CONSTRAINT "provider_workload_deltas_pkey" PRIMARY KEY (org_id, practitioner_id, id)
);

ALTER TABLE "app"."provider_workload_deltas" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "app"."provider_workload_deltas" FORCE ROW LEVEL SECURITY;

ALTER TABLE "app"."provider_workload_deltas" SET (autovacuum_vacuum_scale_factor=0.05);

CREATE TABLE "app"."provider_workload_refreshes" (
  "is_latest" boolean NOT NULL DEFAULT true,
  "refreshed_at" timestamp with time zone NOT NULL,
  "took" interval NOT NULL,
  "row_count" bigint NOT NULL,
  CONSTRAINT "provider_workload_refreshes_one" CHECK (is_latest),
  CONSTRAINT "provider_workload_refreshes_pkey" PRIMARY KEY (is_latest)
);

ALTER TABLE "app"."provider_workload_refreshes" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "app"."provider_workload_refreshes" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."instruments" (
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "code" text NOT NULL,
  "instrument_version" text NOT NULL,
  "title" text NOT NULL,
  "description" text,
  "language_code" text NOT NULL DEFAULT 'en'::text,
  "citation" text NOT NULL,
  "publisher" text,
  "license_kind" public.instrument_license_kind NOT NULL,
  "license_text" text NOT NULL,
  "canonical_url" text NOT NULL,
  "is_active" boolean NOT NULL DEFAULT false,
  "published_at" timestamp with time zone,
  "status" public.instrument_status GENERATED ALWAYS AS (
CASE
    WHEN is_active THEN 'active'::public.instrument_status
    WHEN (published_at IS NOT NULL) THEN 'retired'::public.instrument_status
    ELSE 'draft'::public.instrument_status
END) STORED NOT NULL,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  CONSTRAINT "instruments_canonical_url_form" CHECK (((canonical_url ~ '^https://[^[:space:]|]+$'::text) AND (length(canonical_url) <= 300))),
  CONSTRAINT "instruments_canonical_url_version_key" UNIQUE (canonical_url, instrument_version),
  CONSTRAINT "instruments_code_form" CHECK ((code ~ '^[a-z][a-z0-9_]{0,62}$'::text)),
  CONSTRAINT "instruments_code_version_key" UNIQUE (code, instrument_version),
  CONSTRAINT "instruments_instrument_version_form" CHECK ((instrument_version ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,30}$'::text)),
  CONSTRAINT "instruments_language_code_form" CHECK ((language_code ~ '^[a-z]{2,3}(-[A-Z]{2})?$'::text)),
  CONSTRAINT "instruments_texts_length" CHECK ((((length(title) >= 1) AND (length(title) <= 200)) AND ((length(description) >= 1) AND (length(description) <= 4000)) AND ((length(citation) >= 1) AND (length(citation) <= 2000)) AND ((length(publisher) >= 1) AND (length(publisher) <= 200)) AND ((length(license_text) >= 1) AND (length(license_text) <= 4000)))),
  CONSTRAINT "instruments_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."instruments" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."instruments" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."nurse_questions" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "patient_id" uuid,
  "question_text" text NOT NULL,
  "asked_at" timestamp with time zone NOT NULL DEFAULT app.clock(),
  "claimed_by" uuid,
  "claimed_at" timestamp with time zone,
  "claimed_on" date,
  "practitioner_id" uuid,
  "answered_at" timestamp with time zone,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  "deleted_at" timestamp with time zone,
  CONSTRAINT "nurse_questions_answered_after_claimed" CHECK (((answered_at IS NULL) OR ((claimed_at IS NOT NULL) AND (answered_at >= claimed_at)))),
  CONSTRAINT "nurse_questions_claimed_whole" CHECK ((((claimed_at IS NULL) = (claimed_on IS NULL)) AND ((claimed_at IS NOT NULL) OR (num_nonnulls(claimed_by, practitioner_id) = 0)))),
  CONSTRAINT "nurse_questions_text_length" CHECK (((length(question_text) >= 1) AND (length(question_text) <= 2000))),
  CONSTRAINT "nurse_questions_pkey" PRIMARY KEY (org_id, id)
);

ALTER TABLE "public"."nurse_questions" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."nurse_questions" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."patient_risk_scores" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "patient_id" uuid NOT NULL,
  "risk_level" public.patient_risk_level NOT NULL,
  "score" numeric(8,3),
  "assessed_on" date NOT NULL,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  "deleted_at" timestamp with time zone,
  CONSTRAINT "patient_risk_scores_pkey" PRIMARY KEY (org_id, id)
);

ALTER TABLE "public"."patient_risk_scores" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."patient_risk_scores" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."provider_assessment_scores" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "assessment_id" uuid NOT NULL,
  "scale_code" text NOT NULL,
  "user_id" uuid NOT NULL DEFAULT auth.uid(),
  "score" numeric(8,2) NOT NULL,
  "band" text,
  "severity" smallint,
  CONSTRAINT "provider_assessment_scores_band_form" CHECK ((band ~ '^[a-z][a-z0-9_]{0,62}$'::text)),
  CONSTRAINT "provider_assessment_scores_scale_code_form" CHECK ((scale_code ~ '^[a-z][a-z0-9_]{0,62}$'::text)),
  CONSTRAINT "provider_assessment_scores_score_range" CHECK (((score > ('-10000'::integer)::numeric) AND (score < (10000)::numeric))),
  CONSTRAINT "provider_assessment_scores_severity_range" CHECK (((severity >= 0) AND (severity <= 9))),
  CONSTRAINT "provider_assessment_scores_pkey" PRIMARY KEY (org_id, assessment_id, scale_code)
);

ALTER TABLE "public"."provider_assessment_scores" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."provider_assessment_scores" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."provider_burnout_assessments" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "practitioner_id" uuid NOT NULL DEFAULT app.my_practitioner(),
  "user_id" uuid NOT NULL DEFAULT auth.uid(),
  "assessment_date" date NOT NULL DEFAULT app.today(),
  "instrument_id" uuid NOT NULL,
  "answers" bytea,
  "emotional_exhaustion_score" numeric(5,2),
  "depersonalization_score" numeric(5,2),
  "personal_accomplishment_score" numeric(5,2),
  "headline_score" numeric(5,2),
  "headline_band" text,
  "composite_burnout_score" numeric(5,2) GENERATED ALWAYS AS (COALESCE(app.burnout_composite(emotional_exhaustion_score, depersonalization_score, personal_accomplishment_score), headline_score)) STORED NOT NULL,
  "risk_level" public.burnout_risk_level GENERATED ALWAYS AS (app.burnout_level(COALESCE(app.burnout_composite(emotional_exhaustion_score, depersonalization_score, personal_accomplishment_score), headline_score))) STORED NOT NULL,
  "intervention_triggered" boolean NOT NULL DEFAULT false,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  CONSTRAINT "provider_burnout_assessments_headline_band_form" CHECK (((headline_band ~ '^[a-z][a-z0-9_]{0,62}$'::text) AND ((headline_band IS NULL) OR (headline_score IS NOT NULL)))),
  CONSTRAINT "provider_burnout_assessments_one_result" CHECK (((num_nulls(emotional_exhaustion_score, depersonalization_score, personal_accomplishment_score) = ANY (ARRAY[0, 3])) AND ((emotional_exhaustion_score IS NULL) = (headline_score IS NOT NULL)))),
  CONSTRAINT "provider_burnout_assessments_scores_range" CHECK ((((emotional_exhaustion_score >= (0)::numeric) AND (emotional_exhaustion_score <= (100)::numeric)) AND ((depersonalization_score >= (0)::numeric) AND (depersonalization_score <= (100)::numeric)) AND ((personal_accomplishment_score >= (0)::numeric) AND (personal_accomplishment_score <= (100)::numeric)) AND ((headline_score >= (0)::numeric) AND (headline_score <= (100)::numeric)))),
  CONSTRAINT "provider_burnout_assessments_pkey" PRIMARY KEY (org_id, id),
  CONSTRAINT "provider_burnout_assessments_owner_key" UNIQUE (org_id, id, user_id),
  CONSTRAINT "provider_burnout_assessments_user_day_key" UNIQUE (org_id, user_id, assessment_date, instrument_id),
  CONSTRAINT "provider_burnout_assessments_answers_sealed" CHECK (app.is_sealed(answers, 200000))
);

ALTER TABLE "public"."provider_burnout_assessments" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."provider_burnout_assessments" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."provider_checkin_days" (
  "org_id" uuid NOT NULL,
  "checkin_date" date NOT NULL,
  "provider_count" integer NOT NULL,
  "people_count" integer,
  "average_stress_level" numeric(3,1),
  "average_energy_level" numeric(3,1),
  "average_patients_contacted" numeric(4,1),
  "average_overtime_hours" numeric(3,1),
  "missed_break_percent" numeric(3,0),
  "frozen_at" timestamp with time zone NOT NULL,
  CONSTRAINT "provider_checkin_days_all_or_nothing" CHECK ((num_nulls(people_count, average_stress_level, average_energy_level, average_patients_contacted, average_overtime_hours, missed_break_percent) = ANY (ARRAY[0, 6]))),
  CONSTRAINT "provider_checkin_days_five_or_more" CHECK ((people_count >= 5)),
  CONSTRAINT "provider_checkin_days_pkey" PRIMARY KEY (org_id, checkin_date),
  CONSTRAINT "provider_checkin_days_provider_count_positive" CHECK ((provider_count >= 0))
);

ALTER TABLE "public"."provider_checkin_days" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."provider_checkin_days" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."provider_consents" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "practitioner_id" uuid NOT NULL DEFAULT app.my_practitioner(),
  "user_id" uuid NOT NULL DEFAULT auth.uid(),
  "level" public.participation_level NOT NULL,
  "policy_version" integer NOT NULL,
  "given_at" timestamp with time zone NOT NULL DEFAULT now(),
  "withdrawn_at" timestamp with time zone,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  CONSTRAINT "provider_consents_withdrawn_after_given" CHECK ((withdrawn_at >= given_at)),
  CONSTRAINT "provider_consents_pkey" PRIMARY KEY (org_id, id)
);

ALTER TABLE "public"."provider_consents" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."provider_consents" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."provider_crisis_acknowledgements" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "practitioner_id" uuid DEFAULT app.my_practitioner(),
  "user_id" uuid NOT NULL DEFAULT auth.uid(),
  "shown_at" timestamp with time zone NOT NULL DEFAULT now(),
  "acknowledged_at" timestamp with time zone,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  CONSTRAINT "provider_crisis_acknowledgements_seen_after_shown" CHECK ((acknowledged_at >= shown_at)),
  CONSTRAINT "provider_crisis_acknowledgements_pkey" PRIMARY KEY (org_id, id)
);

ALTER TABLE "public"."provider_crisis_acknowledgements" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."provider_crisis_acknowledgements" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."provider_intervention_contacts" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "intervention_id" uuid NOT NULL,
  "practitioner_id" uuid NOT NULL,
  "user_id" uuid NOT NULL,
  "contacted_at" timestamp with time zone NOT NULL,
  "contact_method" public.contact_method NOT NULL,
  "contacted_by" uuid,
  "is_reached" boolean NOT NULL,
  CONSTRAINT "provider_intervention_contacts_pkey" PRIMARY KEY (org_id, id)
);

ALTER TABLE "public"."provider_intervention_contacts" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."provider_intervention_contacts" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."provider_interventions" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "practitioner_id" uuid NOT NULL DEFAULT app.my_practitioner(),
  "user_id" uuid NOT NULL DEFAULT auth.uid(),
  "kind" public.intervention_kind NOT NULL,
  "status" public.intervention_status NOT NULL DEFAULT 'proposed'::public.intervention_status,
  "opened_by_rule" text,
  "occasion" public.peer_support_occasion,
  "owner_id" uuid,
  "shared_at" timestamp with time zone,
  "is_unnamed" boolean NOT NULL DEFAULT false,
  "due_on" date NOT NULL,
  "rescore_due_on" date NOT NULL,
  "opened_at" timestamp with time zone NOT NULL DEFAULT now(),
  "closed_at" timestamp with time zone,
  "outcome" public.intervention_outcome,
  "note" text,
  "score_before" numeric(5,2),
  "score_after" numeric(5,2),
  "effect" numeric(5,2) GENERATED ALWAYS AS ((score_after - score_before)) STORED,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  CONSTRAINT "provider_interventions_closed_after_opened" CHECK ((closed_at >= opened_at)),
  CONSTRAINT "provider_interventions_closed" CHECK (((closed_at IS NULL) = (status = ANY (ARRAY['proposed'::public.intervention_status, 'open'::public.intervention_status, 'in_progress'::public.intervention_status])))),
  CONSTRAINT "provider_interventions_declined_both" CHECK (((status = 'declined'::public.intervention_status) = (NOT (outcome IS DISTINCT FROM 'declined'::public.intervention_outcome)))),
  CONSTRAINT "provider_interventions_note_length" CHECK (((length(note) >= 1) AND (length(note) <= 500))),
  CONSTRAINT "provider_interventions_occasion_of_peer_support" CHECK (((occasion IS NULL) OR (kind = 'peer_support'::public.intervention_kind))),
  CONSTRAINT "provider_interventions_opened_by_rule_form" CHECK ((opened_by_rule ~ '^[a-z][a-z0-9_]{0,63}$'::text)),
  CONSTRAINT "provider_interventions_outcome_of_closed" CHECK (((outcome IS NULL) = (closed_at IS NULL))),
  CONSTRAINT "provider_interventions_score_after_range" CHECK (((score_after >= (0)::numeric) AND (score_after <= (100)::numeric))),
  CONSTRAINT "provider_interventions_score_before_range" CHECK (((score_before >= (0)::numeric) AND (score_before <= (100)::numeric))),
  CONSTRAINT "provider_interventions_shared_or_unnamed" CHECK (((NOT is_unnamed) OR (shared_at IS NULL))),
  CONSTRAINT "provider_interventions_pkey" PRIMARY KEY (org_id, id),
  CONSTRAINT "provider_interventions_person_key" UNIQUE (org_id, id, user_id)
);

ALTER TABLE "public"."provider_interventions" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."provider_interventions" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."provider_panel_limits" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "practitioner_id" uuid NOT NULL,
  "max_patients" smallint NOT NULL,
  "max_acuity_points" numeric(6,1) NOT NULL,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  "deleted_at" timestamp with time zone,
  CONSTRAINT "provider_panel_limits_max_acuity_points_range" CHECK (((max_acuity_points >= (0)::numeric) AND (max_acuity_points <= (5000)::numeric))),
  CONSTRAINT "provider_panel_limits_max_patients_range" CHECK (((max_patients >= 0) AND (max_patients <= 1000))),
  CONSTRAINT "provider_panel_limits_pkey" PRIMARY KEY (org_id, practitioner_id)
);

ALTER TABLE "public"."provider_panel_limits" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."provider_panel_limits" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."provider_panel_patients" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "practitioner_id" uuid NOT NULL,
  "patient_id" uuid NOT NULL,
  "acuity" numeric(4,1) NOT NULL,
  "assigned_at" timestamp with time zone NOT NULL DEFAULT app.clock(),
  "ended_at" timestamp with time zone,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  CONSTRAINT "provider_panel_patients_acuity_range" CHECK (((acuity >= (1)::numeric) AND (acuity <= (5)::numeric))),
  CONSTRAINT "provider_panel_patients_pkey" PRIMARY KEY (org_id, id),
  CONSTRAINT "provider_panel_patients_ended_after_assigned" CHECK ((ended_at >= assigned_at))
);

ALTER TABLE "public"."provider_panel_patients" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."provider_panel_patients" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."provider_panel_pauses" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "practitioner_id" uuid NOT NULL DEFAULT app.my_practitioner(),
  "user_id" uuid NOT NULL DEFAULT auth.uid(),
  "until_date" date,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  CONSTRAINT "provider_panel_pauses_pkey" PRIMARY KEY (org_id, practitioner_id),
  CONSTRAINT "provider_panel_pauses_user_key" UNIQUE (org_id, user_id)
);

ALTER TABLE "public"."provider_panel_pauses" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."provider_panel_pauses" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."provider_prompts" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "practitioner_id" uuid NOT NULL,
  "user_id" uuid NOT NULL,
  "kind" public.provider_prompt_kind NOT NULL,
  "occurrence_on" date NOT NULL,
  "prompted_on" date NOT NULL,
  "question_count" integer,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT "provider_prompts_question_count_range" CHECK (((question_count >= 0) AND (question_count <= 100000))),
  CONSTRAINT "provider_prompts_occurrence_key" UNIQUE (org_id, user_id, kind, occurrence_on),
  CONSTRAINT "provider_prompts_pkey" PRIMARY KEY (org_id, id)
);

ALTER TABLE "public"."provider_prompts" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."provider_prompts" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."provider_rebalance_moves" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "proposal_id" uuid NOT NULL,
  "patient_id" uuid NOT NULL,
  "to_practitioner_id" uuid NOT NULL,
  "acuity" numeric(4,1) NOT NULL,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  CONSTRAINT "provider_rebalance_moves_acuity_range" CHECK (((acuity >= (1)::numeric) AND (acuity <= (5)::numeric))),
  CONSTRAINT "provider_rebalance_moves_pkey" PRIMARY KEY (org_id, proposal_id, patient_id)
);

ALTER TABLE "public"."provider_rebalance_moves" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."provider_rebalance_moves" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."provider_rebalance_proposals" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "from_practitioner_id" uuid NOT NULL,
  "status" public.rebalance_status NOT NULL DEFAULT 'proposed'::public.rebalance_status,
  "reason_kind" public.rebalance_reason NOT NULL DEFAULT 'capacity'::public.rebalance_reason,
  "target_percent" smallint NOT NULL,
  "proposed_at" timestamp with time zone NOT NULL DEFAULT app.clock(),
  "expires_at" timestamp with time zone NOT NULL,
  "decided_by" uuid,
  "decided_at" timestamp with time zone,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  CONSTRAINT "provider_rebalance_proposals_decided_means_decided" CHECK (((decided_at IS NOT NULL) = (status = ANY (ARRAY['approved'::public.rebalance_status, 'rejected'::public.rebalance_status, 'applied'::public.rebalance_status])))),
  CONSTRAINT "provider_rebalance_proposals_target_percent_range" CHECK (((target_percent >= 0) AND (target_percent <= 99))),
  CONSTRAINT "provider_rebalance_proposals_pkey" PRIMARY KEY (org_id, id),
  CONSTRAINT "provider_rebalance_proposals_decided_after" CHECK ((decided_at >= proposed_at)),
  CONSTRAINT "provider_rebalance_proposals_expires_later" CHECK ((expires_at > proposed_at))
);

ALTER TABLE "public"."provider_rebalance_proposals" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."provider_rebalance_proposals" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."provider_reflection_reports" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "reflection_id" uuid NOT NULL,
  "circle_id" uuid NOT NULL,
  "practitioner_id" uuid NOT NULL,
  "user_id" uuid NOT NULL,
  "reason" public.reflection_report_reason NOT NULL,
  "decided_at" timestamp with time zone,
  "is_kept" boolean,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  CONSTRAINT "provider_reflection_reports_decided" CHECK (((decided_at IS NULL) = (is_kept IS NULL))),
  CONSTRAINT "provider_reflection_reports_once_key" UNIQUE (org_id, reflection_id, user_id),
  CONSTRAINT "provider_reflection_reports_pkey" PRIMARY KEY (org_id, id)
);

ALTER TABLE "public"."provider_reflection_reports" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."provider_reflection_reports" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."provider_support_circle_invitations" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "circle_id" uuid NOT NULL,
  "practitioner_id" uuid NOT NULL,
  "user_id" uuid NOT NULL,
  "invited_by" uuid,
  "intervention_id" uuid,
  "status" public.circle_invitation_status NOT NULL DEFAULT 'pending'::public.circle_invitation_status,
  "expires_at" timestamp with time zone NOT NULL,
  "answered_at" timestamp with time zone,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  CONSTRAINT "provider_support_circle_invitations_answered" CHECK (((answered_at IS NOT NULL) = (status = ANY (ARRAY['accepted'::public.circle_invitation_status, 'declined'::public.circle_invitation_status])))),
  CONSTRAINT "provider_support_circle_invitations_pkey" PRIMARY KEY (org_id, id)
);

ALTER TABLE "public"."provider_support_circle_invitations" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."provider_support_circle_invitations" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."provider_team_members" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "practitioner_id" uuid NOT NULL,
  "team_id" uuid NOT NULL,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  "deleted_at" timestamp with time zone,
  CONSTRAINT "provider_team_members_pkey" PRIMARY KEY (org_id, practitioner_id)
);

ALTER TABLE "public"."provider_team_members" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."provider_team_members" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."provider_teams" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "name" text NOT NULL,
  "site_id" uuid,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  "deleted_at" timestamp with time zone,
  CONSTRAINT "provider_teams_name_length" CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  CONSTRAINT "provider_teams_pkey" PRIMARY KEY (org_id, id)
);

ALTER TABLE "public"."provider_teams" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."provider_teams" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."provider_training_completions" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "practitioner_id" uuid NOT NULL DEFAULT app.my_practitioner(),
  "user_id" uuid NOT NULL DEFAULT auth.uid(),
  "module_id" uuid NOT NULL,
  "started_at" timestamp with time zone NOT NULL DEFAULT app.clock(),
  "completed_at" timestamp with time zone,
  "found_helpful" boolean,
  "answered_at" timestamp with time zone,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  CONSTRAINT "provider_training_completions_answered_means_said" CHECK (((answered_at IS NULL) = (found_helpful IS NULL))),
  CONSTRAINT "provider_training_completions_helpful_when_completed" CHECK (((found_helpful IS NULL) OR (completed_at IS NOT NULL))),
  CONSTRAINT "provider_training_completions_pkey" PRIMARY KEY (org_id, id),
  CONSTRAINT "provider_training_completions_user_module_key" UNIQUE (org_id, user_id, module_id),
  CONSTRAINT "provider_training_completions_completed_after_started" CHECK ((completed_at >= started_at))
);

ALTER TABLE "public"."provider_training_completions" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."provider_training_completions" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."provider_wellbeing_months" (
  "org_id" uuid NOT NULL,
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "month" date NOT NULL,
  "team_id" uuid,
  "provider_count" integer NOT NULL,
  "assessed_count" integer,
  "median_burnout" smallint,
  "average_burnout" smallint,
  "elevated_percent" smallint,
  "checked_in_count" integer,
  "adoption_percent" smallint,
  "checkins_per_provider_week" numeric(4,2),
  "average_stress" numeric(3,1),
  "trained_percent" smallint,
  "helped_count" integer,
  "median_effect" smallint,
  "workload_correlation" numeric(2,1),
  "frozen_at" timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT "provider_wellbeing_months_five_people" CHECK (((COALESCE(assessed_count, 5) >= 5) AND (COALESCE(checked_in_count, 5) >= 5) AND (COALESCE(helped_count, 5) >= 5))),
  CONSTRAINT "provider_wellbeing_months_month_first_day" CHECK ((month = date_trunc('month'::text, (month)::timestamp with time zone))),
  CONSTRAINT "provider_wellbeing_months_month_key" UNIQUE NULLS NOT DISTINCT (org_id, month, team_id),
  CONSTRAINT "provider_wellbeing_months_suppressed_empty" CHECK ((((assessed_count IS NOT NULL) OR (num_nonnulls(median_burnout, average_burnout, elevated_percent) = 0)) AND ((checked_in_count IS NOT NULL) OR (adoption_percent IS NULL)) AND ((helped_count IS NOT NULL) OR (median_effect IS NULL)))),
  CONSTRAINT "provider_wellbeing_months_pkey" PRIMARY KEY (org_id, id)
);

ALTER TABLE "public"."provider_wellbeing_months" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."provider_wellbeing_months" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."resilience_dimension_categories" (
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "dimension" public.resilience_dimension NOT NULL,
  "category" public.resilience_category NOT NULL,
  "weight" numeric(3,2) NOT NULL,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  "deleted_at" timestamp with time zone,
  CONSTRAINT "resilience_dimension_categories_pair_key" UNIQUE (dimension, category),
  CONSTRAINT "resilience_dimension_categories_weight_range" CHECK (((weight > (0)::numeric) AND (weight <= (1)::numeric))),
  CONSTRAINT "resilience_dimension_categories_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."resilience_dimension_categories" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."resilience_dimension_categories" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."resilience_module_helpfulness" (
  "module_id" uuid NOT NULL,
  "month_date" date NOT NULL,
  "people_count" integer NOT NULL,
  "helpful_count" integer NOT NULL,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  CONSTRAINT "resilience_module_helpfulness_five_people" CHECK ((people_count >= 5)),
  CONSTRAINT "resilience_module_helpfulness_helpful_count_range" CHECK (((helpful_count >= 0) AND (helpful_count <= people_count))),
  CONSTRAINT "resilience_module_helpfulness_month_first" CHECK ((EXTRACT(day FROM month_date) = (1)::numeric)),
  CONSTRAINT "resilience_module_helpfulness_pkey" PRIMARY KEY (module_id, month_date)
);

ALTER TABLE "public"."resilience_module_helpfulness" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."resilience_module_helpfulness" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."resilience_policies" (
  "version" integer NOT NULL,
  "title" text NOT NULL,
  "body" text NOT NULL,
  "effective_on" date NOT NULL,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  CONSTRAINT "resilience_policies_pkey" PRIMARY KEY (version),
  CONSTRAINT "resilience_policies_texts_length" CHECK ((((length(title) >= 1) AND (length(title) <= 200)) AND ((length(body) >= 1) AND (length(body) <= 20000)))),
  CONSTRAINT "resilience_policies_version_range" CHECK (((version >= 1) AND (version <= 10000)))
);

ALTER TABLE "public"."resilience_policies" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."resilience_policies" FORCE ROW LEVEL SECURITY;

ALTER TABLE "public"."provider_support_reflections" ADD COLUMN "removal_reason" public.reflection_report_reason;

CREATE OR REPLACE FUNCTION app.accept_own_intervention(p_id uuid, p_share boolean)
 RETURNS public.provider_interventions
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_case public.provider_interventions;
  v_invitation_id uuid;
begin
  v_case := app.own_intervention(p_id);
  if v_case.closed_at is not null then
    perform app.raise_error('conflict', 'This case is closed.');
  end if;
  update public.provider_interventions as cases
  set
    status = case cases.status when 'proposed' then 'open' else cases.status end,
    shared_at = case when p_share then coalesce(cases.shared_at, app.clock()) else cases.shared_at end,
    is_unnamed = not p_share and cases.shared_at is null
  where
    cases.org_id = v_case.org_id and cases.id = v_case.id
    and (cases.status = 'proposed' or (p_share and cases.shared_at is null));
  if v_case.kind = 'circle_invitation' then
    select invitations.id into v_invitation_id
    from public.provider_support_circle_invitations as invitations
    where
      invitations.org_id = v_case.org_id and invitations.intervention_id = v_case.id
      and invitations.user_id = v_case.user_id and invitations.status = 'pending'
    limit 1;
    if v_invitation_id is not null then
      perform app.answer_circle_invitation(v_invitation_id, true);
    end if;
  elsif p_share and v_case.shared_at is null then
    perform app.tell_helpers(v_case.org_id, v_case.id, 'intervention.shared', '/interventions/' || v_case.id);
  end if;
  return app.own_intervention(p_id);
end
$function$;

CREATE OR REPLACE FUNCTION app.answer_circle_invitation(p_invitation_id uuid, p_accept boolean)
 RETURNS public.provider_support_circle_invitations
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_answer constant public.circle_invitation_status := case when p_accept then 'accepted' else 'declined' end;
  v_invitation public.provider_support_circle_invitations;
  v_case_id uuid;
begin
  perform app.require_feature('resilience_hub');
  -- The case before its invitation, as everybody locks them.
  perform 1
  from public.provider_interventions as cases
  where
    cases.org_id = app.current_org() and cases.user_id = app.my_id()
    and cases.id = (
      select invitations.intervention_id
      from public.provider_support_circle_invitations as invitations
      where
        invitations.org_id = app.current_org() and invitations.id = p_invitation_id
        and invitations.user_id = app.my_id()
    )
  for update;
  select invitations.* into v_invitation
  from public.provider_support_circle_invitations as invitations
  where
    invitations.org_id = app.current_org() and invitations.id = p_invitation_id
    and invitations.user_id = app.my_id()
  for update;
  if v_invitation.id is null then
    perform app.raise_error('not_found', 'You have no such invitation.');
  end if;
  if v_invitation.status = v_answer then
    return v_invitation;
  end if;
  if v_invitation.status <> 'pending' or v_invitation.expires_at <= app.clock() then
    perform app.raise_error('conflict', 'This invitation is over.');
  end if;

  if p_accept then
    perform app.fill_circle_seat(v_invitation.org_id, v_invitation.circle_id, v_invitation.user_id);
  end if;
  -- Whoever else asked for the same circle is answered, too.
  for v_case_id in
    update public.provider_support_circle_invitations as invitations
    set status = v_answer, answered_at = app.clock()
    where
      invitations.org_id = v_invitation.org_id and invitations.user_id = v_invitation.user_id
      and invitations.circle_id = v_invitation.circle_id and invitations.status = 'pending'
    returning invitations.intervention_id
  loop
    perform app.end_intervention(
      v_invitation.org_id, v_case_id,
      case when p_accept then 'completed' else 'declined' end::public.intervention_status,
      case when p_accept then 'unknown' else 'declined' end::public.intervention_outcome
    );
  end loop;
  select invitations.* into v_invitation
  from public.provider_support_circle_invitations as invitations
  where invitations.org_id = v_invitation.org_id and invitations.id = v_invitation.id;
  return v_invitation;
end
$function$;

CREATE OR REPLACE FUNCTION app.assign_intervention(p_id uuid, p_owner_id uuid)
 RETURNS public.provider_interventions
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_case public.provider_interventions;
begin
  v_case := app.find_intervention(p_id, 'operations');
  if p_owner_id = v_case.user_id or not exists (
    select from public.role_assignments as roles
    where
      roles.org_id = v_case.org_id and roles.user_id = p_owner_id
      and roles.role in ('wellness_officer', 'care_manager', 'admin')
      and roles.deleted_at is null and roles.valid_during @> app.clock()
  ) then
    perform app.raise_error(
      'not_found', 'There is no such helper in your organization.', jsonb_build_object('field', 'p_owner_id')
    );
  end if;
  update public.provider_interventions as cases
  set owner_id = p_owner_id, status = case cases.status when 'proposed' then 'open' else cases.status end
  where cases.org_id = v_case.org_id and cases.id = v_case.id
  returning cases.* into v_case;
  return v_case;
end
$function$;

CREATE OR REPLACE FUNCTION app.audit_row()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_old constant jsonb := case when tg_op = 'INSERT' then '{}'::jsonb else to_jsonb(old) end;
  v_new constant jsonb := case when tg_op = 'DELETE' then '{}'::jsonb else to_jsonb(new) end;
  v_row constant jsonb := case when tg_op = 'DELETE' then v_old else v_new end;
  v_protected constant text[] := string_to_array(tg_argv[2], ',');
  v_is_closed constant boolean := tg_argv[2] = '*';
  v_table constant text := tg_table_schema || '.' || tg_table_name;
  v_changes jsonb;
  v_action public.audit_action;
begin
  select
    jsonb_object_agg(
      columns.name,
      case
        when v_is_closed or columns.name = any(v_protected) then '"changed"'::jsonb
        else jsonb_build_array(v_old -> columns.name, v_new -> columns.name)
      end
    )
  into v_changes
  from jsonb_object_keys(v_row) as columns (name)
  where
    coalesce(v_old -> columns.name, 'null') <> coalesce(v_new -> columns.name, 'null')
    -- What the stamps say, the event says itself.
    and columns.name <> all('{created_at,created_by,updated_at,updated_by,version}');

  if v_changes is null and tg_op = 'UPDATE' then
    return null;
  end if;
  -- Sealing anew writes the same value under a newer key: nothing that anybody did.
  if
    tg_op = 'UPDATE' and current_setting('carebase.resealing', true) = 'on'
    and (v_is_closed or v_changes - v_protected = '{}')
  then
    return null;
  end if;
  -- How many rows of their own somebody changed or deleted in one go would tell more than that they did: the function
  -- that does it leaves one event itself.
  if
    tg_op <> 'INSERT' and tg_argv[3] <> '' and current_setting('carebase.told_as_one', true) = 'on'
    and app.is_own_doing(v_row ->> tg_argv[3])
  then
    return null;
  end if;

  v_action := case
    when tg_op = 'UPDATE' and v_changes ? 'deleted_at' and v_old -> 'deleted_at' = 'null' then 'delete'
    when tg_op = 'UPDATE' and v_changes ? 'deleted_at' and v_new -> 'deleted_at' = 'null' then 'restore'
    when tg_op = 'DELETE' then 'purge'
    else lower(tg_op)
  end;

  if tg_argv[3] <> '' and app.is_own_doing(v_row ->> tg_argv[3]) then
    perform app.audit_concealed(v_action, (v_row ->> tg_argv[0])::uuid, v_table, v_changes);
  else
    perform app.audit(
      v_action,
      (v_row ->> tg_argv[0])::uuid,
      v_table,
      (
        select jsonb_object_agg(keys.name, v_row -> keys.name)
        from unnest(string_to_array(tg_argv[1], ',')) as keys (name)
        where keys.name <> tg_argv[3] and keys.name <> all(v_protected)
      ),
      v_changes
    );
  end if;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION app.blur_reflection()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if new.is_anonymous then
    new.created_at := date_trunc('hour', new.created_at, 'UTC');
    new.updated_at := date_trunc('hour', new.updated_at, 'UTC');
    new.deleted_at := date_trunc('hour', new.deleted_at, 'UTC');
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.close_intervention(p_id uuid, p_outcome public.intervention_outcome, p_note text)
 RETURNS public.provider_interventions
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_case public.provider_interventions;
begin
  v_case := app.find_intervention(p_id, 'operations');
  if v_case.closed_at is not null or (v_case.status = 'proposed' and p_outcome <> 'declined') then
    perform app.raise_error('conflict', 'The case does not stand where that could be done.');
  end if;
  perform app.end_intervention(
    v_case.org_id, v_case.id,
    case p_outcome when 'declined' then 'declined' else 'completed' end::public.intervention_status,
    p_outcome, p_note
  );
  select cases.* into v_case
  from public.provider_interventions as cases
  where cases.org_id = v_case.org_id and cases.id = v_case.id;
  return v_case;
end
$function$;

CREATE OR REPLACE FUNCTION app.crisis_contacts(p_country_code text)
 RETURNS SETOF public.resilience_resources
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select resources.*
  from public.resilience_resources as resources
  where resources.is_crisis and resources.is_active and resources.deleted_at is null
    -- A country without a line of its own, or misspelt, gets all there are.
    and (
      resources.country_code is null
      or resources.country_code = upper(p_country_code)
      or not exists (
        select from public.resilience_resources as national
        where
          national.is_crisis and national.is_active and national.deleted_at is null
          and national.country_code = upper(p_country_code)
      )
    )
  order by resources.country_code nulls last, resources.title, resources.id
$function$;

CREATE OR REPLACE FUNCTION app.decline_own_intervention(p_id uuid)
 RETURNS public.provider_interventions
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_case public.provider_interventions;
begin
  v_case := app.own_intervention(p_id);
  if v_case.status = 'declined' then
    return v_case;
  end if;
  if v_case.closed_at is not null then
    perform app.raise_error('conflict', 'This case is closed.');
  end if;
  update public.provider_support_circle_invitations as invitations
  set status = 'declined', answered_at = app.clock()
  where
    invitations.org_id = v_case.org_id and invitations.intervention_id = v_case.id
    and invitations.user_id = v_case.user_id and invitations.status = 'pending';
  perform app.end_intervention(v_case.org_id, v_case.id, 'declined', 'declined');
  return app.own_intervention(p_id);
end
$function$;

CREATE OR REPLACE FUNCTION app.find_intervention(p_id uuid, p_purpose public.access_purpose)
 RETURNS public.provider_interventions
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_case public.provider_interventions;
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('wellness_officer', 'care_manager', 'admin');
  select cases.* into v_case
  from public.provider_interventions as cases
  where
    cases.org_id = app.current_org() and cases.id = p_id and cases.user_id <> app.my_id()
    and exists (
      select from app.shown_interventions(cases.org_id) as shown
      where shown.id = cases.id
    )
  for update;
  if v_case.id is null then
    perform app.raise_error('not_found', 'There is no such case that you may see.');
  end if;
  perform app.note_access(
    p_purpose, 'public.provider_interventions', v_case.org_id, array[v_case.user_id], 1, '{}'
  );
  return v_case;
end
$function$;

CREATE OR REPLACE FUNCTION app.guard_checkin()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_stamps constant text[] := '{is_shared,updated_at,updated_by,version}';
  v_level public.participation_level;
begin
  if auth.role() is distinct from 'authenticated' then
    return new;
  end if;
  -- Taking back what was shared is nobody's to refuse: of any day, with or without consent.
  if tg_op = 'UPDATE' and old.is_shared and not new.is_shared and to_jsonb(new) - v_stamps = to_jsonb(old) - v_stamps then
    return new;
  end if;
  perform app.require_feature('resilience_hub');
  v_level := app.require_participation();
  if new.practitioner_id is null then
    perform app.require_provider();
  end if;
  if new.checkin_date <> app.today() or (tg_op = 'UPDATE' and old.checkin_date <> app.today()) then
    perform app.raise_error(
      'invalid_input', 'A check-in is written on its own day and cannot be changed later.',
      jsonb_build_object('field', 'checkin_date', 'today', app.today())
    );
  end if;
  if v_level = 'anonymous' then
    perform app.raise_error(
      'conflict', 'You take part anonymously: a check-in of yours has no name.',
      p_hint => 'Check in with submit_daily_checkin.'
    );
  end if;
  perform app.check_input(
    'is_shared', not new.is_shared or v_level = 'may_be_contacted',
    'Only who may be contacted shares a check-in: change how far you take part first.'
  );
  if tg_op = 'INSERT' then
    perform app.forget_my_anonymous_checkin();
  end if;
  return new;
end
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

CREATE OR REPLACE FUNCTION app.list_intervention_contacts(p_id uuid, p_purpose public.access_purpose, p_limit integer)
 RETURNS SETOF public.provider_intervention_contacts
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_case public.provider_interventions;
begin
  v_case := app.find_intervention(p_id, p_purpose);
  return query
  select contacts.*
  from public.provider_intervention_contacts as contacts
  where
    contacts.org_id = v_case.org_id and contacts.intervention_id = v_case.id and contacts.user_id = v_case.user_id
  order by contacts.contacted_at desc, contacts.id desc
  limit p_limit;
end
$function$;

CREATE OR REPLACE FUNCTION app.list_interventions(p_status public.intervention_status, p_purpose public.access_purpose, p_limit integer, p_before uuid)
 RETURNS SETOF public.provider_interventions
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
  v_statuses constant public.intervention_status[] := case
    when p_status is null then '{proposed,open,in_progress}'::public.intervention_status[] else array[p_status]
  end;
  v_score numeric;
  v_people uuid[] := '{}';
  v_case public.provider_interventions;
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('wellness_officer', 'care_manager', 'admin');
  v_org_id := app.current_org();
  select coalesce(cases.score_before, 101) into v_score
  from public.provider_interventions as cases
  where cases.org_id = v_org_id and cases.id = p_before;

  -- Each status by itself, in the order of its index: however many cases there are, a page reads a page.
  for v_case in
    select page.*
    from unnest(v_statuses) as statuses (status)
    cross join lateral (
      select cases.*
      from public.provider_interventions as cases
      inner join app.shown_interventions(v_org_id) as shown on shown.id = cases.id
      where
        cases.org_id = v_org_id
        and cases.status = statuses.status
        and cases.user_id <> app.my_id()
        and (p_before is null or (coalesce(cases.score_before, 101), cases.id) < (v_score, p_before))
      order by coalesce(cases.score_before, 101) desc, cases.id desc
      limit p_limit
    ) as page
    order by coalesce(page.score_before, 101) desc, page.id desc
    limit p_limit
  loop
    v_people := v_people || v_case.user_id;
    return next v_case;
  end loop;
  perform app.note_access(
    p_purpose, 'public.provider_interventions', v_org_id, array(select distinct unnest(v_people)),
    cardinality(v_people), '{}'
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.log_intervention_contact(p_id uuid, p_contact_method public.contact_method, p_is_reached boolean, p_contacted_at timestamp with time zone)
 RETURNS public.provider_intervention_contacts
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_case public.provider_interventions;
  v_contact public.provider_intervention_contacts;
begin
  v_case := app.find_intervention(p_id, 'operations');
  if v_case.closed_at is not null then
    perform app.raise_error('conflict', 'This case is closed.');
  end if;
  insert into public.provider_intervention_contacts (
    org_id, intervention_id, practitioner_id, user_id, contacted_at, contact_method, contacted_by, is_reached
  )
  values (
    v_case.org_id, v_case.id, v_case.practitioner_id, v_case.user_id, coalesce(p_contacted_at, app.clock()),
    p_contact_method, app.my_id(), p_is_reached
  )
  returning * into v_contact;
  if v_case.status = 'proposed' then
    update public.provider_interventions as cases set status = 'open'
    where cases.org_id = v_case.org_id and cases.id = v_case.id;
  end if;
  if v_case.status <> 'in_progress' then
    update public.provider_interventions as cases
    set status = 'in_progress', owner_id = coalesce(cases.owner_id, app.my_id())
    where cases.org_id = v_case.org_id and cases.id = v_case.id;
  end if;
  return v_contact;
end
$function$;

CREATE OR REPLACE FUNCTION app.own_checkin(p_checkin public.provider_daily_checkins)
 RETURNS public.own_checkin
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO ''
AS $function$
  select row(
    p_checkin.org_id, p_checkin.id, p_checkin.practitioner_id, p_checkin.user_id, p_checkin.checkin_date,
    p_checkin.work_setting, p_checkin.stress_level, p_checkin.energy_level, p_checkin.patients_contacted_today,
    p_checkin.difficult_patient_calls, p_checkin.overtime_hours, p_checkin.missed_break, p_checkin.is_shared, false,
    p_checkin.created_at, p_checkin.updated_at, p_checkin.version
  )::public.own_checkin
$function$;

CREATE OR REPLACE FUNCTION app.own_intervention(p_id uuid)
 RETURNS public.provider_interventions
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_case public.provider_interventions;
begin
  perform app.require_feature('resilience_hub');
  select cases.* into v_case
  from public.provider_interventions as cases
  where cases.org_id = app.current_org() and cases.id = p_id and cases.user_id = app.my_id()
  for update;
  if v_case.id is null then
    perform app.raise_error('not_found', 'You have no such case.');
  end if;
  return v_case;
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

CREATE OR REPLACE FUNCTION app.raise_error(p_code text, p_message text, p_details jsonb DEFAULT '{}'::jsonb, p_hint text DEFAULT NULL::text)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_status constant integer := case p_code
    when 'invalid_input' then 400
    when 'not_authenticated' then 401
    when 'session_expired' then 401
    when 'permission_denied' then 403
    when 'feature_disabled' then 403
    when 'consent_required' then 403
    when 'mfa_required' then 403
    when 'not_found' then 404
    when 'conflict' then 409
    when 'rate_limited' then 429
  end;
  v_headers jsonb := '{}';
begin
  if v_status is null then
    raise exception 'app.raise_error: unknown code %', p_code;
  end if;

  if p_details ? 'retry_after' then
    v_headers := jsonb_build_object('Retry-After', p_details ->> 'retry_after');
  end if;

  raise sqlstate 'PGRST' using
    message = jsonb_build_object(
      'code', p_code, 'message', p_message, 'details', p_details::text, 'hint', p_hint
    )::text,
    detail = jsonb_build_object('status', v_status, 'headers', v_headers)::text;
end
$function$;

CREATE OR REPLACE FUNCTION app.read_shared_checkins(p_purpose public.access_purpose, p_practitioner_id uuid, p_from date, p_to date, p_limit integer, p_before uuid)
 RETURNS SETOF public.provider_daily_checkins
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id constant uuid := app.current_org();
  v_rows public.provider_daily_checkins[];
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('admin', 'care_manager', 'wellness_officer');
  v_rows := array(
    select checkins
    from public.provider_daily_checkins as checkins
    inner join public.provider_consents as consents
      on consents.org_id = checkins.org_id and consents.user_id = checkins.user_id
    where
      checkins.org_id = v_org_id
      and checkins.is_shared
      and checkins.checkin_date >= p_from
      and checkins.checkin_date <= p_to
      and (p_practitioner_id is null or checkins.practitioner_id = p_practitioner_id)
      and consents.withdrawn_at is null
      and consents.level = 'may_be_contacted'
      and (
        p_before is null
        or (checkins.checkin_date, checkins.id) < (
          select marks.checkin_date, marks.id
          from public.provider_daily_checkins as marks
          where marks.org_id = v_org_id and marks.id = p_before
        )
      )
    order by checkins.checkin_date desc, checkins.id desc
    limit p_limit
  );
  perform app.note_access(
    p_purpose, 'public.provider_daily_checkins', v_org_id,
    array(select distinct found.practitioner_id from unnest(v_rows) as found),
    cardinality(v_rows), '{}'
  );
  return query select found.* from unnest(v_rows) as found;
end
$function$;

CREATE OR REPLACE FUNCTION app.show_crisis_contacts(p_country_code text DEFAULT NULL::text)
 RETURNS SETOF public.resilience_resources
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  -- Asked first, because the others refuse a session that has ended or lacks a second factor.
  if app.reachable_org() is not null then
    insert into public.provider_crisis_acknowledgements (org_id, practitioner_id, user_id, shown_at)
    select app.current_org(), app.my_practitioner(), app.my_id(), app.clock()
    where app.my_id() is not null;
  end if;
  return query select contacts.* from app.crisis_contacts(p_country_code) as contacts;
end
$function$;

CREATE OR REPLACE FUNCTION app.take_circle_seat(p_circle_id uuid, p_user_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
begin
  perform app.require_feature('resilience_hub');
  v_org_id := app.current_org();
  perform app.require_circle_lead(v_org_id, p_circle_id);
  -- Whoever sets circles up could otherwise read what is said in every one of them.
  if p_user_id = app.my_id() then
    perform app.raise_error('permission_denied', 'Nobody adds themselves to a circle.');
  end if;
  perform app.fill_circle_seat(v_org_id, p_circle_id, p_user_id);
end
$function$;

CREATE OR REPLACE FUNCTION app.team_checkin_days(p_from date, p_to date)
 RETURNS TABLE(checkin_date date, is_open boolean, is_suppressed boolean, people_count integer, average_stress_level numeric, average_energy_level numeric, average_patients_contacted numeric, average_overtime_hours numeric, missed_break_percent numeric, checkins_per_provider_week numeric)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_minimum_people constant integer := 5;
  v_org_id constant uuid := app.current_org();
  v_counted_until date;
begin
  perform app.require_role('org_owner', 'admin', 'manager', 'care_manager', 'wellness_officer');
  select max(counted.checkin_date) into v_counted_until
  from public.provider_checkin_days as counted
  where counted.org_id = v_org_id;

  return query
  with days as (
    -- Six days before the first one asked for complete its week.
    select generate_series(p_from - 6, p_to, interval '1 day')::date as day
  ),

  figures as (
    select
      days.day, counted.*,
      coalesce(days.day > v_counted_until, true) as is_still_open,
      sum(counted.people_count) over (order by days.day rows between 6 preceding and current row) as week_count
    from days
    left join public.provider_checkin_days as counted
      on counted.org_id = v_org_id and counted.checkin_date = days.day
  )

  select
    figures.day,
    figures.is_still_open,
    not figures.is_still_open and figures.people_count is null,
    figures.people_count,
    figures.average_stress_level,
    figures.average_energy_level,
    figures.average_patients_contacted,
    figures.average_overtime_hours,
    figures.missed_break_percent,
    case
      when figures.people_count is not null and figures.provider_count >= v_minimum_people
        then round(figures.week_count::numeric / figures.provider_count, 2)
    end
  from figures
  order by figures.day
  offset 6;
end
$function$;

CREATE OR REPLACE FUNCTION app.write_assessment(p_values public.provider_burnout_assessments, p_answers jsonb)
 RETURNS public.provider_burnout_assessments
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_kept public.provider_burnout_assessments;
begin
  for v_attempt in 1..2 loop
    update public.provider_burnout_assessments as kept
    set
      practitioner_id = p_values.practitioner_id,
      answers = app.plain(p_answers),
      emotional_exhaustion_score = p_values.emotional_exhaustion_score,
      depersonalization_score = p_values.depersonalization_score,
      personal_accomplishment_score = p_values.personal_accomplishment_score,
      headline_score = p_values.headline_score,
      headline_band = p_values.headline_band
    where
      kept.org_id = p_values.org_id
      and kept.user_id = p_values.user_id
      and kept.assessment_date = p_values.assessment_date
      and kept.instrument_id = p_values.instrument_id
    returning * into v_kept;
    exit when found;
    insert into public.provider_burnout_assessments (
      org_id, practitioner_id, user_id, assessment_date, instrument_id, answers, emotional_exhaustion_score,
      depersonalization_score, personal_accomplishment_score, headline_score, headline_band
    )
    values (
      p_values.org_id, p_values.practitioner_id, p_values.user_id, p_values.assessment_date, p_values.instrument_id,
      app.plain(p_answers), p_values.emotional_exhaustion_score, p_values.depersonalization_score,
      p_values.personal_accomplishment_score, p_values.headline_score, p_values.headline_band
    )
    on conflict (org_id, user_id, assessment_date, instrument_id) do nothing
    returning * into v_kept;
    exit when found;
  end loop;
  return v_kept;
end
$function$;

CREATE OR REPLACE FUNCTION public.accept_intervention(p_id uuid, p_share_with_helper boolean)
 RETURNS public.provider_interventions
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_id', p_id is not null, 'Say which case.');
  perform app.check_input(
    'p_share_with_helper', p_share_with_helper is not null, 'Say whether helpers may know that it is you.'
  );
  return app.accept_own_intervention(p_id, p_share_with_helper);
end
$function$;

CREATE OR REPLACE FUNCTION public.answer_circle_invitation(p_invitation_id uuid, p_accept boolean)
 RETURNS public.provider_support_circle_invitations
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_invitation_id', p_invitation_id is not null, 'Say which invitation.');
  perform app.check_input('p_accept', p_accept is not null, 'Say yes or no.');
  return app.answer_circle_invitation(p_invitation_id, p_accept);
end
$function$;

CREATE OR REPLACE FUNCTION public.assign_intervention(p_id uuid, p_owner_id uuid DEFAULT NULL::uuid)
 RETURNS public.provider_interventions
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('wellness_officer', 'care_manager', 'admin');
  perform app.check_input('p_id', p_id is not null, 'Say which case.');
  return app.assign_intervention(p_id, coalesce(p_owner_id, app.my_id()));
end
$function$;

CREATE OR REPLACE FUNCTION public.close_intervention(p_id uuid, p_outcome public.intervention_outcome, p_note text DEFAULT NULL::text)
 RETURNS public.provider_interventions
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('wellness_officer', 'care_manager', 'admin');
  perform app.check_input('p_id', p_id is not null, 'Say which case.');
  perform app.check_input('p_outcome', p_outcome is not null, 'Say how it ended.');
  perform app.check_input(
    'p_note', coalesce(length(p_note) <= 500 and p_note ~ '\S', true), 'A note has 1 to 500 characters.'
  );
  return app.close_intervention(p_id, p_outcome, p_note);
end
$function$;

CREATE OR REPLACE FUNCTION public.decide_rebalance(p_proposal_id uuid, p_approve boolean)
 RETURNS public.provider_rebalance_proposals
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_proposal public.provider_rebalance_proposals;
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_proposal_id', p_proposal_id is not null, 'Say which proposal.');
  perform app.check_input('p_approve', p_approve is not null, 'Say yes or no.');

  perform app.settle_rebalance(p_proposal_id, p_approve);
  select proposals.* into v_proposal
  from public.provider_rebalance_proposals as proposals
  where proposals.org_id = (select app.current_org()) and proposals.id = p_proposal_id;
  return v_proposal;
end
$function$;

CREATE OR REPLACE FUNCTION public.decline_intervention(p_id uuid)
 RETURNS public.provider_interventions
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_id', p_id is not null, 'Say which case.');
  return app.decline_own_intervention(p_id);
end
$function$;

CREATE OR REPLACE FUNCTION public.get_burnout_assessments(p_limit integer DEFAULT 50, p_before uuid DEFAULT NULL::uuid)
 RETURNS SETOF public.provider_burnout_assessments
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_before public.provider_burnout_assessments;
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  if p_before is not null then
    select * into v_before
    from public.provider_burnout_assessments as assessments
    where assessments.org_id = (select app.current_org()) and assessments.id = p_before;
    if not found then
      perform app.raise_error('not_found', 'You have no such assessment.');
    end if;
  end if;

  return query
  select assessments.*
  from public.provider_burnout_assessments as assessments
  where
    assessments.org_id = (select app.current_org())
    and assessments.user_id = (select auth.uid())
    and (
      p_before is null
      or (assessments.assessment_date, assessments.instrument_id) < (v_before.assessment_date, v_before.instrument_id)
    )
  order by assessments.assessment_date desc, assessments.instrument_id desc
  limit p_limit;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_crisis_contacts(p_country_code text DEFAULT NULL::text)
 RETURNS SETOF public.resilience_resources
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select contacts.* from app.crisis_contacts(p_country_code) as contacts
$function$;

CREATE OR REPLACE FUNCTION public.get_intervention(p_id uuid, p_purpose public.access_purpose)
 RETURNS public.provider_interventions
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('wellness_officer', 'care_manager', 'admin');
  perform app.check_input('p_id', p_id is not null, 'Say which case.');
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what for.');
  return app.find_intervention(p_id, p_purpose);
end
$function$;

CREATE OR REPLACE FUNCTION public.get_intervention_contacts(p_id uuid, p_purpose public.access_purpose, p_limit integer DEFAULT 50)
 RETURNS SETOF public.provider_intervention_contacts
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('wellness_officer', 'care_manager', 'admin');
  perform app.check_input('p_id', p_id is not null, 'Say which case.');
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what for.');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  return query select contacts.* from app.list_intervention_contacts(p_id, p_purpose, p_limit) as contacts;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_my_checkins(p_from date DEFAULT NULL::date, p_to date DEFAULT NULL::date, p_limit integer DEFAULT 90)
 RETURNS SETOF public.own_checkin
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_limit', p_limit between 1 and 1000, 'The limit is a number from 1 to 1000.');
  perform app.check_input(
    'p_to', p_from is null or p_to is null or p_from <= p_to, 'The range ends before it begins.'
  );

  return query
  with named as (
    select checkins.*
    from public.provider_daily_checkins as checkins
    where
      checkins.org_id = (select app.current_org())
      and checkins.user_id = (select auth.uid())
      and (p_from is null or checkins.checkin_date >= p_from)
      and (p_to is null or checkins.checkin_date <= p_to)
    order by checkins.checkin_date desc
    limit p_limit
  ),

  own as (
    select (app.own_checkin(named::public.provider_daily_checkins)).* from named
    union all
    select unnamed.* from app.my_anonymous_checkins(p_from, p_to) as unnamed
  )

  select own.* from own
  order by own.checkin_date desc
  limit p_limit;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_my_circle_invitations(p_limit integer DEFAULT 50)
 RETURNS SETOF public.provider_support_circle_invitations
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');

  return query
  select invitations.*
  from public.provider_support_circle_invitations as invitations
  where
    invitations.org_id = (select app.current_org())
    and invitations.user_id = (select app.my_id())
    and invitations.status = 'pending'
    and invitations.expires_at > app.clock()
  order by invitations.id desc
  limit p_limit;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_my_interventions(p_limit integer DEFAULT 50, p_before uuid DEFAULT NULL::uuid)
 RETURNS SETOF public.provider_interventions
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');

  return query
  select cases.*
  from public.provider_interventions as cases
  where
    cases.org_id = (select app.current_org())
    and cases.user_id = (select app.my_id())
    and (p_before is null or cases.id < p_before)
  order by cases.id desc
  limit p_limit;
end
$function$;

CREATE OR REPLACE FUNCTION public.import_questionnaire(p_questionnaire jsonb)
 RETURNS public.instruments
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_id uuid;
  v_made public.instruments;
begin
  perform app.require_role('super_admin');
  perform app.check_input(
    'p_questionnaire',
    jsonb_typeof(p_questionnaire) = 'object' and app.check_json(p_questionnaire, 500000, 12)
    and p_questionnaire ->> 'resourceType' = 'Questionnaire',
    'A questionnaire is a FHIR R4 Questionnaire of at most 500,000 bytes.'
  );
  v_id := app.import_questionnaire(p_questionnaire);
  select instruments.* into v_made from public.instruments where instruments.id = v_id;
  return v_made;
end
$function$;

CREATE OR REPLACE FUNCTION public.list_instruments()
 RETURNS SETOF public.instruments
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_person();

  return query
  select instruments.*
  from public.instruments
  where instruments.is_active
  order by instruments.title, instruments.id;
end
$function$;

CREATE OR REPLACE FUNCTION public.list_interventions(p_status public.intervention_status DEFAULT NULL::public.intervention_status, p_purpose public.access_purpose DEFAULT NULL::public.access_purpose, p_limit integer DEFAULT 50, p_before uuid DEFAULT NULL::uuid)
 RETURNS SETOF public.provider_interventions
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('wellness_officer', 'care_manager', 'admin');
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what for.');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  return query select cases.* from app.list_interventions(p_status, p_purpose, p_limit, p_before) as cases;
end
$function$;

CREATE OR REPLACE FUNCTION public.log_intervention_contact(p_id uuid, p_contact_method public.contact_method, p_is_reached boolean, p_contacted_at timestamp with time zone DEFAULT NULL::timestamp with time zone)
 RETURNS public.provider_intervention_contacts
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('wellness_officer', 'care_manager', 'admin');
  perform app.check_input('p_id', p_id is not null, 'Say which case.');
  perform app.check_input('p_contact_method', p_contact_method is not null, 'Say how.');
  perform app.check_input('p_is_reached', p_is_reached is not null, 'Say whether they were reached.');
  perform app.check_input(
    'p_contacted_at',
    coalesce(p_contacted_at between app.clock() - interval '30 days' and app.clock() + interval '5 minutes', true),
    'A contact was within the last thirty days.'
  );
  return app.log_intervention_contact(p_id, p_contact_method, p_is_reached, p_contacted_at);
end
$function$;

CREATE OR REPLACE FUNCTION public.pause_my_panel(p_until_date date)
 RETURNS public.provider_panel_pauses
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_pause public.provider_panel_pauses;
begin
  perform app.require_feature('resilience_hub');
  insert into public.provider_panel_pauses as pauses (until_date) values (p_until_date)
  on conflict (org_id, practitioner_id) do update set until_date = excluded.until_date
  returning * into v_pause;
  return v_pause;
end
$function$;

CREATE OR REPLACE FUNCTION public.propose_panel_rebalance(p_practitioner_id uuid, p_target_percent integer DEFAULT 80)
 RETURNS public.provider_rebalance_proposals
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_id uuid;
  v_proposal public.provider_rebalance_proposals;
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_practitioner_id', p_practitioner_id is not null, 'Say whose panel.');
  perform app.check_input(
    'p_target_percent', p_target_percent between 0 and 99, 'What stays is a number from 0 to 99 percent.'
  );

  v_id := app.plan_rebalance(p_practitioner_id, p_target_percent);
  select proposals.* into v_proposal
  from public.provider_rebalance_proposals as proposals
  where proposals.org_id = (select app.current_org()) and proposals.id = v_id;
  return v_proposal;
end
$function$;

CREATE OR REPLACE FUNCTION public.start_module(p_module_id uuid)
 RETURNS public.provider_training_completions
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_training public.provider_training_completions;
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_module_id', p_module_id is not null, 'Say which module.');

  insert into public.provider_training_completions (module_id) values (p_module_id)
  on conflict (org_id, user_id, module_id) do nothing;
  select trainings.* into v_training
  from public.provider_training_completions as trainings
  where
    trainings.org_id = (select app.current_org())
    and trainings.user_id = (select app.my_id())
    and trainings.module_id = p_module_id;
  return v_training;
end
$function$;

CREATE OR REPLACE FUNCTION public.submit_burnout_assessment(p_emotional_exhaustion_score numeric, p_depersonalization_score numeric, p_personal_accomplishment_score numeric)
 RETURNS public.provider_burnout_assessments
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_instrument_id uuid;
begin
  perform app.require_feature('resilience_hub');
  perform app.require_participation();
  perform app.check_subscale('p_emotional_exhaustion_score', p_emotional_exhaustion_score);
  perform app.check_subscale('p_depersonalization_score', p_depersonalization_score);
  perform app.check_subscale('p_personal_accomplishment_score', p_personal_accomplishment_score);

  v_instrument_id := app.find_instrument('mbi');
  return app.keep_assessment(v_instrument_id, null, jsonb_build_object(
    'emotional_exhaustion', round(p_emotional_exhaustion_score, 2),
    'depersonalization', round(p_depersonalization_score, 2),
    'personal_accomplishment', round(p_personal_accomplishment_score, 2)
  ));
end
$function$;

CREATE OR REPLACE FUNCTION public.submit_daily_checkin(p_work_setting public.work_setting, p_stress_level integer, p_energy_level integer, p_patients_contacted_today integer DEFAULT 0, p_difficult_patient_calls integer DEFAULT 0, p_overtime_hours numeric DEFAULT 0, p_missed_break boolean DEFAULT false, p_is_shared boolean DEFAULT false)
 RETURNS public.own_checkin
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_level public.participation_level;
  v_checkin public.provider_daily_checkins;
begin
  perform app.require_feature('resilience_hub');
  v_level := app.require_participation();
  perform app.check_input('p_work_setting', p_work_setting is not null, 'Say where you worked.');
  perform app.check_input('p_stress_level', p_stress_level between 1 and 10, 'Stress is a number from 1 to 10.');
  perform app.check_input('p_energy_level', p_energy_level between 1 and 10, 'Energy is a number from 1 to 10.');
  perform app.check_input(
    'p_patients_contacted_today', p_patients_contacted_today between 0 and 500,
    'Patients contacted is a number from 0 to 500.'
  );
  perform app.check_input(
    'p_difficult_patient_calls', p_difficult_patient_calls between 0 and 500,
    'Difficult calls is a number from 0 to 500.'
  );
  perform app.check_input(
    'p_overtime_hours', p_overtime_hours between 0 and 24, 'Overtime is a number of hours from 0 to 24.'
  );
  perform app.check_input('p_missed_break', p_missed_break is not null, 'Say whether you missed a break.');
  perform app.check_input('p_is_shared', p_is_shared is not null, 'Say whether you share this check-in.');
  perform app.check_input(
    'p_is_shared', not p_is_shared or v_level = 'may_be_contacted',
    'Only who may be contacted shares a check-in: change how far you take part first.'
  );

  if v_level = 'anonymous' then
    return app.keep_anonymous_checkin(row(
      null, null, null, null, null, p_work_setting, p_stress_level, p_energy_level, p_patients_contacted_today,
      p_difficult_patient_calls, p_overtime_hours, p_missed_break, false, true, null, null, null
    )::public.own_checkin);
  end if;

  insert into public.provider_daily_checkins as checkins (
    work_setting, stress_level, energy_level, patients_contacted_today,
    difficult_patient_calls, overtime_hours, missed_break, is_shared
  )
  values (
    p_work_setting, p_stress_level, p_energy_level, p_patients_contacted_today,
    p_difficult_patient_calls, p_overtime_hours, p_missed_break, p_is_shared
  )
  on conflict (org_id, user_id, checkin_date) do update set
    work_setting = excluded.work_setting,
    stress_level = excluded.stress_level,
    energy_level = excluded.energy_level,
    patients_contacted_today = excluded.patients_contacted_today,
    difficult_patient_calls = excluded.difficult_patient_calls,
    overtime_hours = excluded.overtime_hours,
    missed_break = excluded.missed_break,
    is_shared = excluded.is_shared
  returning * into v_checkin;
  return app.own_checkin(v_checkin);
end
$function$;

CREATE OR REPLACE FUNCTION public.submit_instrument_assessment(p_instrument_code text, p_answers jsonb)
 RETURNS public.provider_burnout_assessments
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_participation();
  perform app.check_input('p_instrument_code', p_instrument_code is not null, 'Say which instrument.');
  perform app.check_input('p_answers', p_answers is not null, 'Say what you answer.');
  return app.keep_assessment(app.find_instrument(p_instrument_code), p_answers, null);
end
$function$;

CREATE OR REPLACE FUNCTION public.submit_questionnaire_response(p_response jsonb)
 RETURNS public.provider_burnout_assessments
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_instrument_id uuid;
  v_me text;
begin
  perform app.require_feature('resilience_hub');
  perform app.require_participation();
  v_instrument_id := app.find_questionnaire(p_response);
  v_me := 'Practitioner/' || app.my_practitioner();
  perform app.check_input(
    'p_response',
    coalesce(p_response -> 'subject' ->> 'reference', v_me) is not distinct from v_me
    and coalesce(p_response -> 'author' ->> 'reference', v_me) is not distinct from v_me,
    'A response is by yourself and about yourself.'
  );
  return app.keep_assessment(
    v_instrument_id,
    case when p_response ? 'item' then app.response_answers(p_response) end,
    case when not p_response ? 'item' then app.response_scores(p_response) end
  );
end
$function$;

CREATE OR REPLACE FUNCTION public.track_module_completion(p_module_id uuid, p_found_helpful boolean DEFAULT NULL::boolean)
 RETURNS public.provider_training_completions
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_training public.provider_training_completions;
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_module_id', p_module_id is not null, 'Say which module.');

  -- The moment is the guard's to say; any will do here.
  insert into public.provider_training_completions as trainings (module_id, completed_at, found_helpful)
  values (p_module_id, now(), p_found_helpful)
  on conflict (org_id, user_id, module_id) do update set
    completed_at = coalesce(trainings.completed_at, excluded.completed_at),
    found_helpful = coalesce(excluded.found_helpful, trainings.found_helpful)
  returning * into v_training;
  return v_training;
end
$function$;

ALTER TABLE "app"."anonymity_keys" ADD CONSTRAINT "anonymity_keys_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE "app"."instrument_bands" ADD CONSTRAINT "instrument_bands_scale_fkey" FOREIGN KEY (instrument_id, scale_code) REFERENCES app.instrument_scales(instrument_id, code) ON DELETE CASCADE;

ALTER TABLE "app"."instrument_items" ADD CONSTRAINT "instrument_items_scale_fkey" FOREIGN KEY (instrument_id, scale_code) REFERENCES app.instrument_scales(instrument_id, code) ON DELETE CASCADE;

ALTER TABLE "app"."provider_anonymous_checkins" ADD CONSTRAINT "provider_anonymous_checkins_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE "app"."provider_workload_days" ADD CONSTRAINT "provider_workload_days_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE "app"."provider_workload_days" ADD CONSTRAINT "provider_workload_days_practitioner_fkey" FOREIGN KEY (org_id, practitioner_id) REFERENCES public.org_practitioners(org_id, practitioner_id) ON DELETE CASCADE;

ALTER TABLE "app"."provider_workload_deltas" ADD CONSTRAINT "provider_workload_deltas_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE "public"."nurse_questions" ADD CONSTRAINT "nurse_questions_claimed_by_fkey" FOREIGN KEY (claimed_by) REFERENCES auth.users(id) ON DELETE SET NULL;

ALTER TABLE "public"."provider_checkin_days" ADD CONSTRAINT "provider_checkin_days_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE "public"."provider_intervention_contacts" ADD CONSTRAINT "provider_intervention_contacts_contacted_by_fkey" FOREIGN KEY (contacted_by) REFERENCES auth.users(id) ON DELETE SET NULL;

ALTER TABLE "public"."provider_intervention_contacts" ADD CONSTRAINT "provider_intervention_contacts_practitioner_id_fkey" FOREIGN KEY (practitioner_id) REFERENCES public.fhir_practitioners(id);

ALTER TABLE "public"."provider_intervention_contacts" ADD CONSTRAINT "provider_intervention_contacts_user_id_fkey" FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE "public"."provider_interventions" ADD CONSTRAINT "provider_interventions_owner_id_fkey" FOREIGN KEY (owner_id) REFERENCES auth.users(id) ON DELETE SET NULL;

ALTER TABLE "public"."provider_panel_limits" ADD CONSTRAINT "provider_panel_limits_practitioner_id_fkey" FOREIGN KEY (practitioner_id) REFERENCES public.fhir_practitioners(id);

ALTER TABLE "public"."provider_panel_patients" ADD CONSTRAINT "provider_panel_patients_practitioner_id_fkey" FOREIGN KEY (practitioner_id) REFERENCES public.fhir_practitioners(id);

ALTER TABLE "public"."provider_prompts" ADD CONSTRAINT "provider_prompts_practitioner_id_fkey" FOREIGN KEY (practitioner_id) REFERENCES public.fhir_practitioners(id);

ALTER TABLE "public"."provider_prompts" ADD CONSTRAINT "provider_prompts_user_id_fkey" FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE "public"."provider_rebalance_moves" ADD CONSTRAINT "provider_rebalance_moves_to_practitioner_id_fkey" FOREIGN KEY (to_practitioner_id) REFERENCES public.fhir_practitioners(id);

ALTER TABLE "public"."provider_rebalance_proposals" ADD CONSTRAINT "provider_rebalance_proposals_decided_by_fkey" FOREIGN KEY (decided_by) REFERENCES auth.users(id) ON DELETE SET NULL;

ALTER TABLE "public"."provider_rebalance_proposals" ADD CONSTRAINT "provider_rebalance_proposals_from_practitioner_id_fkey" FOREIGN KEY (from_practitioner_id) REFERENCES public.fhir_practitioners(id);

ALTER TABLE "public"."provider_reflection_reports" ADD CONSTRAINT "provider_reflection_reports_practitioner_id_fkey" FOREIGN KEY (practitioner_id) REFERENCES public.fhir_practitioners(id);

ALTER TABLE "public"."provider_reflection_reports" ADD CONSTRAINT "provider_reflection_reports_user_id_fkey" FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE "public"."provider_support_circle_invitations" ADD CONSTRAINT "provider_support_circle_invitations_invited_by_fkey" FOREIGN KEY (invited_by) REFERENCES auth.users(id) ON DELETE SET NULL;

ALTER TABLE "public"."provider_support_circle_invitations" ADD CONSTRAINT "provider_support_circle_invitations_practitioner_id_fkey" FOREIGN KEY (practitioner_id) REFERENCES public.fhir_practitioners(id);

ALTER TABLE "public"."provider_support_circle_invitations" ADD CONSTRAINT "provider_support_circle_invitations_user_id_fkey" FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE "public"."provider_training_completions" ADD CONSTRAINT "provider_training_completions_module_id_fkey" FOREIGN KEY (module_id) REFERENCES public.resilience_training_modules(id);

ALTER TABLE "public"."provider_wellbeing_months" ADD CONSTRAINT "provider_wellbeing_months_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE "public"."resilience_module_helpfulness" ADD CONSTRAINT "resilience_module_helpfulness_module_id_fkey" FOREIGN KEY (module_id) REFERENCES public.resilience_training_modules(id);

ALTER TABLE "public"."provider_consents" ADD CONSTRAINT "provider_consents_policy_version_fkey" FOREIGN KEY (policy_version) REFERENCES public.resilience_policies(version);

CREATE VIEW "app"."provider_workload_parts" WITH (security_invoker=true) AS  SELECT days.org_id,
    days.practitioner_id,
    days.day,
    days.encounters,
    days.questions
   FROM app.provider_workload_days days
UNION ALL
 SELECT deltas.org_id,
    deltas.practitioner_id,
    deltas.day,
    deltas.encounters,
    deltas.questions
   FROM app.provider_workload_deltas deltas;

CREATE VIEW "app"."provider_workload_live" WITH (security_invoker=true) AS  SELECT org_id,
    practitioner_id,
    day,
    (sum(encounters))::integer AS encounters,
    (sum(questions))::integer AS questions
   FROM app.provider_workload_parts parts
  GROUP BY org_id, practitioner_id, day;

CREATE INDEX instrument_items_scale_code_idx ON app.instrument_items USING btree (instrument_id, scale_code);

CREATE INDEX provider_workload_days_day_idx ON app.provider_workload_days USING btree (org_id, day);

CREATE UNIQUE INDEX instruments_active_code_key ON public.instruments USING btree (code) WHERE is_active;

CREATE INDEX nurse_questions_claimed_by_idx ON public.nurse_questions USING btree (claimed_by);

CREATE INDEX provider_burnout_assessments_instrument_id_idx ON public.provider_burnout_assessments USING btree (instrument_id);

CREATE INDEX provider_consents_policy_version_idx ON public.provider_consents USING btree (policy_version);

CREATE INDEX provider_intervention_contacts_contacted_by_idx ON public.provider_intervention_contacts USING btree (contacted_by);

CREATE INDEX provider_intervention_contacts_practitioner_idx ON public.provider_intervention_contacts USING btree (practitioner_id);

CREATE INDEX provider_interventions_owner_id_idx ON public.provider_interventions USING btree (owner_id);

CREATE INDEX provider_panel_limits_person_idx ON public.provider_panel_limits USING btree (practitioner_id);

CREATE INDEX provider_panel_patients_person_idx ON public.provider_panel_patients USING btree (practitioner_id);

CREATE INDEX provider_prompts_person_idx ON public.provider_prompts USING btree (practitioner_id);

CREATE INDEX provider_prompts_user_id_idx ON public.provider_prompts USING btree (user_id);

CREATE INDEX provider_rebalance_moves_person_idx ON public.provider_rebalance_moves USING btree (to_practitioner_id);

CREATE INDEX provider_rebalance_proposals_decided_by_idx ON public.provider_rebalance_proposals USING btree (decided_by);

CREATE INDEX provider_rebalance_proposals_person_idx ON public.provider_rebalance_proposals USING btree (from_practitioner_id);

CREATE INDEX provider_reflection_reports_practitioner_idx ON public.provider_reflection_reports USING btree (practitioner_id);

CREATE INDEX provider_support_circle_invitations_practitioner_idx ON public.provider_support_circle_invitations USING btree (practitioner_id);

CREATE INDEX provider_training_completions_module_id_idx ON public.provider_training_completions USING btree (module_id, answered_at);

CREATE INDEX provider_wellbeing_months_team_id_idx ON public.provider_wellbeing_months USING btree (org_id, team_id);

CREATE TRIGGER _300_seal BEFORE INSERT OR UPDATE ON app.anonymity_keys FOR EACH ROW EXECUTE FUNCTION app.seal_anonymity_key('id', 'org_id', 'null::uuid', 'secret');

CREATE TRIGGER _200_published BEFORE INSERT OR DELETE OR UPDATE ON app.instrument_bands FOR EACH ROW EXECUTE FUNCTION app.guard_instrument_part();

CREATE TRIGGER _200_published BEFORE INSERT OR DELETE OR UPDATE ON app.instrument_items FOR EACH ROW EXECUTE FUNCTION app.guard_instrument_part();

CREATE TRIGGER _200_published BEFORE INSERT OR DELETE OR UPDATE ON app.instrument_options FOR EACH ROW EXECUTE FUNCTION app.guard_instrument_part();

CREATE TRIGGER _200_published BEFORE INSERT OR DELETE OR UPDATE ON app.instrument_scales FOR EACH ROW EXECUTE FUNCTION app.guard_instrument_part();

CREATE TRIGGER _200_published BEFORE INSERT OR DELETE OR UPDATE ON app.instrument_translations FOR EACH ROW EXECUTE FUNCTION app.guard_instrument_part();

CREATE TRIGGER _510_count_deleted AFTER DELETE ON public.encounters REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.count_encounters();

CREATE TRIGGER _510_count_inserted AFTER INSERT ON public.encounters REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.count_encounters();

CREATE TRIGGER _510_count_updated AFTER UPDATE ON public.encounters REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.count_encounters();

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.instruments FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _200_guard BEFORE INSERT OR DELETE OR UPDATE ON public.instruments FOR EACH ROW EXECUTE FUNCTION app.guard_instrument();

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.instruments FOR EACH ROW EXECUTE FUNCTION app.audit_row('', 'id', '', '');

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.nurse_questions FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _500_derive BEFORE INSERT OR UPDATE ON public.nurse_questions FOR EACH ROW EXECUTE FUNCTION app.derive_claim();

CREATE TRIGGER _510_count_deleted AFTER DELETE ON public.nurse_questions REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.count_questions();

CREATE TRIGGER _510_count_inserted AFTER INSERT ON public.nurse_questions REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.count_questions();

CREATE TRIGGER _510_count_updated AFTER UPDATE ON public.nurse_questions REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.count_questions();

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.nurse_questions FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,id', '*', '');

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.patient_risk_scores FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.patient_risk_scores FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,id', 'risk_level,score', '');

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.provider_burnout_assessments FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _200_guard BEFORE INSERT OR UPDATE ON public.provider_burnout_assessments FOR EACH ROW EXECUTE FUNCTION app.guard_assessment();

CREATE TRIGGER _300_seal BEFORE INSERT OR UPDATE ON public.provider_burnout_assessments FOR EACH ROW EXECUTE FUNCTION app.seal_provider_burnout_assessments('id', 'org_id', 'user_id', 'answers');

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.provider_burnout_assessments FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,id', '*', 'user_id');

CREATE TRIGGER _200_frozen BEFORE UPDATE ON public.provider_checkin_days FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.provider_consents FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.provider_consents FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,id', '*', 'user_id');

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.provider_crisis_acknowledgements FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.provider_crisis_acknowledgements FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,id', '*', 'user_id');

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.provider_interventions FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _200_guard BEFORE INSERT OR UPDATE ON public.provider_interventions FOR EACH ROW EXECUTE FUNCTION app.guard_intervention();

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.provider_interventions FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,id', '*', 'user_id');

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.provider_panel_limits FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _200_guard BEFORE INSERT OR UPDATE ON public.provider_panel_limits FOR EACH ROW EXECUTE FUNCTION app.guard_panel_limits();

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.provider_panel_limits FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,practitioner_id', '', '');

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.provider_panel_patients FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _200_guard BEFORE INSERT OR UPDATE ON public.provider_panel_patients FOR EACH ROW EXECUTE FUNCTION app.guard_panel_patient();

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.provider_panel_patients FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,id', 'patient_id,acuity', '');

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.provider_panel_pauses FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _200_guard BEFORE INSERT OR UPDATE ON public.provider_panel_pauses FOR EACH ROW EXECUTE FUNCTION app.guard_panel_pause();

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.provider_panel_pauses FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,practitioner_id', '*', 'user_id');

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.provider_rebalance_proposals FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.provider_rebalance_proposals FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,id', '', '');

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.provider_reflection_reports FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.provider_reflection_reports FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,id', '*', 'user_id');

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.provider_support_circle_invitations FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.provider_support_circle_invitations FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,id', '*', 'user_id');

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.provider_team_members FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.provider_team_members FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,practitioner_id', '', '');

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.provider_teams FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.provider_teams FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,id', '', '');

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.provider_training_completions FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _200_guard BEFORE INSERT OR UPDATE ON public.provider_training_completions FOR EACH ROW EXECUTE FUNCTION app.guard_training();

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.provider_training_completions FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,id', '*', 'user_id');

CREATE TRIGGER _200_frozen AFTER UPDATE ON public.provider_wellbeing_months FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.resilience_dimension_categories FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.resilience_dimension_categories FOR EACH ROW EXECUTE FUNCTION app.audit_row('', 'id', '', '');

CREATE POLICY "floor_organization" ON "app"."anonymity_keys" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "floor_organization" ON "app"."provider_anonymous_checkins" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "floor_organization" ON "app"."provider_workload_days" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "floor_organization" ON "app"."provider_workload_deltas" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "select_active_or_anyone" ON "public"."instruments" FOR SELECT TO "authenticated" USING ((((( SELECT app.my_id() AS my_id) IS NOT NULL) AND is_active) OR ( SELECT app.has_role(VARIADIC ARRAY['super_admin'::public.app_role]) AS has_role)));

CREATE POLICY "update_anyone" ON "public"."instruments" FOR UPDATE TO "authenticated" USING (( SELECT app.has_role(VARIADIC ARRAY['super_admin'::public.app_role]) AS has_role)) WITH CHECK (( SELECT app.has_role(VARIADIC ARRAY['super_admin'::public.app_role]) AS has_role));

CREATE POLICY "floor_private" ON "public"."notification_queue" AS RESTRICTIVE FOR SELECT TO "authenticated" USING (((NOT starts_with(template_key, 'private.'::text)) OR (recipient_id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "floor_organization" ON "public"."provider_checkin_days" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "select_organization" ON "public"."provider_checkin_days" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.has_role(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role, 'manager'::public.app_role, 'care_manager'::public.app_role, 'wellness_officer'::public.app_role]) AS has_role)));

CREATE POLICY "select_own" ON "public"."provider_daily_checkins" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "floor_reported" ON "public"."provider_support_reflections" AS RESTRICTIVE FOR SELECT TO "authenticated" USING ((id <> ALL (( SELECT app.hidden_reflections() AS hidden_reflections)::uuid[])));

CREATE POLICY "floor_organization" ON "public"."provider_wellbeing_months" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "insert_anyone" ON "public"."resilience_dimension_categories" FOR INSERT TO "authenticated" WITH CHECK (( SELECT app.has_role(VARIADIC ARRAY['super_admin'::public.app_role]) AS has_role));

CREATE POLICY "select_anyone" ON "public"."resilience_dimension_categories" FOR SELECT TO "authenticated" USING (((deleted_at IS NULL) AND (( SELECT app.my_id() AS my_id) IS NOT NULL)));

CREATE POLICY "update_anyone" ON "public"."resilience_dimension_categories" FOR UPDATE TO "authenticated" USING (((deleted_at IS NULL) AND ( SELECT app.has_role(VARIADIC ARRAY['super_admin'::public.app_role]) AS has_role))) WITH CHECK (((deleted_at IS NULL) AND ( SELECT app.has_role(VARIADIC ARRAY['super_admin'::public.app_role]) AS has_role)));

CREATE POLICY "select_anyone" ON "public"."resilience_module_helpfulness" FOR SELECT TO "authenticated" USING ((( SELECT app.my_id() AS my_id) IS NOT NULL));

CREATE POLICY "insert_anyone" ON "public"."resilience_policies" FOR INSERT TO "authenticated" WITH CHECK (( SELECT app.has_role(VARIADIC ARRAY['super_admin'::public.app_role]) AS has_role));

CREATE POLICY "select_anyone" ON "public"."resilience_policies" FOR SELECT TO "authenticated" USING ((( SELECT app.my_id() AS my_id) IS NOT NULL));

COMMENT ON COLUMN "app"."anonymity_keys"."id" IS 'Key within the organization.';
COMMENT ON COLUMN "app"."anonymity_keys"."org_id" IS 'The organization.';
COMMENT ON COLUMN "app"."anonymity_keys"."secret" IS '32 random bytes as hexadecimal, sealed with the organization''s key.';
COMMENT ON COLUMN "app"."instrument_bands"."code" IS 'What programs call the band.';
COMMENT ON COLUMN "app"."instrument_bands"."display" IS 'Name for people, 1 to 200 characters.';
COMMENT ON COLUMN "app"."instrument_bands"."instrument_id" IS 'The version.';
COMMENT ON COLUMN "app"."instrument_bands"."lower_bound" IS 'The lowest score of the band; included.';
COMMENT ON COLUMN "app"."instrument_bands"."scale_code" IS 'The scale.';
COMMENT ON COLUMN "app"."instrument_bands"."severity" IS 'How bad it is: 0 nothing to note, 1 moderate, 2 high, 3 severe, up to 9.';
COMMENT ON COLUMN "app"."instrument_items"."instrument_id" IS 'The version.';
COMMENT ON COLUMN "app"."instrument_items"."is_reversed" IS 'Whether it counts the other way round: lowest and highest value of its set together, less the answer''s.';
COMMENT ON COLUMN "app"."instrument_items"."item_text" IS 'What people read, 1 to 1000 characters.';
COMMENT ON COLUMN "app"."instrument_items"."link_id" IS 'Names the item in answers (FHIR linkId).';
COMMENT ON COLUMN "app"."instrument_items"."option_set" IS 'The possible answers; publishing checks that there are two or more.';
COMMENT ON COLUMN "app"."instrument_items"."position" IS 'Its place among the items, from 1.';
COMMENT ON COLUMN "app"."instrument_items"."scale_code" IS 'The scale that it counts for; null for one that is not counted.';
COMMENT ON COLUMN "app"."instrument_options"."code" IS 'What an answer names.';
COMMENT ON COLUMN "app"."instrument_options"."instrument_id" IS 'The version.';
COMMENT ON COLUMN "app"."instrument_options"."option_set" IS 'The set that it is in.';
COMMENT ON COLUMN "app"."instrument_options"."option_text" IS 'What people read, 1 to 500 characters.';
COMMENT ON COLUMN "app"."instrument_options"."position" IS 'Its place in the set, from 1.';
COMMENT ON COLUMN "app"."instrument_options"."value" IS 'What it counts.';
COMMENT ON COLUMN "app"."instrument_scales"."code" IS 'What programs call the scale.';
COMMENT ON COLUMN "app"."instrument_scales"."instrument_id" IS 'The version.';
COMMENT ON COLUMN "app"."instrument_scales"."is_higher_worse" IS 'Whether a higher score is a worse one.';
COMMENT ON COLUMN "app"."instrument_scales"."maximum" IS 'The highest.';
COMMENT ON COLUMN "app"."instrument_scales"."method" IS 'How its items become its score.';
COMMENT ON COLUMN "app"."instrument_scales"."minimum" IS 'The lowest score that answers can give.';
COMMENT ON COLUMN "app"."instrument_scales"."position" IS 'Its place among the scales, from 1.';
COMMENT ON COLUMN "app"."instrument_scales"."title" IS 'Name for people, 1 to 200 characters.';
COMMENT ON COLUMN "app"."instrument_translations"."instrument_id" IS 'The version.';
COMMENT ON COLUMN "app"."instrument_translations"."language_code" IS 'The language (BCP 47).';
COMMENT ON COLUMN "app"."instrument_translations"."text_key" IS 'Which text: title, description, item/<link_id>, scale/<code>, option/<set>/<code> or band/<scale>/<code>.';
COMMENT ON COLUMN "app"."instrument_translations"."translated_text" IS 'The text in that language.';
COMMENT ON COLUMN "app"."provider_anonymous_checkins"."author_tag" IS 'HMAC-SHA-256 of organization, person and day, with the organization''s secret: another each day.';
COMMENT ON COLUMN "app"."provider_anonymous_checkins"."checkin_date" IS 'The day, in the organization''s time zone.';
COMMENT ON COLUMN "app"."provider_anonymous_checkins"."difficult_patient_calls" IS 'Difficult calls among them, 0 to 500.';
COMMENT ON COLUMN "app"."provider_anonymous_checkins"."energy_level" IS '1 (none) to 10 (full). PHI.';
COMMENT ON COLUMN "app"."provider_anonymous_checkins"."id" IS 'Key within the organization; random, so that it tells no time.';
COMMENT ON COLUMN "app"."provider_anonymous_checkins"."missed_break" IS 'Whether a break was missed.';
COMMENT ON COLUMN "app"."provider_anonymous_checkins"."org_id" IS 'The organization the day was worked for.';
COMMENT ON COLUMN "app"."provider_anonymous_checkins"."overtime_hours" IS 'Hours over the shift, 0 to 24.';
COMMENT ON COLUMN "app"."provider_anonymous_checkins"."patients_contacted_today" IS 'Patients contacted, 0 to 500.';
COMMENT ON COLUMN "app"."provider_anonymous_checkins"."stress_level" IS '1 (none) to 10 (extreme). PHI.';
COMMENT ON COLUMN "app"."provider_anonymous_checkins"."work_setting" IS 'Where the provider mainly worked.';
COMMENT ON COLUMN "app"."provider_workload_days"."day" IS 'The day of the work, in the organization''s time zone.';
COMMENT ON COLUMN "app"."provider_workload_days"."encounters" IS 'Encounters on that day.';
COMMENT ON COLUMN "app"."provider_workload_days"."org_id" IS 'The organization.';
COMMENT ON COLUMN "app"."provider_workload_days"."practitioner_id" IS 'Whose workload.';
COMMENT ON COLUMN "app"."provider_workload_days"."questions" IS 'Questions claimed on that day.';
COMMENT ON COLUMN "app"."provider_workload_deltas"."day" IS 'The day of the work, in the organization''s time zone.';
COMMENT ON COLUMN "app"."provider_workload_deltas"."encounters" IS 'How many encounters more, or fewer.';
COMMENT ON COLUMN "app"."provider_workload_deltas"."org_id" IS 'The organization.';
COMMENT ON COLUMN "app"."provider_workload_deltas"."practitioner_id" IS 'Whose workload.';
COMMENT ON COLUMN "app"."provider_workload_deltas"."questions" IS 'How many claimed questions more, or fewer.';
COMMENT ON COLUMN "app"."provider_workload_refreshes"."is_latest" IS 'Always true: there is one row.';
COMMENT ON COLUMN "app"."provider_workload_refreshes"."refreshed_at" IS 'When: the figures are of this moment.';
COMMENT ON COLUMN "app"."provider_workload_refreshes"."row_count" IS 'How many practitioners it has.';
COMMENT ON COLUMN "app"."provider_workload_refreshes"."took" IS 'How long it took.';
COMMENT ON COLUMN "public"."instruments"."canonical_url" IS 'Names the instrument everywhere (FHIR canonical URL); with `|` and the version, this version of it.';
COMMENT ON COLUMN "public"."instruments"."citation" IS 'The publication to cite, 1 to 2000 characters.';
COMMENT ON COLUMN "public"."instruments"."code" IS 'What programs call the instrument in all its versions: lower case, digits and underscores.';
COMMENT ON COLUMN "public"."instruments"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."instruments"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."instruments"."description" IS 'What it measures, at most 4000 characters.';
COMMENT ON COLUMN "public"."instruments"."instrument_version" IS 'Which version of it this is.';
COMMENT ON COLUMN "public"."instruments"."is_active" IS 'Whether it is in use. Setting it publishes a draft for good and retires the version in use before.';
COMMENT ON COLUMN "public"."instruments"."language_code" IS 'The language of its own texts (BCP 47); others are translations.';
COMMENT ON COLUMN "public"."instruments"."license_kind" IS 'What its licence allows.';
COMMENT ON COLUMN "public"."instruments"."license_text" IS 'The terms in words, 1 to 4000 characters.';
COMMENT ON COLUMN "public"."instruments"."published_at" IS 'When it was first in use; from then on its content never changes.';
COMMENT ON COLUMN "public"."instruments"."publisher" IS 'Who gives it out.';
COMMENT ON COLUMN "public"."instruments"."status" IS 'draft, active or retired, from the two columns before.';
COMMENT ON COLUMN "public"."instruments"."title" IS 'Name for people, 1 to 200 characters.';
COMMENT ON COLUMN "public"."instruments"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."instruments"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."instruments"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."nurse_questions"."answered_at" IS 'When it was answered.';
COMMENT ON COLUMN "public"."nurse_questions"."claimed_at" IS 'When it was taken on; null while it is open.';
COMMENT ON COLUMN "public"."nurse_questions"."claimed_by" IS 'Who took it on (auth.users); null while it is open.';
COMMENT ON COLUMN "public"."nurse_questions"."claimed_on" IS 'That day in the organization''s time zone; the database''s to set.';
COMMENT ON COLUMN "public"."nurse_questions"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."nurse_questions"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."nurse_questions"."deleted_at" IS 'When it was removed; a removed row is invisible through the API.';
COMMENT ON COLUMN "public"."nurse_questions"."patient_id" IS 'Who asks or whom it is about, if known.';
COMMENT ON COLUMN "public"."nurse_questions"."practitioner_id" IS 'Who took it on as a practitioner, if they are one; the database''s to set.';
COMMENT ON COLUMN "public"."nurse_questions"."question_text" IS 'The question, 1 to 2000 characters. PHI.';
COMMENT ON COLUMN "public"."nurse_questions"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."nurse_questions"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."nurse_questions"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."patient_risk_scores"."assessed_on" IS 'The day of the assessment.';
COMMENT ON COLUMN "public"."patient_risk_scores"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."patient_risk_scores"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."patient_risk_scores"."deleted_at" IS 'When it was removed; a removed row is invisible through the API.';
COMMENT ON COLUMN "public"."patient_risk_scores"."patient_id" IS 'The patient.';
COMMENT ON COLUMN "public"."patient_risk_scores"."risk_level" IS 'What was found. PHI.';
COMMENT ON COLUMN "public"."patient_risk_scores"."score" IS 'The number behind it, on the scale of whatever found it. PHI.';
COMMENT ON COLUMN "public"."patient_risk_scores"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."patient_risk_scores"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."patient_risk_scores"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."provider_assessment_scores"."assessment_id" IS 'The assessment.';
COMMENT ON COLUMN "public"."provider_assessment_scores"."band" IS 'What the instrument calls it; null where it has no bands. PHI.';
COMMENT ON COLUMN "public"."provider_assessment_scores"."scale_code" IS 'The scale, as the instrument calls it.';
COMMENT ON COLUMN "public"."provider_assessment_scores"."score" IS 'The score, in the range of its scale. PHI.';
COMMENT ON COLUMN "public"."provider_assessment_scores"."severity" IS 'How bad that is: 0 nothing to note, 1 moderate, 2 high, 3 severe, up to 9. PHI.';
COMMENT ON COLUMN "public"."provider_burnout_assessments"."answers" IS 'Which answer each item got, [{"link_id": …, "code": …}]; null where only results were given. PHI, sealed.';
COMMENT ON COLUMN "public"."provider_burnout_assessments"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."provider_burnout_assessments"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."provider_burnout_assessments"."depersonalization_score" IS 'Maslach subscale, 0 to 100; null for other instruments. PHI.';
COMMENT ON COLUMN "public"."provider_burnout_assessments"."emotional_exhaustion_score" IS 'Maslach subscale, 0 to 100; null for other instruments. PHI.';
COMMENT ON COLUMN "public"."provider_burnout_assessments"."headline_band" IS 'What the instrument calls that scale''s score. PHI.';
COMMENT ON COLUMN "public"."provider_burnout_assessments"."headline_score" IS 'The worst scale of another instrument, as percent of its range: 0 best, 100 worst. PHI.';
COMMENT ON COLUMN "public"."provider_burnout_assessments"."instrument_id" IS 'The version of the instrument that was answered.';
COMMENT ON COLUMN "public"."provider_burnout_assessments"."intervention_triggered" IS 'Whether an intervention was begun because of it; the database''s to set. PHI.';
COMMENT ON COLUMN "public"."provider_burnout_assessments"."personal_accomplishment_score" IS 'Maslach subscale, 0 to 100, higher is better; null for other instruments. PHI.';
COMMENT ON COLUMN "public"."provider_burnout_assessments"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."provider_burnout_assessments"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."provider_burnout_assessments"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."provider_checkin_days"."average_energy_level" IS 'Average energy, 1 to 10.';
COMMENT ON COLUMN "public"."provider_checkin_days"."average_overtime_hours" IS 'Average hours over the shift.';
COMMENT ON COLUMN "public"."provider_checkin_days"."average_patients_contacted" IS 'Average of patients contacted.';
COMMENT ON COLUMN "public"."provider_checkin_days"."average_stress_level" IS 'Average stress, 1 to 10.';
COMMENT ON COLUMN "public"."provider_checkin_days"."checkin_date" IS 'The day, in the organization''s time zone.';
COMMENT ON COLUMN "public"."provider_checkin_days"."frozen_at" IS 'When it was counted.';
COMMENT ON COLUMN "public"."provider_checkin_days"."missed_break_percent" IS 'How many of a hundred missed a break.';
COMMENT ON COLUMN "public"."provider_checkin_days"."org_id" IS 'The organization.';
COMMENT ON COLUMN "public"."provider_checkin_days"."people_count" IS 'How many checked in, five or more; null if fewer, then all figures are.';
COMMENT ON COLUMN "public"."provider_checkin_days"."provider_count" IS 'How many providers could have checked in when the day was counted.';
COMMENT ON COLUMN "public"."provider_consents"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."provider_consents"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."provider_consents"."given_at" IS 'From when it holds.';
COMMENT ON COLUMN "public"."provider_consents"."level" IS 'How far they take part.';
COMMENT ON COLUMN "public"."provider_consents"."policy_version" IS 'The version of the privacy statement they agreed to.';
COMMENT ON COLUMN "public"."provider_consents"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."provider_consents"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."provider_consents"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."provider_consents"."withdrawn_at" IS 'Since when it holds no longer; null while it does.';
COMMENT ON COLUMN "public"."provider_crisis_acknowledgements"."acknowledged_at" IS 'When the person said that they had seen them; null: not yet.';
COMMENT ON COLUMN "public"."provider_crisis_acknowledgements"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."provider_crisis_acknowledgements"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."provider_crisis_acknowledgements"."shown_at" IS 'When the contacts were shown.';
COMMENT ON COLUMN "public"."provider_crisis_acknowledgements"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."provider_crisis_acknowledgements"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."provider_crisis_acknowledgements"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."provider_intervention_contacts"."contact_method" IS 'How.';
COMMENT ON COLUMN "public"."provider_intervention_contacts"."contacted_at" IS 'When it was.';
COMMENT ON COLUMN "public"."provider_intervention_contacts"."contacted_by" IS 'The helper (auth.users); null once they are gone.';
COMMENT ON COLUMN "public"."provider_intervention_contacts"."intervention_id" IS 'The case.';
COMMENT ON COLUMN "public"."provider_intervention_contacts"."is_reached" IS 'Whether the person was reached.';
COMMENT ON COLUMN "public"."provider_intervention_contacts"."practitioner_id" IS 'The person of the case as a practitioner.';
COMMENT ON COLUMN "public"."provider_intervention_contacts"."user_id" IS 'The person of the case as a signed-in person; whose row it is.';
COMMENT ON COLUMN "public"."provider_interventions"."closed_at" IS 'When it was closed; null while it is open.';
COMMENT ON COLUMN "public"."provider_interventions"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."provider_interventions"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."provider_interventions"."due_on" IS 'By which day somebody should have acted.';
COMMENT ON COLUMN "public"."provider_interventions"."effect" IS 'score_after less score_before; below zero is better.';
COMMENT ON COLUMN "public"."provider_interventions"."is_unnamed" IS 'The person asked not to be named in this case: helpers do not see it, however far the person takes part.';
COMMENT ON COLUMN "public"."provider_interventions"."kind" IS 'What kind of help.';
COMMENT ON COLUMN "public"."provider_interventions"."note" IS 'What was agreed, 1 to 500 characters; the person reads it. Nothing about a patient. PHI.';
COMMENT ON COLUMN "public"."provider_interventions"."occasion" IS 'After what the person asked for peer support; null otherwise.';
COMMENT ON COLUMN "public"."provider_interventions"."opened_at" IS 'When it was opened.';
COMMENT ON COLUMN "public"."provider_interventions"."opened_by_rule" IS 'The rule that opened it; null for a person.';
COMMENT ON COLUMN "public"."provider_interventions"."outcome" IS 'How it ended; null while it is open.';
COMMENT ON COLUMN "public"."provider_interventions"."owner_id" IS 'The helper who looks after it (auth.users); null for nobody yet.';
COMMENT ON COLUMN "public"."provider_interventions"."rescore_due_on" IS 'By which day a new assessment should show the effect.';
COMMENT ON COLUMN "public"."provider_interventions"."score_after" IS 'The newest score after it was opened, until rescore_due_on; then the first one. Null: none yet.';
COMMENT ON COLUMN "public"."provider_interventions"."score_before" IS 'The burnout score that opened it, 0 to 100; null where none did.';
COMMENT ON COLUMN "public"."provider_interventions"."shared_at" IS 'When the person made themselves known to helpers for this case; null: they did not.';
COMMENT ON COLUMN "public"."provider_interventions"."status" IS 'Where it stands: proposed, open, in_progress; completed, declined, cancelled are final.';
COMMENT ON COLUMN "public"."provider_interventions"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."provider_interventions"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."provider_interventions"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."provider_panel_limits"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."provider_panel_limits"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."provider_panel_limits"."deleted_at" IS 'When it was removed; a removed row is invisible through the API.';
COMMENT ON COLUMN "public"."provider_panel_limits"."max_acuity_points" IS 'How many points of acuity of all patients together at most, 0 to 5000.';
COMMENT ON COLUMN "public"."provider_panel_limits"."max_patients" IS 'How many patients at most, 0 to 1000.';
COMMENT ON COLUMN "public"."provider_panel_limits"."practitioner_id" IS 'The provider.';
COMMENT ON COLUMN "public"."provider_panel_limits"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."provider_panel_limits"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."provider_panel_limits"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."provider_panel_patients"."acuity" IS 'How much care the patient takes, 1 (little) to 5 (most), in steps of a tenth: the points it adds to the panel. PHI.';
COMMENT ON COLUMN "public"."provider_panel_patients"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."provider_panel_patients"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."provider_panel_patients"."ended_at" IS 'Until when; null while the patient is on the panel.';
COMMENT ON COLUMN "public"."provider_panel_patients"."patient_id" IS 'The patient. PHI.';
COMMENT ON COLUMN "public"."provider_panel_patients"."practitioner_id" IS 'The provider.';
COMMENT ON COLUMN "public"."provider_panel_patients"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."provider_panel_patients"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."provider_panel_patients"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."provider_panel_pauses"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."provider_panel_pauses"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."provider_panel_pauses"."until_date" IS 'The last day of it, at most 90 days ahead; null, or a day that is over: none.';
COMMENT ON COLUMN "public"."provider_panel_pauses"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."provider_panel_pauses"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."provider_panel_pauses"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."provider_prompts"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."provider_prompts"."kind" IS 'Why they were asked. PHI.';
COMMENT ON COLUMN "public"."provider_prompts"."occurrence_on" IS 'What it is about happened once: the first day of many questions, the day of the shift, the day the assessment was due.';
COMMENT ON COLUMN "public"."provider_prompts"."practitioner_id" IS 'The provider as a practitioner.';
COMMENT ON COLUMN "public"."provider_prompts"."prompted_on" IS 'The day they were asked, in the organization''s time zone.';
COMMENT ON COLUMN "public"."provider_prompts"."question_count" IS 'For question_volume: how many questions they had claimed that day. PHI.';
COMMENT ON COLUMN "public"."provider_prompts"."user_id" IS 'The provider as a signed-in person; the owner of the row.';
COMMENT ON COLUMN "public"."provider_rebalance_moves"."acuity" IS 'The patient''s acuity when it was proposed, 1 to 5; where it has changed, the proposal is stale. PHI.';
COMMENT ON COLUMN "public"."provider_rebalance_moves"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."provider_rebalance_moves"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."provider_rebalance_moves"."patient_id" IS 'The patient. PHI.';
COMMENT ON COLUMN "public"."provider_rebalance_moves"."proposal_id" IS 'The proposal.';
COMMENT ON COLUMN "public"."provider_rebalance_moves"."to_practitioner_id" IS 'Who would look after them.';
COMMENT ON COLUMN "public"."provider_rebalance_proposals"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."provider_rebalance_proposals"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."provider_rebalance_proposals"."decided_at" IS 'When they did.';
COMMENT ON COLUMN "public"."provider_rebalance_proposals"."decided_by" IS 'Who decided (auth.users).';
COMMENT ON COLUMN "public"."provider_rebalance_proposals"."expires_at" IS 'Until when it can be decided.';
COMMENT ON COLUMN "public"."provider_rebalance_proposals"."from_practitioner_id" IS 'The provider whose panel it lightens.';
COMMENT ON COLUMN "public"."provider_rebalance_proposals"."reason_kind" IS 'Why: capacity, always.';
COMMENT ON COLUMN "public"."provider_rebalance_proposals"."status" IS 'Where it stands.';
COMMENT ON COLUMN "public"."provider_rebalance_proposals"."target_percent" IS 'How much of the panel''s points of acuity are to stay, 0 to 99 percent; more stays where nobody has room.';
COMMENT ON COLUMN "public"."provider_rebalance_proposals"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."provider_rebalance_proposals"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."provider_rebalance_proposals"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."provider_reflection_reports"."circle_id" IS 'The circle it is in.';
COMMENT ON COLUMN "public"."provider_reflection_reports"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."provider_reflection_reports"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."provider_reflection_reports"."decided_at" IS 'When it was decided; null: not yet.';
COMMENT ON COLUMN "public"."provider_reflection_reports"."id" IS 'Key within the organization; random, so that it tells no time.';
COMMENT ON COLUMN "public"."provider_reflection_reports"."is_kept" IS 'Whether the reflection stays; null: not decided yet.';
COMMENT ON COLUMN "public"."provider_reflection_reports"."practitioner_id" IS 'Who reports, as a practitioner.';
COMMENT ON COLUMN "public"."provider_reflection_reports"."reason" IS 'Why.';
COMMENT ON COLUMN "public"."provider_reflection_reports"."reflection_id" IS 'The reflection.';
COMMENT ON COLUMN "public"."provider_reflection_reports"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."provider_reflection_reports"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."provider_reflection_reports"."user_id" IS 'Who reports, as a signed-in person; only they read the row.';
COMMENT ON COLUMN "public"."provider_reflection_reports"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."provider_support_circle_invitations"."answered_at" IS 'When it was answered; null: it was not.';
COMMENT ON COLUMN "public"."provider_support_circle_invitations"."circle_id" IS 'The circle.';
COMMENT ON COLUMN "public"."provider_support_circle_invitations"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."provider_support_circle_invitations"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."provider_support_circle_invitations"."expires_at" IS 'Until when it can be answered.';
COMMENT ON COLUMN "public"."provider_support_circle_invitations"."intervention_id" IS 'The case that it is part of; null for one by a person.';
COMMENT ON COLUMN "public"."provider_support_circle_invitations"."invited_by" IS 'Who invited (auth.users); null for a rule, and once they are gone.';
COMMENT ON COLUMN "public"."provider_support_circle_invitations"."practitioner_id" IS 'Who is invited, as a practitioner.';
COMMENT ON COLUMN "public"."provider_support_circle_invitations"."status" IS 'What became of it.';
COMMENT ON COLUMN "public"."provider_support_circle_invitations"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."provider_support_circle_invitations"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."provider_support_circle_invitations"."user_id" IS 'Who is invited, as a signed-in person; whose row it is.';
COMMENT ON COLUMN "public"."provider_support_circle_invitations"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."provider_support_reflections"."removal_reason" IS 'Why it was taken out of the circle; null for one that is there, or that its author removed. No role of the API reads it.';
COMMENT ON COLUMN "public"."provider_team_members"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."provider_team_members"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."provider_team_members"."deleted_at" IS 'When they left the team; a removed row is invisible through the API.';
COMMENT ON COLUMN "public"."provider_team_members"."practitioner_id" IS 'The provider.';
COMMENT ON COLUMN "public"."provider_team_members"."team_id" IS 'Their team.';
COMMENT ON COLUMN "public"."provider_team_members"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."provider_team_members"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."provider_team_members"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."provider_teams"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."provider_teams"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."provider_teams"."deleted_at" IS 'When it was removed; a removed row is invisible through the API.';
COMMENT ON COLUMN "public"."provider_teams"."name" IS 'What it is called, 1 to 200 characters.';
COMMENT ON COLUMN "public"."provider_teams"."site_id" IS 'The site it works at, if it is one.';
COMMENT ON COLUMN "public"."provider_teams"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."provider_teams"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."provider_teams"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."provider_training_completions"."answered_at" IS 'When they first said so: the month in which their answer is counted.';
COMMENT ON COLUMN "public"."provider_training_completions"."completed_at" IS 'When they first finished it; null until then.';
COMMENT ON COLUMN "public"."provider_training_completions"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."provider_training_completions"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."provider_training_completions"."found_helpful" IS 'Whether it helped; null where they did not say.';
COMMENT ON COLUMN "public"."provider_training_completions"."module_id" IS 'The module. PHI: what one reads up on tells.';
COMMENT ON COLUMN "public"."provider_training_completions"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."provider_training_completions"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."provider_training_completions"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."provider_wellbeing_months"."adoption_percent" IS 'How many of the providers that is; null also when all but four did, or that could be had by subtraction.';
COMMENT ON COLUMN "public"."provider_wellbeing_months"."assessed_count" IS 'How many of them were assessed in the month; null: too few, and then all of the next three are.';
COMMENT ON COLUMN "public"."provider_wellbeing_months"."average_burnout" IS 'Average of the same, 0 to 100.';
COMMENT ON COLUMN "public"."provider_wellbeing_months"."average_stress" IS 'Average stress of the same days, 1 to 10; null for teams.';
COMMENT ON COLUMN "public"."provider_wellbeing_months"."checked_in_count" IS 'How many checked in by name at least once; null: too few, and then adoption_percent is.';
COMMENT ON COLUMN "public"."provider_wellbeing_months"."checkins_per_provider_week" IS 'Check-ins per provider and week, from the days that have figures; null for teams.';
COMMENT ON COLUMN "public"."provider_wellbeing_months"."elevated_percent" IS 'How many of those assessed were at high or critical risk; null also for fewer than five, all but four, and teams.';
COMMENT ON COLUMN "public"."provider_wellbeing_months"."frozen_at" IS 'When the month was closed.';
COMMENT ON COLUMN "public"."provider_wellbeing_months"."helped_count" IS 'How many people had a case of help closed in the month with scores before and after; null: too few, or a team.';
COMMENT ON COLUMN "public"."provider_wellbeing_months"."median_burnout" IS 'Median of their last composite scores, 0 to 100.';
COMMENT ON COLUMN "public"."provider_wellbeing_months"."median_effect" IS 'Median change of score of those cases; below 0 is better.';
COMMENT ON COLUMN "public"."provider_wellbeing_months"."month" IS 'The month, by its first day.';
COMMENT ON COLUMN "public"."provider_wellbeing_months"."org_id" IS 'The organization.';
COMMENT ON COLUMN "public"."provider_wellbeing_months"."provider_count" IS 'How many providers could sign in when the month was closed.';
COMMENT ON COLUMN "public"."provider_wellbeing_months"."team_id" IS 'The team; null: the whole organization.';
COMMENT ON COLUMN "public"."provider_wellbeing_months"."trained_percent" IS 'How many of the providers completed a training module in the month; null: fewer than five, all but four, or a team.';
COMMENT ON COLUMN "public"."provider_wellbeing_months"."workload_correlation" IS 'Correlation of encounters and burnout score over those assessed, -1 to 1; null below ten people, and for teams.';
COMMENT ON COLUMN "public"."resilience_dimension_categories"."category" IS 'What helps with it.';
COMMENT ON COLUMN "public"."resilience_dimension_categories"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."resilience_dimension_categories"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."resilience_dimension_categories"."deleted_at" IS 'When it was removed; a removed row is invisible through the API.';
COMMENT ON COLUMN "public"."resilience_dimension_categories"."dimension" IS 'What goes badly.';
COMMENT ON COLUMN "public"."resilience_dimension_categories"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."resilience_dimension_categories"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."resilience_dimension_categories"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."resilience_dimension_categories"."weight" IS 'How much, above 0 up to 1; categories that are not named do not help with it.';
COMMENT ON COLUMN "public"."resilience_module_helpfulness"."created_at" IS 'When it was counted.';
COMMENT ON COLUMN "public"."resilience_module_helpfulness"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."resilience_module_helpfulness"."helpful_count" IS 'How many of them said that it did.';
COMMENT ON COLUMN "public"."resilience_module_helpfulness"."module_id" IS 'The module.';
COMMENT ON COLUMN "public"."resilience_module_helpfulness"."month_date" IS 'The first day of the last month it is over, in UTC; it begins after the module''s figure before.';
COMMENT ON COLUMN "public"."resilience_module_helpfulness"."people_count" IS 'How many people of all organizations said whether it helped, five at least.';
COMMENT ON COLUMN "public"."resilience_policies"."body" IS 'The text as Markdown, 1 to 20000 characters.';
COMMENT ON COLUMN "public"."resilience_policies"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."resilience_policies"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."resilience_policies"."effective_on" IS 'The first day it is offered for agreement.';
COMMENT ON COLUMN "public"."resilience_policies"."title" IS 'Heading, 1 to 200 characters.';
COMMENT ON COLUMN "public"."resilience_policies"."version" IS 'Counts up from 1.';
COMMENT ON FUNCTION "app"."accept_own_intervention"(uuid, boolean) IS 'What public.accept_intervention does; bound to the caller''s own case.';
COMMENT ON FUNCTION "app"."acknowledge_crisis_contacts"() IS 'What public.acknowledge_crisis_contacts does; bound to the caller''s own id.';
COMMENT ON FUNCTION "app"."alert_leads"(uuid, text, text, text, date) IS 'Tells the wellness officers and administrators of an organization something, once for each p_since; how many.';
COMMENT ON FUNCTION "app"."anonymity_secret"(uuid) IS 'What makes the tags of an organization; null if there is nothing.';
COMMENT ON FUNCTION "app"."anonymous_checkins_of"(uuid, uuid, date, date) IS 'What a person wrote anonymously, as they see it.';
COMMENT ON FUNCTION "app"."answer_circle_invitation"(uuid, boolean) IS 'What public.answer_circle_invitation does; bound to the caller''s own invitation.';
COMMENT ON FUNCTION "app"."answer_faults"(uuid, jsonb) IS 'Answers that are unknown, doubled, not offered or missing, by their place.';
COMMENT ON FUNCTION "app"."apply_rebalance"(uuid, uuid, uuid) IS 'Hands over the patients of an approved proposal, all of them or none.';
COMMENT ON FUNCTION "app"."ask_for_peer_support"(public.peer_support_occasion, boolean) IS 'What public.request_peer_support does; bound to the caller''s own id.';
COMMENT ON FUNCTION "app"."assessments_as_document"(uuid, uuid) IS 'A person''s assessments, answers opened, with their scores.';
COMMENT ON FUNCTION "app"."assign_intervention"(uuid, uuid) IS 'What public.assign_intervention does; app.find_intervention() authorizes.';
COMMENT ON FUNCTION "app"."author_tag"(bytea, uuid, uuid, date) IS 'The tag of what a person wrote anonymously on a day; null without a secret.';
COMMENT ON FUNCTION "app"."author_tags"(uuid, uuid, date, date) IS 'The tags under which a person may have checked in anonymously, newest day first.';
COMMENT ON FUNCTION "app"."burnout_composite"(numeric, numeric, numeric) IS '40 % exhaustion, 30 % depersonalization, 30 % lack of accomplishment, each 0 to 100. Null unless all three are known.';
COMMENT ON FUNCTION "app"."burnout_level"(numeric) IS 'low below 40, moderate below 60, high below 75, critical from 75 on; null for null.';
COMMENT ON FUNCTION "app"."check_answers"(uuid, jsonb) IS 'Ends the request with invalid_input unless every item has one answer out of its set, and nothing else is answered.';
COMMENT ON FUNCTION "app"."check_instrument"(uuid, text) IS 'Ends the request with invalid_input, naming the place, unless a version can be answered and scored.';
COMMENT ON FUNCTION "app"."check_scores"(uuid, jsonb) IS 'Ends the request with invalid_input unless there is one score for each scale, within its range.';
COMMENT ON FUNCTION "app"."check_search"(text, integer) IS 'Ends the request unless a search of the library is one.';
COMMENT ON FUNCTION "app"."check_subscale"(text, numeric) IS 'Ends the request unless a result of a subscale is in its range.';
COMMENT ON FUNCTION "app"."close_checkin_days"(uuid, date, integer) IS 'Counts an organization''s days before p_today that were not counted yet, the oldest p_limit of them.';
COMMENT ON FUNCTION "app"."close_intervention"(uuid, public.intervention_outcome, text) IS 'What public.close_intervention does; app.find_intervention() authorizes.';
COMMENT ON FUNCTION "app"."consent_level"(uuid, uuid) IS 'How far a person takes part in the resilience hub of an organization now; null: not at all.';
COMMENT ON FUNCTION "app"."count_encounters"() IS 'Trigger _510_count_… of encounters: what a statement changed in the workload, per practitioner and day.';
COMMENT ON FUNCTION "app"."count_questions"() IS 'Trigger _510_count_… of nurse_questions: what a statement changed in the workload, per practitioner and day.';
COMMENT ON FUNCTION "app"."crisis_contacts"(text) IS 'The crisis lines of a country, or all of them; no question is asked of the caller.';
COMMENT ON FUNCTION "app"."decide_reports"(uuid, uuid, boolean) IS 'Settles the open reports of a reflection. For the definers here.';
COMMENT ON FUNCTION "app"."decline_own_intervention"(uuid) IS 'What public.decline_intervention does; bound to the caller''s own case.';
COMMENT ON FUNCTION "app"."delete_resilience_data_of_mine"() IS 'What public.delete_my_resilience_data does; bound to the caller.';
COMMENT ON FUNCTION "app"."derive_claim"() IS 'Trigger _500_derive: the day of a claim in the organization''s time zone, and who claimed as a practitioner.';
COMMENT ON FUNCTION "app"."draft_head"(jsonb) IS 'Begins a draft, in the place of one of the same code and version, whose id it keeps.';
COMMENT ON FUNCTION "app"."draft_items"(uuid, jsonb) IS 'Writes the items of a draft and their possible answers.';
COMMENT ON FUNCTION "app"."draft_scales"(uuid, jsonb) IS 'Writes the scales and bands of a draft.';
COMMENT ON FUNCTION "app"."draft_texts"(uuid, jsonb) IS 'Writes the translations of a draft.';
COMMENT ON FUNCTION "app"."due_prompts"(uuid, date) IS 'Whom of an organization to ask how they are on a day, why, and what for, unless they have been asked.';

COMMENT ON FUNCTION "app"."due_question_prompts"(uuid, date) IS 'Who of an organization, of those who take part by name, has had more than 20 questions on each of five days and more in a
row that end today; since when, and how many today.';
COMMENT ON FUNCTION "app"."end_circle_seat"(uuid, uuid) IS 'Ends a member''s seat in a circle that the caller leads; says nothing of whether there was one.';
COMMENT ON FUNCTION "app"."end_consent"(uuid, uuid, boolean) IS 'Ends the consent of a person, if they gave one, and un-shares their check-ins unless they still may be contacted.';
COMMENT ON FUNCTION "app"."end_intervention"(uuid, uuid, public.intervention_status, public.intervention_outcome, text) IS 'Closes a case that is open; one that is closed stays as it is.';
COMMENT ON FUNCTION "app"."ensure_anonymity_secret"(uuid) IS 'As app.anonymity_secret(), made if there never was one.';
COMMENT ON FUNCTION "app"."ensure_helper_templates"(uuid) IS 'The words for app.tell_helpers(), unless they are there.';
COMMENT ON FUNCTION "app"."fhir_definition"(text) IS 'The canonical URL of one of our own extensions.';
COMMENT ON FUNCTION "app"."fhir_extension"(jsonb, text) IS 'The first extension of an element that has this url; else null.';

COMMENT ON FUNCTION "app"."fhir_text"(text, text, jsonb, text) IS 'A text as an element of this name. p_translations: {"da": …}. p_language: the translation wanted, null for the text
itself with all of them.';
COMMENT ON FUNCTION "app"."fhir_translation"(text, text) IS 'A text in another language, as the extension that FHIR has for it.';
COMMENT ON FUNCTION "app"."fill_circle_seat"(uuid, uuid, uuid) IS 'Seats a practitioner of the active organization in a circle of it, as long as there is a seat.';
COMMENT ON FUNCTION "app"."find_instrument"(text) IS 'The version of an instrument that is in use; ends the request if none is.';
COMMENT ON FUNCTION "app"."find_intervention"(uuid, public.access_purpose) IS 'One case that the caller helps with, locked; not_found where its person is not to be known. Leaves an access event.';
COMMENT ON FUNCTION "app"."find_modules"(public.resilience_category, text, public.resilience_dimension, integer, uuid) IS 'The training modules in use that a search finds, a page of them.';

COMMENT ON FUNCTION "app"."find_questionnaire"(jsonb) IS 'The version in use that a response answers, by the canonical URL in its element questionnaire, with or without version;
ends the request if there is none, or if the response is not a completed one.';
COMMENT ON FUNCTION "app"."find_resources"(public.resilience_category, text, public.resilience_dimension, integer, uuid) IS 'The resources in use that a search finds, a page of them; the first begins with all crisis lines.';
COMMENT ON FUNCTION "app"."finish_nurse_question"(uuid) IS 'What public.answer_nurse_question does; authorizes for itself.';
COMMENT ON FUNCTION "app"."fold_workload"(integer) IS 'Adds changes of the workload to their days, p_limit at a time; how many. The live figure stays the same.';
COMMENT ON FUNCTION "app"."forget_anonymous_checkins"(uuid, uuid, date) IS 'Deletes what a person wrote anonymously, from this day on.';
COMMENT ON FUNCTION "app"."forget_my_anonymous_checkin"() IS 'Deletes what the caller wrote anonymously today, because they check in under their name.';
COMMENT ON FUNCTION "app"."freeze_wellbeing_month"(uuid, date) IS 'Closes a month of an organization; false if it was closed before. p_month: its first day.';
COMMENT ON FUNCTION "app"."give_consent"(public.participation_level, integer) IS 'What public.give_resilience_consent does; authorizes for itself.';
COMMENT ON FUNCTION "app"."grade_scores"(uuid, jsonb) IS 'As app.score_instrument(), from scores that are known: {"scale": score, …}, one for each scale, within its range.';
COMMENT ON FUNCTION "app"."guard_assessment"() IS 'Trigger _200_guard: practitioners write today''s own assessment and no other, while the feature is on.';

COMMENT ON FUNCTION "app"."guard_checkin"() IS 'Trigger _200_guard: practitioners who take part under their name write today''s check-in and no other, while the feature
is on, and share it if they may be contacted.';
COMMENT ON FUNCTION "app"."guard_instrument"() IS 'Trigger _200_guard: publishing checks a version and retires the one before; what was published only changes in use.';
COMMENT ON FUNCTION "app"."guard_instrument_part"() IS 'Trigger _200_published: what a published version consists of never changes.';
COMMENT ON FUNCTION "app"."guard_intervention"() IS 'Trigger _200_guard: a case goes from proposed to open, in_progress and an end, and a closed one stays as it is.';
COMMENT ON FUNCTION "app"."guard_panel_limits"() IS 'Trigger _200_guard: limits are of practitioners who work here, where panels are kept.';
COMMENT ON FUNCTION "app"."guard_panel_patient"() IS 'Trigger _200_guard: patients and practitioners of the organization; an assignment that has ended stays as it is.';
COMMENT ON FUNCTION "app"."guard_panel_pause"() IS 'Trigger _200_guard: practitioners pause for 90 days at most, and may go on doing so.';
COMMENT ON FUNCTION "app"."guard_training"() IS 'Trigger _200_guard: providers who take part record their own training of modules in use; nothing is undone.';
COMMENT ON FUNCTION "app"."has_circle"(uuid, uuid) IS 'Whether a person sits in a circle of an organization that still meets.';
COMMENT ON FUNCTION "app"."help_as_document"(uuid, uuid) IS 'What a person learned, was asked, offered, invited to and reported, by table.';
COMMENT ON FUNCTION "app"."helpful_percent"(uuid) IS 'Of those who said whether a module helped them, how many say that it did, over all figures there are; null: none.';
COMMENT ON FUNCTION "app"."hidden_reflections"() IS 'The reflections of the caller''s circles that are hidden until somebody has decided about their reports.';
COMMENT ON FUNCTION "app"."import_questionnaire"(jsonb) IS 'What public.import_questionnaire does; authorizes for itself.';
COMMENT ON FUNCTION "app"."instrument_faults"(uuid, text) IS 'What keeps a version from being published, by place.';
COMMENT ON FUNCTION "app"."instrument_texts"(uuid) IS 'All translations of a version: {"item/1": {"da": …}, …}.';
COMMENT ON FUNCTION "app"."intervention_terms"(public.intervention_kind) IS 'Within how many days a case of a kind is to be acted on, and its effect to be seen.';

COMMENT ON FUNCTION "app"."invite_by_rule"(uuid, uuid, uuid) IS 'Invites the person of a case to the active circle with room and the fewest members; false if there is none, or they were
invited for this case before.';
COMMENT ON FUNCTION "app"."invite_to_circle"(uuid, uuid) IS 'What public.invite_to_circle does; authorizes for itself.';
COMMENT ON FUNCTION "app"."is_encounter_counted"(uuid, date, public.encounter_status, timestamp with time zone) IS 'Whether an encounter is somebody''s work on a day: not cancelled, not entered in error, not removed.';
COMMENT ON FUNCTION "app"."is_hidden_by"(public.reflection_report_reason[]) IS 'Whether these reports of a reflection, one per member, hide it.';
COMMENT ON FUNCTION "app"."is_hub_on"(uuid) IS 'Whether the resilience hub is on for an organization now.';
COMMENT ON FUNCTION "app"."is_module_completed"(uuid) IS 'Whether the caller has finished a module in the active organization.';
COMMENT ON FUNCTION "app"."is_question_counted"(uuid, date, timestamp with time zone) IS 'Whether a question is somebody''s work on a day: a practitioner claimed it, and it was not removed.';
COMMENT ON FUNCTION "app"."is_rebalance_stale"(uuid, uuid, uuid) IS 'Whether a proposal no longer fits: a patient is elsewhere, gone or needs other care, or a receiver lacks room.';
COMMENT ON FUNCTION "app"."is_strained"(uuid, uuid) IS 'Whether somebody who agreed to be helped is at high risk; false for everybody else.';
COMMENT ON FUNCTION "app"."item_value"(numeric, boolean, numeric, numeric) IS 'What an answer counts, where the lowest and the highest of its set are these; reversed, the other way round.';

COMMENT ON FUNCTION "app"."job_alert_burnout_spike"(uuid) IS 'Scheduled: tells an organization''s leads once when more than 10 % of its providers, and five at least, became critical
in a week (Monday to Sunday). Idempotent: yes.';

COMMENT ON FUNCTION "app"."job_alert_low_engagement"(uuid) IS 'Scheduled: tells an organization''s leads when fewer than 20 % of its providers checked in on each of fourteen days;
once a month. Idempotent: yes.';
COMMENT ON FUNCTION "app"."job_close_checkin_days"(uuid, integer) IS 'Scheduled: counts an organization''s check-ins of the days that are over, once, p_limit days at a time. Idempotent: yes.';
COMMENT ON FUNCTION "app"."job_close_wellbeing_months"(uuid) IS 'Scheduled: closes the months of an organization that are over, for good. Idempotent: yes.';

COMMENT ON FUNCTION "app"."job_count_helpfulness"(timestamp with time zone) IS 'Scheduled: freezes how many people found each module helpful in the months that are over, where five have said so.
Idempotent: yes.';
COMMENT ON FUNCTION "app"."job_expire_rebalances"(uuid, integer) IS 'Scheduled: ends proposals to hand patients over that were not decided in time, p_limit at a time. Idempotent: yes.';
COMMENT ON FUNCTION "app"."job_fold_workload"(integer) IS 'Scheduled: adds changes of the workload to their days, p_limit at a time. Idempotent: yes.';

COMMENT ON FUNCTION "app"."job_follow_interventions"(uuid, integer) IS 'Scheduled: ends invitations and offers whose time is over, and fills in the scores after; p_limit at a time.
Idempotent: yes.';

COMMENT ON FUNCTION "app"."job_open_interventions"(uuid, integer) IS 'Scheduled: offers help to whose newest assessment is high or critical, and a circle to whoever was offered one
while none had room; p_limit at a time. Idempotent: yes.';

COMMENT ON FUNCTION "app"."job_prompt_providers"(uuid, integer) IS 'Scheduled: asks providers of an organization who take part how they are, where a rule says so, p_limit at a time.
Idempotent: yes.';
COMMENT ON FUNCTION "app"."job_refresh_workload_metrics"() IS 'Scheduled: brings provider_workload_metrics up to now. Idempotent: yes.';
COMMENT ON FUNCTION "app"."job_watch_dashboards"(uuid) IS 'Scheduled: fails where the figures of an organization take more than a second to read, which is told like any failure.';
COMMENT ON FUNCTION "app"."keep_anonymous_checkin"(public.own_checkin) IS 'Checks the caller in for today without a name; again on the same day replaces the values.';
COMMENT ON FUNCTION "app"."keep_assessment"(uuid, jsonb, jsonb) IS 'Scores and keeps the caller''s own assessment of today, in the place of one by the same instrument.';
COMMENT ON FUNCTION "app"."latest_burnout"(uuid, uuid) IS 'Somebody''s latest burnout assessment and the composite of the one before by the same instrument; no row without one.';
COMMENT ON FUNCTION "app"."latest_burnout_level"(uuid) IS 'The newest assessment of each person of an organization: their score, 0 to 100, and the band it is in.';
COMMENT ON FUNCTION "app"."latest_burnouts"() IS 'The composite of everybody''s latest burnout assessment.';
COMMENT ON FUNCTION "app"."list_intervention_contacts"(uuid, public.access_purpose, integer) IS 'What public.list_intervention_contacts answers; app.find_intervention() authorizes, and leaves an access event.';
COMMENT ON FUNCTION "app"."list_interventions"(public.intervention_status, public.access_purpose, integer, uuid) IS 'What public.list_interventions answers; authorizes for itself, and leaves an access event.';
COMMENT ON FUNCTION "app"."lock_rebalance"(uuid, uuid) IS 'Keeps what a proposal rests on as it is until the transaction ends.';
COMMENT ON FUNCTION "app"."log_intervention_contact"(uuid, public.contact_method, boolean, timestamp with time zone) IS 'What public.log_intervention_contact does; app.find_intervention() authorizes.';
COMMENT ON FUNCTION "app"."may_become"(public.intervention_status, public.intervention_status) IS 'Whether a case may go from one status to another, or stay.';
COMMENT ON FUNCTION "app"."may_receive_patients"(uuid, uuid) IS 'Whether a provider can be handed patients at all: has not asked for a pause, and is not to be spared.';
COMMENT ON FUNCTION "app"."mend_workload"(uuid) IS 'Makes the live workload of an organization what a full recount gives; how many days differed. Idempotent: yes.';
COMMENT ON FUNCTION "app"."my_anonymous_checkins"(date, date) IS 'What the caller wrote anonymously in the active organization, from and to these days.';
COMMENT ON FUNCTION "app"."my_risk"() IS 'What public.get_my_risk does; authorizes for itself.';
COMMENT ON FUNCTION "app"."my_workload"() IS 'What public.get_my_workload does; authorizes for itself.';
COMMENT ON FUNCTION "app"."my_worst_dimension"() IS 'What goes worst for the caller, as far as they have told; null where nothing stands out.';
COMMENT ON FUNCTION "app"."needs_intervention"() IS 'What public.check_intervention_needed does; authorizes for itself.';
COMMENT ON FUNCTION "app"."newest_policy_version"() IS 'The version of the privacy statement that is offered for agreement today; null if there is none.';

COMMENT ON FUNCTION "app"."offer_help"(uuid, uuid, public.burnout_risk_level, numeric) IS 'Offers a provider at high risk a circle and peer support, at critical risk less work, too; nothing to whoever takes no
part. 1 if anything was offered. Idempotent: yes.';

COMMENT ON FUNCTION "app"."open_intervention"(uuid, uuid, public.intervention_kind, text, numeric) IS 'Opens a case as an offer to a provider, unless they have an open one of this kind; its id. Null for nobody who gives
care in the organization.
p_rule: the rule that asks for it. p_score_before: the burnout score that it was asked for, 0 to 100.';

COMMENT ON FUNCTION "app"."open_provider_burnout_assessments"(uuid[], public.access_purpose, uuid[]) IS 'Opens answers of provider_burnout_assessments, for whom the matrix lets;
behind public.open_provider_burnout_assessments and lists.';
COMMENT ON FUNCTION "app"."open_rebalance"(uuid, uuid, integer) IS 'Opens a proposal for a panel, as the only one that can be decided.';
COMMENT ON FUNCTION "app"."organization_day"(uuid, timestamp with time zone) IS 'The calendar day of a moment (by default now) where an organization is, in its time zone.';
COMMENT ON FUNCTION "app"."own_checkin"(public.provider_daily_checkins) IS 'A named check-in as its author sees it.';
COMMENT ON FUNCTION "app"."own_intervention"(uuid) IS 'One of the caller''s own cases, locked; for the definers below.';

COMMENT ON FUNCTION "app"."panel_loads"(uuid, uuid[]) IS 'How many patients and points of acuity are on these panels of an organization, or on all of them; empty ones are left
out.';
COMMENT ON FUNCTION "app"."panel_rooms"(uuid, uuid[], uuid, integer) IS 'Providers of an organization who can be handed patients, and how many patients and points of acuity; most room first.';
COMMENT ON FUNCTION "app"."participants"(uuid) IS 'For jobs: the active practitioners of an organization who take part now, and how far.';
COMMENT ON FUNCTION "app"."participation_lock"(uuid, uuid) IS 'The advisory lock between the consent of a person and what collects something about them.';
COMMENT ON FUNCTION "app"."plan_rebalance"(uuid, integer) IS 'Proposes how to lighten a panel of the active organization.';
COMMENT ON FUNCTION "app"."post_nurse_question"(text, uuid) IS 'What public.ask_nurse_question does; authorizes for itself.';
COMMENT ON FUNCTION "app"."prefix_query"(text) IS 'A search for words that begin like those of the text.';

COMMENT ON FUNCTION "app"."propose_rebalance"(uuid, uuid, integer) IS 'Proposes which of a provider''s patients to hand to whom, so that so many percent of the points of acuity stay; null
where nobody has room, or there is nothing to hand over. Errors: conflict, where one is open for that panel.';
COMMENT ON FUNCTION "app"."propose_relief"(uuid, uuid, integer) IS 'Proposes to lighten somebody''s panel if they agreed to be offered help and no such proposal is open; else null.';
COMMENT ON FUNCTION "app"."provider_risk"(uuid, uuid[], date) IS 'The risk of practitioners on a day: the sum of what raises it, 100 at most, and its band.';

COMMENT ON FUNCTION "app"."provider_workload"(uuid, uuid[], date) IS 'The workload of practitioners of an organization on a day, exact at this moment; one row for each that was asked for.
encounters_last_30_days: from thirty days before that day on. avg_stress_last_7_days: of their own named check-ins from
seven days before on, null without any. question_days_over_20: the longest run of days in a row in the last thirty,
each with more than 20 claimed questions. high_risk_patient_percent: of the patients seen in 90 days, null without any.
level: high_risk above 150 encounters in 30 days with an average stress of 8 or more.';

COMMENT ON FUNCTION "app"."providers_at_risk"(uuid) IS 'For jobs: who of an organization is at high or critical risk today, of those who take part by name, highest first.
participation: how far they take part; only who may be contacted is told of to anybody.';
COMMENT ON FUNCTION "app"."providers_needing_help"(public.access_purpose, integer) IS 'What public.get_providers_needing_help answers; authorizes for itself.';

COMMENT ON FUNCTION "app"."question_runs"(uuid, uuid[], date, date) IS 'Runs of days with more than 20 claimed questions each, within some days: how long the longest is, and when the one that
reaches the last day began, if one does.';
COMMENT ON FUNCTION "app"."question_volume"(uuid, integer) IS 'What public.get_nurse_question_volume does; authorizes for itself.';
COMMENT ON FUNCTION "app"."questionnaire"(uuid, text) IS 'A version of an instrument as FHIR R4 Questionnaire, in this language if it has been translated into it.';
COMMENT ON FUNCTION "app"."questionnaire_items"(public.instruments, jsonb, text) IS 'Items and their possible answers, as items of a Questionnaire; null where there are none.';

COMMENT ON FUNCTION "app"."questionnaire_response"(uuid, jsonb, jsonb) IS 'Answers as a FHIR R4 QuestionnaireResponse. p_answers: as app.score_instrument() takes them, null where there are none.
p_scores: [{"scale": …, "score": …, "band": …}], in extensions of our own.';
COMMENT ON FUNCTION "app"."questionnaire_scales"(uuid, jsonb, text) IS 'Scales and their bands, as extensions of a Questionnaire.';
COMMENT ON FUNCTION "app"."raise_error"(text, text, jsonb, text) IS 'Ends the request with a stable code and its HTTP status: invalid_input 400, not_authenticated and session_expired 401, permission_denied, feature_disabled, consent_required and mfa_required 403, not_found 404, conflict 409, rate_limited 429.';
COMMENT ON FUNCTION "app"."read_nurse_questions"(boolean, integer, uuid, public.access_purpose) IS 'What public.get_nurse_questions does; authorizes for itself.';
COMMENT ON FUNCTION "app"."read_shared_checkins"(public.access_purpose, uuid, date, date, integer, uuid) IS 'What public.get_shared_checkins does; authorizes for itself and leaves an event.';
COMMENT ON FUNCTION "app"."reassess_on"(date, numeric) IS 'When an assessment is due again: after 7 days where it found a critical risk, 14 high, 30 moderate, 90 low.';
COMMENT ON FUNCTION "app"."refresh_workload_metrics"() IS 'Brings provider_workload_metrics up to now while it is read, and notes when; how many practitioners it has.';
COMMENT ON FUNCTION "app"."refuse_published"() IS 'Ends the request: a published version stays as it was.';
COMMENT ON FUNCTION "app"."remove_provider_teams"(uuid) IS 'What public.remove_provider_teams does; authorizes for itself.';
COMMENT ON FUNCTION "app"."remove_reflection"(uuid, public.reflection_report_reason) IS 'What public.remove_reflection does; for the author and the facilitator.';
COMMENT ON FUNCTION "app"."removed_provider_teams"(integer) IS 'What public.get_removed_provider_teams answers; authorizes for itself.';
COMMENT ON FUNCTION "app"."report_reflection"(uuid, public.reflection_report_reason) IS 'What public.report_reflection does; for members of the circle.';
COMMENT ON FUNCTION "app"."reported_reflections"(integer) IS 'What public.get_reported_reflections answers; for facilitators and wellness officers, and leaves an access event.';
COMMENT ON FUNCTION "app"."require_circle_lead"(uuid, uuid) IS 'Ends the request unless the caller looks after circles, or leads this one.';
COMMENT ON FUNCTION "app"."require_instrument_in_use"(uuid) IS 'Ends the request unless a version of an instrument is in use.';
COMMENT ON FUNCTION "app"."require_panels"() IS 'Ends the request unless the active organization has the resilience hub, and patients.';

COMMENT ON FUNCTION "app"."require_participation"() IS 'How far the caller takes part in the resilience hub; ends the request with consent_required unless they do. Comes right
after app.require_feature in whatever collects something about a person.';
COMMENT ON FUNCTION "app"."require_provider"() IS 'The caller as an active practitioner of the active organization; ends the request of anyone else.';
COMMENT ON FUNCTION "app"."require_provider_here"(uuid, uuid) IS 'Ends the request unless somebody is an active practitioner of the active organization, which is the one meant.';
COMMENT ON FUNCTION "app"."resilience_data_of_mine"() IS 'What the resilience hub of the active organization holds about the caller, by table.';
COMMENT ON FUNCTION "app"."response_answers"(jsonb) IS 'The answers of a response as app.score_instrument() takes them.';
COMMENT ON FUNCTION "app"."response_scores"(jsonb) IS 'The scores that a response without items brings in extensions, as app.grade_scores() takes them.';
COMMENT ON FUNCTION "app"."restore_provider_teams"(uuid) IS 'What public.restore_provider_teams does; authorizes for itself.';
COMMENT ON FUNCTION "app"."review_reflection"(uuid, boolean) IS 'What public.review_reflection does; for whom app.reviewable_reflections() shows it to.';
COMMENT ON FUNCTION "app"."reviewable_reflections"(uuid, integer) IS 'The reported reflections that the caller may decide about, or the one of them that is named. For the definers here.';

COMMENT ON FUNCTION "app"."risk_contributions"(uuid, uuid[], date) IS 'What raises the risk of practitioners on a day: each rule that is met, the figure that met it, its threshold, its
points, and the key of the sentence that a frontend shows.';

COMMENT ON FUNCTION "app"."risk_panels"(uuid, uuid[], date) IS 'The share of patients at high risk, by their latest score, among those whom practitioners saw in the last 90 days. A
patient without a score counts as not at high risk.';

COMMENT ON FUNCTION "app"."score_instrument"(uuid, jsonb) IS 'Scores the answers to a version in use: one row per scale, in their order. p_answers: [{"link_id": …, "code": …}, …], one
for each item. percent: how bad the score is, from 0 to 100 of the range of its scale. Errors: invalid_input, conflict.';
COMMENT ON FUNCTION "app"."score_interventions"(uuid, integer) IS 'Writes the score of the newest assessment since a case was opened into it; how many cases changed.';
COMMENT ON FUNCTION "app"."seal_anonymity_key"() IS 'Trigger _300_seal: seals the secret on its way into the table.';
COMMENT ON FUNCTION "app"."seal_provider_burnout_assessments"() IS 'Seals answers on their way into provider_burnout_assessments.';
COMMENT ON FUNCTION "app"."search_document"(text, text) IS 'What a search of the library looks in.';
COMMENT ON FUNCTION "app"."search_query"(text) IS 'A search as people write it: words, "a phrase", or, -not this.';
COMMENT ON FUNCTION "app"."sent_circle_invitations"(integer, uuid) IS 'What public.get_sent_circle_invitations answers; bound to what the caller sent.';
COMMENT ON FUNCTION "app"."set_team_of_provider"(uuid, uuid) IS 'What public.set_provider_team does; authorizes for itself.';
COMMENT ON FUNCTION "app"."settle_rebalance"(uuid, boolean) IS 'Approves a proposal of the active organization, and carries it out, or rejects it.';

COMMENT ON FUNCTION "app"."show_crisis_contacts"(text) IS 'The crisis lines, at once, and a row that says that the caller was shown them; acknowledge_crisis_contacts() says that
they saw them. For functions of the room that hear of danger.';
COMMENT ON FUNCTION "app"."take_nurse_question"(uuid) IS 'What public.claim_nurse_question does; authorizes for itself.';
COMMENT ON FUNCTION "app"."team_heatmap"(integer) IS 'What public.get_team_heatmap answers; authorizes for itself.';

COMMENT ON FUNCTION "app"."tell_helpers"(uuid, uuid, text, text) IS 'Tells the wellness officers of an organization, or else its care managers, once per case and template; how many.
For private functions that have authorized.';
COMMENT ON FUNCTION "app"."tell_of_prompt"(uuid, uuid, uuid, public.provider_prompt_kind) IS 'Schedules the message that there is a prompt, at the end of the person''s quiet hours; none where that is too late.';
COMMENT ON FUNCTION "app"."tellable_groups"(integer, uuid[], integer[]) IS 'Of teams with so many people each, and so many in all, those whose figures may be told beside the figure of all.';
COMMENT ON FUNCTION "app"."tellable_percent"(bigint, bigint) IS 'p_count of p_all in percent; null where five or more are not on either side.';

COMMENT ON FUNCTION "app"."tellable_shares"(integer, integer, uuid[], integer[], integer[]) IS 'Of teams with so many people each of whom something is true, and so many in all, those whose share may be told beside
the share of the whole.';
COMMENT ON FUNCTION "app"."untranslated_texts"(uuid, text) IS 'Items and answers that a language of an instrument lacks; its own language needs no translation and is one too many.';
COMMENT ON FUNCTION "app"."wellbeing_groups"(uuid, date, date) IS 'Figures of a month for an organization, its teams and those in none; for app.freeze_wellbeing_month() alone.';
COMMENT ON FUNCTION "app"."wellbeing_months"(integer, uuid) IS 'What public.get_wellbeing_months answers; authorizes for itself.';
COMMENT ON FUNCTION "app"."wellbeing_people"(uuid, date, date) IS 'One row per provider of an organization who can sign in, with what a month knows of them; without their names.';
COMMENT ON FUNCTION "app"."withdraw_consent"() IS 'What public.withdraw_resilience_consent does; bound to the caller.';
COMMENT ON FUNCTION "app"."workload_drift"(uuid) IS 'By how much the live workload of an organization lies below a full recount, where it differs; no row: it is exact.';
COMMENT ON FUNCTION "app"."workload_metrics_age"() IS 'How old provider_workload_metrics is; null before its first refresh.';
COMMENT ON FUNCTION "app"."write_assessment"(public.provider_burnout_assessments, jsonb) IS 'Writes an assessment for app.keep_assessment(), or writes over that of the same person, instrument and day.';

COMMENT ON FUNCTION "public"."accept_intervention"(uuid, boolean) IS 'Takes up an offer of the caller''s own; again with p_share_with_helper true it makes them known later. An offer of a
circle takes the seat (conflict if the circle is full: the offer stays), or waits until a circle has room.
p_id: one of the caller''s cases; any other is not_found, one that is closed is conflict.
p_share_with_helper: lets wellness officers, care managers and administrators see this one case, whatever the caller''s
participation; wellness officers are told. Without it nobody knows, also if the caller may be contacted otherwise.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."acknowledge_crisis_contacts"() IS 'Notes that the caller saw the crisis contacts; the moment. Nothing of why, and nobody else reads it.
Errors: not_authenticated, session_expired, permission_denied.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."answer_circle_invitation"(uuid, boolean) IS 'Answers an invitation of the caller''s own; the same answer again changes nothing.
p_invitation_id: one of the caller''s invitations; any other is not_found. conflict: it was answered otherwise or is
over, the circle has ended, or it is full; of a full circle it stays and can be accepted later.
p_accept: true takes the seat: from the next request on the caller reads the circle.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."answer_nurse_question"(uuid) IS 'Marks a question that the caller has claimed as answered; when it was.
p_question_id: which.
Errors: not_authenticated, mfa_required, permission_denied, feature_disabled, invalid_input, not_found.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."ask_nurse_question"(text, uuid) IS 'Puts a question before the nurses of the active organization; its id. For clinical staff and the front desk, who take
questions down.
p_question_text: 1 to 2000 characters. p_patient_id: who asks or whom it is about, if known.
Errors: not_authenticated, mfa_required, permission_denied, feature_disabled, invalid_input, not_found.';

COMMENT ON FUNCTION "public"."assign_intervention"(uuid, uuid) IS 'Says who looks after a case; an offer is open from then on. For wellness officers, care managers and administrators.
p_id: the case; not_found as for get_intervention(), conflict once it is closed.
p_owner_id: a wellness officer, care manager or administrator; null: the caller.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."calculate_burnout_risk"(numeric, numeric, numeric) IS 'What three Maslach subscales come to by this project''s own rule (docs/resilience/risk.md); nothing is kept.
p_emotional_exhaustion_score, p_depersonalization_score: 0 to 100.
p_personal_accomplishment_score: 0 to 100, higher is better.
Never null: composite_burnout_score, risk_level.
Errors: feature_disabled, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."check_intervention_needed"() IS 'Whether the caller should be offered help: their risk is high or critical, or their workload is at high risk by itself.
get_my_risk() says why. For practitioners of the active organization.
Errors: not_authenticated, permission_denied, feature_disabled.';

COMMENT ON FUNCTION "public"."claim_nurse_question"(uuid) IS 'Takes a question on; when it was. Of two who claim it at once one has it, the other is told conflict. For care and case
managers, nurses and clinicians.
p_question_id: which.
Errors: not_authenticated, mfa_required, permission_denied, feature_disabled, invalid_input, not_found, conflict.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."close_intervention"(uuid, public.intervention_outcome, text) IS 'Closes a case for good: declined if its person wanted none of it, else completed. For wellness officers, care managers
and administrators. The score after it is added by a later assessment.
p_id: the case; not_found as for get_intervention(). conflict: it is closed, or an offer that nobody took up.
p_outcome: improved, unchanged, worse, declined, unknown.
p_note: what was agreed, 1 to 500 characters; its person reads it. Nothing about a patient.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

COMMENT ON FUNCTION "public"."decide_rebalance"(uuid, boolean) IS 'Approves a proposal to hand patients over, which carries it out at once, or rejects it. For administrators, managers
and care managers.
p_proposal_id: a proposal that is open: else conflict, details name its status.
p_approve: true hands all its patients over. Where panels, limits or patients have changed so that it no longer fits:
conflict, and nothing is moved.
Returns the proposal: applied or rejected.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

COMMENT ON FUNCTION "public"."decline_intervention"(uuid) IS 'Ends a case of the caller''s own because they want none of it, an invitation to a circle with it. Whoever made themselves
known for it is not known any more.
p_id: one of the caller''s cases; any other is not_found, one that ended otherwise is conflict.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."delete_my_resilience_data"(text) IS 'Deletes for good what the resilience hub of the active organization holds about the caller: check-ins, named and
anonymous, assessments, trainings, cases of help, seats in circles and what was written there, and the consent: they take
part no longer. Cannot be undone; call
export_my_resilience_data first. The figures of past days, which name nobody, stay.
p_confirm: the words "delete everything".
Errors: feature_disabled, permission_denied, not_authenticated, conflict (a legal hold keeps a row; then nothing is
deleted), invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."end_circle_seat"(uuid, uuid) IS 'Ends the seat of a member, from their next request on they read nothing of the circle. For its facilitator, and for
nobody else. The answer is the same whether they were a member or not.
p_circle_id: a circle that the caller leads (any other is not_found).
p_user_id: whose seat.
Errors: feature_disabled, permission_denied, not_found, invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."export_my_resilience_data"() IS 'Everything that the resilience hub of the active organization holds about the caller, as one document: tables is an
object of lists of rows, by the name of the table. Anonymous check-ins and reflections are among them; only their author
gets them so; answers to questionnaires are opened, which leaves an event in the trail. What somebody else wrote is not.
Errors: feature_disabled, permission_denied, not_authenticated.';

COMMENT ON FUNCTION "public"."get_burnout_assessments"(integer, uuid) IS 'The caller''s own burnout assessments, newest first. Answers are in it as they are stored, sealed;
get_questionnaire_response() opens them.
p_limit: at most so many, 1 to 500.
p_before: for the next page, the id of the last one of the page before.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

COMMENT ON FUNCTION "public"."get_crisis_contacts"(text) IS 'Where to turn in a crisis, at once. For whoever has a token, also without a role, with a session that has ended, where
the resilience hub is switched off, and without taking part in it.
p_country_code: ISO 3166-1 alpha-2; one without a line of its own, or none, gives all there are.
Never refused: nothing that is asked for wrongly is a reason to show nothing.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."get_intervention"(uuid, public.access_purpose) IS 'One case that the caller may help with. For wellness officers, care managers and administrators; leaves an access event.
p_id: the case. One whose person is not to be known, or of another organization, is not_found, as is one''s own.
p_purpose: what for.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

COMMENT ON FUNCTION "public"."get_intervention_contacts"(uuid, public.access_purpose, integer) IS 'Who tried to reach the person of a case, latest first. For wellness officers, care managers and administrators; leaves
an access event. The person reads theirs in provider_intervention_contacts.
p_id: the case; not_found as for get_intervention().
p_purpose: what for.
p_limit: at most so many, 1 to 500.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

COMMENT ON FUNCTION "public"."get_my_checkins"(date, date, integer) IS 'The caller''s own check-ins, newest first, those that are anonymous among them.
p_from, p_to: first and last day, both included; open when null.
p_limit: at most so many, 1 to 1000.
Errors: feature_disabled, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."get_my_circle_invitations"(integer) IS 'The invitations to support circles that the caller can answer, newest first.
p_limit: at most so many, 1 to 500.
Errors: feature_disabled, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."get_my_interventions"(integer, uuid) IS 'The caller''s own cases, newest first: what they were offered, who looks after it, how it ended.
p_limit: at most so many, 1 to 500.
p_before: the last case of the page before.
Errors: feature_disabled, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."get_my_participation"() IS 'How far the caller takes part in the resilience hub of the active organization.
level: null for whoever does not take part; then nothing about them is collected.
policy_version: the version of the privacy statement they agreed to. newest_policy_version: the one that is offered
today, in resilience_policies. is_current: whether these are the same; if not, show the new text and ask again. What was
agreed to holds until then.
given_at: since when.
Errors: feature_disabled, permission_denied.';

COMMENT ON FUNCTION "public"."get_my_prompts"(integer, uuid) IS 'What the caller was asked by the hub in the active organization, newest first.
p_limit: at most so many, 1 to 500. p_before: only those older than this id, for the next page.
kind: question_volume after five days in a row with more than 20 questions each, with how many on that day
(question_count); after_shift; reassessment. message: the sentence in English.
Never null: id, kind, prompted_on, message.
Errors: not_authenticated, permission_denied, feature_disabled, invalid_input.';

COMMENT ON FUNCTION "public"."get_my_risk"() IS 'The caller''s own risk of burnout and all that made it. For practitioners of the active organization; nothing of it is
stored.
composite: the sum of the points, 0 to 100 at most. level: its band.
contributions: a list, most points first; each says its kind, the value that met the rule, the threshold, the points and
the key of a sentence for people.
Never null: composite, level, contributions.
Errors: not_authenticated, permission_denied, feature_disabled.';

COMMENT ON FUNCTION "public"."get_my_training"(integer, uuid) IS 'The caller''s own training: what they have begun and finished, the one begun last first.
p_limit: at most so many, 1 to 500.
p_before: the id of the last row of the page before, for the next one.
title, category, duration_minutes: null where the module is no longer offered.
Never null: id, module_id, started_at.
Errors: feature_disabled, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."get_my_trajectory"(integer) IS 'The caller''s own burnout score month by month, oldest first; months without an assessment are left out.
p_months: this month and those before it, 1 to 24; 3 and 6 are usual.
average_score: of the month''s composite scores, 0 to 100. change_since_first: since the first month listed; below 0 is
better.
Never null: month, assessment_count, average_score, change_since_first.
Errors: feature_disabled, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."get_my_workload"() IS 'The caller''s own workload, exact at this moment; one row. For practitioners of the active organization.
encounters_last_30_days, encounters_this_month: encounters that were not cancelled, entered in error or removed.
avg_stress_last_7_days: of the caller''s own check-ins; anonymous ones are not in it. Null without any.
questions_today: questions claimed today.
question_days_over_20: the longest run of days in a row, in the last 30, with more than 20 questions each.
high_risk_patient_percent: patients at high risk among those seen in the last 90 days; null if there were none.
level: high_risk with more than 150 encounters in 30 days and an average stress of 8 or more.
Never null: encounters_last_30_days, encounters_this_month, questions_today, question_days_over_20, level.
Errors: not_authenticated, permission_denied, feature_disabled.';

COMMENT ON FUNCTION "public"."get_nurse_question_volume"(uuid, integer) IS 'How many questions somebody has claimed since so many days ago, today included. Everybody asks for themselves;
administrators, care managers and wellness officers also for those who agreed to be contacted, which is logged.
p_user_id: whose. p_days: 0 is today alone; at most 366.
Errors: not_authenticated, permission_denied, feature_disabled, invalid_input, not_found (also where somebody did not
agree to be contacted).';

COMMENT ON FUNCTION "public"."get_nurse_questions"(boolean, integer, uuid, public.access_purpose) IS 'Questions that nobody has taken on and those that the caller has, newest first. For care and case managers, nurses and
clinicians; the call is logged.
p_is_mine: only those that the caller has taken on. p_limit: at most so many, 1 to 500.
p_before: only those older than this id, for the next page. p_purpose: what for.
Never null: id, question_text, asked_at.
Errors: not_authenticated, mfa_required, permission_denied, feature_disabled, invalid_input.';

COMMENT ON FUNCTION "public"."get_providers_needing_help"(public.access_purpose, integer) IS 'Providers at high or critical risk by their last assessment, highest first: only those who agreed to be contacted, and
only as long as they do. For administrators, care managers and wellness officers. Each call is logged with whom it
named.
p_purpose: what for. p_limit: at most so many, 1 to 500.
Never null: user_id, practitioner_id, provider_name, composite_burnout_score, risk_level, assessment_date,
has_open_case.
Errors: feature_disabled, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."get_questionnaire"(text, text, text) IS 'An instrument as FHIR R4 Questionnaire, with licence, citation, scales and bands in extensions of our own. For anyone
who is signed in.
p_code: the instrument''s code, as list_instruments() gives it.
p_version: of this version; the one in use when null. Drafts and retired versions are for super_admin.
p_language: with the texts in this language, if the instrument has been translated into it; else in its own, with all
translations beside them. The element language says which.
Errors: not_authenticated, mfa_required, not_found, invalid_input.';

COMMENT ON FUNCTION "public"."get_questionnaire_response"(uuid, public.access_purpose) IS 'One of the caller''s own assessments as FHIR R4 QuestionnaireResponse, its answers opened, its scores in extensions of our
own. Each call leaves an event in the audit trail: who opened whose, and what for.
p_assessment_id: the assessment; another''s is not_found.
p_purpose: what for.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

COMMENT ON FUNCTION "public"."get_rebalance_proposals"(public.rebalance_status, integer, uuid) IS 'Proposals to hand patients over, newest first, each with its moves. For administrators, managers and care managers.
p_status: only those that stand so.
p_limit: at most so many, 1 to 500.
p_before: the id of the last one of the page before, for the next one.
moves: a list of { patient_id, to_practitioner_id, acuity }.
Never null: id, from_practitioner_id, status, reason_kind, target_percent, proposed_at, expires_at, patient_count,
acuity_points, moves.
Errors: feature_disabled, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."get_recommended_modules"(integer) IS 'Training modules for the caller: what they have not finished yet before the rest, then what helps most with what goes
worst for them, then what has evidence, then what others found helpful.
p_limit: at most so many, 1 to 500.
is_completed, helpful_percent: as in get_resilience_modules().
for_dimension: what it is recommended for; null where nothing stands out, or it does not help with that.
Never null: id, title, category, content_type, evidence_based, is_completed.
Errors: feature_disabled, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."get_removed_provider_teams"(integer) IS 'What was removed from provider_teams and can be restored, latest first. For admin, care_manager.
p_limit: at most so many, 1 to 500.
purge_at: from when on it is deleted for good, unless is_held: a legal hold keeps it. row_values: the row.
Never null: id, deleted_at, is_held, row_values.
Errors: feature_disabled, not_authenticated, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."get_reported_reflections"(integer) IS 'The reported reflections that the caller may decide about: of circles that they lead, and for wellness officers of every
circle, once they are hidden. Without the author, without those who reported, and none of one''s own. Leaves an access
event.
p_limit: at most so many, 1 to 500.
reasons: each once. report_count: how many members reported it.
Never null: reflection_id, circle_id, reflection_text, is_anonymous, is_hidden, reasons, report_count.
Errors: feature_disabled, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."get_resilience_modules"(public.resilience_category, text, public.resilience_dimension, integer, uuid) IS 'The training modules in use, by category and title. For everyone with a role in the organization.
p_category: only those of this category.
p_search: only those with these words in title or description, best match first: words, "a phrase", or, -not this; where
no row has them, words that begin like them. At most 200 characters.
p_for_dimension: those first that help most with this.
p_limit: at most so many, 1 to 500.
p_after: the id of the last module of the page before, for the next one; not_found where there never was one.
is_completed: whether the caller has finished it.
helpful_percent: of those of all organizations who said whether it helped, in months that are over and in groups of five
and more; null until there is such a group.
Never null: id, title, category, content_type, evidence_based, is_active, created_at, updated_at, version, is_completed.
Errors: feature_disabled, permission_denied, invalid_input, not_found.';

COMMENT ON FUNCTION "public"."get_resilience_resources"(public.resilience_category, text, public.resilience_dimension, integer, uuid) IS 'Where to turn: the resources in use, crisis lines first and always, then by category and title. For everyone with a
role in the organization.
p_category: beside the crisis lines only those of this category.
p_search: beside the crisis lines only those with these words in title or description, best match first: words,
"a phrase", or, -not this; where no row has them, words that begin like them. At most 200 characters.
p_for_dimension: after the crisis lines those first that help most with this.
p_limit: at most so many beside the crisis lines, 1 to 500.
p_after: the id of the last resource of the page before, for the next one, which has no crisis lines any more;
not_found where there never was one.
Never null: id, title, kind, category, is_crisis, is_active, created_at, updated_at, version.
Errors: feature_disabled, permission_denied, invalid_input, not_found.';

COMMENT ON FUNCTION "public"."get_sent_circle_invitations"(integer, uuid) IS 'The invitations that the caller sent and that can still be answered, newest first. One that was answered is not there,
and how is for the invited person to tell.
p_limit: at most so many, 1 to 500.
p_before: the last invitation of the page before.
Never null: id, circle_id, user_id, invited_at, expires_at.
Errors: feature_disabled, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."get_shared_checkins"(public.access_purpose, uuid, date, date, integer, uuid) IS 'Check-ins that their owners share, newest first: of those only who may be contacted now. For administrators, care
managers and wellness officers, so that help can be offered. Each call leaves an event: who read whose, and what for.
p_purpose: what for.
p_practitioner_id: only of this practitioner; of everybody when null.
p_from, p_to: first and last day, both included; by default the last fourteen days. At most 366 days.
p_limit: at most so many, 1 to 500.
p_before: the id of the last one of the former page.
Never null: id, practitioner_id, checkin_date, work_setting, stress_level, energy_level, patients_contacted_today,
difficult_patient_calls, overtime_hours, missed_break.
Protected: stress_level, energy_level, patients_contacted_today, difficult_patient_calls, overtime_hours, missed_break.
Errors: feature_disabled, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."get_team_checkin_summary"(date, date) IS 'How the team is, day by day, without naming anyone. For owners, administrators, managers, care managers and
wellness officers.
p_from, p_to: first and last day, both included; by default the last fourteen days. At most 366 days.
A day has figures once it is over and was counted (is_open false), which happens soon after midnight, and at least five
people checked in, named or anonymously (is_suppressed false). Figures never change afterwards.
checkins_per_provider_week: check-ins of the seven days up to this one, per provider who could check in on that day.
Never null: checkin_date, is_open, is_suppressed.
Errors: feature_disabled, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."get_team_heatmap"(integer) IS 'Burnout by team and month, for a heat map. For owners, administrators, managers, care managers and wellness officers.
p_months: how many closed months back, 1 to 24.
is_suppressed: fewer than five people were assessed, or the team''s figure could be had by subtraction; the other
figures are null then. median_burnout: 0 to 100; risk_level: the band it lies in.
Never null: team_id, team_name, month, is_suppressed.
Errors: feature_disabled, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."get_wellbeing_months"(integer, uuid) IS 'How the organization, or a team, has been month by month, without naming anyone; oldest first. For owners,
administrators, managers, care managers and wellness officers. A month has figures once it is over, and keeps them.
p_months: how many closed months back, 1 to 24.
p_team_id: a team; by default the whole organization.
A figure of fewer than five people is null. provider_count: providers who could sign in. median_burnout,
average_burnout: of the last composite scores of those assessed, 0 to 100; risk_level: the median''s.
elevated_percent: at high or critical risk. adoption_percent: checked in at least once. checkins_per_provider_week,
average_stress: from the days that have figures. trained_percent: completed a module in it. helped_count, median_effect:
people whose case of help closed, and the change of their score (below 0 is better). workload_correlation: of
encounters and score, -1 to 1, from ten people on.
Never null: month, provider_count.
Errors: feature_disabled, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."give_resilience_consent"(integer, public.participation_level) IS 'The caller takes part in the resilience hub from now on, this far; replaces what they said before. For practitioners.
p_policy_version: the version of the privacy statement that they read; any but the newest is conflict, whose details
name that one.
p_level: anonymous (nobody, the hub included, is told whose check-ins they are), aggregate_only (only in figures of five
people and more), may_be_contacted (also: what they share is read by those who can help). From may_be_contacted to
another level un-shares everything.
Returns what get_my_participation() answers.
Errors: feature_disabled, permission_denied, conflict, invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."import_questionnaire"(jsonb) IS 'Brings an instrument in as a draft, or replaces the draft of the same code and version. Set is_active of the row to
publish it. For super_admin.
p_questionnaire: a FHIR R4 Questionnaire of the form that get_questionnaire() gives, in the instrument''s own language.
What would not come back equal is refused (invalid_input, details name the elements), except status, which is draft.
Returns the draft''s row.
Errors: not_authenticated, permission_denied, mfa_required, invalid_input, conflict (that version was published).
Idempotent: yes.';

COMMENT ON FUNCTION "public"."invite_to_circle"(uuid, uuid) IS 'Invites a practitioner of the organization to a support circle; they have fourteen days to answer. For administrators,
care managers, wellness officers and the circle''s facilitator; 100 an hour for each. The answer is the same whether
they sit there already or not.
p_circle_id: a circle that has not ended (else conflict). A full one may be invited to: seats are taken on acceptance.
p_user_id: whom; nobody invites themselves.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input, rate_limited.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."list_instruments"() IS 'The instruments in use, by title. For anyone who is signed in.
Errors: not_authenticated, mfa_required.';

COMMENT ON FUNCTION "public"."list_interventions"(public.intervention_status, public.access_purpose, integer, uuid) IS 'The cases of the active organization that the caller may help with: of providers who may be contacted now, or who made
themselves known for this one case. Requests without a score first, then the highest score, then the newest. For
wellness officers, care managers and administrators; leaves an access event. One''s own cases: get_my_interventions().
p_status: those of this status; null: all that are not closed.
p_purpose: what for; must be said.
p_limit: at most so many, 1 to 500.
p_before: the last case of the page before.
Errors: feature_disabled, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."log_intervention_contact"(uuid, public.contact_method, boolean, timestamp with time zone) IS 'Notes that the caller tried to reach the person of a case, and whether they did; the case is in progress from then on,
and the caller''s if it was nobody''s. For wellness officers, care managers and administrators.
p_id: the case; not_found as for get_intervention(), conflict once it is closed.
p_contact_method: call, message, in_person, video.
p_is_reached: whether the person was reached.
p_contacted_at: when, within the last thirty days; null: now.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

COMMENT ON FUNCTION "public"."open_provider_burnout_assessments"(uuid[], public.access_purpose) IS 'answers of provider_burnout_assessments, which are stored sealed.
Each call leaves an event: who opened whose, and what for; another, if ids were asked for that the caller does not see.
A column whose key was destroyed, or that the caller may not read, is null.
p_ids: id of the rows, at most 1000; of rows that the caller does not see nothing comes back.
p_purpose: what for.
Never null: id.
Errors: feature_disabled, permission_denied, not_authenticated, invalid_input.';

COMMENT ON FUNCTION "public"."pause_my_panel"(date) IS 'Until when the caller wants to be proposed no more patients. It needs no reason, and nobody else can read it.
p_until_date: the last day, at most 90 days ahead; null ends the pause.
Returns the pause.
Errors: feature_disabled, permission_denied, invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."propose_panel_rebalance"(uuid, integer) IS 'Proposes which patients of a provider to hand to whom, so that nobody goes beyond their limits. Nothing moves before
decide_rebalance(). For administrators, managers and care managers.
p_practitioner_id: whose panel is to be lighter; they may have left.
p_target_percent: how much of the panel''s points of acuity is to stay, 0 to 99; more stays where nobody has room.
Returns the proposal; conflict where nobody can take a patient, or one is open for that panel.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

COMMENT ON FUNCTION "public"."remove_provider_teams"(uuid) IS 'Removes a row of provider_teams: it is invisible through the API at once. What refers
to it stays as it is. For admin, care_manager.
p_id: the row. One of another organization is as one that does not exist: not_found.
id, version: of the row as it is now.
Never null: id, version.
Errors: feature_disabled, not_authenticated, permission_denied, not_found, invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."remove_reflection"(uuid, public.reflection_report_reason) IS 'Takes a reflection out of its circle, for good. Its author may, an anonymous one without being told apart from the
facilitator, who may, too.
p_reflection_id: the caller''s own, or of a circle that they lead; any other is not_found.
p_reason: why, from the facilitator; an author needs none.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

COMMENT ON FUNCTION "public"."report_reflection"(uuid, public.reflection_report_reason) IS 'Says that a reflection should not be in the circle. Two members, or one who calls it harmful, hide it until the
facilitator or a wellness officer has decided. Nobody is told who it was. A member reports a reflection once.
p_reflection_id: of one of the caller''s circles; any other, and one''s own, is not_found.
p_reason: harmful, personal_information, harassment, other.
Errors: feature_disabled, permission_denied, not_found, invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."request_peer_support"(public.peer_support_occasion, boolean) IS 'Asks for a colleague to talk to, within a day. Needs no other consent than this: whoever asks decides with p_share who
knows. Wellness officers are told at once, where there are none care managers.
p_occasion: traumatic_event, patient_death, violence, error, other. Nobody needs to say more.
p_share: lets wellness officers, care managers and administrators see who asks and after what. Without it they learn that
somebody asks; accept_intervention() shares it later.
intervention_id: the caller''s case, the open one if there is one. told_count: how many were told; 0: nobody holds the
role, show get_crisis_contacts() and a colleague''s number instead.
Never null: intervention_id, due_on, is_shared, told_count.
Errors: feature_disabled, permission_denied, invalid_input, rate_limited.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."restore_provider_teams"(uuid) IS 'Brings a removed row of provider_teams back as it was. conflict: another row has taken its place, as with a name that
may be there once. For admin, care_manager.
p_id: the row. One of another organization is as one that does not exist: not_found.
id, version: of the row as it is now.
Never null: id, version.
Errors: feature_disabled, not_authenticated, permission_denied, not_found, conflict, invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."review_reflection"(uuid, boolean) IS 'Decides about a reported reflection: it is shown to the circle again, or removed. For those whom
get_reported_reflections() shows it to; nobody decides about their own.
p_id: the reflection; one that is not reported, or not the caller''s to decide about, is not_found.
p_keep: whether it stays.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

COMMENT ON FUNCTION "public"."set_provider_team"(uuid, uuid) IS 'Puts a provider into a team, out of the one they were in; figures of months that are over stay as they are. For
administrators and care managers.
p_practitioner_id: a practitioner of the active organization.
p_team_id: the team; null: none.
Errors: feature_disabled, permission_denied, not_found, invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."start_module"(uuid) IS 'Notes that the caller has begun a training module. Again, or once it is finished: nothing changes.
p_module_id: a module in use; any other is not_found.
Returns the caller''s record of it.
Errors: feature_disabled, permission_denied, consent_required, not_found, invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."submit_burnout_assessment"(numeric, numeric, numeric) IS 'Keeps the results of the three Maslach subscales as the caller''s assessment of today (the organization''s day); again
on the same day replaces it. The items themselves are their publisher''s, and are not kept.
p_emotional_exhaustion_score, p_depersonalization_score: 0 to 100, percent of the highest raw sum.
p_personal_accomplishment_score: the same; higher is better.
Returns the assessment, with composite score and risk level by this project''s own rule (docs/resilience/risk.md).
Errors: feature_disabled, permission_denied, consent_required, invalid_input, not_found.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."submit_daily_checkin"(public.work_setting, integer, integer, integer, integer, numeric, boolean, boolean) IS 'Checks the caller in for today (the organization''s day); again on the same day replaces the values.
p_work_setting: where they mainly worked.
p_stress_level, p_energy_level: 1 to 10.
p_patients_contacted_today, p_difficult_patient_calls: 0 to 500.
p_overtime_hours: 0 to 24.
p_missed_break: whether a break was missed.
p_is_shared: lets administrators, care managers and wellness officers read this check-in, as long as the caller may be
contacted; at any other level it is invalid_input. Off unless chosen.
Of whoever takes part anonymously nothing is kept that could name or time them.
Returns the check-in. Errors: feature_disabled, permission_denied, consent_required (details name the version of the
privacy statement to agree to), invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."submit_instrument_assessment"(text, jsonb) IS 'Scores the answers to an instrument and keeps them as the caller''s assessment of today (the organization''s day); again
on the same day replaces it. The answers are stored sealed.
p_instrument_code: one of list_instruments() that has items; the version in use is answered.
p_answers: [{"link_id": "p1", "code": "often"}, …], one for each item of get_questionnaire().
Returns the assessment. Scores by scale are in provider_assessment_scores.
Errors: feature_disabled, permission_denied, consent_required, not_found, invalid_input (details name the link_id of an
item that is missing, unknown, answered twice or answered with something else).
Idempotent: yes.';

COMMENT ON FUNCTION "public"."submit_questionnaire_response"(jsonb) IS 'submit_instrument_assessment() for a FHIR R4 QuestionnaireResponse.
p_response: a completed one to a Questionnaire of get_questionnaire(), named with or without its version; each item with
one valueCoding. For an instrument without items the scores of its scales, in extensions as
get_questionnaire_response() gives them. Subject and author are the caller or left out. It is filed under today,
whatever it says of when, and scored anew, whatever it says of scores.
Returns the assessment.
Errors: feature_disabled, permission_denied, consent_required, not_found, invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."track_module_completion"(uuid, boolean) IS 'Notes that the caller has finished a training module, whether or not they noted when they began. Again: the first
completion stays, a new answer replaces the one before.
p_module_id: a module in use; any other is not_found.
p_found_helpful: whether it helped; leave it out not to say, or to leave an answer as it is.
Returns the caller''s record of it.
Errors: feature_disabled, permission_denied, consent_required, not_found, invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."withdraw_resilience_consent"() IS 'The caller takes part no longer. From the next request on nothing more about them is collected, and nobody reads
anything that is theirs alone: all that they shared is un-shared, of past days too. What they wrote stays theirs to read,
export and delete; figures of past days stay. Nothing happens to whoever took no part.
Returns what get_my_participation() answers.
Errors: feature_disabled, permission_denied, not_authenticated.
Idempotent: yes.';
COMMENT ON POLICY "floor_organization" ON "app"."anonymity_keys" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "floor_organization" ON "app"."provider_anonymous_checkins" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "floor_organization" ON "app"."provider_workload_days" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "floor_organization" ON "app"."provider_workload_deltas" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "select_active_or_anyone" ON "public"."instruments" IS 'anyone who is signed in: rows that are offered now; super_admin: every row.';
COMMENT ON POLICY "update_anyone" ON "public"."instruments" IS 'super_admin: every row.';
COMMENT ON POLICY "floor_private" ON "public"."notification_queue" IS 'Whatever else is allowed: a private message is seen by its recipient alone.';
COMMENT ON POLICY "floor_organization" ON "public"."provider_checkin_days" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."provider_checkin_days" IS 'org_owner, admin, manager, care_manager, wellness_officer: every row of the active organization.';
COMMENT ON POLICY "select_own" ON "public"."provider_daily_checkins" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "floor_reported" ON "public"."provider_support_reflections" IS 'Whatever else is allowed: what was reported is hidden until somebody has decided about it.';
COMMENT ON POLICY "floor_organization" ON "public"."provider_wellbeing_months" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "insert_anyone" ON "public"."resilience_dimension_categories" IS 'super_admin: every row.';
COMMENT ON POLICY "select_anyone" ON "public"."resilience_dimension_categories" IS 'anyone who is signed in: every row.';
COMMENT ON POLICY "update_anyone" ON "public"."resilience_dimension_categories" IS 'super_admin: every row.';
COMMENT ON POLICY "select_anyone" ON "public"."resilience_module_helpfulness" IS 'anyone who is signed in: every row.';
COMMENT ON POLICY "insert_anyone" ON "public"."resilience_policies" IS 'super_admin: every row.';
COMMENT ON POLICY "select_anyone" ON "public"."resilience_policies" IS 'anyone who is signed in: every row.';
COMMENT ON TABLE "app"."anonymity_keys" IS 'What makes the tags of anonymous check-ins, per organization.';
COMMENT ON TABLE "app"."instrument_bands" IS 'The bands of each scale.';
COMMENT ON TABLE "app"."instrument_items" IS 'The items of each version of an instrument.';
COMMENT ON TABLE "app"."instrument_options" IS 'The possible answers to the items of each version of an instrument.';
COMMENT ON TABLE "app"."instrument_scales" IS 'The scales of each version of an instrument.';
COMMENT ON TABLE "app"."instrument_translations" IS 'What the texts of an instrument are in other languages.';
COMMENT ON TABLE "app"."provider_anonymous_checkins" IS 'Check-ins of providers who take part anonymously.';
COMMENT ON TABLE "app"."provider_workload_days" IS 'Encounters and claimed questions per practitioner and day, folded.';
COMMENT ON TABLE "app"."provider_workload_deltas" IS 'Changes of the workload that are not folded into provider_workload_days yet.';
COMMENT ON TABLE "app"."provider_workload_refreshes" IS 'The last refresh of provider_workload_metrics; one row.';
COMMENT ON TABLE "public"."instruments" IS 'Versions of questionnaires and other instruments; get_questionnaire() gives their content as FHIR.';
COMMENT ON TABLE "public"."nurse_questions" IS 'Questions of patients, and who took them on.';
COMMENT ON TABLE "public"."patient_risk_scores" IS 'How much at risk patients are, one row per assessment.';
COMMENT ON TABLE "public"."provider_assessment_scores" IS 'The scores of each burnout assessment, one per scale.';
COMMENT ON TABLE "public"."provider_burnout_assessments" IS 'Burnout assessments of providers: one per provider, instrument and day.';
COMMENT ON TABLE "public"."provider_checkin_days" IS 'How the team was on each closed day; figures of five people or more.';
COMMENT ON TABLE "public"."provider_consents" IS 'How far each provider takes part in the resilience hub, and since when.';
COMMENT ON TABLE "public"."provider_crisis_acknowledgements" IS 'That crisis contacts were shown to somebody, and seen.';
COMMENT ON TABLE "public"."provider_intervention_contacts" IS 'Attempts to reach the person of a case.';
COMMENT ON TABLE "public"."provider_interventions" IS 'Cases of help for a provider, from the offer to the effect.';
COMMENT ON TABLE "public"."provider_panel_limits" IS 'How many patients, and of what acuity together, a provider can carry.';
COMMENT ON TABLE "public"."provider_panel_patients" IS 'Which patients are and were on which provider''s panel.';
COMMENT ON TABLE "public"."provider_panel_pauses" IS 'Until when a provider wants to be handed no more patients.';
COMMENT ON TABLE "public"."provider_prompts" IS 'When providers were asked how they are, and why.';
COMMENT ON TABLE "public"."provider_rebalance_moves" IS 'What each proposal would hand over: patient by patient.';
COMMENT ON TABLE "public"."provider_rebalance_proposals" IS 'Proposals to hand some of a provider''s patients to others.';
COMMENT ON TABLE "public"."provider_reflection_reports" IS 'Reports of reflections by members of their circle.';
COMMENT ON TABLE "public"."provider_support_circle_invitations" IS 'Invitations to support circles.';
COMMENT ON TABLE "public"."provider_team_members" IS 'The team of each provider who has one.';
COMMENT ON TABLE "public"."provider_teams" IS 'Teams or departments of an organization, each provider in one at most.';
COMMENT ON TABLE "public"."provider_training_completions" IS 'Training modules that providers have begun or finished, one row per person and module.';
COMMENT ON TABLE "public"."provider_wellbeing_months" IS 'Frozen figures of an organization and its teams, one row per month, never of fewer than five people.';
COMMENT ON TABLE "public"."resilience_dimension_categories" IS 'Which categories of the library help with which dimension, and how much.';
COMMENT ON TABLE "public"."resilience_module_helpfulness" IS 'How many people found each training module helpful, per months that are over.';
COMMENT ON TABLE "public"."resilience_policies" IS 'The versions of the privacy statement of the resilience hub.';
COMMENT ON TYPE "app"."assessment_grade" IS 'What a scale came to, handed from function to function; never stored.';
COMMENT ON TYPE "public"."burnout_risk_level" IS 'How much at risk of burnout a provider is, by this project''s own bands.';
COMMENT ON TYPE "public"."circle_invitation_status" IS 'What became of an invitation to a support circle.';
COMMENT ON TYPE "public"."contact_method" IS 'How a helper got in touch.';

COMMENT ON TYPE "public"."instrument_license_kind" IS 'What an instrument''s licence allows: anything; anything that names its authors; no business; nothing without a
contract.';
COMMENT ON TYPE "public"."instrument_method" IS 'How the values of a scale''s items become its score.';
COMMENT ON TYPE "public"."instrument_status" IS 'Whether a version of an instrument is being prepared, in use, or was replaced.';
COMMENT ON TYPE "public"."intervention_kind" IS 'What kind of help a case is about.';
COMMENT ON TYPE "public"."intervention_outcome" IS 'How a case ended, as far as those who closed it can say.';
COMMENT ON TYPE "public"."intervention_status" IS 'Where a case stands: offered; taken up; somebody is in contact; and three ways to be closed.';

COMMENT ON TYPE "public"."my_participation" IS 'How far the caller takes part in the resilience hub and which text they agreed to; level is null for whoever does not.
Never null: is_current.
Protected: level.';

COMMENT ON TYPE "public"."own_checkin" IS 'A check-in as its author sees it. One that is anonymous has no author, no moments and no version.
Never null: org_id, id, checkin_date, work_setting, stress_level, energy_level, patients_contacted_today,
difficult_patient_calls, overtime_hours, missed_break, is_shared, is_anonymous.
Protected: stress_level, energy_level, patients_contacted_today, difficult_patient_calls, overtime_hours, missed_break.';
COMMENT ON TYPE "public"."participation_level" IS 'How far a provider takes part: unknown to everyone; only in figures of five and more; also offered help in person.';
COMMENT ON TYPE "public"."patient_risk_level" IS 'How much at risk a patient is, as an assessment found.';
COMMENT ON TYPE "public"."peer_support_occasion" IS 'After what somebody asks for a colleague to talk to.';
COMMENT ON TYPE "public"."provider_prompt_kind" IS 'Why a provider is asked how they are: many questions day after day, the end of a shift, an assessment that is due.';
COMMENT ON TYPE "public"."provider_risk_kind" IS 'What can raise a provider''s risk; docs/resilience/risk.md says by how much.';
COMMENT ON TYPE "public"."rebalance_reason" IS 'What a proposal to hand over patients gives as its reason.';
COMMENT ON TYPE "public"."rebalance_status" IS 'Where a proposal to hand over patients stands; approved and applied are one transaction, and two events in the trail.';
COMMENT ON TYPE "public"."reflection_report_reason" IS 'Why a reflection should not be in its circle.';
COMMENT ON TYPE "public"."resilience_dimension" IS 'What can go badly for a provider; resilience_dimension_categories says what in the library helps with each.';
COMMENT ON TYPE "public"."workload_level" IS 'How a provider''s load is: high_risk means more than 150 encounters in 30 days and an average stress of 8 or more.';
COMMENT ON VIEW "app"."provider_workload_live" IS 'Encounters and claimed questions per practitioner and day, exact.';
COMMENT ON VIEW "app"."provider_workload_parts" IS 'Encounters and claimed questions in parts: only the sum over a practitioner and day means something.';
COMMENT ON COLUMN "app"."provider_workload_deltas"."id" IS 'Tells the changes of one practitioner apart.';

ALTER TABLE "app"."instrument_items" ADD CONSTRAINT "instrument_items_instrument_id_fkey" FOREIGN KEY (instrument_id) REFERENCES public.instruments(id) ON DELETE CASCADE;

ALTER TABLE "app"."instrument_options" ADD CONSTRAINT "instrument_options_instrument_id_fkey" FOREIGN KEY (instrument_id) REFERENCES public.instruments(id) ON DELETE CASCADE;

ALTER TABLE "app"."instrument_scales" ADD CONSTRAINT "instrument_scales_instrument_id_fkey" FOREIGN KEY (instrument_id) REFERENCES public.instruments(id) ON DELETE CASCADE;

ALTER TABLE "app"."instrument_translations" ADD CONSTRAINT "instrument_translations_instrument_id_fkey" FOREIGN KEY (instrument_id) REFERENCES public.instruments(id) ON DELETE CASCADE;

ALTER TABLE "public"."provider_burnout_assessments" ADD CONSTRAINT "provider_burnout_assessments_instrument_id_fkey" FOREIGN KEY (instrument_id) REFERENCES public.instruments(id);

COMMENT ON COLUMN "public"."instruments"."id" IS 'Key.';

ALTER TABLE "public"."nurse_questions" ADD CONSTRAINT "nurse_questions_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE "public"."nurse_questions" ADD CONSTRAINT "nurse_questions_patient_fkey" FOREIGN KEY (org_id, patient_id) REFERENCES public.org_patients(org_id, patient_id);

ALTER TABLE "public"."nurse_questions" ADD CONSTRAINT "nurse_questions_practitioner_fkey" FOREIGN KEY (org_id, practitioner_id) REFERENCES public.org_practitioners(org_id, practitioner_id);

CREATE INDEX nurse_questions_claimed_on_idx ON public.nurse_questions USING btree (org_id, claimed_by, claimed_on);

CREATE INDEX nurse_questions_patient_id_idx ON public.nurse_questions USING btree (org_id, patient_id);

CREATE INDEX nurse_questions_practitioner_id_idx ON public.nurse_questions USING btree (org_id, practitioner_id);

CREATE POLICY "floor_organization" ON "public"."nurse_questions" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

COMMENT ON COLUMN "public"."nurse_questions"."org_id" IS 'The organization that is asked.';
COMMENT ON POLICY "floor_organization" ON "public"."nurse_questions" IS 'Whatever else is allowed: only rows of the active organization.';

CREATE INDEX nurse_questions_mine_idx ON public.nurse_questions USING btree (org_id, claimed_by, id);

CREATE INDEX nurse_questions_open_idx ON public.nurse_questions USING btree (org_id, id) WHERE ((claimed_at IS NULL) AND (deleted_at IS NULL));

COMMENT ON COLUMN "public"."nurse_questions"."id" IS 'Key within the organization.';
COMMENT ON COLUMN "public"."nurse_questions"."asked_at" IS 'When it was asked.';

ALTER TABLE "public"."patient_risk_scores" ADD CONSTRAINT "patient_risk_scores_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE "public"."patient_risk_scores" ADD CONSTRAINT "patient_risk_scores_patient_fkey" FOREIGN KEY (org_id, patient_id) REFERENCES public.org_patients(org_id, patient_id);

CREATE POLICY "floor_organization" ON "public"."patient_risk_scores" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "select_organization" ON "public"."patient_risk_scores" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.has_role(VARIADIC ARRAY['care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role]) AS has_role)));

COMMENT ON COLUMN "public"."patient_risk_scores"."org_id" IS 'The organization that cares for the patient.';
COMMENT ON POLICY "floor_organization" ON "public"."patient_risk_scores" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."patient_risk_scores" IS 'care_manager, case_manager, nurse, clinician: every row of the active organization.';

CREATE INDEX patient_risk_scores_patient_id_idx ON public.patient_risk_scores USING btree (org_id, patient_id, assessed_on, id);

COMMENT ON COLUMN "public"."patient_risk_scores"."id" IS 'Key within the organization.';

ALTER TABLE "public"."provider_assessment_scores" ADD CONSTRAINT "provider_assessment_scores_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

CREATE POLICY "floor_organization" ON "public"."provider_assessment_scores" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

COMMENT ON COLUMN "public"."provider_assessment_scores"."org_id" IS 'The organization of the assessment.';
COMMENT ON POLICY "floor_organization" ON "public"."provider_assessment_scores" IS 'Whatever else is allowed: only rows of the active organization.';

ALTER TABLE "public"."provider_assessment_scores" ADD CONSTRAINT "provider_assessment_scores_user_id_fkey" FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

CREATE INDEX provider_assessment_scores_assessment_idx ON public.provider_assessment_scores USING btree (org_id, assessment_id, user_id);

CREATE INDEX provider_assessment_scores_user_id_idx ON public.provider_assessment_scores USING btree (user_id);

CREATE POLICY "select_own" ON "public"."provider_assessment_scores" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

COMMENT ON COLUMN "public"."provider_assessment_scores"."user_id" IS 'The provider; the owner of the row.';
COMMENT ON POLICY "select_own" ON "public"."provider_assessment_scores" IS 'anyone who works for the active organization: their own rows.';

ALTER TABLE "public"."provider_burnout_assessments" ADD CONSTRAINT "provider_burnout_assessments_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

CREATE POLICY "floor_organization" ON "public"."provider_burnout_assessments" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

COMMENT ON COLUMN "public"."provider_burnout_assessments"."org_id" IS 'The organization the provider worked for.';
COMMENT ON POLICY "floor_organization" ON "public"."provider_burnout_assessments" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON COLUMN "public"."provider_burnout_assessments"."id" IS 'Key within the organization.';

ALTER TABLE "public"."provider_burnout_assessments" ADD CONSTRAINT "provider_burnout_assessments_practitioner_fkey" FOREIGN KEY (org_id, practitioner_id) REFERENCES public.org_practitioners(org_id, practitioner_id);

ALTER TABLE "public"."provider_burnout_assessments" ADD CONSTRAINT "provider_burnout_assessments_practitioner_id_fkey" FOREIGN KEY (practitioner_id) REFERENCES public.fhir_practitioners(id);

CREATE INDEX provider_burnout_assessments_person_idx ON public.provider_burnout_assessments USING btree (practitioner_id);

CREATE INDEX provider_burnout_assessments_practitioner_id_idx ON public.provider_burnout_assessments USING btree (org_id, practitioner_id);

COMMENT ON COLUMN "public"."provider_burnout_assessments"."practitioner_id" IS 'The provider as a practitioner.';

ALTER TABLE "public"."provider_assessment_scores" ADD CONSTRAINT "provider_assessment_scores_assessment_fkey" FOREIGN KEY (org_id, assessment_id, user_id) REFERENCES public.provider_burnout_assessments(org_id, id, user_id) ON DELETE CASCADE;

ALTER TABLE "public"."provider_burnout_assessments" ADD CONSTRAINT "provider_burnout_assessments_user_id_fkey" FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

CREATE INDEX provider_burnout_assessments_user_id_idx ON public.provider_burnout_assessments USING btree (user_id);

CREATE POLICY "select_own" ON "public"."provider_burnout_assessments" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

COMMENT ON COLUMN "public"."provider_burnout_assessments"."user_id" IS 'The provider as a signed-in person; the owner of the row.';
COMMENT ON POLICY "select_own" ON "public"."provider_burnout_assessments" IS 'anyone who works for the active organization: their own rows.';

CREATE INDEX provider_burnout_assessments_assessment_date_idx ON public.provider_burnout_assessments USING btree (org_id, assessment_date);

COMMENT ON COLUMN "public"."provider_burnout_assessments"."assessment_date" IS 'The day, in the organization''s time zone.';
COMMENT ON COLUMN "public"."provider_burnout_assessments"."composite_burnout_score" IS '0 (none) to 100, by this project''s own rule (docs/resilience/risk.md): computed. PHI.';
COMMENT ON COLUMN "public"."provider_burnout_assessments"."risk_level" IS 'What the composite score amounts to, by the same rule: computed. PHI.';

ALTER TABLE "public"."provider_consents" ADD CONSTRAINT "provider_consents_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

CREATE POLICY "floor_organization" ON "public"."provider_consents" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

COMMENT ON COLUMN "public"."provider_consents"."org_id" IS 'The organization it is about.';
COMMENT ON POLICY "floor_organization" ON "public"."provider_consents" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON COLUMN "public"."provider_consents"."id" IS 'Key within the organization.';

ALTER TABLE "public"."provider_consents" ADD CONSTRAINT "provider_consents_practitioner_fkey" FOREIGN KEY (org_id, practitioner_id) REFERENCES public.org_practitioners(org_id, practitioner_id);

ALTER TABLE "public"."provider_consents" ADD CONSTRAINT "provider_consents_practitioner_id_fkey" FOREIGN KEY (practitioner_id) REFERENCES public.fhir_practitioners(id);

CREATE INDEX provider_consents_person_idx ON public.provider_consents USING btree (practitioner_id);

CREATE INDEX provider_consents_practitioner_id_idx ON public.provider_consents USING btree (org_id, practitioner_id);

COMMENT ON COLUMN "public"."provider_consents"."practitioner_id" IS 'The provider as a practitioner.';

ALTER TABLE "public"."provider_consents" ADD CONSTRAINT "provider_consents_user_id_fkey" FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

CREATE UNIQUE INDEX provider_consents_in_force_key ON public.provider_consents USING btree (org_id, user_id) WHERE (withdrawn_at IS NULL);

CREATE INDEX provider_consents_user_id_idx ON public.provider_consents USING btree (user_id);

CREATE POLICY "select_own" ON "public"."provider_consents" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

COMMENT ON COLUMN "public"."provider_consents"."user_id" IS 'The provider as a signed-in person; the owner of the row.';
COMMENT ON POLICY "select_own" ON "public"."provider_consents" IS 'anyone who works for the active organization: their own rows.';

ALTER TABLE "public"."provider_crisis_acknowledgements" ADD CONSTRAINT "provider_crisis_acknowledgements_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

CREATE POLICY "floor_organization" ON "public"."provider_crisis_acknowledgements" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

COMMENT ON COLUMN "public"."provider_crisis_acknowledgements"."org_id" IS 'The organization that they were working in.';
COMMENT ON POLICY "floor_organization" ON "public"."provider_crisis_acknowledgements" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON COLUMN "public"."provider_crisis_acknowledgements"."id" IS 'Key within the organization.';

ALTER TABLE "public"."provider_crisis_acknowledgements" ADD CONSTRAINT "provider_crisis_acknowledgements_practitioner_fkey" FOREIGN KEY (org_id, practitioner_id) REFERENCES public.org_practitioners(org_id, practitioner_id);

ALTER TABLE "public"."provider_crisis_acknowledgements" ADD CONSTRAINT "provider_crisis_acknowledgements_practitioner_id_fkey" FOREIGN KEY (practitioner_id) REFERENCES public.fhir_practitioners(id);

CREATE INDEX provider_crisis_acknowledgements_practitioner_id_idx ON public.provider_crisis_acknowledgements USING btree (org_id, practitioner_id);

CREATE INDEX provider_crisis_acknowledgements_practitioner_idx ON public.provider_crisis_acknowledgements USING btree (practitioner_id);

COMMENT ON COLUMN "public"."provider_crisis_acknowledgements"."practitioner_id" IS 'The person as a practitioner; null for somebody who gives no care.';

ALTER TABLE "public"."provider_crisis_acknowledgements" ADD CONSTRAINT "provider_crisis_acknowledgements_user_id_fkey" FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

CREATE INDEX provider_crisis_acknowledgements_person_idx ON public.provider_crisis_acknowledgements USING btree (org_id, user_id, id);

CREATE INDEX provider_crisis_acknowledgements_user_id_idx ON public.provider_crisis_acknowledgements USING btree (user_id);

CREATE POLICY "select_own" ON "public"."provider_crisis_acknowledgements" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

COMMENT ON COLUMN "public"."provider_crisis_acknowledgements"."user_id" IS 'The person; only they read the row.';
COMMENT ON POLICY "select_own" ON "public"."provider_crisis_acknowledgements" IS 'anyone who works for the active organization: their own rows.';

ALTER TABLE "public"."provider_intervention_contacts" ADD CONSTRAINT "provider_intervention_contacts_practitioner_fkey" FOREIGN KEY (org_id, practitioner_id) REFERENCES public.org_practitioners(org_id, practitioner_id);

CREATE INDEX provider_intervention_contacts_intervention_idx ON public.provider_intervention_contacts USING btree (org_id, intervention_id, user_id);

CREATE INDEX provider_intervention_contacts_practitioner_id_idx ON public.provider_intervention_contacts USING btree (org_id, practitioner_id);

CREATE INDEX provider_intervention_contacts_user_id_idx ON public.provider_intervention_contacts USING btree (user_id, org_id);

CREATE POLICY "floor_organization" ON "public"."provider_intervention_contacts" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "select_own" ON "public"."provider_intervention_contacts" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

COMMENT ON COLUMN "public"."provider_intervention_contacts"."org_id" IS 'The organization of the case.';
COMMENT ON POLICY "floor_organization" ON "public"."provider_intervention_contacts" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "select_own" ON "public"."provider_intervention_contacts" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON COLUMN "public"."provider_intervention_contacts"."id" IS 'Key within the organization.';

ALTER TABLE "public"."provider_interventions" ADD CONSTRAINT "provider_interventions_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

CREATE INDEX provider_interventions_due_idx ON public.provider_interventions USING btree (org_id, due_on) WHERE (status = 'proposed'::public.intervention_status);

CREATE POLICY "floor_organization" ON "public"."provider_interventions" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

COMMENT ON COLUMN "public"."provider_interventions"."org_id" IS 'The organization that helps.';
COMMENT ON POLICY "floor_organization" ON "public"."provider_interventions" IS 'Whatever else is allowed: only rows of the active organization.';

CREATE INDEX provider_interventions_urgency_idx ON public.provider_interventions USING btree (org_id, status, COALESCE(score_before, (101)::numeric) DESC, id DESC);

COMMENT ON COLUMN "public"."provider_interventions"."id" IS 'Key within the organization.';

ALTER TABLE "public"."provider_interventions" ADD CONSTRAINT "provider_interventions_practitioner_fkey" FOREIGN KEY (org_id, practitioner_id) REFERENCES public.org_practitioners(org_id, practitioner_id);

ALTER TABLE "public"."provider_interventions" ADD CONSTRAINT "provider_interventions_practitioner_id_fkey" FOREIGN KEY (practitioner_id) REFERENCES public.fhir_practitioners(id);

CREATE INDEX provider_interventions_practitioner_id_idx ON public.provider_interventions USING btree (org_id, practitioner_id);

CREATE INDEX provider_interventions_practitioner_idx ON public.provider_interventions USING btree (practitioner_id);

COMMENT ON COLUMN "public"."provider_interventions"."practitioner_id" IS 'The provider as a practitioner.';

CREATE OR REPLACE FUNCTION app.shown_interventions(p_org_id uuid)
 RETURNS TABLE(id uuid)
 LANGUAGE sql
 STABLE
BEGIN ATOMIC
 SELECT cases.id
    FROM (( SELECT provider_interventions.id,
             provider_interventions.org_id,
             provider_interventions.user_id,
             provider_interventions.shared_at,
             provider_interventions.is_unnamed
            FROM public.provider_interventions
           WHERE (provider_interventions.org_id = shown_interventions.p_org_id)) cases
      LEFT JOIN public.provider_consents consents ON (((cases.org_id = consents.org_id) AND (cases.user_id = consents.user_id) AND (consents.withdrawn_at IS NULL))))
   WHERE (((consents.level = 'may_be_contacted'::public.participation_level) AND (NOT cases.is_unnamed)) OR ((cases.shared_at IS NOT NULL) AND (consents.level IS NOT NULL)) OR ((cases.shared_at IS NOT NULL) AND (NOT (EXISTS ( SELECT
            FROM public.provider_consents ended
           WHERE ((ended.org_id = cases.org_id) AND (ended.user_id = cases.user_id) AND (ended.withdrawn_at >= cases.shared_at)))))));
END;

ALTER TABLE "public"."provider_intervention_contacts" ADD CONSTRAINT "provider_intervention_contacts_intervention_fkey" FOREIGN KEY (org_id, intervention_id, user_id) REFERENCES public.provider_interventions(org_id, id, user_id) ON DELETE CASCADE;

ALTER TABLE "public"."provider_interventions" ADD CONSTRAINT "provider_interventions_user_id_fkey" FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

CREATE UNIQUE INDEX provider_interventions_open_key ON public.provider_interventions USING btree (org_id, user_id, kind) WHERE (closed_at IS NULL);

CREATE INDEX provider_interventions_person_idx ON public.provider_interventions USING btree (org_id, user_id, id);

CREATE INDEX provider_interventions_user_id_idx ON public.provider_interventions USING btree (user_id);

CREATE POLICY "select_own" ON "public"."provider_interventions" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

COMMENT ON COLUMN "public"."provider_interventions"."user_id" IS 'The provider as a signed-in person; whose case it is.';

COMMENT ON FUNCTION "app"."shown_interventions"(uuid) IS 'The cases of an organization that helpers may see now: their person may be contacted and did not ask to stay unnamed, or
made themselves known for this one.';
COMMENT ON POLICY "select_own" ON "public"."provider_interventions" IS 'anyone who works for the active organization: their own rows.';

ALTER TABLE "public"."provider_panel_limits" ADD CONSTRAINT "provider_panel_limits_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE "public"."provider_panel_limits" ADD CONSTRAINT "provider_panel_limits_practitioner_fkey" FOREIGN KEY (org_id, practitioner_id) REFERENCES public.org_practitioners(org_id, practitioner_id);

CREATE POLICY "floor_organization" ON "public"."provider_panel_limits" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "insert_organization" ON "public"."provider_panel_limits" FOR INSERT TO "authenticated" WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.has_role(VARIADIC ARRAY['admin'::public.app_role, 'manager'::public.app_role, 'care_manager'::public.app_role]) AS has_role)));

CREATE POLICY "select_organization" ON "public"."provider_panel_limits" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.has_role(VARIADIC ARRAY['admin'::public.app_role, 'manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role]) AS has_role)));

CREATE POLICY "update_organization" ON "public"."provider_panel_limits" FOR UPDATE TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.has_role(VARIADIC ARRAY['admin'::public.app_role, 'manager'::public.app_role, 'care_manager'::public.app_role]) AS has_role))) WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.has_role(VARIADIC ARRAY['admin'::public.app_role, 'manager'::public.app_role, 'care_manager'::public.app_role]) AS has_role)));

COMMENT ON COLUMN "public"."provider_panel_limits"."org_id" IS 'The organization.';
COMMENT ON POLICY "floor_organization" ON "public"."provider_panel_limits" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "insert_organization" ON "public"."provider_panel_limits" IS 'admin, manager, care_manager: every row of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."provider_panel_limits" IS 'admin, manager, care_manager, case_manager, nurse, clinician: every row of the active organization.';
COMMENT ON POLICY "update_organization" ON "public"."provider_panel_limits" IS 'admin, manager, care_manager: every row of the active organization.';

ALTER TABLE "public"."provider_panel_patients" ADD CONSTRAINT "provider_panel_patients_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE "public"."provider_panel_patients" ADD CONSTRAINT "provider_panel_patients_patient_fkey" FOREIGN KEY (org_id, patient_id) REFERENCES public.org_patients(org_id, patient_id);

ALTER TABLE "public"."provider_panel_patients" ADD CONSTRAINT "provider_panel_patients_practitioner_fkey" FOREIGN KEY (org_id, practitioner_id) REFERENCES public.org_practitioners(org_id, practitioner_id);

CREATE UNIQUE INDEX provider_panel_patients_one_provider_key ON public.provider_panel_patients USING btree (org_id, patient_id) WHERE (ended_at IS NULL);

CREATE INDEX provider_panel_patients_panel_idx ON public.provider_panel_patients USING btree (org_id, practitioner_id) INCLUDE (patient_id, acuity) WHERE (ended_at IS NULL);

CREATE POLICY "floor_organization" ON "public"."provider_panel_patients" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "insert_organization" ON "public"."provider_panel_patients" FOR INSERT TO "authenticated" WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.has_role(VARIADIC ARRAY['care_manager'::public.app_role]) AS has_role)));

CREATE POLICY "select_organization" ON "public"."provider_panel_patients" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.has_role(VARIADIC ARRAY['admin'::public.app_role, 'manager'::public.app_role, 'care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role]) AS has_role)));

CREATE POLICY "update_organization" ON "public"."provider_panel_patients" FOR UPDATE TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.has_role(VARIADIC ARRAY['care_manager'::public.app_role]) AS has_role))) WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.has_role(VARIADIC ARRAY['care_manager'::public.app_role]) AS has_role)));

COMMENT ON COLUMN "public"."provider_panel_patients"."org_id" IS 'The organization.';
COMMENT ON POLICY "floor_organization" ON "public"."provider_panel_patients" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "insert_organization" ON "public"."provider_panel_patients" IS 'care_manager: every row of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."provider_panel_patients" IS 'admin, manager, care_manager, case_manager, nurse, clinician: every row of the active organization.';
COMMENT ON POLICY "update_organization" ON "public"."provider_panel_patients" IS 'care_manager: every row of the active organization.';
COMMENT ON COLUMN "public"."provider_panel_patients"."id" IS 'Key within the organization.';

CREATE INDEX provider_panel_patients_patient_id_idx ON public.provider_panel_patients USING btree (org_id, patient_id, assigned_at);

CREATE INDEX provider_panel_patients_practitioner_id_idx ON public.provider_panel_patients USING btree (org_id, practitioner_id, assigned_at);

COMMENT ON COLUMN "public"."provider_panel_patients"."assigned_at" IS 'Since when.';

ALTER TABLE "public"."provider_panel_pauses" ADD CONSTRAINT "provider_panel_pauses_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

CREATE POLICY "floor_organization" ON "public"."provider_panel_pauses" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

COMMENT ON COLUMN "public"."provider_panel_pauses"."org_id" IS 'The organization.';
COMMENT ON POLICY "floor_organization" ON "public"."provider_panel_pauses" IS 'Whatever else is allowed: only rows of the active organization.';

ALTER TABLE "public"."provider_panel_pauses" ADD CONSTRAINT "provider_panel_pauses_practitioner_fkey" FOREIGN KEY (org_id, practitioner_id) REFERENCES public.org_practitioners(org_id, practitioner_id);

ALTER TABLE "public"."provider_panel_pauses" ADD CONSTRAINT "provider_panel_pauses_practitioner_id_fkey" FOREIGN KEY (practitioner_id) REFERENCES public.fhir_practitioners(id);

CREATE INDEX provider_panel_pauses_person_idx ON public.provider_panel_pauses USING btree (practitioner_id);

COMMENT ON COLUMN "public"."provider_panel_pauses"."practitioner_id" IS 'The provider as a practitioner.';

ALTER TABLE "public"."provider_panel_pauses" ADD CONSTRAINT "provider_panel_pauses_user_id_fkey" FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

CREATE INDEX provider_panel_pauses_user_id_idx ON public.provider_panel_pauses USING btree (user_id);

CREATE POLICY "insert_own" ON "public"."provider_panel_pauses" FOR INSERT TO "authenticated" WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "select_own" ON "public"."provider_panel_pauses" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "update_own" ON "public"."provider_panel_pauses" FOR UPDATE TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id)))) WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

COMMENT ON COLUMN "public"."provider_panel_pauses"."user_id" IS 'The provider as a signed-in person; the owner of the row.';
COMMENT ON POLICY "insert_own" ON "public"."provider_panel_pauses" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "select_own" ON "public"."provider_panel_pauses" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "update_own" ON "public"."provider_panel_pauses" IS 'anyone who works for the active organization: their own rows.';

ALTER TABLE "public"."provider_prompts" ADD CONSTRAINT "provider_prompts_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE "public"."provider_prompts" ADD CONSTRAINT "provider_prompts_practitioner_fkey" FOREIGN KEY (org_id, practitioner_id) REFERENCES public.org_practitioners(org_id, practitioner_id);

CREATE INDEX provider_prompts_practitioner_id_idx ON public.provider_prompts USING btree (org_id, practitioner_id);

CREATE INDEX provider_prompts_prompted_on_idx ON public.provider_prompts USING btree (org_id, prompted_on);

CREATE POLICY "floor_organization" ON "public"."provider_prompts" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "select_own" ON "public"."provider_prompts" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

COMMENT ON COLUMN "public"."provider_prompts"."org_id" IS 'The organization they work for.';
COMMENT ON POLICY "floor_organization" ON "public"."provider_prompts" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "select_own" ON "public"."provider_prompts" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON COLUMN "public"."provider_prompts"."id" IS 'Key within the organization.';

ALTER TABLE "public"."provider_rebalance_moves" ADD CONSTRAINT "provider_rebalance_moves_patient_fkey" FOREIGN KEY (org_id, patient_id) REFERENCES public.org_patients(org_id, patient_id);

ALTER TABLE "public"."provider_rebalance_moves" ADD CONSTRAINT "provider_rebalance_moves_to_practitioner_fkey" FOREIGN KEY (org_id, to_practitioner_id) REFERENCES public.org_practitioners(org_id, practitioner_id);

CREATE INDEX provider_rebalance_moves_patient_id_idx ON public.provider_rebalance_moves USING btree (org_id, patient_id);

CREATE INDEX provider_rebalance_moves_to_practitioner_id_idx ON public.provider_rebalance_moves USING btree (org_id, to_practitioner_id);

CREATE POLICY "floor_organization" ON "public"."provider_rebalance_moves" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "select_organization" ON "public"."provider_rebalance_moves" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.has_role(VARIADIC ARRAY['admin'::public.app_role, 'manager'::public.app_role, 'care_manager'::public.app_role]) AS has_role)));

COMMENT ON COLUMN "public"."provider_rebalance_moves"."org_id" IS 'The organization.';
COMMENT ON POLICY "floor_organization" ON "public"."provider_rebalance_moves" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."provider_rebalance_moves" IS 'admin, manager, care_manager: every row of the active organization.';

ALTER TABLE "public"."provider_rebalance_proposals" ADD CONSTRAINT "provider_rebalance_proposals_from_practitioner_fkey" FOREIGN KEY (org_id, from_practitioner_id) REFERENCES public.org_practitioners(org_id, practitioner_id);

ALTER TABLE "public"."provider_rebalance_proposals" ADD CONSTRAINT "provider_rebalance_proposals_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

CREATE INDEX provider_rebalance_proposals_expires_at_idx ON public.provider_rebalance_proposals USING btree (org_id, expires_at) WHERE (status = 'proposed'::public.rebalance_status);

CREATE INDEX provider_rebalance_proposals_from_practitioner_id_idx ON public.provider_rebalance_proposals USING btree (org_id, from_practitioner_id);

CREATE UNIQUE INDEX provider_rebalance_proposals_open_key ON public.provider_rebalance_proposals USING btree (org_id, from_practitioner_id) WHERE (status = 'proposed'::public.rebalance_status);

CREATE POLICY "floor_organization" ON "public"."provider_rebalance_proposals" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "select_organization" ON "public"."provider_rebalance_proposals" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.has_role(VARIADIC ARRAY['admin'::public.app_role, 'manager'::public.app_role, 'care_manager'::public.app_role]) AS has_role)));

COMMENT ON COLUMN "public"."provider_rebalance_proposals"."org_id" IS 'The organization.';
COMMENT ON POLICY "floor_organization" ON "public"."provider_rebalance_proposals" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."provider_rebalance_proposals" IS 'admin, manager, care_manager: every row of the active organization.';

ALTER TABLE "public"."provider_rebalance_moves" ADD CONSTRAINT "provider_rebalance_moves_proposal_fkey" FOREIGN KEY (org_id, proposal_id) REFERENCES public.provider_rebalance_proposals(org_id, id) ON DELETE CASCADE;

CREATE INDEX provider_rebalance_proposals_status_idx ON public.provider_rebalance_proposals USING btree (org_id, status, id);

COMMENT ON COLUMN "public"."provider_rebalance_proposals"."id" IS 'Key within the organization.';
COMMENT ON COLUMN "public"."provider_rebalance_proposals"."proposed_at" IS 'When it was made.';

ALTER TABLE "public"."provider_reflection_reports" ADD CONSTRAINT "provider_reflection_reports_member_fkey" FOREIGN KEY (org_id, circle_id, user_id) REFERENCES public.provider_support_circle_members(org_id, circle_id, user_id) ON DELETE CASCADE;

ALTER TABLE "public"."provider_reflection_reports" ADD CONSTRAINT "provider_reflection_reports_practitioner_fkey" FOREIGN KEY (org_id, practitioner_id) REFERENCES public.org_practitioners(org_id, practitioner_id);

ALTER TABLE "public"."provider_reflection_reports" ADD CONSTRAINT "provider_reflection_reports_reflection_fkey" FOREIGN KEY (org_id, reflection_id) REFERENCES public.provider_support_reflections(org_id, id) ON DELETE CASCADE;

CREATE INDEX provider_reflection_reports_member_idx ON public.provider_reflection_reports USING btree (org_id, circle_id, user_id);

CREATE INDEX provider_reflection_reports_practitioner_id_idx ON public.provider_reflection_reports USING btree (org_id, practitioner_id);

CREATE INDEX provider_reflection_reports_undecided_idx ON public.provider_reflection_reports USING btree (org_id, circle_id) WHERE (decided_at IS NULL);

CREATE INDEX provider_reflection_reports_user_id_idx ON public.provider_reflection_reports USING btree (user_id, org_id);

CREATE POLICY "floor_organization" ON "public"."provider_reflection_reports" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "select_own" ON "public"."provider_reflection_reports" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

COMMENT ON COLUMN "public"."provider_reflection_reports"."org_id" IS 'The organization of the circle.';
COMMENT ON POLICY "floor_organization" ON "public"."provider_reflection_reports" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "select_own" ON "public"."provider_reflection_reports" IS 'anyone who works for the active organization: their own rows.';

ALTER TABLE "public"."provider_support_circle_invitations" ADD CONSTRAINT "provider_support_circle_invitations_circle_fkey" FOREIGN KEY (org_id, circle_id) REFERENCES public.provider_support_circles(org_id, id) ON DELETE CASCADE;

ALTER TABLE "public"."provider_support_circle_invitations" ADD CONSTRAINT "provider_support_circle_invitations_intervention_fkey" FOREIGN KEY (org_id, intervention_id, user_id) REFERENCES public.provider_interventions(org_id, id, user_id) ON DELETE CASCADE;

ALTER TABLE "public"."provider_support_circle_invitations" ADD CONSTRAINT "provider_support_circle_invitations_practitioner_fkey" FOREIGN KEY (org_id, practitioner_id) REFERENCES public.org_practitioners(org_id, practitioner_id);

CREATE INDEX provider_support_circle_invitations_circle_id_idx ON public.provider_support_circle_invitations USING btree (org_id, circle_id);

CREATE INDEX provider_support_circle_invitations_expires_at_idx ON public.provider_support_circle_invitations USING btree (org_id, expires_at) WHERE (status = 'pending'::public.circle_invitation_status);

CREATE INDEX provider_support_circle_invitations_intervention_idx ON public.provider_support_circle_invitations USING btree (org_id, intervention_id, user_id);

CREATE UNIQUE INDEX provider_support_circle_invitations_pending_key ON public.provider_support_circle_invitations USING btree (org_id, user_id, circle_id, COALESCE(invited_by, '00000000-0000-0000-0000-000000000000'::uuid)) WHERE (status = 'pending'::public.circle_invitation_status);

CREATE INDEX provider_support_circle_invitations_practitioner_id_idx ON public.provider_support_circle_invitations USING btree (org_id, practitioner_id);

CREATE POLICY "floor_organization" ON "public"."provider_support_circle_invitations" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "select_own" ON "public"."provider_support_circle_invitations" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

COMMENT ON COLUMN "public"."provider_support_circle_invitations"."org_id" IS 'The organization of the circle.';
COMMENT ON POLICY "floor_organization" ON "public"."provider_support_circle_invitations" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "select_own" ON "public"."provider_support_circle_invitations" IS 'anyone who works for the active organization: their own rows.';

CREATE INDEX provider_support_circle_invitations_invited_by_idx ON public.provider_support_circle_invitations USING btree (invited_by, org_id, id);

CREATE INDEX provider_support_circle_invitations_user_id_idx ON public.provider_support_circle_invitations USING btree (user_id, org_id, id);

COMMENT ON COLUMN "public"."provider_support_circle_invitations"."id" IS 'Key within the organization.';

ALTER TABLE "public"."provider_team_members" ADD CONSTRAINT "provider_team_members_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE "public"."provider_team_members" ADD CONSTRAINT "provider_team_members_practitioner_fkey" FOREIGN KEY (org_id, practitioner_id) REFERENCES public.org_practitioners(org_id, practitioner_id) ON DELETE CASCADE;

CREATE INDEX provider_team_members_team_id_idx ON public.provider_team_members USING btree (org_id, team_id);

CREATE POLICY "floor_organization" ON "public"."provider_team_members" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "select_organization" ON "public"."provider_team_members" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.is_staff() AS is_staff)));

COMMENT ON COLUMN "public"."provider_team_members"."org_id" IS 'The organization.';
COMMENT ON POLICY "floor_organization" ON "public"."provider_team_members" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."provider_team_members" IS 'anyone who works for the active organization: every row of the active organization.';

ALTER TABLE "public"."provider_teams" ADD CONSTRAINT "provider_teams_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE "public"."provider_teams" ADD CONSTRAINT "provider_teams_site_fkey" FOREIGN KEY (org_id, site_id) REFERENCES public.sites(org_id, id);

CREATE UNIQUE INDEX provider_teams_name_key ON public.provider_teams USING btree (org_id, name) WHERE (deleted_at IS NULL);

CREATE INDEX provider_teams_site_id_idx ON public.provider_teams USING btree (org_id, site_id);

CREATE POLICY "floor_organization" ON "public"."provider_teams" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "insert_organization" ON "public"."provider_teams" FOR INSERT TO "authenticated" WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.has_role(VARIADIC ARRAY['admin'::public.app_role, 'care_manager'::public.app_role]) AS has_role)));

CREATE POLICY "select_organization" ON "public"."provider_teams" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.is_staff() AS is_staff)));

CREATE POLICY "update_organization" ON "public"."provider_teams" FOR UPDATE TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.has_role(VARIADIC ARRAY['admin'::public.app_role, 'care_manager'::public.app_role]) AS has_role))) WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.has_role(VARIADIC ARRAY['admin'::public.app_role, 'care_manager'::public.app_role]) AS has_role)));

COMMENT ON COLUMN "public"."provider_teams"."org_id" IS 'The organization.';
COMMENT ON POLICY "floor_organization" ON "public"."provider_teams" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "insert_organization" ON "public"."provider_teams" IS 'admin, care_manager: every row of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."provider_teams" IS 'anyone who works for the active organization: every row of the active organization.';
COMMENT ON POLICY "update_organization" ON "public"."provider_teams" IS 'admin, care_manager: every row of the active organization.';

ALTER TABLE "public"."provider_team_members" ADD CONSTRAINT "provider_team_members_team_fkey" FOREIGN KEY (org_id, team_id) REFERENCES public.provider_teams(org_id, id);

ALTER TABLE "public"."provider_wellbeing_months" ADD CONSTRAINT "provider_wellbeing_months_team_fkey" FOREIGN KEY (org_id, team_id) REFERENCES public.provider_teams(org_id, id);

COMMENT ON COLUMN "public"."provider_teams"."id" IS 'Key within the organization.';

ALTER TABLE "public"."provider_training_completions" ADD CONSTRAINT "provider_training_completions_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

CREATE POLICY "floor_organization" ON "public"."provider_training_completions" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

COMMENT ON COLUMN "public"."provider_training_completions"."org_id" IS 'The organization they learned in.';
COMMENT ON POLICY "floor_organization" ON "public"."provider_training_completions" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON COLUMN "public"."provider_training_completions"."id" IS 'Key within the organization.';

ALTER TABLE "public"."provider_training_completions" ADD CONSTRAINT "provider_training_completions_practitioner_fkey" FOREIGN KEY (org_id, practitioner_id) REFERENCES public.org_practitioners(org_id, practitioner_id);

ALTER TABLE "public"."provider_training_completions" ADD CONSTRAINT "provider_training_completions_practitioner_id_fkey" FOREIGN KEY (practitioner_id) REFERENCES public.fhir_practitioners(id);

CREATE INDEX provider_training_completions_person_idx ON public.provider_training_completions USING btree (practitioner_id);

CREATE INDEX provider_training_completions_practitioner_id_idx ON public.provider_training_completions USING btree (org_id, practitioner_id);

COMMENT ON COLUMN "public"."provider_training_completions"."practitioner_id" IS 'The provider as a practitioner.';

ALTER TABLE "public"."provider_training_completions" ADD CONSTRAINT "provider_training_completions_user_id_fkey" FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

CREATE INDEX provider_training_completions_user_id_idx ON public.provider_training_completions USING btree (user_id);

CREATE POLICY "insert_own" ON "public"."provider_training_completions" FOR INSERT TO "authenticated" WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "select_own" ON "public"."provider_training_completions" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "update_own" ON "public"."provider_training_completions" FOR UPDATE TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id)))) WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

COMMENT ON COLUMN "public"."provider_training_completions"."user_id" IS 'The provider as a signed-in person; the owner of the row.';
COMMENT ON POLICY "insert_own" ON "public"."provider_training_completions" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "select_own" ON "public"."provider_training_completions" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "update_own" ON "public"."provider_training_completions" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON COLUMN "public"."provider_training_completions"."started_at" IS 'When they began it first.';
COMMENT ON COLUMN "public"."provider_wellbeing_months"."id" IS 'Key within the organization.';
COMMENT ON COLUMN "public"."resilience_dimension_categories"."id" IS 'Key.';

ALTER TABLE "public"."resilience_resources" ADD COLUMN "search_document" tsvector GENERATED ALWAYS AS (app.search_document(title, description)) STORED NOT NULL;

COMMENT ON COLUMN "public"."resilience_resources"."search_document" IS 'Title and description as they are searched: whole words as they are and by their English stems, the title first.';

ALTER TABLE "public"."resilience_training_modules" ADD COLUMN "search_document" tsvector GENERATED ALWAYS AS (app.search_document(title, description)) STORED NOT NULL;

COMMENT ON COLUMN "public"."resilience_training_modules"."search_document" IS 'Title and description as they are searched: whole words as they are and by their English stems, the title first.';

CREATE MATERIALIZED VIEW "app"."provider_workload_metrics" AS  WITH days AS (
         SELECT orgs.id AS org_id,
            ((app.clock() AT TIME ZONE orgs.time_zone))::date AS today
           FROM public.organizations orgs
          WHERE (orgs.deleted_at IS NULL)
        ), work AS (
         SELECT days_1.org_id,
            counted.practitioner_id,
            counted.encounters
           FROM (days days_1
             CROSS JOIN LATERAL ( SELECT parts.practitioner_id,
                    (sum(parts.encounters))::integer AS encounters
                   FROM app.provider_workload_parts parts
                  WHERE ((parts.org_id = days_1.org_id) AND (parts.day >= (date_trunc('month'::text, (days_1.today)::timestamp without time zone))::date) AND (parts.day <= days_1.today))
                  GROUP BY parts.practitioner_id) counted)
        ), stress AS (
         SELECT days_1.org_id,
            felt.practitioner_id,
            felt.average
           FROM (days days_1
             CROSS JOIN LATERAL ( SELECT checkins.practitioner_id,
                    round(avg(checkins.stress_level), 2) AS average
                   FROM public.provider_daily_checkins checkins
                  WHERE ((checkins.org_id = days_1.org_id) AND (checkins.checkin_date >= (days_1.today - 7)) AND (checkins.checkin_date <= days_1.today))
                  GROUP BY checkins.practitioner_id) felt)
        ), burnout AS (
         SELECT latest.org_id,
            latest.practitioner_id,
            latest.composite
           FROM app.latest_burnouts() latest(org_id, practitioner_id, composite)
        ), named AS (
         SELECT DISTINCT consents.org_id,
            consents.practitioner_id
           FROM public.provider_consents consents
          WHERE ((consents.withdrawn_at IS NULL) AND (consents.level <> 'anonymous'::public.participation_level))
        )
 SELECT known.org_id,
    known.practitioner_id,
    COALESCE(work.encounters, 0) AS encounters_this_month,
        CASE
            WHEN (named.org_id IS NOT NULL) THEN stress.average
            ELSE NULL::numeric
        END AS avg_stress_last_7_days,
        CASE
            WHEN (named.org_id IS NOT NULL) THEN burnout.composite
            ELSE NULL::numeric
        END AS latest_burnout_score
   FROM (((((public.org_practitioners known
     JOIN days ON ((known.org_id = days.org_id)))
     LEFT JOIN work ON (((known.org_id = work.org_id) AND (known.practitioner_id = work.practitioner_id))))
     LEFT JOIN stress ON (((known.org_id = stress.org_id) AND (known.practitioner_id = stress.practitioner_id))))
     LEFT JOIN burnout ON (((known.org_id = burnout.org_id) AND (known.practitioner_id = burnout.practitioner_id))))
     LEFT JOIN named ON (((known.org_id = named.org_id) AND (known.practitioner_id = named.practitioner_id))))
  WHERE (known.deleted_at IS NULL);

COMMENT ON MATERIALIZED VIEW "app"."provider_workload_metrics" IS 'Workload, stress and burnout of every practitioner, as of app.provider_workload_refreshes.';

CREATE UNIQUE INDEX provider_workload_metrics_key ON app.provider_workload_metrics USING btree (org_id, practitioner_id);

CREATE INDEX provider_burnout_assessments_elevated_idx ON public.provider_burnout_assessments USING btree (org_id, composite_burnout_score DESC) WHERE (risk_level = ANY (ARRAY['high'::public.burnout_risk_level, 'critical'::public.burnout_risk_level]));

CREATE INDEX resilience_resources_search_idx ON public.resilience_resources USING gin (search_document);

CREATE INDEX resilience_training_modules_search_idx ON public.resilience_training_modules USING gin (search_document);

comment on column app.provider_workload_live.day is 'The day of the work, in the organization''s time zone.';
comment on column app.provider_workload_live.encounters is 'Encounters that count, on that day.';
comment on column app.provider_workload_live.org_id is 'The organization.';
comment on column app.provider_workload_live.practitioner_id is 'Whose workload.';
comment on column app.provider_workload_live.questions is 'Questions claimed on that day.';
comment on column app.provider_workload_metrics.avg_stress_last_7_days is 'Average of their check-ins since seven days before; null without any, and of who takes no part by name.';
comment on column app.provider_workload_metrics.encounters_this_month is 'Encounters that count, in the calendar month of the organization''s day.';
comment on column app.provider_workload_metrics.latest_burnout_score is 'Composite of their latest burnout assessment; null without one, and of who takes no part by name.';
comment on column app.provider_workload_metrics.org_id is 'The organization.';
comment on column app.provider_workload_metrics.practitioner_id is 'The practitioner.';
comment on column app.provider_workload_parts.day is 'The day of the work, in the organization''s time zone.';
comment on column app.provider_workload_parts.encounters is 'How many encounters this part adds.';
comment on column app.provider_workload_parts.org_id is 'The organization.';
comment on column app.provider_workload_parts.practitioner_id is 'Whose workload.';
comment on column app.provider_workload_parts.questions is 'How many claimed questions this part adds.';

revoke all on function app.accept_own_intervention(uuid,boolean) from public, anon, authenticated, service_role;
grant all on function app.accept_own_intervention(uuid,boolean) to authenticated;

revoke all on function app.acknowledge_crisis_contacts() from public, anon, authenticated, service_role;
grant all on function app.acknowledge_crisis_contacts() to authenticated;

revoke all on function app.alert_leads(uuid,text,text,text,date) from public, anon, authenticated, service_role;

revoke all on function app.anonymity_secret(uuid) from public, anon, authenticated, service_role;

revoke all on function app.anonymous_checkins_of(uuid,uuid,date,date) from public, anon, authenticated, service_role;

revoke all on function app.answer_circle_invitation(uuid,boolean) from public, anon, authenticated, service_role;
grant all on function app.answer_circle_invitation(uuid,boolean) to authenticated;

revoke all on function app.answer_faults(uuid,jsonb) from public, anon, authenticated, service_role;

revoke all on function app.apply_rebalance(uuid,uuid,uuid) from public, anon, authenticated, service_role;

revoke all on function app.ask_for_peer_support(public.peer_support_occasion,boolean) from public, anon, authenticated, service_role;
grant all on function app.ask_for_peer_support(public.peer_support_occasion,boolean) to authenticated;

revoke all on function app.assessments_as_document(uuid,uuid) from public, anon, authenticated, service_role;

revoke all on function app.assign_intervention(uuid,uuid) from public, anon, authenticated, service_role;
grant all on function app.assign_intervention(uuid,uuid) to authenticated;

revoke all on function app.author_tag(bytea,uuid,uuid,date) from public, anon, authenticated, service_role;

revoke all on function app.author_tags(uuid,uuid,date,date) from public, anon, authenticated, service_role;

revoke all on function app.burnout_composite(numeric,numeric,numeric) from public, anon, authenticated, service_role;
grant all on function app.burnout_composite(numeric,numeric,numeric) to authenticated, service_role;

revoke all on function app.burnout_level(numeric) from public, anon, authenticated, service_role;
grant all on function app.burnout_level(numeric) to authenticated, service_role;

revoke all on function app.check_answers(uuid,jsonb) from public, anon, authenticated, service_role;

revoke all on function app.check_instrument(uuid,text) from public, anon, authenticated, service_role;
grant all on function app.check_instrument(uuid,text) to authenticated, service_role;

revoke all on function app.check_scores(uuid,jsonb) from public, anon, authenticated, service_role;

revoke all on function app.check_search(text,integer) from public, anon, authenticated, service_role;
grant all on function app.check_search(text,integer) to authenticated;

revoke all on function app.check_subscale(text,numeric) from public, anon, authenticated, service_role;
grant all on function app.check_subscale(text,numeric) to authenticated, service_role;

revoke all on function app.close_checkin_days(uuid,date,integer) from public, anon, authenticated, service_role;

revoke all on function app.close_intervention(uuid,public.intervention_outcome,text) from public, anon, authenticated, service_role;
grant all on function app.close_intervention(uuid,public.intervention_outcome,text) to authenticated;

revoke all on function app.consent_level(uuid,uuid) from public, anon, authenticated, service_role;
grant all on function app.consent_level(uuid,uuid) to authenticated, service_role;

revoke all on function app.count_encounters() from public, anon, authenticated, service_role;

revoke all on function app.count_questions() from public, anon, authenticated, service_role;

revoke all on function app.crisis_contacts(text) from public, anon, authenticated, service_role;
grant all on function app.crisis_contacts(text) to authenticated;

revoke all on function app.decide_reports(uuid,uuid,boolean) from public, anon, authenticated, service_role;

revoke all on function app.decline_own_intervention(uuid) from public, anon, authenticated, service_role;
grant all on function app.decline_own_intervention(uuid) to authenticated;

revoke all on function app.delete_resilience_data_of_mine() from public, anon, authenticated, service_role;
grant all on function app.delete_resilience_data_of_mine() to authenticated;

revoke all on function app.derive_claim() from public, anon, authenticated, service_role;

revoke all on function app.draft_head(jsonb) from public, anon, authenticated, service_role;

revoke all on function app.draft_items(uuid,jsonb) from public, anon, authenticated, service_role;

revoke all on function app.draft_scales(uuid,jsonb) from public, anon, authenticated, service_role;

revoke all on function app.draft_texts(uuid,jsonb) from public, anon, authenticated, service_role;

revoke all on function app.due_prompts(uuid,date) from public, anon, authenticated, service_role;

revoke all on function app.due_question_prompts(uuid,date) from public, anon, authenticated, service_role;

revoke all on function app.end_circle_seat(uuid,uuid) from public, anon, authenticated, service_role;
grant all on function app.end_circle_seat(uuid,uuid) to authenticated;

revoke all on function app.end_consent(uuid,uuid,boolean) from public, anon, authenticated, service_role;

revoke all on function app.end_intervention(uuid,uuid,public.intervention_status,public.intervention_outcome,text) from public, anon, authenticated, service_role;

revoke all on function app.ensure_anonymity_secret(uuid) from public, anon, authenticated, service_role;

revoke all on function app.ensure_helper_templates(uuid) from public, anon, authenticated, service_role;

revoke all on function app.fhir_definition(text) from public, anon, authenticated, service_role;
grant all on function app.fhir_definition(text) to authenticated, service_role;

revoke all on function app.fhir_extension(jsonb,text) from public, anon, authenticated, service_role;
grant all on function app.fhir_extension(jsonb,text) to authenticated, service_role;

revoke all on function app.fhir_text(text,text,jsonb,text) from public, anon, authenticated, service_role;

revoke all on function app.fhir_translation(text,text) from public, anon, authenticated, service_role;

revoke all on function app.fill_circle_seat(uuid,uuid,uuid) from public, anon, authenticated, service_role;

revoke all on function app.find_instrument(text) from public, anon, authenticated, service_role;
grant all on function app.find_instrument(text) to authenticated;

revoke all on function app.find_intervention(uuid,public.access_purpose) from public, anon, authenticated, service_role;
grant all on function app.find_intervention(uuid,public.access_purpose) to authenticated;

revoke all on function app.find_modules(public.resilience_category,text,public.resilience_dimension,integer,uuid) from public, anon, authenticated, service_role;
grant all on function app.find_modules(public.resilience_category,text,public.resilience_dimension,integer,uuid) to authenticated;

revoke all on function app.find_questionnaire(jsonb) from public, anon, authenticated, service_role;
grant all on function app.find_questionnaire(jsonb) to authenticated, service_role;

revoke all on function app.find_resources(public.resilience_category,text,public.resilience_dimension,integer,uuid) from public, anon, authenticated, service_role;
grant all on function app.find_resources(public.resilience_category,text,public.resilience_dimension,integer,uuid) to authenticated;

revoke all on function app.finish_nurse_question(uuid) from public, anon, authenticated, service_role;
grant all on function app.finish_nurse_question(uuid) to authenticated;

revoke all on function app.fold_workload(integer) from public, anon, authenticated, service_role;

revoke all on function app.forget_anonymous_checkins(uuid,uuid,date) from public, anon, authenticated, service_role;

revoke all on function app.forget_my_anonymous_checkin() from public, anon, authenticated, service_role;
grant all on function app.forget_my_anonymous_checkin() to authenticated;

revoke all on function app.freeze_wellbeing_month(uuid,date) from public, anon, authenticated, service_role;

revoke all on function app.give_consent(public.participation_level,integer) from public, anon, authenticated, service_role;
grant all on function app.give_consent(public.participation_level,integer) to authenticated;

revoke all on function app.grade_scores(uuid,jsonb) from public, anon, authenticated, service_role;
grant all on function app.grade_scores(uuid,jsonb) to authenticated, service_role;

revoke all on function app.guard_assessment() from public, anon, authenticated, service_role;

revoke all on function app.guard_instrument() from public, anon, authenticated, service_role;

revoke all on function app.guard_instrument_part() from public, anon, authenticated, service_role;

revoke all on function app.guard_intervention() from public, anon, authenticated, service_role;

revoke all on function app.guard_panel_limits() from public, anon, authenticated, service_role;

revoke all on function app.guard_panel_patient() from public, anon, authenticated, service_role;

revoke all on function app.guard_panel_pause() from public, anon, authenticated, service_role;

revoke all on function app.guard_training() from public, anon, authenticated, service_role;

revoke all on function app.has_circle(uuid,uuid) from public, anon, authenticated, service_role;

revoke all on function app.help_as_document(uuid,uuid) from public, anon, authenticated, service_role;

revoke all on function app.helpful_percent(uuid) from public, anon, authenticated, service_role;
grant all on function app.helpful_percent(uuid) to authenticated;

revoke all on function app.hidden_reflections() from public, anon, authenticated, service_role;
grant all on function app.hidden_reflections() to authenticated, service_role;

revoke all on function app.import_questionnaire(jsonb) from public, anon, authenticated, service_role;
grant all on function app.import_questionnaire(jsonb) to authenticated;

revoke all on function app.instrument_faults(uuid,text) from public, anon, authenticated, service_role;

revoke all on function app.instrument_texts(uuid) from public, anon, authenticated, service_role;

revoke all on function app.intervention_terms(public.intervention_kind) from public, anon, authenticated, service_role;

revoke all on function app.invite_by_rule(uuid,uuid,uuid) from public, anon, authenticated, service_role;

revoke all on function app.invite_to_circle(uuid,uuid) from public, anon, authenticated, service_role;
grant all on function app.invite_to_circle(uuid,uuid) to authenticated;

revoke all on function app.is_encounter_counted(uuid,date,public.encounter_status,timestamp with time zone) from public, anon, authenticated, service_role;

revoke all on function app.is_hidden_by(public.reflection_report_reason[]) from public, anon, authenticated, service_role;

revoke all on function app.is_hub_on(uuid) from public, anon, authenticated, service_role;

revoke all on function app.is_module_completed(uuid) from public, anon, authenticated, service_role;
grant all on function app.is_module_completed(uuid) to authenticated;

revoke all on function app.is_question_counted(uuid,date,timestamp with time zone) from public, anon, authenticated, service_role;

revoke all on function app.is_rebalance_stale(uuid,uuid,uuid) from public, anon, authenticated, service_role;

revoke all on function app.is_strained(uuid,uuid) from public, anon, authenticated, service_role;

revoke all on function app.item_value(numeric,boolean,numeric,numeric) from public, anon, authenticated, service_role;

revoke all on function app.job_alert_burnout_spike(uuid) from public, anon, authenticated, service_role;

revoke all on function app.job_alert_low_engagement(uuid) from public, anon, authenticated, service_role;

revoke all on function app.job_close_checkin_days(uuid,integer) from public, anon, authenticated, service_role;

revoke all on function app.job_close_wellbeing_months(uuid) from public, anon, authenticated, service_role;

revoke all on function app.job_count_helpfulness(timestamp with time zone) from public, anon, authenticated, service_role;

revoke all on function app.job_expire_rebalances(uuid,integer) from public, anon, authenticated, service_role;

revoke all on function app.job_fold_workload(integer) from public, anon, authenticated, service_role;

revoke all on function app.job_follow_interventions(uuid,integer) from public, anon, authenticated, service_role;

revoke all on function app.job_open_interventions(uuid,integer) from public, anon, authenticated, service_role;

revoke all on function app.job_prompt_providers(uuid,integer) from public, anon, authenticated, service_role;

revoke all on function app.job_refresh_workload_metrics() from public, anon, authenticated, service_role;

revoke all on function app.job_watch_dashboards(uuid) from public, anon, authenticated, service_role;

revoke all on function app.keep_anonymous_checkin(public.own_checkin) from public, anon, authenticated, service_role;
grant all on function app.keep_anonymous_checkin(public.own_checkin) to authenticated;

revoke all on function app.keep_assessment(uuid,jsonb,jsonb) from public, anon, authenticated, service_role;
grant all on function app.keep_assessment(uuid,jsonb,jsonb) to authenticated;

revoke all on function app.latest_burnout(uuid,uuid) from public, anon, authenticated, service_role;

revoke all on function app.latest_burnout_level(uuid) from public, anon, authenticated, service_role;

revoke all on function app.latest_burnouts() from public, anon, authenticated, service_role;

revoke all on function app.list_intervention_contacts(uuid,public.access_purpose,integer) from public, anon, authenticated, service_role;
grant all on function app.list_intervention_contacts(uuid,public.access_purpose,integer) to authenticated;

revoke all on function app.list_interventions(public.intervention_status,public.access_purpose,integer,uuid) from public, anon, authenticated, service_role;
grant all on function app.list_interventions(public.intervention_status,public.access_purpose,integer,uuid) to authenticated;

revoke all on function app.lock_rebalance(uuid,uuid) from public, anon, authenticated, service_role;

revoke all on function app.log_intervention_contact(uuid,public.contact_method,boolean,timestamp with time zone) from public, anon, authenticated, service_role;
grant all on function app.log_intervention_contact(uuid,public.contact_method,boolean,timestamp with time zone) to authenticated;

revoke all on function app.may_become(public.intervention_status,public.intervention_status) from public, anon, authenticated, service_role;
grant all on function app.may_become(public.intervention_status,public.intervention_status) to service_role;

revoke all on function app.may_receive_patients(uuid,uuid) from public, anon, authenticated, service_role;

revoke all on function app.mend_workload(uuid) from public, anon, authenticated, service_role;

revoke all on function app.my_anonymous_checkins(date,date) from public, anon, authenticated, service_role;
grant all on function app.my_anonymous_checkins(date,date) to authenticated;

revoke all on function app.my_risk() from public, anon, authenticated, service_role;
grant all on function app.my_risk() to authenticated;

revoke all on function app.my_workload() from public, anon, authenticated, service_role;
grant all on function app.my_workload() to authenticated;

revoke all on function app.my_worst_dimension() from public, anon, authenticated, service_role;
grant all on function app.my_worst_dimension() to authenticated;

revoke all on function app.needs_intervention() from public, anon, authenticated, service_role;
grant all on function app.needs_intervention() to authenticated;

revoke all on function app.newest_policy_version() from public, anon, authenticated, service_role;
grant all on function app.newest_policy_version() to authenticated, service_role;

revoke all on function app.offer_help(uuid,uuid,public.burnout_risk_level,numeric) from public, anon, authenticated, service_role;

revoke all on function app.open_intervention(uuid,uuid,public.intervention_kind,text,numeric) from public, anon, authenticated, service_role;

revoke all on function app.open_provider_burnout_assessments(uuid[],public.access_purpose,uuid[]) from public, anon, authenticated, service_role;
grant all on function app.open_provider_burnout_assessments(uuid[],public.access_purpose,uuid[]) to authenticated;

revoke all on function app.open_rebalance(uuid,uuid,integer) from public, anon, authenticated, service_role;

revoke all on function app.organization_day(uuid,timestamp with time zone) from public, anon, authenticated, service_role;

revoke all on function app.own_checkin(public.provider_daily_checkins) from public, anon, authenticated, service_role;
grant all on function app.own_checkin(public.provider_daily_checkins) to authenticated;

revoke all on function app.own_intervention(uuid) from public, anon, authenticated, service_role;

revoke all on function app.panel_loads(uuid,uuid[]) from public, anon, authenticated, service_role;

revoke all on function app.panel_rooms(uuid,uuid[],uuid,integer) from public, anon, authenticated, service_role;

revoke all on function app.participants(uuid) from public, anon, authenticated, service_role;

revoke all on function app.participation_lock(uuid,uuid) from public, anon, authenticated, service_role;
grant all on function app.participation_lock(uuid,uuid) to authenticated, service_role;

revoke all on function app.plan_rebalance(uuid,integer) from public, anon, authenticated, service_role;
grant all on function app.plan_rebalance(uuid,integer) to authenticated;

revoke all on function app.post_nurse_question(text,uuid) from public, anon, authenticated, service_role;
grant all on function app.post_nurse_question(text,uuid) to authenticated;

revoke all on function app.prefix_query(text) from public, anon, authenticated, service_role;

revoke all on function app.propose_rebalance(uuid,uuid,integer) from public, anon, authenticated, service_role;

revoke all on function app.propose_relief(uuid,uuid,integer) from public, anon, authenticated, service_role;

revoke all on function app.provider_risk(uuid,uuid[],date) from public, anon, authenticated, service_role;

revoke all on function app.provider_workload(uuid,uuid[],date) from public, anon, authenticated, service_role;

revoke all on function app.providers_at_risk(uuid) from public, anon, authenticated, service_role;

revoke all on function app.providers_needing_help(public.access_purpose,integer) from public, anon, authenticated, service_role;
grant all on function app.providers_needing_help(public.access_purpose,integer) to authenticated;

revoke all on function app.question_runs(uuid,uuid[],date,date) from public, anon, authenticated, service_role;

revoke all on function app.question_volume(uuid,integer) from public, anon, authenticated, service_role;
grant all on function app.question_volume(uuid,integer) to authenticated;

revoke all on function app.questionnaire(uuid,text) from public, anon, authenticated, service_role;
grant all on function app.questionnaire(uuid,text) to authenticated, service_role;

revoke all on function app.questionnaire_items(public.instruments,jsonb,text) from public, anon, authenticated, service_role;

revoke all on function app.questionnaire_response(uuid,jsonb,jsonb) from public, anon, authenticated, service_role;
grant all on function app.questionnaire_response(uuid,jsonb,jsonb) to authenticated, service_role;

revoke all on function app.questionnaire_scales(uuid,jsonb,text) from public, anon, authenticated, service_role;

revoke all on function app.read_nurse_questions(boolean,integer,uuid,public.access_purpose) from public, anon, authenticated, service_role;
grant all on function app.read_nurse_questions(boolean,integer,uuid,public.access_purpose) to authenticated;

revoke all on function app.read_shared_checkins(public.access_purpose,uuid,date,date,integer,uuid) from public, anon, authenticated, service_role;
grant all on function app.read_shared_checkins(public.access_purpose,uuid,date,date,integer,uuid) to authenticated;

revoke all on function app.reassess_on(date,numeric) from public, anon, authenticated, service_role;

revoke all on function app.refresh_workload_metrics() from public, anon, authenticated, service_role;

revoke all on function app.refuse_published() from public, anon, authenticated, service_role;
grant all on function app.refuse_published() to authenticated, service_role;

revoke all on function app.remove_provider_teams(uuid) from public, anon, authenticated, service_role;
grant all on function app.remove_provider_teams(uuid) to authenticated;

revoke all on function app.remove_reflection(uuid,public.reflection_report_reason) from public, anon, authenticated, service_role;
grant all on function app.remove_reflection(uuid,public.reflection_report_reason) to authenticated;

revoke all on function app.removed_provider_teams(integer) from public, anon, authenticated, service_role;
grant all on function app.removed_provider_teams(integer) to authenticated;

revoke all on function app.report_reflection(uuid,public.reflection_report_reason) from public, anon, authenticated, service_role;
grant all on function app.report_reflection(uuid,public.reflection_report_reason) to authenticated;

revoke all on function app.reported_reflections(integer) from public, anon, authenticated, service_role;
grant all on function app.reported_reflections(integer) to authenticated;

revoke all on function app.require_circle_lead(uuid,uuid) from public, anon, authenticated, service_role;

revoke all on function app.require_instrument_in_use(uuid) from public, anon, authenticated, service_role;

revoke all on function app.require_panels() from public, anon, authenticated, service_role;
grant all on function app.require_panels() to authenticated;

revoke all on function app.require_participation() from public, anon, authenticated, service_role;
grant all on function app.require_participation() to authenticated, service_role;

revoke all on function app.require_provider() from public, anon, authenticated, service_role;
grant all on function app.require_provider() to authenticated, service_role;

revoke all on function app.require_provider_here(uuid,uuid) from public, anon, authenticated, service_role;
grant all on function app.require_provider_here(uuid,uuid) to authenticated;

revoke all on function app.resilience_data_of_mine() from public, anon, authenticated, service_role;
grant all on function app.resilience_data_of_mine() to authenticated;

revoke all on function app.response_answers(jsonb) from public, anon, authenticated, service_role;
grant all on function app.response_answers(jsonb) to authenticated, service_role;

revoke all on function app.response_scores(jsonb) from public, anon, authenticated, service_role;
grant all on function app.response_scores(jsonb) to authenticated, service_role;

revoke all on function app.restore_provider_teams(uuid) from public, anon, authenticated, service_role;
grant all on function app.restore_provider_teams(uuid) to authenticated;

revoke all on function app.review_reflection(uuid,boolean) from public, anon, authenticated, service_role;
grant all on function app.review_reflection(uuid,boolean) to authenticated;

revoke all on function app.reviewable_reflections(uuid,integer) from public, anon, authenticated, service_role;

revoke all on function app.risk_contributions(uuid,uuid[],date) from public, anon, authenticated, service_role;

revoke all on function app.risk_panels(uuid,uuid[],date) from public, anon, authenticated, service_role;

revoke all on function app.score_instrument(uuid,jsonb) from public, anon, authenticated, service_role;
grant all on function app.score_instrument(uuid,jsonb) to authenticated, service_role;

revoke all on function app.score_interventions(uuid,integer) from public, anon, authenticated, service_role;

revoke all on function app.seal_anonymity_key() from public, anon, authenticated, service_role;

revoke all on function app.seal_provider_burnout_assessments() from public, anon, authenticated, service_role;

revoke all on function app.search_document(text,text) from public, anon, authenticated, service_role;
grant all on function app.search_document(text,text) to authenticated, service_role;

revoke all on function app.search_query(text) from public, anon, authenticated, service_role;

revoke all on function app.sent_circle_invitations(integer,uuid) from public, anon, authenticated, service_role;
grant all on function app.sent_circle_invitations(integer,uuid) to authenticated;

revoke all on function app.set_team_of_provider(uuid,uuid) from public, anon, authenticated, service_role;
grant all on function app.set_team_of_provider(uuid,uuid) to authenticated;

revoke all on function app.settle_rebalance(uuid,boolean) from public, anon, authenticated, service_role;
grant all on function app.settle_rebalance(uuid,boolean) to authenticated;

revoke all on function app.show_crisis_contacts(text) from public, anon, authenticated, service_role;
grant all on function app.show_crisis_contacts(text) to authenticated;

revoke all on function app.shown_interventions(uuid) from public, anon, authenticated, service_role;

revoke all on function app.take_nurse_question(uuid) from public, anon, authenticated, service_role;
grant all on function app.take_nurse_question(uuid) to authenticated;

revoke all on function app.team_heatmap(integer) from public, anon, authenticated, service_role;
grant all on function app.team_heatmap(integer) to authenticated;

revoke all on function app.tell_helpers(uuid,uuid,text,text) from public, anon, authenticated, service_role;

revoke all on function app.tell_of_prompt(uuid,uuid,uuid,public.provider_prompt_kind) from public, anon, authenticated, service_role;

revoke all on function app.tellable_groups(integer,uuid[],integer[]) from public, anon, authenticated, service_role;

revoke all on function app.tellable_percent(bigint,bigint) from public, anon, authenticated, service_role;

revoke all on function app.tellable_shares(integer,integer,uuid[],integer[],integer[]) from public, anon, authenticated, service_role;

revoke all on function app.untranslated_texts(uuid,text) from public, anon, authenticated, service_role;

revoke all on function app.wellbeing_groups(uuid,date,date) from public, anon, authenticated, service_role;

revoke all on function app.wellbeing_months(integer,uuid) from public, anon, authenticated, service_role;
grant all on function app.wellbeing_months(integer,uuid) to authenticated;

revoke all on function app.wellbeing_people(uuid,date,date) from public, anon, authenticated, service_role;

revoke all on function app.withdraw_consent() from public, anon, authenticated, service_role;
grant all on function app.withdraw_consent() to authenticated;

revoke all on function app.workload_drift(uuid) from public, anon, authenticated, service_role;

revoke all on function app.workload_metrics_age() from public, anon, authenticated, service_role;

revoke all on function app.write_assessment(public.provider_burnout_assessments,jsonb) from public, anon, authenticated, service_role;

revoke all on function public.accept_intervention(uuid,boolean) from public, anon, authenticated, service_role;
grant all on function public.accept_intervention(uuid,boolean) to authenticated;

revoke all on function public.acknowledge_crisis_contacts() from public, anon, authenticated, service_role;
grant all on function public.acknowledge_crisis_contacts() to authenticated;

revoke all on function public.answer_circle_invitation(uuid,boolean) from public, anon, authenticated, service_role;
grant all on function public.answer_circle_invitation(uuid,boolean) to authenticated;

revoke all on function public.answer_nurse_question(uuid) from public, anon, authenticated, service_role;
grant all on function public.answer_nurse_question(uuid) to authenticated;

revoke all on function public.ask_nurse_question(text,uuid) from public, anon, authenticated, service_role;
grant all on function public.ask_nurse_question(text,uuid) to authenticated;

revoke all on function public.assign_intervention(uuid,uuid) from public, anon, authenticated, service_role;
grant all on function public.assign_intervention(uuid,uuid) to authenticated;

revoke all on function public.calculate_burnout_risk(numeric,numeric,numeric) from public, anon, authenticated, service_role;
grant all on function public.calculate_burnout_risk(numeric,numeric,numeric) to authenticated;

revoke all on function public.check_intervention_needed() from public, anon, authenticated, service_role;
grant all on function public.check_intervention_needed() to authenticated;

revoke all on function public.claim_nurse_question(uuid) from public, anon, authenticated, service_role;
grant all on function public.claim_nurse_question(uuid) to authenticated;

revoke all on function public.close_intervention(uuid,public.intervention_outcome,text) from public, anon, authenticated, service_role;
grant all on function public.close_intervention(uuid,public.intervention_outcome,text) to authenticated;

revoke all on function public.decide_rebalance(uuid,boolean) from public, anon, authenticated, service_role;
grant all on function public.decide_rebalance(uuid,boolean) to authenticated;

revoke all on function public.decline_intervention(uuid) from public, anon, authenticated, service_role;
grant all on function public.decline_intervention(uuid) to authenticated;

revoke all on function public.delete_my_resilience_data(text) from public, anon, authenticated, service_role;
grant all on function public.delete_my_resilience_data(text) to authenticated;

revoke all on function public.end_circle_seat(uuid,uuid) from public, anon, authenticated, service_role;
grant all on function public.end_circle_seat(uuid,uuid) to authenticated;

revoke all on function public.export_my_resilience_data() from public, anon, authenticated, service_role;
grant all on function public.export_my_resilience_data() to authenticated;

revoke all on function public.get_burnout_assessments(integer,uuid) from public, anon, authenticated, service_role;
grant all on function public.get_burnout_assessments(integer,uuid) to authenticated;

revoke all on function public.get_crisis_contacts(text) from public, anon, authenticated, service_role;
grant all on function public.get_crisis_contacts(text) to authenticated;

revoke all on function public.get_intervention(uuid,public.access_purpose) from public, anon, authenticated, service_role;
grant all on function public.get_intervention(uuid,public.access_purpose) to authenticated;

revoke all on function public.get_intervention_contacts(uuid,public.access_purpose,integer) from public, anon, authenticated, service_role;
grant all on function public.get_intervention_contacts(uuid,public.access_purpose,integer) to authenticated;

revoke all on function public.get_my_checkins(date,date,integer) from public, anon, authenticated, service_role;
grant all on function public.get_my_checkins(date,date,integer) to authenticated;

revoke all on function public.get_my_circle_invitations(integer) from public, anon, authenticated, service_role;
grant all on function public.get_my_circle_invitations(integer) to authenticated;

revoke all on function public.get_my_interventions(integer,uuid) from public, anon, authenticated, service_role;
grant all on function public.get_my_interventions(integer,uuid) to authenticated;

revoke all on function public.get_my_participation() from public, anon, authenticated, service_role;
grant all on function public.get_my_participation() to authenticated;

revoke all on function public.get_my_prompts(integer,uuid) from public, anon, authenticated, service_role;
grant all on function public.get_my_prompts(integer,uuid) to authenticated;

revoke all on function public.get_my_risk() from public, anon, authenticated, service_role;
grant all on function public.get_my_risk() to authenticated;

revoke all on function public.get_my_training(integer,uuid) from public, anon, authenticated, service_role;
grant all on function public.get_my_training(integer,uuid) to authenticated;

revoke all on function public.get_my_trajectory(integer) from public, anon, authenticated, service_role;
grant all on function public.get_my_trajectory(integer) to authenticated;

revoke all on function public.get_my_workload() from public, anon, authenticated, service_role;
grant all on function public.get_my_workload() to authenticated;

revoke all on function public.get_nurse_question_volume(uuid,integer) from public, anon, authenticated, service_role;
grant all on function public.get_nurse_question_volume(uuid,integer) to authenticated;

revoke all on function public.get_nurse_questions(boolean,integer,uuid,public.access_purpose) from public, anon, authenticated, service_role;
grant all on function public.get_nurse_questions(boolean,integer,uuid,public.access_purpose) to authenticated;

revoke all on function public.get_providers_needing_help(public.access_purpose,integer) from public, anon, authenticated, service_role;
grant all on function public.get_providers_needing_help(public.access_purpose,integer) to authenticated;

revoke all on function public.get_questionnaire(text,text,text) from public, anon, authenticated, service_role;
grant all on function public.get_questionnaire(text,text,text) to authenticated;

revoke all on function public.get_questionnaire_response(uuid,public.access_purpose) from public, anon, authenticated, service_role;
grant all on function public.get_questionnaire_response(uuid,public.access_purpose) to authenticated;

revoke all on function public.get_rebalance_proposals(public.rebalance_status,integer,uuid) from public, anon, authenticated, service_role;
grant all on function public.get_rebalance_proposals(public.rebalance_status,integer,uuid) to authenticated;

revoke all on function public.get_recommended_modules(integer) from public, anon, authenticated, service_role;
grant all on function public.get_recommended_modules(integer) to authenticated;

revoke all on function public.get_removed_provider_teams(integer) from public, anon, authenticated, service_role;
grant all on function public.get_removed_provider_teams(integer) to authenticated;

revoke all on function public.get_reported_reflections(integer) from public, anon, authenticated, service_role;
grant all on function public.get_reported_reflections(integer) to authenticated;

revoke all on function public.get_resilience_modules(public.resilience_category,text,public.resilience_dimension,integer,uuid) from public, anon, authenticated, service_role;
grant all on function public.get_resilience_modules(public.resilience_category,text,public.resilience_dimension,integer,uuid) to authenticated;

revoke all on function public.get_resilience_resources(public.resilience_category,text,public.resilience_dimension,integer,uuid) from public, anon, authenticated, service_role;
grant all on function public.get_resilience_resources(public.resilience_category,text,public.resilience_dimension,integer,uuid) to authenticated;

revoke all on function public.get_sent_circle_invitations(integer,uuid) from public, anon, authenticated, service_role;
grant all on function public.get_sent_circle_invitations(integer,uuid) to authenticated;

revoke all on function public.get_shared_checkins(public.access_purpose,uuid,date,date,integer,uuid) from public, anon, authenticated, service_role;
grant all on function public.get_shared_checkins(public.access_purpose,uuid,date,date,integer,uuid) to authenticated;

revoke all on function public.get_team_heatmap(integer) from public, anon, authenticated, service_role;
grant all on function public.get_team_heatmap(integer) to authenticated;

revoke all on function public.get_wellbeing_months(integer,uuid) from public, anon, authenticated, service_role;
grant all on function public.get_wellbeing_months(integer,uuid) to authenticated;

revoke all on function public.give_resilience_consent(integer,public.participation_level) from public, anon, authenticated, service_role;
grant all on function public.give_resilience_consent(integer,public.participation_level) to authenticated;

revoke all on function public.import_questionnaire(jsonb) from public, anon, authenticated, service_role;
grant all on function public.import_questionnaire(jsonb) to authenticated;

revoke all on function public.invite_to_circle(uuid,uuid) from public, anon, authenticated, service_role;
grant all on function public.invite_to_circle(uuid,uuid) to authenticated;

revoke all on function public.list_instruments() from public, anon, authenticated, service_role;
grant all on function public.list_instruments() to authenticated;

revoke all on function public.list_interventions(public.intervention_status,public.access_purpose,integer,uuid) from public, anon, authenticated, service_role;
grant all on function public.list_interventions(public.intervention_status,public.access_purpose,integer,uuid) to authenticated;

revoke all on function public.log_intervention_contact(uuid,public.contact_method,boolean,timestamp with time zone) from public, anon, authenticated, service_role;
grant all on function public.log_intervention_contact(uuid,public.contact_method,boolean,timestamp with time zone) to authenticated;

revoke all on function public.open_provider_burnout_assessments(uuid[],public.access_purpose) from public, anon, authenticated, service_role;
grant all on function public.open_provider_burnout_assessments(uuid[],public.access_purpose) to authenticated;

revoke all on function public.pause_my_panel(date) from public, anon, authenticated, service_role;
grant all on function public.pause_my_panel(date) to authenticated;

revoke all on function public.propose_panel_rebalance(uuid,integer) from public, anon, authenticated, service_role;
grant all on function public.propose_panel_rebalance(uuid,integer) to authenticated;

revoke all on function public.remove_provider_teams(uuid) from public, anon, authenticated, service_role;
grant all on function public.remove_provider_teams(uuid) to authenticated;

revoke all on function public.remove_reflection(uuid,public.reflection_report_reason) from public, anon, authenticated, service_role;
grant all on function public.remove_reflection(uuid,public.reflection_report_reason) to authenticated;

revoke all on function public.report_reflection(uuid,public.reflection_report_reason) from public, anon, authenticated, service_role;
grant all on function public.report_reflection(uuid,public.reflection_report_reason) to authenticated;

revoke all on function public.request_peer_support(public.peer_support_occasion,boolean) from public, anon, authenticated, service_role;
grant all on function public.request_peer_support(public.peer_support_occasion,boolean) to authenticated;

revoke all on function public.restore_provider_teams(uuid) from public, anon, authenticated, service_role;
grant all on function public.restore_provider_teams(uuid) to authenticated;

revoke all on function public.review_reflection(uuid,boolean) from public, anon, authenticated, service_role;
grant all on function public.review_reflection(uuid,boolean) to authenticated;

revoke all on function public.set_provider_team(uuid,uuid) from public, anon, authenticated, service_role;
grant all on function public.set_provider_team(uuid,uuid) to authenticated;

revoke all on function public.start_module(uuid) from public, anon, authenticated, service_role;
grant all on function public.start_module(uuid) to authenticated;

revoke all on function public.submit_burnout_assessment(numeric,numeric,numeric) from public, anon, authenticated, service_role;
grant all on function public.submit_burnout_assessment(numeric,numeric,numeric) to authenticated;

revoke all on function public.submit_daily_checkin(public.work_setting,integer,integer,integer,integer,numeric,boolean,boolean) from public, anon, authenticated, service_role;
grant all on function public.submit_daily_checkin(public.work_setting,integer,integer,integer,integer,numeric,boolean,boolean) to authenticated;

revoke all on function public.submit_instrument_assessment(text,jsonb) from public, anon, authenticated, service_role;
grant all on function public.submit_instrument_assessment(text,jsonb) to authenticated;

revoke all on function public.submit_questionnaire_response(jsonb) from public, anon, authenticated, service_role;
grant all on function public.submit_questionnaire_response(jsonb) to authenticated;

revoke all on function public.track_module_completion(uuid,boolean) from public, anon, authenticated, service_role;
grant all on function public.track_module_completion(uuid,boolean) to authenticated;

revoke all on function public.withdraw_resilience_consent() from public, anon, authenticated, service_role;
grant all on function public.withdraw_resilience_consent() to authenticated;

revoke all on table app.anonymity_keys from public, anon, authenticated, service_role;

revoke all on table app.instrument_bands from public, anon, authenticated, service_role;

revoke all on table app.instrument_items from public, anon, authenticated, service_role;

revoke all on table app.instrument_options from public, anon, authenticated, service_role;

revoke all on table app.instrument_scales from public, anon, authenticated, service_role;

revoke all on table app.instrument_translations from public, anon, authenticated, service_role;

revoke all on table app.provider_anonymous_checkins from public, anon, authenticated, service_role;

revoke all on table app.provider_workload_days from public, anon, authenticated, service_role;

revoke all on table app.provider_workload_deltas from public, anon, authenticated, service_role;

revoke all on table app.provider_workload_live from public, anon, authenticated, service_role;

revoke all on table app.provider_workload_metrics from public, anon, authenticated, service_role;

revoke all on table app.provider_workload_parts from public, anon, authenticated, service_role;

revoke all on table app.provider_workload_refreshes from public, anon, authenticated, service_role;

revoke all on table public.instruments from public, anon, authenticated, service_role;
grant select, update (is_active) on table public.instruments to authenticated;
grant delete, insert, select, update on table public.instruments to service_role;

revoke all on table public.nurse_questions from public, anon, authenticated, service_role;
grant delete, insert, select, update on table public.nurse_questions to service_role;

revoke all on table public.patient_risk_scores from public, anon, authenticated, service_role;
grant select on table public.patient_risk_scores to authenticated;
grant delete, insert, select, update on table public.patient_risk_scores to service_role;

revoke all on table public.provider_assessment_scores from public, anon, authenticated, service_role;
grant select on table public.provider_assessment_scores to authenticated;
grant delete, insert, select, update on table public.provider_assessment_scores to service_role;

revoke all on table public.provider_burnout_assessments from public, anon, authenticated, service_role;
grant select on table public.provider_burnout_assessments to authenticated;
grant delete, insert, select, update on table public.provider_burnout_assessments to service_role;

revoke all on table public.provider_checkin_days from public, anon, authenticated, service_role;
grant select on table public.provider_checkin_days to authenticated;
grant delete, insert, select, update on table public.provider_checkin_days to service_role;

revoke all on table public.provider_consents from public, anon, authenticated, service_role;
grant select on table public.provider_consents to authenticated;
grant delete, insert, select, update on table public.provider_consents to service_role;

revoke all on table public.provider_crisis_acknowledgements from public, anon, authenticated, service_role;
grant select on table public.provider_crisis_acknowledgements to authenticated;
grant delete, insert, select, update on table public.provider_crisis_acknowledgements to service_role;

revoke all on table public.provider_intervention_contacts from public, anon, authenticated, service_role;
grant select on table public.provider_intervention_contacts to authenticated;
grant delete, insert, select, update on table public.provider_intervention_contacts to service_role;

revoke all on table public.provider_interventions from public, anon, authenticated, service_role;
grant select on table public.provider_interventions to authenticated;
grant delete, insert, select, update on table public.provider_interventions to service_role;

revoke all on table public.provider_panel_limits from public, anon, authenticated, service_role;
grant select, insert (max_acuity_points, max_patients, practitioner_id), update (max_acuity_points, max_patients) on table public.provider_panel_limits to authenticated;
grant delete, insert, select, update on table public.provider_panel_limits to service_role;

revoke all on table public.provider_panel_patients from public, anon, authenticated, service_role;
grant select, insert (acuity, patient_id, practitioner_id), update (acuity, ended_at) on table public.provider_panel_patients to authenticated;
grant delete, insert, select, update on table public.provider_panel_patients to service_role;

revoke all on table public.provider_panel_pauses from public, anon, authenticated, service_role;
grant select, insert (until_date), update (until_date) on table public.provider_panel_pauses to authenticated;
grant delete, insert, select, update on table public.provider_panel_pauses to service_role;

revoke all on table public.provider_prompts from public, anon, authenticated, service_role;
grant select on table public.provider_prompts to authenticated;
grant delete, insert, select, update on table public.provider_prompts to service_role;

revoke all on table public.provider_rebalance_moves from public, anon, authenticated, service_role;
grant select on table public.provider_rebalance_moves to authenticated;
grant delete, insert, select, update on table public.provider_rebalance_moves to service_role;

revoke all on table public.provider_rebalance_proposals from public, anon, authenticated, service_role;
grant select on table public.provider_rebalance_proposals to authenticated;
grant delete, insert, select, update on table public.provider_rebalance_proposals to service_role;

revoke all on table public.provider_reflection_reports from public, anon, authenticated, service_role;
grant select on table public.provider_reflection_reports to authenticated;
grant delete, insert, select, update on table public.provider_reflection_reports to service_role;

revoke all on table public.provider_support_circle_invitations from public, anon, authenticated, service_role;
grant select on table public.provider_support_circle_invitations to authenticated;
grant delete, insert, select, update on table public.provider_support_circle_invitations to service_role;

revoke all on table public.provider_team_members from public, anon, authenticated, service_role;
grant select on table public.provider_team_members to authenticated;
grant delete, insert, select, update on table public.provider_team_members to service_role;

revoke all on table public.provider_teams from public, anon, authenticated, service_role;
grant select, insert (name, site_id), update (name, site_id) on table public.provider_teams to authenticated;
grant delete, insert, select, update on table public.provider_teams to service_role;

revoke all on table public.provider_training_completions from public, anon, authenticated, service_role;
grant select, insert (completed_at, found_helpful, module_id), update (completed_at, found_helpful) on table public.provider_training_completions to authenticated;
grant delete, insert, select, update on table public.provider_training_completions to service_role;

revoke all on table public.provider_wellbeing_months from public, anon, authenticated, service_role;
grant delete, insert, select, update on table public.provider_wellbeing_months to service_role;

revoke all on table public.resilience_dimension_categories from public, anon, authenticated, service_role;
grant select, insert (category, dimension, weight), update (weight) on table public.resilience_dimension_categories to authenticated;
grant delete, insert, select, update on table public.resilience_dimension_categories to service_role;

revoke all on table public.resilience_module_helpfulness from public, anon, authenticated, service_role;
grant select on table public.resilience_module_helpfulness to authenticated;
grant delete, insert, select, update on table public.resilience_module_helpfulness to service_role;

revoke all on table public.resilience_policies from public, anon, authenticated, service_role;
grant select, insert (body, effective_on, title, version) on table public.resilience_policies to authenticated;
grant delete, insert, select, update on table public.resilience_policies to service_role;
