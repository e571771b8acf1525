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

revoke all on function app.queue_depth() from public;
