-- What decides the reach of these people stays as it is until the transaction ends. Two changes for one person must
-- not each resolve without seeing the other, so each first locks here and reads in the statement after it. Rows and
-- not advisory locks: a bulk change of roles would fill the lock table.
--
-- Everything that changes a reach takes its locks in one order: the changed row, people, organizations, sessions,
-- each by id.
create function app.hold_reach(p_user_ids uuid[]) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform 1 from auth.users where users.id = any(p_user_ids) order by users.id for no key update;

  perform 1
  from public.organizations
  where organizations.id in (
    select role_assignments.org_id from public.role_assignments where role_assignments.user_id = any(p_user_ids)
  )
  order by organizations.id
  for share;
end
$$;

comment on function app.hold_reach(uuid[]) is
'Waits until nobody else changes what these people may reach.';

-- Brings the sessions of these people up to date with their roles.
create function app.refresh_sessions(p_user_ids uuid[]) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.hold_reach(p_user_ids);
  perform app.store_reach(
    array(select user_sessions.id from public.user_sessions where user_sessions.user_id = any(p_user_ids))
  );
end
$$;

comment on function app.refresh_sessions(uuid[]) is
'Resolves anew what the live sessions of these people may reach.';

create function app.store_reach(p_session_ids uuid[]) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform 1 from public.user_sessions where user_sessions.id = any(p_session_ids) order by user_sessions.id for update;

  update public.user_sessions as sessions
  set
    active_org_id = chosen.org_id,
    roles = reach.roles,
    role_sites = reach.role_sites,
    time_zone = reach.time_zone,
    needs_mfa = reach.needs_mfa,
    idle_limit = reach.idle_limit,
    ends_at = sessions.started_at + reach.session_limit,
    resolved_at = app.clock(),
    stale_at = reach.stale_at
  from public.user_sessions as before
  cross join lateral (
    select coalesce(before.active_org_id, app.first_organization(before.user_id)) as org_id
  ) as chosen
  cross join lateral app.resolve_reach(before.user_id, chosen.org_id) as reach
  where before.id = any(p_session_ids) and sessions.id = before.id;
end
$$;

comment on function app.store_reach(uuid[]) is
'Writes into these sessions what their holders may reach now; callers hold what decides it.';

-- Where a session begins: the person's default organization if they have a role there, else where they have worked
-- longest.
create function app.first_organization(p_user_id uuid) returns uuid
language sql stable
set search_path = ''
as $$
  select role_assignments.org_id
  from public.role_assignments
  inner join public.organizations on organizations.id = role_assignments.org_id
  left join public.profiles on profiles.id = role_assignments.user_id
  where
    role_assignments.user_id = p_user_id
    and role_assignments.valid_during @> app.clock()
    and role_assignments.deleted_at is null
    and organizations.is_active
    and organizations.deleted_at is null
  order by
    (role_assignments.org_id = profiles.default_org_id) desc nulls last,
    lower(role_assignments.valid_during) nulls first,
    role_assignments.org_id
  limit 1
$$;

comment on function app.first_organization(uuid) is
'The organization that is active when this person signs in.';

revoke all on function app.hold_reach(uuid[]) from public;
revoke all on function app.refresh_sessions(uuid[]) from public;
revoke all on function app.store_reach(uuid[]) from public;
revoke all on function app.first_organization(uuid) from public;
