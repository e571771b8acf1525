-- Which features an organization has. One decision, in this order, and anything missing (flag, organization) is off:
-- 1. The platform's override for this organization, if there is one, says whether it is available.
-- 2. Else it is available if it is switched on globally, the licence includes it (the tiers are ordered: each includes
--    those before it), and the organization's place in the rollout is below rollout_percent.
-- 3. What is available is on, unless the organization has switched it off itself, or is standalone and the feature is
--    about patients.
-- As the caller, under row-level security: of another organization it says nothing. PL/pgSQL for its kept plan, since
-- every RPC of a flagged room asks.
create function app.organization_features(p_org_id uuid, p_feature_key text default null) returns table (
  feature_key text,
  feature_name text,
  is_available boolean,
  is_wanted boolean,
  is_enabled boolean
)
language plpgsql stable
set search_path = ''
as $$
begin
  return query
  select
    decided.feature_key, decided.feature_name, decided.is_available, decided.is_wanted,
    decided.is_available and decided.is_wanted and not decided.is_hidden
  from (
    select
      flags.feature_key,
      flags.feature_name,
      coalesce(
        special.is_enabled,
        flags.is_enabled_globally
        and flags.required_license_tier <= organizations.license_tier
        and app.rollout_place(organizations.id, flags.feature_key) < flags.rollout_percent
      ) as is_available,
      coalesce(special.is_wanted, true) as is_wanted,
      flags.is_hidden_when_standalone and app.is_standalone(organizations.settings) as is_hidden
    from public.nurseos_feature_flags as flags
    inner join public.organizations on organizations.id = p_org_id
    left join public.organization_feature_flags as special
      on special.org_id = organizations.id and special.feature_key = flags.feature_key
    where p_feature_key is null or flags.feature_key = p_feature_key
  ) as decided;
end
$$;

comment on function app.organization_features(uuid, text) is
'The features of an organization, or one of them: available to it, wanted by it, on.';

-- Where an organization stands in the rollout of a feature: the same place for ever, on every engine and version, and
-- another one for every feature, so that not always the same organizations come first. A larger percentage keeps
-- everybody who was below the smaller one.
create function app.rollout_place(p_org_id uuid, p_feature_key text) returns integer
language plpgsql immutable strict
set search_path = ''
as $$
begin
  return ('x' || left(encode(sha256(convert_to(p_feature_key || ':' || p_org_id, 'UTF8')), 'hex'), 8))::bit(32)::bigint
    % 100;
end
$$;

comment on function app.rollout_place(uuid, text) is
'A number from 0 to 99; the feature has reached the organization when it is below rollout_percent.';

revoke all on function app.organization_features(uuid, text) from public;
revoke all on function app.rollout_place(uuid, text) from public;
grant execute on function app.organization_features(uuid, text) to authenticated, service_role;
grant execute on function app.rollout_place(uuid, text) to authenticated, service_role;
