-- A shift that a site needs: from when to when, what it takes, how many people. Its day and week are those of its
-- start by the clock of the site. Assignments repeat its times under a foreign key that cascades: a shift that is
-- moved moves them, and each is checked anew, so that no change of a shift books anybody twice.
create table public.shifts (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  site_id uuid not null,
  rota_week_id uuid not null,
  template_id uuid,
  shift_on date not null,
  week_on date not null generated always as (
    shift_on - (extract(isodow from shift_on)::integer - 1)
  ) stored,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  break_minutes smallint not null default 0,
  skill public.staff_skill not null,
  needed_count smallint not null default 1,
  is_published boolean not null default false,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint shifts_pkey primary key (org_id, id),
  constraint shifts_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint shifts_site_fkey foreign key (org_id, site_id) references public.sites (org_id, id),
  constraint shifts_rota_week_fkey foreign key (org_id, site_id, rota_week_id)
  references public.rota_weeks (org_id, site_id, id),
  constraint shifts_template_fkey foreign key (org_id, site_id, template_id)
  references public.shift_templates (org_id, site_id, id),
  constraint shifts_site_key unique (org_id, site_id, id),
  -- What assignments repeat.
  constraint shifts_times_key unique (org_id, id, site_id, shift_on, starts_at, ends_at, break_minutes),
  constraint shifts_ends_after_start check (ends_at > starts_at and ends_at - starts_at <= interval '25 hours'),
  constraint shifts_break_minutes_range check (break_minutes between 0 and 240),
  constraint shifts_needed_count_range check (needed_count between 1 and 500)
);

-- A week that is planned again gets what is new: also a shift that was cancelled is not made twice.
create unique index shifts_template_key on public.shifts (org_id, site_id, template_id, shift_on)
where template_id is not null;
create index shifts_template_idx on public.shifts (org_id, site_id, template_id);
create index shifts_rota_week_idx on public.shifts (org_id, site_id, rota_week_id, starts_at, id);
create index shifts_starts_at_idx on public.shifts (org_id, site_id, starts_at);

create trigger _200_guard
before insert or update of site_id, starts_at, ends_at, break_minutes, needed_count on public.shifts
for each row execute function app.guard_shift();

create trigger _900_tell
after update of starts_at, ends_at on public.shifts
for each row when (
  new.is_published and (new.starts_at, new.ends_at) is distinct from (old.starts_at, old.ends_at)
)
execute function app.tell_moved_shift();

create trigger _900_rota_insert
after insert on public.shifts
referencing new table as changed
for each statement execute function app.broadcast_rota();

create trigger _900_rota_update
after update on public.shifts
referencing new table as changed
for each statement execute function app.broadcast_rota();

-- What is a draft is the planners'; whatever the matrix allows besides.
create policy floor_published on public.shifts
as restrictive for select to authenticated
using (is_published or (select app.sees_draft_rotas()));
comment on policy floor_published on public.shifts is
'Whatever else is allowed: a draft is seen by those who plan and by those who look across the organization.';

comment on table public.shifts is 'Shifts that a site needs.';
comment on column public.shifts.org_id is 'The organization of the site.';
comment on column public.shifts.id is 'Key within the organization.';
comment on column public.shifts.site_id is 'The site.';
comment on column public.shifts.rota_week_id is 'The rota that it is in.';
comment on column public.shifts.template_id is 'The template that it was planned from; null for one of its own.';
comment on column public.shifts.shift_on is 'The day it begins on, by the clock of the site.';
comment on column public.shifts.week_on is 'The Monday of the week it begins in.';
comment on column public.shifts.starts_at is 'When it begins.';
comment on column public.shifts.ends_at is 'When it ends; at most 25 hours later.';
comment on column public.shifts.break_minutes is 'Minutes of it that do not count as work, 0 to 240.';
comment on column public.shifts.skill is 'What it takes.';
comment on column public.shifts.needed_count is 'How many people it needs, 1 to 500; never fewer than are assigned.';
comment on column public.shifts.is_published is 'Whether those who work see it.';
comment on column public.shifts.created_at is 'When the row was made.';
comment on column public.shifts.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.shifts.updated_at is 'When it was last changed.';
comment on column public.shifts.updated_by is 'Who changed it last, null for the system.';
comment on column public.shifts.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.shifts.deleted_at is 'When it was cancelled; a removed row is invisible through the API.';
