-- What a practitioner does for an organization (FHIR R4 PractitionerRole). Says nothing about access: that is
-- role_assignments.
create table public.practitioner_roles (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  practitioner_id uuid not null,
  external_organization_id uuid,
  role_code text,
  role_display text,
  specialties text[] not null default '{}',
  active_during tstzrange,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint practitioner_roles_pkey primary key (org_id, id),
  constraint practitioner_roles_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint practitioner_roles_practitioner_fkey foreign key (org_id, practitioner_id)
  references public.org_practitioners (org_id, practitioner_id),
  constraint practitioner_roles_external_organization_fkey foreign key (org_id, external_organization_id)
  references public.external_organizations (org_id, id),
  constraint practitioner_roles_texts_short check (
    length(role_code) <= 100
    and length(role_display) <= 500
    and cardinality(specialties) <= 50
    and length(array_to_string(specialties, ' ')) <= 5000
  )
);

create index practitioner_roles_practitioner_id_idx on public.practitioner_roles (org_id, practitioner_id);
create index practitioner_roles_external_organization_id_idx
on public.practitioner_roles (org_id, external_organization_id);

comment on table public.practitioner_roles is 'What practitioners do for an organization (FHIR R4 PractitionerRole).';
comment on column public.practitioner_roles.org_id is 'The organization.';
comment on column public.practitioner_roles.id is 'Key within the organization.';
comment on column public.practitioner_roles.practitioner_id is 'The person.';
comment on column public.practitioner_roles.external_organization_id is 'Where the role is held, if not at the tenant itself.';
comment on column public.practitioner_roles.role_code is 'Code of the role, of the source''s code system.';
comment on column public.practitioner_roles.role_display is 'Role as displayed.';
comment on column public.practitioner_roles.specialties is 'Specialties of this role, as displayed.';
comment on column public.practitioner_roles.active_during is 'From when to when the role is held, if known.';
comment on column public.practitioner_roles.is_active is 'False once the role has ended.';
comment on column public.practitioner_roles.created_at is 'When the row was made.';
comment on column public.practitioner_roles.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.practitioner_roles.updated_at is 'When it was last changed.';
comment on column public.practitioner_roles.updated_by is 'Who changed it last, null for the system.';
comment on column public.practitioner_roles.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.practitioner_roles.deleted_at is
'When it was removed; a removed row is invisible through the API.';
