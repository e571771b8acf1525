-- One message for each webhook that asked for this type. A room calls it in the transaction in which the thing happens.
create function app.emit_event(
  p_org_id uuid, p_event_type text, p_payload jsonb default '{}', p_dedupe_key text default null,
  p_line_key text default null
) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_webhook_id uuid;
  v_count integer := 0;
begin
  for v_webhook_id in
    select webhooks.id from public.webhooks
    where
      webhooks.org_id = p_org_id and webhooks.is_active and webhooks.deleted_at is null
      and webhooks.event_types && array[p_event_type, '*']
    order by webhooks.id
  loop
    perform app.enqueue_notification(
      p_org_id, 'webhook', v_webhook_id, p_event_type, p_payload,
      p_dedupe_key => p_dedupe_key || ':' || v_webhook_id, p_line_key => p_line_key || ':' || v_webhook_id
    );
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;

comment on function app.emit_event(uuid, text, jsonb, text, text) is
'Tells the webhooks of an organization that something happened; how many. For the functions of other rooms.
p_event_type: a template of the channel webhook, which lists the values.
p_dedupe_key: the same event again is told once. p_line_key: events of one line are told in order.';

revoke all on function app.emit_event(uuid, text, jsonb, text, text) from public;
