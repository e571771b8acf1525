-- What became of messages in a worker's hands. "Sent" is a fact and wins, even if the lease has been lost or the
-- message was cancelled meanwhile; a failure counts only if nobody else has dealt with it since it was claimed.
create function app.settle_notifications(
  p_lease_id uuid, p_org_ids uuid[], p_notification_ids uuid[], p_details jsonb default '[]',
  p_is_last boolean default true
) returns void
language plpgsql volatile
set search_path = ''
-- Keys are looked up, whatever a plan thought of a queue that was empty at the time.
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
declare
  v_now constant timestamptz := app.wall_clock();
  v_line_org_ids uuid[];
  v_line_ids uuid[];
begin
  -- Always in the order of the keys: two who settle at once do not wait for each other in a circle.
  with done as (
    update public.notification_queue as queue
    set status = 'sent', settled_at = v_now, died_at = null
    from unnest(p_org_ids, p_notification_ids) as given (org_id, id)
    where queue.org_id = given.org_id and queue.id = given.id and queue.status <> 'sent'
    returning queue.org_id, queue.id, queue.line_key
  )
  select array_agg(done.org_id), array_agg(done.id) into v_line_org_ids, v_line_ids
  from done where done.line_key is not null;
  if v_line_ids is not null then
    perform app.leave_lines(v_line_org_ids, v_line_ids);
  end if;
  if p_details <> '[]' then
    perform app.settle_one(v_now, given.detail) from jsonb_array_elements(p_details) as given (detail);
  end if;
  if p_is_last then
    delete from app.notification_leases where id = p_lease_id;
  end if;
end
$$;

comment on function app.settle_notifications(uuid, uuid[], uuid[], jsonb, boolean) is
'Settles messages of a lease: those that were simply sent by their keys, the others in p_details, each with org_id, id,
attempt, is_sent, error, is_final, retry_seconds, title, body, webhook_id, status_code, duration_ms.
p_is_last: the lease ends with it.';

create function app.settle_one(p_now timestamptz, p_detail jsonb) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_given record;
begin
  select given.* into v_given from jsonb_to_record(p_detail) as given (
    org_id uuid, id uuid, attempt integer, is_sent boolean, error text, is_final boolean, retry_seconds numeric,
    title text, body text, webhook_id uuid, status_code smallint, duration_ms integer
  );
  if v_given.webhook_id is not null then
    insert into public.webhook_deliveries (
      org_id, webhook_id, notification_id, attempt, attempted_at, is_delivered, status_code, duration_ms, error
    )
    values (
      v_given.org_id, v_given.webhook_id, v_given.id, v_given.attempt, p_now, v_given.is_sent, v_given.status_code,
      v_given.duration_ms, left(v_given.error, 500)
    );
  end if;
  if v_given.is_sent then
    update public.notification_queue as queue
    set status = 'sent', settled_at = p_now, died_at = null, title = v_given.title, body = v_given.body
    where queue.org_id = v_given.org_id and queue.id = v_given.id and queue.status <> 'sent';
    perform app.leave_lines(array[v_given.org_id], array[v_given.id]);
    return;
  end if;
  perform app.count_failure(
    p_now, v_given.org_id, v_given.id, v_given.attempt - 1, v_given.error, v_given.is_final, v_given.retry_seconds
  );
end
$$;

comment on function app.settle_one(timestamptz, jsonb) is 'Settles one message that failed or has more to be kept.';

-- The pause doubles from five seconds to an hour and is spread between half and one and a half of it: a service that
-- comes back is not met by everything at once.
create function app.count_failure(
  p_now timestamptz, p_org_id uuid, p_notification_id uuid, p_attempts_before integer, p_error text,
  p_is_final boolean default false, p_retry_seconds numeric default null
) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_queue public.notification_queue;
  v_pause numeric;
begin
  update public.notification_queue as queue
  set
    attempt_count = queue.attempt_count + 1,
    last_error = left(p_error, 500),
    status = case when p_is_final or queue.attempt_count + 1 >= queue.max_attempts then 'dead' else queue.status end,
    settled_at = case when p_is_final or queue.attempt_count + 1 >= queue.max_attempts then p_now end,
    died_at = case when p_is_final or queue.attempt_count + 1 >= queue.max_attempts then p_now end
  where
    queue.org_id = p_org_id and queue.id = p_notification_id and queue.status = 'pending'
    and queue.attempt_count = p_attempts_before
  returning queue.* into v_queue;
  if v_queue.status = 'dead' then
    perform app.leave_lines(array[p_org_id], array[p_notification_id]);
  elsif v_queue.status = 'pending' then
    v_pause := least(5 * power(2, least(v_queue.attempt_count - 1, 10)), 3600) * (0.5 + random()::numeric);
    -- What the receiver asked for is honoured within a day.
    v_pause := greatest(v_pause, least(coalesce(p_retry_seconds, 0), 86400));
    perform app.add_task(
      p_org_id, p_notification_id, v_queue.priority, p_now + make_interval(secs => v_pause), v_queue.line_key
    );
  end if;
end
$$;

comment on function app.count_failure(timestamptz, uuid, uuid, integer, text, boolean, numeric) is
'Counts a failed attempt: again after a pause, or given up. Nothing if somebody else has counted since.
p_attempts_before: as many as there were when it was claimed. p_is_final: trying again cannot help.
p_retry_seconds: not before, as the receiver asked.';

revoke all on function app.settle_notifications(uuid, uuid[], uuid[], jsonb, boolean) from public;
revoke all on function app.settle_one(timestamptz, jsonb) from public;
revoke all on function app.count_failure(timestamptz, uuid, uuid, integer, text, boolean, numeric) from public;
