-- What a person may reach in one organization, from the tables that decide it. Always one row; empty roles mean
-- nothing. The only place where validity, deactivation and the second factor are weighed.
create function app.resolve_reach(p_user_id uuid, p_org_id uuid) returns table (
  roles public.app_role[],
  role_sites jsonb,
  time_zone public.time_zone,
  needs_mfa boolean,
  idle_limit interval,
  session_limit interval,
  stale_at timestamptz
)
language sql stable
set search_path = ''
as $$
  with assignments as (
    select role_assignments.role, role_assignments.site_id, role_assignments.valid_during
    from public.role_assignments
    inner join public.organizations on organizations.id = role_assignments.org_id
    left join public.profiles on profiles.id = role_assignments.user_id
    where
      role_assignments.user_id = p_user_id
      and role_assignments.org_id = p_org_id
      and role_assignments.deleted_at is null
      and organizations.is_active
      and organizations.deleted_at is null
      and profiles.is_active is not false
      and profiles.deleted_at is null
  ),
  held as (
    select
      assignments.role,
      case
        when bool_or(assignments.site_id is null) then 'null'::jsonb
        else to_jsonb(array_agg(distinct assignments.site_id))
      end as sites
    from assignments
    where assignments.valid_during @> app.clock()
    group by assignments.role
  ),
  changes as (
    select min(moments.moment) as next
    from assignments
    cross join lateral (
      values (lower(assignments.valid_during)), (upper(assignments.valid_during))
    ) as moments (moment)
    where moments.moment > app.clock() and isfinite(moments.moment)
  ),
  summary as (
    select
      coalesce(array_agg(held.role order by held.role), '{}') as roles,
      coalesce(jsonb_object_agg(held.role, held.sites), '{}') as role_sites
    from held
  )
  select
    summary.roles,
    summary.role_sites,
    organizations.time_zone,
    coalesce(summary.roles && app.mfa_roles(organizations.settings), false),
    app.idle_limit(organizations.settings),
    app.session_limit(organizations.settings),
    changes.next
  from summary
  cross join changes
  left join public.organizations on organizations.id = p_org_id
$$;

comment on function app.resolve_reach(uuid, uuid) is
'A person''s roles, their sites and the session rules in one organization, now; one row, also for nothing.';

revoke all on function app.resolve_reach(uuid, uuid) from public;
