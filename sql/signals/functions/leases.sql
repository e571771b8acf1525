-- Leases as workers see them: prolonged while they are alive, given back when they stop, taken from those that died.
create function app.prolong_leases(p_lease_ids uuid[], p_lease interval) returns integer
language sql volatile
set search_path = ''
as $$
  with prolonged as (
    update app.notification_leases set ends_at = app.wall_clock() + p_lease where id = any(p_lease_ids) returning id
  )
  select count(*)::integer from prolonged
$$;

comment on function app.prolong_leases(uuid[], interval) is 'Prolongs leases from now on; how many of them there still are.';

create function app.release_lease(p_lease_id uuid) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_lease app.notification_leases;
begin
  delete from app.notification_leases where id = p_lease_id returning * into v_lease;
  return (
    select count(app.add_task(queue.org_id, queue.id, queue.priority, app.wall_clock(), queue.line_key))::integer
    from unnest(v_lease.org_ids, v_lease.notification_ids, v_lease.attempt_counts) as given (org_id, id, attempt_count)
    inner join public.notification_queue as queue on queue.org_id = given.org_id and queue.id = given.id
    where queue.status = 'pending' and queue.attempt_count = given.attempt_count
  );
end
$$;

comment on function app.release_lease(uuid) is
'Ends a lease; what of it was not tried goes back at once and counts no attempt. How many messages.';

-- That a worker died may be a message's fault, so being lost counts as an attempt: one that kills every worker ends
-- among the dead letters.
create function app.recover_leases() returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_now constant timestamptz := app.wall_clock();
  v_lease app.notification_leases;
  v_count integer := 0;
begin
  for v_lease in
    delete from app.notification_leases
    where id in (
      select leases.id from app.notification_leases as leases
      where leases.ends_at < v_now
      limit 10
      for update skip locked
    )
    returning *
  loop
    perform app.count_failure(
      v_now, lost.org_id, lost.id, lost.attempt_count, 'lease_lost: the worker was not heard of again'
    )
    from (
      select given.* from unnest(v_lease.org_ids, v_lease.notification_ids, v_lease.attempt_counts)
        as given (org_id, id, attempt_count)
      order by given.org_id, given.id
    ) as lost;
    v_count := v_count + cardinality(v_lease.notification_ids);
  end loop;
  return v_count;
end
$$;

comment on function app.recover_leases() is
'Takes back what dead workers held, ten leases at a time; how many messages they held.';

revoke all on function app.prolong_leases(uuid[], interval) from public;
revoke all on function app.release_lease(uuid) from public;
revoke all on function app.recover_leases() from public;
