-- What leaves the database about an incident: that there is one, behind a link. What kind, how bad and about whom is
-- read there, where access is checked.
create function app.incident_recipients(
  p_incident public.incidents, p_target public.incident_escalation_target, p_step public.incident_step
) returns setof uuid
language sql stable
set search_path = ''
as $$
  select distinct roles.user_id
  from public.role_assignments as roles
  where
    roles.org_id = p_incident.org_id and roles.deleted_at is null and roles.valid_during @> app.clock()
    and case p_target
      when 'assignee' then
        roles.user_id = p_incident.assigned_to
        or (p_step = 'act' and roles.user_id in (
          select actions.assigned_to from public.incident_actions as actions
          where
            actions.org_id = p_incident.org_id and actions.incident_id = p_incident.id
            and actions.completed_at is null and actions.deleted_at is null
        ))
      when 'site_managers' then
        roles.role = 'manager' and (roles.site_id is null or roles.site_id = p_incident.site_id)
      when 'org_owners' then roles.role = 'org_owner'
      when 'compliance_leads' then roles.role = 'compliance_lead'
      when 'admins' then roles.role = 'admin'
    end
$$;

comment on function app.incident_recipients(
  public.incidents, public.incident_escalation_target, public.incident_step
) is 'The people of an organization who are told of an incident at this rung.';

create function app.tell_of_incident(
  p_incident public.incidents, p_people uuid[], p_template text, p_subject text, p_body text, p_occasion text
) returns integer
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.ensure_words(p_incident.org_id, p_template, p_subject, p_body);
  return app.tell_people(
    p_incident.org_id, p_people, p_template, jsonb_build_object('link', '/incidents/' || p_incident.id), p_occasion,
    case when p_incident.severity >= 'severe' then 'urgent'::public.notification_priority else 'normal' end
  );
end
$$;

comment on function app.tell_of_incident(public.incidents, uuid[], text, text, text, text) is
'Tells people of an incident, once for each p_occasion, in the application and by mail; how many people.';

-- At once, not when a clock runs out: chat reaches whoever is there.
create function app.alert_of_incident(p_incident public.incidents) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_chat_id uuid;
begin
  for v_chat_id in
    select configs.id from public.integration_configs as configs
    where
      configs.org_id = p_incident.org_id and configs.kind in ('slack', 'teams') and configs.is_active
      and configs.deleted_at is null
    order by configs.id
  loop
    perform app.ensure_template(
      p_incident.org_id, 'incident.severe', 'chat', null, 'A severe incident was reported: {{ link }}',
      '{"link": "link"}'
    );
    perform app.enqueue_notification(
      p_incident.org_id, 'chat', v_chat_id, 'incident.severe',
      jsonb_build_object('link', '/incidents/' || p_incident.id), p_priority => 'urgent',
      p_dedupe_key => format('incident.severe:%s:%s:%s', p_incident.id, p_incident.timer_round, v_chat_id)
    );
  end loop;
  perform app.tell_of_incident(
    p_incident,
    array(select people.id from app.incident_recipients(p_incident, 'site_managers', 'acknowledge') as people (id)),
    'incident.severe', 'A severe incident', 'A severe incident was reported: {{ link }}',
    p_incident.id || ':' || p_incident.timer_round
  );
  perform app.emit_incident_event(p_incident, 'incident.severe');
end
$$;

comment on function app.alert_of_incident(public.incidents) is
'Tells the teams'' chats, the managers of the site and webhooks of a severe incident at once.';

create function app.emit_incident_event(p_incident public.incidents, p_event_type text) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  if not exists (
    select from public.webhooks
    where webhooks.org_id = p_incident.org_id and webhooks.is_active and webhooks.deleted_at is null
  ) then
    return;
  end if;
  perform app.ensure_template(
    p_incident.org_id, p_event_type, 'webhook', null, '', '{"incident": "id", "site": "id", "link": "link"}'
  );
  perform app.emit_event(
    p_incident.org_id, p_event_type,
    jsonb_build_object(
      'incident', p_incident.id, 'site', p_incident.site_id, 'link', '/incidents/' || p_incident.id
    ),
    concat_ws(':', p_event_type, p_incident.id, p_incident.timer_round)
  );
end
$$;

comment on function app.emit_incident_event(public.incidents, text) is
'Tells webhooks of an incident: its id, its site and where to read it.';

revoke all on function app.incident_recipients(
  public.incidents, public.incident_escalation_target, public.incident_step
) from public;
revoke all on function app.tell_of_incident(public.incidents, uuid[], text, text, text, text) from public;
revoke all on function app.alert_of_incident(public.incidents) from public;
revoke all on function app.emit_incident_event(public.incidents, text) from public;
