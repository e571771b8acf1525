-- The definers behind inviting. SECURITY DEFINER because invitations are private; each first asks
-- app.require_grant() and stays in the active organization.
create function app.invite_to_organization(
  p_email text,
  p_role public.app_role,
  p_site_id uuid,
  p_expires_in_days integer,
  out invitation_id uuid,
  out expires_at timestamptz,
  out token text
)
language plpgsql volatile
security definer
set search_path = ''
as $$
begin
  perform app.require_grant(p_role, p_site_id);
  perform app.require_another_address(p_email);
  -- Invitations are mail to strangers in our name. The person's share first: one person alone cannot use up the
  -- organization's within an hour.
  perform app.limit_rate('invite_member_person', app.my_id()::text, 20, '1 hour');
  perform app.limit_rate('invite_member_organization', app.current_org()::text, 200, '1 day');
  select made.invitation_id, made.expires_at, made.token into invitation_id, expires_at, token
  from app.make_invitation(app.current_org(), p_email, p_role, p_site_id, p_expires_in_days) as made;
end
$$;

comment on function app.invite_to_organization(text, public.app_role, uuid, integer) is
'Offers a role in the active organization to whoever reads mail at an address.';

create function app.revoke_invitation_of_organization(p_invitation_id uuid) returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_invitation app.invitations;
begin
  perform app.require_person();
  perform app.require_role('super_admin', 'org_owner', 'admin', 'manager');
  select * into v_invitation
  from app.invitations
  where invitations.org_id = app.current_org() and invitations.id = p_invitation_id
  for update;
  if v_invitation.id is null then
    perform app.raise_error('not_found', 'There is no such invitation in your organization.');
  end if;
  perform app.require_grant(v_invitation.role, v_invitation.site_id);
  if v_invitation.accepted_at is not null then
    perform app.raise_error(
      'conflict', 'The invitation has been accepted.', p_hint => 'Revoke the role that it gave.'
    );
  end if;
  update app.invitations
  set revoked_at = coalesce(invitations.revoked_at, app.clock())
  where invitations.org_id = v_invitation.org_id and invitations.id = v_invitation.id;
end
$$;

comment on function app.revoke_invitation_of_organization(uuid) is
'Takes back an invitation of the active organization.';

create function app.list_invitations(p_is_open boolean, p_limit integer) returns table (
  invitation_id uuid,
  email text,
  role public.app_role,
  site_id uuid,
  invited_by uuid,
  invited_at timestamptz,
  expires_at timestamptz,
  accepted_at timestamptz,
  accepted_by uuid,
  revoked_at timestamptz
)
language plpgsql stable
security definer
set search_path = ''
as $$
declare
  v_org_id uuid;
  v_sees_all boolean;
  v_sites uuid[];
begin
  perform app.require_role('super_admin', 'org_owner', 'admin', 'manager');
  v_org_id := app.current_org();
  v_sees_all := app.has_role('super_admin', 'org_owner', 'admin');
  v_sites := app.my_sites('manager');
  return query
  select
    offers.id, offers.email, offers.role, offers.site_id, offers.invited_by, offers.invited_at, offers.expires_at,
    offers.accepted_at, offers.accepted_by, offers.revoked_at
  from app.invitations as offers
  where
    offers.org_id = v_org_id
    and (v_sees_all or offers.site_id = any(v_sites))
    and p_is_open = (
      offers.accepted_at is null and offers.revoked_at is null and offers.expires_at > app.clock()
    )
  order by offers.id desc
  limit p_limit;
end
$$;

comment on function app.list_invitations(boolean, integer) is
'Invitations of the active organization, for those who give roles there.';

revoke all on function app.invite_to_organization(text, public.app_role, uuid, integer) from public;
revoke all on function app.revoke_invitation_of_organization(uuid) from public;
revoke all on function app.list_invitations(boolean, integer) from public;
grant execute on function app.invite_to_organization(text, public.app_role, uuid, integer) to authenticated;
grant execute on function app.revoke_invitation_of_organization(uuid) to authenticated;
grant execute on function app.list_invitations(boolean, integer) to authenticated;
