create function public.add_support_circle_member(p_circle_id uuid, p_user_id uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_circle_id', p_circle_id is not null, 'Say which circle.');
  perform app.check_input('p_user_id', p_user_id is not null, 'Say whom.');
  perform app.take_circle_seat(p_circle_id, p_user_id);
end
$$;

comment on function public.add_support_circle_member(uuid, uuid) is
'Gives a practitioner of the organization a seat in a support circle; from their next request on they read it and
write to it. For administrators, care managers, wellness officers and the circle''s facilitator; nobody adds themselves.
p_circle_id: a circle that has not ended (else conflict) and has a free seat (else conflict, details name max_members).
p_user_id: who joins; somebody who has left joins again.
Returns nothing: who else is a member is for members to read.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.
Idempotent: yes.';

revoke all on function public.add_support_circle_member(uuid, uuid) from public, anon, authenticated, service_role;
grant execute on function public.add_support_circle_member(uuid, uuid) to authenticated;
