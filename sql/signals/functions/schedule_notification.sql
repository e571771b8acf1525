-- SECURITY DEFINER because nobody writes the queue; require_role is the authorization, the active organization the
-- bound.
create function app.schedule_notification(
  p_recipient uuid, p_payload jsonb, p_trigger_at timestamptz, p_template text,
  p_channel public.notification_channel, p_priority public.notification_priority, p_dedupe_key text,
  p_expires_at timestamptz, p_line_key text
) returns uuid
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_org_id uuid;
begin
  perform app.require_role('org_owner', 'admin', 'manager', 'care_manager', 'case_manager', 'scheduler', 'service');
  v_org_id := app.current_org();
  perform app.check_input('p_recipient', p_recipient is not null, 'Say to whom.');
  perform app.check_input('p_channel', p_channel is not null, 'Say how.');
  perform app.check_input('p_priority', p_priority is not null, 'Say how urgent it is.');
  perform app.check_input(
    'p_trigger_at', coalesce(p_trigger_at <= app.clock() + interval '2 years', true), 'At most two years ahead.'
  );
  perform app.check_input(
    'p_dedupe_key', coalesce(p_dedupe_key ~ '^[A-Za-z0-9:._-]{1,120}$', true),
    'The dedupe key has 1 to 120 letters, digits and :._-'
  );
  perform app.check_input(
    'p_line_key', coalesce(p_line_key ~ '^[A-Za-z0-9:._-]{1,80}$', true),
    'The line has 1 to 80 letters, digits and :._-'
  );
  if not app.is_recipient(v_org_id, p_channel, p_recipient) then
    perform app.raise_error('not_found', 'There is no such recipient.', jsonb_build_object('field', 'p_recipient'));
  end if;
  perform app.limit_rate('schedule_notification', auth.uid()::text, 3000, interval '1 hour');
  if p_template = 'notice' then
    perform app.ensure_template(
      v_org_id, 'notice', p_channel, 'Something new for you', 'There is something new for you: {{ link }}',
      '{"link": "link"}'
    );
  end if;
  -- Keys that a client chooses stay apart from those of the rooms, which must not be taken before they are used.
  return app.enqueue_notification(
    v_org_id, p_channel, p_recipient, p_template, p_payload, p_trigger_at, p_priority, 'client:' || p_dedupe_key,
    p_expires_at, 'client:' || p_line_key
  );
end
$$;

comment on function app.schedule_notification(
  uuid, jsonb, timestamptz, text, public.notification_channel, public.notification_priority, text, timestamptz, text
) is 'What public.schedule_notification does; authorizes for itself.';

-- Bound to one organization: no id of another one is ever told apart from one that is nobody's.
create function app.is_recipient(p_org_id uuid, p_channel public.notification_channel, p_recipient uuid) returns boolean
language sql stable
set search_path = ''
as $$
  select case p_channel
    when 'webhook' then exists (
      select from public.webhooks
      where webhooks.org_id = p_org_id and webhooks.id = p_recipient and webhooks.deleted_at is null
    )
    when 'chat' then exists (
      select from public.integration_configs as configs
      where
        configs.org_id = p_org_id and configs.id = p_recipient and configs.kind in ('slack', 'teams')
        and configs.deleted_at is null
    )
    else exists (
      select from public.role_assignments as roles
      where
        roles.org_id = p_org_id and roles.user_id = p_recipient and roles.deleted_at is null
        and roles.valid_during @> app.clock()
    )
  end
$$;

comment on function app.is_recipient(uuid, public.notification_channel, uuid) is
'Whether an organization can send to this on this channel: one of its people, webhooks or chat integrations.';

create function public.schedule_notification(
  p_recipient uuid,
  p_payload jsonb,
  p_trigger_at timestamptz default null,
  p_template text default 'notice',
  p_channel public.notification_channel default 'in_app',
  p_priority public.notification_priority default 'normal',
  p_dedupe_key text default null,
  p_expires_at timestamptz default null,
  p_line_key text default null
) returns uuid
language sql volatile
set search_path = ''
as $$
  select app.schedule_notification(
    p_recipient, p_payload, p_trigger_at, p_template, p_channel, p_priority, p_dedupe_key, p_expires_at, p_line_key
  )
$$;

comment on function public.schedule_notification(
  uuid, jsonb, timestamptz, text, public.notification_channel, public.notification_priority, text, timestamptz, text
) is
'Schedules a message to somebody of the active organization, a chat integration or a webhook, in this transaction; its
id. For owners, administrators, managers, care and case managers, schedulers and API keys; 3,000 an hour for each.
p_recipient: the person, or the integration or webhook that the channel is about.
p_payload: the values of the template, by name; never free text.
p_trigger_at: not before, at most two years ahead; null: at once. Quiet hours of a person come on top, unless urgent.
p_template: the words, by key; notice says that there is something new behind a link.
p_channel: in_app, email, sms, chat, webhook.
p_priority: urgent, normal, low.
p_dedupe_key: scheduling again with the same key gives the first one''s id and sends nothing more.
p_expires_at: not any more from then on.
p_line_key: messages of one line go out one after the other, in the order in which they were scheduled.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, not_found, invalid_input, rate_limited.';

revoke all on function app.is_recipient(uuid, public.notification_channel, uuid) from public;
revoke all on function app.schedule_notification(
  uuid, jsonb, timestamptz, text, public.notification_channel, public.notification_priority, text, timestamptz, text
) from public;
grant execute on function app.schedule_notification(
  uuid, jsonb, timestamptz, text, public.notification_channel, public.notification_priority, text, timestamptz, text
) to authenticated;
revoke all on function public.schedule_notification(
  uuid, jsonb, timestamptz, text, public.notification_channel, public.notification_priority, text, timestamptz, text
) from public, anon, authenticated, service_role;
grant execute on function public.schedule_notification(
  uuid, jsonb, timestamptz, text, public.notification_channel, public.notification_priority, text, timestamptz, text
) to authenticated;
