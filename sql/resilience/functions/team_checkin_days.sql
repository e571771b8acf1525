-- The aggregate behind get_team_checkin_summary. Three rules keep a person out of it:
-- * never fewer than five people: a smaller day shows that it is suppressed, and nothing else;
-- * only closed days have figures, and closed days cannot be written, so two answers never differ by one person;
-- * one row per day and nothing coarser or finer (no sites, no totals over suppressed days), so that no two
--   figures can be subtracted from each other to leave fewer than five.
--
-- SECURITY DEFINER because the callers may not read the rows themselves; require_role is the authorization.
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
security definer
set search_path = ''
as $$
declare
  v_minimum_people constant integer := 5;
  v_org_id constant uuid := app.current_org();
  v_today constant date := app.today();
  v_provider_count constant integer := app.count_providers(v_org_id);
begin
  perform app.require_role('org_owner', 'admin', 'manager', 'care_manager', 'wellness_officer');

  return query
  with days as (
    -- Six days before the first one asked for complete its week.
    select generate_series(p_from - 6, p_to, interval '1 day')::date as day
  ),
  figures as (
    select
      days.day,
      days.day >= v_today as is_open,
      count(checkins.id)::integer as people,
      avg(checkins.stress_level) as stress,
      avg(checkins.energy_level) as energy,
      avg(checkins.patients_contacted_today) as patients,
      avg(checkins.overtime_hours) as overtime,
      100 * avg(checkins.missed_break::integer) as missed_breaks
    from days
    left join public.provider_daily_checkins as checkins
      on checkins.org_id = v_org_id and checkins.checkin_date = days.day
    group by days.day
  ),
  published as (
    select figures.*, not figures.is_open and figures.people >= v_minimum_people as is_published
    from figures
  )
  select
    published.day,
    published.is_open,
    not published.is_open and not published.is_published,
    case when published.is_published then published.people end,
    case when published.is_published then round(published.stress, 1) end,
    case when published.is_published then round(published.energy, 1) end,
    case when published.is_published then round(published.patients, 1) end,
    case when published.is_published then round(published.overtime, 1) end,
    case when published.is_published then round(published.missed_breaks) end,
    case
      when published.is_published and v_provider_count >= v_minimum_people then round(
        (
          sum(case when published.is_published then published.people end)
            over (order by published.day rows between 6 preceding and current row)
        )::numeric / v_provider_count,
        2
      )
    end
  from published
  order by published.day
  offset 6;
end
$$;

comment on function app.team_checkin_days(date, date) is
'Daily team figures of the active organization; days of fewer than five people carry none.';

revoke all on function app.team_checkin_days(date, date) from public;
grant execute on function app.team_checkin_days(date, date) to authenticated;
