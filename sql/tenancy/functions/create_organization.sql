-- How a tenant comes to be, and comes to an owner again: the platform's part. Nobody of the platform gets a role in
-- it; an owner is invited like everybody else, and does the rest.
-- SECURITY DEFINER because organizations and invitations are not the API's to write; require_role is the
-- authorization.
create function app.found_organization(
  p_name text,
  p_slug text,
  p_kind public.organization_kind,
  p_license_tier public.license_tier,
  p_time_zone public.time_zone
) returns uuid
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_org_id uuid;
begin
  perform app.require_person();
  perform app.require_role('super_admin');
  insert into public.organizations (name, slug, kind, license_tier, time_zone)
  values (p_name, p_slug, p_kind, p_license_tier, p_time_zone)
  on conflict (slug) do nothing
  returning organizations.id into v_org_id;
  if v_org_id is null then
    perform app.raise_error('conflict', 'There is an organization with this short name already.');
  end if;
  return v_org_id;
end
$$;

comment on function app.found_organization(
  text, text, public.organization_kind, public.license_tier, public.time_zone
) is
'A new organization, without people yet.';

create function public.create_organization(
  p_name text,
  p_slug text,
  p_kind public.organization_kind,
  p_license_tier public.license_tier,
  p_time_zone text,
  p_owner_email text,
  out org_id uuid,
  out invitation_id uuid,
  out expires_at timestamptz,
  out token text
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_time_zone public.time_zone;
begin
  perform app.check_input('p_name', length(p_name) between 1 and 200, 'A name has 1 to 200 characters.');
  perform app.check_input(
    'p_slug', length(p_slug) <= 63 and p_slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$',
    'The short name has lower-case letters, digits and hyphens, at most 63.'
  );
  perform app.check_input('p_kind', p_kind <> 'platform', 'There is one platform, and it is there already.');
  perform app.check_input('p_license_tier', p_license_tier is not null, 'Say which licence it has.');
  begin
    v_time_zone := p_time_zone;
  exception when check_violation or invalid_parameter_value then
    v_time_zone := null;
  end;
  perform app.check_input('p_time_zone', v_time_zone is not null, 'Give a time zone such as America/Chicago.');

  org_id := app.found_organization(p_name, p_slug, p_kind, p_license_tier, v_time_zone);
  select made.invitation_id, made.expires_at, made.token into invitation_id, expires_at, token
  from public.invite_owner(org_id, p_owner_email) as made;
end
$$;

comment on function public.create_organization(
  text, text, public.organization_kind, public.license_tier, text, text
) is
'Makes an organization and invites its first owner. For super administrators.
p_name: for people, 1 to 200 characters.
p_slug: for addresses and commands: lower case, digits, hyphens; no other organization has it.
p_kind: what it mainly does; not platform.
p_license_tier: what it has bought.
p_time_zone: IANA name; its days begin and end there.
p_owner_email: who becomes owner by accepting.
Returns the organization, the invitation and its token, which is shown now and never again.
Never null: org_id, invitation_id, expires_at, token.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, conflict, invalid_input.';

revoke all on function app.found_organization(
  text, text, public.organization_kind, public.license_tier, public.time_zone
) from public;
grant execute on function app.found_organization(
  text, text, public.organization_kind, public.license_tier, public.time_zone
) to authenticated;
revoke all on function public.create_organization(
  text, text, public.organization_kind, public.license_tier, text, text
) from public, anon, authenticated, service_role;
grant execute on function public.create_organization(
  text, text, public.organization_kind, public.license_tier, text, text
) to authenticated;
