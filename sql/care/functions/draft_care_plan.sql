create function public.draft_care_plan(p_care_plan_id uuid)
returns public.care_plan_versions
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('manager', 'care_manager', 'nurse', 'clinician');
  perform app.check_input('p_care_plan_id', p_care_plan_id is not null, 'Say which care plan.');
  return app.draft_care_plan(p_care_plan_id);
end
$$;

comment on function public.draft_care_plan(uuid) is
'The draft of the next version of a care plan: the one that is being written, else a new one that says what the active
version says. For managers, care managers, nurses and clinicians of the site; making one opens the active version and
leaves an access event.
p_care_plan_id: the plan; conflict once it has ended.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.
Idempotent: yes.';

revoke all on function public.draft_care_plan(uuid) from public, anon, authenticated, service_role;
grant execute on function public.draft_care_plan(uuid) to authenticated;
