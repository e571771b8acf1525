-- Undoes own_rows_by_their_owner: written by `carebase db diff`.

set local lock_timeout = '30s';

DROP POLICY "select_own_or_shared" ON "public"."provider_daily_checkins";

CREATE POLICY "select_own_or_shared" ON "public"."provider_daily_checkins" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (((org_id = ( SELECT app.staff_org() AS staff_org)) AND (user_id = ( SELECT app.my_id() AS my_id))) OR ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['admin'::public.app_role, 'care_manager'::public.app_role]) AS org_as)) AND is_shared))));

COMMENT ON POLICY "select_own_or_shared" ON "public"."provider_daily_checkins" IS 'anyone who works for the active organization: their own rows; admin, care_manager: rows that their owner shared.';
