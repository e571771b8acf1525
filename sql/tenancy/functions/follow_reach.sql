-- The triggers that keep user_sessions current. SECURITY DEFINER because those who change a role, a profile or an
-- organization, and the auth layer that opens a session, may not write that table; each touches only the sessions
-- that the changed row is about.
create function app.follow_session() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into public.user_sessions (
    id, user_id, aal, user_agent, started_at, ends_at, resolved_at
  )
  values (
    new.id, new.user_id, coalesce(new.aal::text, 'aal1'), left(new.user_agent, 300), app.clock(),
    app.clock() + interval '1 day', app.clock()
  )
  on conflict (id) do update set aal = excluded.aal;
  insert into app.session_activity (session_id, last_seen_at) values (new.id, app.clock())
  on conflict (session_id) do nothing;
  perform app.refresh_sessions(array[new.user_id]);
  return null;
end
$$;

comment on function app.follow_session() is
'Trigger carebase_500_reach of auth.sessions: every session has its row in user_sessions from the start.';

create function app.follow_roles() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    perform app.refresh_sessions(array(select distinct after_change.user_id from after_change));
  elsif tg_op = 'DELETE' then
    perform app.refresh_sessions(array(select distinct before_change.user_id from before_change));
  else
    perform app.refresh_sessions(
      array(select before_change.user_id from before_change union select after_change.user_id from after_change)
    );
  end if;
  return null;
end
$$;

comment on function app.follow_roles() is
'Triggers _500_reach_* of role_assignments: a granted or revoked role acts on the next request.';

create function app.follow_profile() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform app.refresh_sessions(array[new.id]);
  return null;
end
$$;

comment on function app.follow_profile() is
'Trigger _500_reach of profiles: a deactivated person is refused on the next request.';

create function app.follow_organization() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform app.store_reach(
    array(select user_sessions.id from public.user_sessions where user_sessions.active_org_id = new.id)
  );
  return null;
end
$$;

comment on function app.follow_organization() is
'Trigger _500_reach of organizations: deactivation, session rules and time zone act on the next request.';

revoke all on function app.follow_session() from public;
revoke all on function app.follow_roles() from public;
revoke all on function app.follow_profile() from public;
revoke all on function app.follow_organization() from public;
