create function public.end_session(p_session_id uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.end_my_session(p_session_id);
end
$$;

comment on function public.end_session(uuid) is
'Ends one of the caller''s sessions: its next request is refused and it cannot be refreshed.
p_session_id: one of get_my_sessions().
Errors: not_authenticated, session_expired, not_found.';

revoke all on function public.end_session(uuid) from public, anon, authenticated, service_role;
grant execute on function public.end_session(uuid) to authenticated;
