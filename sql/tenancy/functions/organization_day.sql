-- The calendar of an organization, for jobs and rules that work for one which nobody is signed in to.
create function app.organization_day(p_org_id uuid, p_at timestamptz default null) returns date
language sql stable
set search_path = ''
as $$
  select (coalesce(p_at, app.clock()) at time zone organizations.time_zone)::date
  from public.organizations
  where organizations.id = p_org_id
$$;

comment on function app.organization_day(uuid, timestamptz) is
'The calendar day of a moment (by default now) where an organization is, in its time zone.';

revoke all on function app.organization_day(uuid, timestamptz) from public;
