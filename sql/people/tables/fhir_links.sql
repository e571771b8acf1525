-- Which of our rows a resource of another system is: what makes a repeated import change nothing, and what a
-- reference in a later file resolves to. Private: only the import reads and writes it.
create table app.fhir_links (
  org_id uuid not null,
  resource_type text not null,
  fhir_id text not null,
  local_id uuid not null,
  created_at timestamptz not null default now(),
  constraint fhir_links_pkey primary key (org_id, resource_type, fhir_id),
  constraint fhir_links_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint fhir_links_resource_type_known check (
    resource_type in ('Practitioner', 'PractitionerRole', 'Organization', 'Patient', 'Encounter')
  ),
  -- Logical ids are 64 characters in FHIR R4; urn:uuid references and full URLs are longer.
  constraint fhir_links_fhir_id_length check (length(fhir_id) between 1 and 255)
);

create index fhir_links_local_id_idx on app.fhir_links (org_id, local_id);

comment on table app.fhir_links is 'Resources of other systems and the rows they became, per organization.';
comment on column app.fhir_links.org_id is 'The organization that imported it.';
comment on column app.fhir_links.resource_type is 'FHIR R4 resource type.';
comment on column app.fhir_links.fhir_id is 'Logical id in the source system.';
comment on column app.fhir_links.local_id is 'Id of the row it became, in the table of its type.';
comment on column app.fhir_links.created_at is 'When it was first imported.';
