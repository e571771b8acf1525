-- SECURITY DEFINER because nobody may write keys or their hashes; require_role is the authorization, the active
-- organization the bound.
create function app.create_api_key(
  p_name text, p_scopes public.app_role[], p_expires_in_days integer, p_site_id uuid, p_exchanges_per_minute integer,
  out api_key_id uuid, out api_key text, out prefix text, out expires_at timestamptz
)
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_key public.api_keys;
begin
  perform app.require_role('org_owner', 'admin');
  perform app.check_input('p_name', length(trim(p_name)) between 1 and 100, 'The name has 1 to 100 characters.');
  perform app.check_input(
    'p_scopes',
    cardinality(p_scopes) <= 10 and array_position(p_scopes, null) is null
    and p_scopes <@ '{scheduler,billing,service}'::public.app_role[],
    'A key can be given service, scheduler and billing.'
  );
  perform app.check_input(
    'p_expires_in_days', p_expires_in_days between 1 and 366, 'A key lives from 1 to 366 days.'
  );
  perform app.check_input(
    'p_exchanges_per_minute', p_exchanges_per_minute between 1 and 600, 'The rate is a number from 1 to 600.'
  );
  perform app.check_input(
    'p_site_id', p_site_id is null or not 'billing' = any(p_scopes), 'Billing is for the whole organization.'
  );
  if p_site_id is not null and p_site_id <> all(app.organization_sites()) then
    perform app.raise_error('not_found', 'There is no such site.');
  end if;

  v_key.org_id := app.current_org();
  v_key.name := trim(p_name);
  v_key.roles := array(select distinct unnest(p_scopes || 'service'::public.app_role) order by 1);
  v_key.site_id := p_site_id;
  v_key.exchanges_per_minute := p_exchanges_per_minute;
  v_key.expires_at := app.clock() + make_interval(days => p_expires_in_days);

  select made.api_key_id, made.api_key, made.prefix, made.expires_at
  into create_api_key.api_key_id, create_api_key.api_key, create_api_key.prefix, create_api_key.expires_at
  from app.make_api_key(v_key) as made;
end
$$;

comment on function app.create_api_key(text, public.app_role[], integer, uuid, integer) is
'What public.create_api_key does; authorizes for itself.';

create function public.create_api_key(
  p_name text,
  p_scopes public.app_role[] default '{}',
  p_expires_in_days integer default 90,
  p_site_id uuid default null,
  p_exchanges_per_minute integer default 30,
  out api_key_id uuid,
  out api_key text,
  out prefix text,
  out expires_at timestamptz
)
language sql volatile
set search_path = ''
as $$
  select made.* from app.create_api_key(p_name, p_scopes, p_expires_in_days, p_site_id, p_exchanges_per_minute) as made
$$;

comment on function public.create_api_key(text, public.app_role[], integer, uuid, integer) is
'Makes an API key for another system of the active organization. For owners and administrators. The key (api_key) is
told in this answer and never again; exchange_api_key() gives a token for it.
p_name: what it is for, 1 to 100 characters.
p_scopes: what it may do besides service: scheduler, billing. A key never governs an organization.
p_expires_in_days: 1 to 366.
p_site_id: limit it to this site; not with billing.
p_exchanges_per_minute: how often it can be exchanged, 1 to 600.
Never null: api_key_id, api_key, prefix, expires_at.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, invalid_input, not_found.';

revoke all on function app.create_api_key(text, public.app_role[], integer, uuid, integer) from public;
grant execute on function app.create_api_key(text, public.app_role[], integer, uuid, integer) to authenticated;
revoke all on function public.create_api_key(text, public.app_role[], integer, uuid, integer)
from public, anon, authenticated, service_role;
grant execute on function public.create_api_key(text, public.app_role[], integer, uuid, integer) to authenticated;
