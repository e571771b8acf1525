-- Who works where, for rules that work for one organization. Not definers and granted to nobody: those who call them
-- have authorized for themselves.
create function app.moment_on(p_org_id uuid, p_on date) returns timestamptz
language sql stable
set search_path = ''
as $$
  select case
    when p_on = app.organization_day(p_org_id) then app.clock()
    else (p_on + time '12:00') at time zone organizations.time_zone
  end
  from public.organizations
  where organizations.id = p_org_id
$$;

comment on function app.moment_on(uuid, date) is
'The moment at which a day is looked at: now if it is today where the organization is, else noon there.';

create function app.is_staff_role(p_role public.app_role) returns boolean
language sql immutable
return p_role = any(app.staff_roles());

comment on function app.is_staff_role(public.app_role) is 'Whether who holds a role works for the organization.';

create function app.no_place() returns uuid
language sql immutable
return '00000000-0000-0000-0000-000000000000'::uuid;

comment on function app.no_place() is 'Stands for the whole organization in a list of sites.';

-- Planned for the question that is asked: one person, one site, or an organization of five hundred.
create function app.staff_posts(p_org_id uuid, p_on date, p_user_id uuid default null, p_places uuid[] default null)
returns table (user_id uuid, role public.app_role, site_id uuid, job_title text)
language plpgsql stable
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  v_at constant timestamptz := app.moment_on(p_org_id, p_on);
begin
  return query
  select distinct roles.user_id, roles.role, roles.site_id, staff.job_title
  from public.role_assignments as roles
  inner join public.staff_members as staff on staff.org_id = roles.org_id and staff.user_id = roles.user_id
  where
    roles.org_id = p_org_id
    and (p_user_id is null or roles.user_id = p_user_id)
    and (
      p_places is null
      or roles.site_id = any(p_places)
      or (roles.site_id is null and app.no_place() = any(p_places))
    )
    and roles.valid_during @> v_at
    and roles.deleted_at is null
    and app.is_staff_role(roles.role)
    and staff.employed_during @> p_on
    and staff.deleted_at is null;
end
$$;

comment on function app.staff_posts(uuid, date, uuid, uuid[]) is
'Who is employed on a day, in which roles, at which sites; site null: in the whole organization.
p_user_id: only this person. p_places: only roles at these sites, app.no_place() for those in the whole organization.';

revoke all on function app.moment_on(uuid, date) from public;
revoke all on function app.is_staff_role(public.app_role) from public;
revoke all on function app.staff_posts(uuid, date, uuid, uuid[]) from public;
revoke all on function app.no_place() from public;
