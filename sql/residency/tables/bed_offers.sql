-- A bed that is offered to somebody who waits, to be claimed in time. While the offer is open nobody else is given the
-- bed; declined or expired, it goes to the next, who was not asked since somebody last had it.
create table public.bed_offers (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  site_id uuid not null,
  entry_id uuid not null,
  bed_id uuid not null,
  status public.bed_offer_status not null default 'open',
  offered_at timestamptz not null,
  expires_at timestamptz not null,
  answered_at timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint bed_offers_pkey primary key (org_id, id),
  constraint bed_offers_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint bed_offers_entry_fkey foreign key (org_id, entry_id)
  references public.waitlist_entries (org_id, id),
  constraint bed_offers_bed_fkey foreign key (org_id, site_id, bed_id) references public.beds (org_id, site_id, id),
  constraint bed_offers_window check (expires_at > offered_at),
  constraint bed_offers_answered check ((answered_at is null) = (status = 'open'))
);

create unique index bed_offers_bed_key on public.bed_offers (org_id, bed_id)
where status = 'open' and deleted_at is null;
create unique index bed_offers_entry_key on public.bed_offers (org_id, entry_id)
where status = 'open' and deleted_at is null;
create index bed_offers_entry_id_idx on public.bed_offers (org_id, entry_id);
create index bed_offers_bed_id_idx on public.bed_offers (org_id, site_id, bed_id);
create index bed_offers_expires_at_idx on public.bed_offers (org_id, expires_at)
where status = 'open' and deleted_at is null;

comment on table public.bed_offers is 'Beds that were offered to people who wait, and what became of it.';
comment on column public.bed_offers.org_id is 'The organization.';
comment on column public.bed_offers.id is 'Key within the organization.';
comment on column public.bed_offers.site_id is 'The site of the bed.';
comment on column public.bed_offers.entry_id is 'Who it is offered to.';
comment on column public.bed_offers.bed_id is 'The bed.';
comment on column public.bed_offers.status is 'What became of it.';
comment on column public.bed_offers.offered_at is 'When it was offered.';
comment on column public.bed_offers.expires_at is 'Until when it can be claimed.';
comment on column public.bed_offers.answered_at is 'When it was answered or ended; null while it is open.';
comment on column public.bed_offers.created_at is 'When the row was made.';
comment on column public.bed_offers.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.bed_offers.updated_at is 'When it was last changed.';
comment on column public.bed_offers.updated_by is 'Who changed it last, null for the system.';
comment on column public.bed_offers.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.bed_offers.deleted_at is 'When it was removed; a removed row is invisible through the API.';
