-- SECURITY DEFINER because nobody writes incidents; app.find_incident() is the authorization.
create function app.add_incident_action(
  p_incident_id uuid, p_assigned_to uuid, p_action_text text, p_due_at timestamptz
) returns uuid
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_incident public.incidents;
  v_id uuid;
begin
  v_incident := app.find_incident(p_incident_id, 'manager', 'care_manager', 'nurse', 'clinician');
  if v_incident.status = 'closed' then
    perform app.raise_error('conflict', 'This incident is closed.');
  end if;
  if not app.can_be_given_incident_work(v_incident.org_id, v_incident.site_id, p_assigned_to) then
    perform app.raise_error('not_found', 'Nobody of that id works at this site.', '{"field": "p_assigned_to"}');
  end if;
  insert into public.incident_actions (
    org_id, incident_id, site_id, is_restricted, assigned_to, action_text, due_at
  )
  values (
    v_incident.org_id, v_incident.id, v_incident.site_id, v_incident.is_restricted, p_assigned_to,
    app.plain(p_action_text), p_due_at
  )
  on conflict (org_id, incident_id, assigned_to) where deleted_at is null do nothing
  returning id into v_id;
  if v_id is null then
    perform app.raise_error('conflict', 'They have something to do about this incident already.');
  end if;
  perform app.tell_of_incident(
    v_incident, array[p_assigned_to], 'incident.action', 'Something to do about an incident',
    'There is something for you to do about an incident: {{ link }}', v_id::text
  );
  return v_id;
end
$$;

comment on function app.add_incident_action(uuid, uuid, text, timestamptz) is
'What public.add_incident_action does; authorizes for itself.';

create function public.add_incident_action(
  p_incident_id uuid, p_assigned_to uuid, p_action_text text, p_due_at timestamptz default null
) returns uuid
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_incident_id', p_incident_id is not null, 'Say which incident.');
  perform app.check_input('p_assigned_to', p_assigned_to is not null, 'Say who is to do it.');
  perform app.check_input(
    'p_action_text', length(p_action_text) <= 1000 and p_action_text ~ '\S', 'Say what to do in 1 to 1000 characters.'
  );
  perform app.check_input(
    'p_due_at', coalesce(p_due_at > app.clock() and p_due_at < app.clock() + interval '2 years', true),
    'It is due some time in the next two years.'
  );
  return app.add_incident_action(p_incident_id, p_assigned_to, p_action_text, p_due_at);
end
$$;

comment on function public.add_incident_action(uuid, uuid, text, timestamptz) is
'Gives a member of staff something to do about an incident, and tells them; its id. One task for each of them:
conflict. For managers, care managers, nurses and clinicians of the site; restricted ones for managers.
p_incident_id: the incident. p_assigned_to: who is to do it; not_found unless they work at the site.
p_action_text: what, 1 to 1000 characters; stored sealed. p_due_at: by when; null: as soon as possible.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

revoke all on function app.add_incident_action(uuid, uuid, text, timestamptz) from public;
grant execute on function app.add_incident_action(uuid, uuid, text, timestamptz) to authenticated;
revoke all on function public.add_incident_action(
  uuid, uuid, text, timestamptz
)
from public, anon, authenticated, service_role;
grant execute on function public.add_incident_action(uuid, uuid, text, timestamptz) to authenticated;
