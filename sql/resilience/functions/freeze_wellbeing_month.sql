-- Closes a month of an organization: its figures are computed once, told or not told once, and never again. Whatever is
-- changed, withdrawn or deleted later, and whatever team is made later, the answers about this month stay as they are.
-- Of teams only what five people and more stand behind, and nothing that could be subtracted from the whole.
-- MATERIALIZED: which teams may be told is asked once, and not for every figure of every team.
create function app.freeze_wellbeing_month(p_org_id uuid, p_month date) returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  v_last constant date := (p_month + interval '1 month')::date - 1;
  v_day_count constant integer := v_last - p_month + 1;
begin
  -- Two who close one month at once: the second finds it closed.
  perform pg_catalog.pg_advisory_xact_lock(hashtextextended('wellbeing_month:' || p_org_id, 0));
  if exists (
    select 1 from public.provider_wellbeing_months as months where months.org_id = p_org_id and months.month = p_month
  ) then
    return false;
  end if;

  insert into public.provider_wellbeing_months (
    org_id, month, team_id, provider_count, assessed_count, median_burnout, average_burnout, elevated_percent,
    checked_in_count, adoption_percent, checkins_per_provider_week, average_stress, trained_percent, helped_count,
    median_effect, workload_correlation, lower_quartile, upper_quartile
  )
  with figures as (
    select groups.* from app.wellbeing_groups(p_org_id, p_month, v_last) as groups
  ),
  teams as (
    select
      array_agg(figures.team_id) as ids, array_agg(figures.assessed) as assessed,
      array_agg(figures.checked_in) as checked_in, array_agg(figures.providers::integer) as providers
    from figures
    where figures.team_id is not null
  ),
  told as materialized (
    select
      app.tellable_groups(figures.assessed, teams.ids, teams.assessed) as assessed,
      app.tellable_shares(
        figures.checked_in, figures.providers::integer, teams.ids, teams.checked_in, teams.providers
      ) as checked_in
    from figures
    cross join teams
    where figures.is_whole
  ),
  days as (
    select
      sum(days.people_count::numeric / nullif(days.provider_count, 0)) as per_provider,
      sum(days.people_count * days.average_stress_level) / nullif(sum(days.people_count), 0) as stress
    from public.provider_checkin_days as days
    where days.org_id = p_org_id and days.checkin_date between p_month and v_last
  ),
  judged as materialized (
    select
      figures.*,
      case when figures.is_whole then figures.assessed >= 5 else figures.team_id = any(told.assessed) end as is_assessed,
      case when figures.is_whole then figures.checked_in >= 5 else figures.team_id = any(told.checked_in) end as is_adopted
    from figures
    cross join told
    where figures.is_whole or figures.team_id is not null
  )
  select
    p_org_id, p_month, judged.team_id, judged.providers,
    case when judged.is_assessed then judged.assessed end,
    case when judged.is_assessed then round(judged.median_score) end,
    case when judged.is_assessed then round(judged.average_score) end,
    case when judged.is_whole then app.tellable_percent(judged.elevated, judged.assessed) end,
    case when judged.is_adopted then judged.checked_in end,
    case when judged.is_adopted then app.tellable_percent(judged.checked_in, judged.providers) end,
    case when judged.is_whole then round(days.per_provider * 7 / v_day_count, 2) end,
    case when judged.is_whole then round(days.stress, 1) end,
    case when judged.is_whole then app.tellable_percent(judged.trained, judged.providers) end,
    case when judged.is_whole and judged.helped >= 5 then judged.helped end,
    case when judged.is_whole and judged.helped >= 5 then round(judged.median_effect) end,
    case when judged.is_whole and judged.assessed >= 10 then round(judged.correlation, 1) end,
    case when judged.is_whole and judged.assessed >= 20 then round(judged.lower_quartile) end,
    case when judged.is_whole and judged.assessed >= 20 then round(judged.upper_quartile) end
  from judged
  cross join days;
  return true;
end
$$;

comment on function app.freeze_wellbeing_month(uuid, date) is
'Closes a month of an organization; false if it was closed before. p_month: its first day.';

revoke all on function app.freeze_wellbeing_month(uuid, date) from public;
