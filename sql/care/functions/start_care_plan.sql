create function public.start_care_plan(
  p_resident_id uuid,
  p_plan_type public.care_plan_type,
  p_risk_level public.care_plan_risk_level,
  p_content jsonb default '{}'
)
returns public.care_plan_versions
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('manager', 'care_manager', 'nurse', 'clinician');
  perform app.check_input('p_resident_id', p_resident_id is not null, 'Say whose plan it is.');
  perform app.check_input('p_plan_type', p_plan_type is not null, 'Say what the plan is about.');
  perform app.check_input('p_risk_level', p_risk_level is not null, 'Say how much can go wrong.');
  perform app.check_input(
    'p_content', jsonb_typeof(p_content) = 'object',
    'Send an object of needs, goals and interventions.'
  );
  return app.start_care_plan(p_resident_id, p_plan_type, p_risk_level, p_content);
end
$$;

comment on function public.start_care_plan(uuid, public.care_plan_type, public.care_plan_risk_level, jsonb) is
'Begins a care plan of a resident; the draft of its first version. For managers, care managers, nurses and clinicians of
the site.
p_resident_id: the resident; not_found where they do not live at a site of the caller.
p_plan_type: what it is about; conflict where the resident has a plan of this type that has not ended.
p_risk_level: says how soon it is reviewed.
p_content: an object of needs, goals and interventions, each a text of at most 10,000 characters; what is not there is
empty. PHI.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

revoke all on function public.start_care_plan(
  uuid, public.care_plan_type, public.care_plan_risk_level, jsonb
) from public, anon, authenticated, service_role;
grant execute on function public.start_care_plan(
  uuid, public.care_plan_type, public.care_plan_risk_level, jsonb
) to authenticated;
