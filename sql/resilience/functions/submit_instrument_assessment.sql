create function public.submit_instrument_assessment(p_instrument_code text, p_answers jsonb)
returns public.provider_burnout_assessments
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_participation();
  perform app.check_input('p_instrument_code', p_instrument_code is not null, 'Say which instrument.');
  perform app.check_input('p_answers', p_answers is not null, 'Say what you answer.');
  return app.keep_assessment(app.find_instrument(p_instrument_code), p_answers, null);
end
$$;

comment on function public.submit_instrument_assessment(text, jsonb) is
'Scores the answers to an instrument and keeps them as the caller''s assessment of today (the organization''s day); again
on the same day replaces it. The answers are stored sealed.
p_instrument_code: one of list_instruments() that has items; the version in use is answered.
p_answers: [{"link_id": "p1", "code": "often"}, …], one for each item of get_questionnaire().
Returns the assessment. Scores by scale are in provider_assessment_scores.
Errors: feature_disabled, permission_denied, consent_required, not_found, invalid_input (details name the link_id of an
item that is missing, unknown, answered twice or answered with something else).
Idempotent: yes.';

revoke all on function public.submit_instrument_assessment(text, jsonb) from public, anon, authenticated, service_role;
grant execute on function public.submit_instrument_assessment(text, jsonb) to authenticated;
