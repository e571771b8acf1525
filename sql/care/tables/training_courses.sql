-- Courses that an organization asks of its staff or offers them. Its code is what rotas and figures name it by.
create table public.training_courses (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  code text not null,
  title text not null,
  description text,
  validity_months smallint,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint training_courses_pkey primary key (org_id, id),
  constraint training_courses_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint training_courses_code_key unique (org_id, code),
  constraint training_courses_code_form check (code ~ '^[a-z][a-z0-9_]{1,62}$'),
  -- A gap is named by a code: a course's and a check's are never the same.
  constraint training_courses_code_no_check check (code <> all(enum_range(null::public.staff_check_kind)::text[])),
  constraint training_courses_title_length check (length(title) between 1 and 200),
  constraint training_courses_description_length check (length(description) between 1 and 2000),
  constraint training_courses_validity_months_range check (validity_months between 1 and 120)
);

create trigger _500_compliance_update
after update on public.training_courses
referencing old table as old_rows new table as new_rows
for each statement execute function app.follow_requirements();

comment on table public.training_courses is 'Courses for staff.';
comment on column public.training_courses.org_id is 'The organization.';
comment on column public.training_courses.id is 'Key within the organization.';
comment on column public.training_courses.code is
'Short name for machines, such as moving_and_handling; stays as it is.';
comment on column public.training_courses.title is 'Name for people, 1 to 200 characters.';
comment on column public.training_courses.description is 'What it is about, 1 to 2,000 characters.';
comment on column public.training_courses.validity_months is 'For how many months it holds, 1 to 120; null: for good.';
comment on column public.training_courses.is_active is 'False once it is no longer given.';
comment on column public.training_courses.created_at is 'When the row was made.';
comment on column public.training_courses.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.training_courses.updated_at is 'When it was last changed.';
comment on column public.training_courses.updated_by is 'Who changed it last, null for the system.';
comment on column public.training_courses.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.training_courses.deleted_at is
'When it was removed; a removed row is invisible through the API.';
