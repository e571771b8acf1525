-- SECURITY DEFINER because nobody writes incidents; app.find_incident() is the authorization.
create function app.restrict_incident(p_id uuid, p_is_restricted boolean) returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_incident public.incidents;
begin
  v_incident := app.find_incident(p_id, 'manager', 'compliance_lead');
  update public.incidents set is_restricted = p_is_restricted
  where
    incidents.org_id = v_incident.org_id and incidents.id = v_incident.id
    and incidents.is_restricted <> p_is_restricted;
end
$$;

comment on function app.restrict_incident(uuid, boolean) is
'What public.restrict_incident does; authorizes for itself.';

create function public.restrict_incident(p_id uuid, p_is_restricted boolean default true) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_id', p_id is not null, 'Say which incident.');
  perform app.check_input('p_is_restricted', p_is_restricted is not null, 'Say whether it is to be restricted.');
  perform app.restrict_incident(p_id, p_is_restricted);
end
$$;

comment on function public.restrict_incident(uuid, boolean) is
'Keeps an incident and all that belongs to it for managers of the site, owners, compliance leads and whoever reported
it, or opens it to those who work there again. For managers of the site and compliance leads.
p_id: the incident. p_is_restricted: whether it is.
Errors: feature_disabled, permission_denied, not_found, invalid_input.
Idempotent: yes.';

revoke all on function app.restrict_incident(uuid, boolean) from public;
grant execute on function app.restrict_incident(uuid, boolean) to authenticated;
revoke all on function public.restrict_incident(uuid, boolean)
from public, anon, authenticated, service_role;
grant execute on function public.restrict_incident(uuid, boolean) to authenticated;
