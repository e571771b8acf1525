-- The definers behind the session RPCs. SECURITY DEFINER because nobody may write user_sessions or end a session of
-- the auth layer, and because a person sees their organizations before one of them is active. Each is bound to the
-- caller's own id, or to the active organization after require_role.
create function app.set_active_organization(p_org_id uuid) returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_user_id constant uuid := app.my_id();
begin
  perform app.require_person();
  -- The profile, too, which switch_organization() may write next: locks are taken in one order.
  perform 1 from public.profiles where profiles.id = v_user_id for no key update;
  perform app.hold_reach(array[v_user_id]);
  if not exists (
    select from app.resolve_reach(v_user_id, p_org_id) as reach where cardinality(reach.roles) > 0
  ) then
    perform app.raise_error('not_found', 'You have no role in such an organization.');
  end if;
  update public.user_sessions
  set active_org_id = p_org_id
  where user_sessions.id = (auth.jwt() ->> 'session_id')::uuid;
  perform app.refresh_sessions(array[v_user_id]);
  perform app.open_request();
end
$$;

comment on function app.set_active_organization(uuid) is
'Makes an organization of the caller the active one of this session.';

create function app.set_default_organization(p_org_id uuid) returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
begin
  perform app.require_person();
  update public.profiles set default_org_id = p_org_id where profiles.id = app.my_id();
end
$$;

comment on function app.set_default_organization(uuid) is
'Where the caller''s next sessions begin; of no effect once they have no role there.';

create function app.list_my_organizations() returns table (
  org_id uuid,
  name text,
  slug text,
  kind public.organization_kind,
  roles public.app_role[],
  needs_mfa boolean,
  is_active_here boolean
)
language plpgsql stable
security definer
set search_path = ''
as $$
begin
  perform app.require_person();
  return query
  select
    organizations.id, organizations.name, organizations.slug, organizations.kind, reach.roles, reach.needs_mfa,
    organizations.id is not distinct from (
      select user_sessions.active_org_id
      from public.user_sessions
      where user_sessions.id = (auth.jwt() ->> 'session_id')::uuid
    )
  from public.organizations
  cross join lateral app.resolve_reach(app.my_id(), organizations.id) as reach
  where
    organizations.id in (
      select role_assignments.org_id from public.role_assignments where role_assignments.user_id = app.my_id()
    )
    and cardinality(reach.roles) > 0
  order by organizations.name, organizations.id;
end
$$;

comment on function app.list_my_organizations() is
'The organizations in which the caller holds a role now.';

create function app.touch_my_session() returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
begin
  perform app.require_person();
  update app.session_activity
  set last_seen_at = app.clock()
  where session_activity.session_id = (auth.jwt() ->> 'session_id')::uuid;
end
$$;

comment on function app.touch_my_session() is
'A sign of life of this session.';

create function app.list_my_sessions() returns table (
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
security definer
set search_path = ''
as $$
begin
  perform app.require_person();
  return query
  select
    mine.id, mine.active_org_id, mine.user_agent, mine.started_at, activity.last_seen_at,
    activity.last_seen_at + mine.idle_limit, mine.ends_at, mine.id = (auth.jwt() ->> 'session_id')::uuid
  from public.user_sessions as mine
  inner join app.session_activity as activity on activity.session_id = mine.id
  where
    mine.user_id = app.my_id()
    and mine.ends_at > app.clock()
    and activity.last_seen_at + mine.idle_limit > app.clock()
  order by activity.last_seen_at desc, mine.id;
end
$$;

comment on function app.list_my_sessions() is 'The caller''s live sessions, the last used first.';

create function app.end_my_session(p_session_id uuid) returns void
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

comment on function app.end_my_session(uuid) is
'Ends a session of the caller in the auth layer, and with it everything that hangs on it.';

revoke all on function app.set_active_organization(uuid) from public;
revoke all on function app.set_default_organization(uuid) from public;
revoke all on function app.list_my_organizations() from public;
revoke all on function app.touch_my_session() from public;
revoke all on function app.end_my_session(uuid) from public;
revoke all on function app.list_my_sessions() from public;
grant execute on function app.list_my_sessions() to authenticated;
grant execute on function app.set_active_organization(uuid) to authenticated;
grant execute on function app.set_default_organization(uuid) to authenticated;
grant execute on function app.list_my_organizations() to authenticated;
grant execute on function app.touch_my_session() to authenticated;
grant execute on function app.end_my_session(uuid) to authenticated;
