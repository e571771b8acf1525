create function public.complete_assessment_follow_up(p_id uuid) returns public.assessment_follow_ups
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_carer();
  return app.end_assessment_follow_up(p_id);
end
$$;

comment on function public.complete_assessment_follow_up(uuid) is
'Says that what an assessment asked for was done. For members of staff who give care at the resident''s site; again by
the same person it stays as it was. What was seen and done is a note or another assessment.
p_id: the follow-up.
Returns it.
Errors: feature_disabled, permission_denied, not_found, conflict (done by another, or the assessment was corrected).
Idempotent: yes.';

revoke all on function public.complete_assessment_follow_up(uuid) from public, anon, authenticated, service_role;
grant execute on function public.complete_assessment_follow_up(uuid) to authenticated;
