-- SECURITY DEFINER because nobody writes incidents; app.find_incident() is the authorization.
create function app.close_incident(p_id uuid, p_lessons text) returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_incident public.incidents;
begin
  v_incident := app.find_incident(p_id, 'manager', 'compliance_lead');
  perform app.check_input(
    'p_lessons', p_lessons is not null or v_incident.severity < 'severe', 'Say what was learned of a severe incident.'
  );
  if v_incident.status <> 'under_review' or v_incident.reviewed_at is null then
    perform app.raise_error('conflict', 'Only an incident that was reviewed is closed.');
  end if;
  if p_lessons is not null then
    perform app.add_incident_note(v_incident, 'lessons', p_lessons);
  end if;
  update public.incidents set status = 'closed', closed_at = app.clock()
  where incidents.org_id = v_incident.org_id and incidents.id = v_incident.id;
end
$$;

comment on function app.close_incident(uuid, text) is
'What public.close_incident does; authorizes for itself.';

create function public.close_incident(p_id uuid, p_lessons text default null) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_id', p_id is not null, 'Say which incident.');
  perform app.check_input(
    'p_lessons', coalesce(length(p_lessons) <= 4000 and p_lessons ~ '\S', true), 'Lessons have 1 to 4000 characters.'
  );
  perform app.close_incident(p_id, p_lessons);
end
$$;

comment on function public.close_incident(uuid, text) is
'Closes an incident that was reviewed, and stops its clocks, but for those of regulators who were not told. For
managers of the site and compliance leads.
p_id: the incident; conflict unless it is under review and its findings are written down.
p_lessons: what was learned, 1 to 4000 characters; stored sealed. Must be said of severe incidents and deaths.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

revoke all on function app.close_incident(uuid, text) from public;
grant execute on function app.close_incident(uuid, text) to authenticated;
revoke all on function public.close_incident(uuid, text)
from public, anon, authenticated, service_role;
grant execute on function public.close_incident(uuid, text) to authenticated;
