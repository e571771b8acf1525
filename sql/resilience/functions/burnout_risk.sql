-- The risk rule of this project, in one place. No composite of the three Maslach subscales has been published: weights
-- and bands are our own, and said to be so wherever a figure is shown (docs/resilience/risk.md). Numeric all the
-- way: two computations of one score never differ.
create function app.burnout_composite(
  p_emotional_exhaustion_score numeric,
  p_depersonalization_score numeric,
  p_personal_accomplishment_score numeric
) returns numeric
language sql immutable
return round(
  0.40 * p_emotional_exhaustion_score
  + 0.30 * p_depersonalization_score
  + 0.30 * (100 - p_personal_accomplishment_score),
  2
);

comment on function app.burnout_composite(numeric, numeric, numeric) is
'40 % exhaustion, 30 % depersonalization, 30 % lack of accomplishment, each 0 to 100. Null unless all three are known.';

create function app.burnout_level(p_composite_burnout_score numeric) returns public.burnout_risk_level
language sql immutable
return case
  when p_composite_burnout_score < 40 then 'low'
  when p_composite_burnout_score < 60 then 'moderate'
  when p_composite_burnout_score < 75 then 'high'
  when p_composite_burnout_score >= 75 then 'critical'
end::public.burnout_risk_level;

comment on function app.burnout_level(numeric) is
'low below 40, moderate below 60, high below 75, critical from 75 on; null for null.';

revoke all on function app.burnout_composite(numeric, numeric, numeric) from public;
revoke all on function app.burnout_level(numeric) from public;
grant execute on function app.burnout_composite(numeric, numeric, numeric) to authenticated, service_role;
grant execute on function app.burnout_level(numeric) to authenticated, service_role;
