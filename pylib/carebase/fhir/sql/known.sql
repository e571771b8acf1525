-- Where the references of one resource type lead, as far as their targets exist by now: from earlier imports, or
-- from the types of this run that were merged before. A practitioner may be named by id, by a role, or by NPI; an
-- organization may be the tenant itself, whose link leads to its own id.
with wanted as (
  select import_targets.*
  from pg_temp.import_targets
  inner join pg_temp.import_stage on import_targets.seq = import_stage.seq
  where import_stage.resource_type = %(resource_type)s
),

linked as (
  select wanted.seq, wanted.role, wanted.position, wanted.resource_type, link.org_id, link.local_id
  from wanted
  cross join pg_temp.import_run as run
  inner join app.fhir_links as link
    on run.org_id = link.org_id and wanted.resource_type = link.resource_type and wanted.fhir_id = link.fhir_id
),

found as (
  select linked.seq, linked.role, linked.position, linked.local_id
  from linked
  inner join public.org_patients on linked.org_id = org_patients.org_id and linked.local_id = org_patients.patient_id
  where linked.role = 'patient' and linked.resource_type = 'Patient'
  union all
  select linked.seq, linked.role, linked.position, linked.local_id
  from linked
  inner join public.org_practitioners
    on linked.org_id = org_practitioners.org_id and linked.local_id = org_practitioners.practitioner_id
  where linked.role in ('practitioner', 'provider') and linked.resource_type = 'Practitioner'
  union all
  select linked.seq, linked.role, linked.position, practitioner_roles.practitioner_id
  from linked
  inner join public.practitioner_roles
    on linked.org_id = practitioner_roles.org_id and linked.local_id = practitioner_roles.id
  where linked.role = 'provider' and linked.resource_type = 'PractitionerRole'
  union all
  select wanted.seq, wanted.role, wanted.position, org_practitioners.practitioner_id
  from wanted
  cross join pg_temp.import_run as run
  inner join public.fhir_practitioners on wanted.npi = fhir_practitioners.npi
  inner join public.org_practitioners
    on run.org_id = org_practitioners.org_id and fhir_practitioners.id = org_practitioners.practitioner_id
  where wanted.role in ('practitioner', 'provider')
  union all
  select linked.seq, linked.role, linked.position, linked.local_id
  from linked
  left join public.external_organizations
    on linked.org_id = external_organizations.org_id and linked.local_id = external_organizations.id
  where
    linked.role = 'organization'
    and linked.resource_type = 'Organization'
    and (external_organizations.id is not null or linked.local_id = linked.org_id)
)

insert into pg_temp.import_known (seq, role, local_id)
select distinct on (found.seq, found.role) found.seq, found.role, found.local_id
from found
order by found.seq, found.role, found.position;
