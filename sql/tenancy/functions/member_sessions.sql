-- What administrators do with the sessions of their organization's people: those in which it is active, and no
-- others; where else a person works is not theirs to know.
-- SECURITY DEFINER because sessions are their holders' own rows; require_role is the authorization, the active
-- organization the bound.
create function public.get_member_sessions(p_user_id uuid default null, p_limit integer default 100) returns table (
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
  perform app.check_input('p_limit', p_limit between 1 and 1000, 'The limit is a number from 1 to 1000.');
  return query
  select
    theirs.id, theirs.user_id, theirs.roles, theirs.aal, theirs.started_at, theirs.last_seen_at, theirs.ends_at
  from public.user_sessions as theirs
  where
    theirs.org_id = app.current_org()
    and (p_user_id is null or theirs.user_id = p_user_id)
    and theirs.ends_at > app.clock()
    and theirs.last_seen_at + theirs.idle_limit > app.clock()
  order by theirs.last_seen_at desc, theirs.id
  limit p_limit;
end
$$;

comment on function public.get_member_sessions(uuid, integer) is
'Live sessions in the active organization, the last used first. For owners and administrators.
p_user_id: of this person only.
p_limit: 1 to 1000.
Never null: session_id, user_id, roles, aal, started_at, last_seen_at, ends_at.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, invalid_input.';

create function public.end_member_sessions(p_user_id uuid) returns integer
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
    where theirs.org_id = app.current_org() and theirs.user_id = p_user_id
  );
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

comment on function public.end_member_sessions(uuid) is
'Ends every session of a person in the active organization, at once. For owners and administrators. Their roles stay:
revoke those to keep them out.
p_user_id: whose.
Returns how many sessions ended; 0 also for a stranger.
Errors: not_authenticated, session_expired, mfa_required, permission_denied.
Idempotent: yes.';

revoke all on function public.get_member_sessions(uuid, integer) from public, anon, authenticated, service_role;
revoke all on function public.end_member_sessions(uuid) from public, anon, authenticated, service_role;
grant execute on function public.get_member_sessions(uuid, integer) to authenticated;
grant execute on function public.end_member_sessions(uuid) to authenticated;
