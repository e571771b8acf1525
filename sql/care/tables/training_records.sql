-- Training that somebody did. A record is never rewritten: one that was made in error is withdrawn, and the right one
-- is recorded beside it. Until when it holds follows from the course when it is recorded, for this person, and stays: a
-- course that holds for less time from now on takes nothing from who has done it.
create table public.training_records (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  user_id uuid not null,
  course_id uuid not null,
  status public.training_record_status not null default 'completed',
  completed_on date not null,
  expires_on date,
  evidence_document_id uuid,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  constraint training_records_pkey primary key (org_id, id),
  constraint training_records_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint training_records_user_id_fkey foreign key (org_id, user_id)
  references public.staff_members (org_id, user_id),
  constraint training_records_course_fkey foreign key (org_id, course_id)
  references public.training_courses (org_id, id),
  constraint training_records_evidence_document_fkey foreign key (org_id, evidence_document_id)
  references public.documents (org_id, id),
  constraint training_records_completed_on_likely check (completed_on >= '1950-01-01'),
  constraint training_records_expires_after_completion check (expires_on >= completed_on)
);

create index training_records_person_idx on public.training_records (org_id, user_id, course_id, completed_on);
create index training_records_course_id_idx on public.training_records (org_id, course_id);
create index training_records_evidence_document_id_idx on public.training_records (org_id, evidence_document_id);
-- What is about to expire, for reminders.
create index training_records_expires_on_idx on public.training_records (org_id, expires_on)
where status = 'completed';

create trigger _200_guard
before insert or update on public.training_records
for each row execute function app.guard_training_record();

create trigger _200_evidence
after insert or update on public.training_records
for each row execute function app.guard_evidence();

create trigger _200_keep
before update or delete on public.training_records
for each row execute function app.keep_record('org_id', 'status', 'evidence_document_id');

create trigger _500_expiry
before insert on public.training_records
for each row execute function app.derive_training_expiry();

create trigger _500_compliance_insert
after insert on public.training_records
referencing new table as new_rows
for each statement execute function app.follow_training();

create trigger _500_compliance_update
after update on public.training_records
referencing old table as old_rows new table as new_rows
for each statement execute function app.follow_training();

comment on table public.training_records is 'Training that members of staff did.';
comment on column public.training_records.org_id is 'The organization.';
comment on column public.training_records.id is 'Key within the organization.';
comment on column public.training_records.user_id is 'Who did it (staff_members.user_id).';
comment on column public.training_records.course_id is 'The course.';
comment on column public.training_records.status is 'How it ended.';
comment on column public.training_records.completed_on is 'The day on which it ended.';
comment on column public.training_records.expires_on is
'The last day on which it holds; null: it holds for good, or was not passed.';
comment on column public.training_records.evidence_document_id is 'The certificate (documents.id), if there is one.';
comment on column public.training_records.created_at is 'When the row was made.';
comment on column public.training_records.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.training_records.updated_at is 'When it was last changed.';
comment on column public.training_records.updated_by is 'Who changed it last, null for the system.';
comment on column public.training_records.version is
'Counts the writes; send back the one you read to learn of a change by another.';
