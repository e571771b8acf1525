-- What patients ask and nurses answer. How many a nurse takes on is a measure of load, so a claim keeps the day by the
-- organization's clock, and the practitioner, as they were then: counts never move when a zone or a link changes.
--
-- Read and written by functions only: clinical staff see what is open and what is theirs, not what others answer.
create table public.nurse_questions (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  patient_id uuid,
  question_text bytea,
  asked_at timestamptz not null default app.clock(),
  claimed_by uuid,
  claimed_at timestamptz,
  claimed_on date,
  practitioner_id uuid,
  answered_at timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint nurse_questions_pkey primary key (org_id, id),
  constraint nurse_questions_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint nurse_questions_patient_fkey foreign key (org_id, patient_id)
  references public.org_patients (org_id, patient_id),
  constraint nurse_questions_practitioner_fkey foreign key (org_id, practitioner_id)
  references public.org_practitioners (org_id, practitioner_id),
  constraint nurse_questions_claimed_by_fkey foreign key (claimed_by) references auth.users (id) on delete set null,
  -- 2000 characters, of up to four bytes each.
  constraint nurse_questions_text_sealed check (app.is_sealed(question_text, 8081)),
  -- The sign-in may be gone; that it was claimed, and when, stays.
  constraint nurse_questions_claimed_whole check (
    (claimed_at is null) = (claimed_on is null)
    and (claimed_at is not null or num_nonnulls(claimed_by, practitioner_id) = 0)
  ),
  constraint nurse_questions_answered_after_claimed check (
    answered_at is null or (claimed_at is not null and answered_at >= claimed_at)
  )
);

-- What is open, newest first; what is somebody's, newest first, and by day.
create index nurse_questions_open_idx on public.nurse_questions (org_id, id)
where claimed_at is null and deleted_at is null;
create index nurse_questions_mine_idx on public.nurse_questions (org_id, claimed_by, id);
create index nurse_questions_claimed_on_idx on public.nurse_questions (org_id, claimed_by, claimed_on);
create index nurse_questions_patient_id_idx on public.nurse_questions (org_id, patient_id);
create index nurse_questions_practitioner_id_idx on public.nurse_questions (org_id, practitioner_id);
create index nurse_questions_claimed_by_idx on public.nurse_questions (claimed_by);

create trigger _200_guard
before insert or update on public.nurse_questions
for each row execute function app.guard_question();

create trigger _500_derive
before insert or update on public.nurse_questions
for each row execute function app.derive_claim();

create trigger _510_count_inserted
after insert on public.nurse_questions
referencing new table as new_rows
for each statement execute function app.count_questions();

create trigger _510_count_updated
after update on public.nurse_questions
referencing old table as old_rows new table as new_rows
for each statement execute function app.count_questions();

create trigger _510_count_deleted
after delete on public.nurse_questions
referencing old table as old_rows
for each statement execute function app.count_questions();

comment on table public.nurse_questions is 'Questions of patients, and who took them on.';
comment on column public.nurse_questions.org_id is 'The organization that is asked.';
comment on column public.nurse_questions.id is 'Key within the organization.';
comment on column public.nurse_questions.patient_id is 'Who asks or whom it is about, if known.';
comment on column public.nurse_questions.question_text is
'The question, 1 to 2000 characters; null where it is not known. PHI, sealed with the organization''s key.';
comment on column public.nurse_questions.asked_at is 'When it was asked.';
comment on column public.nurse_questions.claimed_by is 'Who took it on (auth.users); null while it is open.';
comment on column public.nurse_questions.claimed_at is 'When it was taken on; null while it is open.';
comment on column public.nurse_questions.claimed_on is
'That day in the organization''s time zone; the database''s to set.';
comment on column public.nurse_questions.practitioner_id is
'Who took it on as a practitioner, if they are one; the database''s to set.';
comment on column public.nurse_questions.answered_at is 'When it was answered.';
comment on column public.nurse_questions.created_at is 'When the row was made.';
comment on column public.nurse_questions.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.nurse_questions.updated_at is 'When it was last changed.';
comment on column public.nurse_questions.updated_by is 'Who changed it last, null for the system.';
comment on column public.nurse_questions.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.nurse_questions.deleted_at is
'When it was removed; a removed row is invisible through the API.';
