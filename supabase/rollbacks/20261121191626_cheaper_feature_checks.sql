-- Undoes cheaper_feature_checks: written by `carebase db diff`.

set local lock_timeout = '30s';

set local check_function_bodies = off;

CREATE OR REPLACE FUNCTION app.organization_features(p_org_id uuid, p_feature_key text DEFAULT NULL::text)
 RETURNS TABLE(feature_key text, feature_name text, is_available boolean, is_wanted boolean, is_enabled boolean)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
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
$function$;

DROP FUNCTION "app"."has_feature"(text);

DROP FUNCTION "app"."organization_features"(uuid);

DROP FUNCTION "app"."rollout_place"(uuid, text);

CREATE OR REPLACE FUNCTION app.override_feature(p_org_id uuid, p_feature_key text, p_is_enabled boolean, p_reason text)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if not exists (select from app.organization_features(p_org_id, coalesce(p_feature_key, ''))) then
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
    select features.is_enabled from app.organization_features(p_org_id, p_feature_key) as features
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.require_feature(p_feature_key text)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_member();
  if not public.is_feature_enabled(require_feature.p_feature_key) then
    perform app.raise_error(
      'feature_disabled', 'This feature is not switched on for your organization.',
      jsonb_build_object('feature', require_feature.p_feature_key)
    );
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.require_member()
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  if auth.uid() is null then
    perform app.raise_error('not_authenticated', 'Sign in first.');
  end if;
  if app.current_org() is null then
    perform app.raise_error(
      'permission_denied', 'You have no valid role in the active organization.',
      p_hint => 'Switch to another organization, or ask an administrator of this one for a role.'
    );
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.rollout_place(p_org_id uuid, p_feature_key text)
 RETURNS integer
 LANGUAGE plpgsql
 IMMUTABLE STRICT
 SET search_path TO ''
AS $function$
begin
  return ('x' || left(encode(sha256(convert_to(p_feature_key || ':' || p_org_id, 'UTF8')), 'hex'), 8))::bit(32)::bigint
    % 100;
end
$function$;

CREATE OR REPLACE FUNCTION public.is_feature_enabled(p_feature_key text)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  return app.reachable_org() is not null and exists (
    select
    from app.organization_features(app.reachable_org(), coalesce(is_feature_enabled.p_feature_key, '')) as features
    where features.is_enabled
  );
end
$function$;

CREATE OR REPLACE FUNCTION public.set_my_organization_feature(p_feature_key text, p_is_wanted boolean)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_feature record;
begin
  perform app.require_role('org_owner', 'admin');
  perform app.check_input('p_is_wanted', p_is_wanted is not null, 'Say whether you want the feature.');
  select features.* into v_feature
  from app.organization_features(app.current_org(), coalesce(p_feature_key, '')) as features;
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
$function$;

COMMENT ON FUNCTION "app"."organization_features"(uuid, text) IS 'The features of an organization, or one of them: available to it, wanted by it, on.';
COMMENT ON FUNCTION "app"."rollout_place"(uuid, text) IS 'A number from 0 to 99; the feature has reached the organization when it is below rollout_percent.';

revoke all on function app.organization_features(uuid,text) from public, anon, authenticated, service_role;
grant all on function app.organization_features(uuid,text) to authenticated, service_role;

revoke all on function app.rollout_place(uuid,text) from public, anon, authenticated, service_role;
grant all on function app.rollout_place(uuid,text) to authenticated, service_role;
