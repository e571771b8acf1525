-- Takes one run that is due: in a transaction of its own, which is committed before the run does anything. The session
-- holds the slot's advisory lock from here until app.finish_job(). If that transaction is undone, the lock stays: then
-- end the session.
create function app.claim_job(p_server text, p_name text default null, p_org_id uuid default null)
returns public.job_runs
language plpgsql volatile
set search_path = ''
as $$
declare
  v_run public.job_runs;
  v_slot integer;
begin
  -- Looked at first and locked one by one: whoever claims at the same moment is to find the others free.
  foreach v_slot in array app.due_slots(p_name, p_org_id) loop
    continue when app.is_job_slot_held(v_slot);
    perform 1
    from app.job_slots as slots
    where slots.slot = v_slot and (p_name is not null or slots.next_run_at <= app.clock())
    for update skip locked;
    continue when not found;
    continue when not pg_try_advisory_lock(app.job_lock_class(), v_slot);
    v_run := app.begin_run(v_slot, p_server, p_name is not null);
    if v_run.id is not null then
      return v_run;
    end if;
    perform pg_advisory_unlock(app.job_lock_class(), v_slot);
  end loop;
  return null;
end
$$;

comment on function app.claim_job(text, text, uuid) is
'Claims a run that is due, or the one named, due or not; null without one, or while it is running. The session holds it.
p_server: who runs it, for job_runs; p_name: this job, now; p_org_id: and this organization, for a job of organizations.';

create function app.due_slots(p_name text, p_org_id uuid) returns integer[]
language sql stable
set search_path = ''
as $$
  select array(
    select slots.slot
    from app.job_slots as slots
    inner join public.scheduled_jobs as jobs on jobs.name = slots.job_name
    left join public.organizations as orgs on orgs.id = slots.for_org_id
    where
      case
        when p_name is null then slots.next_run_at <= app.clock() and jobs.paused_at is null
        else slots.job_name = p_name and slots.for_org_id is not distinct from p_org_id
      end
      and (slots.for_org_id is null or (orgs.is_active and orgs.deleted_at is null))
    order by slots.next_run_at, slots.slot
    limit 50
  )
$$;

comment on function app.due_slots(text, uuid) is
'Slots that are due, the longest due first, or those of the job that is named; whoever may be running them.';

-- The moments between next_run_at and now have passed while nobody ran them. Within the window they are made up for,
-- or by one run, or one by one; older ones leave a line that says since when they were missed.
create function app.begin_run(p_slot integer, p_server text, p_is_manual boolean) returns public.job_runs
language plpgsql volatile
set search_path = ''
as $$
declare
  v_slot app.job_slots;
  v_job public.scheduled_jobs;
  v_cron text;
  v_zone text;
  v_window interval;
  v_due_at timestamptz;
  v_run public.job_runs;
begin
  perform app.close_lost_runs(p_slot);
  select slots.* into v_slot from app.job_slots as slots where slots.slot = p_slot;
  select jobs.* into v_job from public.scheduled_jobs as jobs where jobs.name = v_slot.job_name;
  if p_is_manual then
    return app.write_run(v_slot, app.clock(), 1, p_server, true);
  end if;

  v_zone := split_part(v_slot.planned_as, ' ', -1);
  v_cron := left(v_slot.planned_as, -length(v_zone) - 1);
  v_window := case v_job.catch_up when 'skip' then interval '5 minutes' else v_job.catch_up_window end;
  v_due_at := v_slot.next_run_at;
  if v_due_at < app.clock() - v_window then
    v_due_at := app.next_run(v_cron, v_zone, app.clock() - v_window);
    insert into public.job_runs (
      job_name, for_org_id, slot, due_at, started_at, ended_at, outcome, message, server, backend_pid
    )
    values (
      v_slot.job_name, v_slot.for_org_id, v_slot.slot, v_slot.next_run_at, app.clock(), app.clock(), 'skipped',
      'Nothing ran from then on; what is not made up for is left out.', p_server, pg_backend_pid()
    );
  end if;
  if v_due_at <= app.clock() then
    v_run := app.write_run(v_slot, v_due_at, app.attempt_of(p_slot, v_due_at), p_server, false);
  end if;

  update app.job_slots as slots
  set next_run_at = case
    when v_due_at > app.clock() then v_due_at
    when v_job.catch_up = 'all' then app.next_run(v_cron, v_zone, v_due_at)
    else app.next_run(v_cron, v_zone, app.clock())
  end
  where slots.slot = p_slot;
  return v_run;
end
$$;

comment on function app.begin_run(integer, text, boolean) is
'Decides what a slot that is due and held runs now, if anything, and when it is due next.';

create function app.write_run(
  p_slot app.job_slots, p_due_at timestamptz, p_attempt integer, p_server text, p_is_manual boolean
) returns public.job_runs
language plpgsql volatile
set search_path = ''
as $$
declare
  v_run public.job_runs;
begin
  insert into public.job_runs as runs (
    job_name, for_org_id, slot, due_at, attempt, is_manual, started_at, server, backend_pid
  )
  values (
    p_slot.job_name, p_slot.for_org_id, p_slot.slot, p_due_at, p_attempt, p_is_manual, clock_timestamp(),
    left(p_server, 200), pg_backend_pid()
  )
  returning runs.* into v_run;
  return v_run;
end
$$;

comment on function app.write_run(app.job_slots, timestamptz, integer, text, boolean) is 'A run that begins now.';

create function app.attempt_of(p_slot integer, p_due_at timestamptz) returns integer
language sql stable
set search_path = ''
as $$
  select least(3, 1 + count(*))::integer
  from public.job_runs as runs
  where runs.slot = p_slot and runs.due_at = p_due_at and runs.outcome in ('lost', 'stopped')
$$;

comment on function app.attempt_of(integer, timestamptz) is 'How often a run for this moment of a slot will have begun.';

revoke all on function app.claim_job(text, text, uuid) from public;
revoke all on function app.due_slots(text, uuid) from public;
revoke all on function app.begin_run(integer, text, boolean) from public;
revoke all on function app.write_run(app.job_slots, timestamptz, integer, text, boolean) from public;
revoke all on function app.attempt_of(integer, timestamptz) from public;
