-- The training matrix: who needs which course or check. A line is for a role, for a job title or for whoever has both,
-- everywhere or at sites of one kind.
create table public.training_requirements (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  course_id uuid,
  check_kind public.staff_check_kind,
  role public.app_role,
  job_title text,
  site_kind public.site_kind,
  validity_months smallint,
  blocks_rostering boolean not null default false,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint training_requirements_pkey primary key (org_id, id),
  constraint training_requirements_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint training_requirements_course_fkey foreign key (org_id, course_id)
  references public.training_courses (org_id, id),
  constraint training_requirements_one_subject check (num_nonnulls(course_id, check_kind) = 1),
  constraint training_requirements_of_somebody check (num_nonnulls(role, job_title) >= 1),
  constraint training_requirements_of_staff check (
    role in (
      'org_owner', 'admin', 'manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer',
      'compliance_lead', 'wellness_officer', 'billing', 'scheduler'
    )
  ),
  constraint training_requirements_job_title_length check (length(job_title) between 1 and 100),
  constraint training_requirements_validity_months_range check (validity_months between 1 and 120),
  constraint training_requirements_validity_of_course check (validity_months is null or course_id is not null)
);

create index training_requirements_course_id_idx on public.training_requirements (org_id, course_id);
create unique index training_requirements_once_key
on public.training_requirements (org_id, course_id, check_kind, role, lower(job_title), site_kind) nulls not distinct
where deleted_at is null;

create trigger _500_compliance_insert
after insert on public.training_requirements
referencing new table as new_rows
for each statement execute function app.follow_requirements();

create trigger _500_compliance_update
after update on public.training_requirements
referencing old table as old_rows new table as new_rows
for each statement execute function app.follow_requirements();

create trigger _500_compliance_delete
after delete on public.training_requirements
referencing old table as old_rows
for each statement execute function app.follow_requirements();

comment on table public.training_requirements is 'Which course or check is required of whom.';
comment on column public.training_requirements.org_id is 'The organization.';
comment on column public.training_requirements.id is 'Key within the organization.';
comment on column public.training_requirements.course_id is 'The course that is required; null for a check.';
comment on column public.training_requirements.check_kind is 'The check that is required; null for a course.';
comment on column public.training_requirements.role is 'Required of who holds this role; null: whatever their role.';
comment on column public.training_requirements.job_title is
'Required of who is employed as this, upper or lower case; null: whatever their job.';
comment on column public.training_requirements.site_kind is 'Required at sites of this kind only; null: everywhere.';
comment on column public.training_requirements.validity_months is
'Holds for so many months for these people, 1 to 120; null: as the course says.';
comment on column public.training_requirements.blocks_rostering is 'Whether nobody is rostered without it.';
comment on column public.training_requirements.created_at is 'When the row was made.';
comment on column public.training_requirements.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.training_requirements.updated_at is 'When it was last changed.';
comment on column public.training_requirements.updated_by is 'Who changed it last, null for the system.';
comment on column public.training_requirements.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.training_requirements.deleted_at is
'When it was removed; a removed row is invisible through the API.';
