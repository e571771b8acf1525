-- References by fullUrl become the type and id of the entry that has it, within the same Bundle.
insert into pg_temp.import_targets (seq, role, position, resource_type, fhir_id, npi)
select
  import_stage.seq,
  roles.key,
  target.ordinality,
  coalesce(address.resource_type, target.value ->> 'type'),
  coalesce(address.fhir_id, target.value ->> 'id'),
  target.value ->> 'npi'
from pg_temp.import_stage
cross join lateral jsonb_each(import_stage.targets) as roles
cross join lateral jsonb_array_elements(roles.value) with ordinality as target
left join pg_temp.import_addresses as address
  on import_stage.bundle = address.bundle and target.value ->> 'url' = address.full_url;
