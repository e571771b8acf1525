create function public.end_care_plan(p_care_plan_id uuid)
returns public.care_plans
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('manager', 'care_manager', 'nurse', 'clinician');
  perform app.check_input('p_care_plan_id', p_care_plan_id is not null, 'Say which care plan.');
  return app.end_care_plan(p_care_plan_id);
end
$$;

comment on function public.end_care_plan(uuid) is
'Ends a care plan that is no longer needed: its versions are closed, its tasks end, what of them is ahead and its review
are cancelled. For managers, care managers, nurses and clinicians of the site.
p_care_plan_id: the plan; conflict once it has ended.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

revoke all on function public.end_care_plan(uuid) from public, anon, authenticated, service_role;
grant execute on function public.end_care_plan(uuid) to authenticated;
