-- Gives a role for a time. Where the person holds it already for part of that time only the rest is added: granting
-- twice is granting once, and no row that was there is changed. Granting to one person is serialized by their row in
-- auth.users, before anything else is locked, as in app.refresh_sessions().
-- For definers only: whether it may be given is asked before.
create function app.assign_role(
  p_org_id uuid, p_user_id uuid, p_role public.app_role, p_site_id uuid, p_valid_during tstzrange
) returns public.role_assignments
language plpgsql volatile
set search_path = ''
as $$
declare
  v_assignment public.role_assignments;
begin
  perform 1 from auth.users where users.id = p_user_id for no key update;

  insert into public.role_assignments (org_id, user_id, role, site_id, valid_during)
  select p_org_id, p_user_id, p_role, p_site_id, missing.during
  from unnest(
    tstzmultirange(p_valid_during) - coalesce(
      (
        select range_agg(held.valid_during)
        from public.role_assignments as held
        where
          held.org_id = p_org_id
          and held.user_id = p_user_id
          and held.role = p_role
          and held.site_id is not distinct from p_site_id
          and held.deleted_at is null
      ),
      '{}'::tstzmultirange
    )
  ) as missing (during);

  select * into v_assignment
  from public.role_assignments as held
  where
    held.org_id = p_org_id
    and held.user_id = p_user_id
    and held.role = p_role
    and held.site_id is not distinct from p_site_id
    and held.deleted_at is null
    and held.valid_during @> lower(p_valid_during);
  return v_assignment;
end
$$;

comment on function app.assign_role(uuid, uuid, public.app_role, uuid, tstzrange) is
'Gives a person a role at a place for a time; returns the assignment that holds when that time begins.';

revoke all on function app.assign_role(uuid, uuid, public.app_role, uuid, tstzrange) from public;
