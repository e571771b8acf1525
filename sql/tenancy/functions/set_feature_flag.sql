create function public.set_feature_flag(
  p_feature_key text,
  p_is_enabled_globally boolean default null,
  p_rollout_percent integer default null,
  p_required_license_tier public.license_tier default null
) returns public.nurseos_feature_flags
language plpgsql volatile
set search_path = ''
as $$
declare
  v_flag public.nurseos_feature_flags;
begin
  perform app.require_role('super_admin');
  perform app.check_input(
    'p_rollout_percent', p_rollout_percent is null or p_rollout_percent between 0 and 100,
    'The rollout is a number from 0 to 100.'
  );
  update public.nurseos_feature_flags as flags
  set
    is_enabled_globally = coalesce(p_is_enabled_globally, flags.is_enabled_globally),
    rollout_percent = coalesce(p_rollout_percent, flags.rollout_percent),
    required_license_tier = coalesce(p_required_license_tier, flags.required_license_tier)
  where flags.feature_key = p_feature_key
  returning flags.* into v_flag;
  if not found then
    perform app.raise_error('not_found', 'There is no such feature.');
  end if;
  return v_flag;
end
$$;

comment on function public.set_feature_flag(text, boolean, integer, public.license_tier) is
'Switches a feature for every organization; it acts on their next request. For super_admin. What is left out stays.
p_feature_key: the feature.
p_is_enabled_globally: on for those whose licence includes it and whom the rollout has reached.
p_rollout_percent: 0 to 100 percent of the organizations; always the same ones first, so 10, then 50, then 100 takes it
from nobody.
p_required_license_tier: the lowest tier that includes it.
Returns the flag. Errors: not_authenticated, session_expired, mfa_required, permission_denied, invalid_input, not_found.
Idempotent: yes.';

revoke all on function public.set_feature_flag(text, boolean, integer, public.license_tier)
from public, anon, authenticated, service_role;
grant execute on function public.set_feature_flag(text, boolean, integer, public.license_tier) to authenticated;
