-- Scheduling, for the functions of every room: in the transaction of what is told, so that both happen or neither. No
-- NOTIFY: its lock would make all who schedule commit one after the other. Workers look often instead.
--
-- Not a definer and granted to nobody: those who call it have authorized for themselves.
create function app.enqueue_notification(
  p_org_id uuid,
  p_channel public.notification_channel,
  p_recipient uuid,
  p_template text,
  p_payload jsonb default '{}',
  p_trigger_at timestamptz default null,
  p_priority public.notification_priority default 'normal',
  p_dedupe_key text default null,
  p_expires_at timestamptz default null,
  p_line_key text default null,
  p_max_attempts integer default 12
) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  -- In this order: whoever sees that this transaction is not over yet, knows that nothing of it was due before.
  v_written_by constant xid8 := pg_current_xact_id();
  v_now constant timestamptz := app.wall_clock();
  v_trigger_at constant timestamptz := coalesce(p_trigger_at, v_now);
  v_keys jsonb;
  v_id uuid;
begin
  select templates.payload_keys into v_keys
  from public.notification_templates as templates
  where
    templates.org_id = p_org_id and templates.template_key = p_template and templates.channel = p_channel
    and templates.deleted_at is null;
  if v_keys is null then
    perform app.raise_error(
      'not_found', 'There is no such template for this channel.', jsonb_build_object('field', 'p_template')
    );
  end if;
  perform app.check_input(
    'p_payload', app.payload_fault(p_payload, v_keys) is null,
    coalesce(app.payload_fault(p_payload, v_keys), 'The payload does not fit the template.')
  );
  perform app.check_input(
    'p_expires_at', coalesce(p_expires_at > v_trigger_at, true), 'A message expires after it may first go out.'
  );

  insert into public.notification_queue (
    org_id, channel, recipient_id, webhook_id, integration_id, template_key, payload, priority, trigger_at,
    expires_at, dedupe_key, line_key, max_attempts, created_at, created_by
  )
  values (
    p_org_id, p_channel,
    case when p_channel in ('email', 'sms', 'in_app') then p_recipient end,
    case p_channel when 'webhook' then p_recipient end,
    case p_channel when 'chat' then p_recipient end,
    p_template, p_payload, p_priority, v_trigger_at, p_expires_at, p_dedupe_key, p_line_key, p_max_attempts,
    v_now, auth.uid()
  )
  on conflict (org_id, dedupe_key) where dedupe_key is not null do nothing
  returning id into v_id;

  if v_id is null then
    return (
      select queue.id from public.notification_queue as queue
      where queue.org_id = p_org_id and queue.dedupe_key = p_dedupe_key
    );
  end if;
  perform app.add_task(p_org_id, v_id, p_priority, greatest(v_trigger_at, v_now), p_line_key);
  return v_id;
end
$$;

comment on function app.enqueue_notification(
  uuid, public.notification_channel, uuid, text, jsonb, timestamptz, public.notification_priority, text, timestamptz,
  text, integer
) is
'Schedules a message of an organization, for the functions of other rooms; its id.
p_recipient: a person, or the webhook or chat integration that the channel is about.
p_trigger_at: not before; null: at once. p_dedupe_key: again with the same one is the same message.
p_line_key: messages of one line go out in order. p_max_attempts: given up after so many.
Errors: not_found, invalid_input.';

-- A place in the line is taken when the message is scheduled or requeued, and kept through all retries.
create function app.add_task(
  p_org_id uuid, p_notification_id uuid, p_priority public.notification_priority, p_due_at timestamptz,
  p_line_key text default null
) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_place integer;
begin
  if p_line_key is not null then
    insert into app.notification_lines as lines (org_id, notification_id, line_key, place)
    select
      p_org_id, p_notification_id, p_line_key,
      coalesce((
        select max(others.place) + 1 from app.notification_lines as others
        where others.org_id = p_org_id and others.line_key = p_line_key
      ), 1)
    on conflict (org_id, notification_id) do update set place = lines.place
    returning lines.place into v_place;
  end if;
  insert into app.notification_tasks (org_id, notification_id, priority, due_at, written_by, line_key, place)
  values (
    p_org_id, p_notification_id, p_priority, p_due_at, pg_current_xact_id(), p_line_key, v_place
  )
  on conflict (org_id, notification_id) do nothing;
end
$$;

comment on function app.add_task(uuid, uuid, public.notification_priority, timestamptz, text) is
'Makes a message claimable from p_due_at on, at its place in the line, if it has one.';

revoke all on function app.enqueue_notification(
  uuid, public.notification_channel, uuid, text, jsonb, timestamptz, public.notification_priority, text, timestamptz,
  text, integer
) from public;
revoke all on function app.add_task(uuid, uuid, public.notification_priority, timestamptz, text) from public;
