-- An organization that has an owner keeps one, whatever writes role_assignments: from now on without end, there is an
-- owner who can sign in. Taking an owner's time away is refused where nobody else covers it; so is making, through
-- the API, a first owner whose time ends. Loads and seeds bring owners in any order.
--
-- Two owners who revoke each other at once must not both succeed: each locks the organization, then looks, in a
-- statement of its own so that (under read committed, as the API runs) it sees what it waited for. Locks are
-- taken in the order of app.refresh_sessions(): people, then organizations, each by id.
--
-- Allowed on purpose: deleting a person from the auth layer, and deactivating their profile. Neither is the
-- organization's to decide nor may it hang on one; invite_owner() finds a new owner. A removed organization keeps
-- nobody.
--
-- SECURITY DEFINER because those who write roles may not read or lock the people of the auth layer.
create function app.guard_owners() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_rest constant tstzrange := tstzrange(app.clock(), null);
  v_user_ids uuid[];
  v_org_ids uuid[];
begin
  if tg_op = 'INSERT' then
    v_user_ids := array(select after_change.user_id from after_change);
    v_org_ids := array(
      select after_change.org_id
      from after_change
      where
        after_change.role = 'org_owner'
        and after_change.deleted_at is null
        and after_change.valid_during && v_rest
        and coalesce(current_setting('request.jwt.claims', true), '') <> ''
    );
  elsif tg_op = 'DELETE' then
    v_user_ids := array(select before_change.user_id from before_change);
    v_org_ids := array(
      select before_change.org_id
      from before_change
      where
        before_change.role = 'org_owner'
        and before_change.deleted_at is null
        and before_change.valid_during && v_rest
        and exists (select from auth.users where users.id = before_change.user_id)
    );
  else
    v_user_ids := array(
      select before_change.user_id from before_change union select after_change.user_id from after_change
    );
    v_org_ids := array(
      select before_change.org_id
      from before_change
      where
        before_change.role = 'org_owner'
        and before_change.deleted_at is null
        and before_change.valid_during && v_rest
        and not exists (
          select from after_change
          where
            (after_change.org_id, after_change.id, after_change.user_id, after_change.role)
            = (before_change.org_id, before_change.id, before_change.user_id, before_change.role)
            and after_change.deleted_at is null
            and after_change.valid_during @> before_change.valid_during * v_rest
        )
    );
  end if;

  if cardinality(v_org_ids) > 0 then
    perform app.lock_people_and_organizations(v_user_ids, v_org_ids);
    if exists (
      select from public.organizations
      where
        organizations.id = any(v_org_ids)
        and organizations.deleted_at is null
        and not app.is_owned(organizations.id)
    ) then
      perform app.raise_error(
        'conflict', 'An organization keeps an owner who can sign in, without end.',
        p_hint => 'Make somebody else an owner first.'
      );
    end if;
  end if;
  return null;
end
$$;

comment on function app.guard_owners() is
'Triggers _200_owners_* of role_assignments: the last owner cannot be removed, replaced or let run out.';

create function app.lock_people_and_organizations(p_user_ids uuid[], p_org_ids uuid[]) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform 1 from auth.users where users.id = any(p_user_ids) order by users.id for no key update;

  perform 1
  from public.organizations
  where
    organizations.id = any(p_org_ids)
    or organizations.id in (
      select role_assignments.org_id from public.role_assignments where role_assignments.user_id = any(p_user_ids)
    )
  order by organizations.id
  for no key update;
end
$$;

comment on function app.lock_people_and_organizations(uuid[], uuid[]) is
'Waits until nobody else changes the owners of these organizations, or any role of these people.';

create function app.is_owned(p_org_id uuid) returns boolean
language sql stable
set search_path = ''
as $$
  select coalesce(range_agg(owners.valid_during) @> tstzrange(app.clock(), null), false)
  from public.role_assignments as owners
  left join public.profiles on profiles.id = owners.user_id
  where
    owners.org_id = p_org_id
    and owners.role = 'org_owner'
    and owners.deleted_at is null
    and profiles.is_active is not false
    and profiles.deleted_at is null
$$;

comment on function app.is_owned(uuid) is
'Whether from now on without end somebody owns the organization who can sign in.';

-- Who runs the platform does so in its own organization: the role means more there than any tenant may give.
create function app.guard_super_admin() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if not exists (
    select from public.organizations where organizations.id = new.org_id and organizations.kind = 'platform'
  ) then
    perform app.raise_error('conflict', 'Only the organization that runs the platform has super administrators.');
  end if;
  return new;
end
$$;

comment on function app.guard_super_admin() is
'Trigger _200_super_admin of role_assignments: the role is held in the platform''s organization and no other.';

revoke all on function app.guard_owners() from public;
revoke all on function app.lock_people_and_organizations(uuid[], uuid[]) from public;
revoke all on function app.is_owned(uuid) from public;
revoke all on function app.guard_super_admin() from public;
