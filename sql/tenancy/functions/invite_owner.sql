-- SECURITY DEFINER because invitations are private and the organization is not the caller's; require_role is the
-- authorization, and an organization that has an owner is left alone: its owners share it among themselves.
create function app.appoint_owner(
  p_org_id uuid, p_email text, out invitation_id uuid, out expires_at timestamptz, out token text
)
language plpgsql volatile
security definer
set search_path = ''
as $$
begin
  perform app.require_person();
  perform app.require_role('super_admin');
  perform 1
  from public.organizations
  where organizations.id = p_org_id and organizations.deleted_at is null
  for no key update;
  if not found then
    perform app.raise_error('not_found', 'There is no such organization.');
  end if;
  if app.is_owned(p_org_id) then
    perform app.raise_error('conflict', 'The organization has an owner, who can make others.');
  end if;
  perform app.require_another_address(p_email);
  -- At most one can take it up: the earlier address may have been wrong.
  update app.invitations as offers
  set revoked_at = app.clock()
  where
    offers.org_id = p_org_id
    and offers.role = 'org_owner'
    and offers.accepted_at is null
    and offers.revoked_at is null;
  select made.invitation_id, made.expires_at, made.token into invitation_id, expires_at, token
  from app.make_invitation(p_org_id, p_email, 'org_owner', null, 7) as made;
end
$$;

comment on function app.appoint_owner(uuid, text) is
'Invites an owner to an organization that has none; for those who run the platform.';

create function public.invite_owner(
  p_org_id uuid, p_owner_email text, out invitation_id uuid, out expires_at timestamptz, out token text
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_email constant text := lower(btrim(p_owner_email));
begin
  perform app.check_input('p_org_id', p_org_id is not null, 'Say which organization.');
  perform app.check_input('p_owner_email', app.is_email(v_email), 'This is no e-mail address.');
  select made.invitation_id, made.expires_at, made.token into invitation_id, expires_at, token
  from app.appoint_owner(p_org_id, v_email) as made;
end
$$;

comment on function public.invite_owner(uuid, text) is
'Invites an owner to an organization that has none: its first, when the first invitation expired or went astray, or
another, when the only one is gone. An owner''s invitation that is still open there is taken back. For super
administrators.
p_org_id: which organization.
p_owner_email: who becomes owner by accepting, within seven days.
Returns the invitation and its token, which is shown now and never again.
Never null: invitation_id, expires_at, token.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, not_found, conflict (it has an owner),
invalid_input.';

revoke all on function app.appoint_owner(uuid, text) from public;
grant execute on function app.appoint_owner(uuid, text) to authenticated;
revoke all on function public.invite_owner(uuid, text) from public, anon, authenticated, service_role;
grant execute on function public.invite_owner(uuid, text) to authenticated;
