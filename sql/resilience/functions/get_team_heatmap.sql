-- SECURITY DEFINER because nobody may read the figures' table itself; require_role is the authorization.
create function app.team_heatmap(p_months integer) returns table (
  team_id uuid,
  team_name text,
  month date,
  is_suppressed boolean,
  assessed_count integer,
  median_burnout smallint,
  risk_level public.burnout_risk_level
)
language plpgsql stable
security definer
set search_path = ''
as $$
begin
  perform app.require_role('org_owner', 'admin', 'manager', 'care_manager', 'wellness_officer');
  return query
  select
    months.team_id, teams.name, months.month, months.assessed_count is null, months.assessed_count,
    months.median_burnout, app.burnout_level(months.median_burnout)
  from public.provider_wellbeing_months as months
  inner join public.provider_teams as teams on teams.org_id = months.org_id and teams.id = months.team_id
  where
    months.org_id = app.current_org()
    and months.month >= date_trunc('month', app.today()) - make_interval(months => p_months)
  order by teams.name, months.team_id, months.month;
end
$$;

comment on function app.team_heatmap(integer) is 'What public.get_team_heatmap answers; authorizes for itself.';

create function public.get_team_heatmap(p_months integer default 6) returns table (
  team_id uuid,
  team_name text,
  month date,
  is_suppressed boolean,
  assessed_count integer,
  median_burnout smallint,
  risk_level public.burnout_risk_level
)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_months', p_months between 1 and 24, 'Ask for 1 to 24 months.');
  return query select cells.* from app.team_heatmap(p_months) as cells;
end
$$;

comment on function public.get_team_heatmap(integer) is
'Burnout by team and month, for a heat map. For owners, administrators, managers, care managers and wellness officers.
p_months: how many closed months back, 1 to 24.
is_suppressed: fewer than five people were assessed, or the team''s figure could be had by subtraction; the other
figures are null then. median_burnout: 0 to 100; risk_level: the band it lies in.
Never null: team_id, team_name, month, is_suppressed.
Errors: feature_disabled, permission_denied, invalid_input.';

revoke all on function app.team_heatmap(integer) from public;
grant execute on function app.team_heatmap(integer) to authenticated;
revoke all on function public.get_team_heatmap(integer) from public, anon, authenticated, service_role;
grant execute on function public.get_team_heatmap(integer) to authenticated;
