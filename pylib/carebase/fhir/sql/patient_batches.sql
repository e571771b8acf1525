-- The last of every thousand: what is opened of a batch, its keys with it, stays in memory.
select max(numbered.seq)
from (
  select import_stage.seq, (row_number() over (order by import_stage.seq) - 1) / 1000 as batch
  from pg_temp.import_stage
  where import_stage.resource_type = 'Patient'
) as numbered
group by numbered.batch
order by 1;
