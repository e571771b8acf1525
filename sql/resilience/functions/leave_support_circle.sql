create function public.leave_support_circle(p_circle_id uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_circle_id', p_circle_id is not null, 'Say which circle.');
  perform app.leave_circle_seat(p_circle_id);
end
$$;

comment on function public.leave_support_circle(uuid) is
'Ends the caller''s membership of a support circle: from the next request on they read nothing of it. What they wrote
stays, named or unnamed as they chose.
p_circle_id: one of the caller''s circles; any other is not_found.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

revoke all on function public.leave_support_circle(uuid) from public, anon, authenticated, service_role;
grant execute on function public.leave_support_circle(uuid) to authenticated;
