-- What a site needs on which days of the week, by its own clock; plan_rota() makes the shifts of a week from it. An
-- end that is not after the start is on the next day.
create table public.shift_templates (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  site_id uuid not null,
  name text not null,
  skill public.staff_skill not null,
  weekdays smallint[] not null default '{1,2,3,4,5,6,7}',
  starts_local time not null,
  ends_local time not null,
  break_minutes smallint not null default 0,
  needed_count smallint not null default 1,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint shift_templates_pkey primary key (org_id, id),
  constraint shift_templates_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint shift_templates_site_fkey foreign key (org_id, site_id) references public.sites (org_id, id),
  -- What shifts point at, so that a shift is always at the site of its template.
  constraint shift_templates_site_key unique (org_id, site_id, id),
  constraint shift_templates_name_length check (length(name) between 1 and 100),
  constraint shift_templates_weekdays_known check (
    cardinality(weekdays) between 1 and 7 and weekdays <@ array[1, 2, 3, 4, 5, 6, 7]::smallint[]
  ),
  constraint shift_templates_break_minutes_range check (break_minutes between 0 and 240),
  constraint shift_templates_needed_count_range check (needed_count between 1 and 500)
);

create unique index shift_templates_name_key on public.shift_templates (org_id, site_id, name) where deleted_at is null;

comment on table public.shift_templates is 'What shifts a site needs in a week.';
comment on column public.shift_templates.org_id is 'The organization of the site.';
comment on column public.shift_templates.id is 'Key within the organization.';
comment on column public.shift_templates.site_id is 'The site.';
comment on column public.shift_templates.name is 'What the shift is called, 1 to 100 characters; once per site.';
comment on column public.shift_templates.skill is 'What it takes.';
comment on column public.shift_templates.weekdays is 'On which days it begins: 1 is Monday, 7 is Sunday.';
comment on column public.shift_templates.starts_local is 'When it begins, by the clock of the site.';
comment on column public.shift_templates.ends_local is
'When it ends, by the clock of the site; on the next day where it is not after the start.';
comment on column public.shift_templates.break_minutes is 'Minutes of it that do not count as work, 0 to 240.';
comment on column public.shift_templates.needed_count is 'How many people it needs, 1 to 500.';
comment on column public.shift_templates.is_active is 'False: no further shifts are planned from it.';
comment on column public.shift_templates.created_at is 'When the row was made.';
comment on column public.shift_templates.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.shift_templates.updated_at is 'When it was last changed.';
comment on column public.shift_templates.updated_by is 'Who changed it last, null for the system.';
comment on column public.shift_templates.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.shift_templates.deleted_at is
'When it was removed; a removed row is invisible through the API.';
