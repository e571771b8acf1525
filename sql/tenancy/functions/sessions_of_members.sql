-- The definers behind what administrators do with their people's sessions: those in which their organization is
-- active, and no others; where else a person works is not theirs to know. SECURITY DEFINER because sessions are their
-- holders' own rows; require_role is the authorization, the active organization the bound.
create function app.list_member_sessions(p_user_id uuid, p_limit integer) returns table (
  session_id uuid,
  user_id uuid,
  roles public.app_role[],
  aal text,
  started_at timestamptz,
  last_seen_at timestamptz,
  ends_at timestamptz
)
language plpgsql stable
security definer
set search_path = ''
as $$
begin
  perform app.require_role('org_owner', 'admin');
  return query
  select
    theirs.id, theirs.user_id, theirs.roles, theirs.aal, theirs.started_at, activity.last_seen_at, theirs.ends_at
  from public.user_sessions as theirs
  inner join app.session_activity as activity on activity.session_id = theirs.id
  where
    theirs.active_org_id = app.current_org()
    and (p_user_id is null or theirs.user_id = p_user_id)
    and theirs.ends_at > app.clock()
    and activity.last_seen_at + theirs.idle_limit > app.clock()
  order by activity.last_seen_at desc, theirs.id
  limit p_limit;
end
$$;

comment on function app.list_member_sessions(uuid, integer) is
'Live sessions in the active organization, for its owners and administrators.';

create function app.end_sessions_of_member(p_user_id uuid) returns integer
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_count integer;
begin
  perform app.require_role('org_owner', 'admin');
  delete from auth.sessions
  where sessions.id in (
    select theirs.id
    from public.user_sessions as theirs
    where theirs.active_org_id = app.current_org() and theirs.user_id = p_user_id
  );
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

comment on function app.end_sessions_of_member(uuid) is
'Ends a person''s sessions in the active organization and no other; for its owners and administrators.';

revoke all on function app.list_member_sessions(uuid, integer) from public;
revoke all on function app.end_sessions_of_member(uuid) from public;
grant execute on function app.list_member_sessions(uuid, integer) to authenticated;
grant execute on function app.end_sessions_of_member(uuid) to authenticated;
