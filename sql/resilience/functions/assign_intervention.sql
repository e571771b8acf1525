create function public.assign_intervention(p_id uuid, p_owner_id uuid default null)
returns public.provider_interventions
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('wellness_officer', 'care_manager', 'admin');
  perform app.check_input('p_id', p_id is not null, 'Say which case.');
  return app.assign_intervention(p_id, coalesce(p_owner_id, app.my_id()));
end
$$;

comment on function public.assign_intervention(uuid, uuid) is
'Says who looks after a case; an offer is open from then on. For wellness officers, care managers and administrators.
p_id: the case; not_found as for get_intervention(), conflict once it is closed.
p_owner_id: a wellness officer, care manager or administrator; null: the caller.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.
Idempotent: yes.';

revoke all on function public.assign_intervention(uuid, uuid) from public, anon, authenticated, service_role;
grant execute on function public.assign_intervention(uuid, uuid) to authenticated;
