-- SECURITY DEFINER because nobody writes incidents; app.find_incident() is the authorization.
create function app.acknowledge_incident(p_id uuid, p_assigned_to uuid) returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_incident public.incidents;
begin
  v_incident := app.find_incident(p_id, 'manager', 'care_manager', 'nurse', 'clinician');
  if v_incident.status = 'closed' then
    perform app.raise_error('conflict', 'This incident is closed.');
  end if;
  if p_assigned_to is not null and not app.can_be_given_incident_work(v_incident.org_id, v_incident.site_id, p_assigned_to) then
    perform app.raise_error('not_found', 'Nobody of that id works at this site.', '{"field": "p_assigned_to"}');
  end if;
  update public.incidents
  set
    status = case incidents.status when 'reported' then 'acknowledged' else incidents.status end,
    acknowledged_at = coalesce(incidents.acknowledged_at, app.clock()),
    assigned_to = coalesce(p_assigned_to, incidents.assigned_to)
  where incidents.org_id = v_incident.org_id and incidents.id = v_incident.id;
end
$$;

comment on function app.acknowledge_incident(uuid, uuid) is
'What public.acknowledge_incident does; authorizes for itself.';

create function public.acknowledge_incident(p_id uuid, p_assigned_to uuid default null) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_id', p_id is not null, 'Say which incident.');
  perform app.acknowledge_incident(p_id, p_assigned_to);
end
$$;

comment on function public.acknowledge_incident(uuid, uuid) is
'Takes an incident on, or hands one that was taken on to somebody else. Stops the clock of acknowledging. For managers,
care managers, nurses and clinicians of the site; restricted ones for managers.
p_id: the incident.
p_assigned_to: the member of staff who looks after it, who works at the site; null: as it is.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.
Idempotent: yes.';

revoke all on function app.acknowledge_incident(uuid, uuid) from public;
grant execute on function app.acknowledge_incident(uuid, uuid) to authenticated;
revoke all on function public.acknowledge_incident(uuid, uuid)
from public, anon, authenticated, service_role;
grant execute on function public.acknowledge_incident(uuid, uuid) to authenticated;
