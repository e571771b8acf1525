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
  return query select sessions.* from app.list_my_sessions() as sessions;
end
$$;

comment on function public.get_my_sessions() is
'The caller''s live sessions, the last used first.
idle_at: when it ends without another sign of life.
Never null: session_id, started_at, last_seen_at, idle_at, ends_at, is_this_one.
Errors: not_authenticated, session_expired.';

revoke all on function public.get_my_sessions() from public, anon, authenticated, service_role;
grant execute on function public.get_my_sessions() to authenticated;
