-- How a shift was staffed, said by who worked it: how many patients, how heavy, how many colleagues, and whether it was
-- safe. It is about the workplace and addressed to those who lead it, by name: not a check-in, no part of anybody's
-- risk, and no consent to take part is asked for. It stays when somebody deletes what the hub holds about them, as a
-- report of an incident does. There is no free text, so that nothing about a patient can slip in.
create table public.shift_reports (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  practitioner_id uuid not null default app.my_practitioner(),
  user_id uuid not null default auth.uid(),
  site_id uuid,
  shift_date date not null default app.today(),
  shift public.work_shift not null,
  patient_count smallint not null,
  acuity smallint not null,
  unit_patient_count smallint,
  unit_nurse_count smallint,
  unsafe_reasons public.unsafe_staffing_reason[] not null default '{}',
  is_unsafe boolean not null generated always as (cardinality(unsafe_reasons) > 0) stored,
  answer public.staffing_answer,
  answered_by uuid,
  answered_at timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  constraint shift_reports_pkey primary key (org_id, id),
  constraint shift_reports_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint shift_reports_practitioner_id_fkey foreign key (practitioner_id) references public.fhir_practitioners (id),
  constraint shift_reports_practitioner_fkey foreign key (org_id, practitioner_id)
  references public.org_practitioners (org_id, practitioner_id),
  constraint shift_reports_user_id_fkey foreign key (user_id) references auth.users (id) on delete cascade,
  constraint shift_reports_answered_by_fkey foreign key (answered_by) references auth.users (id) on delete set null,
  constraint shift_reports_site_fkey foreign key (org_id, site_id) references public.sites (org_id, id),
  -- One a shift; also the index of "my reports, newest first".
  constraint shift_reports_shift_key unique (org_id, user_id, shift_date, shift),
  constraint shift_reports_patient_count_range check (patient_count between 0 and 200),
  constraint shift_reports_acuity_scale check (acuity between 1 and 5),
  constraint shift_reports_unit_patient_count_range check (unit_patient_count between 0 and 1000),
  constraint shift_reports_unit_nurse_count_range check (unit_nurse_count between 1 and 500),
  constraint shift_reports_unsafe_reasons_length check (cardinality(unsafe_reasons) <= 8),
  constraint shift_reports_answered check (
    (answer is null) = (answered_at is null) and (answer is null or cardinality(unsafe_reasons) > 0)
  )
);

-- The list of those who lead, and what of it is not answered.
create index shift_reports_shift_date_idx on public.shift_reports (org_id, shift_date);
create index shift_reports_unanswered_idx on public.shift_reports (org_id, shift_date)
where is_unsafe and answer is null;
create index shift_reports_practitioner_id_idx on public.shift_reports (org_id, practitioner_id);
create index shift_reports_person_idx on public.shift_reports (practitioner_id);
create index shift_reports_user_id_idx on public.shift_reports (user_id);
create index shift_reports_answered_by_idx on public.shift_reports (answered_by);
create index shift_reports_site_id_idx on public.shift_reports (org_id, site_id);

create trigger _200_guard
before insert or update on public.shift_reports
for each row execute function app.guard_shift_report();

comment on table public.shift_reports is 'How shifts were staffed, one report per provider and shift.';
comment on column public.shift_reports.org_id is 'The organization the shift was worked for.';
comment on column public.shift_reports.id is 'Key within the organization.';
comment on column public.shift_reports.practitioner_id is 'Who reports, as a practitioner.';
comment on column public.shift_reports.user_id is 'Who reports, as a signed-in person; the owner of the row.';
comment on column public.shift_reports.site_id is 'Where it was, if it was at a site.';
comment on column public.shift_reports.shift_date is
'The day on which the shift began, in the organization''s time zone.';
comment on column public.shift_reports.shift is 'Which shift of the day.';
comment on column public.shift_reports.patient_count is
'Census: patients in the reporter''s own care at once, 0 to 200.';
comment on column public.shift_reports.acuity is 'How heavy their care was on the whole, 1 (light) to 5 (extreme).';
comment on column public.shift_reports.unit_patient_count is 'Patients on the unit, 0 to 1000; null: not said.';
comment on column public.shift_reports.unit_nurse_count is
'Nurses on the unit, the reporter among them, 1 to 500; null: not said.';
comment on column public.shift_reports.unsafe_reasons is 'Why the shift was not staffed safely; empty: it was.';
comment on column public.shift_reports.is_unsafe is 'Whether a reason was given.';
comment on column public.shift_reports.answer is 'What was done about an unsafe shift; null: not answered yet.';
comment on column public.shift_reports.answered_by is 'Who answered; null: nobody yet, or they left for good.';
comment on column public.shift_reports.answered_at is 'When it was answered.';
comment on column public.shift_reports.created_at is 'When the row was made.';
comment on column public.shift_reports.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.shift_reports.updated_at is 'When it was last changed.';
comment on column public.shift_reports.updated_by is 'Who changed it last, null for the system.';
comment on column public.shift_reports.version is
'Counts the writes; send back the one you read to learn of a change by another.';
