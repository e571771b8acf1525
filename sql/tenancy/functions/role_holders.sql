-- Who is there for something that happens at a place. Not a definer and granted to nobody: those who call it have
-- authorized for themselves.
create function app.role_holders(p_org_id uuid, p_roles public.app_role[], p_site_id uuid default null)
returns uuid[]
language sql stable
set search_path = ''
as $$
  select array(
    select distinct roles.user_id
    from public.role_assignments as roles
    where
      roles.org_id = p_org_id and roles.role = any(p_roles) and (roles.site_id is null or roles.site_id = p_site_id)
      and roles.deleted_at is null and roles.valid_during @> app.clock()
    order by roles.user_id
  )
$$;

comment on function app.role_holders(uuid, public.app_role[], uuid) is
'The people who have one of these roles now, for this site or for the whole organization. p_site_id null: for the whole
organization only.';

revoke all on function app.role_holders(uuid, public.app_role[], uuid) from public;
