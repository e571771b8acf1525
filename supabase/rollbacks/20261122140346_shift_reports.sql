-- Undoes shift_reports: written by `carebase db diff`.
-- Loses data: ALTER TABLE "public"."provider_wellbeing_months" DROP COLUMN "lower_quartile"
-- Loses data: ALTER TABLE "public"."provider_wellbeing_months" DROP COLUMN "upper_quartile"
-- Loses data: DROP TABLE "public"."shift_reports"
-- Take a backup first; what was written since the migration is in nothing else.

set local lock_timeout = '30s';

set local check_function_bodies = off;

DROP POLICY "floor_organization" ON "public"."shift_reports";

DROP POLICY "insert_own" ON "public"."shift_reports";

DROP POLICY "select_own_or_organization" ON "public"."shift_reports";

DROP POLICY "update_own" ON "public"."shift_reports";

ALTER TABLE "public"."provider_wellbeing_months" DROP CONSTRAINT "provider_wellbeing_months_quarters_of_five";

ALTER TABLE "public"."shift_reports" DROP CONSTRAINT "shift_reports_answered_by_fkey";

ALTER TABLE "public"."shift_reports" DROP CONSTRAINT "shift_reports_org_id_fkey";

ALTER TABLE "public"."shift_reports" DROP CONSTRAINT "shift_reports_practitioner_fkey";

ALTER TABLE "public"."shift_reports" DROP CONSTRAINT "shift_reports_practitioner_id_fkey";

ALTER TABLE "public"."shift_reports" DROP CONSTRAINT "shift_reports_site_fkey";

ALTER TABLE "public"."shift_reports" DROP CONSTRAINT "shift_reports_user_id_fkey";

DROP FUNCTION "app"."answer_shift_report"(uuid, public.staffing_answer);

DROP FUNCTION "app"."my_benchmark"();

DROP FUNCTION "app"."tell_of_unsafe_shift"(uuid);

DROP FUNCTION "app"."wellbeing_groups"(uuid, date, date);

DROP FUNCTION "public"."answer_shift_report"(uuid, public.staffing_answer);

DROP FUNCTION "public"."export_my_resilience_rows"();

DROP FUNCTION "public"."get_my_benchmark"();

DROP FUNCTION "public"."get_my_checkin_streak"();

DROP FUNCTION "public"."get_shift_workload"(date, date, uuid);

DROP FUNCTION "public"."submit_shift_report"(public.work_shift, integer, integer, public.unsafe_staffing_reason[], integer, integer, date, uuid);

DROP TYPE "public"."score_quarter";

ALTER TABLE "public"."provider_wellbeing_months" DROP COLUMN "lower_quartile";

ALTER TABLE "public"."provider_wellbeing_months" DROP COLUMN "upper_quartile";

DROP TABLE "public"."shift_reports";

DROP FUNCTION "app"."guard_shift_report"();

DROP TYPE "public"."staffing_answer";

DROP TYPE "public"."unsafe_staffing_reason";

DROP TYPE "public"."work_shift";

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
    case when judged.is_whole and judged.assessed >= 10 then round(judged.correlation, 1) end
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
      'permission_denied', 'This is for practitioners of the organization.',
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
    )
  ) || app.assessments_as_document(v_org_id, v_user_id) || app.help_as_document(v_org_id, v_user_id);
end
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

COMMENT ON FUNCTION "app"."wellbeing_groups"(uuid, date, date) IS 'Figures of a month for an organization, its teams and those in none; for app.freeze_wellbeing_month() alone.';

COMMENT ON FUNCTION "public"."delete_my_resilience_data"(text) IS 'Deletes for good what the resilience hub of the active organization holds about the caller: check-ins, named and
anonymous, assessments, trainings, cases of help, seats in circles and what was written there, and the consent: they take
part no longer. Cannot be undone; call
export_my_resilience_data first. The figures of past days, which name nobody, stay.
p_confirm: the words "delete everything".
Errors: feature_disabled, permission_denied, not_authenticated, conflict (a legal hold keeps a row; then nothing is
deleted), invalid_input.
Idempotent: yes.';

revoke all on function app.wellbeing_groups(uuid,date,date) from public, anon, authenticated, service_role;
