-- resilience: written by `carebase db diff`. Never edited once it is applied anywhere.

set local lock_timeout = '30s';

set local check_function_bodies = off;

CREATE TYPE "public"."work_setting" AS ENUM ('home_health', 'clinic', 'telehealth', 'skilled_nursing', 'hospital', 'community', 'office', 'other');

CREATE OR REPLACE FUNCTION app.guard_checkin()
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
      'permission_denied', 'Only practitioners of the organization check in.',
      p_hint => 'Ask an administrator to link your sign-in with your practitioner record.'
    );
  end if;
  if new.checkin_date <> app.today() or (tg_op = 'UPDATE' and old.checkin_date <> app.today()) then
    perform app.raise_error(
      'invalid_input', 'A check-in is written on its own day and cannot be changed later.',
      jsonb_build_object('field', 'checkin_date', 'today', app.today())
    );
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.team_checkin_days(p_from date, p_to date)
 RETURNS TABLE(checkin_date date, is_open boolean, is_suppressed boolean, people_count integer, average_stress_level numeric, average_energy_level numeric, average_patients_contacted numeric, average_overtime_hours numeric, missed_break_percent numeric, checkins_per_provider_week numeric)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_minimum_people constant integer := 5;
  v_org_id constant uuid := app.current_org();
  v_today constant date := app.today();
  v_provider_count constant integer := app.count_providers(v_org_id);
begin
  perform app.require_role('org_owner', 'admin', 'manager', 'care_manager', 'wellness_officer');

  return query
  with days as (
    -- Six days before the first one asked for complete its week.
    select generate_series(p_from - 6, p_to, interval '1 day')::date as day
  ),
  figures as (
    select
      days.day,
      days.day >= v_today as is_open,
      count(checkins.id)::integer as people,
      avg(checkins.stress_level) as stress,
      avg(checkins.energy_level) as energy,
      avg(checkins.patients_contacted_today) as patients,
      avg(checkins.overtime_hours) as overtime,
      100 * avg(checkins.missed_break::integer) as missed_breaks
    from days
    left join public.provider_daily_checkins as checkins
      on checkins.org_id = v_org_id and checkins.checkin_date = days.day
    group by days.day
  ),
  published as (
    select figures.*, not figures.is_open and figures.people >= v_minimum_people as is_published
    from figures
  )
  select
    published.day,
    published.is_open,
    not published.is_open and not published.is_published,
    case when published.is_published then published.people end,
    case when published.is_published then round(published.stress, 1) end,
    case when published.is_published then round(published.energy, 1) end,
    case when published.is_published then round(published.patients, 1) end,
    case when published.is_published then round(published.overtime, 1) end,
    case when published.is_published then round(published.missed_breaks) end,
    case
      when published.is_published and v_provider_count >= v_minimum_people then round(
        (
          sum(case when published.is_published then published.people end)
            over (order by published.day rows between 6 preceding and current row)
        )::numeric / v_provider_count,
        2
      )
    end
  from published
  order by published.day
  offset 6;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_team_checkin_summary(p_from date DEFAULT NULL::date, p_to date DEFAULT NULL::date)
 RETURNS TABLE(checkin_date date, is_open boolean, is_suppressed boolean, people_count integer, average_stress_level numeric, average_energy_level numeric, average_patients_contacted numeric, average_overtime_hours numeric, missed_break_percent numeric, checkins_per_provider_week numeric)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_to constant date := coalesce(p_to, app.today());
  v_from constant date := coalesce(p_from, v_to - 13);
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_to', v_from <= v_to, 'The range ends before it begins.');
  perform app.check_input('p_from', v_to - v_from <= 366, 'The range is at most 366 days.');

  return query select days.* from app.team_checkin_days(v_from, v_to) as days;
end
$function$;

CREATE TABLE "public"."provider_daily_checkins" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "practitioner_id" uuid NOT NULL DEFAULT app.my_practitioner(),
  "user_id" uuid NOT NULL DEFAULT auth.uid(),
  "checkin_date" date NOT NULL DEFAULT app.today(),
  "work_setting" public.work_setting NOT NULL,
  "stress_level" smallint NOT NULL,
  "energy_level" smallint NOT NULL,
  "patients_contacted_today" smallint NOT NULL DEFAULT 0,
  "difficult_patient_calls" smallint NOT NULL DEFAULT 0,
  "overtime_hours" numeric(4,2) NOT NULL DEFAULT 0,
  "missed_break" boolean NOT NULL DEFAULT false,
  "is_shared" boolean NOT NULL DEFAULT false,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  CONSTRAINT "provider_daily_checkins_difficult_patient_calls_range" CHECK (((difficult_patient_calls >= 0) AND (difficult_patient_calls <= 500))),
  CONSTRAINT "provider_daily_checkins_energy_level_scale" CHECK (((energy_level >= 1) AND (energy_level <= 10))),
  CONSTRAINT "provider_daily_checkins_overtime_hours_range" CHECK (((overtime_hours >= (0)::numeric) AND (overtime_hours <= (24)::numeric))),
  CONSTRAINT "provider_daily_checkins_patients_contacted_today_range" CHECK (((patients_contacted_today >= 0) AND (patients_contacted_today <= 500))),
  CONSTRAINT "provider_daily_checkins_stress_level_scale" CHECK (((stress_level >= 1) AND (stress_level <= 10))),
  CONSTRAINT "provider_daily_checkins_pkey" PRIMARY KEY (org_id, id),
  CONSTRAINT "provider_daily_checkins_user_day_key" UNIQUE (org_id, user_id, checkin_date)
);

ALTER TABLE "public"."provider_daily_checkins" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."provider_daily_checkins" FORCE ROW LEVEL SECURITY;

CREATE OR REPLACE FUNCTION public.get_my_checkins(p_from date DEFAULT NULL::date, p_to date DEFAULT NULL::date, p_limit integer DEFAULT 90)
 RETURNS SETOF public.provider_daily_checkins
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
  select checkins.*
  from public.provider_daily_checkins as checkins
  where
    checkins.org_id = (select app.current_org())
    and checkins.user_id = (select auth.uid())
    and (p_from is null or checkins.checkin_date >= p_from)
    and (p_to is null or checkins.checkin_date <= p_to)
  order by checkins.checkin_date desc
  limit p_limit;
end
$function$;

CREATE OR REPLACE FUNCTION public.submit_daily_checkin(p_work_setting public.work_setting, p_stress_level integer, p_energy_level integer, p_patients_contacted_today integer DEFAULT 0, p_difficult_patient_calls integer DEFAULT 0, p_overtime_hours numeric DEFAULT 0, p_missed_break boolean DEFAULT false, p_is_shared boolean DEFAULT false)
 RETURNS public.provider_daily_checkins
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_checkin public.provider_daily_checkins;
begin
  perform app.require_feature('resilience_hub');
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
  return v_checkin;
end
$function$;

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.provider_daily_checkins FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _200_guard BEFORE INSERT OR UPDATE ON public.provider_daily_checkins FOR EACH ROW EXECUTE FUNCTION app.guard_checkin();

COMMENT ON COLUMN "public"."provider_daily_checkins"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."provider_daily_checkins"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."provider_daily_checkins"."difficult_patient_calls" IS 'Difficult calls among them, 0 to 500.';
COMMENT ON COLUMN "public"."provider_daily_checkins"."energy_level" IS '1 (none) to 10 (full). PHI.';
COMMENT ON COLUMN "public"."provider_daily_checkins"."is_shared" IS 'The owner lets administrators and care managers of the organization read this row, to be offered help.';
COMMENT ON COLUMN "public"."provider_daily_checkins"."missed_break" IS 'Whether a break was missed.';
COMMENT ON COLUMN "public"."provider_daily_checkins"."overtime_hours" IS 'Hours over the shift, 0 to 24.';
COMMENT ON COLUMN "public"."provider_daily_checkins"."patients_contacted_today" IS 'Patients contacted, 0 to 500.';
COMMENT ON COLUMN "public"."provider_daily_checkins"."stress_level" IS '1 (none) to 10 (extreme). PHI.';
COMMENT ON COLUMN "public"."provider_daily_checkins"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."provider_daily_checkins"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."provider_daily_checkins"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."provider_daily_checkins"."work_setting" IS 'Where the provider mainly worked.';
COMMENT ON FUNCTION "app"."guard_checkin"() IS 'Trigger _200_guard: practitioners write today''s check-in and no other, while the feature is on.';
COMMENT ON FUNCTION "app"."team_checkin_days"(date, date) IS 'Daily team figures of the active organization; days of fewer than five people carry none.';

COMMENT ON FUNCTION "public"."get_my_checkins"(date, date, integer) IS 'The caller''s own check-ins, newest first.
p_from, p_to: first and last day, both included; open when null.
p_limit: at most so many, 1 to 1000.
Errors: feature_disabled, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."get_team_checkin_summary"(date, date) IS 'How the team is, day by day, without naming anyone. For owners, administrators, managers, care managers and
wellness officers.
p_from, p_to: first and last day, both included; by default the last fourteen days. At most 366 days.
A day has figures once it is over (is_open false) and at least five people checked in (is_suppressed false).
checkins_per_provider_week: check-ins of the seven days up to this one, per provider who can check in.
Never null: checkin_date, is_open, is_suppressed.
Errors: feature_disabled, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."submit_daily_checkin"(public.work_setting, integer, integer, integer, integer, numeric, boolean, boolean) IS 'Checks the caller in for today (the organization''s day); again on the same day replaces the values.
p_work_setting: where they mainly worked.
p_stress_level, p_energy_level: 1 to 10.
p_patients_contacted_today, p_difficult_patient_calls: 0 to 500.
p_overtime_hours: 0 to 24.
p_missed_break: whether a break was missed.
p_is_shared: lets administrators and care managers read this check-in; off unless chosen.
Returns the check-in. Errors: feature_disabled, permission_denied, invalid_input.
Idempotent: yes.';
COMMENT ON TABLE "public"."provider_daily_checkins" IS 'One short check-in per provider and day.';
COMMENT ON TYPE "public"."work_setting" IS 'Where a provider mainly worked on a day.';

ALTER TABLE "public"."provider_daily_checkins" ADD CONSTRAINT "provider_daily_checkins_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

CREATE POLICY "floor_organization" ON "public"."provider_daily_checkins" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

COMMENT ON COLUMN "public"."provider_daily_checkins"."org_id" IS 'The organization the day was worked for.';
COMMENT ON POLICY "floor_organization" ON "public"."provider_daily_checkins" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON COLUMN "public"."provider_daily_checkins"."id" IS 'Key within the organization.';

ALTER TABLE "public"."provider_daily_checkins" ADD CONSTRAINT "provider_daily_checkins_practitioner_fkey" FOREIGN KEY (org_id, practitioner_id) REFERENCES public.org_practitioners(org_id, practitioner_id);

ALTER TABLE "public"."provider_daily_checkins" ADD CONSTRAINT "provider_daily_checkins_practitioner_id_fkey" FOREIGN KEY (practitioner_id) REFERENCES public.fhir_practitioners(id);

CREATE INDEX provider_daily_checkins_person_idx ON public.provider_daily_checkins USING btree (practitioner_id);

CREATE INDEX provider_daily_checkins_practitioner_id_idx ON public.provider_daily_checkins USING btree (org_id, practitioner_id);

COMMENT ON COLUMN "public"."provider_daily_checkins"."practitioner_id" IS 'The provider as a practitioner.';

ALTER TABLE "public"."provider_daily_checkins" ADD CONSTRAINT "provider_daily_checkins_user_id_fkey" FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

CREATE INDEX provider_daily_checkins_user_id_idx ON public.provider_daily_checkins USING btree (user_id);

CREATE POLICY "insert_own" ON "public"."provider_daily_checkins" FOR INSERT TO "authenticated" WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT auth.uid() AS uid))));

CREATE POLICY "select_own_or_shared" ON "public"."provider_daily_checkins" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT auth.uid() AS uid))) OR (( SELECT app.has_role(VARIADIC ARRAY['admin'::public.app_role, 'care_manager'::public.app_role]) AS has_role) AND is_shared))));

CREATE POLICY "update_own" ON "public"."provider_daily_checkins" FOR UPDATE TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT auth.uid() AS uid)))) WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT auth.uid() AS uid))));

COMMENT ON COLUMN "public"."provider_daily_checkins"."user_id" IS 'The provider as a signed-in person; the owner of the row.';
COMMENT ON POLICY "insert_own" ON "public"."provider_daily_checkins" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "select_own_or_shared" ON "public"."provider_daily_checkins" IS 'anyone who works for the active organization: their own rows; admin, care_manager: rows that their owner shared.';
COMMENT ON POLICY "update_own" ON "public"."provider_daily_checkins" IS 'anyone who works for the active organization: their own rows.';

CREATE INDEX provider_daily_checkins_checkin_date_idx ON public.provider_daily_checkins USING btree (org_id, checkin_date);

COMMENT ON COLUMN "public"."provider_daily_checkins"."checkin_date" IS 'The day, in the organization''s time zone.';

revoke all on function app.guard_checkin() from public, anon, authenticated, service_role;

revoke all on function app.team_checkin_days(date,date) from public, anon, authenticated, service_role;
grant all on function app.team_checkin_days(date,date) to authenticated;

revoke all on function public.get_my_checkins(date,date,integer) from public, anon, authenticated, service_role;
grant all on function public.get_my_checkins(date,date,integer) to authenticated;

revoke all on function public.get_team_checkin_summary(date,date) from public, anon, authenticated, service_role;
grant all on function public.get_team_checkin_summary(date,date) to authenticated;

revoke all on function public.submit_daily_checkin(public.work_setting,integer,integer,integer,integer,numeric,boolean,boolean) from public, anon, authenticated, service_role;
grant all on function public.submit_daily_checkin(public.work_setting,integer,integer,integer,integer,numeric,boolean,boolean) to authenticated;

revoke all on table public.provider_daily_checkins from public, anon, authenticated, service_role;
grant select, insert (difficult_patient_calls, energy_level, is_shared, missed_break, overtime_hours, patients_contacted_today, stress_level, work_setting), update (difficult_patient_calls, energy_level, is_shared, missed_break, overtime_hours, patients_contacted_today, stress_level, work_setting) on table public.provider_daily_checkins to authenticated;
grant delete, insert, select, update on table public.provider_daily_checkins to service_role;
