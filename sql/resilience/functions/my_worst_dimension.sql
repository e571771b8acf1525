-- What the library is ranked by for somebody who has not said what for. As the caller, who reads their own rows and
-- nobody else's.
create function app.my_worst_dimension() returns public.resilience_dimension
language plpgsql stable
set search_path = ''
as $$
declare
  v_heavy_burden constant numeric := 40;
  v_heavy_stress constant numeric := 6;
  v_dimension public.resilience_dimension;
begin
  -- The heaviest of the three burdens of the last assessment of half a year, if one is heavy at all.
  select burdens.dimension into v_dimension
  from (
    select
      assessments.emotional_exhaustion_score, assessments.depersonalization_score,
      assessments.personal_accomplishment_score
    from public.provider_burnout_assessments as assessments
    where
      assessments.org_id = app.current_org()
      and assessments.user_id = app.my_id()
      and assessments.assessment_date > app.today() - 180
    order by assessments.assessment_date desc, assessments.id desc
    limit 1
  ) as latest
  cross join lateral (
    values
    ('emotional_exhaustion'::public.resilience_dimension, latest.emotional_exhaustion_score),
    ('depersonalization', latest.depersonalization_score),
    ('personal_accomplishment', 100 - latest.personal_accomplishment_score)
  ) as burdens (dimension, burden)
  where burdens.burden >= v_heavy_burden
  order by burdens.burden desc, burdens.dimension
  limit 1;
  if v_dimension is null then
    select case when avg(checkins.stress_level) >= v_heavy_stress then 'stress'::public.resilience_dimension end
    into v_dimension
    from public.provider_daily_checkins as checkins
    where
      checkins.org_id = app.current_org()
      and checkins.user_id = app.my_id()
      and checkins.checkin_date > app.today() - 7
      and checkins.checkin_date <= app.today();
  end if;
  return v_dimension;
end
$$;

comment on function app.my_worst_dimension() is
'What goes worst for the caller, as far as they have told; null where nothing stands out.';

revoke all on function app.my_worst_dimension() from public;
grant execute on function app.my_worst_dimension() to authenticated;
