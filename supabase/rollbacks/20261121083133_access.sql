-- Undoes access: written by `carebase db diff`.

set local lock_timeout = '30s';

set local check_function_bodies = off;

CREATE OR REPLACE FUNCTION app.my_sites()
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.current_org();
  return coalesce(nullif(current_setting('carebase.sites', true), ''), '{}')::uuid[];
end
$function$;

DROP POLICY "floor_organization" ON "app"."api_key_hashes";

DROP POLICY "floor_organization" ON "app"."invitations";

DROP POLICY "floor_organization" ON "public"."api_keys";

DROP POLICY "select_organization" ON "public"."api_keys";

DROP POLICY "select_organization" ON "public"."encounters";

DROP POLICY "floor_person" ON "public"."fhir_practitioners";

DROP POLICY "select_own_or_related" ON "public"."fhir_practitioners";

DROP POLICY "select_anyone" ON "public"."nurseos_feature_flags";

DROP POLICY "select_organization" ON "public"."org_patients";

DROP POLICY "insert_organization" ON "public"."organization_feature_flags";

DROP POLICY "update_organization" ON "public"."organization_feature_flags";

DROP POLICY "update_organization" ON "public"."organizations";

DROP POLICY "floor_person" ON "public"."patients";

DROP POLICY "select_own_or_related" ON "public"."patients";

DROP POLICY "floor_person" ON "public"."profiles";

DROP POLICY "select_own" ON "public"."profiles";

DROP POLICY "update_own" ON "public"."profiles";

DROP POLICY "insert_own" ON "public"."provider_daily_checkins";

DROP POLICY "select_own_or_shared" ON "public"."provider_daily_checkins";

DROP POLICY "update_own" ON "public"."provider_daily_checkins";

DROP POLICY "floor_organization" ON "public"."provider_support_circle_members";

DROP POLICY "select_joined" ON "public"."provider_support_circle_members";

DROP POLICY "floor_organization" ON "public"."provider_support_circles";

DROP POLICY "insert_organization" ON "public"."provider_support_circles";

DROP POLICY "select_organization" ON "public"."provider_support_circles";

DROP POLICY "update_organization" ON "public"."provider_support_circles";

DROP POLICY "floor_organization" ON "public"."provider_support_reflections";

DROP POLICY "insert_joined" ON "public"."provider_support_reflections";

DROP POLICY "select_joined" ON "public"."provider_support_reflections";

DROP POLICY "insert_anyone" ON "public"."resilience_resources";

DROP POLICY "select_active_or_anyone" ON "public"."resilience_resources";

DROP POLICY "update_anyone" ON "public"."resilience_resources";

DROP POLICY "insert_anyone" ON "public"."resilience_training_modules";

DROP POLICY "select_active_or_anyone" ON "public"."resilience_training_modules";

DROP POLICY "update_anyone" ON "public"."resilience_training_modules";

DROP POLICY "select_own_or_organization" ON "public"."role_assignments";

DROP POLICY "floor_person" ON "public"."user_sessions";

DROP POLICY "select_own" ON "public"."user_sessions";

DROP TRIGGER "_500_reach" ON "public"."organizations";

DROP TRIGGER "_500_reach" ON "public"."profiles";

DROP TRIGGER "_200_owners_delete" ON "public"."role_assignments";

DROP TRIGGER "_200_owners_insert" ON "public"."role_assignments";

DROP TRIGGER "_200_owners_update" ON "public"."role_assignments";

DROP TRIGGER "_200_super_admin" ON "public"."role_assignments";

DROP TRIGGER "_500_reach_delete" ON "public"."role_assignments";

DROP TRIGGER "_500_reach_insert" ON "public"."role_assignments";

DROP TRIGGER "_500_reach_update" ON "public"."role_assignments";

DROP INDEX "public"."provider_daily_checkins_shared_idx";

DROP VIEW "public"."company_settings";

ALTER TABLE "app"."api_key_hashes" DROP CONSTRAINT "api_key_hashes_key_fkey";

ALTER TABLE "app"."invitations" DROP CONSTRAINT "invitations_accepted_by_fkey";

ALTER TABLE "app"."invitations" DROP CONSTRAINT "invitations_invited_by_fkey";

ALTER TABLE "app"."invitations" DROP CONSTRAINT "invitations_org_id_fkey";

ALTER TABLE "app"."invitations" DROP CONSTRAINT "invitations_site_fkey";

ALTER TABLE "app"."session_activity" DROP CONSTRAINT "session_activity_session_id_fkey";

ALTER TABLE "public"."api_keys" DROP CONSTRAINT "api_keys_org_id_fkey";

ALTER TABLE "public"."api_keys" DROP CONSTRAINT "api_keys_replaced_by_fkey";

ALTER TABLE "public"."api_keys" DROP CONSTRAINT "api_keys_site_fkey";

ALTER TABLE "public"."nurseos_feature_flags" DROP CONSTRAINT "nurseos_feature_flags_rollout_percent_range";

ALTER TABLE "public"."organizations" DROP CONSTRAINT "organizations_settings_valid";

ALTER TABLE "public"."provider_support_circle_members" DROP CONSTRAINT "provider_support_circle_members_circle_fkey";

ALTER TABLE "public"."provider_support_circle_members" DROP CONSTRAINT "provider_support_circle_members_practitioner_fkey";

ALTER TABLE "public"."provider_support_circle_members" DROP CONSTRAINT "provider_support_circle_members_practitioner_id_fkey";

ALTER TABLE "public"."provider_support_circle_members" DROP CONSTRAINT "provider_support_circle_members_user_id_fkey";

ALTER TABLE "public"."provider_support_circles" DROP CONSTRAINT "provider_support_circles_facilitator_id_fkey";

ALTER TABLE "public"."provider_support_circles" DROP CONSTRAINT "provider_support_circles_facilitator_practitioner_fkey";

ALTER TABLE "public"."provider_support_circles" DROP CONSTRAINT "provider_support_circles_facilitator_practitioner_id_fkey";

ALTER TABLE "public"."provider_support_circles" DROP CONSTRAINT "provider_support_circles_org_id_fkey";

ALTER TABLE "public"."provider_support_reflections" DROP CONSTRAINT "provider_support_reflections_author_fkey";

ALTER TABLE "public"."provider_support_reflections" DROP CONSTRAINT "provider_support_reflections_author_id_fkey";

ALTER TABLE "public"."provider_support_reflections" DROP CONSTRAINT "provider_support_reflections_circle_fkey";

ALTER TABLE "public"."provider_support_reflections" DROP CONSTRAINT "provider_support_reflections_member_fkey";

ALTER TABLE "public"."provider_support_reflections" DROP CONSTRAINT "provider_support_reflections_user_id_fkey";

ALTER TABLE "public"."user_sessions" DROP CONSTRAINT "user_sessions_active_org_id_fkey";

ALTER TABLE "public"."user_sessions" DROP CONSTRAINT "user_sessions_id_fkey";

ALTER TABLE "public"."user_sessions" DROP CONSTRAINT "user_sessions_user_id_fkey";

DROP FUNCTION "app"."appoint_owner"(uuid, text);

DROP FUNCTION "app"."are_settings_valid"(jsonb);

DROP FUNCTION "app"."assign_role"(uuid, uuid, public.app_role, uuid, tstzrange);

DROP FUNCTION "app"."base64url"(bytea);

DROP FUNCTION "app"."check_json"(jsonb, integer, integer);

DROP FUNCTION "app"."check_role_place"(public.app_role, uuid);

DROP FUNCTION "app"."clock"();

DROP FUNCTION "app"."count_circle_seats"(uuid, uuid);

DROP FUNCTION "app"."create_api_key"(text, public.app_role[], integer, uuid, integer);

DROP FUNCTION "app"."custom_access_token"(jsonb);

DROP FUNCTION "app"."end_my_session"(uuid);

DROP FUNCTION "app"."end_sessions_of_member"(uuid);

DROP FUNCTION "app"."ensure_open"();

DROP FUNCTION "app"."exchange_api_key"(text);

DROP FUNCTION "app"."find_provider"(uuid, uuid);

DROP FUNCTION "app"."first_organization"(uuid);

DROP FUNCTION "app"."follow_organization"();

DROP FUNCTION "app"."follow_profile"();

DROP FUNCTION "app"."follow_roles"();

DROP FUNCTION "app"."follow_session"() CASCADE;

DROP FUNCTION "app"."found_organization"(text, text, public.organization_kind, public.license_tier, public.time_zone);

DROP FUNCTION "app"."give_role_to_member"(uuid, public.app_role, uuid, tstzrange);

DROP FUNCTION "app"."grantable_roles"(public.app_role);

DROP FUNCTION "app"."guard_owners"();

DROP FUNCTION "app"."guard_super_admin"();

DROP FUNCTION "app"."hash_token"(text);

DROP FUNCTION "app"."hold_reach"(uuid[]);

DROP FUNCTION "app"."idle_limit"(jsonb);

DROP FUNCTION "app"."integer_fault"(jsonb, integer, integer);

DROP FUNCTION "app"."invite_to_organization"(text, public.app_role, uuid, integer);

DROP FUNCTION "app"."is_backed"(app.invitations);

DROP FUNCTION "app"."is_owned"(uuid);

DROP FUNCTION "app"."is_standalone"(jsonb);

DROP FUNCTION "app"."jwt_key_id"();

DROP FUNCTION "app"."jwt_secret"();

DROP FUNCTION "app"."leave_circle_seat"(uuid);

DROP FUNCTION "app"."limit_rate"(text, text, integer, interval);

DROP FUNCTION "app"."list_invitations"(boolean, integer);

DROP FUNCTION "app"."list_member_sessions"(uuid, integer);

DROP FUNCTION "app"."list_members"(public.app_role, uuid, boolean, uuid, integer);

DROP FUNCTION "app"."list_my_organizations"();

DROP FUNCTION "app"."list_my_sessions"();

DROP FUNCTION "app"."lock_people_and_organizations"(uuid[], uuid[]);

DROP FUNCTION "app"."make_api_key"(public.api_keys);

DROP FUNCTION "app"."make_invitation"(uuid, text, public.app_role, uuid, integer);

DROP FUNCTION "app"."make_token"();

DROP FUNCTION "app"."may_grant"(public.app_role, uuid);

DROP FUNCTION "app"."may_pass_on"(public.app_role[], jsonb, public.app_role, uuid);

DROP FUNCTION "app"."merge_patch"(jsonb, jsonb);

DROP FUNCTION "app"."mfa_roles"(jsonb);

DROP FUNCTION "app"."my_circles"();

DROP FUNCTION "app"."my_sites"(public.app_role[]);

DROP FUNCTION "app"."name_at_sign_up"(jsonb, text);

DROP FUNCTION "app"."note_activity"(uuid);

DROP FUNCTION "app"."note_api_key_use"(public.api_keys);

DROP FUNCTION "app"."org_as"(public.app_role[]);

DROP FUNCTION "app"."organization_features"(uuid, text);

DROP FUNCTION "app"."organization_sites"();

DROP FUNCTION "app"."override_feature"(uuid, text, boolean, text);

DROP FUNCTION "app"."reachable_org"();

DROP FUNCTION "app"."read_encounters_restricted"(uuid[]);

DROP FUNCTION "app"."read_org_patients_restricted"(uuid[]);

DROP FUNCTION "app"."read_patients_restricted"(uuid[]);

DROP FUNCTION "app"."refresh_sessions"(uuid[]);

DROP FUNCTION "app"."refuse_request"();

DROP FUNCTION "app"."require_another_address"(text);

DROP FUNCTION "app"."require_grant"(public.app_role, uuid);

DROP FUNCTION "app"."require_open_circle"(uuid);

DROP FUNCTION "app"."require_person"();

DROP FUNCTION "app"."resolve_api_key"(uuid);

DROP FUNCTION "app"."resolve_reach"(uuid, uuid);

DROP FUNCTION "app"."revoke_api_key"(uuid);

DROP FUNCTION "app"."revoke_invitation_of_organization"(uuid);

DROP FUNCTION "app"."roles_fault"(jsonb);

DROP FUNCTION "app"."rollout_place"(uuid, text);

DROP FUNCTION "app"."rotate_api_key"(uuid, integer);

DROP FUNCTION "app"."session_limit"(jsonb);

DROP FUNCTION "app"."set_active_organization"(uuid);

DROP FUNCTION "app"."set_default_organization"(uuid);

DROP FUNCTION "app"."set_organization_feature"(uuid, text, boolean, text);

DROP FUNCTION "app"."setting_fault"(jsonb);

DROP FUNCTION "app"."sign_jwt"(jsonb);

DROP FUNCTION "app"."staff_org"();

DROP FUNCTION "app"."store_reach"(uuid[]);

DROP FUNCTION "app"."take_circle_seat"(uuid, uuid);

DROP FUNCTION "app"."take_role_from_member"(uuid);

DROP FUNCTION "app"."take_up_invitation"(text, text);

DROP FUNCTION "app"."text_fault"(jsonb, integer, text, text);

DROP FUNCTION "app"."touch_my_session"();

DROP FUNCTION "public"."accept_invitation"(text, text);

DROP FUNCTION "public"."add_support_circle_member"(uuid, uuid);

DROP FUNCTION "public"."create_api_key"(text, public.app_role[], integer, uuid, integer);

DROP FUNCTION "public"."create_organization"(text, text, public.organization_kind, public.license_tier, text, text);

DROP FUNCTION "public"."end_member_sessions"(uuid);

DROP FUNCTION "public"."end_session"(uuid);

DROP FUNCTION "public"."exchange_api_key"(text);

DROP FUNCTION "public"."get_api_keys"(boolean, integer);

DROP FUNCTION "public"."get_encounters_restricted"(uuid[]);

DROP FUNCTION "public"."get_invitations"(boolean, integer);

DROP FUNCTION "public"."get_member_sessions"(uuid, integer);

DROP FUNCTION "public"."get_members"(public.app_role, uuid, boolean, uuid, integer);

DROP FUNCTION "public"."get_my_features"();

DROP FUNCTION "public"."get_my_organizations"();

DROP FUNCTION "public"."get_my_sessions"();

DROP FUNCTION "public"."get_org_patients_restricted"(uuid[]);

DROP FUNCTION "public"."get_patients_restricted"(uuid[]);

DROP FUNCTION "public"."get_resilience_modules"(public.resilience_category);

DROP FUNCTION "public"."get_resilience_resources"(public.resilience_category);

DROP FUNCTION "public"."grant_role"(uuid, public.app_role, uuid, timestamp with time zone, timestamp with time zone);

DROP FUNCTION "public"."invite_member"(text, public.app_role, uuid, integer);

DROP FUNCTION "public"."invite_owner"(uuid, text);

DROP FUNCTION "public"."is_feature_enabled"(text);

DROP FUNCTION "public"."leave_support_circle"(uuid);

DROP FUNCTION "public"."revoke_api_key"(uuid);

DROP FUNCTION "public"."revoke_invitation"(uuid);

DROP FUNCTION "public"."revoke_role"(uuid);

DROP FUNCTION "public"."rotate_api_key"(uuid, integer);

DROP FUNCTION "public"."set_feature_flag"(text, boolean, integer, public.license_tier);

DROP FUNCTION "public"."set_my_organization_feature"(text, boolean);

DROP FUNCTION "public"."set_organization_feature"(uuid, text, boolean, text);

DROP FUNCTION "public"."switch_organization"(uuid, boolean);

DROP FUNCTION "public"."touch_session"();

DROP FUNCTION "public"."update_organization_settings"(jsonb);

DROP FUNCTION "public"."write_reflection"(uuid, text, boolean);

DROP VIEW "public"."support_circle_reflections";

ALTER TABLE "public"."nurseos_feature_flags" DROP COLUMN "is_hidden_when_standalone";

ALTER TABLE "public"."nurseos_feature_flags" DROP COLUMN "rollout_percent";

ALTER TABLE "public"."organization_feature_flags" DROP COLUMN "is_wanted";

DROP TABLE "app"."api_key_hashes";

DROP TABLE "app"."invitations";

DROP FUNCTION "app"."is_email"(text);

DROP FUNCTION "app"."is_site_role"(public.app_role);

DROP TABLE "app"."rate_limits";

DROP TABLE "app"."session_activity";

DROP TABLE "public"."api_keys";

DROP TABLE "public"."provider_support_circle_members";

DROP TABLE "public"."provider_support_circles";

DROP FUNCTION "app"."guard_support_circle"();

DROP TYPE "public"."meeting_frequency";

DROP TABLE "public"."provider_support_reflections";

DROP FUNCTION "app"."blur_reflection"();

DROP FUNCTION "app"."guard_reflection"();

DROP FUNCTION "app"."my_id"();

DROP TABLE "public"."resilience_resources";

DROP TYPE "public"."resilience_resource_kind";

DROP TABLE "public"."resilience_training_modules";

DROP TYPE "public"."resilience_category";

DROP TYPE "public"."training_content_type";

DROP TABLE "public"."user_sessions";

ALTER TABLE "public"."organization_feature_flags" ALTER COLUMN "is_enabled" SET NOT NULL;

CREATE OR REPLACE FUNCTION app.clock()
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select coalesce(
    nullif(current_setting('carebase.frozen_clock', true), '')::timestamptz,
    now()
  )
$function$;

CREATE OR REPLACE FUNCTION app.current_org()
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  if coalesce(current_setting('carebase.opened_for', true), '') = ''
    or current_setting('carebase.opened_for', true)
      is distinct from current_setting('request.jwt.claims', true) then
    perform app.open_request();
  end if;
  return nullif(current_setting('carebase.org_id', true), '')::uuid;
end
$function$;

CREATE OR REPLACE FUNCTION app.open_request()
 RETURNS void
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_user_id constant uuid := auth.uid();
  v_context record;
begin
  select
    role_assignments.org_id,
    organizations.time_zone,
    array_agg(distinct role_assignments.role) as roles,
    array_remove(array_agg(distinct role_assignments.site_id), null) as sites
  into v_context
  from public.role_assignments
  inner join public.organizations on organizations.id = role_assignments.org_id
  left join public.profiles on profiles.id = role_assignments.user_id
  where
    role_assignments.user_id = v_user_id
    and role_assignments.valid_during @> app.clock()
    and role_assignments.deleted_at is null
    and organizations.is_active
    and organizations.deleted_at is null
    and profiles.is_active is not false
    and profiles.deleted_at is null
  group by role_assignments.org_id, organizations.time_zone, profiles.default_org_id
  order by (role_assignments.org_id = profiles.default_org_id) desc nulls last, role_assignments.org_id
  limit 1;

  perform
    set_config('carebase.org_id', coalesce(v_context.org_id::text, ''), true),
    set_config('carebase.time_zone', coalesce(v_context.time_zone::text, ''), true),
    set_config('carebase.roles', coalesce(v_context.roles::text, '{}'), true),
    set_config('carebase.sites', coalesce(v_context.sites::text, '{}'), true),
    set_config('carebase.opened_for', coalesce(current_setting('request.jwt.claims', true), ''), true);
end
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
    when 'permission_denied' then 403
    when 'feature_disabled' then 403
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

CREATE OR REPLACE FUNCTION app.require_member()
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  if auth.uid() is null then
    perform app.raise_error('not_authenticated', 'Sign in first.');
  end if;
  if app.current_org() is null then
    perform app.raise_error(
      'permission_denied', 'You have no valid role in any organization.',
      p_hint => 'Ask an administrator of your organization for a role.'
    );
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION public.is_feature_enabled(p_feature_key text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select coalesce(
    (
      select coalesce(
        overrides.is_enabled,
        flags.is_enabled_globally and flags.required_license_tier <= organizations.license_tier
      )
      from public.nurseos_feature_flags as flags
      inner join public.organizations on organizations.id = (select app.current_org())
      left join public.organization_feature_flags as overrides
        on overrides.org_id = organizations.id and overrides.feature_key = flags.feature_key
      where flags.feature_key = is_feature_enabled.p_feature_key
    ),
    false
  )
$function$;

CREATE POLICY "select_organization" ON "public"."encounters" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.has_role(VARIADIC ARRAY['care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role]) AS has_role)));

CREATE POLICY "floor_person" ON "public"."fhir_practitioners" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING (((user_id = ( SELECT auth.uid() AS uid)) OR (id = ANY (ARRAY( SELECT link.practitioner_id
   FROM public.org_practitioners link
  WHERE (link.org_id = ( SELECT app.current_org() AS current_org))))))) WITH CHECK (((user_id = ( SELECT auth.uid() AS uid)) OR (id = ANY (ARRAY( SELECT link.practitioner_id
   FROM public.org_practitioners link
  WHERE (link.org_id = ( SELECT app.current_org() AS current_org)))))));

CREATE POLICY "select_own_or_related" ON "public"."fhir_practitioners" FOR SELECT TO "authenticated" USING (((deleted_at IS NULL) AND (((( SELECT auth.uid() AS uid) IS NOT NULL) AND (user_id = ( SELECT auth.uid() AS uid))) OR ((( SELECT app.current_org() AS current_org) IS NOT NULL) AND (id = ANY (ARRAY( SELECT link.practitioner_id
   FROM public.org_practitioners link
  WHERE (link.org_id = ( SELECT app.current_org() AS current_org)))))))));

CREATE POLICY "select_anyone" ON "public"."nurseos_feature_flags" FOR SELECT TO "authenticated" USING ((( SELECT auth.uid() AS uid) IS NOT NULL));

CREATE POLICY "select_organization" ON "public"."org_patients" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.has_role(VARIADIC ARRAY['care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role]) AS has_role)));

CREATE POLICY "floor_person" ON "public"."patients" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING (((user_id = ( SELECT auth.uid() AS uid)) OR (id = ANY (ARRAY( SELECT link.patient_id
   FROM public.org_patients link
  WHERE (link.org_id = ( SELECT app.current_org() AS current_org))))))) WITH CHECK (((user_id = ( SELECT auth.uid() AS uid)) OR (id = ANY (ARRAY( SELECT link.patient_id
   FROM public.org_patients link
  WHERE (link.org_id = ( SELECT app.current_org() AS current_org)))))));

CREATE POLICY "select_own_or_related" ON "public"."patients" FOR SELECT TO "authenticated" USING (((deleted_at IS NULL) AND (((( SELECT auth.uid() AS uid) IS NOT NULL) AND (user_id = ( SELECT auth.uid() AS uid))) OR (( SELECT app.has_role(VARIADIC ARRAY['care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role]) AS has_role) AND (id = ANY (ARRAY( SELECT link.patient_id
   FROM public.org_patients link
  WHERE (link.org_id = ( SELECT app.current_org() AS current_org)))))))));

CREATE POLICY "floor_person" ON "public"."profiles" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((id = ( SELECT auth.uid() AS uid))) WITH CHECK ((id = ( SELECT auth.uid() AS uid)));

CREATE POLICY "select_own" ON "public"."profiles" FOR SELECT TO "authenticated" USING (((deleted_at IS NULL) AND (( SELECT auth.uid() AS uid) IS NOT NULL) AND (id = ( SELECT auth.uid() AS uid))));

CREATE POLICY "update_own" ON "public"."profiles" FOR UPDATE TO "authenticated" USING (((deleted_at IS NULL) AND (( SELECT auth.uid() AS uid) IS NOT NULL) AND (id = ( SELECT auth.uid() AS uid)))) WITH CHECK (((deleted_at IS NULL) AND (( SELECT auth.uid() AS uid) IS NOT NULL) AND (id = ( SELECT auth.uid() AS uid))));

CREATE POLICY "insert_own" ON "public"."provider_daily_checkins" FOR INSERT TO "authenticated" WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT auth.uid() AS uid))));

CREATE POLICY "select_own_or_shared" ON "public"."provider_daily_checkins" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT auth.uid() AS uid))) OR (( SELECT app.has_role(VARIADIC ARRAY['admin'::public.app_role, 'care_manager'::public.app_role]) AS has_role) AND is_shared))));

CREATE POLICY "update_own" ON "public"."provider_daily_checkins" FOR UPDATE TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT auth.uid() AS uid)))) WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT auth.uid() AS uid))));

CREATE POLICY "select_own_or_organization" ON "public"."role_assignments" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((user_id = ( SELECT auth.uid() AS uid)) OR ( SELECT app.has_role(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role]) AS has_role))));

COMMENT ON COLUMN "public"."nurseos_feature_flags"."is_enabled_globally" IS 'On for every organization whose licence includes it.';
COMMENT ON COLUMN "public"."organization_feature_flags"."is_enabled" IS 'On or off for this organization.';
COMMENT ON COLUMN "public"."organization_feature_flags"."reason" IS 'Why, for those who come later.';
COMMENT ON COLUMN "public"."organizations"."license_tier" IS 'What it has bought; decides with the flags which features are on.';
COMMENT ON COLUMN "public"."organizations"."settings" IS 'Preferences of the organization, one JSON object of at most 64 KiB.';
COMMENT ON FUNCTION "app"."clock"() IS 'The time of this transaction; tests freeze it with the setting carebase.frozen_clock.';
COMMENT ON FUNCTION "app"."current_org"() IS 'The caller''s active organization; null without a valid role anywhere.';
COMMENT ON FUNCTION "app"."my_sites"() IS 'The sites that the caller''s roles in the active organization are limited to.';
COMMENT ON FUNCTION "app"."raise_error"(text, text, jsonb, text) IS 'Ends the request with a stable code and its HTTP status: invalid_input 400, not_authenticated 401, permission_denied, feature_disabled and mfa_required 403, not_found 404, conflict 409, rate_limited 429.';
COMMENT ON FUNCTION "public"."is_feature_enabled"(text) IS 'Whether a feature is on for the caller''s active organization; false for anything unknown.';
COMMENT ON POLICY "select_organization" ON "public"."encounters" IS 'care_manager, case_manager, nurse, clinician: every row of the active organization.';
COMMENT ON POLICY "floor_person" ON "public"."fhir_practitioners" IS 'Whatever else is allowed: only rows of the person, or of people whom the active organization knows.';
COMMENT ON POLICY "select_own_or_related" ON "public"."fhir_practitioners" IS 'anyone who is signed in: their own rows; anyone with a valid role in the active organization: people whom the active organization knows.';
COMMENT ON POLICY "select_anyone" ON "public"."nurseos_feature_flags" IS 'anyone who is signed in: every row.';
COMMENT ON POLICY "select_organization" ON "public"."org_patients" IS 'care_manager, case_manager, nurse, clinician: every row of the active organization.';
COMMENT ON POLICY "floor_person" ON "public"."patients" IS 'Whatever else is allowed: only rows of the person, or of people whom the active organization knows.';
COMMENT ON POLICY "select_own_or_related" ON "public"."patients" IS 'anyone who is signed in: their own rows; care_manager, case_manager, nurse, clinician: people whom the active organization knows.';
COMMENT ON POLICY "floor_person" ON "public"."profiles" IS 'Whatever else is allowed: only rows of the person.';
COMMENT ON POLICY "select_own" ON "public"."profiles" IS 'anyone who is signed in: their own rows.';
COMMENT ON POLICY "update_own" ON "public"."profiles" IS 'anyone who is signed in: their own rows.';
COMMENT ON POLICY "insert_own" ON "public"."provider_daily_checkins" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "select_own_or_shared" ON "public"."provider_daily_checkins" IS 'anyone who works for the active organization: their own rows; admin, care_manager: rows that their owner shared.';
COMMENT ON POLICY "update_own" ON "public"."provider_daily_checkins" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "select_own_or_organization" ON "public"."role_assignments" IS 'anyone with a valid role in the active organization: their own rows; org_owner, admin: every row of the active organization.';
COMMENT ON TABLE "public"."organization_feature_flags" IS 'Per-organization override of a feature flag; it decides before the global switch and the licence.';

revoke all on function app.clock() from public, anon, authenticated, service_role;
grant all on function app.clock() to authenticated, service_role;

revoke all on function app.my_sites() from public, anon, authenticated, service_role;
grant all on function app.my_sites() to authenticated, service_role;

revoke all on function app.open_request() from public, anon, authenticated, service_role;
grant all on function app.open_request() to authenticated, service_role;

revoke all on function public.is_feature_enabled(text) from public, anon, authenticated, service_role;
grant all on function public.is_feature_enabled(text) to authenticated, service_role;

revoke all on schema app from public, anon, authenticated, service_role;
grant usage on schema app to authenticated, service_role;

revoke all on table public.encounters from public, anon, authenticated, service_role;
grant select on table public.encounters to authenticated;
grant delete, insert, select, update on table public.encounters to service_role;

revoke all on table public.org_patients from public, anon, authenticated, service_role;
grant select on table public.org_patients to authenticated;
grant delete, insert, select, update on table public.org_patients to service_role;

revoke all on table public.organization_feature_flags from public, anon, authenticated, service_role;
grant select on table public.organization_feature_flags to authenticated;
grant delete, insert, select, update on table public.organization_feature_flags to service_role;

revoke all on table public.organizations from public, anon, authenticated, service_role;
grant select on table public.organizations to authenticated;
grant delete, insert, select, update on table public.organizations to service_role;

revoke all on table public.patients from public, anon, authenticated, service_role;
grant select on table public.patients to authenticated;
grant delete, insert, select, update on table public.patients to service_role;
