-- Whether an invitation still holds when it is accepted: a week may lie between. Whoever invited must still be in a
-- position to give that role; so what a dismissed administrator has sent out dies with their role, and nobody need
-- look for it.
create function app.is_backed(p_invitation app.invitations) returns boolean
language sql stable
set search_path = ''
as $$
  select
    exists (
      select from public.organizations
      where
        organizations.id = p_invitation.org_id and organizations.is_active and organizations.deleted_at is null
    )
    and (
      p_invitation.site_id is null
      or exists (
        select from public.sites
        where
          sites.org_id = p_invitation.org_id and sites.id = p_invitation.site_id and sites.deleted_at is null
      )
    )
    and (
      exists (
        select from app.resolve_reach(p_invitation.invited_by, p_invitation.org_id) as inviter
        where app.may_pass_on(inviter.roles, inviter.role_sites, p_invitation.role, p_invitation.site_id)
      )
      -- The platform appoints an owner where there is none.
      or (
        p_invitation.role = 'org_owner'
        and not app.is_owned(p_invitation.org_id)
        and exists (
          select from public.organizations as platform
          cross join lateral app.resolve_reach(p_invitation.invited_by, platform.id) as inviter
          where platform.kind = 'platform' and 'super_admin' = any(inviter.roles)
        )
      )
    )
$$;

comment on function app.is_backed(app.invitations) is
'Whether organization and site are still there, and the inviter may still give the role.';

revoke all on function app.is_backed(app.invitations) from public;
