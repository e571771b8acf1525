-- The definers behind giving and taking roles. SECURITY DEFINER because nobody may write role_assignments; each first
-- asks app.require_grant() and stays in the active organization.
create function app.give_role_to_member(
  p_user_id uuid, p_role public.app_role, p_site_id uuid, p_valid_during tstzrange
) returns public.role_assignments
language plpgsql volatile
security definer
set search_path = ''
as $$
begin
  perform app.require_grant(p_role, p_site_id);
  if p_user_id = app.my_id() then
    perform app.raise_error('permission_denied', 'Nobody gives themselves a role.');
  end if;
  -- Whoever never had a role here is invited, and says yes to it.
  if not exists (
    select from public.role_assignments as known
    where known.org_id = app.current_org() and known.user_id = p_user_id
  ) then
    perform app.raise_error('not_found', 'There is no such person in your organization.');
  end if;
  return app.assign_role(app.current_org(), p_user_id, p_role, p_site_id, p_valid_during);
end
$$;

comment on function app.give_role_to_member(uuid, public.app_role, uuid, tstzrange) is
'Gives a person of the active organization another role in it.';

create function app.take_role_from_member(p_role_assignment_id uuid) returns public.role_assignments
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_now constant timestamptz := app.clock();
  v_org_id uuid;
  v_assignment public.role_assignments;
begin
  perform app.require_person();
  perform app.require_role('super_admin', 'org_owner', 'admin', 'manager');
  v_org_id := app.current_org();

  -- The person before their role, as everybody who changes roles locks them.
  perform 1
  from auth.users
  where users.id = (
    select held.user_id
    from public.role_assignments as held
    where held.org_id = v_org_id and held.id = p_role_assignment_id
  )
  for no key update;
  select * into v_assignment
  from public.role_assignments as held
  where held.org_id = v_org_id and held.id = p_role_assignment_id
  for update;
  if v_assignment.id is null then
    perform app.raise_error('not_found', 'There is no such role in your organization.');
  end if;
  perform app.require_grant(v_assignment.role, v_assignment.site_id);

  if v_assignment.deleted_at is not null or upper(v_assignment.valid_during) <= v_now then
    return v_assignment;
  end if;
  -- What has not begun was never held: it is removed. What has, stays, as the record of who was what and when.
  update public.role_assignments as held
  set
    valid_during = case
      when lower(held.valid_during) >= v_now then held.valid_during
      else tstzrange(lower(held.valid_during), v_now)
    end,
    deleted_at = case when lower(held.valid_during) >= v_now then v_now end
  where held.org_id = v_org_id and held.id = p_role_assignment_id
  returning * into v_assignment;
  return v_assignment;
end
$$;

comment on function app.take_role_from_member(uuid) is
'Ends a role of a person in the active organization now.';

revoke all on function app.give_role_to_member(uuid, public.app_role, uuid, tstzrange) from public;
revoke all on function app.take_role_from_member(uuid) from public;
grant execute on function app.give_role_to_member(uuid, public.app_role, uuid, tstzrange) to authenticated;
grant execute on function app.take_role_from_member(uuid) to authenticated;
