-- Who works a shift. Nobody is at two places at once, and everybody has their rest, by construction: blocked_during
-- reaches from the start of a shift to the end of the rest after it, and two of one person never overlap. The other
-- rules are checked by a trigger that holds a lock on the shift and then on the person, so that two who assign at once
-- are one after the other. Taking somebody off a shift removes the row. No index is on what publishing changes, and
-- the pages leave room: it is a heap-only update.
create table public.shift_assignments (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  site_id uuid not null,
  shift_id uuid not null,
  user_id uuid not null,
  shift_on date not null,
  week_on date not null generated always as (
    shift_on - (extract(isodow from shift_on)::integer - 1)
  ) stored,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  break_minutes smallint not null,
  work_minutes integer not null generated always as (
    (extract(epoch from ends_at - starts_at) / 60)::integer - break_minutes
  ) stored,
  rest_minutes smallint not null default 660,
  blocked_during tstzrange not null generated always as (
    tstzrange(
      starts_at, timezone('UTC', timezone('UTC', ends_at) + make_interval(mins => rest_minutes))
    )
  ) stored,
  is_published boolean not null default false,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint shift_assignments_pkey primary key (org_id, id),
  constraint shift_assignments_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint shift_assignments_shift_fkey foreign key (
    org_id, shift_id, site_id, shift_on, starts_at, ends_at, break_minutes
  ) references public.shifts (org_id, id, site_id, shift_on, starts_at, ends_at, break_minutes) on update cascade,
  constraint shift_assignments_user_fkey foreign key (org_id, user_id)
  references public.staff_members (org_id, user_id),
  -- What attendance and swaps point at.
  constraint shift_assignments_site_key unique (org_id, site_id, id),
  constraint shift_assignments_rest_minutes_range check (rest_minutes between 0 and 2880),
  constraint shift_assignments_apart exclude using gist (
    org_id with =, user_id with =, blocked_during with &&
  ) where (deleted_at is null)
) with (fillfactor = 50);

create index shift_assignments_shift_idx
on public.shift_assignments (org_id, shift_id, site_id, shift_on, starts_at, ends_at, break_minutes);
create index shift_assignments_person_idx on public.shift_assignments (org_id, user_id, week_on);
create index shift_assignments_week_idx on public.shift_assignments (org_id, site_id, week_on);
-- Who should be at work by now.
create index shift_assignments_starts_at_idx on public.shift_assignments (org_id, starts_at) where deleted_at is null;

create trigger _200_guard
before insert or update of shift_id, user_id, shift_on, starts_at, ends_at, break_minutes, rest_minutes, deleted_at
on public.shift_assignments
for each row execute function app.guard_assignment();

create trigger _500_offers
after insert on public.shift_assignments
for each row execute function app.close_filled_offers();

create trigger _900_rota_insert
after insert on public.shift_assignments
referencing new table as changed
for each statement execute function app.broadcast_rota();

create trigger _900_rota_update
after update on public.shift_assignments
referencing new table as changed
for each statement execute function app.broadcast_rota();

create policy floor_published on public.shift_assignments
as restrictive for select to authenticated
using (is_published or (select app.sees_draft_rotas()));
comment on policy floor_published on public.shift_assignments is
'Whatever else is allowed: a draft is seen by those who plan and by those who look across the organization.';

comment on table public.shift_assignments is 'Who works which shift.';
comment on column public.shift_assignments.org_id is 'The organization of the site.';
comment on column public.shift_assignments.id is 'Key within the organization.';
comment on column public.shift_assignments.site_id is 'The site of the shift.';
comment on column public.shift_assignments.shift_id is 'The shift.';
comment on column public.shift_assignments.user_id is 'Who works it (a member of staff).';
comment on column public.shift_assignments.shift_on is 'The day of the shift.';
comment on column public.shift_assignments.week_on is 'The Monday of its week: minutes count there.';
comment on column public.shift_assignments.starts_at is 'When the shift begins.';
comment on column public.shift_assignments.ends_at is 'When the shift ends.';
comment on column public.shift_assignments.break_minutes is 'Minutes of it that do not count as work.';
comment on column public.shift_assignments.work_minutes is 'Minutes that count as work.';
comment on column public.shift_assignments.rest_minutes is
'The rest that the person''s contract asked for when they were assigned.';
comment on column public.shift_assignments.blocked_during is
'From the start of the shift to the end of the rest after it.';
comment on column public.shift_assignments.is_published is
'Whether it was told; the person and their colleagues see it then.';
comment on column public.shift_assignments.created_at is 'When the row was made.';
comment on column public.shift_assignments.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.shift_assignments.updated_at is 'When it was last changed.';
comment on column public.shift_assignments.updated_by is 'Who changed it last, null for the system.';
comment on column public.shift_assignments.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.shift_assignments.deleted_at is
'When the person was taken off the shift; a removed row is invisible through the API.';
