-- shift_reports: written by `carebase db diff`. Never edited once it is applied anywhere.

set local lock_timeout = '30s';

set local check_function_bodies = off;

CREATE TYPE "public"."score_quarter" AS ENUM ('lowest', 'second', 'third', 'highest');

CREATE TYPE "public"."staffing_answer" AS ENUM ('staff_added', 'patients_moved', 'admissions_paused', 'plan_changed', 'passed_on', 'no_change');

CREATE TYPE "public"."unsafe_staffing_reason" AS ENUM ('too_few_nurses', 'too_few_assistants', 'skill_mix', 'acuity_too_high', 'not_oriented', 'missed_breaks', 'mandatory_overtime', 'missing_equipment');

CREATE TYPE "public"."work_shift" AS ENUM ('day', 'evening', 'night');

CREATE OR REPLACE FUNCTION app.guard_shift_report()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_today constant date := app.today();
begin
  if auth.role() is distinct from 'authenticated' or (tg_op = 'UPDATE' and old.answer is distinct from new.answer) then
    return new;
  end if;
  perform app.require_feature('resilience_hub');
  if new.practitioner_id is null then
    perform app.require_provider();
  end if;
  perform app.check_input(
    'shift_date',
    new.shift_date in (v_today, v_today - 1) and (tg_op = 'INSERT' or old.shift_date >= v_today - 1),
    'A shift is reported on the day on which it began, or on the next.'
  );
  perform app.check_input(
    'unsafe_reasons', array_position(new.unsafe_reasons, null::public.unsafe_staffing_reason) is null,
    'Each reason is one of those listed.'
  );
  if tg_op = 'UPDATE' and old.answer is not null then
    perform app.raise_error('conflict', 'This report was answered and stays as it is.');
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.my_benchmark()
 RETURNS TABLE(assessment_date date, score numeric, month date, assessed_count integer, median_burnout smallint, lower_quartile smallint, upper_quartile smallint)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform app.require_provider();
  return query
  select
    latest.assessment_date, latest.composite, months.month, months.assessed_count, months.median_burnout,
    months.lower_quartile, months.upper_quartile
  from app.latest_burnout(app.current_org(), app.my_id()) as latest
  left join lateral (
    select closed.month, closed.assessed_count, closed.median_burnout, closed.lower_quartile, closed.upper_quartile
    from public.provider_wellbeing_months as closed
    where closed.org_id = app.current_org() and closed.team_id is null and closed.lower_quartile is not null
    order by closed.month desc
    limit 1
  ) as months on true;
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
  perform app.ensure_template(
    v_report.org_id, 'staffing.unsafe', channels.name, 'A shift was reported as not staffed safely',
    'A shift was reported as not staffed safely. What was reported, and by whom, stands here: {{ link }}',
    '{"link": "link"}'
  )
  from unnest(array['email', 'in_app']::public.notification_channel[]) as channels (name);
  perform app.enqueue_notification(
    v_report.org_id, channels.name, leads.user_id, 'staffing.unsafe', jsonb_build_object('link', '/staffing/' || p_id),
    p_priority => 'urgent', p_dedupe_key => format('staffing.unsafe:%s:%s:%s', channels.name, leads.user_id, p_id)
  )
  from (
    select distinct roles.user_id
    from public.role_assignments as roles
    where
      roles.org_id = v_report.org_id and roles.role in ('admin', 'manager', 'care_manager')
      and (roles.site_id is null or roles.site_id = v_report.site_id)
      and roles.deleted_at is null and roles.valid_during @> app.clock()
      and roles.user_id <> v_report.user_id
  ) as leads
  cross join unnest(array['email', 'in_app']::public.notification_channel[]) as channels (name);
end
$function$;

CREATE OR REPLACE FUNCTION public.export_my_resilience_rows()
 RETURNS TABLE(table_name text, row_number integer, column_name text, value text)
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_person();
  return query
  select
    tables.name, rows.number::integer, columns.name,
    case when columns.content ~ '^[=+@\t\r]|^-[^0-9]' then '''' || columns.content else columns.content end
  from jsonb_each(app.resilience_data_of_mine()) as tables (name, content)
  cross join jsonb_array_elements(tables.content) with ordinality as rows (content, number)
  cross join jsonb_each_text(rows.content) as columns (name, content)
  where columns.content is not null
  order by tables.name, rows.number, columns.name;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_my_benchmark()
 RETURNS TABLE(assessment_date date, score numeric, month date, assessed_count integer, median_burnout smallint, lower_quartile smallint, upper_quartile smallint, quarter public.score_quarter)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  return query
  select
    own.*,
    (case
      when own.month is null then null
      when own.score <= own.lower_quartile then 'lowest'
      when own.score <= own.median_burnout then 'second'
      when own.score <= own.upper_quartile then 'third'
      else 'highest'
    end)::public.score_quarter
  from app.my_benchmark() as own;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_my_checkin_streak()
 RETURNS TABLE(checkin_count integer, week_count integer, current_weeks integer, longest_weeks integer, is_this_week_done boolean)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_this_week constant date := date_trunc('week', app.today())::date;
begin
  perform app.require_feature('resilience_hub');
  perform app.require_member();
  return query
  with days as (
    select checkins.checkin_date
    from public.provider_daily_checkins as checkins
    where checkins.org_id = (select app.current_org()) and checkins.user_id = (select auth.uid())
    union all
    select unnamed.checkin_date from app.my_anonymous_checkins(null, null) as unnamed
  ),
  weeks as (
    select date_trunc('week', days.checkin_date)::date as week, count(*) as days from days group by 1
  ),
  -- A streak begins where two weeks and more were left out before.
  begun as (
    select
      weeks.*,
      coalesce(weeks.week - lag(weeks.week) over (order by weeks.week) > 14, true) as is_first
    from weeks
  ),
  numbered as (
    select begun.*, count(*) filter (where begun.is_first) over (order by begun.week) as streak from begun
  ),
  streaks as (
    select max(numbered.week) as last_week, count(*)::integer as weeks from numbered group by numbered.streak
  )
  select
    coalesce((select sum(weeks.days) from weeks), 0)::integer,
    coalesce((select count(*) from weeks), 0)::integer,
    -- This week is not left out before it is over.
    coalesce((select streaks.weeks from streaks where streaks.last_week >= v_this_week - 14), 0),
    coalesce((select max(streaks.weeks) from streaks), 0),
    exists (select from weeks where weeks.week = v_this_week);
end
$function$;

CREATE OR REPLACE FUNCTION public.get_shift_workload(p_from date DEFAULT NULL::date, p_to date DEFAULT NULL::date, p_site_id uuid DEFAULT NULL::uuid)
 RETURNS TABLE(week date, shift public.work_shift, report_count integer, average_patient_count numeric, average_acuity numeric, patients_per_nurse numeric, unsafe_count integer, unanswered_count integer)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_to constant date := coalesce(p_to, app.today());
  v_from constant date := coalesce(p_from, v_to - 55);
begin
  perform app.require_feature('resilience_hub');
  perform app.require_member();
  perform app.check_input('p_to', v_from <= v_to, 'The range ends before it begins.');
  perform app.check_input('p_from', v_to - v_from <= 366, 'The range is at most 366 days.');

  return query
  select
    date_trunc('week', reports.shift_date)::date as week_begin,
    reports.shift,
    count(*)::integer,
    round(avg(reports.patient_count), 1),
    round(avg(reports.acuity), 1),
    round(
      sum(reports.unit_patient_count) filter (where reports.unit_nurse_count is not null)::numeric
      / nullif(sum(reports.unit_nurse_count) filter (where reports.unit_patient_count is not null), 0), 1
    ),
    (count(*) filter (where reports.is_unsafe))::integer,
    (count(*) filter (where reports.is_unsafe and reports.answer is null))::integer
  from public.shift_reports as reports
  where
    reports.org_id = (select app.current_org())
    and reports.shift_date >= v_from and reports.shift_date <= v_to
    and (p_site_id is null or reports.site_id = p_site_id)
  group by week_begin, reports.shift
  order by week_begin, reports.shift;
end
$function$;

DROP FUNCTION "app"."wellbeing_groups"(uuid, date, date);

CREATE TABLE "public"."shift_reports" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "practitioner_id" uuid NOT NULL DEFAULT app.my_practitioner(),
  "user_id" uuid NOT NULL DEFAULT auth.uid(),
  "site_id" uuid,
  "shift_date" date NOT NULL DEFAULT app.today(),
  "shift" public.work_shift NOT NULL,
  "patient_count" smallint NOT NULL,
  "acuity" smallint NOT NULL,
  "unit_patient_count" smallint,
  "unit_nurse_count" smallint,
  "unsafe_reasons" public.unsafe_staffing_reason[] NOT NULL DEFAULT '{}'::public.unsafe_staffing_reason[],
  "is_unsafe" boolean GENERATED ALWAYS AS ((cardinality(unsafe_reasons) > 0)) STORED NOT NULL,
  "answer" public.staffing_answer,
  "answered_by" uuid,
  "answered_at" timestamp with time zone,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  CONSTRAINT "shift_reports_acuity_scale" CHECK (((acuity >= 1) AND (acuity <= 5))),
  CONSTRAINT "shift_reports_answered" CHECK ((((answer IS NULL) = (answered_at IS NULL)) AND ((answer IS NULL) OR (cardinality(unsafe_reasons) > 0)))),
  CONSTRAINT "shift_reports_patient_count_range" CHECK (((patient_count >= 0) AND (patient_count <= 200))),
  CONSTRAINT "shift_reports_unit_nurse_count_range" CHECK (((unit_nurse_count >= 1) AND (unit_nurse_count <= 500))),
  CONSTRAINT "shift_reports_unit_patient_count_range" CHECK (((unit_patient_count >= 0) AND (unit_patient_count <= 1000))),
  CONSTRAINT "shift_reports_unsafe_reasons_length" CHECK ((cardinality(unsafe_reasons) <= 8)),
  CONSTRAINT "shift_reports_pkey" PRIMARY KEY (org_id, id),
  CONSTRAINT "shift_reports_shift_key" UNIQUE (org_id, user_id, shift_date, shift)
);

ALTER TABLE "public"."shift_reports" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."shift_reports" FORCE ROW LEVEL SECURITY;

ALTER TABLE "public"."provider_wellbeing_months" ADD COLUMN "lower_quartile" smallint;

ALTER TABLE "public"."provider_wellbeing_months" ADD COLUMN "upper_quartile" smallint;

CREATE OR REPLACE FUNCTION app.answer_shift_report(p_id uuid, p_answer public.staffing_answer)
 RETURNS public.shift_reports
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_report public.shift_reports;
begin
  perform app.require_role('admin', 'manager', 'care_manager');
  select reports.* into v_report
  from public.shift_reports as reports
  where reports.org_id = app.current_org() and reports.id = p_id
  for update;
  if v_report.id is null then
    perform app.raise_error('not_found', 'There is no report of that id.', '{"field": "p_id"}');
  elsif v_report.user_id = app.my_id() then
    perform app.raise_error('conflict', 'Somebody else answers what you reported.');
  elsif not v_report.is_unsafe then
    perform app.raise_error('conflict', 'This shift was not reported as unsafe.');
  elsif v_report.answer <> p_answer then
    perform app.raise_error('conflict', 'This report was answered already.');
  elsif v_report.answer is null then
    update public.shift_reports as reports
    set answer = p_answer, answered_by = app.my_id(), answered_at = app.clock()
    where reports.org_id = v_report.org_id and reports.id = p_id
    returning reports.* into v_report;
  end if;
  return v_report;
end
$function$;

CREATE OR REPLACE FUNCTION app.freeze_wellbeing_month(p_org_id uuid, p_month date)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_last constant date := (p_month + interval '1 month')::date - 1;
  v_day_count constant integer := v_last - p_month + 1;
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
    median_effect, workload_correlation, lower_quartile, upper_quartile
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
      sum(days.people_count::numeric / nullif(days.provider_count, 0)) as per_provider,
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
    case when judged.is_whole then round(days.per_provider * 7 / v_day_count, 2) end,
    case when judged.is_whole then round(days.stress, 1) end,
    case when judged.is_whole then app.tellable_percent(judged.trained, judged.providers) end,
    case when judged.is_whole and judged.helped >= 5 then judged.helped end,
    case when judged.is_whole and judged.helped >= 5 then round(judged.median_effect) end,
    case when judged.is_whole and judged.assessed >= 10 then round(judged.correlation, 1) end,
    case when judged.is_whole and judged.assessed >= 20 then round(judged.lower_quartile) end,
    case when judged.is_whole and judged.assessed >= 20 then round(judged.upper_quartile) end
  from judged
  cross join days;
  return true;
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
      'permission_denied', 'This is for practitioners of the organization.', '{"reason": "no_practitioner"}',
      p_hint => 'Ask an administrator to link your sign-in with your practitioner record.'
    );
  end if;
  return v_practitioner_id;
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
    ),
    'shift_reports', (
      select coalesce(jsonb_agg(to_jsonb(reports) order by reports.shift_date, reports.id), '[]')
      from public.shift_reports as reports
      where reports.org_id = v_org_id and reports.user_id = v_user_id
    )
  ) || app.assessments_as_document(v_org_id, v_user_id) || app.help_as_document(v_org_id, v_user_id);
end
$function$;

CREATE OR REPLACE FUNCTION app.wellbeing_groups(p_org_id uuid, p_from date, p_to date)
 RETURNS TABLE(team_id uuid, is_whole boolean, providers bigint, assessed integer, checked_in integer, median_score numeric, average_score numeric, lower_quartile numeric, upper_quartile numeric, elevated bigint, trained bigint, helped bigint, median_effect numeric, correlation numeric)
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
    percentile_cont(0.25) within group (order by people.score)::numeric,
    percentile_cont(0.75) within group (order by people.score)::numeric,
    count(*) filter (where people.is_elevated),
    count(*) filter (where people.is_trained),
    count(people.effect),
    percentile_cont(0.5) within group (order by people.effect)::numeric,
    (corr(people.encounter_count, people.score) filter (where people.score is not null))::numeric
  from app.wellbeing_people(p_org_id, p_from, p_to) as people
  group by grouping sets ((), (people.team_id))
$function$;

CREATE OR REPLACE FUNCTION public.answer_shift_report(p_id uuid, p_answer public.staffing_answer)
 RETURNS public.shift_reports
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_id', p_id is not null, 'Say which report.');
  perform app.check_input('p_answer', p_answer is not null, 'Say what was done.');
  return app.answer_shift_report(p_id, p_answer);
end
$function$;

CREATE OR REPLACE FUNCTION public.submit_shift_report(p_shift public.work_shift, p_patient_count integer, p_acuity integer, p_unsafe_reasons public.unsafe_staffing_reason[] DEFAULT '{}'::public.unsafe_staffing_reason[], p_unit_patient_count integer DEFAULT NULL::integer, p_unit_nurse_count integer DEFAULT NULL::integer, p_shift_date date DEFAULT NULL::date, p_site_id uuid DEFAULT NULL::uuid)
 RETURNS public.shift_reports
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_report public.shift_reports;
begin
  perform app.require_feature('resilience_hub');
  perform app.require_provider();
  perform app.check_input('p_shift', p_shift is not null, 'Say which shift it was.');
  perform app.check_input('p_patient_count', p_patient_count between 0 and 200, 'Patients is a number from 0 to 200.');
  perform app.check_input('p_acuity', p_acuity between 1 and 5, 'Acuity is a number from 1 to 5.');
  perform app.check_input(
    'p_unit_patient_count', coalesce(p_unit_patient_count, 0) between 0 and 1000,
    'Patients on the unit is a number from 0 to 1000.'
  );
  perform app.check_input(
    'p_unit_nurse_count', coalesce(p_unit_nurse_count, 1) between 1 and 500,
    'Nurses on the unit is a number from 1 to 500, you among them.'
  );
  perform app.check_input(
    'p_unsafe_reasons', coalesce(cardinality(p_unsafe_reasons), 0) <= 100, 'Name each reason once.'
  );
  perform app.check_input(
    'p_shift_date', coalesce(p_shift_date, app.today()) in (app.today(), app.today() - 1),
    'A shift is reported on the day on which it began, or on the next.'
  );
  perform app.check_input(
    'p_site_id',
    p_site_id is null or exists (
      select from public.sites where sites.org_id = app.current_org() and sites.id = p_site_id
    ),
    'There is no site of that id.'
  );

  insert into public.shift_reports as reports (
    shift_date, shift, patient_count, acuity, unsafe_reasons, unit_patient_count, unit_nurse_count, site_id
  )
  values (
    coalesce(p_shift_date, app.today()), p_shift, p_patient_count, p_acuity,
    array(select distinct reasons.reason from unnest(p_unsafe_reasons) as reasons (reason) order by reasons.reason),
    p_unit_patient_count, p_unit_nurse_count, p_site_id
  )
  on conflict (org_id, user_id, shift_date, shift) do update set
    patient_count = excluded.patient_count,
    acuity = excluded.acuity,
    unsafe_reasons = excluded.unsafe_reasons,
    unit_patient_count = excluded.unit_patient_count,
    unit_nurse_count = excluded.unit_nurse_count,
    site_id = excluded.site_id
  returning reports.* into v_report;
  if v_report.is_unsafe then
    perform app.tell_of_unsafe_shift(v_report.id);
  end if;
  return v_report;
end
$function$;

ALTER TABLE "public"."provider_wellbeing_months" ADD CONSTRAINT "provider_wellbeing_months_quarters_of_five" CHECK (((num_nonnulls(lower_quartile, upper_quartile) = 0) OR ((assessed_count >= 20) AND (team_id IS NULL))));

ALTER TABLE "public"."shift_reports" ADD CONSTRAINT "shift_reports_answered_by_fkey" FOREIGN KEY (answered_by) REFERENCES auth.users(id) ON DELETE SET NULL;

CREATE INDEX shift_reports_answered_by_idx ON public.shift_reports USING btree (answered_by);

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.shift_reports FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _200_guard BEFORE INSERT OR UPDATE ON public.shift_reports FOR EACH ROW EXECUTE FUNCTION app.guard_shift_report();

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.shift_reports FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,id', '', '');

COMMENT ON COLUMN "public"."provider_wellbeing_months"."lower_quartile" IS 'The score that a quarter of those assessed were at or below; null below twenty people, and for teams.';
COMMENT ON COLUMN "public"."provider_wellbeing_months"."upper_quartile" IS 'The score that a quarter of those assessed were above; null below twenty people, and for teams.';
COMMENT ON COLUMN "public"."shift_reports"."acuity" IS 'How heavy their care was on the whole, 1 (light) to 5 (extreme).';
COMMENT ON COLUMN "public"."shift_reports"."answer" IS 'What was done about an unsafe shift; null: not answered yet.';
COMMENT ON COLUMN "public"."shift_reports"."answered_at" IS 'When it was answered.';
COMMENT ON COLUMN "public"."shift_reports"."answered_by" IS 'Who answered; null: nobody yet, or they left for good.';
COMMENT ON COLUMN "public"."shift_reports"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."shift_reports"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."shift_reports"."is_unsafe" IS 'Whether a reason was given.';
COMMENT ON COLUMN "public"."shift_reports"."patient_count" IS 'Census: patients in the reporter''s own care at once, 0 to 200.';
COMMENT ON COLUMN "public"."shift_reports"."shift" IS 'Which shift of the day.';
COMMENT ON COLUMN "public"."shift_reports"."site_id" IS 'Where it was, if it was at a site.';
COMMENT ON COLUMN "public"."shift_reports"."unit_nurse_count" IS 'Nurses on the unit, the reporter among them, 1 to 500; null: not said.';
COMMENT ON COLUMN "public"."shift_reports"."unit_patient_count" IS 'Patients on the unit, 0 to 1000; null: not said.';
COMMENT ON COLUMN "public"."shift_reports"."unsafe_reasons" IS 'Why the shift was not staffed safely; empty: it was.';
COMMENT ON COLUMN "public"."shift_reports"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."shift_reports"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."shift_reports"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON FUNCTION "app"."answer_shift_report"(uuid, public.staffing_answer) IS 'What public.answer_shift_report does; authorizes for itself.';
COMMENT ON FUNCTION "app"."guard_shift_report"() IS 'Trigger _200_guard: practitioners report today''s shifts and yesterday''s, and change nothing that was answered.';
COMMENT ON FUNCTION "app"."my_benchmark"() IS 'What public.get_my_benchmark answers; authorizes for itself.';
COMMENT ON FUNCTION "app"."tell_of_unsafe_shift"(uuid) IS 'Tells administrators, managers and care managers, once per report of the caller''s own.';
COMMENT ON FUNCTION "app"."wellbeing_groups"(uuid, date, date) IS 'Figures of a month for an organization, its teams and those in none; for app.freeze_wellbeing_month() alone.';

COMMENT ON FUNCTION "public"."answer_shift_report"(uuid, public.staffing_answer) IS 'Says what was done about a shift that was reported as not staffed safely; who reported it reads the answer in
shift_reports. For administrators, managers and care managers, and not about a report of their own. Once.
p_id: the report. p_answer: staff_added, patients_moved, admissions_paused, plan_changed, passed_on, no_change.
Errors: feature_disabled, permission_denied, invalid_input, not_found, conflict (answered otherwise, not unsafe, or the
caller''s own).
Idempotent: yes.';

COMMENT ON FUNCTION "public"."delete_my_resilience_data"(text) IS 'Deletes for good what the resilience hub of the active organization holds about the caller: check-ins, named and
anonymous, assessments, trainings, cases of help, seats in circles and what was written there, and the consent: they take
part no longer. Cannot be undone; call export_my_resilience_data first. What stays: the figures of past days, which name
nobody, and reports of how a shift was staffed, which are about the workplace.
p_confirm: the words "delete everything".
Errors: feature_disabled, permission_denied, not_authenticated, conflict (a legal hold keeps a row; then nothing is
deleted), invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."export_my_resilience_rows"() IS 'What export_my_resilience_data() hands out, a value to a row: ask with Accept: text/csv and it is a file that any
spreadsheet opens. Values that are null are left out; one that a spreadsheet would take for a formula has an apostrophe
before it.
table_name, column_name: where the value is from. row_number: counts the rows of a table, from 1.
Never null: table_name, row_number, column_name, value.
Errors: feature_disabled, permission_denied, not_authenticated.';

COMMENT ON FUNCTION "public"."get_my_benchmark"() IS 'The caller''s latest burnout score beside those of the organization''s providers, of the newest closed month in which
twenty or more were assessed. No row without an assessment of one''s own. For practitioners.
assessment_date, score: one''s own, 0 to 100. month, assessed_count: of the figures; null, with all that follows, where
no month has twenty. median_burnout: half were at or below it; lower_quartile, upper_quartile: a quarter was at or below
the one, a quarter above the other. quarter: where one''s own score is; a score at a bound counts to the lower quarter,
and lowest is best.
Never null: assessment_date, score.
Errors: feature_disabled, permission_denied, not_authenticated.';

COMMENT ON FUNCTION "public"."get_my_checkin_streak"() IS 'How steadily the caller checks in, for themselves alone; anonymous check-ins count.
checkin_count: check-ins in all. week_count: weeks (from Monday) with one or more.
current_weeks: weeks with a check-in, of which no two in a row were left out, up to now; 0: none goes on.
longest_weeks: the longest there ever was. is_this_week_done: whether there is one in this week.
Never null: checkin_count, week_count, current_weeks, longest_weeks, is_this_week_done.
Errors: feature_disabled, permission_denied, not_authenticated.';

COMMENT ON FUNCTION "public"."get_shift_workload"(date, date, uuid) IS 'Workload by week and shift, from the reports that the caller may read: all of the organization''s for those who lead,
one''s own for everybody else. Oldest first.
p_from, p_to: first and last day on which shifts began, both included; by default the last 56 days. At most 366 days.
p_site_id: shifts at this site only.
week: its Monday. average_patient_count, average_acuity: of the reports. patients_per_nurse: of those that say both
how many patients and how many nurses were on the unit. unsafe_count: reported as not staffed safely; unanswered_count:
of these, those that nobody has answered.
Never null: week, shift, report_count, average_patient_count, average_acuity, unsafe_count, unanswered_count.
Errors: feature_disabled, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."submit_shift_report"(public.work_shift, integer, integer, public.unsafe_staffing_reason[], integer, integer, date, uuid) IS 'Reports how a shift was staffed. Read, by name, by owners, administrators, managers, care managers and wellness
officers; needs no consent to take part, and is no part of the caller''s risk. Where a reason says that it was not safe,
administrators, managers and care managers are told at once. Again for the same shift replaces it until it is answered.
p_shift: day, evening, night. p_patient_count: patients in the caller''s care at once, 0 to 200.
p_acuity: how heavy their care was on the whole, 1 (light) to 5 (extreme).
p_unsafe_reasons: why it was not staffed safely; none: it was.
p_unit_patient_count, p_unit_nurse_count: patients (0 to 1000) and nurses (1 to 500) on the unit, if known.
p_shift_date: when the shift began, today or yesterday; null: today. p_site_id: where, if at a site.
Errors: feature_disabled, permission_denied, invalid_input, conflict (it was answered).
Idempotent: yes.';
COMMENT ON TABLE "public"."shift_reports" IS 'How shifts were staffed, one report per provider and shift.';
COMMENT ON TYPE "public"."score_quarter" IS 'In which quarter of a group a score is; on a burnout score, lowest is best.';
COMMENT ON TYPE "public"."staffing_answer" IS 'What those who lead did about a shift that was reported as unsafe.';
COMMENT ON TYPE "public"."unsafe_staffing_reason" IS 'Why a shift was not staffed safely, as who worked it says.';
COMMENT ON TYPE "public"."work_shift" IS 'Which shift of a day; a night belongs to the day on which it began.';

ALTER TABLE "public"."shift_reports" ADD CONSTRAINT "shift_reports_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE "public"."shift_reports" ADD CONSTRAINT "shift_reports_site_fkey" FOREIGN KEY (org_id, site_id) REFERENCES public.sites(org_id, id);

CREATE INDEX shift_reports_site_id_idx ON public.shift_reports USING btree (org_id, site_id);

CREATE POLICY "floor_organization" ON "public"."shift_reports" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

COMMENT ON COLUMN "public"."shift_reports"."org_id" IS 'The organization the shift was worked for.';
COMMENT ON POLICY "floor_organization" ON "public"."shift_reports" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON COLUMN "public"."shift_reports"."id" IS 'Key within the organization.';

ALTER TABLE "public"."shift_reports" ADD CONSTRAINT "shift_reports_practitioner_fkey" FOREIGN KEY (org_id, practitioner_id) REFERENCES public.org_practitioners(org_id, practitioner_id);

ALTER TABLE "public"."shift_reports" ADD CONSTRAINT "shift_reports_practitioner_id_fkey" FOREIGN KEY (practitioner_id) REFERENCES public.fhir_practitioners(id);

CREATE INDEX shift_reports_person_idx ON public.shift_reports USING btree (practitioner_id);

CREATE INDEX shift_reports_practitioner_id_idx ON public.shift_reports USING btree (org_id, practitioner_id);

COMMENT ON COLUMN "public"."shift_reports"."practitioner_id" IS 'Who reports, as a practitioner.';

ALTER TABLE "public"."shift_reports" ADD CONSTRAINT "shift_reports_user_id_fkey" FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

CREATE INDEX shift_reports_user_id_idx ON public.shift_reports USING btree (user_id);

CREATE POLICY "insert_own" ON "public"."shift_reports" FOR INSERT TO "authenticated" WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "select_own_or_organization" ON "public"."shift_reports" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))) OR (org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role, 'manager'::public.app_role, 'care_manager'::public.app_role, 'wellness_officer'::public.app_role]) AS org_as)))));

CREATE POLICY "update_own" ON "public"."shift_reports" FOR UPDATE TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id)))) WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

COMMENT ON COLUMN "public"."shift_reports"."user_id" IS 'Who reports, as a signed-in person; the owner of the row.';
COMMENT ON POLICY "insert_own" ON "public"."shift_reports" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "select_own_or_organization" ON "public"."shift_reports" IS 'anyone who works for the active organization: their own rows; org_owner, admin, manager, care_manager, wellness_officer: every row of the active organization.';
COMMENT ON POLICY "update_own" ON "public"."shift_reports" IS 'anyone who works for the active organization: their own rows.';

CREATE INDEX shift_reports_shift_date_idx ON public.shift_reports USING btree (org_id, shift_date);

CREATE INDEX shift_reports_unanswered_idx ON public.shift_reports USING btree (org_id, shift_date) WHERE (is_unsafe AND (answer IS NULL));

COMMENT ON COLUMN "public"."shift_reports"."shift_date" IS 'The day on which the shift began, in the organization''s time zone.';

revoke all on function app.answer_shift_report(uuid,public.staffing_answer) from public, anon, authenticated, service_role;
grant all on function app.answer_shift_report(uuid,public.staffing_answer) to authenticated;

revoke all on function app.guard_shift_report() from public, anon, authenticated, service_role;

revoke all on function app.my_benchmark() from public, anon, authenticated, service_role;
grant all on function app.my_benchmark() to authenticated;

revoke all on function app.tell_of_unsafe_shift(uuid) from public, anon, authenticated, service_role;
grant all on function app.tell_of_unsafe_shift(uuid) to authenticated;

revoke all on function app.wellbeing_groups(uuid,date,date) from public, anon, authenticated, service_role;

revoke all on function public.answer_shift_report(uuid,public.staffing_answer) from public, anon, authenticated, service_role;
grant all on function public.answer_shift_report(uuid,public.staffing_answer) to authenticated;

revoke all on function public.export_my_resilience_rows() from public, anon, authenticated, service_role;
grant all on function public.export_my_resilience_rows() to authenticated;

revoke all on function public.get_my_benchmark() from public, anon, authenticated, service_role;
grant all on function public.get_my_benchmark() to authenticated;

revoke all on function public.get_my_checkin_streak() from public, anon, authenticated, service_role;
grant all on function public.get_my_checkin_streak() to authenticated;

revoke all on function public.get_shift_workload(date,date,uuid) from public, anon, authenticated, service_role;
grant all on function public.get_shift_workload(date,date,uuid) to authenticated;

revoke all on function public.submit_shift_report(public.work_shift,integer,integer,public.unsafe_staffing_reason[],integer,integer,date,uuid) from public, anon, authenticated, service_role;
grant all on function public.submit_shift_report(public.work_shift,integer,integer,public.unsafe_staffing_reason[],integer,integer,date,uuid) to authenticated;

revoke all on table public.shift_reports from public, anon, authenticated, service_role;
grant select, insert (acuity, patient_count, shift, shift_date, site_id, unit_nurse_count, unit_patient_count, unsafe_reasons), update (acuity, patient_count, site_id, unit_nurse_count, unit_patient_count, unsafe_reasons) on table public.shift_reports to authenticated;
grant delete, insert, select, update on table public.shift_reports to service_role;
