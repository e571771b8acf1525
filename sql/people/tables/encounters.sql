-- A contact between a patient and the organization (FHIR R4 Encounter).
create table public.encounters (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  patient_id uuid not null,
  provider_id uuid,
  external_organization_id uuid,
  status public.encounter_status not null,
  class_code text not null,
  date_of_service date,
  took_place_during tstzrange,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint encounters_pkey primary key (org_id, id),
  constraint encounters_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint encounters_patient_fkey foreign key (org_id, patient_id)
  references public.org_patients (org_id, patient_id),
  constraint encounters_provider_fkey foreign key (org_id, provider_id)
  references public.org_practitioners (org_id, practitioner_id),
  constraint encounters_external_organization_fkey foreign key (org_id, external_organization_id)
  references public.external_organizations (org_id, id),
  constraint encounters_class_code_length check (length(class_code) between 1 and 100)
);

create index encounters_patient_id_idx on public.encounters (org_id, patient_id, date_of_service);
create index encounters_provider_id_idx on public.encounters (org_id, provider_id, date_of_service);
create index encounters_external_organization_id_idx on public.encounters (org_id, external_organization_id);

comment on table public.encounters is 'Contacts of patients with an organization (FHIR R4 Encounter).';
comment on column public.encounters.org_id is 'The organization.';
comment on column public.encounters.id is 'Key within the organization.';
comment on column public.encounters.patient_id is 'Who received care.';
comment on column public.encounters.provider_id is 'The practitioner who gave it, if known.';
comment on column public.encounters.external_organization_id is 'Who provided the service, if not the organization itself.';
comment on column public.encounters.status is 'FHIR status.';
comment on column public.encounters.class_code is 'FHIR class, code of v3 ActCode such as AMB or IMP.';
comment on column public.encounters.date_of_service is 'The day it began, in the organization''s time zone.';
comment on column public.encounters.took_place_during is 'From when to when, as far as known.';
comment on column public.encounters.created_at is 'When the row was made.';
comment on column public.encounters.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.encounters.updated_at is 'When it was last changed.';
comment on column public.encounters.updated_by is 'Who changed it last, null for the system.';
comment on column public.encounters.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.encounters.deleted_at is 'When it was removed; a removed row is invisible through the API.';
