-- What managing roles takes and no more: names and roles, no address. Whom an invitation went to, get_invitations()
-- shows.
-- SECURITY DEFINER because names are in profiles, which are their persons' own. It asks for a role that gives roles,
-- and stays in the active organization; a manager sees the roles at sites of their own.
create function app.list_members(
  p_role public.app_role, p_site_id uuid, p_is_past boolean, p_after uuid, p_limit integer
) returns table (
  role_assignment_id uuid,
  user_id uuid,
  display_name text,
  role public.app_role,
  site_id uuid,
  valid_from timestamptz,
  valid_until timestamptz
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
    held.id, held.user_id, coalesce(profiles.display_name, ''), held.role, held.site_id,
    nullif(lower(held.valid_during), '-infinity'), nullif(upper(held.valid_during), 'infinity')
  from public.role_assignments as held
  left join public.profiles on profiles.id = held.user_id
  where
    held.org_id = v_org_id
    and held.deleted_at is null
    and (v_sees_all or held.site_id = any(v_sites))
    and (p_role is null or held.role = p_role)
    and (p_site_id is null or held.site_id = p_site_id)
    and p_is_past = (held.valid_during << tstzrange(app.clock(), null))
    and (p_after is null or held.id > p_after)
  order by held.id
  limit p_limit;
end
$$;

comment on function app.list_members(public.app_role, uuid, boolean, uuid, integer) is
'Who holds which role in the active organization, for those who give roles there.';

create function public.get_members(
  p_role public.app_role default null,
  p_site_id uuid default null,
  p_is_past boolean default false,
  p_after uuid default null,
  p_limit integer default 100
) returns table (
  role_assignment_id uuid,
  user_id uuid,
  display_name text,
  role public.app_role,
  site_id uuid,
  valid_from timestamptz,
  valid_until timestamptz
)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.check_input('p_is_past', p_is_past is not null, 'Say whether you mean roles that ended.');
  perform app.check_input('p_limit', p_limit between 1 and 1000, 'The limit is a number from 1 to 1000.');
  return query select members.* from app.list_members(p_role, p_site_id, p_is_past, p_after, p_limit) as members;
end
$$;

comment on function public.get_members(public.app_role, uuid, boolean, uuid, integer) is
'The people of the active organization, one row per role that they hold or will hold, the oldest first. For owners and
administrators; a manager gets the roles at sites of their own.
p_role, p_site_id: only this role; only roles limited to this site.
p_is_past: instead, roles that ended.
p_after: the role_assignment_id of the last row of the page before.
p_limit: 1 to 1000.
valid_from, valid_until: null for without beginning, without end.
Never null: role_assignment_id, user_id, display_name, role.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, invalid_input.';

revoke all on function app.list_members(public.app_role, uuid, boolean, uuid, integer) from public;
grant execute on function app.list_members(public.app_role, uuid, boolean, uuid, integer) to authenticated;
revoke all on function public.get_members(public.app_role, uuid, boolean, uuid, integer)
from public, anon, authenticated, service_role;
grant execute on function public.get_members(public.app_role, uuid, boolean, uuid, integer) to authenticated;
