create function public.get_intervention_contacts(p_id uuid, p_purpose public.access_purpose, p_limit integer default 50)
returns setof public.provider_intervention_contacts
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('wellness_officer', 'care_manager', 'admin');
  perform app.check_input('p_id', p_id is not null, 'Say which case.');
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what for.');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  return query select contacts.* from app.list_intervention_contacts(p_id, p_purpose, p_limit) as contacts;
end
$$;

comment on function public.get_intervention_contacts(uuid, public.access_purpose, integer) is
'Who tried to reach the person of a case, latest first. For wellness officers, care managers and administrators; leaves
an access event. The person reads theirs in provider_intervention_contacts.
p_id: the case; not_found as for get_intervention().
p_purpose: what for.
p_limit: at most so many, 1 to 500.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

revoke all on function public.get_intervention_contacts(uuid, public.access_purpose, integer)
from public, anon, authenticated, service_role;
grant execute on function public.get_intervention_contacts(uuid, public.access_purpose, integer) to authenticated;
