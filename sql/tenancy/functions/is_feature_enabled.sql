-- The organization's own override decides; without one, the global switch and the licence must both allow it.
-- Anything missing (flag, organization, sign-in) is off: a feature never appears by accident.
create function public.is_feature_enabled(p_feature_key text) returns boolean
language sql stable
set search_path = ''
as $$
  select app.reachable_org() is not null and coalesce(
    (
      select coalesce(
        overrides.is_enabled,
        flags.is_enabled_globally and flags.required_license_tier <= organizations.license_tier
      )
      from public.nurseos_feature_flags as flags
      inner join public.organizations on organizations.id = (select app.reachable_org())
      left join public.organization_feature_flags as overrides
        on overrides.org_id = organizations.id and overrides.feature_key = flags.feature_key
      where flags.feature_key = is_feature_enabled.p_feature_key
    ),
    false
  )
$$;

comment on function public.is_feature_enabled(text) is
'Whether a feature is on for the caller''s active organization; false for anything unknown.';

revoke all on function public.is_feature_enabled(text) from public, anon, authenticated, service_role;
grant execute on function public.is_feature_enabled(text) to authenticated, service_role;
