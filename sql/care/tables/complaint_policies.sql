-- How soon a complaint is acknowledged and answered: the site's own row, else the organization's (site_id null), else
-- three working days and 28 days.
create table public.complaint_policies (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  site_id uuid,
  acknowledge_working_days integer not null default 3,
  respond_days integer not null default 28,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint complaint_policies_pkey primary key (org_id, id),
  constraint complaint_policies_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint complaint_policies_site_fkey foreign key (org_id, site_id) references public.sites (org_id, id),
  constraint complaint_policies_acknowledge_range check (acknowledge_working_days between 1 and 60),
  constraint complaint_policies_respond_range check (respond_days between 1 and 365)
);

create index complaint_policies_site_id_idx on public.complaint_policies (org_id, site_id);
create unique index complaint_policies_site_key
on public.complaint_policies (org_id, site_id) nulls not distinct
where deleted_at is null;

comment on table public.complaint_policies is
'How soon complaints are acknowledged and answered.';
comment on column public.complaint_policies.org_id is 'The organization of the site.';
comment on column public.complaint_policies.id is 'Key within the organization.';
comment on column public.complaint_policies.site_id is 'The site; null for all that have none of their own.';
comment on column public.complaint_policies.acknowledge_working_days is
'Acknowledged within so many working days (incident_calendars), 1 to 60.';
comment on column public.complaint_policies.respond_days is 'Answered within so many days, 1 to 365.';
comment on column public.complaint_policies.created_at is 'When the row was made.';
comment on column public.complaint_policies.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.complaint_policies.updated_at is 'When it was last changed.';
comment on column public.complaint_policies.updated_by is 'Who changed it last, null for the system.';
comment on column public.complaint_policies.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.complaint_policies.deleted_at is
'When it was removed; a removed row is invisible through the API.';
