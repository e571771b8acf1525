-- Telling those who look after the providers of an organization. No figure and no name is in the message: it says where
-- to look, and access is checked there.
create function app.alert_leads(
  p_org_id uuid, p_template text, p_subject text, p_body text, p_since date
) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_channels constant public.notification_channel[] := array['email', 'in_app'];
  v_lead_id uuid;
  v_count integer := 0;
begin
  perform app.ensure_template(p_org_id, p_template, channels.name, p_subject, p_body, '{"since": "date"}')
  from unnest(v_channels) as channels (name);
  for v_lead_id in
    select distinct roles.user_id
    from public.role_assignments as roles
    where
      roles.org_id = p_org_id and roles.role in ('wellness_officer', 'admin') and roles.site_id is null
      and roles.deleted_at is null and roles.valid_during @> app.clock()
  loop
    perform app.enqueue_notification(
      p_org_id, channels.name, v_lead_id, p_template, jsonb_build_object('since', p_since),
      p_dedupe_key => format('%s:%s:%s:%s', p_template, channels.name, v_lead_id, p_since)
    )
    from unnest(v_channels) as channels (name);
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;

comment on function app.alert_leads(uuid, text, text, text, date) is
'Tells the wellness officers and administrators of an organization something, once for each p_since; how many.';

revoke all on function app.alert_leads(uuid, text, text, text, date) from public;
