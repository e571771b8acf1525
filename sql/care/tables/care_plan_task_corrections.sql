-- Tasks that were taken back: somebody had said that one was done, or why not, and it was not so. What they had said
-- moves here, and the task is to be done again.
create table public.care_plan_task_corrections (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  occurrence_id uuid not null,
  resident_id uuid not null,
  site_id uuid not null,
  former_status public.care_task_status not null,
  former_completed_at timestamptz not null,
  former_completed_by uuid not null,
  former_skip_reason public.care_task_skip_reason,
  former_note bytea,
  reason bytea not null,
  corrected_at timestamptz not null,
  corrected_by uuid not null,
  created_at timestamptz not null default now(),
  constraint care_plan_task_corrections_pkey primary key (org_id, id),
  constraint care_plan_task_corrections_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint care_plan_task_corrections_resident_fkey foreign key (org_id, resident_id, site_id)
  references public.residents (org_id, id, site_id) on update cascade,
  constraint care_plan_task_corrections_occurrence_fkey foreign key (org_id, occurrence_id)
  references public.care_plan_task_occurrences (org_id, id),
  constraint care_plan_task_corrections_former_completed_by_fkey foreign key (org_id, former_completed_by)
  references public.staff_members (org_id, user_id),
  constraint care_plan_task_corrections_corrected_by_fkey foreign key (org_id, corrected_by)
  references public.staff_members (org_id, user_id),
  constraint care_plan_task_corrections_former_status_signed check (former_status in ('completed', 'skipped')),
  constraint care_plan_task_corrections_skipped check (
    (former_status = 'skipped') = (former_skip_reason is not null)
  ),
  constraint care_plan_task_corrections_later check (corrected_at >= former_completed_at),
  -- 1,000 characters, of up to four bytes each.
  constraint care_plan_task_corrections_former_note_sealed check (app.is_sealed(former_note, 4081)),
  constraint care_plan_task_corrections_reason_sealed check (app.is_sealed(reason, 4081))
);

create index care_plan_task_corrections_resident_id_idx
on public.care_plan_task_corrections (org_id, resident_id, site_id);
create index care_plan_task_corrections_site_id_idx on public.care_plan_task_corrections (org_id, site_id, id);
create index care_plan_task_corrections_occurrence_id_idx
on public.care_plan_task_corrections (org_id, occurrence_id, id);
create index care_plan_task_corrections_former_completed_by_idx
on public.care_plan_task_corrections (org_id, former_completed_by);
create index care_plan_task_corrections_corrected_by_idx on public.care_plan_task_corrections (org_id, corrected_by);

create trigger _200_keep
before update or delete on public.care_plan_task_corrections
for each row execute function app.keep_record('org_id');
create trigger _210_guard
before insert on public.care_plan_task_corrections
for each row execute function app.guard_medication_words('reason', 'former_note');

comment on table public.care_plan_task_corrections is 'Care tasks that were taken back: what had been said of them, and why.';
comment on column public.care_plan_task_corrections.org_id is 'The organization that houses the resident.';
comment on column public.care_plan_task_corrections.id is 'Key within the organization.';
comment on column public.care_plan_task_corrections.occurrence_id is 'The task, at the one time that it was due.';
comment on column public.care_plan_task_corrections.resident_id is 'For whom it was to be done.';
comment on column public.care_plan_task_corrections.site_id is 'Where the resident lives; follows them.';
comment on column public.care_plan_task_corrections.former_status is 'What had been said: completed or skipped. PHI.';
comment on column public.care_plan_task_corrections.former_completed_at is 'When that had been said.';
comment on column public.care_plan_task_corrections.former_completed_by is 'The member of staff who had said it.';
comment on column public.care_plan_task_corrections.former_skip_reason is 'Why it was not to be done, if skipped. PHI.';
comment on column public.care_plan_task_corrections.former_note is
'What had been noted, 1 to 1,000 characters. PHI, sealed with the resident''s own key.';
comment on column public.care_plan_task_corrections.reason is
'Why it was taken back, 1 to 1,000 characters. PHI, sealed with the resident''s own key.';
comment on column public.care_plan_task_corrections.corrected_at is 'When it was taken back.';
comment on column public.care_plan_task_corrections.corrected_by is 'The member of staff who took it back.';
comment on column public.care_plan_task_corrections.created_at is 'When the row was made: in the transaction that took it back.';
