-- A place in a shift that is open to whoever may work it: the first who claims it has it. One row is one place.
create table public.shift_offers (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  site_id uuid not null,
  shift_id uuid not null,
  status public.shift_offer_status not null default 'open',
  closes_at timestamptz not null,
  claimed_by uuid,
  claimed_at timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint shift_offers_pkey primary key (org_id, id),
  constraint shift_offers_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint shift_offers_shift_fkey foreign key (org_id, site_id, shift_id)
  references public.shifts (org_id, site_id, id),
  constraint shift_offers_claimed_by_fkey foreign key (org_id, claimed_by)
  references public.staff_members (org_id, user_id),
  constraint shift_offers_claimed check (
    (status = 'claimed') = (claimed_by is not null) and (claimed_by is null) = (claimed_at is null)
  )
);

create index shift_offers_shift_idx on public.shift_offers (org_id, site_id, shift_id);
create index shift_offers_claimed_by_idx on public.shift_offers (org_id, claimed_by);
create index shift_offers_open_idx on public.shift_offers (org_id, site_id, closes_at) where status = 'open';

comment on table public.shift_offers is 'Places in shifts that are offered to whoever may work them.';
comment on column public.shift_offers.org_id is 'The organization of the site.';
comment on column public.shift_offers.id is 'Key within the organization.';
comment on column public.shift_offers.site_id is 'The site of the shift.';
comment on column public.shift_offers.shift_id is 'The shift.';
comment on column public.shift_offers.status is
'open, claimed, or withdrawn: also when the shift has everybody it needs.';
comment on column public.shift_offers.closes_at is 'It can be claimed until then.';
comment on column public.shift_offers.claimed_by is 'Who took it (a member of staff).';
comment on column public.shift_offers.claimed_at is 'When it was taken.';
comment on column public.shift_offers.created_at is 'When the row was made.';
comment on column public.shift_offers.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.shift_offers.updated_at is 'When it was last changed.';
comment on column public.shift_offers.updated_by is 'Who changed it last, null for the system.';
comment on column public.shift_offers.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.shift_offers.deleted_at is 'When it was removed; a removed row is invisible through the API.';
