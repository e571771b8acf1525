-- people: written by `carebase db diff`. Never edited once it is applied anywhere.

set local lock_timeout = '30s';

set local check_function_bodies = off;

CREATE TYPE "public"."administrative_gender" AS ENUM ('male', 'female', 'other', 'unknown');

CREATE TYPE "public"."encounter_status" AS ENUM ('planned', 'arrived', 'triaged', 'in-progress', 'onleave', 'finished', 'cancelled', 'entered-in-error', 'unknown');

CREATE OR REPLACE FUNCTION app.count_providers(p_org_id uuid)
 RETURNS integer
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select count(*)::integer
  from public.org_practitioners
  inner join public.fhir_practitioners on fhir_practitioners.id = org_practitioners.practitioner_id
  where
    org_practitioners.org_id = p_org_id
    and org_practitioners.is_active
    and org_practitioners.deleted_at is null
    and fhir_practitioners.user_id is not null
$function$;

CREATE OR REPLACE FUNCTION app.is_npi(p_npi text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
 SET search_path TO ''
AS $function$
  select
    p_npi ~ '^[12][0-9]{9}$'
    and (
      select sum(case when position % 2 = 1 then doubled / 10 + doubled % 10 else digit end) + 24
      from (
        select position, digit, 2 * digit as doubled
        from (
          select position, substr(p_npi, position, 1)::integer as digit
          from generate_series(1, 10) as position
          where p_npi ~ '^[0-9]{10}$'
        ) as digits
      ) as doubles
    ) % 10 = 0
$function$;

CREATE OR REPLACE FUNCTION app.my_practitioner()
 RETURNS uuid
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select org_practitioners.practitioner_id
  from public.fhir_practitioners
  inner join public.org_practitioners on org_practitioners.practitioner_id = fhir_practitioners.id
  where
    fhir_practitioners.user_id = (select auth.uid())
    and org_practitioners.org_id = (select app.current_org())
    and org_practitioners.is_active
    and org_practitioners.deleted_at is null
$function$;

CREATE DOMAIN "public"."npi" AS text CONSTRAINT "npi_check_digit" CHECK (app.is_npi(VALUE));

CREATE TABLE "app"."fhir_links" (
  "org_id" uuid NOT NULL,
  "resource_type" text NOT NULL,
  "fhir_id" text NOT NULL,
  "local_id" uuid NOT NULL,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT "fhir_links_fhir_id_length" CHECK (((length(fhir_id) >= 1) AND (length(fhir_id) <= 255))),
  CONSTRAINT "fhir_links_pkey" PRIMARY KEY (org_id, resource_type, fhir_id),
  CONSTRAINT "fhir_links_resource_type_known" CHECK ((resource_type = ANY (ARRAY['Practitioner'::text, 'PractitionerRole'::text, 'Organization'::text, 'Patient'::text, 'Encounter'::text])))
);

ALTER TABLE "app"."fhir_links" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "app"."fhir_links" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."encounters" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "patient_id" uuid NOT NULL,
  "provider_id" uuid,
  "external_organization_id" uuid,
  "status" public.encounter_status NOT NULL,
  "class_code" text NOT NULL,
  "date_of_service" date,
  "took_place_during" tstzrange,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  "deleted_at" timestamp with time zone,
  CONSTRAINT "encounters_class_code_length" CHECK (((length(class_code) >= 1) AND (length(class_code) <= 100))),
  CONSTRAINT "encounters_pkey" PRIMARY KEY (org_id, id)
);

ALTER TABLE "public"."encounters" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."encounters" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."external_organizations" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "name" text,
  "type_code" text,
  "is_active" boolean NOT NULL DEFAULT true,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  "deleted_at" timestamp with time zone,
  CONSTRAINT "external_organizations_texts_short" CHECK (((length(name) <= 500) AND (length(type_code) <= 100))),
  CONSTRAINT "external_organizations_pkey" PRIMARY KEY (org_id, id)
);

ALTER TABLE "public"."external_organizations" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."external_organizations" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."fhir_practitioners" (
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "user_id" uuid,
  "npi" public.npi,
  "family_name" text,
  "given_names" text[] NOT NULL DEFAULT '{}'::text[],
  "name_prefix" text,
  "name_suffix" text,
  "gender" public.administrative_gender,
  "specialties" text[] NOT NULL DEFAULT '{}'::text[],
  "is_active" boolean NOT NULL DEFAULT true,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  "deleted_at" timestamp with time zone,
  CONSTRAINT "fhir_practitioners_texts_short" CHECK (((length(family_name) <= 200) AND (length(name_prefix) <= 50) AND (length(name_suffix) <= 50) AND (cardinality(given_names) <= 20) AND (length(array_to_string(given_names, ' '::text)) <= 500) AND (cardinality(specialties) <= 50) AND (length(array_to_string(specialties, ' '::text)) <= 5000))),
  CONSTRAINT "fhir_practitioners_user_id_key" UNIQUE (user_id),
  CONSTRAINT "fhir_practitioners_pkey" PRIMARY KEY (id),
  CONSTRAINT "fhir_practitioners_npi_key" UNIQUE (npi)
);

ALTER TABLE "public"."fhir_practitioners" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."fhir_practitioners" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."org_patients" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "patient_id" uuid NOT NULL,
  "medical_record_number" text,
  "is_active" boolean NOT NULL DEFAULT true,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  "deleted_at" timestamp with time zone,
  CONSTRAINT "org_patients_medical_record_number_length" CHECK (((length(medical_record_number) >= 1) AND (length(medical_record_number) <= 100))),
  CONSTRAINT "org_patients_pkey" PRIMARY KEY (org_id, patient_id)
);

ALTER TABLE "public"."org_patients" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."org_patients" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."org_practitioners" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "practitioner_id" uuid NOT NULL,
  "is_active" boolean NOT NULL DEFAULT true,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  "deleted_at" timestamp with time zone,
  CONSTRAINT "org_practitioners_pkey" PRIMARY KEY (org_id, practitioner_id)
);

ALTER TABLE "public"."org_practitioners" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."org_practitioners" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."patients" (
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "user_id" uuid,
  "family_name" text,
  "given_names" text[] NOT NULL DEFAULT '{}'::text[],
  "birth_date" date,
  "birth_date_precision" text NOT NULL DEFAULT 'day'::text,
  "gender" public.administrative_gender,
  "is_deceased" boolean NOT NULL DEFAULT false,
  "deceased_at" timestamp with time zone,
  "is_active" boolean NOT NULL DEFAULT true,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  "deleted_at" timestamp with time zone,
  CONSTRAINT "patients_birth_date_precision_known" CHECK ((birth_date_precision = ANY (ARRAY['year'::text, 'month'::text, 'day'::text]))),
  CONSTRAINT "patients_deceased_at_means_deceased" CHECK (((deceased_at IS NULL) OR is_deceased)),
  CONSTRAINT "patients_texts_short" CHECK (((length(family_name) <= 200) AND (cardinality(given_names) <= 20) AND (length(array_to_string(given_names, ' '::text)) <= 500))),
  CONSTRAINT "patients_user_id_key" UNIQUE (user_id),
  CONSTRAINT "patients_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."patients" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."patients" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."practitioner_roles" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "practitioner_id" uuid NOT NULL,
  "external_organization_id" uuid,
  "role_code" text,
  "role_display" text,
  "specialties" text[] NOT NULL DEFAULT '{}'::text[],
  "active_during" tstzrange,
  "is_active" boolean NOT NULL DEFAULT true,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  "deleted_at" timestamp with time zone,
  CONSTRAINT "practitioner_roles_texts_short" CHECK (((length(role_code) <= 100) AND (length(role_display) <= 500) AND (cardinality(specialties) <= 50) AND (length(array_to_string(specialties, ' '::text)) <= 5000))),
  CONSTRAINT "practitioner_roles_pkey" PRIMARY KEY (org_id, id)
);

ALTER TABLE "public"."practitioner_roles" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."practitioner_roles" FORCE ROW LEVEL SECURITY;

CREATE OR REPLACE FUNCTION public.get_practitioner_full_name(p_practitioner public.fhir_practitioners)
 RETURNS text
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select nullif(
    concat_ws(
      ' ',
      p_practitioner.name_prefix,
      nullif(array_to_string(p_practitioner.given_names, ' '), ''),
      p_practitioner.family_name,
      p_practitioner.name_suffix
    ),
    ''
  )
$function$;

ALTER TABLE "app"."fhir_links" ADD CONSTRAINT "fhir_links_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE "public"."fhir_practitioners" ADD CONSTRAINT "fhir_practitioners_user_id_fkey" FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE SET NULL;

ALTER TABLE "public"."patients" ADD CONSTRAINT "patients_user_id_fkey" FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE SET NULL;

CREATE INDEX fhir_links_local_id_idx ON app.fhir_links USING btree (org_id, local_id);

CREATE INDEX org_patients_patient_id_idx ON public.org_patients USING btree (patient_id);

CREATE INDEX org_practitioners_practitioner_id_idx ON public.org_practitioners USING btree (practitioner_id);

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.encounters FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.external_organizations FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.fhir_practitioners FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.org_patients FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.org_practitioners FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.patients FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.practitioner_roles FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE POLICY "floor_organization" ON "app"."fhir_links" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

COMMENT ON COLUMN "app"."fhir_links"."created_at" IS 'When it was first imported.';
COMMENT ON COLUMN "app"."fhir_links"."fhir_id" IS 'Logical id in the source system.';
COMMENT ON COLUMN "app"."fhir_links"."local_id" IS 'Id of the row it became, in the table of its type.';
COMMENT ON COLUMN "app"."fhir_links"."org_id" IS 'The organization that imported it.';
COMMENT ON COLUMN "app"."fhir_links"."resource_type" IS 'FHIR R4 resource type.';
COMMENT ON COLUMN "public"."encounters"."class_code" IS 'FHIR class, code of v3 ActCode such as AMB or IMP.';
COMMENT ON COLUMN "public"."encounters"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."encounters"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."encounters"."date_of_service" IS 'The day it began, in the organization''s time zone.';
COMMENT ON COLUMN "public"."encounters"."deleted_at" IS 'When it was removed; a removed row is invisible through the API.';
COMMENT ON COLUMN "public"."encounters"."external_organization_id" IS 'Who provided the service, if not the organization itself.';
COMMENT ON COLUMN "public"."encounters"."patient_id" IS 'Who received care.';
COMMENT ON COLUMN "public"."encounters"."provider_id" IS 'The practitioner who gave it, if known.';
COMMENT ON COLUMN "public"."encounters"."status" IS 'FHIR status.';
COMMENT ON COLUMN "public"."encounters"."took_place_during" IS 'From when to when, as far as known.';
COMMENT ON COLUMN "public"."encounters"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."encounters"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."encounters"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."external_organizations"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."external_organizations"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."external_organizations"."deleted_at" IS 'When it was removed; a removed row is invisible through the API.';
COMMENT ON COLUMN "public"."external_organizations"."is_active" IS 'False once it has ceased to exist.';
COMMENT ON COLUMN "public"."external_organizations"."name" IS 'Name.';
COMMENT ON COLUMN "public"."external_organizations"."type_code" IS 'Kind of organization, code of the source.';
COMMENT ON COLUMN "public"."external_organizations"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."external_organizations"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."external_organizations"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."fhir_practitioners"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."fhir_practitioners"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."fhir_practitioners"."deleted_at" IS 'When it was removed; a removed row is invisible through the API.';
COMMENT ON COLUMN "public"."fhir_practitioners"."family_name" IS 'Family name.';
COMMENT ON COLUMN "public"."fhir_practitioners"."gender" IS 'Administrative gender.';
COMMENT ON COLUMN "public"."fhir_practitioners"."given_names" IS 'Given names in their order.';
COMMENT ON COLUMN "public"."fhir_practitioners"."is_active" IS 'False once the person no longer practises.';
COMMENT ON COLUMN "public"."fhir_practitioners"."name_prefix" IS 'Title before the name.';
COMMENT ON COLUMN "public"."fhir_practitioners"."name_suffix" IS 'Degree or suffix after the name.';
COMMENT ON COLUMN "public"."fhir_practitioners"."specialties" IS 'What the person is qualified in, as displayed.';
COMMENT ON COLUMN "public"."fhir_practitioners"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."fhir_practitioners"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."fhir_practitioners"."user_id" IS 'The sign-in that the person claimed this row with (auth.users).';
COMMENT ON COLUMN "public"."fhir_practitioners"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."org_patients"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."org_patients"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."org_patients"."deleted_at" IS 'When it was removed; a removed row is invisible through the API.';
COMMENT ON COLUMN "public"."org_patients"."is_active" IS 'False once the person is no longer in the organization''s care.';
COMMENT ON COLUMN "public"."org_patients"."medical_record_number" IS 'The number the organization keeps the person under. PHI.';
COMMENT ON COLUMN "public"."org_patients"."patient_id" IS 'The person.';
COMMENT ON COLUMN "public"."org_patients"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."org_patients"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."org_patients"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."org_practitioners"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."org_practitioners"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."org_practitioners"."deleted_at" IS 'When it was removed; a removed row is invisible through the API.';
COMMENT ON COLUMN "public"."org_practitioners"."is_active" IS 'False once the person has left the organization.';
COMMENT ON COLUMN "public"."org_practitioners"."practitioner_id" IS 'The person.';
COMMENT ON COLUMN "public"."org_practitioners"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."org_practitioners"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."org_practitioners"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."patients"."birth_date" IS 'Date of birth, to birth_date_precision. PHI.';
COMMENT ON COLUMN "public"."patients"."birth_date_precision" IS 'year, month or day: how much of birth_date is known.';
COMMENT ON COLUMN "public"."patients"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."patients"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."patients"."deceased_at" IS 'When the person died, if known. PHI.';
COMMENT ON COLUMN "public"."patients"."deleted_at" IS 'When it was removed; a removed row is invisible through the API.';
COMMENT ON COLUMN "public"."patients"."family_name" IS 'Family name. PHI.';
COMMENT ON COLUMN "public"."patients"."gender" IS 'Administrative gender. PHI.';
COMMENT ON COLUMN "public"."patients"."given_names" IS 'Given names in their order. PHI.';
COMMENT ON COLUMN "public"."patients"."is_active" IS 'False for a record that is no longer used.';
COMMENT ON COLUMN "public"."patients"."is_deceased" IS 'Whether the person has died. PHI.';
COMMENT ON COLUMN "public"."patients"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."patients"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."patients"."user_id" IS 'The sign-in of the patient (auth.users), if there is one.';
COMMENT ON COLUMN "public"."patients"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."practitioner_roles"."active_during" IS 'From when to when the role is held, if known.';
COMMENT ON COLUMN "public"."practitioner_roles"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."practitioner_roles"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."practitioner_roles"."deleted_at" IS 'When it was removed; a removed row is invisible through the API.';
COMMENT ON COLUMN "public"."practitioner_roles"."external_organization_id" IS 'Where the role is held, if not at the tenant itself.';
COMMENT ON COLUMN "public"."practitioner_roles"."is_active" IS 'False once the role has ended.';
COMMENT ON COLUMN "public"."practitioner_roles"."practitioner_id" IS 'The person.';
COMMENT ON COLUMN "public"."practitioner_roles"."role_code" IS 'Code of the role, of the source''s code system.';
COMMENT ON COLUMN "public"."practitioner_roles"."role_display" IS 'Role as displayed.';
COMMENT ON COLUMN "public"."practitioner_roles"."specialties" IS 'Specialties of this role, as displayed.';
COMMENT ON COLUMN "public"."practitioner_roles"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."practitioner_roles"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."practitioner_roles"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON DOMAIN "public"."npi" IS 'National Provider Identifier: ten digits, the last one a Luhn check digit over 80840 and the first nine.';
COMMENT ON FUNCTION "app"."count_providers"(uuid) IS 'How many active practitioners of an organization can sign in.';
COMMENT ON FUNCTION "app"."is_npi"(text) IS 'Whether ten digits are a National Provider Identifier with a right check digit, such as 1234567893.';
COMMENT ON FUNCTION "app"."my_practitioner"() IS 'The caller as an active practitioner of the active organization; null for anyone else.';
COMMENT ON FUNCTION "public"."get_practitioner_full_name"(public.fhir_practitioners) IS 'Full name of a practitioner for display; null when no part of it is known. A computed column for PostgREST.';
COMMENT ON POLICY "floor_organization" ON "app"."fhir_links" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON TABLE "app"."fhir_links" IS 'Resources of other systems and the rows they became, per organization.';
COMMENT ON TABLE "public"."encounters" IS 'Contacts of patients with an organization (FHIR R4 Encounter).';
COMMENT ON TABLE "public"."external_organizations" IS 'Other organizations as a tenant knows them (FHIR R4 Organization).';
COMMENT ON TABLE "public"."fhir_practitioners" IS 'People who give care (FHIR R4 Practitioner), one row per human.';
COMMENT ON TABLE "public"."org_patients" IS 'The patients of an organization.';
COMMENT ON TABLE "public"."org_practitioners" IS 'The practitioners of an organization.';
COMMENT ON TABLE "public"."patients" IS 'People who receive care (FHIR R4 Patient), one row per human.';
COMMENT ON TABLE "public"."practitioner_roles" IS 'What practitioners do for an organization (FHIR R4 PractitionerRole).';
COMMENT ON TYPE "public"."administrative_gender" IS 'FHIR R4 AdministrativeGender.';
COMMENT ON TYPE "public"."encounter_status" IS 'FHIR R4 EncounterStatus.';

ALTER TABLE "public"."encounters" ADD CONSTRAINT "encounters_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

CREATE INDEX encounters_external_organization_id_idx ON public.encounters USING btree (org_id, external_organization_id);

CREATE INDEX encounters_patient_id_idx ON public.encounters USING btree (org_id, patient_id, date_of_service);

CREATE INDEX encounters_provider_id_idx ON public.encounters USING btree (org_id, provider_id, date_of_service);

CREATE POLICY "floor_organization" ON "public"."encounters" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "select_organization" ON "public"."encounters" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.has_role(VARIADIC ARRAY['care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role]) AS has_role)));

COMMENT ON COLUMN "public"."encounters"."org_id" IS 'The organization.';
COMMENT ON POLICY "floor_organization" ON "public"."encounters" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."encounters" IS 'care_manager, case_manager, nurse, clinician: every row of the active organization.';
COMMENT ON COLUMN "public"."encounters"."id" IS 'Key within the organization.';

ALTER TABLE "public"."external_organizations" ADD CONSTRAINT "external_organizations_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

CREATE POLICY "floor_organization" ON "public"."external_organizations" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "select_organization" ON "public"."external_organizations" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.is_staff() AS is_staff)));

COMMENT ON COLUMN "public"."external_organizations"."org_id" IS 'The tenant that knows it.';
COMMENT ON POLICY "floor_organization" ON "public"."external_organizations" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."external_organizations" IS 'anyone who works for the active organization: every row of the active organization.';

ALTER TABLE "public"."encounters" ADD CONSTRAINT "encounters_external_organization_fkey" FOREIGN KEY (org_id, external_organization_id) REFERENCES public.external_organizations(org_id, id);

COMMENT ON COLUMN "public"."external_organizations"."id" IS 'Key within the tenant.';

ALTER TABLE "public"."org_practitioners" ADD CONSTRAINT "org_practitioners_practitioner_id_fkey" FOREIGN KEY (practitioner_id) REFERENCES public.fhir_practitioners(id);

COMMENT ON COLUMN "public"."fhir_practitioners"."id" IS 'Key.';
COMMENT ON COLUMN "public"."fhir_practitioners"."npi" IS 'National Provider Identifier, if the person has one.';

ALTER TABLE "public"."org_patients" ADD CONSTRAINT "org_patients_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE "public"."encounters" ADD CONSTRAINT "encounters_patient_fkey" FOREIGN KEY (org_id, patient_id) REFERENCES public.org_patients(org_id, patient_id);

CREATE INDEX org_patients_medical_record_number_idx ON public.org_patients USING btree (org_id, medical_record_number);

CREATE POLICY "floor_organization" ON "public"."org_patients" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "select_organization" ON "public"."org_patients" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.has_role(VARIADIC ARRAY['care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role]) AS has_role)));

COMMENT ON COLUMN "public"."org_patients"."org_id" IS 'The organization.';
COMMENT ON POLICY "floor_organization" ON "public"."org_patients" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."org_patients" IS 'care_manager, case_manager, nurse, clinician: every row of the active organization.';

ALTER TABLE "public"."org_practitioners" ADD CONSTRAINT "org_practitioners_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE "public"."encounters" ADD CONSTRAINT "encounters_provider_fkey" FOREIGN KEY (org_id, provider_id) REFERENCES public.org_practitioners(org_id, practitioner_id);

CREATE POLICY "floor_person" ON "public"."fhir_practitioners" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING (((user_id = ( SELECT auth.uid() AS uid)) OR (id = ANY (ARRAY( SELECT link.practitioner_id
   FROM public.org_practitioners link
  WHERE (link.org_id = ( SELECT app.current_org() AS current_org))))))) WITH CHECK (((user_id = ( SELECT auth.uid() AS uid)) OR (id = ANY (ARRAY( SELECT link.practitioner_id
   FROM public.org_practitioners link
  WHERE (link.org_id = ( SELECT app.current_org() AS current_org)))))));

CREATE POLICY "select_own_or_related" ON "public"."fhir_practitioners" FOR SELECT TO "authenticated" USING (((deleted_at IS NULL) AND (((( SELECT auth.uid() AS uid) IS NOT NULL) AND (user_id = ( SELECT auth.uid() AS uid))) OR ((( SELECT app.current_org() AS current_org) IS NOT NULL) AND (id = ANY (ARRAY( SELECT link.practitioner_id
   FROM public.org_practitioners link
  WHERE (link.org_id = ( SELECT app.current_org() AS current_org)))))))));

CREATE POLICY "floor_organization" ON "public"."org_practitioners" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "select_organization" ON "public"."org_practitioners" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL)));

COMMENT ON COLUMN "public"."org_practitioners"."org_id" IS 'The organization.';
COMMENT ON POLICY "floor_person" ON "public"."fhir_practitioners" IS 'Whatever else is allowed: only rows of the person, or of people whom the active organization knows.';
COMMENT ON POLICY "select_own_or_related" ON "public"."fhir_practitioners" IS 'anyone who is signed in: their own rows; anyone with a valid role in the active organization: people whom the active organization knows.';
COMMENT ON POLICY "floor_organization" ON "public"."org_practitioners" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."org_practitioners" IS 'anyone with a valid role in the active organization: every row of the active organization.';

ALTER TABLE "public"."org_patients" ADD CONSTRAINT "org_patients_patient_id_fkey" FOREIGN KEY (patient_id) REFERENCES public.patients(id);

CREATE POLICY "floor_person" ON "public"."patients" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING (((user_id = ( SELECT auth.uid() AS uid)) OR (id = ANY (ARRAY( SELECT link.patient_id
   FROM public.org_patients link
  WHERE (link.org_id = ( SELECT app.current_org() AS current_org))))))) WITH CHECK (((user_id = ( SELECT auth.uid() AS uid)) OR (id = ANY (ARRAY( SELECT link.patient_id
   FROM public.org_patients link
  WHERE (link.org_id = ( SELECT app.current_org() AS current_org)))))));

CREATE POLICY "select_own_or_related" ON "public"."patients" FOR SELECT TO "authenticated" USING (((deleted_at IS NULL) AND (((( SELECT auth.uid() AS uid) IS NOT NULL) AND (user_id = ( SELECT auth.uid() AS uid))) OR (( SELECT app.has_role(VARIADIC ARRAY['care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role]) AS has_role) AND (id = ANY (ARRAY( SELECT link.patient_id
   FROM public.org_patients link
  WHERE (link.org_id = ( SELECT app.current_org() AS current_org)))))))));

COMMENT ON COLUMN "public"."patients"."id" IS 'Key.';
COMMENT ON POLICY "floor_person" ON "public"."patients" IS 'Whatever else is allowed: only rows of the person, or of people whom the active organization knows.';
COMMENT ON POLICY "select_own_or_related" ON "public"."patients" IS 'anyone who is signed in: their own rows; care_manager, case_manager, nurse, clinician: people whom the active organization knows.';

ALTER TABLE "public"."practitioner_roles" ADD CONSTRAINT "practitioner_roles_external_organization_fkey" FOREIGN KEY (org_id, external_organization_id) REFERENCES public.external_organizations(org_id, id);

ALTER TABLE "public"."practitioner_roles" ADD CONSTRAINT "practitioner_roles_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE "public"."practitioner_roles" ADD CONSTRAINT "practitioner_roles_practitioner_fkey" FOREIGN KEY (org_id, practitioner_id) REFERENCES public.org_practitioners(org_id, practitioner_id);

CREATE INDEX practitioner_roles_external_organization_id_idx ON public.practitioner_roles USING btree (org_id, external_organization_id);

CREATE INDEX practitioner_roles_practitioner_id_idx ON public.practitioner_roles USING btree (org_id, practitioner_id);

CREATE POLICY "floor_organization" ON "public"."practitioner_roles" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "select_organization" ON "public"."practitioner_roles" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.is_staff() AS is_staff)));

COMMENT ON COLUMN "public"."practitioner_roles"."org_id" IS 'The organization.';
COMMENT ON POLICY "floor_organization" ON "public"."practitioner_roles" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."practitioner_roles" IS 'anyone who works for the active organization: every row of the active organization.';
COMMENT ON COLUMN "public"."practitioner_roles"."id" IS 'Key within the organization.';

revoke all on function app.count_providers(uuid) from public, anon, authenticated, service_role;

revoke all on function app.is_npi(text) from public, anon, authenticated, service_role;
grant all on function app.is_npi(text) to authenticated, service_role;

revoke all on function app.my_practitioner() from public, anon, authenticated, service_role;
grant all on function app.my_practitioner() to authenticated, service_role;

revoke all on function public.get_practitioner_full_name(public.fhir_practitioners) from public, anon, authenticated, service_role;
grant all on function public.get_practitioner_full_name(public.fhir_practitioners) to authenticated, service_role;

revoke all on table app.fhir_links from public, anon, authenticated, service_role;

revoke all on table public.encounters from public, anon, authenticated, service_role;
grant select on table public.encounters to authenticated;
grant delete, insert, select, update on table public.encounters to service_role;

revoke all on table public.external_organizations from public, anon, authenticated, service_role;
grant select on table public.external_organizations to authenticated;
grant delete, insert, select, update on table public.external_organizations to service_role;

revoke all on table public.fhir_practitioners from public, anon, authenticated, service_role;
grant select on table public.fhir_practitioners to authenticated;
grant delete, insert, select, update on table public.fhir_practitioners to service_role;

revoke all on table public.org_patients from public, anon, authenticated, service_role;
grant select on table public.org_patients to authenticated;
grant delete, insert, select, update on table public.org_patients to service_role;

revoke all on table public.org_practitioners from public, anon, authenticated, service_role;
grant select on table public.org_practitioners to authenticated;
grant delete, insert, select, update on table public.org_practitioners to service_role;

revoke all on table public.patients from public, anon, authenticated, service_role;
grant select on table public.patients to authenticated;
grant delete, insert, select, update on table public.patients to service_role;

revoke all on table public.practitioner_roles from public, anon, authenticated, service_role;
grant select on table public.practitioner_roles to authenticated;
grant delete, insert, select, update on table public.practitioner_roles to service_role;
