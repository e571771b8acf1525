-- What is settled is history, and history ends. Until then its dedupe keys keep the same thing from being told twice.
-- No index knows when a message was settled; its id says when it was made, which was before.
create function app.job_purge_notifications(p_org_id uuid, p_limit integer) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_until constant timestamptz := app.clock() - interval '400 days';
  v_count integer;
begin
  delete from public.notification_queue as queue
  where
    queue.org_id = p_org_id
    and queue.id in (
      select old.id from public.notification_queue as old
      where old.org_id = p_org_id and old.id < app.first_uuid_v7(v_until) and old.settled_at < v_until
      order by old.id
      limit p_limit
      for update skip locked
    );
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

comment on function app.job_purge_notifications(uuid, integer) is
'Scheduled: deletes an organization''s messages, with their deliveries, 400 days after they were sent or given up, p_limit
at a time. Idempotent: yes.';

revoke all on function app.job_purge_notifications(uuid, integer) from public;
