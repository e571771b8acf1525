-- Days of a site are days on its own clocks. What is planned by day begins and ends at noon there: who leaves and who
-- comes meet on one day in one bed.
create function app.day_of_site(p_org_id uuid, p_site_id uuid, p_at timestamptz) returns date
language sql stable
set search_path = ''
as $$
  select (p_at at time zone app.site_zone(p_org_id, p_site_id))::date
$$;

comment on function app.day_of_site(uuid, uuid, timestamptz) is 'The calendar day of a moment by the clocks of a site.';

create function app.site_moment(p_org_id uuid, p_site_id uuid, p_on date, p_time time) returns timestamptz
language sql stable
set search_path = ''
as $$
  select (p_on + p_time) at time zone app.site_zone(p_org_id, p_site_id)
$$;

comment on function app.site_moment(uuid, uuid, date, time) is 'A time of day by the clocks of a site, as a moment.';

revoke all on function app.day_of_site(uuid, uuid, timestamptz) from public;
revoke all on function app.site_moment(uuid, uuid, date, time) from public;
