-- What the settings panel of an organization switches. It says what the organization wants and nothing more, so that
-- being an administrator never opens what the licence or the rollout does not.
create function public.set_my_organization_feature(p_feature_key text, p_is_wanted boolean) returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  v_feature record;
begin
  perform app.require_role('org_owner', 'admin');
  perform app.check_input('p_is_wanted', p_is_wanted is not null, 'Say whether you want the feature.');
  select features.* into v_feature
  from app.organization_features(app.current_org()) as features
  where features.feature_key = p_feature_key;
  if not found then
    perform app.raise_error('not_found', 'There is no such feature.');
  end if;
  if p_is_wanted and not v_feature.is_available then
    perform app.raise_error(
      'feature_disabled', 'This feature is not available to your organization.',
      jsonb_build_object('feature', p_feature_key),
      'Your licence does not include it, or it has not been rolled out to you yet.'
    );
  end if;

  if p_is_wanted <> v_feature.is_wanted then
    insert into public.organization_feature_flags as special (feature_key, is_wanted)
    values (p_feature_key, p_is_wanted)
    on conflict (org_id, feature_key) do update set is_wanted = excluded.is_wanted;
  end if;
  return public.is_feature_enabled(p_feature_key);
end
$$;

comment on function public.set_my_organization_feature(text, boolean) is
'Switches a feature off for the active organization, or on again. For owners and administrators.
p_feature_key: one of get_my_features().
p_is_wanted: false switches off; true takes that back, if the feature is available to the organization.
Returns whether it is on now: false, too, where the organization is standalone and the feature is about patients.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, invalid_input, not_found,
feature_disabled.
Idempotent: yes.';

revoke all on function public.set_my_organization_feature(text, boolean)
from public, anon, authenticated, service_role;
grant execute on function public.set_my_organization_feature(text, boolean) to authenticated;
