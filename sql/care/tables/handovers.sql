-- What one shift of a site tells the next. Built from what happened, completed by hand, acknowledged by those who come
-- in; from the first acknowledgement on nothing is added: what somebody signed for stays what it was.
create table public.handovers (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  site_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  closed_at timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  constraint handovers_pkey primary key (org_id, id),
  constraint handovers_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint handovers_site_fkey foreign key (org_id, site_id) references public.sites (org_id, id),
  -- What acknowledgements point at.
  constraint handovers_site_key unique (org_id, id, site_id),
  constraint handovers_period_key unique (org_id, site_id, starts_at, ends_at),
  constraint handovers_period_range check (ends_at > starts_at and ends_at <= starts_at + interval '48 hours')
);

-- Those of a home, newest first.
create index handovers_site_id_idx on public.handovers (org_id, site_id, ends_at desc, id desc);

create trigger _200_keep
before update or delete on public.handovers
for each row execute function app.keep_record('closed_at');

comment on table public.handovers is 'Handovers from one shift of a site to the next.';
comment on column public.handovers.org_id is 'The organization of the site.';
comment on column public.handovers.id is 'Key within the organization.';
comment on column public.handovers.site_id is 'The site.';
comment on column public.handovers.starts_at is 'From when on it tells what happened.';
comment on column public.handovers.ends_at is 'Until when; at most 48 hours later.';
comment on column public.handovers.closed_at is 'When it was first acknowledged; null while items can be added.';
comment on column public.handovers.created_at is 'When the row was made.';
comment on column public.handovers.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.handovers.updated_at is 'When it was last changed.';
comment on column public.handovers.updated_by is 'Who changed it last, null for the system.';
comment on column public.handovers.version is
'Counts the writes; send back the one you read to learn of a change by another.';
