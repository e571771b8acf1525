create function public.cancel_admission(p_admission_id uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('residency');
  perform app.check_input('p_admission_id', p_admission_id is not null, 'Say which.');
  perform app.cancel_admission(p_admission_id);
end
$$;

comment on function public.cancel_admission(uuid) is
'Somebody who was expected does not come: the bed that was kept is free and offered to the next who waits. For managers
and care managers of the site.
p_admission_id: an admission that has not begun; else conflict (details: changed).
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

revoke all on function public.cancel_admission(uuid) from public, anon, authenticated, service_role;
grant execute on function public.cancel_admission(uuid) to authenticated;
