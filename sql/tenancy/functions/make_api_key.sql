-- The one place where an API key comes into being, for create and rotate. 256 random bits, told once, kept as a hash.
create function app.make_api_key(
  p_key public.api_keys, out api_key_id uuid, out api_key text, out prefix text, out expires_at timestamptz
)
language plpgsql volatile
set search_path = ''
as $$
begin
  api_key_id := app.uuid_v7();
  prefix := encode(extensions.gen_random_bytes(6), 'hex');
  api_key := 'cb_' || prefix || '_' || encode(extensions.gen_random_bytes(32), 'hex');
  expires_at := p_key.expires_at;

  insert into public.api_keys (
    org_id, id, name, prefix, roles, site_id, exchanges_per_minute, created_at, created_by, expires_at
  )
  values (
    p_key.org_id, api_key_id, p_key.name, make_api_key.prefix, p_key.roles, p_key.site_id,
    p_key.exchanges_per_minute, app.clock(), app.my_id(), p_key.expires_at
  );
  insert into app.api_key_hashes (org_id, api_key_id, key_hash)
  values (p_key.org_id, make_api_key.api_key_id, app.hash_token(api_key));
end
$$;

comment on function app.make_api_key(public.api_keys) is
'Makes a new API key with the name, roles, site, rate and end of this row; the only time that the key is told.';

revoke all on function app.make_api_key(public.api_keys) from public;
