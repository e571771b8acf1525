-- When a site works, for clocks that run in working hours: the site's own row, else the organization's (site_id null),
-- else Monday to Friday, nine to five. Local time of the site.
create table public.incident_calendars (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  site_id uuid,
  working_days smallint[] not null default '{1,2,3,4,5}',
  day_begins time not null default '09:00',
  day_ends time not null default '17:00',
  holidays date[] not null default '{}',
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint incident_calendars_pkey primary key (org_id, id),
  constraint incident_calendars_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint incident_calendars_site_fkey foreign key (org_id, site_id) references public.sites (org_id, id),
  constraint incident_calendars_working_days_known check (
    cardinality(working_days) between 1 and 7 and working_days <@ '{1,2,3,4,5,6,7}'
  ),
  constraint incident_calendars_day_not_empty check (day_begins < day_ends),
  -- Some ten years of them; a moment is looked for day by day.
  constraint incident_calendars_holidays_some check (
    cardinality(holidays) <= 200 and array_position(holidays, null) is null
  )
);

create index incident_calendars_site_id_idx on public.incident_calendars (org_id, site_id);
create unique index incident_calendars_site_key
on public.incident_calendars (org_id, site_id) nulls not distinct
where deleted_at is null;

comment on table public.incident_calendars is
'Working weeks and holidays of an organization and its sites.';
comment on column public.incident_calendars.org_id is 'The organization of the site.';
comment on column public.incident_calendars.id is 'Key within the organization.';
comment on column public.incident_calendars.site_id is 'The site; null for all that have none of their own.';
comment on column public.incident_calendars.working_days is 'Days of the week, 1 Monday to 7 Sunday.';
comment on column public.incident_calendars.day_begins is 'When a working day begins, by the clock of the site.';
comment on column public.incident_calendars.day_ends is 'When it ends, on the same day; 24:00 is midnight.';
comment on column public.incident_calendars.holidays is 'Days on which nobody works, at most 200.';
comment on column public.incident_calendars.created_at is 'When the row was made.';
comment on column public.incident_calendars.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.incident_calendars.updated_at is 'When it was last changed.';
comment on column public.incident_calendars.updated_by is 'Who changed it last, null for the system.';
comment on column public.incident_calendars.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.incident_calendars.deleted_at is
'When it was removed; a removed row is invisible through the API.';
