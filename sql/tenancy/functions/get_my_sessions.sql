create function public.get_my_sessions() returns table (
  session_id uuid,
  active_org_id uuid,
  user_agent text,
  started_at timestamptz,
  last_seen_at timestamptz,
  idle_at timestamptz,
  ends_at timestamptz,
  is_this_one boolean
)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_person();
  return query
  select
    mine.id, mine.active_org_id, mine.user_agent, mine.started_at, mine.last_seen_at,
    mine.last_seen_at + mine.idle_limit, mine.ends_at, mine.id = (auth.jwt() ->> 'session_id')::uuid
  from public.user_sessions as mine
  where
    mine.user_id = app.my_id()
    and mine.ends_at > app.clock()
    and mine.last_seen_at + mine.idle_limit > app.clock()
  order by mine.last_seen_at desc, mine.id;
end
$$;

comment on function public.get_my_sessions() is
'The caller''s live sessions, the last used first.
idle_at: when it ends without another sign of life.
Never null: session_id, started_at, last_seen_at, idle_at, ends_at, is_this_one.
Errors: not_authenticated, session_expired.';

revoke all on function public.get_my_sessions() from public, anon, authenticated, service_role;
grant execute on function public.get_my_sessions() to authenticated;
