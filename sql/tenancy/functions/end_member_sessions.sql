create function public.end_member_sessions(p_user_id uuid) returns integer
language plpgsql volatile
set search_path = ''
as $$
begin
  return app.end_sessions_of_member(p_user_id);
end
$$;

comment on function public.end_member_sessions(uuid) is
'Ends every session of a person in the active organization, at once. For owners and administrators. Their roles stay:
revoke those to keep them out.
p_user_id: whose.
Returns how many sessions ended; 0 also for a stranger.
Errors: not_authenticated, session_expired, mfa_required, permission_denied.
Idempotent: yes.';

revoke all on function public.end_member_sessions(uuid) from public, anon, authenticated, service_role;
grant execute on function public.end_member_sessions(uuid) to authenticated;
