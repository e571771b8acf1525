create function public.get_my_trajectory(p_months integer default 6) returns table (
  month date,
  assessment_count integer,
  average_score numeric,
  change_since_first numeric
)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_months', p_months between 1 and 24, 'Ask for 1 to 24 months.');

  return query
  select
    date_trunc('month', assessments.assessment_date)::date as month_begin,
    count(*)::integer,
    round(avg(assessments.composite_burnout_score), 1),
    round(
      avg(assessments.composite_burnout_score)
      - first_value(avg(assessments.composite_burnout_score))
        over (order by date_trunc('month', assessments.assessment_date)::date),
      1
    )
  from public.provider_burnout_assessments as assessments
  where
    assessments.org_id = (select app.current_org())
    and assessments.user_id = (select app.my_id())
    and assessments.assessment_date >= date_trunc('month', app.today()) - make_interval(months => p_months - 1)
  group by month_begin
  order by month_begin;
end
$$;

comment on function public.get_my_trajectory(integer) is
'The caller''s own burnout score month by month, oldest first; months without an assessment are left out.
p_months: this month and those before it, 1 to 24; 3 and 6 are usual.
average_score: of the month''s composite scores, 0 to 100. change_since_first: since the first month listed; below 0 is
better.
Never null: month, assessment_count, average_score, change_since_first.
Errors: feature_disabled, permission_denied, invalid_input.';

revoke all on function public.get_my_trajectory(integer) from public, anon, authenticated, service_role;
grant execute on function public.get_my_trajectory(integer) to authenticated;
