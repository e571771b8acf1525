create function public.list_outstanding_policies(p_limit integer default 50)
returns table (
  policy_id uuid, code text, version_no integer, title text, summary text, bucket_id public.storage_bucket,
  object_path text, due_on date
)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('documents');
  perform app.require_person();
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  return query
  select
    policies.id, policies.code, policies.version_no, policies.title, policies.summary,
    'policy-files'::public.storage_bucket, policies.org_id::text || '/' || policies.file_id::text,
    policies.effective_on + policies.read_within_days
  from public.policy_documents as policies
  where
    policies.org_id = (select app.current_org())
    and policies.id = any(app.policies_in_force(policies.org_id, app.today()))
    and policies.read_within_days is not null
    and (policies.roles is null or policies.roles && (select app.my_roles()))
    and not exists (
      select from public.policy_acknowledgements as said
      where
        said.org_id = policies.org_id and said.policy_id = policies.id and said.user_id = (select app.my_id())
    )
  order by policies.effective_on + policies.read_within_days, policies.id
  limit p_limit;
end
$$;

comment on function public.list_outstanding_policies(integer) is
'The policies in force that the caller is to read and has not acknowledged, those first that are due first.
p_limit: at most so many, 1 to 500.
Never null: policy_id, code, version_no, title, bucket_id, object_path, due_on.
Errors: feature_disabled, permission_denied, invalid_input.';

-- In force: of each code the newest version whose day has come, unless it was taken out of force.
create function app.policies_in_force(p_org_id uuid, p_on date) returns uuid[]
language sql stable
set search_path = ''
as $$
  select coalesce(array_agg(newest.id), '{}')
  from (
    select distinct on (policies.code) policies.id, policies.archived_at
    from public.policy_documents as policies
    where policies.org_id = p_org_id and policies.effective_on <= p_on and policies.deleted_at is null
    order by policies.code, policies.version_no desc
  ) as newest
  where newest.archived_at is null
$$;

comment on function app.policies_in_force(uuid, date) is 'The versions of policies that are in force on a day.';

revoke all on function app.policies_in_force(uuid, date) from public;
grant execute on function app.policies_in_force(uuid, date) to authenticated;
revoke all on function public.list_outstanding_policies(integer) from public, anon, authenticated, service_role;
grant execute on function public.list_outstanding_policies(integer) to authenticated;
