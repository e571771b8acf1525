-- First half of the advisory locks that runs hold; the other half is the slot.
create function app.job_lock_class() returns integer
language sql immutable
set search_path = ''
as $$
  select 207300731
$$;

comment on function app.job_lock_class() is 'First key of the advisory lock of each running job slot.';

-- A look and not a try: trying would hold the lock for a moment, and a server that tries then would skip the slot.
create function app.is_job_slot_held(p_slot integer) returns boolean
language sql stable
set search_path = ''
as $$
  select exists (
    select
    from pg_catalog.pg_locks as locks
    inner join pg_catalog.pg_database as databases on databases.oid = locks.database
    where
      locks.locktype = 'advisory'
      and locks.granted
      and databases.datname = current_database()
      and locks.classid::bigint = app.job_lock_class()
      and locks.objid::bigint = p_slot
      and locks.objsubid = 2
  )
$$;

comment on function app.is_job_slot_held(integer) is 'Whether somebody is running this slot now.';

-- Whoever plans, plans alone: two would each add the row that is missing.
create function app.plan_jobs() returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform pg_advisory_xact_lock(app.job_lock_class(), 0);

  delete from app.job_slots as slots
  where
    slots.for_org_id is not null
    and not exists (select from public.organizations where organizations.id = slots.for_org_id)
    and not app.is_job_slot_held(slots.slot);

  insert into app.job_slots as slots (slot, job_name, for_org_id, planned_as, next_run_at)
  select
    (select coalesce(max(last.slot), 0) from app.job_slots as last) + row_number() over (order by wanted.name),
    wanted.name, wanted.org_id, wanted.cron || ' ' || wanted.zone,
    app.next_run(wanted.cron, wanted.zone, app.clock())
  from app.wanted_job_slots() as wanted
  where not exists (
    select
    from app.job_slots as existing
    where existing.job_name = wanted.name and existing.for_org_id is not distinct from wanted.org_id
  );

  update app.job_slots as slots
  set
    planned_as = wanted.cron || ' ' || wanted.zone,
    next_run_at = app.next_run(wanted.cron, wanted.zone, app.clock())
  from app.wanted_job_slots() as wanted
  where
    slots.job_name = wanted.name
    and slots.for_org_id is not distinct from wanted.org_id
    and slots.planned_as <> wanted.cron || ' ' || wanted.zone;
end
$$;

comment on function app.plan_jobs() is
'Gives each job, and each organization of it, a slot with the next moment; plans anew whose expression or zone changed.';

create function app.wanted_job_slots() returns table (name text, org_id uuid, cron text, zone text)
language sql stable
set search_path = ''
as $$
  select scheduled_jobs.name, null::uuid, scheduled_jobs.cron, scheduled_jobs.time_zone::text
  from public.scheduled_jobs
  where scheduled_jobs.scope = 'platform'
  union all
  select scheduled_jobs.name, organizations.id, scheduled_jobs.cron, organizations.time_zone::text
  from public.scheduled_jobs
  cross join public.organizations
  where scheduled_jobs.scope = 'organization' and organizations.is_active and organizations.deleted_at is null
$$;

comment on function app.wanted_job_slots() is
'Each job of the platform, and each job of organizations with each organization that is active, with its clock.';

revoke all on function app.job_lock_class() from public;
revoke all on function app.is_job_slot_held(integer) from public;
revoke all on function app.plan_jobs() from public;
revoke all on function app.wanted_job_slots() from public;
