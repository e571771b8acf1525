create function public.discard_care_plan_draft(p_version_id uuid)
returns public.care_plan_versions
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('manager', 'care_manager', 'nurse', 'clinician');
  perform app.check_input('p_version_id', p_version_id is not null, 'Say which draft.');
  return app.discard_care_plan_draft(p_version_id);
end
$$;

comment on function public.discard_care_plan_draft(uuid) is
'Gives a draft up; care goes on by the version that is active. For managers, care managers, nurses and clinicians of the
site.
p_version_id: the draft; conflict once it is published or discarded.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

revoke all on function public.discard_care_plan_draft(uuid) from public, anon, authenticated, service_role;
grant execute on function public.discard_care_plan_draft(uuid) to authenticated;
