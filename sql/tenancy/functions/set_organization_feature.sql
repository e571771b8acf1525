-- The platform's word about one feature for one organization; for the RPC below and for `carebase flags`.
create function app.override_feature(
  p_org_id uuid, p_feature_key text, p_is_enabled boolean, p_reason text
) returns boolean
language plpgsql volatile
set search_path = ''
as $$
begin
  if not exists (
    select from app.organization_features(p_org_id) as features where features.feature_key = p_feature_key
  ) then
    return null;
  end if;

  insert into public.organization_feature_flags as special (org_id, feature_key, is_enabled, reason)
  values (p_org_id, p_feature_key, p_is_enabled, p_reason)
  on conflict (org_id, feature_key) do update set is_enabled = excluded.is_enabled, reason = excluded.reason;
  -- A row that says nothing any more would still seem to decide.
  delete from public.organization_feature_flags as special
  where
    special.org_id = p_org_id and special.feature_key = p_feature_key
    and special.is_enabled is null and special.is_wanted;

  return (
    select features.is_enabled from app.organization_features(p_org_id) as features
    where features.feature_key = p_feature_key
  );
end
$$;

comment on function app.override_feature(uuid, text, boolean, text) is
'Overrides a feature for one organization, or takes that back (null); whether it is on now, null for nothing known.';

-- SECURITY DEFINER because a super_admin reads and writes no organization's rows; this one switch, after
-- require_role('super_admin'), is the exception.
create function app.set_organization_feature(
  p_org_id uuid, p_feature_key text, p_is_enabled boolean, p_reason text
) returns boolean
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_is_enabled boolean;
begin
  perform app.require_role('super_admin');
  perform app.check_input('p_reason', coalesce(length(p_reason), 0) <= 500, 'The reason has at most 500 characters.');
  v_is_enabled := app.override_feature(p_org_id, p_feature_key, p_is_enabled, p_reason);
  if v_is_enabled is null then
    perform app.raise_error('not_found', 'There is no such organization or feature.');
  end if;
  return v_is_enabled;
end
$$;

comment on function app.set_organization_feature(uuid, text, boolean, text) is
'What public.set_organization_feature does; authorizes for itself.';

create function public.set_organization_feature(
  p_org_id uuid, p_feature_key text, p_is_enabled boolean default null, p_reason text default null
) returns boolean
language sql volatile
set search_path = ''
as $$
  select app.set_organization_feature(p_org_id, p_feature_key, p_is_enabled, p_reason)
$$;

comment on function public.set_organization_feature(uuid, text, boolean, text) is
'Overrides a feature for one organization, before global switch, licence and rollout: a beta, or a feature withheld.
It acts on the organization''s next request. For super_admin.
p_org_id: the organization.
p_feature_key: the feature.
p_is_enabled: on or off; null removes the override.
p_reason: why, for those who come later, at most 500 characters.
Returns whether it is on now: false, too, where the organization itself has switched it off.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, invalid_input, not_found.
Idempotent: yes.';

revoke all on function app.override_feature(uuid, text, boolean, text) from public;
revoke all on function app.set_organization_feature(uuid, text, boolean, text) from public;
grant execute on function app.set_organization_feature(uuid, text, boolean, text) to authenticated;
revoke all on function public.set_organization_feature(uuid, text, boolean, text)
from public, anon, authenticated, service_role;
grant execute on function public.set_organization_feature(uuid, text, boolean, text) to authenticated;
