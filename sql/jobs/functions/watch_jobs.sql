-- What somebody has to do while others run jobs: plan, notice runs that died, end runs that take too long.
create function app.watch_jobs() returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_slot integer;
  v_pid integer;
begin
  perform app.plan_jobs();

  for v_slot in
    select slots.slot
    from app.job_slots as slots
    inner join public.job_runs as runs on runs.slot = slots.slot and runs.outcome = 'running'
    order by slots.slot
    for update of slots skip locked
  loop
    perform app.close_lost_runs(v_slot) where not app.is_job_slot_held(v_slot);
  end loop;

  -- `carebase jobs` limits its own statements and gets ten seconds to do so; what pg_cron runs cannot.
  for v_pid in
    select runs.backend_pid
    from public.job_runs as runs
    inner join public.scheduled_jobs as jobs on jobs.name = runs.job_name
    where
      runs.outcome = 'running'
      and runs.started_at + jobs.time_limit + interval '10 seconds' * (runs.server <> 'pg_cron')::integer
        < clock_timestamp()
      and app.is_job_slot_held(runs.slot)
  loop
    perform pg_cancel_backend(v_pid);
  end loop;
end
$$;

comment on function app.watch_jobs() is
'Plans slots, marks runs whose session is gone as lost, cancels runs beyond their time limit. Idempotent, any number may watch.';

revoke all on function app.watch_jobs() from public;
