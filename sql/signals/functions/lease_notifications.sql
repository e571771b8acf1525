-- What was claimed is looked at once more, now that it is to go out: a message may have been cancelled or have expired,
-- its recipient may have left, muted the channel, or be asleep.
create function app.lease_notifications(
  p_worker text, p_lease interval, p_now timestamptz, p_org_ids uuid[], p_notification_ids uuid[],
  out lease_id uuid, out messages json
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_org_ids uuid[];
  v_ids uuid[];
  v_counts smallint[];
  v_aside jsonb;
begin
  if cardinality(p_notification_ids) = 0 then
    return;
  end if;
  select
    array_agg(told.org_id) filter (where told.verdict = 'send'),
    array_agg(told.id) filter (where told.verdict = 'send'),
    array_agg(told.attempt_count) filter (where told.verdict = 'send'),
    json_agg(told.document order by told.place) filter (where told.verdict = 'send'),
    jsonb_agg(jsonb_build_object(
      'org_id', told.org_id, 'id', told.id, 'verdict', told.verdict, 'quiet_until', told.quiet_until,
      'reason', told.reason
    )) filter (where told.verdict not in ('send', 'settled'))
  into v_org_ids, v_ids, v_counts, messages, v_aside
  from app.notification_documents(p_now, p_org_ids, p_notification_ids) as told;

  if v_aside is not null then
    perform app.set_aside(p_now, v_aside);
  end if;
  if v_ids is null then
    return;
  end if;
  insert into app.notification_leases (worker, ends_at, org_ids, notification_ids, attempt_counts)
  values (p_worker, p_now + p_lease, v_org_ids, v_ids, v_counts)
  returning id into lease_id;
end
$$;

comment on function app.lease_notifications(text, interval, timestamptz, uuid[], uuid[]) is
'Leases to a worker what of these messages is to be sent now, and settles or postpones the rest.';

create function app.set_aside(p_now timestamptz, p_aside jsonb) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_aside record;
begin
  for v_aside in
    select given.* from jsonb_to_recordset(p_aside)
      as given (org_id uuid, id uuid, verdict text, quiet_until timestamptz, reason text)
    order by given.org_id, given.id
  loop
    if v_aside.verdict = 'postponed' then
      perform app.add_task(v_aside.org_id, v_aside.id, queue.priority, v_aside.quiet_until, queue.line_key)
      from public.notification_queue as queue
      where queue.org_id = v_aside.org_id and queue.id = v_aside.id;
    else
      update public.notification_queue
      set
        status = v_aside.verdict::public.notification_status, settled_at = p_now, last_error = v_aside.reason,
        died_at = case v_aside.verdict when 'dead' then p_now end
      where org_id = v_aside.org_id and id = v_aside.id and status = 'pending';
      perform app.leave_lines(array[v_aside.org_id], array[v_aside.id]);
    end if;
  end loop;
end
$$;

comment on function app.set_aside(timestamptz, jsonb) is
'Postpones, or settles as expired, cancelled or dead, messages that are not to be sent now.';

revoke all on function app.lease_notifications(text, interval, timestamptz, uuid[], uuid[]) from public;
revoke all on function app.set_aside(timestamptz, jsonb) from public;
