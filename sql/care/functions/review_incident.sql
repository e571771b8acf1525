-- SECURITY DEFINER because nobody writes incidents; app.find_incident() is the authorization.
create function app.review_incident(p_id uuid, p_findings text) returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_incident public.incidents;
begin
  v_incident := app.find_incident(p_id, 'manager', 'care_manager', 'compliance_lead');
  if v_incident.status = 'closed' then
    perform app.raise_error('conflict', 'This incident is closed.', p_hint => 'Reopen it first.');
  end if;
  perform app.add_incident_note(v_incident, 'review', p_findings);
  update public.incidents
  set
    status = 'under_review', reviewed_at = app.clock(),
    acknowledged_at = coalesce(incidents.acknowledged_at, app.clock())
  where incidents.org_id = v_incident.org_id and incidents.id = v_incident.id;
end
$$;

comment on function app.review_incident(uuid, text) is
'What public.review_incident does; authorizes for itself.';

create function public.review_incident(p_id uuid, p_findings text) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_id', p_id is not null, 'Say which incident.');
  perform app.check_input(
    'p_findings', length(p_findings) <= 4000 and p_findings ~ '\S', 'Findings have 1 to 4000 characters.'
  );
  perform app.review_incident(p_id, p_findings);
end
$$;

comment on function public.review_incident(uuid, text) is
'Writes down what was found out about an incident, which acknowledges it too; again, for what was found later. Stops
the clocks of acknowledging, acting and reviewing. For managers and care managers of the site and compliance leads;
restricted ones for managers and compliance leads.
p_id: the incident. p_findings: 1 to 4000 characters; stored sealed.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

revoke all on function app.review_incident(uuid, text) from public;
grant execute on function app.review_incident(uuid, text) to authenticated;
revoke all on function public.review_incident(uuid, text)
from public, anon, authenticated, service_role;
grant execute on function public.review_incident(uuid, text) to authenticated;
