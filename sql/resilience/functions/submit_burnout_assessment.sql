create function public.submit_burnout_assessment(
  p_emotional_exhaustion_score numeric,
  p_depersonalization_score numeric,
  p_personal_accomplishment_score numeric
) returns public.provider_burnout_assessments
language plpgsql volatile
set search_path = ''
as $$
declare
  v_instrument_id uuid;
begin
  perform app.require_feature('resilience_hub');
  perform app.require_participation();
  perform app.check_subscale('p_emotional_exhaustion_score', p_emotional_exhaustion_score);
  perform app.check_subscale('p_depersonalization_score', p_depersonalization_score);
  perform app.check_subscale('p_personal_accomplishment_score', p_personal_accomplishment_score);

  v_instrument_id := app.find_instrument('mbi');
  return app.keep_assessment(v_instrument_id, null, jsonb_build_object(
    'emotional_exhaustion', round(p_emotional_exhaustion_score, 2),
    'depersonalization', round(p_depersonalization_score, 2),
    'personal_accomplishment', round(p_personal_accomplishment_score, 2)
  ));
end
$$;

comment on function public.submit_burnout_assessment(numeric, numeric, numeric) is
'Keeps the results of the three Maslach subscales as the caller''s assessment of today (the organization''s day); again
on the same day replaces it. The items themselves are their publisher''s, and are not kept.
p_emotional_exhaustion_score, p_depersonalization_score: 0 to 100, percent of the highest raw sum.
p_personal_accomplishment_score: the same; higher is better.
Returns the assessment, with composite score and risk level by this project''s own rule (docs/resilience/risk.md).
Errors: feature_disabled, permission_denied, consent_required, invalid_input, not_found.
Idempotent: yes.';

create function app.find_instrument(p_code text) returns uuid
language plpgsql stable
set search_path = ''
as $$
declare
  v_id uuid;
begin
  select instruments.id into v_id from public.instruments where instruments.code = p_code and instruments.is_active;
  if v_id is null then
    perform app.raise_error('not_found', 'There is no such instrument in use.');
  end if;
  return v_id;
end
$$;

comment on function app.find_instrument(text) is 'The version of an instrument that is in use; ends the request if none is.';

revoke all on function app.find_instrument(text) from public;
revoke all on function public.submit_burnout_assessment(numeric, numeric, numeric)
from public, anon, authenticated, service_role;
grant execute on function app.find_instrument(text) to authenticated;
grant execute on function public.submit_burnout_assessment(numeric, numeric, numeric) to authenticated;
