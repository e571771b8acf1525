-- The key is the provider: nobody is in two teams.
create table public.provider_team_members (
  org_id uuid not null default app.current_org(),
  practitioner_id uuid not null,
  team_id uuid not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint provider_team_members_pkey primary key (org_id, practitioner_id),
  constraint provider_team_members_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint provider_team_members_practitioner_fkey foreign key (org_id, practitioner_id)
  references public.org_practitioners (org_id, practitioner_id) on delete cascade,
  constraint provider_team_members_team_fkey foreign key (org_id, team_id)
  references public.provider_teams (org_id, id)
);

create index provider_team_members_team_id_idx on public.provider_team_members (org_id, team_id);

comment on table public.provider_team_members is 'The team of each provider who has one.';
comment on column public.provider_team_members.org_id is 'The organization.';
comment on column public.provider_team_members.practitioner_id is 'The provider.';
comment on column public.provider_team_members.team_id is 'Their team.';
comment on column public.provider_team_members.created_at is 'When the row was made.';
comment on column public.provider_team_members.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.provider_team_members.updated_at is 'When it was last changed.';
comment on column public.provider_team_members.updated_by is 'Who changed it last, null for the system.';
comment on column public.provider_team_members.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.provider_team_members.deleted_at is
'When they left the team; a removed row is invisible through the API.';
