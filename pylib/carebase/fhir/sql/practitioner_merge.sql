-- People who give care. The row of somebody who claimed it, or whom another organization knows, is left alone.
with source as (
  select * from pg_temp.import_practitioners where is_source
),

updated as (
  update public.fhir_practitioners as person
  set
    npi = coalesce(person.npi, source.own_npi),
    family_name = source.family_name,
    given_names = source.given_names,
    name_prefix = source.name_prefix,
    name_suffix = source.name_suffix,
    gender = source.gender,
    specialties = source.specialties
  from source
  where person.id = source.local_id and source.differs and source.may_change and person.user_id is null
  returning person.id
),

inserted as (
  insert into public.fhir_practitioners (
    id, npi, family_name, given_names, name_prefix, name_suffix, gender, specialties
  )
  select
    source.local_id,
    source.own_npi,
    source.family_name,
    source.given_names,
    source.name_prefix,
    source.name_suffix,
    source.gender,
    source.specialties
  from source
  where not exists (select from public.fhir_practitioners as present where present.id = source.local_id)
  order by source.seq
  on conflict (id) do nothing
  returning fhir_practitioners.id
),

readmitted as (
  update public.org_practitioners as member
  set is_active = source.is_active
  from source
  where
    member.org_id = source.org_id
    and member.practitioner_id = source.local_id
    and member.is_active <> source.is_active
  returning member.practitioner_id as id
),

admitted as (
  insert into public.org_practitioners (org_id, practitioner_id, is_active)
  select source.org_id, source.local_id, coalesce(source.is_active, true)
  from source
  where not exists (
    select from public.org_practitioners as present
    where present.org_id = source.org_id and present.practitioner_id = source.local_id
  )
  on conflict (org_id, practitioner_id) do nothing
),

linked as (
  insert into app.fhir_links (org_id, resource_type, fhir_id, local_id)
  select resource.org_id, 'Practitioner', resource.fhir_id, resource.local_id
  from pg_temp.import_practitioners as resource
  where resource.linked_id is null
  on conflict (org_id, resource_type, fhir_id) do nothing
),

outcomes as (
  select
    case
      when resource.is_source and inserted.id is not null then 'inserted'
      when resource.is_source and (updated.id is not null or readmitted.id is not null) then 'updated'
      when resource.linked_id is null then 'linked'
      else 'unchanged'
    end as outcome
  from pg_temp.import_practitioners as resource
  left join inserted on resource.local_id = inserted.id
  left join updated on resource.local_id = updated.id
  left join readmitted on resource.local_id = readmitted.id
)

select outcomes.outcome, count(*)
from outcomes
group by outcomes.outcome;
