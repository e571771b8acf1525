create temporary table import_organizations on commit drop as
select
  import_stage.seq,
  import_stage.fhir_id,
  fields.name,
  fields.type_code,
  fields.is_active,
  coalesce(link.local_id, app.uuid_v7()) as local_id,
  link.local_id is not distinct from run.org_id as is_tenant,
  link.local_id is null as is_unlinked,
  null::text as refusal,
  array_remove(array[case when present.deleted_at is not null then 'removed' end], null) as warnings
from pg_temp.import_stage
cross join pg_temp.import_run as run
cross join lateral jsonb_to_record(import_stage.fields) as fields (name text, type_code text, is_active boolean)
left join app.fhir_links as link
  on
    run.org_id = link.org_id
    and import_stage.resource_type = link.resource_type
    and import_stage.fhir_id = link.fhir_id
left join public.external_organizations as present on run.org_id = present.org_id and link.local_id = present.id
where import_stage.resource_type = 'Organization';
