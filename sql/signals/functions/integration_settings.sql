-- What each service must be told besides its secret, and nothing else: a key that is not known here may be a secret in
-- the wrong place.
create function app.are_integration_settings_valid(p_kind public.integration_kind, p_settings jsonb) returns boolean
language plpgsql immutable
set search_path = ''
as $$
declare
  v_known constant text[] := case p_kind
    when 'smtp' then '{host,port,security,username,from}'
    when 'resend' then '{from}'
    when 'twilio' then '{account_sid,from}'
    else '{}'
  end;
begin
  if jsonb_typeof(p_settings) is distinct from 'object' or pg_column_size(p_settings) > 2048 then
    return false;
  end if;
  if exists (
    select from jsonb_each(p_settings) as given
    where given.key <> all(v_known) or jsonb_typeof(given.value) not in ('string', 'number')
      or (given.value #>> '{}') ~ '[[:cntrl:]]'
  ) then
    return false;
  end if;
  return case p_kind
    when 'smtp' then
      p_settings ->> 'host' ~ '^[A-Za-z0-9][A-Za-z0-9.:-]{0,252}$'
      and p_settings ->> 'port' ~ '^[0-9]{1,5}$'
      and p_settings ->> 'security' in ('tls', 'starttls', 'none')
      and app.is_email(p_settings ->> 'from')
    when 'resend' then app.is_email(p_settings ->> 'from')
    when 'twilio' then
      p_settings ->> 'account_sid' ~ '^AC[0-9a-f]{32}$'
      and p_settings ->> 'from' ~ '^([+][1-9][0-9]{6,14}|MG[0-9a-f]{32})$'
    else true
  end is true;
end
$$;

comment on function app.are_integration_settings_valid(public.integration_kind, jsonb) is
'Whether a service can be reached with these settings; what is secret is not among them.';

revoke all on function app.are_integration_settings_valid(public.integration_kind, jsonb) from public;
grant execute on function app.are_integration_settings_valid(public.integration_kind, jsonb)
to authenticated, service_role;
