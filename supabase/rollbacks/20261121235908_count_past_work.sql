-- Undoes count_past_work.

delete from app.provider_workload_deltas;
delete from app.provider_workload_days;
