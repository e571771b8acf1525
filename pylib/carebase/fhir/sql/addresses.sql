-- What a fullUrl means within its Bundle. In a history there are several of one resource: any of them says its id.
create temporary table import_addresses on commit drop as
select distinct on (import_stage.bundle, import_stage.full_url)
  import_stage.bundle,
  import_stage.full_url,
  import_stage.resource_type,
  import_stage.fhir_id
from pg_temp.import_stage
where import_stage.full_url is not null
order by import_stage.bundle, import_stage.full_url, import_stage.seq desc;
