-- SECURITY DEFINER because the figures come from tables that not everybody who gives care may read, such as encounters;
-- bound to the caller's own practitioner.
create function app.my_workload() returns table (
  encounters_last_30_days integer,
  encounters_this_month integer,
  avg_stress_last_7_days numeric,
  questions_today integer,
  question_days_over_20 integer,
  high_risk_patient_percent numeric,
  level public.workload_level
)
language plpgsql stable
security definer
set search_path = ''
as $$
begin
  return query
  select
    workload.encounters_last_30_days, workload.encounters_this_month, round(workload.avg_stress_last_7_days, 2),
    workload.questions_today, workload.question_days_over_20, round(workload.high_risk_patient_percent, 2),
    workload.level
  from app.provider_workload(app.current_org(), array[app.require_provider()], app.today()) as workload;
end
$$;

comment on function app.my_workload() is 'What public.get_my_workload does; authorizes for itself.';

create function public.get_my_workload() returns table (
  encounters_last_30_days integer,
  encounters_this_month integer,
  avg_stress_last_7_days numeric,
  questions_today integer,
  question_days_over_20 integer,
  high_risk_patient_percent numeric,
  level public.workload_level
)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');

  return query select workload.* from app.my_workload() as workload;
end
$$;

comment on function public.get_my_workload() is
'The caller''s own workload, exact at this moment; one row. For practitioners of the active organization.
encounters_last_30_days, encounters_this_month: encounters that were not cancelled, entered in error or removed.
avg_stress_last_7_days: of the caller''s own check-ins; anonymous ones are not in it. Null without any.
questions_today: questions claimed today.
question_days_over_20: the longest run of days in a row, in the last 30, with more than 20 questions each.
high_risk_patient_percent: patients at high risk among those seen in the last 90 days; null if there were none.
level: high_risk with more than 150 encounters in 30 days and an average stress of 8 or more.
Never null: encounters_last_30_days, encounters_this_month, questions_today, question_days_over_20, level.
Errors: not_authenticated, permission_denied, feature_disabled.';

revoke all on function app.my_workload() from public;
grant execute on function app.my_workload() to authenticated;
revoke all on function public.get_my_workload() from public, anon, authenticated, service_role;
grant execute on function public.get_my_workload() to authenticated;
