create function public.submit_questionnaire_response(p_response jsonb) returns public.provider_burnout_assessments
language plpgsql volatile
set search_path = ''
as $$
declare
  v_instrument_id uuid;
  v_me text;
begin
  perform app.require_feature('resilience_hub');
  perform app.require_participation();
  v_instrument_id := app.find_questionnaire(p_response);
  v_me := 'Practitioner/' || app.my_practitioner();
  perform app.check_input(
    'p_response',
    coalesce(p_response -> 'subject' ->> 'reference', v_me) is not distinct from v_me
    and coalesce(p_response -> 'author' ->> 'reference', v_me) is not distinct from v_me,
    'A response is by yourself and about yourself.'
  );
  return app.keep_assessment(
    v_instrument_id,
    case when p_response ? 'item' then app.response_answers(p_response) end,
    case when not p_response ? 'item' then app.response_scores(p_response) end
  );
end
$$;

comment on function public.submit_questionnaire_response(jsonb) is
'submit_instrument_assessment() for a FHIR R4 QuestionnaireResponse.
p_response: a completed one to a Questionnaire of get_questionnaire(), named with or without its version; each item with
one valueCoding. For an instrument without items the scores of its scales, in extensions as
get_questionnaire_response() gives them. Subject and author are the caller or left out. It is filed under today,
whatever it says of when, and scored anew, whatever it says of scores.
Returns the assessment.
Errors: feature_disabled, permission_denied, consent_required, not_found, invalid_input.
Idempotent: yes.';

revoke all on function public.submit_questionnaire_response(jsonb) from public, anon, authenticated, service_role;
grant execute on function public.submit_questionnaire_response(jsonb) to authenticated;
