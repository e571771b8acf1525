-- Where an organization stands in the rollout of a feature: the same place for ever, on every engine and version, and
-- another one for every feature, so that not always the same organizations come first. A larger percentage keeps
-- everybody who was below the smaller one.
create function app.rollout_place(p_org_id uuid, p_feature_key text) returns integer
language sql immutable strict
return (
  'x' || left(encode(sha256(convert_to(p_feature_key || ':' || p_org_id, 'UTF8')), 'hex'), 8)
)::bit(32)::bigint % 100;

comment on function app.rollout_place(uuid, text) is
'A number from 0 to 99; the feature has reached the organization when it is below rollout_percent.';

-- Which features an organization has. One decision, in this order, and anything missing (flag, organization) is off:
-- 1. The platform's override for this organization, if there is one, says whether it is available.
-- 2. Else it is available if it is switched on globally, the licence includes it (the tiers are ordered: each includes
--    those before it), and the organization's place in the rollout is below rollout_percent.
-- 3. What is available is on, unless the organization has switched it off itself, or is standalone and the feature is
--    about patients.
-- It asks as whoever calls it: a caller of the API learns nothing of another organization, since row-level security
-- holds; app.has_feature() asks past it, about the caller's own. SQL that is bound when it is made, so that the planner
-- puts it in the place of the call, and who asks for one feature finds it by its key.
create function app.organization_features(p_org_id uuid) returns table (
  feature_key text,
  feature_name text,
  is_available boolean,
  is_wanted boolean,
  is_enabled boolean
)
language sql stable
begin atomic
  select
    decided.feature_key,
    decided.feature_name,
    decided.is_available,
    decided.is_wanted,
    decided.is_available and decided.is_wanted and not decided.is_hidden as is_enabled
  from (
    select
      flags.feature_key,
      flags.feature_name,
      coalesce(
        special.is_enabled,
        flags.is_enabled_globally
        and flags.required_license_tier <= organization.license_tier
        and app.rollout_place(organization.id, flags.feature_key) < flags.rollout_percent
      ) as is_available,
      coalesce(special.is_wanted, true) as is_wanted,
      flags.is_hidden_when_standalone and app.is_standalone(organization.settings) as is_hidden
    from public.nurseos_feature_flags as flags
    cross join (
      select
        id,
        license_tier,
        settings
      from public.organizations
      where id = p_org_id
    ) as organization
    left join public.organization_feature_flags as special
      on organization.id = special.org_id and flags.feature_key = special.feature_key
  ) as decided;
end;

comment on function app.organization_features(uuid) is
'The features of an organization: available to it, wanted by it, on.';

revoke all on function app.organization_features(uuid) from public;
revoke all on function app.rollout_place(uuid, text) from public;
grant execute on function app.organization_features(uuid) to authenticated, service_role;
grant execute on function app.rollout_place(uuid, text) to authenticated, service_role;
