create function public.archive_policy(p_policy_id uuid) returns timestamptz
language plpgsql volatile
set search_path = ''
as $$
declare
  v_archived_at timestamptz;
begin
  perform app.require_feature('documents');
  perform app.require_role('org_owner', 'compliance_lead');
  perform app.check_input('p_policy_id', p_policy_id is not null, 'Say which policy.');
  update public.policy_documents as policies
  set archived_at = coalesce(policies.archived_at, app.clock())
  where policies.org_id = (select app.current_org()) and policies.id = p_policy_id
  returning policies.archived_at into v_archived_at;
  if v_archived_at is null then
    perform app.raise_error('not_found', 'There is no such policy.');
  end if;
  return v_archived_at;
end
$$;

comment on function public.archive_policy(uuid) is
'Takes a version of a policy out of force; when it was. Nobody is to read it any more, everybody still can. Where it was
the newest, no version is in force.
p_policy_id: the version.
Idempotent: yes.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

revoke all on function public.archive_policy(uuid) from public, anon, authenticated, service_role;
grant execute on function public.archive_policy(uuid) to authenticated;
