-- SECURITY DEFINER because nobody writes incidents; app.find_incident() is the authorization.
create function app.reopen_incident(p_id uuid, p_reason text) returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_incident public.incidents;
begin
  v_incident := app.find_incident(p_id, 'manager', 'compliance_lead');
  if v_incident.status <> 'closed' then
    perform app.raise_error('conflict', 'This incident is not closed.');
  end if;
  perform app.add_incident_note(v_incident, 'reopening', p_reason);
  update public.incidents
  set status = 'under_review', closed_at = null, reviewed_at = null, reopened_at = app.clock()
  where incidents.org_id = v_incident.org_id and incidents.id = v_incident.id;
end
$$;

comment on function app.reopen_incident(uuid, text) is
'What public.reopen_incident does; authorizes for itself.';

create function public.reopen_incident(p_id uuid, p_reason text) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_id', p_id is not null, 'Say which incident.');
  perform app.check_input(
    'p_reason', length(p_reason) <= 4000 and p_reason ~ '\S', 'A reason has 1 to 4000 characters.'
  );
  perform app.reopen_incident(p_id, p_reason);
end
$$;

comment on function public.reopen_incident(uuid, text) is
'Opens a closed incident again: it is under review, and the clocks of reviewing and closing run anew from now on. What
was found and learned before stays. For managers of the site and compliance leads.
p_id: the incident. p_reason: why, 1 to 4000 characters; stored sealed.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

revoke all on function app.reopen_incident(uuid, text) from public;
grant execute on function app.reopen_incident(uuid, text) to authenticated;
revoke all on function public.reopen_incident(uuid, text)
from public, anon, authenticated, service_role;
grant execute on function public.reopen_incident(uuid, text) to authenticated;
