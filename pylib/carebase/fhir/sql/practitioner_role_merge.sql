-- What practitioners do for the organization.
with source as (
  select * from pg_temp.import_practitioner_roles where refusal is null
),

updated as (
  update public.practitioner_roles as present
  set
    practitioner_id = source.practitioner_id,
    external_organization_id = source.external_organization_id,
    role_code = source.role_code,
    role_display = source.role_display,
    specialties = source.specialties,
    active_during = source.active_during,
    is_active = coalesce(source.is_active, present.is_active)
  from source
  where
    present.org_id = source.org_id
    and present.id = source.local_id
    and (
      present.practitioner_id,
      present.external_organization_id,
      present.role_code,
      present.role_display,
      present.specialties,
      present.active_during,
      present.is_active
    ) is distinct from (
      source.practitioner_id,
      source.external_organization_id,
      source.role_code,
      source.role_display,
      source.specialties,
      source.active_during,
      coalesce(source.is_active, present.is_active)
    )
  returning present.id
),

inserted as (
  insert into public.practitioner_roles (
    org_id,
    id,
    practitioner_id,
    external_organization_id,
    role_code,
    role_display,
    specialties,
    active_during,
    is_active
  )
  select
    source.org_id,
    source.local_id,
    source.practitioner_id,
    source.external_organization_id,
    source.role_code,
    source.role_display,
    source.specialties,
    source.active_during,
    coalesce(source.is_active, true)
  from source
  where not exists (
    select from public.practitioner_roles as present
    where present.org_id = source.org_id and present.id = source.local_id
  )
  order by source.seq
  on conflict (org_id, id) do nothing
  returning practitioner_roles.id
),

linked as (
  insert into app.fhir_links (org_id, resource_type, fhir_id, local_id)
  select source.org_id, 'PractitionerRole', source.fhir_id, source.local_id
  from source
  where source.is_unlinked
  on conflict (org_id, resource_type, fhir_id) do nothing
),

outcomes as (
  select
    case
      when inserted.id is not null then 'inserted'
      when updated.id is not null then 'updated'
      else 'unchanged'
    end as outcome
  from source
  left join inserted on source.local_id = inserted.id
  left join updated on source.local_id = updated.id
)

select outcomes.outcome, count(*)
from outcomes
group by outcomes.outcome;
