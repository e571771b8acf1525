create function public.calculate_burnout_risk(
  p_emotional_exhaustion_score numeric,
  p_depersonalization_score numeric,
  p_personal_accomplishment_score numeric
) returns table (composite_burnout_score numeric, risk_level public.burnout_risk_level)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_subscale('p_emotional_exhaustion_score', p_emotional_exhaustion_score);
  perform app.check_subscale('p_depersonalization_score', p_depersonalization_score);
  perform app.check_subscale('p_personal_accomplishment_score', p_personal_accomplishment_score);

  return query
  select composite.score, app.burnout_level(composite.score)
  from app.burnout_composite(
    round(p_emotional_exhaustion_score, 2), round(p_depersonalization_score, 2), round(p_personal_accomplishment_score, 2)
  ) as composite (score);
end
$$;

comment on function public.calculate_burnout_risk(numeric, numeric, numeric) is
'What three Maslach subscales come to by this project''s own rule (docs/resilience/risk.md); nothing is kept.
p_emotional_exhaustion_score, p_depersonalization_score: 0 to 100.
p_personal_accomplishment_score: 0 to 100, higher is better.
Never null: composite_burnout_score, risk_level.
Errors: feature_disabled, permission_denied, invalid_input.';

create function app.check_subscale(p_field text, p_score numeric) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.check_input(p_field, p_score between 0 and 100, 'The result of a subscale is a number from 0 to 100.');
end
$$;

comment on function app.check_subscale(text, numeric) is 'Ends the request unless a result of a subscale is in its range.';

revoke all on function app.check_subscale(text, numeric) from public;
revoke all on function public.calculate_burnout_risk(numeric, numeric, numeric)
from public, anon, authenticated, service_role;
grant execute on function app.check_subscale(text, numeric) to authenticated, service_role;
grant execute on function public.calculate_burnout_risk(numeric, numeric, numeric) to authenticated;
