create function public.acknowledge_handover(p_handover_id uuid) returns public.handover_acknowledgements
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_carer();
  return app.acknowledge_handover(p_handover_id);
end
$$;

comment on function public.acknowledge_handover(uuid) is
'Says that the caller comes in and has read the handover; from the first one on nothing is added to it. For members of
staff who give care at its site, and not for whoever built it. Again it stays as it was.
Returns the acknowledgement.
Errors: feature_disabled, permission_denied, not_found, conflict (the caller built it).
Idempotent: yes.';

revoke all on function public.acknowledge_handover(uuid) from public, anon, authenticated, service_role;
grant execute on function public.acknowledge_handover(uuid) to authenticated;
