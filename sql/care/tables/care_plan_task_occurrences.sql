-- One time that a task is due: the line on the list of a shift. Made ahead by a job, done or not done by people, missed
-- when its grace period is over. Its local time is what was planned; where the resident moves to other clocks, what is
-- still ahead follows them.
create table public.care_plan_task_occurrences (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  care_plan_task_id uuid not null,
  resident_id uuid not null,
  site_id uuid not null,
  task_kind public.care_task_kind not null,
  status public.care_task_status not null default 'due',
  due_on date not null,
  due_time time not null,
  due_at timestamptz not null,
  overdue_at timestamptz not null,
  assigned_to uuid,
  completed_at timestamptz,
  completed_by uuid,
  skip_reason public.care_task_skip_reason,
  note bytea,
  missed_at timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  constraint care_plan_task_occurrences_pkey primary key (org_id, id),
  constraint care_plan_task_occurrences_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint care_plan_task_occurrences_resident_fkey foreign key (org_id, resident_id, site_id)
  references public.residents (org_id, id, site_id) on update cascade,
  constraint care_plan_task_occurrences_task_fkey foreign key (org_id, care_plan_task_id)
  references public.care_plan_tasks (org_id, id),
  constraint care_plan_task_occurrences_assigned_to_fkey foreign key (org_id, assigned_to)
  references public.staff_members (org_id, user_id),
  constraint care_plan_task_occurrences_completed_by_fkey foreign key (org_id, completed_by)
  references public.staff_members (org_id, user_id),
  constraint care_plan_task_occurrences_once_key unique (org_id, care_plan_task_id, due_on, due_time),
  -- 1,000 characters, of up to four bytes each.
  constraint care_plan_task_occurrences_note_sealed check (app.is_sealed(note, 4081)),
  constraint care_plan_task_occurrences_overdue_later check (overdue_at >= due_at),
  constraint care_plan_task_occurrences_completed check (
    (status in ('completed', 'skipped')) = (completed_at is not null)
    and (completed_at is null) = (completed_by is null)
  ),
  constraint care_plan_task_occurrences_skipped check ((status = 'skipped') = (skip_reason is not null)),
  constraint care_plan_task_occurrences_missed check (status <> 'missed' or missed_at is not null)
);

-- The list of a shift.
create index care_plan_task_occurrences_due_idx on public.care_plan_task_occurrences (org_id, site_id, due_at, id);
create index care_plan_task_occurrences_overdue_idx on public.care_plan_task_occurrences (org_id, overdue_at)
where status = 'due';
create index care_plan_task_occurrences_resident_id_idx
on public.care_plan_task_occurrences (org_id, resident_id, site_id);
create index care_plan_task_occurrences_assigned_to_idx
on public.care_plan_task_occurrences (org_id, assigned_to, due_at);
create index care_plan_task_occurrences_completed_by_idx on public.care_plan_task_occurrences (org_id, completed_by);

create trigger _200_guard
before insert or update or delete on public.care_plan_task_occurrences
for each row execute function app.guard_care_task_occurrence();
create trigger _500_derive
before update of site_id on public.care_plan_task_occurrences
for each row execute function app.follow_care_task_occurrence();

comment on table public.care_plan_task_occurrences is 'Each time that a task of a care plan is due, and what became of it.';
comment on column public.care_plan_task_occurrences.org_id is 'The organization that cares.';
comment on column public.care_plan_task_occurrences.id is 'Key within the organization.';
comment on column public.care_plan_task_occurrences.care_plan_task_id is 'The task.';
comment on column public.care_plan_task_occurrences.resident_id is 'The resident it is about.';
comment on column public.care_plan_task_occurrences.site_id is 'Where the resident lives; follows them.';
comment on column public.care_plan_task_occurrences.task_kind is 'What kind of care it is.';
comment on column public.care_plan_task_occurrences.status is
'What became of it: due, completed, skipped, missed, cancelled.';
comment on column public.care_plan_task_occurrences.due_on is 'The day it is due where the site is.';
comment on column public.care_plan_task_occurrences.due_time is 'The time of day it is due where the site is.';
comment on column public.care_plan_task_occurrences.due_at is 'The moment it is due.';
comment on column public.care_plan_task_occurrences.overdue_at is 'Not done by then, it is missed.';
comment on column public.care_plan_task_occurrences.assigned_to is
'The member of staff who is to do it; null: the shift.';
comment on column public.care_plan_task_occurrences.completed_at is 'When it was done, or it was said why not.';
comment on column public.care_plan_task_occurrences.completed_by is
'The member of staff who did it, or said why not.';
comment on column public.care_plan_task_occurrences.skip_reason is 'Why it was not done; null unless skipped.';
comment on column public.care_plan_task_occurrences.note is
'What there is to say of it, 1 to 1000 characters. PHI, sealed with the resident''s own key.';
comment on column public.care_plan_task_occurrences.missed_at is
'When its grace period was over and it had not been done; stays if it is done later.';
comment on column public.care_plan_task_occurrences.created_at is 'When the row was made.';
comment on column public.care_plan_task_occurrences.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.care_plan_task_occurrences.updated_at is 'When it was last changed.';
comment on column public.care_plan_task_occurrences.updated_by is 'Who changed it last, null for the system.';
comment on column public.care_plan_task_occurrences.version is
'Counts the writes; send back the one you read to learn of a change by another.';
