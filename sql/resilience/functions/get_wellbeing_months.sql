-- SECURITY DEFINER because nobody may read the figures' table itself; require_role is the authorization.
create function app.wellbeing_months(p_months integer, p_team_id uuid) returns table (
  month date,
  provider_count integer,
  assessed_count integer,
  median_burnout smallint,
  average_burnout smallint,
  risk_level public.burnout_risk_level,
  elevated_percent smallint,
  adoption_percent smallint,
  checkins_per_provider_week numeric,
  average_stress numeric,
  trained_percent smallint,
  helped_count integer,
  median_effect smallint,
  workload_correlation numeric
)
language plpgsql stable
security definer
set search_path = ''
as $$
begin
  perform app.require_role('org_owner', 'admin', 'manager', 'care_manager', 'wellness_officer');
  return query
  select
    months.month, months.provider_count, months.assessed_count, months.median_burnout, months.average_burnout,
    app.burnout_level(months.median_burnout), months.elevated_percent, months.adoption_percent,
    months.checkins_per_provider_week, months.average_stress, months.trained_percent, months.helped_count,
    months.median_effect, months.workload_correlation
  from public.provider_wellbeing_months as months
  where
    months.org_id = app.current_org()
    and months.team_id is not distinct from p_team_id
    and months.month >= date_trunc('month', app.today()) - make_interval(months => p_months)
  order by months.month;
end
$$;

comment on function app.wellbeing_months(integer, uuid) is
'What public.get_wellbeing_months answers; authorizes for itself.';

create function public.get_wellbeing_months(p_months integer default 6, p_team_id uuid default null) returns table (
  month date,
  provider_count integer,
  assessed_count integer,
  median_burnout smallint,
  average_burnout smallint,
  risk_level public.burnout_risk_level,
  elevated_percent smallint,
  adoption_percent smallint,
  checkins_per_provider_week numeric,
  average_stress numeric,
  trained_percent smallint,
  helped_count integer,
  median_effect smallint,
  workload_correlation numeric
)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_months', p_months between 1 and 24, 'Ask for 1 to 24 months.');
  return query select months.* from app.wellbeing_months(p_months, p_team_id) as months;
end
$$;

comment on function public.get_wellbeing_months(integer, uuid) is
'How the organization, or a team, has been month by month, without naming anyone; oldest first. For owners,
administrators, managers, care managers and wellness officers. A month has figures once it is over, and keeps them.
p_months: how many closed months back, 1 to 24.
p_team_id: a team; by default the whole organization.
A figure of fewer than five people is null. provider_count: providers who could sign in. median_burnout,
average_burnout: of the last composite scores of those assessed, 0 to 100; risk_level: the median''s.
elevated_percent: at high or critical risk. adoption_percent: checked in at least once. checkins_per_provider_week,
average_stress: from the days that have figures. trained_percent: completed a module in it. helped_count, median_effect:
people whose case of help closed, and the change of their score (below 0 is better). workload_correlation: of
encounters and score, -1 to 1, from ten people on.
Never null: month, provider_count.
Errors: feature_disabled, permission_denied, invalid_input.';

revoke all on function app.wellbeing_months(integer, uuid) from public;
grant execute on function app.wellbeing_months(integer, uuid) to authenticated;
revoke all on function public.get_wellbeing_months(integer, uuid) from public, anon, authenticated, service_role;
grant execute on function public.get_wellbeing_months(integer, uuid) to authenticated;
