-- Changes and not the whole: two administrators who change different settings do not undo each other (JSON Merge
-- Patch, RFC 7396).
create function public.update_organization_settings(p_changes jsonb) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_settings jsonb;
  v_fault record;
  v_name text;
begin
  perform app.require_role('org_owner', 'admin');
  perform app.check_input(
    'p_changes',
    jsonb_typeof(p_changes) = 'object' and app.check_json(p_changes, 16384, 2),
    'The changes are a JSON object of at most 16 KiB, at most two levels deep.'
  );

  select organizations.settings into v_settings
  from public.organizations
  where organizations.id = (select app.current_org())
  for no key update;
  v_settings := app.merge_patch(v_settings, p_changes);
  v_fault := app.setting_fault(v_settings);
  if v_fault.rule is not null then
    -- A key is repeated only where it looks like one: anything may have been pasted there.
    v_name := case when v_fault.setting ~ '^[a-z][a-z0-9_.]{0,63}$' then v_fault.setting else 'One key' end;
    perform app.raise_error(
      'invalid_input', v_name || ': ' || v_fault.rule,
      jsonb_build_object('field', 'p_changes', 'setting', v_name)
    );
  end if;

  update public.organizations
  set settings = v_settings
  where organizations.id = (select app.current_org());
  return v_settings;
end
$$;

comment on function public.update_organization_settings(jsonb) is
'Changes settings of the active organization. For owners and administrators.
p_changes: a JSON object of the settings to change; null removes one, and its default holds again. Within branding only
what is named changes. They are:
session_idle_minutes (5 to 1440; default 60) and session_hours (1 to 720; default 24): how long a session lives without
a sign of life, and at most.
mfa_roles (a list of roles; default super_admin, org_owner, admin, clinician): who needs a second factor.
standalone (true or false; default false): only what is for staff is used; features about patients are hidden.
branding: product_name (1 to 80 characters), logo_url and support_url (https), primary_color and accent_color
(#rrggbb), support_email.
Returns all settings as they are now. Errors: not_authenticated, session_expired, mfa_required, permission_denied,
invalid_input (details name the setting).
Idempotent: yes.';

create function app.merge_patch(p_target jsonb, p_patch jsonb) returns jsonb
language plpgsql immutable
set search_path = ''
as $$
declare
  v_merged jsonb := case when jsonb_typeof(p_target) = 'object' then p_target else '{}' end;
  v_key text;
  v_value jsonb;
begin
  if jsonb_typeof(p_patch) <> 'object' then
    return p_patch;
  end if;
  for v_key, v_value in select given.key, given.value from jsonb_each(p_patch) as given loop
    v_merged := case
      when v_value = 'null' then v_merged - v_key
      else v_merged || jsonb_build_object(v_key, app.merge_patch(v_merged -> v_key, v_value))
    end;
  end loop;
  return v_merged;
end
$$;

comment on function app.merge_patch(jsonb, jsonb) is
'A JSON document with changes: null removes, objects are merged, all else replaces (RFC 7396).';

revoke all on function app.merge_patch(jsonb, jsonb) from public;
grant execute on function app.merge_patch(jsonb, jsonb) to authenticated, service_role;
revoke all on function public.update_organization_settings(jsonb) from public, anon, authenticated, service_role;
grant execute on function public.update_organization_settings(jsonb) to authenticated;
