create function app.has_care_homes(p_org_id uuid) returns boolean
language sql stable
set search_path = ''
as $$
  select exists (
    select from app.organization_features(p_org_id) as features
    where features.feature_key = 'care_homes' and features.is_enabled
  )
$$;

comment on function app.has_care_homes(uuid) is 'Whether an organization uses the room care, for jobs.';

revoke all on function app.has_care_homes(uuid) from public;
