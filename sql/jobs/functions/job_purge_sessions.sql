-- A session that ended stays a day, so that whoever comes back to it is told why they must sign in again.
-- It locks what it deletes, in both tables, and passes over what somebody else holds: so it waits for nobody, and
-- nobody can wait for it in a circle.
create function app.job_purge_sessions(p_limit integer) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_ids uuid[];
begin
  v_ids := array(
    select sessions.id
    from auth.sessions
    inner join public.user_sessions as reaches on reaches.id = sessions.id
    left join app.session_activity as activity on activity.session_id = sessions.id
    where
      reaches.ends_at < app.clock() - interval '1 day'
      or coalesce(activity.last_seen_at, reaches.started_at) + reaches.idle_limit < app.clock() - interval '1 day'
    order by sessions.id
    limit p_limit
    for update of sessions, reaches skip locked
  );
  delete from auth.sessions where sessions.id = any(v_ids);
  return cardinality(v_ids);
end
$$;

comment on function app.job_purge_sessions(integer) is
'Scheduled: deletes sessions that ended more than a day ago, by age or idleness, p_limit at a time. Idempotent: yes.';

revoke all on function app.job_purge_sessions(integer) from public;
