-- One row per human who gives care, never copied: organizations point at it through org_practitioners. What it
-- holds is public in the provider registry or belongs to the person; nothing of an employer is in it.
create table public.fhir_practitioners (
  id uuid not null default app.uuid_v7(),
  user_id uuid,
  npi public.npi,
  family_name text,
  given_names text[] not null default '{}',
  name_prefix text,
  name_suffix text,
  gender public.administrative_gender,
  specialties text[] not null default '{}',
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint fhir_practitioners_pkey primary key (id),
  constraint fhir_practitioners_user_id_fkey foreign key (user_id) references auth.users (id) on delete set null,
  constraint fhir_practitioners_user_id_key unique (user_id),
  constraint fhir_practitioners_npi_key unique (npi),
  constraint fhir_practitioners_texts_short check (
    length(family_name) <= 200
    and length(name_prefix) <= 50
    and length(name_suffix) <= 50
    and cardinality(given_names) <= 20
    and length(array_to_string(given_names, ' ')) <= 500
    and cardinality(specialties) <= 50
    and length(array_to_string(specialties, ' ')) <= 5000
  )
);

comment on table public.fhir_practitioners is 'People who give care (FHIR R4 Practitioner), one row per human.';
comment on column public.fhir_practitioners.id is 'Key.';
comment on column public.fhir_practitioners.user_id is 'The sign-in that the person claimed this row with (auth.users).';
comment on column public.fhir_practitioners.npi is 'National Provider Identifier, if the person has one.';
comment on column public.fhir_practitioners.family_name is 'Family name.';
comment on column public.fhir_practitioners.given_names is 'Given names in their order.';
comment on column public.fhir_practitioners.name_prefix is 'Title before the name.';
comment on column public.fhir_practitioners.name_suffix is 'Degree or suffix after the name.';
comment on column public.fhir_practitioners.gender is 'Administrative gender.';
comment on column public.fhir_practitioners.specialties is 'What the person is qualified in, as displayed.';
comment on column public.fhir_practitioners.is_active is 'False once the person no longer practises.';
comment on column public.fhir_practitioners.created_at is 'When the row was made.';
comment on column public.fhir_practitioners.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.fhir_practitioners.updated_at is 'When it was last changed.';
comment on column public.fhir_practitioners.updated_by is 'Who changed it last, null for the system.';
comment on column public.fhir_practitioners.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.fhir_practitioners.deleted_at is
'When it was removed; a removed row is invisible through the API.';
