create function public.get_questionnaire_response(
  p_assessment_id uuid, p_purpose public.access_purpose default 'patient_request'
) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_found public.provider_burnout_assessments;
  v_answers jsonb;
  v_scores jsonb;
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_assessment_id', p_assessment_id is not null, 'Say which assessment.');
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what you open it for.');

  select * into v_found
  from public.provider_burnout_assessments as assessments
  where assessments.org_id = (select app.current_org()) and assessments.id = p_assessment_id;
  if not found then
    perform app.raise_error('not_found', 'You have no such assessment.');
  end if;
  select opened.answers into v_answers
  from app.open_provider_burnout_assessments(array[p_assessment_id], p_purpose) as opened;
  select jsonb_agg(jsonb_build_object('scale', scores.scale_code, 'score', scores.score, 'band', scores.band))
  into v_scores
  from public.provider_assessment_scores as scores
  where scores.org_id = v_found.org_id and scores.assessment_id = v_found.id;

  return app.questionnaire_response(v_found.instrument_id, v_answers, v_scores) || jsonb_build_object(
    'id', v_found.id,
    'authored', v_found.assessment_date,
    'subject', jsonb_build_object('reference', 'Practitioner/' || v_found.practitioner_id),
    'author', jsonb_build_object('reference', 'Practitioner/' || v_found.practitioner_id)
  );
end
$$;

comment on function public.get_questionnaire_response(uuid, public.access_purpose) is
'One of the caller''s own assessments as FHIR R4 QuestionnaireResponse, its answers opened, its scores in extensions of our
own. Each call leaves an event in the audit trail: who opened whose, and what for.
p_assessment_id: the assessment; another''s is not_found.
p_purpose: what for.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

revoke all on function public.get_questionnaire_response(uuid, public.access_purpose)
from public, anon, authenticated, service_role;
grant execute on function public.get_questionnaire_response(uuid, public.access_purpose) to authenticated;
