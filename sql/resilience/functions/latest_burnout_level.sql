-- For jobs and other private functions only: no API role may call it.
-- Planned for the organization that is asked about, which may be a hundred thousand times as large as another.
create function app.latest_burnout_level(p_org_id uuid) returns table (
  user_id uuid,
  practitioner_id uuid,
  composite numeric,
  risk_level public.burnout_risk_level,
  assessment_id uuid,
  assessment_date date,
  intervention_triggered boolean
)
language plpgsql stable
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
begin
  return query
  select distinct on (assessments.user_id)
    assessments.user_id, assessments.practitioner_id, assessments.composite_burnout_score, assessments.risk_level,
    assessments.id, assessments.assessment_date, assessments.intervention_triggered
  from public.provider_burnout_assessments as assessments
  where assessments.org_id = p_org_id
  order by assessments.user_id, assessments.assessment_date desc, assessments.id desc;
end
$$;

comment on function app.latest_burnout_level(uuid) is
'The newest assessment of each person of an organization: their score, 0 to 100, and the band it is in.';

revoke all on function app.latest_burnout_level(uuid) from public;
