-- The settings as they hold, defaults included: what a frontend reads, where care homes had a table of this name. A
-- view, because two places for one setting would differ some day.
create view public.company_settings
with (security_invoker = true) as
select
  id as org_id,
  name as company_name,
  kind,
  license_tier,
  time_zone,
  updated_at,
  updated_by,
  version,
  app.idle_limit(settings) as session_idle_limit,
  app.session_limit(settings) as session_limit,
  app.mfa_roles(settings) as mfa_roles,
  app.is_standalone(settings) as is_standalone,
  coalesce(settings #>> '{branding,product_name}', name) as product_name,
  settings #>> '{branding,logo_url}' as logo_url,
  settings #>> '{branding,primary_color}' as primary_color,
  settings #>> '{branding,accent_color}' as accent_color,
  settings #>> '{branding,support_url}' as support_url,
  settings #>> '{branding,support_email}' as support_email
from public.organizations
where deleted_at is null;

comment on view public.company_settings is
'The settings of the active organization as they hold, defaults included; changed by update_organization_settings().';
comment on column public.company_settings.org_id is 'The organization.';
comment on column public.company_settings.company_name is 'Its name.';
comment on column public.company_settings.session_idle_limit is 'How long a session lives without a sign of life.';
comment on column public.company_settings.session_limit is 'How long a session lives at most.';
comment on column public.company_settings.mfa_roles is 'Who needs a second factor.';
comment on column public.company_settings.is_standalone is 'Only what is for staff is used; patient features are hidden.';
comment on column public.company_settings.product_name is 'What the product is called here; else the company''s name.';
comment on column public.company_settings.logo_url is 'Address of its logo.';
comment on column public.company_settings.primary_color is 'Its colour, #rrggbb.';
comment on column public.company_settings.accent_color is 'Its second colour, #rrggbb.';
comment on column public.company_settings.support_url is 'Where its people find help.';
comment on column public.company_settings.support_email is 'Whom its people ask for help.';

revoke all on public.company_settings from public, anon, authenticated, service_role;
grant select on public.company_settings to authenticated, service_role;
