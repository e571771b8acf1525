create function public.get_member_sessions(p_user_id uuid default null, p_limit integer default 100) returns table (
  session_id uuid,
  user_id uuid,
  roles public.app_role[],
  aal text,
  started_at timestamptz,
  last_seen_at timestamptz,
  ends_at timestamptz
)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.check_input('p_limit', p_limit between 1 and 1000, 'The limit is a number from 1 to 1000.');
  return query select sessions.* from app.list_member_sessions(p_user_id, p_limit) as sessions;
end
$$;

comment on function public.get_member_sessions(uuid, integer) is
'Live sessions in the active organization, the last used first. For owners and administrators.
p_user_id: of this person only.
p_limit: 1 to 1000.
Never null: session_id, user_id, roles, aal, started_at, last_seen_at, ends_at.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, invalid_input.';

revoke all on function public.get_member_sessions(uuid, integer) from public, anon, authenticated, service_role;
grant execute on function public.get_member_sessions(uuid, integer) to authenticated;
