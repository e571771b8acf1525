-- One transaction's worth of a run. A job's function says by its parameters what it wants to be told, in any order:
--   p_limit integer       handle at most so many rows; called again, each time in a transaction of its own, until it
--                         handles fewer. A run that dies loses one batch.
--   p_org_id uuid         the organization; every job of organizations takes it
--   p_due_at timestamptz  the moment of the schedule, which may be long ago
-- It returns how many rows it handled, or nothing.
create function app.run_job_batch(p_run_id uuid) returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  v_run public.job_runs;
  v_batch_size integer;
  v_names text[];
  v_arguments text;
  v_row_count bigint;
begin
  select runs.* into v_run from public.job_runs as runs where runs.id = p_run_id;
  if v_run.backend_pid is distinct from pg_backend_pid() or not app.is_job_slot_held(v_run.slot) then
    raise exception 'app.run_job_batch: this session has not claimed that run';
  end if;
  select jobs.batch_size into v_batch_size from public.scheduled_jobs as jobs where jobs.name = v_run.job_name;

  select coalesce(routines.proargnames, '{}') into v_names
  from pg_catalog.pg_proc as routines
  where routines.pronamespace = 'app'::regnamespace and routines.proname = 'job_' || v_run.job_name;
  if not found then
    raise exception 'There is no function app.job_%().', v_run.job_name using errcode = 'undefined_function';
  end if;
  select coalesce(string_agg(format('%I => %s', wanted.name, wanted.value), ', '), '') into v_arguments
  from (
    values ('p_limit', '$1'), ('p_org_id', '$2'), ('p_due_at', '$3')
  ) as wanted (name, value)
  where wanted.name = any(v_names);
  execute format('select nullif((app.%I(%s))::text, '''')::bigint', 'job_' || v_run.job_name, v_arguments)
  into v_row_count
  using v_batch_size, v_run.for_org_id, v_run.due_at;

  update public.job_runs as runs
  set row_count = coalesce(runs.row_count, 0) + v_row_count
  where runs.id = p_run_id and v_row_count is not null;
  return 'p_limit' = any(v_names) and coalesce(v_row_count >= v_batch_size, false);
end
$$;

comment on function app.run_job_batch(uuid) is
'Runs a job that this session has claimed, for one batch of rows; true if there may be more.';

-- What Postgres says of bad data repeats the data. Everything else names objects of ours, or is our own sentence.
create function app.describe_failure(p_state text, p_message text) returns text
language sql immutable
set search_path = ''
as $$
  select left(
    p_state || ': ' || case
      when p_state like '22%' then 'bad data; what is wrong with it may repeat a value, and is left out'
      else p_message
    end,
    1000
  )
$$;

comment on function app.describe_failure(text, text) is 'Why a run failed, without what could be personal data.';

revoke all on function app.run_job_batch(uuid) from public;
revoke all on function app.describe_failure(text, text) from public;
