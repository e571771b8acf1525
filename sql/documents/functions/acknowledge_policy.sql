create function public.acknowledge_policy(p_policy_id uuid) returns timestamptz
language plpgsql volatile
set search_path = ''
as $$
declare
  v_acknowledged_at timestamptz;
begin
  perform app.require_feature('documents');
  perform app.require_person();
  perform app.check_input('p_policy_id', p_policy_id is not null, 'Say which policy.');
  if not exists (
    select from public.policy_documents as policies
    where policies.org_id = (select app.current_org()) and policies.id = p_policy_id
  ) then
    perform app.raise_error('not_found', 'There is no such policy.');
  end if;
  insert into public.policy_acknowledgements (policy_id) values (p_policy_id)
  on conflict (org_id, policy_id, user_id) do nothing;
  select said.acknowledged_at into v_acknowledged_at
  from public.policy_acknowledgements as said
  where
    said.org_id = (select app.current_org()) and said.policy_id = p_policy_id and said.user_id = (select app.my_id());
  return v_acknowledged_at;
end
$$;

comment on function public.acknowledge_policy(uuid) is
'The caller says that they have read this version of a policy; when they first did.
p_policy_id: the version (policy_documents.id).
Idempotent: yes.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

revoke all on function public.acknowledge_policy(uuid) from public, anon, authenticated, service_role;
grant execute on function public.acknowledge_policy(uuid) to authenticated;
