-- Which human each Patient is, and what is to be done; filled in batches. Nothing in it says who they are.
create temporary table import_patients (
  seq bigint not null,
  fhir_id text not null,
  org_id uuid not null,
  linked_id uuid,
  local_id uuid not null,
  may_change boolean not null,
  is_changed boolean not null,
  is_renumbered boolean not null,
  refusal text,
  warnings text [] not null
) on commit drop;

create index on pg_temp.import_patients (seq);
create index on pg_temp.import_stage (seq) where import_stage.resource_type = 'Patient';
