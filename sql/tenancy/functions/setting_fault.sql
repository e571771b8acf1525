-- What an organization may set, each with its rule: the one place to add a setting. What is not listed is refused, so
-- that a misspelt key is an error and not a rule that silently does not hold.
create function app.setting_fault(p_settings jsonb, out setting text, out rule text)
language plpgsql immutable
set search_path = ''
as $$
declare
  v_value jsonb;
begin
  if jsonb_typeof(p_settings) is distinct from 'object' then
    rule := 'Settings are a JSON object.';
    return;
  end if;
  for setting, v_value in
    select given.key, given.value from jsonb_each(p_settings) as given order by given.key
  loop
    rule := case setting
      when 'session_idle_minutes' then app.integer_fault(v_value, 5, 1440)
      when 'session_hours' then app.integer_fault(v_value, 1, 720)
      when 'mfa_roles' then app.roles_fault(v_value)
      when 'standalone' then case when jsonb_typeof(v_value) <> 'boolean' then 'It is true or false.' end
      when 'branding' then case when jsonb_typeof(v_value) <> 'object' then 'It is a JSON object.' end
      else 'There is no such setting.'
    end;
    if rule is not null then
      return;
    end if;
  end loop;

  for setting, v_value in
    select given.key, given.value from jsonb_each(p_settings -> 'branding') as given order by given.key
  loop
    rule := case
      when setting = 'product_name' then
        app.text_fault(v_value, 80, '^[^[:cntrl:]]+$', 'It has 1 to 80 characters.')
      when setting in ('logo_url', 'support_url') then
        app.text_fault(v_value, 500, '^https://[^[:space:][:cntrl:]"''<>\\]+$', 'It is an address: https://….')
      when setting in ('primary_color', 'accent_color') then
        app.text_fault(v_value, 7, '^#[0-9a-f]{6}$', 'It is a colour such as #1a2b3c.')
      when setting = 'support_email' then
        case when app.is_email(v_value #>> '{}') is not true then 'It is an e-mail address.' end
      else 'There is no such setting.'
    end;
    if rule is not null then
      setting := 'branding.' || setting;
      return;
    end if;
  end loop;
  setting := null;
end
$$;

comment on function app.setting_fault(jsonb) is
'The first setting of an organization that is wrong, and its rule; nulls if all are right.';

create function app.are_settings_valid(p_settings jsonb) returns boolean
language plpgsql immutable
set search_path = ''
as $$
begin
  return (app.setting_fault(p_settings)).rule is null;
end
$$;

comment on function app.are_settings_valid(jsonb) is 'Whether an organization may have these settings.';

create function app.integer_fault(p_value jsonb, p_least integer, p_most integer) returns text
language plpgsql immutable
set search_path = ''
as $$
begin
  if jsonb_typeof(p_value) <> 'number' or p_value::numeric not between p_least and p_most
    or p_value::numeric <> trunc(p_value::numeric) then
    return format('It is a whole number from %s to %s.', p_least, p_most);
  end if;
  return null;
end
$$;

comment on function app.integer_fault(jsonb, integer, integer) is
'The rule, if this is not a whole number within bounds.';

create function app.roles_fault(p_value jsonb) returns text
language plpgsql immutable
set search_path = ''
as $$
begin
  -- Names are compared as text: a cast would end in an error that names no setting.
  if jsonb_typeof(p_value) <> 'array' or jsonb_array_length(p_value) > 50
    or not p_value <@ to_jsonb(enum_range(null::public.app_role)) then
    return 'It is a list of roles.';
  end if;
  return null;
end
$$;

comment on function app.roles_fault(jsonb) is 'The rule, if this is not a list of roles.';

create function app.text_fault(p_value jsonb, p_most integer, p_form text, p_rule text) returns text
language plpgsql immutable
set search_path = ''
as $$
begin
  if jsonb_typeof(p_value) <> 'string' or length(p_value #>> '{}') > p_most or (p_value #>> '{}') !~ p_form then
    return p_rule;
  end if;
  return null;
end
$$;

comment on function app.text_fault(jsonb, integer, text, text) is 'The rule, if this is not a text of that form, at most so long.';

revoke all on function app.setting_fault(jsonb) from public;
revoke all on function app.are_settings_valid(jsonb) from public;
revoke all on function app.integer_fault(jsonb, integer, integer) from public;
revoke all on function app.roles_fault(jsonb) from public;
revoke all on function app.text_fault(jsonb, integer, text, text) from public;
-- A check constraint runs as whoever writes the row.
grant execute on function app.setting_fault(jsonb) to authenticated, service_role;
grant execute on function app.are_settings_valid(jsonb) to authenticated, service_role;
grant execute on function app.integer_fault(jsonb, integer, integer) to authenticated, service_role;
grant execute on function app.roles_fault(jsonb) to authenticated, service_role;
grant execute on function app.text_fault(jsonb, integer, text, text) to authenticated, service_role;
