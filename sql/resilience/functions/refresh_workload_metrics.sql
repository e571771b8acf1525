create function app.refresh_workload_metrics() returns bigint
language plpgsql volatile
set search_path = ''
-- For the sums of a hundred thousand practitioners, twice an hour.
set work_mem = '64MB'
as $$
declare
  v_began_at constant timestamptz := clock_timestamp();
  v_count bigint;
begin
  if (
    select views.relispopulated from pg_catalog.pg_class as views
    where views.oid = 'app.provider_workload_metrics'::regclass
  ) then
    refresh materialized view concurrently app.provider_workload_metrics;
  else
    refresh materialized view app.provider_workload_metrics;
  end if;
  select count(*) into v_count from app.provider_workload_metrics;
  insert into app.provider_workload_refreshes (refreshed_at, took, row_count)
  values (app.clock(), clock_timestamp() - v_began_at, v_count)
  on conflict (is_latest) do update set
    refreshed_at = excluded.refreshed_at, took = excluded.took, row_count = excluded.row_count;
  return v_count;
end
$$;

comment on function app.refresh_workload_metrics() is
'Brings provider_workload_metrics up to now while it is read, and notes when; how many practitioners it has.';

create function app.workload_metrics_age() returns interval
language sql stable
set search_path = ''
as $$
  select app.clock() - refreshes.refreshed_at from app.provider_workload_refreshes as refreshes
$$;

comment on function app.workload_metrics_age() is 'How old provider_workload_metrics is; null before its first refresh.';

create function app.job_refresh_workload_metrics() returns bigint
language sql volatile
set search_path = ''
as $$
  select app.refresh_workload_metrics()
$$;

comment on function app.job_refresh_workload_metrics() is
'Scheduled: brings provider_workload_metrics up to now. Idempotent: yes.';

revoke all on function app.refresh_workload_metrics() from public;
revoke all on function app.workload_metrics_age() from public;
revoke all on function app.job_refresh_workload_metrics() from public;
