-- live_sessions: who signed in within the last day stays signed in, and PostgREST opens each request.

insert into public.user_sessions (id, user_id, aal, user_agent, started_at, ends_at, resolved_at)
select
  sessions.id, sessions.user_id, coalesce(sessions.aal::text, 'aal1'), left(sessions.user_agent, 300),
  coalesce(sessions.created_at, now()), now() + interval '1 day', now()
from auth.sessions
on conflict (id) do nothing;

-- Counted from now: nobody has been told yet that an idle session ends.
insert into app.session_activity (session_id, last_seen_at)
select user_sessions.id, now() from public.user_sessions
on conflict (session_id) do nothing;

select app.refresh_sessions(array(select distinct user_sessions.user_id from public.user_sessions));

-- Where the owner of the database may not configure PostgREST, the first policy of a request opens it.
do $$
begin
  execute format(
    'alter role authenticator in database %I set pgrst.db_pre_request to %L', current_database(), 'app.open_request'
  );
  notify pgrst, 'reload config';
exception when insufficient_privilege then
  raise notice 'pgrst.db_pre_request was not set: set it to app.open_request where PostgREST is configured.';
end
$$;
