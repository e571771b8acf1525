-- For jobs, which have no active organization: where the hub is off nobody is offered anything, nor alerted.
create function app.is_hub_on(p_org_id uuid) returns boolean
language sql stable
set search_path = ''
as $$
  select exists (
    select from app.organization_features(p_org_id) as features
    where features.feature_key = 'resilience_hub' and features.is_enabled
  )
$$;

comment on function app.is_hub_on(uuid) is 'Whether the resilience hub is on for an organization now.';

revoke all on function app.is_hub_on(uuid) from public;
