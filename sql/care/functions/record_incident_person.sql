-- SECURITY DEFINER because nobody writes incidents; app.find_incident() is the authorization.
create function app.record_incident_person(
  p_incident_id uuid,
  p_role public.incident_person_role,
  p_resident_id uuid,
  p_staff_id uuid,
  p_name text,
  p_informed_at timestamptz
) returns uuid
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
  return app.add_incident_person(v_incident, p_role::text, p_resident_id, p_staff_id, p_name, p_informed_at);
end
$$;

comment on function app.record_incident_person(uuid, public.incident_person_role, uuid, uuid, text, timestamptz) is
'What public.record_incident_person does; authorizes for itself.';

create function public.record_incident_person(
  p_incident_id uuid,
  p_role public.incident_person_role,
  p_resident_id uuid default null,
  p_staff_id uuid default null,
  p_name text default null,
  p_informed_at timestamptz default null
) returns uuid
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_incident_id', p_incident_id is not null, 'Say which incident.');
  perform app.check_input('p_role', p_role is not null, 'Say what they have to do with it.');
  perform app.check_input(
    'p_name', num_nonnulls(p_resident_id, p_staff_id, p_name) = 1, 'Say who: a resident, a member of staff or a name.'
  );
  perform app.check_input(
    'p_name', coalesce(length(p_name) <= 200 and p_name ~ '\S', true), 'A name has 1 to 200 characters.'
  );
  perform app.check_input(
    'p_informed_at', coalesce(p_informed_at <= app.clock() + interval '5 minutes', true), 'They have been told.'
  );
  return app.record_incident_person(p_incident_id, p_role, p_resident_id, p_staff_id, p_name, p_informed_at);
end
$$;

comment on function public.record_incident_person(uuid, public.incident_person_role, uuid, uuid, text, timestamptz) is
'Writes down who was involved in an incident, saw it, or was told of it and when; the id of the entry. For carers,
nurses, clinicians, case and care managers and managers of the site and compliance leads.
p_incident_id: the incident. p_role: involved, witness, informed.
p_resident_id, p_staff_id, p_name: one of them; who has neither id is named in 1 to 200 characters, stored sealed.
p_informed_at: when they were told, of who was; null: now.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

revoke all on function app.record_incident_person(
  uuid, public.incident_person_role, uuid, uuid, text, timestamptz
) from public;
grant execute on function app.record_incident_person(
  uuid, public.incident_person_role, uuid, uuid, text, timestamptz
) to authenticated;
revoke all on function public.record_incident_person(
  uuid, public.incident_person_role, uuid, uuid, text, timestamptz
)
from public, anon, authenticated, service_role;
grant execute on function public.record_incident_person(
  uuid, public.incident_person_role, uuid, uuid, text, timestamptz
) to authenticated;
