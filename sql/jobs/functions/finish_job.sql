-- Writes how a run ended and lets its slot go.
create function app.finish_job(p_run_id uuid, p_outcome public.job_outcome, p_message text default null) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_slot integer;
begin
  update public.job_runs as runs
  set outcome = p_outcome, message = left(p_message, 1000), ended_at = clock_timestamp()
  where runs.id = p_run_id and runs.outcome = 'running'
  returning runs.slot into v_slot;
  if not found then
    return;
  end if;
  perform app.count_outcome(p_run_id);
  perform pg_advisory_unlock(app.job_lock_class(), v_slot);
end
$$;

comment on function app.finish_job(uuid, public.job_outcome, text) is
'Ends a run that this session claimed; a second call changes nothing.';

-- A run that was cut short has done some of its batches or none. What it was for is due again, twice at most: a job
-- that takes its server down each time must not do so for ever.
create function app.count_outcome(p_run_id uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_run public.job_runs;
  v_job public.scheduled_jobs;
  v_failure_count integer;
begin
  select runs.* into v_run from public.job_runs as runs where runs.id = p_run_id;
  select jobs.* into v_job from public.scheduled_jobs as jobs where jobs.name = v_run.job_name;

  update app.job_slots as slots
  set
    failure_count = case v_run.outcome
      when 'succeeded' then 0
      when 'stopped' then slots.failure_count
      else slots.failure_count + 1
    end,
    next_run_at = case
      when v_run.outcome in ('lost', 'stopped') and v_run.attempt < 3 and not v_run.is_manual
        and v_job.catch_up <> 'skip' then least(v_run.due_at, slots.next_run_at)
      else slots.next_run_at
    end
  where slots.slot = v_run.slot
  returning slots.failure_count into v_failure_count;

  if v_run.outcome in ('failed', 'timed_out', 'lost') and v_failure_count = v_job.alert_after then
    perform app.alert_job_failure(p_run_id);
  end if;
end
$$;

comment on function app.count_outcome(uuid) is
'What follows from how a run ended: failures in a row, an alert, another attempt.';

create function app.close_lost_runs(p_slot integer) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_run_id uuid;
begin
  update public.job_runs as runs
  set outcome = 'lost', ended_at = clock_timestamp(), message = 'Its server ended during the run.'
  where runs.slot = p_slot and runs.outcome = 'running'
  returning runs.id into v_run_id;
  if v_run_id is not null then
    perform app.count_outcome(v_run_id);
  end if;
end
$$;

comment on function app.close_lost_runs(integer) is
'Marks the run of a slot as lost; callers have made sure that nobody holds the slot.';

revoke all on function app.finish_job(uuid, public.job_outcome, text) from public;
revoke all on function app.count_outcome(uuid) from public;
revoke all on function app.close_lost_runs(integer) from public;
