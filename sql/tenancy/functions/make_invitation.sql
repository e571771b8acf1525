-- Writes an invitation and tells its token, for the only time. Sending the mail hooks in here, in this transaction:
-- here, and nowhere later, the token is known.
-- For definers only: whether the role may be offered is asked before.
create function app.make_invitation(
  p_org_id uuid,
  p_email text,
  p_role public.app_role,
  p_site_id uuid,
  p_expires_in_days integer,
  out invitation_id uuid,
  out expires_at timestamptz,
  out token text
)
language plpgsql volatile
set search_path = ''
as $$
begin
  update app.invitations as offers
  set revoked_at = app.clock()
  where
    offers.org_id = p_org_id
    and offers.email = p_email
    and offers.role = p_role
    and offers.site_id is not distinct from p_site_id
    and offers.accepted_at is null
    and offers.revoked_at is null
    and offers.expires_at <= app.clock();

  token := app.make_token();
  insert into app.invitations as offers (
    org_id, email, role, site_id, token_hash, invited_by, invited_at, expires_at
  )
  values (
    p_org_id, p_email, p_role, p_site_id, app.hash_token(token), app.my_id(), app.clock(),
    app.clock() + make_interval(hours => 24 * p_expires_in_days)
  )
  on conflict do nothing
  returning offers.id, offers.expires_at into invitation_id, expires_at;
  if invitation_id is null then
    perform app.raise_error(
      'conflict', 'This invitation is open already.',
      p_hint => 'Its token is not kept: revoke it and invite again to get a new one.'
    );
  end if;
end
$$;

comment on function app.make_invitation(uuid, text, public.app_role, uuid, integer) is
'A new invitation to an organization, and its token.';

-- Being invited is a way to be given a role, and nobody gives themselves one.
create function app.require_another_address(p_email text) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if exists (select from auth.users where users.id = app.my_id() and lower(users.email) = p_email) then
    perform app.raise_error('permission_denied', 'Nobody gives themselves a role.');
  end if;
end
$$;

comment on function app.require_another_address(text) is
'Ends the request if this is the caller''s own address.';

revoke all on function app.make_invitation(uuid, text, public.app_role, uuid, integer) from public;
revoke all on function app.require_another_address(text) from public;
