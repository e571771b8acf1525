-- Undoes sites_read_once: written by `carebase db diff`.

set local lock_timeout = '30s';

set local check_function_bodies = off;

CREATE OR REPLACE FUNCTION app.my_named_sites(VARIADIC p_roles public.app_role[])
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  return case when app.org_throughout(variadic p_roles) is null then app.my_sites(variadic p_roles) else '{}' end;
end
$function$;

CREATE OR REPLACE FUNCTION app.my_sites(VARIADIC p_roles public.app_role[])
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_role_sites jsonb;
  v_role public.app_role;
  v_sites uuid[] := '{}';
begin
  perform app.current_org();
  v_role_sites := coalesce(nullif(current_setting('carebase.role_sites', true), ''), '{}')::jsonb;
  foreach v_role in array p_roles loop
    if v_role_sites -> v_role::text = 'null'::jsonb then
      return app.organization_sites();
    end if;
    v_sites := v_sites || array(
      select site.id::uuid from jsonb_array_elements_text(v_role_sites -> v_role::text) as site (id)
    );
  end loop;
  return v_sites;
end
$function$;
