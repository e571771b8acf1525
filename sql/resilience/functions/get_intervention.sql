create function public.get_intervention(p_id uuid, p_purpose public.access_purpose)
returns public.provider_interventions
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('wellness_officer', 'care_manager', 'admin');
  perform app.check_input('p_id', p_id is not null, 'Say which case.');
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what for.');
  return app.find_intervention(p_id, p_purpose);
end
$$;

comment on function public.get_intervention(uuid, public.access_purpose) is
'One case that the caller may help with. For wellness officers, care managers and administrators; leaves an access event.
p_id: the case. One whose person is not to be known, or of another organization, is not_found, as is one''s own.
p_purpose: what for.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

revoke all on function public.get_intervention(uuid, public.access_purpose)
from public, anon, authenticated, service_role;
grant execute on function public.get_intervention(uuid, public.access_purpose) to authenticated;
