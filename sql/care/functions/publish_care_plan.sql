create function public.publish_care_plan(p_version_id uuid, p_version integer)
returns public.care_plan_versions
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('manager', 'care_manager', 'nurse', 'clinician');
  perform app.check_input('p_version_id', p_version_id is not null, 'Say which draft.');
  perform app.check_input('p_version', p_version is not null, 'Say which version of the draft you read.');
  return app.publish_care_plan(p_version_id, p_version);
end
$$;

comment on function public.publish_care_plan(uuid, integer) is
'Publishes a draft: from then on care follows it, and the version before is superseded in the same moment. Its review is
scheduled. What was published never changes. For managers, care managers, nurses and clinicians of the site who are
members of staff.
p_version_id: the draft; conflict once it is published or discarded, or while a part of it is empty.
p_version: the version of the row as you read it; conflict if somebody changed the draft since.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

revoke all on function public.publish_care_plan(uuid, integer) from public, anon, authenticated, service_role;
grant execute on function public.publish_care_plan(uuid, integer) to authenticated;
