create function public.end_circle_seat(p_circle_id uuid, p_user_id uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_circle_id', p_circle_id is not null, 'Say which circle.');
  perform app.check_input('p_user_id', p_user_id is not null, 'Say whom.');
  perform app.end_circle_seat(p_circle_id, p_user_id);
end
$$;

comment on function public.end_circle_seat(uuid, uuid) is
'Ends the seat of a member, from their next request on they read nothing of the circle. For its facilitator, and for
nobody else. The answer is the same whether they were a member or not.
p_circle_id: a circle that the caller leads (any other is not_found).
p_user_id: whose seat.
Errors: feature_disabled, permission_denied, not_found, invalid_input.
Idempotent: yes.';

revoke all on function public.end_circle_seat(uuid, uuid) from public, anon, authenticated, service_role;
grant execute on function public.end_circle_seat(uuid, uuid) to authenticated;
