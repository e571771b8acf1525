-- Undoes resilience: written by `carebase db diff`.

set local lock_timeout = '30s';

set local check_function_bodies = off;

DROP POLICY "floor_organization" ON "public"."provider_daily_checkins";

DROP POLICY "insert_own" ON "public"."provider_daily_checkins";

DROP POLICY "select_own_or_shared" ON "public"."provider_daily_checkins";

DROP POLICY "update_own" ON "public"."provider_daily_checkins";

ALTER TABLE "public"."provider_daily_checkins" DROP CONSTRAINT "provider_daily_checkins_org_id_fkey";

ALTER TABLE "public"."provider_daily_checkins" DROP CONSTRAINT "provider_daily_checkins_practitioner_fkey";

ALTER TABLE "public"."provider_daily_checkins" DROP CONSTRAINT "provider_daily_checkins_practitioner_id_fkey";

ALTER TABLE "public"."provider_daily_checkins" DROP CONSTRAINT "provider_daily_checkins_user_id_fkey";

DROP FUNCTION "app"."team_checkin_days"(date, date);

DROP FUNCTION "public"."get_my_checkins"(date, date, integer);

DROP FUNCTION "public"."get_team_checkin_summary"(date, date);

DROP FUNCTION "public"."submit_daily_checkin"(public.work_setting, integer, integer, integer, integer, numeric, boolean, boolean);

DROP TABLE "public"."provider_daily_checkins";

DROP FUNCTION "app"."guard_checkin"();

DROP TYPE "public"."work_setting";
