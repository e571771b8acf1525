-- The one place that knows pg_cron. It gets a fixed set of entries and never one per job: what is due, in whose zone,
-- is for the rows to say, and pg_cron's own clock is UTC. So there is nothing to bring up to date when a job changes.
--
-- carebase_jobs_<n>     call app.work_jobs(): n runs at a time at most, each in a database session of its own
-- carebase_jobs_watch   app.watch_jobs()
create function app.sync_cron(p_workers integer default 2) returns text
language plpgsql volatile
set search_path = ''
as $$
declare
  v_entry record;
begin
  perform app.check_input('p_workers', p_workers between 0 and 16, 'The number of workers is from 0 to 16.');
  if to_regclass('cron.job') is null then
    return 'pg_cron is not in this database: run `carebase jobs serve`.';
  end if;

  for v_entry in
    execute 'select jobname::text as name from cron.job where jobname like ''carebase\_jobs\_%'' and database = current_database()'
  loop
    execute 'select cron.unschedule($1)' using v_entry.name;
  end loop;
  for v_entry in
    select 'carebase_jobs_' || workers.n as name, 'call app.work_jobs()' as command
    from generate_series(1, p_workers) as workers (n)
    union all
    select 'carebase_jobs_watch', 'select app.watch_jobs()'
    where p_workers > 0
  loop
    execute 'select cron.schedule($1, $2, $3)' using v_entry.name, '* * * * *', v_entry.command;
  end loop;
  return case p_workers when 0 then 'pg_cron runs no jobs any more.' else 'pg_cron runs the jobs.' end;
end
$$;

comment on function app.sync_cron(integer) is
'Has pg_cron run the jobs, p_workers at a time; 0 takes that back. Says what it did, also without pg_cron. Idempotent.';

revoke all on function app.sync_cron(integer) from public;
