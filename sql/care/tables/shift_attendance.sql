-- Whether somebody came: when they clocked in and out, and how late their manager was told that they had not. One row
-- for each assignment, made by whichever comes first.
create table public.shift_attendance (
  org_id uuid not null default app.current_org(),
  assignment_id uuid not null,
  site_id uuid not null,
  user_id uuid not null,
  clocked_in_at timestamptz,
  clocked_out_at timestamptz,
  told_minutes smallint not null default 0,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint shift_attendance_pkey primary key (org_id, assignment_id),
  constraint shift_attendance_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint shift_attendance_assignment_fkey foreign key (org_id, site_id, assignment_id)
  references public.shift_assignments (org_id, site_id, id),
  constraint shift_attendance_user_fkey foreign key (org_id, user_id)
  references public.staff_members (org_id, user_id),
  constraint shift_attendance_out_after_in check (clocked_out_at >= clocked_in_at),
  constraint shift_attendance_in_before_out check (clocked_out_at is null or clocked_in_at is not null),
  constraint shift_attendance_told_minutes_known check (told_minutes in (0, 15, 30, 60))
);

create index shift_attendance_site_idx on public.shift_attendance (org_id, site_id, assignment_id);
create index shift_attendance_user_idx on public.shift_attendance (org_id, user_id);

comment on table public.shift_attendance is 'Who came to their shift, and when.';
comment on column public.shift_attendance.org_id is 'The organization of the site.';
comment on column public.shift_attendance.assignment_id is 'Who works which shift.';
comment on column public.shift_attendance.site_id is 'The site of the shift.';
comment on column public.shift_attendance.user_id is 'Who works it (a member of staff).';
comment on column public.shift_attendance.clocked_in_at is 'When they came; null while they have not.';
comment on column public.shift_attendance.clocked_out_at is 'When they left.';
comment on column public.shift_attendance.told_minutes is
'How late it was told that they had not come: 15, 30, or 60, which is missed; 0: it was not.';
comment on column public.shift_attendance.created_at is 'When the row was made.';
comment on column public.shift_attendance.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.shift_attendance.updated_at is 'When it was last changed.';
comment on column public.shift_attendance.updated_by is 'Who changed it last, null for the system.';
comment on column public.shift_attendance.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.shift_attendance.deleted_at is
'When it was removed; a removed row is invisible through the API.';
