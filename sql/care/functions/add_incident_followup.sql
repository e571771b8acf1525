-- SECURITY DEFINER because nobody writes incidents; app.find_incident() is the authorization.
create function app.add_incident_followup(p_incident_id uuid, p_note text) returns uuid
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_incident public.incidents;
begin
  v_incident := app.find_incident(
    p_incident_id, 'manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer', 'compliance_lead'
  );
  return app.add_incident_note(v_incident, 'note', p_note);
end
$$;

comment on function app.add_incident_followup(uuid, text) is
'What public.add_incident_followup does; authorizes for itself.';

create function public.add_incident_followup(p_incident_id uuid, p_note text) returns uuid
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_incident_id', p_incident_id is not null, 'Say which incident.');
  perform app.check_input('p_note', length(p_note) <= 4000 and p_note ~ '\S', 'A note has 1 to 4000 characters.');
  return app.add_incident_followup(p_incident_id, p_note);
end
$$;

comment on function public.add_incident_followup(uuid, text) is
'Adds a note to an incident, also to a closed one; its id. It stays as it is. For carers, nurses, clinicians, case and
care managers and managers of the site and compliance leads; restricted ones for managers and compliance leads.
p_incident_id: the incident. p_note: 1 to 4000 characters; stored sealed.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

revoke all on function app.add_incident_followup(uuid, text) from public;
grant execute on function app.add_incident_followup(uuid, text) to authenticated;
revoke all on function public.add_incident_followup(uuid, text)
from public, anon, authenticated, service_role;
grant execute on function public.add_incident_followup(uuid, text) to authenticated;
