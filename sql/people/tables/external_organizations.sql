-- Organizations that a tenant deals with and that are not tenants themselves, as it knows them.
create table public.external_organizations (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  name text,
  type_code text,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint external_organizations_pkey primary key (org_id, id),
  constraint external_organizations_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint external_organizations_texts_short check (length(name) <= 500 and length(type_code) <= 100)
);

comment on table public.external_organizations is 'Other organizations as a tenant knows them (FHIR R4 Organization).';
comment on column public.external_organizations.org_id is 'The tenant that knows it.';
comment on column public.external_organizations.id is 'Key within the tenant.';
comment on column public.external_organizations.name is 'Name.';
comment on column public.external_organizations.type_code is 'Kind of organization, code of the source.';
comment on column public.external_organizations.is_active is 'False once it has ceased to exist.';
comment on column public.external_organizations.created_at is 'When the row was made.';
comment on column public.external_organizations.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.external_organizations.updated_at is 'When it was last changed.';
comment on column public.external_organizations.updated_by is 'Who changed it last, null for the system.';
comment on column public.external_organizations.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.external_organizations.deleted_at is
'When it was removed; a removed row is invisible through the API.';
