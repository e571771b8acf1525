create type public.organization_kind as enum (
  'platform', 'care_management', 'clinic', 'studio', 'recovery_residence', 'care_home'
);
comment on type public.organization_kind is
'What an organization mainly does; `platform` is the one organization that runs carebase itself.';

-- The order is the meaning: a tier includes those before it.
create type public.license_tier as enum ('basic', 'standard', 'premium', 'enterprise');
comment on type public.license_tier is
'Licence tiers, lowest first; a feature that requires a tier is included in every later one.';

create type public.site_kind as enum ('house', 'care_home', 'clinic', 'studio', 'office', 'virtual');
comment on type public.site_kind is
'What a site is; the views houses and care_homes show one kind each.';

create type public.site_registry as enum ('us_npi', 'us_ccn', 'cqc_location');
comment on type public.site_registry is
'Registers that number sites: National Provider Identifier, CMS Certification Number, Care Quality Commission.';

create type public.app_role as enum (
  'super_admin', 'org_owner', 'admin', 'manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer',
  'compliance_lead', 'wellness_officer', 'billing', 'scheduler', 'resident', 'patient', 'family',
  'referral_partner', 'service'
);
comment on type public.app_role is
'The personas of the access matrix; a person holds them through role_assignments.';

-- The second check is Postgres'' own: it knows no such zone, the write fails (SQLSTATE 22023).
create domain public.time_zone as text
constraint time_zone_form check (value ~ '^(UTC|[A-Z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){1,2})$')
constraint time_zone_known check (value is null or timezone(value, timestamp '2000-01-01') is not null);
comment on domain public.time_zone is
'A zone of the IANA time zone database, such as America/Chicago.';
