create function public.grant_role(
  p_user_id uuid,
  p_role public.app_role,
  p_site_id uuid default null,
  p_valid_from timestamptz default null,
  p_valid_until timestamptz default null
) returns public.role_assignments
language plpgsql volatile
set search_path = ''
as $$
declare
  v_from constant timestamptz := coalesce(p_valid_from, app.clock());
begin
  perform app.check_input('p_user_id', p_user_id is not null, 'Say whom.');
  perform app.check_role_place(p_role, p_site_id);
  -- A role in the past would put words into the record; a far future is a slip of the keyboard.
  perform app.check_input(
    'p_valid_from', v_from between app.clock() and app.clock() + interval '10 years',
    'A role begins now or later, within ten years.'
  );
  perform app.check_input(
    'p_valid_until',
    p_valid_until is null or (p_valid_until > v_from and p_valid_until <= app.clock() + interval '50 years'),
    'A role ends after it begins, within fifty years; leave it out for a role without end.'
  );
  return app.give_role_to_member(p_user_id, p_role, p_site_id, tstzrange(v_from, p_valid_until));
end
$$;

comment on function public.grant_role(uuid, public.app_role, uuid, timestamptz, timestamptz) is
'Gives a person who has, or once had, a role in the active organization another one. Others are invited.
Owners give every role but super_admin and service; administrators all below owner; managers nurse, carer, scheduler,
resident and family at sites of their own; nobody to themselves. Acts on the person''s next request.
p_user_id: one of get_members().
p_role: which.
p_site_id: limits it to one site, where the role can be; without, it is over the whole organization.
p_valid_from: when it begins; now unless said.
p_valid_until: when it ends; never unless said.
Returns the assignment that holds at the beginning; where the person held the role already, only the rest is added.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, not_found, invalid_input.
Idempotent: yes.';

revoke all on function public.grant_role(uuid, public.app_role, uuid, timestamptz, timestamptz)
from public, anon, authenticated, service_role;
grant execute on function public.grant_role(uuid, public.app_role, uuid, timestamptz, timestamptz) to authenticated;
