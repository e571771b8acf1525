-- SECURITY DEFINER because roles and acknowledgements are their people's own. It asks for a role, stays in the active
-- organization, and shows a manager the people of their sites only.
create function app.policy_readers(p_policy_id uuid, p_site_id uuid, p_limit integer, p_after uuid)
returns table (user_id uuid, acknowledged_at timestamptz)
language plpgsql stable
security definer
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  v_org_id uuid;
  v_sites uuid[];
  v_roles public.app_role[];
begin
  perform app.require_feature('documents');
  perform app.require_role('org_owner', 'compliance_lead', 'manager');
  v_org_id := app.current_org();
  v_sites := case when not app.has_role('org_owner', 'compliance_lead') then app.my_sites('manager') end;
  select policies.roles into v_roles
  from public.policy_documents as policies
  where policies.org_id = v_org_id and policies.id = p_policy_id and policies.deleted_at is null;
  if not found then
    perform app.raise_error('not_found', 'There is no such policy.');
  end if;
  return query
  select people.user_id, said.acknowledged_at
  from (
    select distinct posts.user_id
    from app.staff_posts(v_org_id, app.today(), null, case when p_site_id is null then v_sites else array[p_site_id] end) as posts
    where
      (v_roles is null or posts.role = any(v_roles))
      and (p_site_id is null or posts.site_id = p_site_id)
      and (v_sites is null or posts.site_id = any(v_sites))
      and (p_after is null or posts.user_id > p_after)
    order by posts.user_id
    limit p_limit
  ) as people
  left join public.policy_acknowledgements as said
    on said.org_id = v_org_id and said.policy_id = p_policy_id and said.user_id = people.user_id
  order by people.user_id;
end
$$;

comment on function app.policy_readers(uuid, uuid, integer, uuid) is
'Who is to read a policy, and when they said that they have; behind public.list_policy_readers.';

create function public.list_policy_readers(
  p_policy_id uuid, p_site_id uuid default null, p_limit integer default 100, p_after uuid default null
)
returns table (user_id uuid, acknowledged_at timestamptz)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('documents');
  perform app.check_input('p_policy_id', p_policy_id is not null, 'Say which policy.');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  return query select readers.* from app.policy_readers(p_policy_id, p_site_id, p_limit, p_after) as readers;
end
$$;

comment on function public.list_policy_readers(uuid, uuid, integer, uuid) is
'Who is to read this version of a policy, and when they acknowledged it; null: not yet. Owners and compliance leads see
everybody, managers who works at their sites.
p_policy_id: the version. p_site_id: only who works there; null: wherever.
p_limit: at most so many, 1 to 500. p_after: the last person (user_id) of the page before.
Never null: user_id.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

revoke all on function app.policy_readers(uuid, uuid, integer, uuid) from public;
grant execute on function app.policy_readers(uuid, uuid, integer, uuid) to authenticated;
revoke all on function public.list_policy_readers(uuid, uuid, integer, uuid)
from public, anon, authenticated, service_role;
grant execute on function public.list_policy_readers(uuid, uuid, integer, uuid) to authenticated;
