-- pg_cron keeps a line for each of its firings, some thousands a day, and clears none itself.
create function app.job_purge_job_runs(p_limit integer) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_count integer;
begin
  delete from public.job_runs as runs
  where runs.id in (
    select old.id
    from public.job_runs as old
    where old.ended_at < app.clock() - interval '90 days'
    limit p_limit
    for update skip locked
  );
  get diagnostics v_count = row_count;
  if to_regclass('cron.job_run_details') is not null then
    execute 'delete from cron.job_run_details where end_time < now() - interval ''7 days''';
  end if;
  return v_count;
end
$$;

comment on function app.job_purge_job_runs(integer) is
'Scheduled: deletes runs that ended more than 90 days ago, and pg_cron''s own log after a week. Idempotent: yes.';

revoke all on function app.job_purge_job_runs(integer) from public;
