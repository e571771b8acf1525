-- Undoes tenancy: written by `carebase db diff`.

set local lock_timeout = '30s';

set local check_function_bodies = off;

DROP POLICY "insert_anyone" ON "public"."nurseos_feature_flags";

DROP POLICY "select_anyone" ON "public"."nurseos_feature_flags";

DROP POLICY "update_anyone" ON "public"."nurseos_feature_flags";

DROP POLICY "floor_organization" ON "public"."organization_feature_flags";

DROP POLICY "select_organization" ON "public"."organization_feature_flags";

DROP POLICY "floor_organization" ON "public"."organizations";

DROP POLICY "select_organization" ON "public"."organizations";

DROP POLICY "floor_person" ON "public"."profiles";

DROP POLICY "select_own" ON "public"."profiles";

DROP POLICY "update_own" ON "public"."profiles";

DROP POLICY "floor_organization" ON "public"."properties";

DROP POLICY "select_organization" ON "public"."properties";

DROP POLICY "floor_organization" ON "public"."role_assignments";

DROP POLICY "select_own_or_organization" ON "public"."role_assignments";

DROP POLICY "floor_organization" ON "public"."sites";

DROP POLICY "select_organization" ON "public"."sites";

DROP VIEW "public"."care_homes";

DROP VIEW "public"."houses";

ALTER TABLE "public"."organization_feature_flags" DROP CONSTRAINT "organization_feature_flags_feature_key_fkey";

ALTER TABLE "public"."organization_feature_flags" DROP CONSTRAINT "organization_feature_flags_org_id_fkey";

ALTER TABLE "public"."profiles" DROP CONSTRAINT "profiles_default_org_id_fkey";

ALTER TABLE "public"."profiles" DROP CONSTRAINT "profiles_id_fkey";

ALTER TABLE "public"."properties" DROP CONSTRAINT "properties_org_id_fkey";

ALTER TABLE "public"."role_assignments" DROP CONSTRAINT "role_assignments_org_id_fkey";

ALTER TABLE "public"."role_assignments" DROP CONSTRAINT "role_assignments_site_fkey";

ALTER TABLE "public"."role_assignments" DROP CONSTRAINT "role_assignments_user_id_fkey";

ALTER TABLE "public"."sites" DROP CONSTRAINT "sites_org_id_fkey";

ALTER TABLE "public"."sites" DROP CONSTRAINT "sites_property_fkey";

DROP FUNCTION "app"."has_role"(public.app_role[]);

DROP FUNCTION "app"."is_staff"();

DROP FUNCTION "app"."my_roles"();

DROP FUNCTION "app"."my_sites"();

DROP FUNCTION "app"."open_request"();

DROP FUNCTION "app"."require_feature"(text);

DROP FUNCTION "app"."require_member"();

DROP FUNCTION "app"."require_role"(public.app_role[]);

DROP FUNCTION "app"."today"();

DROP FUNCTION "public"."is_feature_enabled"(text);

DROP TABLE "public"."nurseos_feature_flags";

DROP TABLE "public"."organization_feature_flags";

DROP TABLE "public"."organizations";

DROP TYPE "public"."license_tier";

DROP TYPE "public"."organization_kind";

DROP TABLE "public"."profiles";

DROP TABLE "public"."properties";

DROP TABLE "public"."role_assignments";

DROP TYPE "public"."app_role";

DROP TABLE "public"."sites";

DROP FUNCTION "app"."current_org"();

DROP DOMAIN "public"."time_zone";

DROP TYPE "public"."site_kind";
