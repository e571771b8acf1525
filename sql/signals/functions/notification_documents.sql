-- Addresses are looked up now and not when the message was scheduled: who has left gets nothing, who has a new address
-- gets it there, and the queue holds none.
create function app.notification_documents(
  p_now timestamptz, p_org_ids uuid[], p_notification_ids uuid[],
  out org_id uuid, out id uuid, out attempt_count smallint, out verdict text, out reason text,
  out quiet_until timestamptz, out place bigint, out document json
) returns setof record
language plpgsql stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return query
  select
    judged.org_id, judged.id, judged.attempt_count, judged.verdict, judged.reason, judged.quiet_until, judged.place,
    case judged.verdict when 'send' then json_build_object(
      'org_id', judged.org_id, 'id', judged.id, 'channel', judged.channel, 'template_key', judged.template_key,
      'subject', judged.subject, 'body', judged.template_body, 'payload', judged.payload,
      'attempt', judged.attempt_count + 1, 'created_at', judged.created_at, 'expires_at', judged.expires_at,
      'organization_name', judged.organization_name, 'recipient_name', judged.recipient_name,
      'address', judged.address, 'webhook_id', judged.webhook_id, 'integration_id', judged.service_id,
      'integration_kind', judged.service_kind, 'integration_settings', judged.service_settings
    ) end
  from (
    select
      found.*, why.reason,
      case
        when found.status <> 'pending' then 'settled'
        when found.expires_at <= p_now then 'expired'
        when why.reason in ('no_address', 'template_missing') then 'dead'
        when why.reason is not null then 'cancelled'
        when found.quiet_until > p_now then 'postponed'
        else 'send'
      end as verdict
    from app.found_notifications(p_now, p_org_ids, p_notification_ids) as found
    cross join lateral (
      select case
        when not found.is_org_active then 'organization_inactive'
        when found.recipient_id is not null and not found.is_member then 'recipient_left'
        when found.channel = any(found.muted_channels) then 'muted'
        when found.webhook_id is not null and not found.is_webhook_active then 'webhook_paused'
        when found.channel = 'chat' and found.service_id is null then 'integration_paused'
        when found.template_body is null then 'template_missing'
        when found.channel in ('email', 'sms', 'webhook') and found.address is null then 'no_address'
      end as reason
    ) as why
  ) as judged;
end
$$;

comment on function app.notification_documents(timestamptz, uuid[], uuid[]) is
'What is to become of these messages now, and all that a worker needs to send those that are to be sent.';

create function app.found_notifications(
  p_now timestamptz, p_org_ids uuid[], p_notification_ids uuid[],
  out place bigint, out org_id uuid, out id uuid, out channel public.notification_channel, out recipient_id uuid,
  out webhook_id uuid, out template_key text, out payload jsonb, out status public.notification_status,
  out attempt_count smallint,
  out created_at timestamptz, out expires_at timestamptz, out organization_name text, out is_org_active boolean,
  out recipient_name text, out is_member boolean, out address text,
  out muted_channels public.notification_channel[],
  out quiet_until timestamptz, out is_webhook_active boolean, out service_id uuid,
  out service_kind public.integration_kind, out service_settings jsonb, out subject text, out template_body text
) returns setof record
language plpgsql stable
set search_path = ''
-- Keys are looked up, whatever a plan thought of tables that were empty at the time.
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set plan_cache_mode = force_generic_plan
as $$
begin
  return query
  select
    given.place, queue.org_id, queue.id, queue.channel, queue.recipient_id, queue.webhook_id, queue.template_key,
    queue.payload, queue.status, queue.attempt_count, queue.created_at, queue.expires_at,
    organizations.name, organizations.is_active and organizations.deleted_at is null,
    profiles.display_name,
    profiles.is_active and profiles.deleted_at is null and exists (
      select from public.role_assignments as roles
      where
        roles.org_id = queue.org_id and roles.user_id = queue.recipient_id and roles.deleted_at is null
        and roles.valid_during @> p_now
    ),
    case queue.channel
      when 'email' then people.email::text
      when 'sms' then '+' || ltrim(people.phone, '+')
      when 'webhook' then webhooks.url
    end,
    coalesce(preferences.muted_channels, '{}'),
    case
      when queue.channel in ('email', 'sms') and queue.priority <> 'urgent' and preferences.user_id is not null
        then app.quiet_until(
          p_now, coalesce(preferences.time_zone, organizations.time_zone), preferences.quiet_from,
          preferences.quiet_until, preferences.quiet_days
        )
    end,
    webhooks.is_active and webhooks.deleted_at is null,
    services.id, services.kind, services.settings,
    templates.subject, templates.body
  from unnest(p_org_ids, p_notification_ids) with ordinality as given (org_id, id, place)
  inner join public.notification_queue as queue on queue.org_id = given.org_id and queue.id = given.id
  inner join public.organizations on organizations.id = queue.org_id
  left join public.profiles on profiles.id = queue.recipient_id
  left join auth.users as people on people.id = queue.recipient_id
  left join public.notification_preferences as preferences
    on preferences.org_id = queue.org_id and preferences.user_id = queue.recipient_id
  left join public.webhooks on webhooks.org_id = queue.org_id and webhooks.id = queue.webhook_id
  left join public.notification_templates as templates
    on templates.org_id = queue.org_id and templates.template_key = queue.template_key
    and templates.channel = queue.channel and templates.deleted_at is null
  left join lateral (
    select configs.id, configs.kind, configs.settings
    from public.integration_configs as configs
    where
      configs.org_id = queue.org_id and configs.is_active and configs.deleted_at is null
      and case queue.channel
        when 'chat' then configs.id = queue.integration_id
        when 'email' then configs.kind in ('smtp', 'resend')
        when 'sms' then configs.kind = 'twilio'
        else false
      end
    order by configs.id
    limit 1
  ) as services on true;
end
$$;

comment on function app.found_notifications(timestamptz, uuid[], uuid[]) is
'These messages with all that decides whether and how they go out.';

revoke all on function app.notification_documents(timestamptz, uuid[], uuid[]) from public;
revoke all on function app.found_notifications(timestamptz, uuid[], uuid[]) from public;
