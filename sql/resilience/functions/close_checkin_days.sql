-- Counts the days that are over and not counted yet, each once, and the next ones in their turn: nothing that comes
-- afterwards (a late check-in, a withdrawal, a deletion) moves a day that was counted. Days are counted without a gap
-- from the first check-in on, or from yesterday where there is none, so that a day without a row says nothing.
create function app.close_checkin_days(p_org_id uuid, p_today date, p_limit integer) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_minimum_people constant integer := 5;
  v_provider_count constant integer := app.count_providers(p_org_id);
  v_from date;
  v_count integer;
begin
  select coalesce(
    (select max(days.checkin_date) + 1 from public.provider_checkin_days as days where days.org_id = p_org_id),
    least(
      (select min(named.checkin_date) from public.provider_daily_checkins as named where named.org_id = p_org_id),
      (select min(other.checkin_date) from app.provider_anonymous_checkins as other where other.org_id = p_org_id),
      p_today - 1
    )
  ) into v_from;

  insert into public.provider_checkin_days (
    org_id, checkin_date, provider_count, people_count, average_stress_level, average_energy_level,
    average_patients_contacted, average_overtime_hours, missed_break_percent, frozen_at
  )
  with days as (
    select v_from + ahead as day
    from generate_series(0, least(p_today - v_from, p_limit) - 1) as ahead
  ),

  checkins as (
    select
      checkin_date, stress_level, energy_level, patients_contacted_today, overtime_hours, missed_break
    from public.provider_daily_checkins
    where org_id = p_org_id and checkin_date >= v_from and checkin_date < p_today
    union all
    select
      checkin_date, stress_level, energy_level, patients_contacted_today, overtime_hours, missed_break
    from app.provider_anonymous_checkins
    where org_id = p_org_id and checkin_date >= v_from and checkin_date < p_today
  ),

  figures as (
    select
      checkin_date, count(*)::integer as people, avg(stress_level) as stress, avg(energy_level) as energy,
      avg(patients_contacted_today) as patients, avg(overtime_hours) as overtime,
      100 * avg(missed_break::integer) as missed_breaks
    from checkins
    group by checkin_date
    having count(*) >= v_minimum_people
  )

  select
    p_org_id, days.day, v_provider_count, figures.people, figures.stress, figures.energy,
    figures.patients, figures.overtime, figures.missed_breaks, app.clock()
  from days
  left join figures on figures.checkin_date = days.day
  on conflict do nothing;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

comment on function app.close_checkin_days(uuid, date, integer) is
'Counts an organization''s days before p_today that were not counted yet, the oldest p_limit of them.';

-- Where the hub was switched off since, what was begun is counted to its end.
create function app.job_close_checkin_days(p_org_id uuid, p_limit integer) returns integer
language plpgsql volatile
set search_path = ''
as $$
begin
  if not app.is_hub_on(p_org_id) and not exists (
    select from public.provider_checkin_days as days where days.org_id = p_org_id
  ) then
    return 0;
  end if;
  return app.close_checkin_days(p_org_id, app.organization_day(p_org_id), p_limit);
end
$$;

comment on function app.job_close_checkin_days(uuid, integer) is
'Scheduled: counts an organization''s check-ins of the days that are over, once, p_limit days at a time. Idempotent: yes.';

revoke all on function app.close_checkin_days(uuid, date, integer) from public;
revoke all on function app.job_close_checkin_days(uuid, integer) from public;
