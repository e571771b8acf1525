-- Whom figures are about, below the whole organization. A provider is in one team or none, so that teams divide the
-- organization and never overlap: figures of overlapping groups could be subtracted from each other.
create table public.provider_teams (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  name text not null,
  site_id uuid,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint provider_teams_pkey primary key (org_id, id),
  constraint provider_teams_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint provider_teams_site_fkey foreign key (org_id, site_id) references public.sites (org_id, id),
  constraint provider_teams_name_length check (length(name) between 1 and 200)
);

create unique index provider_teams_name_key on public.provider_teams (org_id, name) where deleted_at is null;
create index provider_teams_site_id_idx on public.provider_teams (org_id, site_id);

comment on table public.provider_teams is 'Teams or departments of an organization, each provider in one at most.';
comment on column public.provider_teams.org_id is 'The organization.';
comment on column public.provider_teams.id is 'Key within the organization.';
comment on column public.provider_teams.name is 'What it is called, 1 to 200 characters.';
comment on column public.provider_teams.site_id is 'The site it works at, if it is one.';
comment on column public.provider_teams.created_at is 'When the row was made.';
comment on column public.provider_teams.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.provider_teams.updated_at is 'When it was last changed.';
comment on column public.provider_teams.updated_by is 'Who changed it last, null for the system.';
comment on column public.provider_teams.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.provider_teams.deleted_at is 'When it was removed; a removed row is invisible through the API.';
