create function public.record_assessment(
  p_resident_id uuid,
  p_instrument_code text,
  p_answers jsonb default null,
  p_scores jsonb default null,
  p_assessed_at timestamptz default null,
  p_note text default null,
  p_corrects_id uuid default null
) returns public.assessments
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_carer();
  perform app.check_input('p_instrument_code', p_instrument_code is not null, 'Say which instrument.');
  perform app.check_input(
    'p_assessed_at', coalesce(p_assessed_at <= app.clock() + interval '5 minutes', true),
    'An assessment is of what has been seen.'
  );
  perform app.check_input(
    'p_note', coalesce(length(p_note) between 1 and 2000, true), 'A note has 1 to 2000 characters.'
  );
  return app.keep_assessed(
    p_resident_id, p_instrument_code, p_answers, p_scores, p_assessed_at, p_note, p_corrects_id
  );
end
$$;

comment on function public.record_assessment(uuid, text, jsonb, jsonb, timestamptz, text, uuid) is
'Scores what was answered and measured of a resident and keeps it; by the rules of the organization the next one is
scheduled, something is to be done (assessment_follow_ups), a nurse or manager is told. For those who give care at the
resident''s site. Answers and note are stored sealed.
p_instrument_code: one of list_instruments() that is about patients.
p_answers: [{"link_id": "pulse", "value": 71}, {"link_id": "consciousness", "code": "alert"}, …], one for each item of
get_questionnaire(). NEWS2: spo2_scale may be left out and is then that of the last time; changing it is for nurses and
clinicians.
p_scores: {"overall_risk": 1}, for an instrument without items.
p_assessed_at: when the resident was looked at; now, or when the corrected one was, when null.
p_note: what else was seen, 1 to 2000 characters. p_corrects_id: the assessment that this one replaces.
Returns the assessment; total, band and severity are in clear.
Errors: feature_disabled, permission_denied, not_found, invalid_input (details name the link_id), conflict (corrected
before).';

revoke all on function public.record_assessment(uuid, text, jsonb, jsonb, timestamptz, text, uuid)
from public, anon, authenticated, service_role;
grant execute on function public.record_assessment(uuid, text, jsonb, jsonb, timestamptz, text, uuid) to authenticated;
