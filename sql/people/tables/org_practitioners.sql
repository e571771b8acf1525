-- Which practitioners an organization knows. Its key is what tenant tables point at, so that no row of one
-- organization can name a practitioner whom only another one knows.
create table public.org_practitioners (
  org_id uuid not null default app.current_org(),
  practitioner_id uuid not null,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint org_practitioners_pkey primary key (org_id, practitioner_id),
  constraint org_practitioners_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint org_practitioners_practitioner_id_fkey foreign key (practitioner_id)
  references public.fhir_practitioners (id)
);

create index org_practitioners_practitioner_id_idx on public.org_practitioners (practitioner_id);

comment on table public.org_practitioners is 'The practitioners of an organization.';
comment on column public.org_practitioners.org_id is 'The organization.';
comment on column public.org_practitioners.practitioner_id is 'The person.';
comment on column public.org_practitioners.is_active is 'False once the person has left the organization.';
comment on column public.org_practitioners.created_at is 'When the row was made.';
comment on column public.org_practitioners.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.org_practitioners.updated_at is 'When it was last changed.';
comment on column public.org_practitioners.updated_by is 'Who changed it last, null for the system.';
comment on column public.org_practitioners.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.org_practitioners.deleted_at is
'When it was removed; a removed row is invisible through the API.';
