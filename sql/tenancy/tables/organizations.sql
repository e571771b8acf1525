-- The tenant. Everything an organization owns carries its id first in the key; nothing is shared between two.
create table public.organizations (
  id uuid not null default app.uuid_v7(),
  name text not null,
  slug text not null,
  kind public.organization_kind not null,
  license_tier public.license_tier not null default 'basic',
  time_zone public.time_zone not null default 'UTC',
  settings jsonb not null default '{}',
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint organizations_pkey primary key (id),
  constraint organizations_slug_key unique (slug),
  constraint organizations_name_length check (length(name) between 1 and 200),
  constraint organizations_slug_form check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 63),
  constraint organizations_settings_object check (
    jsonb_typeof(settings) = 'object' and pg_column_size(settings) <= 65536
  ),
  constraint organizations_settings_valid check (app.are_settings_valid(settings))
);
-- No index on settings: they are read with their organization, and nobody searches in them.

-- Exactly one organization runs the platform; super_admin is a role in it and in no other.
create unique index organizations_platform_key on public.organizations (kind) where kind = 'platform';

create trigger _500_reach
after update of is_active, deleted_at, settings, time_zone on public.organizations
for each row execute function app.follow_organization();

comment on table public.organizations is
'The tenants: care organizations, and the one that runs the platform.';
comment on column public.organizations.id is 'Tenant key, first in the key of every table it owns.';
comment on column public.organizations.name is 'Name for people, 1 to 200 characters.';
comment on column public.organizations.slug is 'Name for addresses and commands: lower case, digits, hyphens.';
comment on column public.organizations.kind is 'What the organization mainly does.';
comment on column public.organizations.license_tier is
'What it has bought, each tier with all before it; decides with the flags which features are on.';
comment on column public.organizations.time_zone is 'Its days begin and end in this zone.';
comment on column public.organizations.settings is
'Preferences of the organization, one JSON object; update_organization_settings() says which there are. With their
defaults: company_settings.';
comment on column public.organizations.is_active is 'A deactivated organization admits nobody from the next request on.';
comment on column public.organizations.created_at is 'When the row was made.';
comment on column public.organizations.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.organizations.updated_at is 'When it was last changed.';
comment on column public.organizations.updated_by is 'Who changed it last, null for the system.';
comment on column public.organizations.version is 'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.organizations.deleted_at is 'When it was removed; a removed row is invisible through the API.';
