-- SECURITY DEFINER because nobody writes incidents; app.find_incident() is the authorization.
create function app.regrade_incident(p_id uuid, p_severity public.incident_severity) returns void
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
  update public.incidents set severity = p_severity
  where incidents.org_id = v_incident.org_id and incidents.id = v_incident.id and incidents.severity <> p_severity;
end
$$;

comment on function app.regrade_incident(uuid, public.incident_severity) is
'What public.regrade_incident does; authorizes for itself.';

create function public.regrade_incident(p_id uuid, p_severity public.incident_severity) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_id', p_id is not null, 'Say which incident.');
  perform app.check_input('p_severity', p_severity is not null, 'Say how severe it is.');
  perform app.regrade_incident(p_id, p_severity);
end
$$;

comment on function public.regrade_incident(uuid, public.incident_severity) is
'Corrects how severe an incident is. The clocks of what is not done are set anew, from now on; one that turns out to be
severe is told at once. For managers, care managers, nurses and clinicians of the site; restricted ones for managers.
p_id: the incident. p_severity: how severe it is, as is known now.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.
Idempotent: yes.';

revoke all on function app.regrade_incident(uuid, public.incident_severity) from public;
grant execute on function app.regrade_incident(uuid, public.incident_severity) to authenticated;
revoke all on function public.regrade_incident(
  uuid, public.incident_severity
)
from public, anon, authenticated, service_role;
grant execute on function public.regrade_incident(uuid, public.incident_severity) to authenticated;
