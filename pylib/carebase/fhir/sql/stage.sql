-- What one run reads, until it is merged at its end. Gone with the transaction, whatever becomes of it.
create temporary table import_run (
  org_id uuid not null,
  time_zone text not null
) on commit drop;

create temporary table import_stage (
  seq bigint not null,
  file text not null,
  place text not null,
  resource_type text not null,
  fhir_id text not null,
  bundle bigint,
  full_url text,
  last_updated timestamptz,
  fields jsonb not null,
  -- What is protected, under the key of the run: this table may reach the disk.
  sealed bytea,
  targets jsonb not null
) on commit drop;

-- The references of all resources, one per row. `position`: the order in which those of one role are tried.
create temporary table import_targets (
  seq bigint not null,
  role text not null,
  position bigint not null,
  resource_type text,
  fhir_id text,
  npi text
) on commit drop;

-- The rows that references lead to, one per resource and role; no row where nobody is known by that reference.
create temporary table import_known (
  seq bigint not null,
  role text not null,
  local_id uuid not null
) on commit drop;
