create function public.invite_member(
  p_email text,
  p_role public.app_role,
  p_site_id uuid default null,
  p_expires_in_days integer default 7,
  out invitation_id uuid,
  out email text,
  out role public.app_role,
  out site_id uuid,
  out expires_at timestamptz,
  out token text
)
language plpgsql volatile
set search_path = ''
as $$
begin
  email := lower(btrim(p_email));
  role := p_role;
  site_id := p_site_id;
  perform app.check_input('p_email', app.is_email(email), 'This is no e-mail address.');
  perform app.check_role_place(p_role, p_site_id);
  perform app.check_input(
    'p_expires_in_days', p_expires_in_days between 1 and 30, 'An invitation is open for 1 to 30 days.'
  );
  select made.invitation_id, made.expires_at, made.token into invitation_id, expires_at, token
  from app.invite_to_organization(email, p_role, p_site_id, p_expires_in_days) as made;
end
$$;

comment on function public.invite_member(text, public.app_role, uuid, integer) is
'Offers somebody a role in the active organization. Who may offer which, grant_role() says. At most 20 an hour by one
person and 200 a day by an organization.
p_email: to whom; only a person with this verified address can accept.
p_role: which role.
p_site_id: limits it to one site, where the role can be; without, it is over the whole organization.
p_expires_in_days: how long it can be accepted, 1 to 30.
Returns the invitation and its token, which is shown now and never again.
Never null: invitation_id, email, role, expires_at, token.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, not_found, conflict (the same is open),
rate_limited, invalid_input.';

revoke all on function public.invite_member(text, public.app_role, uuid, integer)
from public, anon, authenticated, service_role;
grant execute on function public.invite_member(text, public.app_role, uuid, integer) to authenticated;
