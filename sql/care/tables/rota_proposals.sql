-- What a solver proposes for the open shifts of a week. A manager looks at it and applies it, line by line under the
-- same rules as by hand; a newer one replaces it.
create table public.rota_proposals (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  site_id uuid not null,
  rota_week_id uuid not null,
  status public.rota_proposal_status not null default 'proposed',
  place_count integer not null,
  filled_count integer not null,
  is_optimal boolean not null,
  applied_at timestamptz,
  applied_by uuid,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint rota_proposals_pkey primary key (org_id, id),
  constraint rota_proposals_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint rota_proposals_rota_week_fkey foreign key (org_id, site_id, rota_week_id)
  references public.rota_weeks (org_id, site_id, id),
  constraint rota_proposals_site_key unique (org_id, site_id, id),
  constraint rota_proposals_filled_some check (filled_count between 0 and place_count),
  constraint rota_proposals_applied check ((status = 'applied') = (applied_at is not null))
);

create index rota_proposals_rota_week_idx on public.rota_proposals (org_id, site_id, rota_week_id);
create unique index rota_proposals_open_key on public.rota_proposals (org_id, rota_week_id)
where status = 'proposed' and deleted_at is null;

comment on table public.rota_proposals is 'Proposals of who could work the open shifts of a week.';
comment on column public.rota_proposals.org_id is 'The organization of the site.';
comment on column public.rota_proposals.id is 'Key within the organization.';
comment on column public.rota_proposals.site_id is 'The site.';
comment on column public.rota_proposals.rota_week_id is 'The rota that it is for.';
comment on column public.rota_proposals.status is 'proposed, applied or superseded.';
comment on column public.rota_proposals.place_count is 'How many places were open.';
comment on column public.rota_proposals.filled_count is 'How many of them it fills.';
comment on column public.rota_proposals.is_optimal is
'Whether the solver proved that no proposal is better; false where its time was over.';
comment on column public.rota_proposals.applied_at is 'When it was applied.';
comment on column public.rota_proposals.applied_by is 'Who applied it (auth.users).';
comment on column public.rota_proposals.created_at is 'When the row was made.';
comment on column public.rota_proposals.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.rota_proposals.updated_at is 'When it was last changed.';
comment on column public.rota_proposals.updated_by is 'Who changed it last, null for the system.';
comment on column public.rota_proposals.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.rota_proposals.deleted_at is
'When it was removed; a removed row is invisible through the API.';
