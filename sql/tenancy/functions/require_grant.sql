-- What every RPC that gives or takes a role asks before it does: is the caller somebody who gives roles at all, is
-- the site one of the organization, is this role there theirs to give. In this order: a site of another organization
-- and one that never was are one answer.
-- For definers only: sites are read past row-level security, within the active organization.
create function app.require_grant(p_role public.app_role, p_site_id uuid) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_person();
  perform app.require_role('super_admin', 'org_owner', 'admin', 'manager');
  if p_site_id is not null and not exists (
    select from public.sites
    where sites.org_id = app.current_org() and sites.id = p_site_id and sites.deleted_at is null
  ) then
    perform app.raise_error('not_found', 'There is no such site in your organization.');
  end if;
  if not app.may_grant(p_role, p_site_id) then
    perform app.raise_error(
      'permission_denied', 'This role is not yours to give or take there.', jsonb_build_object('role', p_role)
    );
  end if;
end
$$;

comment on function app.require_grant(public.app_role, uuid) is
'Ends the request unless the caller is a person who may give and take this role at this site (null: the whole
organization).';

-- The form of a role and its place, for the RPCs that name both.
create function app.check_role_place(p_role public.app_role, p_site_id uuid) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.check_input('p_role', p_role is not null, 'Say which role.');
  perform app.check_input(
    'p_site_id', p_site_id is null or app.is_site_role(p_role),
    'This role is over the whole organization and cannot be limited to a site.'
  );
end
$$;

comment on function app.check_role_place(public.app_role, uuid) is
'Ends the request with invalid_input unless the role can be held there.';

revoke all on function app.require_grant(public.app_role, uuid) from public;
revoke all on function app.check_role_place(public.app_role, uuid) from public;
grant execute on function app.check_role_place(public.app_role, uuid) to authenticated, service_role;
