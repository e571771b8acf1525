-- What a person does with their own sessions: see them, keep this one alive, end one.
-- SECURITY DEFINER because device names and the end of a session are the auth layer's tables; each statement is
-- bound to the caller's own id.
create function public.get_my_sessions() returns table (
  session_id uuid,
  org_id uuid,
  started_at timestamptz,
  last_seen_at timestamptz,
  idle_until timestamptz,
  ends_at timestamptz,
  user_agent text,
  is_this_one boolean
)
language plpgsql stable
security definer
set search_path = ''
as $$
begin
  perform app.require_person();
  return query
  select
    mine.id, mine.org_id, mine.started_at, mine.last_seen_at, mine.last_seen_at + mine.idle_limit, mine.ends_at,
    left(sessions.user_agent, 300), mine.id = (auth.jwt() ->> 'session_id')::uuid
  from public.user_sessions as mine
  inner join auth.sessions on sessions.id = mine.id
  where
    mine.user_id = app.my_id()
    and mine.ends_at > app.clock()
    and mine.last_seen_at + mine.idle_limit > app.clock()
  order by mine.last_seen_at desc, mine.id;
end
$$;

comment on function public.get_my_sessions() is
'The caller''s live sessions, the last used first.
idle_until: when it ends without another sign of life.
Never null: session_id, started_at, last_seen_at, idle_until, ends_at, is_this_one.
Errors: not_authenticated, session_expired.';

create function public.touch_session() returns public.user_sessions
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_session public.user_sessions;
begin
  perform app.require_person();
  update public.user_sessions
  set last_seen_at = app.clock()
  where user_sessions.id = (auth.jwt() ->> 'session_id')::uuid
  returning * into v_session;
  return v_session;
end
$$;

comment on function public.touch_session() is
'A sign of life: call it while somebody works who only reads, at least twice per idle limit. Reading alone does not
count, because it may be served by a replica.
Returns the session. Errors: not_authenticated, session_expired.
Idempotent: yes.';

create function public.end_session(p_session_id uuid) returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
begin
  perform app.require_person();
  delete from auth.sessions where sessions.id = p_session_id and sessions.user_id = app.my_id();
  if not found then
    perform app.raise_error('not_found', 'You have no such session.');
  end if;
end
$$;

comment on function public.end_session(uuid) is
'Ends one of the caller''s sessions: its next request is refused and it cannot be refreshed.
p_session_id: one of get_my_sessions().
Errors: not_authenticated, session_expired, not_found.';

revoke all on function public.get_my_sessions() from public, anon, authenticated, service_role;
revoke all on function public.touch_session() from public, anon, authenticated, service_role;
revoke all on function public.end_session(uuid) from public, anon, authenticated, service_role;
grant execute on function public.get_my_sessions() to authenticated;
grant execute on function public.touch_session() to authenticated;
grant execute on function public.end_session(uuid) to authenticated;
