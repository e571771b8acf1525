-- Of one resource that is in the input several times only the latest version counts.
with ranked as (
  select
    import_stage.seq,
    row_number() over (
      partition by import_stage.resource_type, import_stage.fhir_id
      order by import_stage.last_updated desc nulls last, import_stage.seq desc
    ) as age
  from pg_temp.import_stage
),

removed as (
  delete from pg_temp.import_stage
  using ranked
  where ranked.seq = import_stage.seq and ranked.age > 1
  returning import_stage.resource_type
)

select removed.resource_type, count(*)
from removed
group by removed.resource_type;
