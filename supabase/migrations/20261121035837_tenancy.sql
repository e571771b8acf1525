-- tenancy: written by `carebase db diff`. Never edited once it is applied anywhere.

set local lock_timeout = '30s';

set local check_function_bodies = off;

CREATE DOMAIN "public"."time_zone" AS text CONSTRAINT "time_zone_form" CHECK ((VALUE ~ '^(UTC|[A-Z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){1,2})$'::text)) CONSTRAINT "time_zone_known" CHECK (((VALUE IS NULL) OR (timezone(VALUE, '2000-01-01 00:00:00'::timestamp without time zone) IS NOT NULL)));

CREATE TYPE "public"."app_role" AS ENUM ('super_admin', 'org_owner', 'admin', 'manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer', 'compliance_lead', 'wellness_officer', 'billing', 'scheduler', 'resident', 'patient', 'family', 'referral_partner', 'service');

CREATE TYPE "public"."license_tier" AS ENUM ('basic', 'standard', 'premium', 'enterprise');

CREATE TYPE "public"."organization_kind" AS ENUM ('platform', 'care_management', 'clinic', 'studio', 'recovery_residence', 'care_home');

CREATE TYPE "public"."site_kind" AS ENUM ('house', 'care_home', 'clinic', 'studio', 'office', 'virtual');

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

CREATE OR REPLACE FUNCTION app.has_role(VARIADIC p_roles public.app_role[])
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  return app.my_roles() && has_role.p_roles;
end
$function$;

CREATE OR REPLACE FUNCTION app.is_staff()
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  return app.has_role(
    'org_owner', 'admin', 'manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer',
    'compliance_lead', 'wellness_officer', 'billing', 'scheduler'
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.my_roles()
 RETURNS public.app_role[]
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.current_org();
  return coalesce(nullif(current_setting('carebase.roles', true), ''), '{}')::public.app_role[];
end
$function$;

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

CREATE OR REPLACE FUNCTION app.require_feature(p_feature_key text)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_member();
  if not public.is_feature_enabled(require_feature.p_feature_key) then
    perform app.raise_error(
      'feature_disabled', 'This feature is not switched on for your organization.',
      jsonb_build_object('feature', require_feature.p_feature_key)
    );
  end if;
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

CREATE OR REPLACE FUNCTION app.require_role(VARIADIC p_roles public.app_role[])
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_member();
  if not app.has_role(variadic require_role.p_roles) then
    perform app.raise_error(
      'permission_denied', 'Your role does not allow this.',
      jsonb_build_object('roles', to_jsonb(require_role.p_roles))
    );
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.today()
 RETURNS date
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.current_org();
  return (
    app.clock() at time zone coalesce(nullif(current_setting('carebase.time_zone', true), ''), 'UTC')
  )::date;
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

CREATE TABLE "public"."nurseos_feature_flags" (
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "feature_key" text NOT NULL,
  "feature_name" text NOT NULL,
  "description" text,
  "is_enabled_globally" boolean NOT NULL DEFAULT false,
  "required_license_tier" public.license_tier NOT NULL DEFAULT 'standard'::public.license_tier,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  CONSTRAINT "nurseos_feature_flags_feature_key_form" CHECK ((feature_key ~ '^[a-z][a-z0-9_]{1,62}$'::text)),
  CONSTRAINT "nurseos_feature_flags_feature_key_key" UNIQUE (feature_key),
  CONSTRAINT "nurseos_feature_flags_texts_short" CHECK ((((length(feature_name) >= 1) AND (length(feature_name) <= 200)) AND (length(description) <= 2000))),
  CONSTRAINT "nurseos_feature_flags_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."nurseos_feature_flags" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."nurseos_feature_flags" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."organization_feature_flags" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "feature_key" text NOT NULL,
  "is_enabled" boolean NOT NULL,
  "reason" text,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  CONSTRAINT "organization_feature_flags_reason_short" CHECK ((length(reason) <= 500)),
  CONSTRAINT "organization_feature_flags_org_feature_key" UNIQUE (org_id, feature_key),
  CONSTRAINT "organization_feature_flags_pkey" PRIMARY KEY (org_id, id)
);

ALTER TABLE "public"."organization_feature_flags" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."organization_feature_flags" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."organizations" (
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "name" text NOT NULL,
  "slug" text NOT NULL,
  "kind" public.organization_kind NOT NULL,
  "license_tier" public.license_tier NOT NULL DEFAULT 'basic'::public.license_tier,
  "time_zone" public.time_zone NOT NULL DEFAULT 'UTC'::text,
  "settings" jsonb NOT NULL DEFAULT '{}'::jsonb,
  "is_active" boolean NOT NULL DEFAULT true,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  "deleted_at" timestamp with time zone,
  CONSTRAINT "organizations_name_length" CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  CONSTRAINT "organizations_settings_object" CHECK (((jsonb_typeof(settings) = 'object'::text) AND (pg_column_size(settings) <= 65536))),
  CONSTRAINT "organizations_slug_form" CHECK (((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (length(slug) <= 63))),
  CONSTRAINT "organizations_slug_key" UNIQUE (slug),
  CONSTRAINT "organizations_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."organizations" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."organizations" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."profiles" (
  "id" uuid NOT NULL,
  "display_name" text NOT NULL,
  "locale" text NOT NULL DEFAULT 'en-US'::text,
  "default_org_id" uuid,
  "is_active" boolean NOT NULL DEFAULT true,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  "deleted_at" timestamp with time zone,
  CONSTRAINT "profiles_display_name_length" CHECK (((length(display_name) >= 1) AND (length(display_name) <= 200))),
  CONSTRAINT "profiles_locale_form" CHECK ((locale ~ '^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$'::text)),
  CONSTRAINT "profiles_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."profiles" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."profiles" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."properties" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "name" text NOT NULL,
  "address_lines" text[] NOT NULL DEFAULT '{}'::text[],
  "city" text,
  "region" text,
  "postal_code" text,
  "country_code" text NOT NULL DEFAULT 'US'::text,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  "deleted_at" timestamp with time zone,
  CONSTRAINT "properties_address_short" CHECK (((cardinality(address_lines) <= 5) AND (length(array_to_string(address_lines, ''::text)) <= 500))),
  CONSTRAINT "properties_country_code_form" CHECK ((country_code ~ '^[A-Z]{2}$'::text)),
  CONSTRAINT "properties_name_length" CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  CONSTRAINT "properties_place_short" CHECK (((length(city) <= 100) AND (length(region) <= 100) AND (length(postal_code) <= 20))),
  CONSTRAINT "properties_pkey" PRIMARY KEY (org_id, id)
);

ALTER TABLE "public"."properties" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."properties" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."role_assignments" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "user_id" uuid NOT NULL,
  "role" public.app_role NOT NULL,
  "site_id" uuid,
  "valid_during" tstzrange NOT NULL DEFAULT tstzrange(now(), NULL::timestamp with time zone),
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  "deleted_at" timestamp with time zone,
  CONSTRAINT "role_assignments_site_roles" CHECK (((site_id IS NULL) OR (role = ANY (ARRAY['manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'carer'::public.app_role, 'scheduler'::public.app_role, 'resident'::public.app_role, 'family'::public.app_role])))),
  CONSTRAINT "role_assignments_valid_during_not_empty" CHECK ((NOT isempty(valid_during))),
  CONSTRAINT "role_assignments_pkey" PRIMARY KEY (org_id, id)
);

ALTER TABLE "public"."role_assignments" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."role_assignments" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."sites" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "property_id" uuid,
  "kind" public.site_kind NOT NULL,
  "name" text NOT NULL,
  "time_zone" public.time_zone,
  "is_active" boolean NOT NULL DEFAULT true,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  "deleted_at" timestamp with time zone,
  CONSTRAINT "sites_name_length" CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  CONSTRAINT "sites_pkey" PRIMARY KEY (org_id, id)
);

ALTER TABLE "public"."sites" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."sites" FORCE ROW LEVEL SECURITY;

ALTER TABLE "public"."organization_feature_flags" ADD CONSTRAINT "organization_feature_flags_feature_key_fkey" FOREIGN KEY (feature_key) REFERENCES public.nurseos_feature_flags(feature_key) ON UPDATE CASCADE;

ALTER TABLE "public"."profiles" ADD CONSTRAINT "profiles_id_fkey" FOREIGN KEY (id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE "public"."role_assignments" ADD CONSTRAINT "role_assignments_user_id_fkey" FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

CREATE INDEX organization_feature_flags_feature_key_idx ON public.organization_feature_flags USING btree (feature_key);

CREATE UNIQUE INDEX organizations_platform_key ON public.organizations USING btree (kind) WHERE (kind = 'platform'::public.organization_kind);

CREATE INDEX profiles_default_org_id_idx ON public.profiles USING btree (default_org_id);

CREATE INDEX role_assignments_user_id_idx ON public.role_assignments USING btree (user_id);

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.nurseos_feature_flags FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.organization_feature_flags FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.organizations FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.profiles FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.properties FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.role_assignments FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.sites FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE POLICY "insert_anyone" ON "public"."nurseos_feature_flags" FOR INSERT TO "authenticated" WITH CHECK (( SELECT app.has_role(VARIADIC ARRAY['super_admin'::public.app_role]) AS has_role));

CREATE POLICY "select_anyone" ON "public"."nurseos_feature_flags" FOR SELECT TO "authenticated" USING ((( SELECT auth.uid() AS uid) IS NOT NULL));

CREATE POLICY "update_anyone" ON "public"."nurseos_feature_flags" FOR UPDATE TO "authenticated" USING (( SELECT app.has_role(VARIADIC ARRAY['super_admin'::public.app_role]) AS has_role)) WITH CHECK (( SELECT app.has_role(VARIADIC ARRAY['super_admin'::public.app_role]) AS has_role));

CREATE POLICY "floor_person" ON "public"."profiles" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((id = ( SELECT auth.uid() AS uid))) WITH CHECK ((id = ( SELECT auth.uid() AS uid)));

CREATE POLICY "select_own" ON "public"."profiles" FOR SELECT TO "authenticated" USING (((deleted_at IS NULL) AND (( SELECT auth.uid() AS uid) IS NOT NULL) AND (id = ( SELECT auth.uid() AS uid))));

CREATE POLICY "update_own" ON "public"."profiles" FOR UPDATE TO "authenticated" USING (((deleted_at IS NULL) AND (( SELECT auth.uid() AS uid) IS NOT NULL) AND (id = ( SELECT auth.uid() AS uid)))) WITH CHECK (((deleted_at IS NULL) AND (( SELECT auth.uid() AS uid) IS NOT NULL) AND (id = ( SELECT auth.uid() AS uid))));

COMMENT ON COLUMN "public"."nurseos_feature_flags"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."nurseos_feature_flags"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."nurseos_feature_flags"."description" IS 'What the feature gives.';
COMMENT ON COLUMN "public"."nurseos_feature_flags"."feature_key" IS 'Stable name that code asks for, such as resilience_hub.';
COMMENT ON COLUMN "public"."nurseos_feature_flags"."feature_name" IS 'Name for people.';
COMMENT ON COLUMN "public"."nurseos_feature_flags"."is_enabled_globally" IS 'On for every organization whose licence includes it.';
COMMENT ON COLUMN "public"."nurseos_feature_flags"."required_license_tier" IS 'The lowest tier that includes the feature.';
COMMENT ON COLUMN "public"."nurseos_feature_flags"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."nurseos_feature_flags"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."nurseos_feature_flags"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."organization_feature_flags"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."organization_feature_flags"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."organization_feature_flags"."feature_key" IS 'The feature.';
COMMENT ON COLUMN "public"."organization_feature_flags"."is_enabled" IS 'On or off for this organization.';
COMMENT ON COLUMN "public"."organization_feature_flags"."reason" IS 'Why, for those who come later.';
COMMENT ON COLUMN "public"."organization_feature_flags"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."organization_feature_flags"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."organization_feature_flags"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."organizations"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."organizations"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."organizations"."deleted_at" IS 'When it was removed; a removed row is invisible through the API.';
COMMENT ON COLUMN "public"."organizations"."is_active" IS 'A deactivated organization admits nobody from the next request on.';
COMMENT ON COLUMN "public"."organizations"."kind" IS 'What the organization mainly does.';
COMMENT ON COLUMN "public"."organizations"."license_tier" IS 'What it has bought; decides with the flags which features are on.';
COMMENT ON COLUMN "public"."organizations"."name" IS 'Name for people, 1 to 200 characters.';
COMMENT ON COLUMN "public"."organizations"."settings" IS 'Preferences of the organization, one JSON object of at most 64 KiB.';
COMMENT ON COLUMN "public"."organizations"."slug" IS 'Name for addresses and commands: lower case, digits, hyphens.';
COMMENT ON COLUMN "public"."organizations"."time_zone" IS 'Its days begin and end in this zone.';
COMMENT ON COLUMN "public"."organizations"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."organizations"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."organizations"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."profiles"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."profiles"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."profiles"."default_org_id" IS 'The organization that is active after sign-in, if the person still has a role there.';
COMMENT ON COLUMN "public"."profiles"."deleted_at" IS 'When it was removed; a removed row is invisible through the API.';
COMMENT ON COLUMN "public"."profiles"."display_name" IS 'How the person wants to be called, 1 to 200 characters.';
COMMENT ON COLUMN "public"."profiles"."id" IS 'The id of auth.users.';
COMMENT ON COLUMN "public"."profiles"."is_active" IS 'A deactivated person is refused from the next request on.';
COMMENT ON COLUMN "public"."profiles"."locale" IS 'BCP 47 language tag, such as en-US.';
COMMENT ON COLUMN "public"."profiles"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."profiles"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."profiles"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."properties"."address_lines" IS 'Street address, at most five lines.';
COMMENT ON COLUMN "public"."properties"."city" IS 'Town or city.';
COMMENT ON COLUMN "public"."properties"."country_code" IS 'ISO 3166-1 alpha-2 code.';
COMMENT ON COLUMN "public"."properties"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."properties"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."properties"."deleted_at" IS 'When it was removed; a removed row is invisible through the API.';
COMMENT ON COLUMN "public"."properties"."name" IS 'Name for people, 1 to 200 characters.';
COMMENT ON COLUMN "public"."properties"."postal_code" IS 'Postal code as written locally.';
COMMENT ON COLUMN "public"."properties"."region" IS 'State, province or county.';
COMMENT ON COLUMN "public"."properties"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."properties"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."properties"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."role_assignments"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."role_assignments"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."role_assignments"."deleted_at" IS 'When it was removed; a removed row is invisible through the API.';
COMMENT ON COLUMN "public"."role_assignments"."role" IS 'The persona.';
COMMENT ON COLUMN "public"."role_assignments"."site_id" IS 'The one site it is limited to; null for the whole organization.';
COMMENT ON COLUMN "public"."role_assignments"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."role_assignments"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."role_assignments"."user_id" IS 'Who holds it (auth.users).';
COMMENT ON COLUMN "public"."role_assignments"."valid_during" IS 'From when to when; an open end means until revoked.';
COMMENT ON COLUMN "public"."role_assignments"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."sites"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."sites"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."sites"."deleted_at" IS 'When it was removed; a removed row is invisible through the API.';
COMMENT ON COLUMN "public"."sites"."is_active" IS 'False once the site is closed.';
COMMENT ON COLUMN "public"."sites"."kind" IS 'What the site is.';
COMMENT ON COLUMN "public"."sites"."name" IS 'Name for people, 1 to 200 characters.';
COMMENT ON COLUMN "public"."sites"."property_id" IS 'The building it is in, if that is kept.';
COMMENT ON COLUMN "public"."sites"."time_zone" IS 'Its own zone where it differs from the organization''s.';
COMMENT ON COLUMN "public"."sites"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."sites"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."sites"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON DOMAIN "public"."time_zone" IS 'A zone of the IANA time zone database, such as America/Chicago.';
COMMENT ON FUNCTION "app"."current_org"() IS 'The caller''s active organization; null without a valid role anywhere.';
COMMENT ON FUNCTION "app"."has_role"(public.app_role[]) IS 'Whether the caller holds one of these roles in the active organization.';
COMMENT ON FUNCTION "app"."is_staff"() IS 'Whether the caller works for the active organization: not a resident, patient, relative, partner or machine.';
COMMENT ON FUNCTION "app"."my_roles"() IS 'The caller''s roles in the active organization.';
COMMENT ON FUNCTION "app"."my_sites"() IS 'The sites that the caller''s roles in the active organization are limited to.';
COMMENT ON FUNCTION "app"."open_request"() IS 'Resolves the caller''s active organization, roles and sites for this transaction.';
COMMENT ON FUNCTION "app"."require_feature"(text) IS 'Ends the request unless the feature is on for the active organization; first line of every RPC of a flagged room.';
COMMENT ON FUNCTION "app"."require_member"() IS 'Ends the request unless the caller is signed in and has a valid role somewhere.';
COMMENT ON FUNCTION "app"."require_role"(public.app_role[]) IS 'Ends the request unless the caller holds one of these roles in the active organization.';
COMMENT ON FUNCTION "app"."today"() IS 'The calendar day of the active organization, in its own time zone.';
COMMENT ON FUNCTION "public"."is_feature_enabled"(text) IS 'Whether a feature is on for the caller''s active organization; false for anything unknown.';
COMMENT ON POLICY "insert_anyone" ON "public"."nurseos_feature_flags" IS 'super_admin: every row.';
COMMENT ON POLICY "select_anyone" ON "public"."nurseos_feature_flags" IS 'anyone who is signed in: every row.';
COMMENT ON POLICY "update_anyone" ON "public"."nurseos_feature_flags" IS 'super_admin: every row.';
COMMENT ON POLICY "floor_person" ON "public"."profiles" IS 'Whatever else is allowed: only rows of the person.';
COMMENT ON POLICY "select_own" ON "public"."profiles" IS 'anyone who is signed in: their own rows.';
COMMENT ON POLICY "update_own" ON "public"."profiles" IS 'anyone who is signed in: their own rows.';
COMMENT ON TABLE "public"."nurseos_feature_flags" IS 'Features that can be switched on and off, and the licence each needs.';
COMMENT ON TABLE "public"."organization_feature_flags" IS 'Per-organization override of a feature flag; it decides before the global switch and the licence.';
COMMENT ON TABLE "public"."organizations" IS 'The tenants: care organizations, and the one that runs the platform.';
COMMENT ON TABLE "public"."profiles" IS 'One row per person who can sign in.';
COMMENT ON TABLE "public"."properties" IS 'Buildings and campuses of an organization.';
COMMENT ON TABLE "public"."role_assignments" IS 'Roles of people in organizations, for the whole organization or one site, with a validity period.';
COMMENT ON TABLE "public"."sites" IS 'Places that are run as one; houses and care_homes are views of it.';
COMMENT ON TYPE "public"."app_role" IS 'The personas of the access matrix; a person holds them through role_assignments.';
COMMENT ON TYPE "public"."license_tier" IS 'Licence tiers, lowest first; a feature that requires a tier is included in every later one.';
COMMENT ON TYPE "public"."organization_kind" IS 'What an organization mainly does; `platform` is the one organization that runs carebase itself.';
COMMENT ON TYPE "public"."site_kind" IS 'What a site is; the views houses and care_homes show one kind each.';
COMMENT ON COLUMN "public"."nurseos_feature_flags"."id" IS 'Key.';

CREATE POLICY "floor_organization" ON "public"."organization_feature_flags" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "select_organization" ON "public"."organization_feature_flags" FOR SELECT TO "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org)));

COMMENT ON COLUMN "public"."organization_feature_flags"."org_id" IS 'The organization it is for.';
COMMENT ON POLICY "floor_organization" ON "public"."organization_feature_flags" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."organization_feature_flags" IS 'anyone with a valid role in the active organization: every row of the active organization.';
COMMENT ON COLUMN "public"."organization_feature_flags"."id" IS 'Key within the organization.';

ALTER TABLE "public"."organization_feature_flags" ADD CONSTRAINT "organization_feature_flags_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE "public"."profiles" ADD CONSTRAINT "profiles_default_org_id_fkey" FOREIGN KEY (default_org_id) REFERENCES public.organizations(id);

CREATE POLICY "floor_organization" ON "public"."organizations" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "select_organization" ON "public"."organizations" FOR SELECT TO "authenticated" USING (((id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL)));

COMMENT ON COLUMN "public"."organizations"."id" IS 'Tenant key, first in the key of every table it owns.';
COMMENT ON POLICY "floor_organization" ON "public"."organizations" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."organizations" IS 'anyone with a valid role in the active organization: every row of the active organization.';

ALTER TABLE "public"."properties" ADD CONSTRAINT "properties_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

CREATE POLICY "floor_organization" ON "public"."properties" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "select_organization" ON "public"."properties" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL)));

COMMENT ON COLUMN "public"."properties"."org_id" IS 'The organization it belongs to.';
COMMENT ON POLICY "floor_organization" ON "public"."properties" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."properties" IS 'anyone with a valid role in the active organization: every row of the active organization.';
COMMENT ON COLUMN "public"."properties"."id" IS 'Key within the organization.';

ALTER TABLE "public"."role_assignments" ADD CONSTRAINT "role_assignments_once" EXCLUDE USING gist (org_id WITH =, user_id WITH =, role WITH =, COALESCE(site_id, '00000000-0000-0000-0000-000000000000'::uuid) WITH =, valid_during WITH &&) WHERE ((deleted_at IS NULL));

ALTER TABLE "public"."role_assignments" ADD CONSTRAINT "role_assignments_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

CREATE INDEX role_assignments_site_id_idx ON public.role_assignments USING btree (org_id, site_id);

CREATE POLICY "floor_organization" ON "public"."role_assignments" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "select_own_or_organization" ON "public"."role_assignments" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((user_id = ( SELECT auth.uid() AS uid)) OR ( SELECT app.has_role(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role]) AS has_role))));

COMMENT ON COLUMN "public"."role_assignments"."org_id" IS 'Where the role holds.';
COMMENT ON POLICY "floor_organization" ON "public"."role_assignments" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "select_own_or_organization" ON "public"."role_assignments" IS 'anyone with a valid role in the active organization: their own rows; org_owner, admin: every row of the active organization.';
COMMENT ON COLUMN "public"."role_assignments"."id" IS 'Key within the organization.';

ALTER TABLE "public"."sites" ADD CONSTRAINT "sites_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE "public"."sites" ADD CONSTRAINT "sites_property_fkey" FOREIGN KEY (org_id, property_id) REFERENCES public.properties(org_id, id);

CREATE INDEX sites_property_id_idx ON public.sites USING btree (org_id, property_id);

CREATE POLICY "floor_organization" ON "public"."sites" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "select_organization" ON "public"."sites" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL)));

COMMENT ON COLUMN "public"."sites"."org_id" IS 'The organization it belongs to.';
COMMENT ON POLICY "floor_organization" ON "public"."sites" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."sites" IS 'anyone with a valid role in the active organization: every row of the active organization.';

ALTER TABLE "public"."role_assignments" ADD CONSTRAINT "role_assignments_site_fkey" FOREIGN KEY (org_id, site_id) REFERENCES public.sites(org_id, id);

CREATE VIEW "public"."care_homes" WITH (security_invoker=true) AS  SELECT org_id,
    id,
    property_id,
    name,
    time_zone,
    is_active,
    created_at,
    created_by,
    updated_at,
    updated_by,
    version
   FROM public.sites
  WHERE ((kind = 'care_home'::public.site_kind) AND (deleted_at IS NULL));

CREATE VIEW "public"."houses" WITH (security_invoker=true) AS  SELECT org_id,
    id,
    property_id,
    name,
    time_zone,
    is_active,
    created_at,
    created_by,
    updated_at,
    updated_by,
    version
   FROM public.sites
  WHERE ((kind = 'house'::public.site_kind) AND (deleted_at IS NULL));

COMMENT ON COLUMN "public"."sites"."id" IS 'Key within the organization.';
COMMENT ON VIEW "public"."care_homes" IS 'Care homes: the sites of kind care_home.';
COMMENT ON VIEW "public"."houses" IS 'Recovery residences: the sites of kind house.';

revoke all on function app.current_org() from public, anon, authenticated, service_role;
grant all on function app.current_org() to authenticated, service_role;

revoke all on function app.has_role(public.app_role[]) from public, anon, authenticated, service_role;
grant all on function app.has_role(public.app_role[]) to authenticated, service_role;

revoke all on function app.is_staff() from public, anon, authenticated, service_role;
grant all on function app.is_staff() to authenticated, service_role;

revoke all on function app.my_roles() from public, anon, authenticated, service_role;
grant all on function app.my_roles() to authenticated, service_role;

revoke all on function app.my_sites() from public, anon, authenticated, service_role;
grant all on function app.my_sites() to authenticated, service_role;

revoke all on function app.open_request() from public, anon, authenticated, service_role;
grant all on function app.open_request() to authenticated, service_role;

revoke all on function app.require_feature(text) from public, anon, authenticated, service_role;
grant all on function app.require_feature(text) to authenticated, service_role;

revoke all on function app.require_member() from public, anon, authenticated, service_role;
grant all on function app.require_member() to authenticated, service_role;

revoke all on function app.require_role(public.app_role[]) from public, anon, authenticated, service_role;
grant all on function app.require_role(public.app_role[]) to authenticated, service_role;

revoke all on function app.today() from public, anon, authenticated, service_role;
grant all on function app.today() to authenticated, service_role;

revoke all on function public.is_feature_enabled(text) from public, anon, authenticated, service_role;
grant all on function public.is_feature_enabled(text) to authenticated, service_role;

revoke all on table public.care_homes from public, anon, authenticated, service_role;
grant select on table public.care_homes to authenticated, service_role;

revoke all on table public.houses from public, anon, authenticated, service_role;
grant select on table public.houses to authenticated, service_role;

revoke all on table public.nurseos_feature_flags from public, anon, authenticated, service_role;
grant select, insert (description, feature_key, feature_name, is_enabled_globally, required_license_tier), update (description, feature_name, is_enabled_globally, required_license_tier) on table public.nurseos_feature_flags to authenticated;
grant delete, insert, select, update on table public.nurseos_feature_flags to service_role;

revoke all on table public.organization_feature_flags from public, anon, authenticated, service_role;
grant select on table public.organization_feature_flags to authenticated;
grant delete, insert, select, update on table public.organization_feature_flags to service_role;

revoke all on table public.organizations from public, anon, authenticated, service_role;
grant select on table public.organizations to authenticated;
grant delete, insert, select, update on table public.organizations to service_role;

revoke all on table public.profiles from public, anon, authenticated, service_role;
grant select, update (display_name, locale) on table public.profiles to authenticated;
grant delete, insert, select, update on table public.profiles to service_role;

revoke all on table public.properties from public, anon, authenticated, service_role;
grant select on table public.properties to authenticated;
grant delete, insert, select, update on table public.properties to service_role;

revoke all on table public.role_assignments from public, anon, authenticated, service_role;
grant select on table public.role_assignments to authenticated;
grant delete, insert, select, update on table public.role_assignments to service_role;

revoke all on table public.sites from public, anon, authenticated, service_role;
grant select on table public.sites to authenticated;
grant delete, insert, select, update on table public.sites to service_role;
