-- Organizations that the tenant deals with. The one that is the tenant itself is only linked: its own row is kept
-- by its people, not by an import.
with source as (
  select run.org_id, import_organizations.*
  from pg_temp.import_organizations
  cross join pg_temp.import_run as run
  where not import_organizations.is_tenant
),

updated as (
  update public.external_organizations as present
  set name = source.name, type_code = source.type_code, is_active = coalesce(source.is_active, present.is_active)
  from source
  where
    present.org_id = source.org_id
    and present.id = source.local_id
    and (present.name, present.type_code, present.is_active)
    is distinct from (source.name, source.type_code, coalesce(source.is_active, present.is_active))
  returning present.id
),

inserted as (
  insert into public.external_organizations (org_id, id, name, type_code, is_active)
  select source.org_id, source.local_id, source.name, source.type_code, coalesce(source.is_active, true)
  from source
  where not exists (
    select from public.external_organizations as present
    where present.org_id = source.org_id and present.id = source.local_id
  )
  order by source.seq
  on conflict (org_id, id) do nothing
  returning external_organizations.id
),

linked as (
  insert into app.fhir_links (org_id, resource_type, fhir_id, local_id)
  select source.org_id, 'Organization', source.fhir_id, source.local_id
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
  from pg_temp.import_organizations as resource
  left join inserted on resource.local_id = inserted.id
  left join updated on resource.local_id = updated.id
)

select outcomes.outcome, count(*)
from outcomes
group by outcomes.outcome;
