create function public.revoke_invitation(p_invitation_id uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.check_input('p_invitation_id', p_invitation_id is not null, 'Say which invitation.');
  perform app.revoke_invitation_of_organization(p_invitation_id);
end
$$;

comment on function public.revoke_invitation(uuid) is
'Takes an invitation back: from now on nobody can accept it. Whoever may offer the role there may take it back.
p_invitation_id: one of get_invitations().
Errors: not_authenticated, session_expired, mfa_required, permission_denied, not_found, conflict (accepted already),
invalid_input.
Idempotent: yes.';

revoke all on function public.revoke_invitation(uuid) from public, anon, authenticated, service_role;
grant execute on function public.revoke_invitation(uuid) to authenticated;
