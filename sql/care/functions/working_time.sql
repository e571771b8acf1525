-- Working hours, by the clock on the wall of the site. A day has as many working minutes as its clock shows between
-- opening and closing: one with a change of the clocks has an hour more or less, if the change falls into it.
--
-- UTC, because there a day that an interval counts has 24 hours.
create function app.add_working_minutes(
  p_from timestamptz, p_minutes integer, p_zone text, p_days smallint[], p_begins time, p_ends time, p_holidays date[]
) returns timestamptz
language plpgsql stable
set search_path = ''
set timezone = 'UTC'
as $$
declare
  v_left interval := make_interval(mins => p_minutes);
  v_day date := (p_from at time zone p_zone)::date;
  v_opens_at timestamptz;
  v_closes_at timestamptz;
begin
  -- 90 days of around the clock are 270 of eight hours; no week has less than one working day.
  for v_days in 1..10000 loop
    if extract(isodow from v_day)::smallint = any(p_days) and v_day <> all(p_holidays) then
      v_opens_at := greatest(p_from, (v_day + p_begins) at time zone p_zone);
      v_closes_at := (v_day + p_ends) at time zone p_zone;
      if v_opens_at + v_left <= v_closes_at then
        return v_opens_at + v_left;
      end if;
      v_left := v_left - greatest(v_closes_at - v_opens_at, interval '0');
    end if;
    v_day := v_day + 1;
  end loop;
  raise exception 'app.add_working_minutes: nobody works in the next 10,000 days';
end
$$;

comment on function app.add_working_minutes(timestamptz, integer, text, smallint[], time, time, date[]) is
'The moment so many working minutes after another. p_zone: whose clock; p_days: 1 Monday to 7 Sunday; p_begins, p_ends:
of a working day; p_holidays: days on which nobody works.';

create function app.add_working_days(p_on date, p_count integer, p_days smallint[], p_holidays date[]) returns date
language plpgsql immutable
set search_path = ''
as $$
declare
  v_day date := p_on;
  v_left integer := p_count;
begin
  while v_left > 0 and v_day < p_on + 10000 loop
    v_day := v_day + 1;
    if extract(isodow from v_day)::smallint = any(p_days) and v_day <> all(p_holidays) then
      v_left := v_left - 1;
    end if;
  end loop;
  return v_day;
end
$$;

comment on function app.add_working_days(date, integer, smallint[], date[]) is
'The day so many working days after another, which itself does not count.';

create function app.incident_calendar(
  p_org_id uuid, p_site_id uuid, out time_zone text, out working_days smallint[], out day_begins time,
  out day_ends time, out holidays date[]
)
language sql stable
set search_path = ''
as $$
  select
    coalesce(sites.time_zone, organizations.time_zone),
    coalesce(calendars.working_days, '{1,2,3,4,5}'),
    coalesce(calendars.day_begins, '09:00'),
    coalesce(calendars.day_ends, '17:00'),
    coalesce(calendars.holidays, '{}')
  from public.sites
  inner join public.organizations on organizations.id = sites.org_id
  left join lateral (
    select own.* from public.incident_calendars as own
    where
      own.org_id = sites.org_id and (own.site_id = sites.id or own.site_id is null) and own.deleted_at is null
    order by own.site_id nulls last
    limit 1
  ) as calendars on true
  where sites.org_id = p_org_id and sites.id = p_site_id
$$;

comment on function app.incident_calendar(uuid, uuid) is
'When a site works, by its own clock: its own calendar, else the organization''s, else Monday to Friday, nine to
five.';

create function app.incident_due_at(
  p_org_id uuid, p_site_id uuid, p_from timestamptz, p_minutes integer, p_is_working_time boolean
) returns timestamptz
language plpgsql stable
set search_path = ''
as $$
declare
  v_calendar record;
begin
  if not p_is_working_time then
    return p_from + make_interval(mins => p_minutes);
  end if;
  select calendar.* into v_calendar from app.incident_calendar(p_org_id, p_site_id) as calendar;
  return app.add_working_minutes(
    p_from, p_minutes, v_calendar.time_zone, v_calendar.working_days, v_calendar.day_begins, v_calendar.day_ends,
    v_calendar.holidays
  );
end
$$;

comment on function app.incident_due_at(uuid, uuid, timestamptz, integer, boolean) is
'The moment so many minutes after another, around the clock or in the working hours of a site.';

revoke all on function app.add_working_minutes(timestamptz, integer, text, smallint[], time, time, date[]) from public;
revoke all on function app.add_working_days(date, integer, smallint[], date[]) from public;
revoke all on function app.incident_calendar(uuid, uuid) from public;
revoke all on function app.incident_due_at(uuid, uuid, timestamptz, integer, boolean) from public;
grant execute on function app.add_working_days(date, integer, smallint[], date[]) to authenticated;
grant execute on function app.incident_calendar(uuid, uuid) to authenticated;
