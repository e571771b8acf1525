create function public.decline_intervention(p_id uuid) returns public.provider_interventions
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_id', p_id is not null, 'Say which case.');
  return app.decline_own_intervention(p_id);
end
$$;

comment on function public.decline_intervention(uuid) is
'Ends a case of the caller''s own because they want none of it, an invitation to a circle with it. Whoever made themselves
known for it is not known any more.
p_id: one of the caller''s cases; any other is not_found, one that ended otherwise is conflict.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.
Idempotent: yes.';

revoke all on function public.decline_intervention(uuid) from public, anon, authenticated, service_role;
grant execute on function public.decline_intervention(uuid) to authenticated;
