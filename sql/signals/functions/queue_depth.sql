-- For metrics and for the doctor: counts of what is small by nature, and of the dead.
create function app.queue_depth(
  out waiting_count bigint, out due_count bigint, out oldest_due_at timestamptz, out leased_count bigint,
  out dead_count bigint
)
language sql stable
set search_path = ''
as $$
  select
    (select count(*) from app.notification_tasks),
    (select count(*) from app.notification_tasks as tasks where tasks.due_at <= clock_timestamp()),
    (select min(tasks.due_at) from app.notification_tasks as tasks),
    (select coalesce(sum(cardinality(leases.notification_ids)), 0)::bigint from app.notification_leases as leases),
    (select count(*) from public.notification_queue as queue where queue.died_at is not null)
$$;

comment on function app.queue_depth() is
'How many messages wait, are due, are with workers and are dead, and since when the first one is due. For metrics.';

-- What is settled is history, and history ends. A batch at a time, so that no lock is held for long.
create function app.job_purge_notifications(
  p_older_than interval default interval '400 days', p_limit integer default 10000
) returns integer
language sql volatile
set search_path = ''
as $$
  with old as (
    select queue.org_id, queue.id from public.notification_queue as queue
    where queue.settled_at < app.clock() - p_older_than
    limit p_limit
    for update skip locked
  ), gone as (
    delete from public.notification_queue as queue using old
    where queue.org_id = old.org_id and queue.id = old.id
    returning queue.id
  )
  select count(*)::integer from gone
$$;

comment on function app.job_purge_notifications(interval, integer) is
'Removes messages that were settled longer ago than this, with their deliveries, up to p_limit; how many.';

revoke all on function app.queue_depth() from public;
revoke all on function app.job_purge_notifications(interval, integer) from public;
