create function public.invite_to_circle(p_circle_id uuid, p_user_id uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_circle_id', p_circle_id is not null, 'Say which circle.');
  perform app.check_input('p_user_id', p_user_id is not null, 'Say whom.');
  perform app.invite_to_circle(p_circle_id, p_user_id);
end
$$;

comment on function public.invite_to_circle(uuid, uuid) is
'Invites a practitioner of the organization to a support circle; they have fourteen days to answer. For administrators,
care managers, wellness officers and the circle''s facilitator; 100 an hour for each. The answer is the same whether
they sit there already or not.
p_circle_id: a circle that has not ended (else conflict). A full one may be invited to: seats are taken on acceptance.
p_user_id: whom; nobody invites themselves.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input, rate_limited.
Idempotent: yes.';

revoke all on function public.invite_to_circle(uuid, uuid) from public, anon, authenticated, service_role;
grant execute on function public.invite_to_circle(uuid, uuid) to authenticated;
