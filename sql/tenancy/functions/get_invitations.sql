create function public.get_invitations(p_is_open boolean default true, p_limit integer default 100) returns table (
  invitation_id uuid,
  email text,
  role public.app_role,
  site_id uuid,
  invited_by uuid,
  invited_at timestamptz,
  expires_at timestamptz,
  accepted_at timestamptz,
  accepted_by uuid,
  revoked_at timestamptz
)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.check_input('p_is_open', p_is_open is not null, 'Say whether you mean open invitations.');
  perform app.check_input('p_limit', p_limit between 1 and 1000, 'The limit is a number from 1 to 1000.');
  return query select invitations.* from app.list_invitations(p_is_open, p_limit) as invitations;
end
$$;

comment on function public.get_invitations(boolean, integer) is
'Invitations of the active organization, newest first. For owners and administrators; a manager gets those to sites of
their own.
p_is_open: those that can be accepted now; false for those that were accepted, revoked or have expired.
p_limit: 1 to 1000.
invited_by, accepted_by: who (auth.users); null once that person is deleted.
Never null: invitation_id, email, role, invited_at, expires_at.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, invalid_input.';

revoke all on function public.get_invitations(boolean, integer) from public, anon, authenticated, service_role;
grant execute on function public.get_invitations(boolean, integer) to authenticated;
