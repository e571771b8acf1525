create function public.touch_session() returns public.user_sessions
language plpgsql volatile
set search_path = ''
as $$
declare
  v_session public.user_sessions;
begin
  perform app.touch_my_session();
  select * into v_session from public.user_sessions where user_sessions.id = (auth.jwt() ->> 'session_id')::uuid;
  return v_session;
end
$$;

comment on function public.touch_session() is
'A sign of life: call it while somebody works who only reads, at least twice per idle limit. Reading alone does not
count, because it may be served by a replica.
Returns the session. Errors: not_authenticated, session_expired.
Idempotent: yes.';

revoke all on function public.touch_session() from public, anon, authenticated, service_role;
grant execute on function public.touch_session() to authenticated;
