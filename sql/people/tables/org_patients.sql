-- Which patients an organization knows, and under which number. Its key is what tenant tables point at.
create table public.org_patients (
  org_id uuid not null default app.current_org(),
  patient_id uuid not null,
  medical_record_number bytea,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  medical_record_number_index bytea,
  site_id uuid,
  constraint org_patients_pkey primary key (org_id, patient_id),
  constraint org_patients_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint org_patients_patient_id_fkey foreign key (patient_id) references public.patients (id),
  constraint org_patients_site_fkey foreign key (org_id, site_id) references public.sites (org_id, id),
  -- What a resident's row follows: the site there is the site here.
  constraint org_patients_site_key unique (org_id, patient_id, site_id),
  -- 100 characters, of up to four bytes each.
  constraint org_patients_medical_record_number_sealed check (app.is_sealed(medical_record_number, 481)),
  constraint org_patients_index_length check (length(medical_record_number_index) = 4)
);

create index org_patients_site_id_idx on public.org_patients (org_id, site_id);
create index org_patients_patient_id_idx on public.org_patients (patient_id);
create index org_patients_medical_record_number_index_idx on public.org_patients (org_id, medical_record_number_index);

create trigger _200_guard
before insert or update on public.org_patients
for each row execute function app.guard_org_patient();

comment on table public.org_patients is 'The patients of an organization.';
comment on column public.org_patients.org_id is 'The organization.';
comment on column public.org_patients.patient_id is 'The person.';
comment on column public.org_patients.medical_record_number is
'The number the organization keeps the person under, 1 to 100 characters. PHI, sealed with the organization''s key.';
comment on column public.org_patients.is_active is 'False once the person is no longer in the organization''s care.';
comment on column public.org_patients.created_at is 'When the row was made.';
comment on column public.org_patients.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.org_patients.updated_at is 'When it was last changed.';
comment on column public.org_patients.updated_by is 'Who changed it last, null for the system.';
comment on column public.org_patients.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.org_patients.deleted_at is 'When it was removed; a removed row is invisible through the API.';
comment on column public.org_patients.medical_record_number_index is 'Finds medical_record_number by its whole value.';
comment on column public.org_patients.site_id is
'The site that looks after them; null where no single one does. Who works there may know who they are.';
