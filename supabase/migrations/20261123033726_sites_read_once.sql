-- sites_read_once: written by `carebase db diff`. Never edited once it is applied anywhere.

set local lock_timeout = '30s';

set local check_function_bodies = off;

CREATE OR REPLACE FUNCTION app.my_named_sites(VARIADIC p_roles public.app_role[])
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_role_sites jsonb;
  v_role public.app_role;
  v_named jsonb;
  v_sites uuid[] := '{}';
begin
  perform app.current_org();
  v_role_sites := coalesce(nullif(current_setting('carebase.role_sites', true), ''), '{}')::jsonb;
  foreach v_role in array p_roles loop
    v_named := v_role_sites -> v_role::text;
    continue when v_named is null;
    if v_named = 'null'::jsonb then
      return '{}';
    end if;
    v_sites := v_sites || translate(v_named::text, '[]" ', '{}')::uuid[];
  end loop;
  return v_sites;
end
$function$;

CREATE OR REPLACE FUNCTION app.my_sites(VARIADIC p_roles public.app_role[])
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  if app.org_throughout(variadic p_roles) is not null then
    return app.organization_sites();
  end if;
  return app.my_named_sites(variadic p_roles);
end
$function$;
