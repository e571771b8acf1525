-- A room that sends something brings the words for it. What an organization has changed since stays as it is.
create function app.ensure_template(
  p_org_id uuid, p_template text, p_channel public.notification_channel, p_subject text, p_body text, p_keys jsonb
) returns void
language sql volatile
set search_path = ''
as $$
  insert into public.notification_templates (org_id, template_key, channel, subject, body, payload_keys)
  values (p_org_id, p_template, p_channel, p_subject, p_body, p_keys)
  on conflict (org_id, template_key, channel) do nothing
$$;

comment on function app.ensure_template(uuid, text, public.notification_channel, text, text, jsonb) is
'Gives an organization this template, unless it has one for the same thing and channel.';

revoke all on function app.ensure_template(uuid, text, public.notification_channel, text, text, jsonb) from public;
