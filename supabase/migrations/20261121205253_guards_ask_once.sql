-- guards_ask_once: written by `carebase db diff`. Never edited once it is applied anywhere.

set local lock_timeout = '30s';

set local check_function_bodies = off;

CREATE OR REPLACE FUNCTION app.require_feature(p_feature_key text)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  if not app.has_feature(require_feature.p_feature_key) then
    perform app.require_member();
    perform app.raise_error(
      'feature_disabled', 'This feature is not switched on for your organization.',
      jsonb_build_object('feature', require_feature.p_feature_key)
    );
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.require_role(VARIADIC p_roles public.app_role[])
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  -- Whoever holds a role is signed in and a member; the others are told what they lack first.
  if not app.has_role(variadic require_role.p_roles) then
    perform app.require_member();
    perform app.raise_error(
      'permission_denied', 'Your role does not allow this.',
      jsonb_build_object('roles', to_jsonb(require_role.p_roles))
    );
  end if;
end
$function$;
