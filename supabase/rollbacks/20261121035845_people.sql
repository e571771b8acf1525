-- Undoes people: written by `carebase db diff`.

set local lock_timeout = '30s';

set local check_function_bodies = off;

DROP POLICY "floor_organization" ON "app"."fhir_links";

DROP POLICY "floor_organization" ON "public"."encounters";

DROP POLICY "select_organization" ON "public"."encounters";

DROP POLICY "floor_organization" ON "public"."external_organizations";

DROP POLICY "select_organization" ON "public"."external_organizations";

DROP POLICY "floor_person" ON "public"."fhir_practitioners";

DROP POLICY "select_own_or_related" ON "public"."fhir_practitioners";

DROP POLICY "floor_organization" ON "public"."org_patients";

DROP POLICY "select_organization" ON "public"."org_patients";

DROP POLICY "floor_organization" ON "public"."org_practitioners";

DROP POLICY "select_organization" ON "public"."org_practitioners";

DROP POLICY "floor_person" ON "public"."patients";

DROP POLICY "select_own_or_related" ON "public"."patients";

DROP POLICY "floor_organization" ON "public"."practitioner_roles";

DROP POLICY "select_organization" ON "public"."practitioner_roles";

ALTER TABLE "app"."fhir_links" DROP CONSTRAINT "fhir_links_org_id_fkey";

ALTER TABLE "public"."encounters" DROP CONSTRAINT "encounters_external_organization_fkey";

ALTER TABLE "public"."encounters" DROP CONSTRAINT "encounters_org_id_fkey";

ALTER TABLE "public"."encounters" DROP CONSTRAINT "encounters_patient_fkey";

ALTER TABLE "public"."encounters" DROP CONSTRAINT "encounters_provider_fkey";

ALTER TABLE "public"."external_organizations" DROP CONSTRAINT "external_organizations_org_id_fkey";

ALTER TABLE "public"."fhir_practitioners" DROP CONSTRAINT "fhir_practitioners_user_id_fkey";

ALTER TABLE "public"."org_patients" DROP CONSTRAINT "org_patients_org_id_fkey";

ALTER TABLE "public"."org_patients" DROP CONSTRAINT "org_patients_patient_id_fkey";

ALTER TABLE "public"."org_practitioners" DROP CONSTRAINT "org_practitioners_org_id_fkey";

ALTER TABLE "public"."org_practitioners" DROP CONSTRAINT "org_practitioners_practitioner_id_fkey";

ALTER TABLE "public"."patients" DROP CONSTRAINT "patients_user_id_fkey";

ALTER TABLE "public"."practitioner_roles" DROP CONSTRAINT "practitioner_roles_external_organization_fkey";

ALTER TABLE "public"."practitioner_roles" DROP CONSTRAINT "practitioner_roles_org_id_fkey";

ALTER TABLE "public"."practitioner_roles" DROP CONSTRAINT "practitioner_roles_practitioner_fkey";

DROP FUNCTION "app"."count_providers"(uuid);

DROP FUNCTION "app"."my_practitioner"();

DROP FUNCTION "public"."get_practitioner_full_name"(public.fhir_practitioners);

DROP TABLE "app"."fhir_links";

DROP TABLE "public"."encounters";

DROP TYPE "public"."encounter_status";

DROP TABLE "public"."external_organizations";

DROP TABLE "public"."fhir_practitioners";

DROP DOMAIN "public"."npi";

DROP FUNCTION "app"."is_npi"(text);

DROP TABLE "public"."org_patients";

DROP TABLE "public"."org_practitioners";

DROP TABLE "public"."patients";

DROP TYPE "public"."administrative_gender";

DROP TABLE "public"."practitioner_roles";
