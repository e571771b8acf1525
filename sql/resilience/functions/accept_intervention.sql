create function public.accept_intervention(p_id uuid, p_share_with_helper boolean)
returns public.provider_interventions
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_id', p_id is not null, 'Say which case.');
  perform app.check_input(
    'p_share_with_helper', p_share_with_helper is not null, 'Say whether helpers may know that it is you.'
  );
  return app.accept_own_intervention(p_id, p_share_with_helper);
end
$$;

comment on function public.accept_intervention(uuid, boolean) is
'Takes up an offer of the caller''s own; again with p_share_with_helper true it makes them known later. An offer of a
circle takes the seat (conflict if the circle is full: the offer stays), or waits until a circle has room.
p_id: one of the caller''s cases; any other is not_found, one that is closed is conflict.
p_share_with_helper: lets wellness officers, care managers and administrators see this one case, whatever the caller''s
participation; wellness officers are told. Without it nobody knows, also if the caller may be contacted otherwise.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.
Idempotent: yes.';

revoke all on function public.accept_intervention(uuid, boolean) from public, anon, authenticated, service_role;
grant execute on function public.accept_intervention(uuid, boolean) to authenticated;
