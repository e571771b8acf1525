-- Contacts of patients with the organization.
with source as (
  select * from pg_temp.import_encounters where refusal is null
),

updated as (
  update public.encounters as present
  set
    patient_id = source.patient_id,
    provider_id = source.provider_id,
    external_organization_id = source.external_organization_id,
    status = source.status,
    class_code = source.class_code,
    date_of_service = source.date_of_service,
    took_place_during = source.took_place_during
  from source
  where
    present.org_id = source.org_id
    and present.id = source.local_id
    and (
      present.patient_id,
      present.provider_id,
      present.external_organization_id,
      present.status,
      present.class_code,
      present.date_of_service,
      present.took_place_during
    ) is distinct from (
      source.patient_id,
      source.provider_id,
      source.external_organization_id,
      source.status,
      source.class_code,
      source.date_of_service,
      source.took_place_during
    )
  returning present.id
),

inserted as (
  insert into public.encounters (
    org_id,
    id,
    patient_id,
    provider_id,
    external_organization_id,
    status,
    class_code,
    date_of_service,
    took_place_during
  )
  select
    source.org_id,
    source.local_id,
    source.patient_id,
    source.provider_id,
    source.external_organization_id,
    source.status,
    source.class_code,
    source.date_of_service,
    source.took_place_during
  from source
  where not exists (
    select from public.encounters as present
    where present.org_id = source.org_id and present.id = source.local_id
  )
  order by source.seq
  on conflict (org_id, id) do nothing
  returning encounters.id
),

linked as (
  insert into app.fhir_links (org_id, resource_type, fhir_id, local_id)
  select source.org_id, 'Encounter', source.fhir_id, source.local_id
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
