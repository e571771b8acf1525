-- Claiming in three steps: rows leave the tasks (pick_tasks), a lease takes them (this function), the worker learns
-- all it needs to send them (notification_documents). One transaction, whatever the size of the batch.
--
-- The cursor is what makes the rate independent of how much was claimed before. For each priority it says up to where
-- everything had been seen; the next look begins there. Two things could hide behind it:
-- * what was written before and committed afterwards. The cursor holds the snapshot; what the transactions that were
--   not over in it wrote is looked up by their numbers. These are the ones that it lists and, because it ends with the
--   last one that was over, all from its end on. One that began later than the look writes later due times;
-- * what another worker had locked and gave back by dying, and the next of a line in a rare race. For these a worker
--   asks without a cursor from time to time: it then looks from the very beginning.
create function app.claim_notifications(
  p_worker text, p_limit integer, p_lease interval, p_cursor jsonb default null
) returns json
language plpgsql volatile
set search_path = ''
as $$
declare
  -- The time before the snapshot: see enqueue_notification.
  v_now constant timestamptz := app.wall_clock();
  v_snapshot constant pg_snapshot := pg_current_snapshot();
  v_before pg_snapshot;
  v_late xid8[];
  v_priority public.notification_priority;
  v_found record;
  v_org_ids uuid[] := '{}';
  v_ids uuid[] := '{}';
  v_cursor jsonb := jsonb_build_object('snapshot', v_snapshot::text);
  v_back_to timestamptz;
  v_from jsonb;
begin
  if p_cursor is not null then
    v_before := (p_cursor ->> 'snapshot')::pg_snapshot;
    v_late := array(
      select xip.id from pg_snapshot_xip(v_before) as xip (id) where pg_visible_in_snapshot(xip.id, v_snapshot)
    );
    select picked.* into v_found
    from app.pick_late_tasks(v_late, pg_snapshot_xmax(v_before), p_cursor, p_limit) as picked;
    v_org_ids := v_found.org_ids;
    v_ids := v_found.notification_ids;
    -- Somebody wrote more than one batch: the cursor goes back to the first of it.
    if cardinality(v_ids) >= p_limit then
      v_back_to := app.first_due(v_late, pg_snapshot_xmax(v_before));
    end if;
  end if;

  foreach v_priority in array enum_range(null::public.notification_priority) loop
    v_from := p_cursor -> v_priority::text;
    if v_back_to < (v_from ->> 0)::timestamptz then
      v_from := jsonb_build_array(v_back_to, '00000000-0000-0000-0000-000000000000');
    end if;
    if cardinality(v_ids) < p_limit then
      select picked.* into v_found
      from app.pick_tasks(
        v_now, v_priority, coalesce((v_from ->> 0)::timestamptz, '-infinity'),
        coalesce((v_from ->> 1)::uuid, '00000000-0000-0000-0000-000000000000'), p_limit - cardinality(v_ids)
      ) as picked;
      v_org_ids := v_org_ids || v_found.org_ids;
      v_ids := v_ids || v_found.notification_ids;
      v_from := jsonb_build_array(v_found.seen_at, v_found.seen_id);
    end if;
    v_cursor := v_cursor || jsonb_build_object(v_priority, v_from);
  end loop;

  select leased.* into v_found from app.lease_notifications(p_worker, p_lease, v_now, v_org_ids, v_ids) as leased;
  return json_build_object(
    'cursor', v_cursor, 'found', cardinality(v_ids), 'lease_id', v_found.lease_id,
    'messages', coalesce(v_found.messages, '[]')
  );
end
$$;

comment on function app.claim_notifications(text, integer, interval, jsonb) is
'Claims up to p_limit messages that are due, for a worker.
p_lease: how long, unless the worker prolongs it. p_cursor: that of the answer before; null looks from the beginning.
Answers {cursor, found, lease_id, messages}; found counts also what turned out not to be sent.';

-- Locks what is claimed only as long as this transaction lasts; who comes second skips it.
create function app.pick_tasks(
  p_now timestamptz, p_priority public.notification_priority, p_from_at timestamptz, p_from_id uuid, p_limit integer,
  out org_ids uuid[], out notification_ids uuid[], out seen_at timestamptz, out seen_id uuid
)
language plpgsql volatile
set search_path = ''
-- The order is the index's. A table that was empty when it was last looked at would be read from end to end.
set enable_seqscan = off
set enable_bitmapscan = off
set enable_sort = off
as $$
begin
  with picked as materialized (
    select tasks.ctid as address, tasks.org_id, tasks.notification_id, tasks.due_at
    from app.notification_tasks as tasks
    where
      tasks.priority = p_priority and tasks.due_at <= p_now
      and (tasks.due_at, tasks.notification_id) > (p_from_at, p_from_id)
      and (
        tasks.line_key is null
        or app.is_first_in_line(tasks.org_id, tasks.line_key, tasks.place, tasks.notification_id)
      )
    order by tasks.due_at, tasks.notification_id
    limit p_limit
    for update skip locked
  ), gone as (
    delete from app.notification_tasks where ctid = any(array(select picked.address from picked))
  )
  select
    coalesce(array_agg(picked.org_id), '{}'), coalesce(array_agg(picked.notification_id), '{}'),
    max(picked.due_at)
  into org_ids, notification_ids, seen_at
  from picked;

  if cardinality(notification_ids) < p_limit then
    seen_at := p_now;
    seen_id := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  else
    seen_id := notification_ids[cardinality(notification_ids)];
  end if;
end
$$;

comment on function app.pick_tasks(timestamptz, public.notification_priority, timestamptz, uuid, integer) is
'Takes tasks of one priority, in their order, from a place on; and the place up to which everything has been seen.';

create function app.pick_late_tasks(
  p_written_by xid8[], p_written_from xid8, p_cursor jsonb, p_limit integer,
  out org_ids uuid[], out notification_ids uuid[]
)
language plpgsql volatile
set search_path = ''
set enable_seqscan = off
as $$
declare
  v_urgent constant timestamptz := coalesce((p_cursor -> 'urgent' ->> 0)::timestamptz, '-infinity');
  v_normal constant timestamptz := coalesce((p_cursor -> 'normal' ->> 0)::timestamptz, '-infinity');
  v_low constant timestamptz := coalesce((p_cursor -> 'low' ->> 0)::timestamptz, '-infinity');
begin
  with picked as materialized (
    select tasks.ctid as address, tasks.org_id, tasks.notification_id
    from app.notification_tasks as tasks
    where
      (tasks.written_by = any(p_written_by) or tasks.written_by >= p_written_from)
      -- What lies before the cursor is found from there, in its order.
      and tasks.due_at <= case tasks.priority when 'urgent' then v_urgent when 'normal' then v_normal else v_low end
      and (
        tasks.line_key is null
        or app.is_first_in_line(tasks.org_id, tasks.line_key, tasks.place, tasks.notification_id)
      )
    limit p_limit
    for update skip locked
  ), gone as (
    delete from app.notification_tasks where ctid = any(array(select picked.address from picked))
  )
  select coalesce(array_agg(picked.org_id), '{}'), coalesce(array_agg(picked.notification_id), '{}')
  into org_ids, notification_ids
  from picked;
end
$$;

comment on function app.pick_late_tasks(xid8[], xid8, jsonb, integer) is
'Takes tasks that lie behind the cursor and were written by these transactions, or by those from a number on: they
committed after somebody had looked past them.';

create function app.first_due(p_written_by xid8[], p_written_from xid8) returns timestamptz
language sql stable
set search_path = ''
set enable_seqscan = off
as $$
  select min(tasks.due_at) from app.notification_tasks as tasks
  where tasks.written_by = any(p_written_by) or tasks.written_by >= p_written_from
$$;

comment on function app.first_due(xid8[], xid8) is
'When the first task falls due that these transactions wrote, or those from a number on; null without one.';

create function app.is_first_in_line(p_org_id uuid, p_line_key text, p_place integer, p_notification_id uuid)
returns boolean
language sql stable
set search_path = ''
as $$
  select not exists (
    select from app.notification_lines as lines
    where
      lines.org_id = p_org_id and lines.line_key = p_line_key
      and (lines.place, lines.notification_id) < (p_place, p_notification_id)
  )
$$;

comment on function app.is_first_in_line(uuid, text, integer, uuid) is
'Whether nothing that is not settled stands before this place.';

revoke all on function app.claim_notifications(text, integer, interval, jsonb) from public;
revoke all on function app.pick_tasks(timestamptz, public.notification_priority, timestamptz, uuid, integer)
from public;
revoke all on function app.pick_late_tasks(xid8[], xid8, jsonb, integer) from public;
revoke all on function app.first_due(xid8[], xid8) from public;
revoke all on function app.is_first_in_line(uuid, text, integer, uuid) from public;
