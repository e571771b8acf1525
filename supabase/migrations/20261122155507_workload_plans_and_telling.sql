-- workload_plans_and_telling: written by `carebase db diff`. Never edited once it is applied anywhere.

set local lock_timeout = '30s';

set local check_function_bodies = off;

CREATE OR REPLACE FUNCTION app.ensure_words(p_org_id uuid, p_template text, p_subject text, p_body text, p_keys jsonb DEFAULT '{"link": "link"}'::jsonb)
 RETURNS void
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  select app.ensure_template(p_org_id, p_template, channels.name, p_subject, p_body, p_keys)
  from unnest(array['email', 'in_app']::public.notification_channel[]) as channels (name)
$function$;

CREATE OR REPLACE FUNCTION app.role_holders(p_org_id uuid, p_roles public.app_role[], p_site_id uuid DEFAULT NULL::uuid)
 RETURNS uuid[]
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select array(
    select distinct roles.user_id
    from public.role_assignments as roles
    where
      roles.org_id = p_org_id and roles.role = any(p_roles) and (roles.site_id is null or roles.site_id = p_site_id)
      and roles.deleted_at is null and roles.valid_during @> app.clock()
    order by roles.user_id
  )
$function$;

CREATE OR REPLACE FUNCTION app.tell_people(p_org_id uuid, p_people uuid[], p_template text, p_payload jsonb, p_occasion text, p_priority public.notification_priority DEFAULT 'normal'::public.notification_priority)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_person_id uuid;
  v_count integer := 0;
begin
  -- In one order, so that two transactions that tell the same people never wait for each other.
  for v_person_id in select distinct people.id from unnest(p_people) as people (id) order by people.id loop
    perform app.enqueue_notification(
      p_org_id, channels.name, v_person_id, p_template, p_payload, p_priority => p_priority,
      p_dedupe_key => concat_ws(':', p_template, channels.name, v_person_id, p_occasion)
    )
    from unnest(array['email', 'in_app']::public.notification_channel[]) as channels (name);
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$function$;

DROP FUNCTION "app"."provider_workload"(uuid, uuid[], date);

DROP FUNCTION "app"."question_runs"(uuid, uuid[], date, date);

DROP FUNCTION "app"."risk_panels"(uuid, uuid[], date);

DROP FUNCTION "app"."tell_of_incident"(public.incidents, uuid[], text, text, text, text);

CREATE OR REPLACE FUNCTION app.alert_job_failure(p_run_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_job_name text;
  v_payload jsonb;
  v_told record;
begin
  update public.job_runs as runs
  set alerted_at = clock_timestamp()
  where runs.id = p_run_id
  returning runs.job_name into v_job_name;
  v_payload := jsonb_build_object('job', v_job_name, 'run', p_run_id);

  for v_told in
    select distinct roles.org_id, roles.user_id
    from public.role_assignments as roles
    where roles.role = 'super_admin' and roles.deleted_at is null and roles.valid_during @> app.clock()
  loop
    perform app.ensure_job_failed_templates(v_told.org_id);
    perform app.tell_people(v_told.org_id, array[v_told.user_id], 'job.failed', v_payload, p_run_id::text);
  end loop;

  perform app.emit_event(platforms.org_id, 'job.failed', v_payload, 'job.failed:' || p_run_id)
  from (
    select orgs.id as org_id
    from public.organizations as orgs
    inner join public.notification_templates as templates
      on templates.org_id = orgs.id and templates.template_key = 'job.failed' and templates.channel = 'webhook'
    where orgs.kind = 'platform' and orgs.deleted_at is null and templates.deleted_at is null
  ) as platforms;
end
$function$;

CREATE OR REPLACE FUNCTION app.alert_leads(p_org_id uuid, p_template text, p_subject text, p_body text, p_since date)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.ensure_words(p_org_id, p_template, p_subject, p_body, '{"since": "date"}');
  return app.tell_people(
    p_org_id, app.role_holders(p_org_id, '{wellness_officer,admin}'), p_template,
    jsonb_build_object('since', p_since), p_since::text
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.ensure_helper_templates(p_org_id uuid)
 RETURNS void
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  select app.ensure_words(p_org_id, words.template, words.subject, words.body || ' {{ link }}')
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
$function$;

CREATE OR REPLACE FUNCTION app.job_remind_compliance(p_org_id uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_on constant date := app.organization_day(p_org_id);
  v_digest record;
  v_count integer := 0;
begin
  if not app.has_care_homes(p_org_id) then
    return 0;
  end if;
  perform app.refresh_compliance(p_org_id);
  perform app.ensure_words(
    p_org_id, 'care.compliance_digest', 'Training and checks today',
    'Missing: {{ missing }}, expired: {{ expired }}, to renew in 30 days: {{ expiring }}. See {{ link }}',
    '{"missing": "number", "expired": "number", "expiring": "number", "on": "date", "link": "link"}'
  );
  for v_digest in
    select
      seen.user_id, sum(seen.required_count - seen.compliant_count - seen.expired_count) as missing,
      sum(seen.expired_count) as expired, sum(seen.expiring_count) as expiring
    from (
      -- Each line once, by whichever role of theirs somebody sees it.
      select distinct on (leads.user_id, stats.id) leads.user_id, stats.*
      from app.staff_posts(p_org_id, v_on) as leads
      inner join public.compliance_stats as stats
        on stats.org_id = p_org_id and (leads.site_id is null or leads.site_id = stats.site_id)
      where leads.role = 'compliance_lead' or (leads.role = 'manager' and stats.site_id is not null)
      order by leads.user_id, stats.id
    ) as seen
    group by seen.user_id
    having sum(seen.required_count - seen.compliant_count + seen.expiring_count) > 0
  loop
    v_count := v_count + app.tell_people(
      p_org_id, array[v_digest.user_id], 'care.compliance_digest',
      jsonb_build_object(
        'missing', least(v_digest.missing, 999999), 'expired', least(v_digest.expired, 999999),
        'expiring', least(v_digest.expiring, 999999), 'on', v_on, 'link', '/compliance'
      ),
      v_on::text
    );
  end loop;
  return v_count;
end
$function$;

CREATE OR REPLACE FUNCTION app.job_remind_quality(p_org_id uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_on constant date := app.organization_day(p_org_id);
  v_channels constant public.notification_channel[] := array['email', 'in_app'];
  v_due record;
  v_count integer := 0;
begin
  if not app.has_care_homes(p_org_id) then
    return 0;
  end if;
  perform app.ensure_words(
    p_org_id, texts.template, texts.subject, texts.body || ' {{ due_on }}. See {{ link }}',
    '{"due_on": "date", "days": "number", "link": "link"}'
  )
  from (
    values
    ('care.complaint_due', 'A complaint waits', 'A complaint is to be seen to by'),
    ('care.evidence_expiring', 'Evidence expires', 'Evidence for inspections expires on'),
    ('care.document_expiring', 'A document expires', 'A document of a resident expires on'),
    ('care.supervision_due', 'A supervision is due', 'A supervision or appraisal is due by'),
    ('care.audit_due', 'An audit is due', 'An audit is due by'),
    ('care.action_due', 'An action is due', 'An action of an audit is due by')
  ) as texts (template, subject, body);
  for v_due in
    select due.*, told.user_id
    from app.quality_due(p_org_id, v_on) as due
    cross join lateral app.quality_recipients(p_org_id, due.site_id, due.person_id, v_on) as told (user_id)
    where due.step is not null and not exists (
      select from public.notification_queue as known
      where
        known.org_id = p_org_id
        and known.dedupe_key = concat_ws(':', due.template, due.id, due.due_on, due.step, told.user_id, 'in_app')
    )
  loop
    perform app.enqueue_notification(
      p_org_id, channels.name, v_due.user_id, v_due.template,
      jsonb_build_object('due_on', v_due.due_on, 'days', v_due.step, 'link', v_due.link),
      p_dedupe_key => concat_ws(
        ':', v_due.template, v_due.id, v_due.due_on, v_due.step, v_due.user_id, channels.name
      )
    )
    from unnest(v_channels) as channels (name);
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$function$;

CREATE OR REPLACE FUNCTION app.job_remind_training(p_org_id uuid, p_limit integer)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_on constant date := app.organization_day(p_org_id);
  v_due record;
  v_recipient uuid;
  v_count integer := 0;
begin
  if not app.has_care_homes(p_org_id) then
    return 0;
  end if;
  perform app.ensure_words(
    p_org_id, 'care.training_expiring', 'Training or a check is about to expire',
    'What is about to expire: {{ code }}, on {{ expires_on }}. See {{ link }}',
    '{"code": "code", "expires_on": "date", "days": "number", "person": "id", "link": "link"}'
  );
  for v_due in select due.* from app.due_training_reminders(p_org_id, v_on, p_limit) as due loop
    for v_recipient in
      select v_due.user_id
      union
      select managers.user_id from app.managers_of(p_org_id, v_due.user_id, v_on) as managers (user_id)
    loop
      perform app.enqueue_notification(
        p_org_id, channels.name, v_recipient, 'care.training_expiring',
        jsonb_build_object(
          'code', v_due.code, 'expires_on', v_due.expires_on, 'days', v_due.step, 'person', v_due.user_id,
          'link', '/training/' || v_due.user_id
        ),
        p_dedupe_key => app.training_reminder_key(v_due.record_id, v_due.step, v_recipient)
          || case channels.name when 'email' then ':email' else '' end
      )
      from unnest(array['email', 'in_app']::public.notification_channel[]) as channels (name);
    end loop;
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$function$;

CREATE OR REPLACE FUNCTION app.provider_workload(p_org_id uuid, p_practitioner_ids uuid[], p_today date)
 RETURNS TABLE(practitioner_id uuid, encounters_last_30_days integer, encounters_this_month integer, avg_stress_last_7_days numeric, questions_today integer, question_days_over_20 integer, high_risk_patient_percent numeric, level public.workload_level)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
begin
  return query
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
  left join app.risk_panels(p_org_id, p_practitioner_ids, p_today) as panels on panels.practitioner_id = people.id;
end
$function$;

CREATE OR REPLACE FUNCTION app.question_runs(p_org_id uuid, p_practitioner_ids uuid[], p_from date, p_to date)
 RETURNS TABLE(practitioner_id uuid, longest integer, current_from date)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
begin
  return query
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
  group by runs.practitioner_id;
end
$function$;

CREATE OR REPLACE FUNCTION app.risk_panels(p_org_id uuid, p_practitioner_ids uuid[], p_today date)
 RETURNS TABLE(practitioner_id uuid, percent numeric)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
begin
  return query
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
  group by panels.provider_id;
end
$function$;

CREATE OR REPLACE FUNCTION app.tell_care_managers(p_org_id uuid, p_site_id uuid, p_template text, p_subject text, p_body text, p_occasion text)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.ensure_words(p_org_id, p_template, p_subject, p_body);
  return app.tell_people(
    p_org_id,
    -- Who coordinates care is told where a site has no manager.
    coalesce(
      nullif(app.role_holders(p_org_id, '{manager}', p_site_id), '{}'),
      app.role_holders(p_org_id, '{care_manager}', p_site_id)
    ),
    p_template, jsonb_build_object('link', format('/%s/%s', replace(p_template, '.', '/'), p_site_id)), p_occasion
  );
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
  -- Once per case, without its id.
  perform app.tell_people(
    p_org_id, v_officers, p_template, jsonb_build_object('link', p_link),
    encode(sha256(p_id::text::bytea), 'hex'), 'urgent'
  );
  perform set_config('request.jwt.claims', v_claims, true);
  return cardinality(v_officers);
end
$function$;

CREATE OR REPLACE FUNCTION app.tell_late_shift(p_org_id uuid, p_assignment_id uuid, p_site_id uuid, p_user_id uuid, p_minutes integer)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_template constant text := case p_minutes when 60 then 'shift.missed' else 'shift.late' end;
  v_dedupe_key constant text := format('%s:%s', p_assignment_id, p_minutes);
  v_managers uuid[];
begin
  -- A site without a manager is not a site that nobody looks after.
  v_managers := coalesce(
    nullif(app.role_holders(p_org_id, '{manager}', p_site_id), '{}'),
    app.role_holders(p_org_id, '{care_manager,admin}', p_site_id)
  );
  perform app.tell_staff(
    p_org_id, case p_minutes when 15 then v_managers || p_user_id else v_managers end, v_template, v_dedupe_key
  );
  perform app.ensure_template(
    p_org_id, v_template, 'webhook', null, '', '{"assignment_id": "id", "minutes": "number"}'
  );
  perform app.emit_event(
    p_org_id, v_template, jsonb_build_object('assignment_id', p_assignment_id, 'minutes', p_minutes), v_dedupe_key
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.tell_of_assessment(p_assessment public.assessments, p_roles public.app_role[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_people uuid[];
begin
  v_people := array(
    select distinct roles.user_id
    from public.role_assignments as roles
    where
      roles.org_id = p_assessment.org_id and roles.role = any(p_roles)
      and roles.deleted_at is null and roles.valid_during @> app.clock()
      and roles.user_id is distinct from app.my_id()
      and (
        roles.site_id = p_assessment.site_id
        or roles.site_id is null and not exists (
          select from public.role_assignments as nearer
          where
            nearer.org_id = roles.org_id and nearer.role = roles.role and nearer.site_id = p_assessment.site_id
            and nearer.deleted_at is null and nearer.valid_during @> app.clock()
        )
      )
    order by roles.user_id
    limit 100
  );
  perform app.ensure_words(
    p_assessment.org_id, 'care.assessment', 'An assessment needs you now', 'Please look at once: {{ link }}'
  );
  perform app.tell_people(
    p_assessment.org_id, v_people, 'care.assessment',
    jsonb_build_object('link', '/care/assessments/' || p_assessment.id), p_assessment.id::text, 'urgent'
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.tell_of_incident(p_incident public.incidents, p_people uuid[], p_template text, p_subject text, p_body text, p_occasion text)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.ensure_words(p_incident.org_id, p_template, p_subject, p_body);
  return app.tell_people(
    p_incident.org_id, p_people, p_template, jsonb_build_object('link', '/incidents/' || p_incident.id), p_occasion,
    case when p_incident.severity >= 'severe' then 'urgent'::public.notification_priority else 'normal' end
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.tell_of_offer(p_offer public.bed_offers)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_user_id uuid;
begin
  perform app.ensure_template(
    p_offer.org_id, 'residency.bed_offer', 'in_app', 'A bed is free',
    'A bed is free and is offered to the next who waits: {{ link }}', '{"link": "link"}'
  );
  foreach v_user_id in array app.role_holders(p_offer.org_id, '{manager,care_manager}', p_offer.site_id) loop
    perform app.enqueue_notification(
      p_offer.org_id, 'in_app', v_user_id, 'residency.bed_offer',
      jsonb_build_object('link', '/residency/offers/' || p_offer.id),
      p_dedupe_key => format('residency.bed_offer:%s:%s', p_offer.id, v_user_id)
    );
  end loop;
end
$function$;

CREATE OR REPLACE FUNCTION app.tell_of_overstay(p_stay public.bed_stays)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_user_id uuid;
begin
  perform app.ensure_template(
    p_stay.org_id, 'residency.stay_over', 'in_app', 'A planned stay is over',
    'A stay is over as it was planned. Say that they left, or until when they stay: {{ link }}', '{"link": "link"}'
  );
  foreach v_user_id in array app.role_holders(p_stay.org_id, '{manager,care_manager}', p_stay.bed_site_id) loop
    perform app.enqueue_notification(
      p_stay.org_id, 'in_app', v_user_id, 'residency.stay_over',
      jsonb_build_object('link', '/residency/residents/' || p_stay.resident_id),
      p_dedupe_key => format(
        'residency.stay_over:%s:%s:%s', p_stay.id, extract(epoch from p_stay.ends_at)::bigint, v_user_id
      )
    );
  end loop;
end
$function$;

CREATE OR REPLACE FUNCTION app.tell_of_unsafe_shift(p_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_report public.shift_reports;
begin
  select reports.* into v_report
  from public.shift_reports as reports
  where
    reports.org_id = app.current_org() and reports.id = p_id and reports.user_id = app.my_id() and reports.is_unsafe;
  if v_report.id is null then
    return;
  end if;
  perform app.ensure_words(
    v_report.org_id, 'staffing.unsafe', 'A shift was reported as not staffed safely',
    'A shift was reported as not staffed safely. What was reported, and by whom, stands here: {{ link }}'
  );
  perform app.tell_people(
    v_report.org_id,
    array_remove(
      app.role_holders(v_report.org_id, '{admin,manager,care_manager}', v_report.site_id), v_report.user_id
    ),
    'staffing.unsafe', jsonb_build_object('link', '/staffing/' || p_id), p_id::text, 'urgent'
  );
end
$function$;

COMMENT ON FUNCTION "app"."ensure_words"(uuid, text, text, text, jsonb) IS 'Gives an organization the words for app.tell_people(), on both channels, unless it has them.';

COMMENT ON FUNCTION "app"."provider_workload"(uuid, uuid[], date) IS 'The workload of practitioners of an organization on a day, exact at this moment; one row for each that was asked for.
encounters_last_30_days: from thirty days before that day on. avg_stress_last_7_days: of their own named check-ins from
seven days before on, null without any. question_days_over_20: the longest run of days in a row in the last thirty,
each with more than 20 claimed questions. high_risk_patient_percent: of the patients seen in 90 days, null without any.
level: high_risk above 150 encounters in 30 days with an average stress of 8 or more.';

COMMENT ON FUNCTION "app"."question_runs"(uuid, uuid[], date, date) IS 'Runs of days with more than 20 claimed questions each, within some days: how long the longest is, and when the one that
reaches the last day began, if one does.';

COMMENT ON FUNCTION "app"."risk_panels"(uuid, uuid[], date) IS 'The share of patients at high risk, by their latest score, among those whom practitioners saw in the last 90 days. A
patient without a score counts as not at high risk.';

COMMENT ON FUNCTION "app"."role_holders"(uuid, public.app_role[], uuid) IS 'The people who have one of these roles now, for this site or for the whole organization. p_site_id null: for the whole
organization only.';

COMMENT ON FUNCTION "app"."tell_care_managers"(uuid, uuid, text, text, text, text) IS 'Tells the managers of a site, or where it has none its care managers, where to look; once for each p_occasion; how
many.';
COMMENT ON FUNCTION "app"."tell_of_incident"(public.incidents, uuid[], text, text, text, text) IS 'Tells people of an incident, once for each p_occasion, in the application and by mail; how many people.';

COMMENT ON FUNCTION "app"."tell_people"(uuid, uuid[], text, jsonb, text, public.notification_priority) IS 'Tells people of an organization something by mail and in the application, each once for each p_occasion; how many.
p_template: one that app.ensure_words() has made. p_payload: its values.';

revoke all on function app.ensure_words(uuid,text,text,text,jsonb) from public, anon, authenticated, service_role;

revoke all on function app.provider_workload(uuid,uuid[],date) from public, anon, authenticated, service_role;

revoke all on function app.question_runs(uuid,uuid[],date,date) from public, anon, authenticated, service_role;

revoke all on function app.risk_panels(uuid,uuid[],date) from public, anon, authenticated, service_role;

revoke all on function app.role_holders(uuid,public.app_role[],uuid) from public, anon, authenticated, service_role;

revoke all on function app.tell_of_incident(public.incidents,uuid[],text,text,text,text) from public, anon, authenticated, service_role;

revoke all on function app.tell_people(uuid,uuid[],text,jsonb,text,public.notification_priority) from public, anon, authenticated, service_role;
