-- Which provider looks after which patient: one at a time, whatever writes it. Handing over ends one row and begins
-- another, so that who was answerable at any moment can be shown.
create table public.provider_panel_patients (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  practitioner_id uuid not null,
  patient_id uuid not null,
  acuity numeric(4, 1) not null,
  assigned_at timestamptz not null default app.clock(),
  ended_at timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  constraint provider_panel_patients_pkey primary key (org_id, id),
  constraint provider_panel_patients_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint provider_panel_patients_practitioner_id_fkey foreign key (practitioner_id)
  references public.fhir_practitioners (id),
  constraint provider_panel_patients_practitioner_fkey foreign key (org_id, practitioner_id)
  references public.org_practitioners (org_id, practitioner_id),
  constraint provider_panel_patients_patient_fkey foreign key (org_id, patient_id)
  references public.org_patients (org_id, patient_id),
  constraint provider_panel_patients_acuity_range check (acuity between 1 and 5),
  constraint provider_panel_patients_ended_after_assigned check (ended_at >= assigned_at)
);

create unique index provider_panel_patients_one_provider_key on public.provider_panel_patients (org_id, patient_id)
where ended_at is null;
-- Panels as they are now, and how full: read from the index alone.
create index provider_panel_patients_panel_idx on public.provider_panel_patients (org_id, practitioner_id)
include (patient_id, acuity) where ended_at is null;
create index provider_panel_patients_practitioner_id_idx
on public.provider_panel_patients (org_id, practitioner_id, assigned_at);
create index provider_panel_patients_patient_id_idx on public.provider_panel_patients (org_id, patient_id, assigned_at);
create index provider_panel_patients_person_idx on public.provider_panel_patients (practitioner_id);

create trigger _200_guard
before insert or update on public.provider_panel_patients
for each row execute function app.guard_panel_patient();

comment on table public.provider_panel_patients is 'Which patients are and were on which provider''s panel.';
comment on column public.provider_panel_patients.org_id is 'The organization.';
comment on column public.provider_panel_patients.id is 'Key within the organization.';
comment on column public.provider_panel_patients.practitioner_id is 'The provider.';
comment on column public.provider_panel_patients.patient_id is 'The patient. PHI.';
comment on column public.provider_panel_patients.acuity is
'How much care the patient takes, 1 (little) to 5 (most), in steps of a tenth: the points it adds to the panel. PHI.';
comment on column public.provider_panel_patients.assigned_at is 'Since when.';
comment on column public.provider_panel_patients.ended_at is 'Until when; null while the patient is on the panel.';
comment on column public.provider_panel_patients.created_at is 'When the row was made.';
comment on column public.provider_panel_patients.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.provider_panel_patients.updated_at is 'When it was last changed.';
comment on column public.provider_panel_patients.updated_by is 'Who changed it last, null for the system.';
comment on column public.provider_panel_patients.version is
'Counts the writes; send back the one you read to learn of a change by another.';
