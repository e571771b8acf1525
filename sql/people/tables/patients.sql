-- One row per human who receives care. The person owns it, organizations know the person through org_patients:
-- a patient can change provider without leaving a copy behind. What says who it is, is sealed with the person's own key
-- and checked on its way in by app.guard_patient(): no constraint can look into it.
create table public.patients (
  id uuid not null default app.uuid_v7(),
  user_id uuid,
  family_name bytea,
  given_names bytea,
  birth_date bytea,
  birth_date_precision text not null default 'day',
  gender bytea,
  is_deceased boolean not null default false,
  deceased_at bytea,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  family_name_index bytea,
  birth_date_index bytea,
  constraint patients_pkey primary key (id),
  constraint patients_user_id_fkey foreign key (user_id) references auth.users (id) on delete set null,
  constraint patients_user_id_key unique (user_id),
  constraint patients_family_name_sealed check (app.is_sealed(family_name, 1000)),
  constraint patients_given_names_sealed check (app.is_sealed(given_names, 5000)),
  constraint patients_birth_date_sealed check (app.is_sealed(birth_date, 100)),
  constraint patients_gender_sealed check (app.is_sealed(gender, 100)),
  constraint patients_deceased_at_sealed check (app.is_sealed(deceased_at, 100)),
  constraint patients_index_length check (length(family_name_index) = 4 and length(birth_date_index) = 4),
  -- FHIR allows 1970 and 1970-05; the missing parts are stored as the first day, and said here to be unknown.
  constraint patients_birth_date_precision_known check (birth_date_precision in ('year', 'month', 'day')),
  constraint patients_deceased_at_means_deceased check (deceased_at is null or is_deceased)
);

create index patients_family_name_index_idx on public.patients (family_name_index);
create index patients_birth_date_index_idx on public.patients (birth_date_index);

create trigger _200_guard
before insert or update on public.patients
for each row execute function app.guard_patient();

comment on table public.patients is 'People who receive care (FHIR R4 Patient), one row per human.';
comment on column public.patients.id is 'Key.';
comment on column public.patients.user_id is 'The sign-in of the patient (auth.users), if there is one.';
comment on column public.patients.family_name is 'Family name, at most 200 characters. PHI, sealed.';
comment on column public.patients.given_names is
'Given names in their order, an array of at most 20 texts. PHI, sealed as a document; null where none is known.';
comment on column public.patients.birth_date is 'Date of birth, to birth_date_precision. PHI, sealed.';
comment on column public.patients.birth_date_precision is 'year, month or day: how much of birth_date is known.';
comment on column public.patients.gender is 'Administrative gender, a word of administrative_gender. PHI, sealed.';
comment on column public.patients.is_deceased is 'Whether the person has died. PHI.';
comment on column public.patients.deceased_at is 'When the person died, if known. PHI, sealed.';
comment on column public.patients.is_active is 'False for a record that is no longer used.';
comment on column public.patients.created_at is 'When the row was made.';
comment on column public.patients.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.patients.updated_at is 'When it was last changed.';
comment on column public.patients.updated_by is 'Who changed it last, null for the system.';
comment on column public.patients.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.patients.deleted_at is 'When it was removed; a removed row is invisible through the API.';
comment on column public.patients.family_name_index is 'Finds family_name by its whole value.';
comment on column public.patients.birth_date_index is 'Finds birth_date.';
