-- SECURITY DEFINER because nobody writes integrations but by this, and the secret goes into the vault; require_role is
-- the authorization, the active organization the bound.
create function app.set_integration(
  p_kind public.integration_kind, p_name text, p_settings jsonb, p_secret text, p_is_active boolean
) returns uuid
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_id uuid;
begin
  perform app.require_role('org_owner', 'admin');
  perform app.check_input('p_kind', p_kind is not null, 'Say which service.');
  perform app.check_input('p_name', length(trim(p_name)) between 1 and 100, 'The name has 1 to 100 characters.');
  perform app.check_input(
    'p_settings', app.are_integration_settings_valid(p_kind, p_settings), 'These are not the settings of this service.'
  );
  perform app.check_input(
    'p_secret',
    coalesce(
      length(p_secret) between 1 and 2000 and p_secret !~ '[[:cntrl:]]'
      and (p_kind not in ('slack', 'teams') or p_secret ~ '^https://[^@[:space:]]+$'),
      true
    ),
    'The secret has 1 to 2,000 characters; that of Slack or Teams is the webhook''s address.'
  );
  perform app.check_input('p_is_active', p_is_active is not null, 'Say whether it is in use.');

  insert into public.integration_configs as configs (org_id, kind, name, settings, is_active)
  values (app.current_org(), p_kind, trim(p_name), p_settings, p_is_active)
  on conflict (org_id, kind, name) do update set
    settings = excluded.settings, is_active = excluded.is_active, deleted_at = null
  returning configs.id into v_id;
  if p_secret is not null then
    perform app.keep_channel_secret(v_id, p_secret);
  end if;
  return v_id;
end
$$;

comment on function app.set_integration(public.integration_kind, text, jsonb, text, boolean) is
'What public.set_integration does; authorizes for itself.';

create function public.set_integration(
  p_kind public.integration_kind, p_name text, p_settings jsonb default '{}', p_secret text default null,
  p_is_active boolean default true
) returns uuid
language sql volatile
set search_path = ''
as $$
  select app.set_integration(p_kind, p_name, p_settings, p_secret, p_is_active)
$$;

comment on function public.set_integration(public.integration_kind, text, jsonb, text, boolean) is
'Says which service the active organization sends through, or changes what is said; its id. For owners and
administrators. The secret is kept in the vault and never told again.
p_kind: smtp, resend, twilio, slack, teams. p_name: which one of them, 1 to 100 characters.
p_settings: smtp: host, port, security (tls, starttls, none), username, from; resend: from; twilio: account_sid, from;
slack and teams: none.
p_secret: password, API key, auth token, or the address of the chat webhook; null: as it is.
p_is_active: mail and SMS go through the active one that was made first.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, invalid_input.
Idempotent: yes.';

revoke all on function app.set_integration(public.integration_kind, text, jsonb, text, boolean) from public;
grant execute on function app.set_integration(public.integration_kind, text, jsonb, text, boolean) to authenticated;
revoke all on function public.set_integration(public.integration_kind, text, jsonb, text, boolean)
from public, anon, authenticated, service_role;
grant execute on function public.set_integration(public.integration_kind, text, jsonb, text, boolean) to authenticated;
