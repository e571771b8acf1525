-- Checks of members of staff before and while they work with people: criminal record, right to work, registration. What
-- was found is in no column: whether it was clear or adverse is what a rota and an inspection ask for.
create table public.staff_checks (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  user_id uuid not null,
  kind public.staff_check_kind not null,
  status public.staff_check_status not null default 'pending',
  reference_number bytea,
  checked_on date not null,
  expires_on date,
  evidence_document_id uuid,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  constraint staff_checks_pkey primary key (org_id, id),
  constraint staff_checks_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint staff_checks_user_id_fkey foreign key (org_id, user_id)
  references public.staff_members (org_id, user_id),
  constraint staff_checks_evidence_document_fkey foreign key (org_id, evidence_document_id)
  references public.documents (org_id, id),
  constraint staff_checks_reference_number_sealed check (app.is_sealed(reference_number, 481)),
  constraint staff_checks_checked_on_likely check (checked_on >= '1950-01-01'),
  constraint staff_checks_expires_after_check check (expires_on >= checked_on)
);

create index staff_checks_person_idx on public.staff_checks (org_id, user_id, kind, checked_on);
create index staff_checks_evidence_document_id_idx on public.staff_checks (org_id, evidence_document_id);
create index staff_checks_expires_on_idx on public.staff_checks (org_id, expires_on) where status = 'clear';

create trigger _200_guard
before insert or update on public.staff_checks
for each row execute function app.guard_staff_check();

create trigger _200_evidence
after insert or update on public.staff_checks
for each row execute function app.guard_evidence();

create trigger _200_keep
before update or delete on public.staff_checks
for each row execute function app.keep_record(
  'org_id', 'status', 'checked_on', 'expires_on', 'reference_number', 'evidence_document_id'
);

create trigger _500_compliance_insert
after insert on public.staff_checks
referencing new table as new_rows
for each statement execute function app.follow_checks();

create trigger _500_compliance_update
after update on public.staff_checks
referencing old table as old_rows new table as new_rows
for each statement execute function app.follow_checks();

comment on table public.staff_checks is 'Checks of members of staff, with their expiry.';
comment on column public.staff_checks.org_id is 'The organization.';
comment on column public.staff_checks.id is 'Key within the organization.';
comment on column public.staff_checks.user_id is 'Who was checked (staff_members.user_id).';
comment on column public.staff_checks.kind is 'What was checked.';
comment on column public.staff_checks.status is 'How it stands.';
comment on column public.staff_checks.reference_number is
'Number of the certificate or registration, 1 to 100 characters. Sealed with the organization''s key.';
comment on column public.staff_checks.checked_on is
'The day of the certificate or of the look-up; of the request while it is pending.';
comment on column public.staff_checks.expires_on is 'The last day on which it holds; null without an end.';
comment on column public.staff_checks.evidence_document_id is 'The evidence (documents.id), if it is kept.';
comment on column public.staff_checks.created_at is 'When the row was made.';
comment on column public.staff_checks.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.staff_checks.updated_at is 'When it was last changed.';
comment on column public.staff_checks.updated_by is 'Who changed it last, null for the system.';
comment on column public.staff_checks.version is
'Counts the writes; send back the one you read to learn of a change by another.';
