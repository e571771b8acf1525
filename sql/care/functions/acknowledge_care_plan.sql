create function public.acknowledge_care_plan(p_version_id uuid)
returns public.care_plan_acknowledgements
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('manager', 'care_manager', 'nurse', 'clinician', 'carer');
  perform app.check_input('p_version_id', p_version_id is not null, 'Say which version you read.');
  return app.acknowledge_care_plan(p_version_id);
end
$$;

comment on function public.acknowledge_care_plan(uuid) is
'The caller read this version of a care plan and will work by it. Once for each person and version. For who gives care at
the site and is a member of staff.
p_version_id: the version; conflict unless it is active.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.
Idempotent: yes.';

revoke all on function public.acknowledge_care_plan(uuid) from public, anon, authenticated, service_role;
grant execute on function public.acknowledge_care_plan(uuid) to authenticated;
