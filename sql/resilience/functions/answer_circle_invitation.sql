create function public.answer_circle_invitation(p_invitation_id uuid, p_accept boolean)
returns public.provider_support_circle_invitations
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_invitation_id', p_invitation_id is not null, 'Say which invitation.');
  perform app.check_input('p_accept', p_accept is not null, 'Say yes or no.');
  return app.answer_circle_invitation(p_invitation_id, p_accept);
end
$$;

comment on function public.answer_circle_invitation(uuid, boolean) is
'Answers an invitation of the caller''s own; the same answer again changes nothing.
p_invitation_id: one of the caller''s invitations; any other is not_found. conflict: it was answered otherwise or is
over, the circle has ended, or it is full; of a full circle it stays and can be accepted later.
p_accept: true takes the seat: from the next request on the caller reads the circle.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.
Idempotent: yes.';

revoke all on function public.answer_circle_invitation(uuid, boolean) from public, anon, authenticated, service_role;
grant execute on function public.answer_circle_invitation(uuid, boolean) to authenticated;
