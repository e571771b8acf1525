-- The aggregate behind get_team_checkin_summary. Three rules keep a person out of it:
-- * never fewer than five people: a smaller day shows that it is suppressed, and nothing else;
-- * only days that were counted when they were over (app.close_checkin_days), and what was counted never changes, so
--   two answers never differ by one person; until then a day is open;
-- * one row per day and nothing coarser or finer (no sites, no totals over suppressed days), so that no two
--   figures can be subtracted from each other to leave fewer than five.
--
-- It reads the counted days only, as the caller.
create function app.team_checkin_days(p_from date, p_to date) returns table (
  checkin_date date,
  is_open boolean,
  is_suppressed boolean,
  people_count integer,
  average_stress_level numeric,
  average_energy_level numeric,
  average_patients_contacted numeric,
  average_overtime_hours numeric,
  missed_break_percent numeric,
  checkins_per_provider_week numeric
)
language plpgsql stable
set search_path = ''
as $$
declare
  v_minimum_people constant integer := 5;
  v_org_id constant uuid := app.current_org();
  v_counted_until date;
begin
  perform app.require_role('org_owner', 'admin', 'manager', 'care_manager', 'wellness_officer');
  select max(counted.checkin_date) into v_counted_until
  from public.provider_checkin_days as counted
  where counted.org_id = v_org_id;

  return query
  with days as (
    -- Six days before the first one asked for complete its week.
    select generate_series(p_from - 6, p_to, interval '1 day')::date as day
  ),

  figures as (
    select
      days.day, counted.*,
      coalesce(days.day > v_counted_until, true) as is_still_open,
      sum(counted.people_count) over (order by days.day rows between 6 preceding and current row) as week_count
    from days
    left join public.provider_checkin_days as counted
      on counted.org_id = v_org_id and counted.checkin_date = days.day
  )

  select
    figures.day,
    figures.is_still_open,
    not figures.is_still_open and figures.people_count is null,
    figures.people_count,
    figures.average_stress_level,
    figures.average_energy_level,
    figures.average_patients_contacted,
    figures.average_overtime_hours,
    figures.missed_break_percent,
    case
      when figures.people_count is not null and figures.provider_count >= v_minimum_people
        then round(figures.week_count::numeric / figures.provider_count, 2)
    end
  from figures
  order by figures.day
  offset 6;
end
$$;

comment on function app.team_checkin_days(date, date) is
'Daily team figures of the active organization; days of fewer than five people carry none.';

revoke all on function app.team_checkin_days(date, date) from public;
grant execute on function app.team_checkin_days(date, date) to authenticated;
