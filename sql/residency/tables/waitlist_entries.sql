-- Who waits for a bed at a site. The next is who waits with the highest priority, then the longest; each offer that
-- they were made is in bed_offers.
create table public.waitlist_entries (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  enquiry_id uuid not null,
  site_id uuid not null,
  priority smallint not null default 3,
  wanted_from_date date,
  status public.waitlist_status not null default 'waiting',
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint waitlist_entries_pkey primary key (org_id, id),
  constraint waitlist_entries_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint waitlist_entries_site_fkey foreign key (org_id, site_id) references public.sites (org_id, id),
  -- Who asks for another site waits there from then on.
  constraint waitlist_entries_enquiry_fkey foreign key (org_id, enquiry_id, site_id)
  references public.residency_enquiries (org_id, id, site_id) on update cascade,
  constraint waitlist_entries_priority_range check (priority between 1 and 5)
);

create unique index waitlist_entries_once_key on public.waitlist_entries (org_id, enquiry_id)
where status in ('waiting', 'offered') and deleted_at is null;
create index waitlist_entries_enquiry_id_idx on public.waitlist_entries (org_id, enquiry_id, site_id);
create index waitlist_entries_next_idx on public.waitlist_entries (org_id, site_id, status, priority, id);

create trigger _200_guard
before insert on public.waitlist_entries
for each row execute function app.guard_waitlist_entry();

comment on table public.waitlist_entries is 'Who waits for a bed, and where.';
comment on column public.waitlist_entries.org_id is 'The organization.';
comment on column public.waitlist_entries.id is 'Key within the organization; in order of time.';
comment on column public.waitlist_entries.enquiry_id is 'The enquiry of the person who waits.';
comment on column public.waitlist_entries.site_id is 'The site they wait for: that of the enquiry.';
comment on column public.waitlist_entries.priority is '1, most urgent, to 5.';
comment on column public.waitlist_entries.wanted_from_date is 'They are offered nothing before that day; null: at once.';
comment on column public.waitlist_entries.status is 'Where they stand.';
comment on column public.waitlist_entries.created_at is 'When the row was made.';
comment on column public.waitlist_entries.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.waitlist_entries.updated_at is 'When it was last changed.';
comment on column public.waitlist_entries.updated_by is 'Who changed it last, null for the system.';
comment on column public.waitlist_entries.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.waitlist_entries.deleted_at is 'When it was removed; a removed row is invisible through the API.';
