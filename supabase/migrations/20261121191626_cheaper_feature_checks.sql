-- cheaper_feature_checks: written by `carebase db diff`. Never edited once it is applied anywhere.

set local lock_timeout = '30s';

set local check_function_bodies = off;

CREATE OR REPLACE FUNCTION app.has_feature(p_feature_key text)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id constant uuid := app.reachable_org();
begin
  return v_org_id is not null and exists (
    select
    from app.organization_features(v_org_id) as features
    where features.feature_key = has_feature.p_feature_key and features.is_enabled
  );
end
$function$;

DROP FUNCTION "app"."organization_features"(uuid, text);

DROP FUNCTION "app"."rollout_place"(uuid, text);

CREATE OR REPLACE FUNCTION app.override_feature(p_org_id uuid, p_feature_key text, p_is_enabled boolean, p_reason text)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.require_feature(p_feature_key text)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_member();
  if not app.has_feature(require_feature.p_feature_key) then
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
  -- Nobody has an organization who is not signed in.
  if app.current_org() is null then
    if auth.uid() is null then
      perform app.raise_error('not_authenticated', 'Sign in first.');
    end if;
    perform app.raise_error(
      'permission_denied', 'You have no valid role in the active organization.',
      p_hint => 'Switch to another organization, or ask an administrator of this one for a role.'
    );
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.rollout_place(p_org_id uuid, p_feature_key text)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE STRICT
RETURN (((('x'::text || "left"(encode(sha256(convert_to(((p_feature_key || ':'::text) || p_org_id), 'UTF8'::name)), 'hex'::text), 8)))::bit(32))::bigint % (100)::bigint);

CREATE OR REPLACE FUNCTION app.organization_features(p_org_id uuid)
 RETURNS TABLE(feature_key text, feature_name text, is_available boolean, is_wanted boolean, is_enabled boolean)
 LANGUAGE sql
 STABLE
BEGIN ATOMIC
 SELECT decided.feature_key,
     decided.feature_name,
     decided.is_available,
     decided.is_wanted,
     (decided.is_available AND decided.is_wanted AND (NOT decided.is_hidden)) AS is_enabled
    FROM ( SELECT flags.feature_key,
             flags.feature_name,
             COALESCE(special.is_enabled, (flags.is_enabled_globally AND (flags.required_license_tier <= organization.license_tier) AND (app.rollout_place(organization.id, flags.feature_key) < flags.rollout_percent))) AS is_available,
             COALESCE(special.is_wanted, true) AS is_wanted,
             (flags.is_hidden_when_standalone AND app.is_standalone(organization.settings)) AS is_hidden
            FROM ((public.nurseos_feature_flags flags
              CROSS JOIN ( SELECT organizations.id,
                     organizations.license_tier,
                     organizations.settings
                    FROM public.organizations
                   WHERE (organizations.id = organization_features.p_org_id)) organization)
              LEFT JOIN public.organization_feature_flags special ON (((organization.id = special.org_id) AND (flags.feature_key = special.feature_key))))) decided;
END;

CREATE OR REPLACE FUNCTION public.is_feature_enabled(p_feature_key text)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  return app.has_feature(p_feature_key);
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
$function$;

COMMENT ON FUNCTION "app"."has_feature"(text) IS 'Whether a feature is on for the caller''s active organization; false for anything unknown.';
COMMENT ON FUNCTION "app"."organization_features"(uuid) IS 'The features of an organization: available to it, wanted by it, on.';
COMMENT ON FUNCTION "app"."rollout_place"(uuid, text) IS 'A number from 0 to 99; the feature has reached the organization when it is below rollout_percent.';

revoke all on function app.has_feature(text) from public, anon, authenticated, service_role;
grant all on function app.has_feature(text) to authenticated, service_role;

revoke all on function app.organization_features(uuid) from public, anon, authenticated, service_role;
grant all on function app.organization_features(uuid) to authenticated, service_role;

revoke all on function app.rollout_place(uuid,text) from public, anon, authenticated, service_role;
grant all on function app.rollout_place(uuid,text) to authenticated, service_role;
