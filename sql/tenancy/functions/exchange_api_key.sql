-- A key for a token of a quarter of an hour. Wrong, unknown, revoked, expired: one answer, after the same work (one
-- hash, one look-up), so that neither text nor time tells which. What is compared is a hash of what was sent, which a
-- caller cannot steer byte by byte.
--
-- Only what succeeds is counted. A refused exchange is undone with its count, and should be: a key's prefix is no
-- secret, and whoever knows it could otherwise keep the key's owner out. Guessing needs no counting: it is 256 bits.
--
-- SECURITY DEFINER because the caller is nobody yet; the key is the authorization.
create function app.exchange_api_key(
  p_key text, out access_token text, out token_type text, out expires_in integer, out expires_at timestamptz
)
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_prefix constant text := coalesce(substring(p_key from '^cb_([0-9a-f]{12})_[0-9a-f]{64}$'), '');
  v_hash constant bytea := app.hash_token(left(coalesce(p_key, ''), 100));
  v_key public.api_keys;
begin
  select keys.* into v_key
  from public.api_keys as keys
  inner join app.api_key_hashes as hashes on hashes.org_id = keys.org_id and hashes.api_key_id = keys.id
  where keys.prefix = v_prefix and hashes.key_hash = v_hash;
  if not exists (select from app.resolve_api_key(v_key.id)) then
    perform app.raise_error(
      'not_authenticated', 'This API key is not valid.',
      p_hint => 'It may have expired or been revoked: ask an administrator of the organization for a new one.'
    );
  end if;
  perform app.limit_rate('exchange_api_key', v_key.prefix, v_key.exchanges_per_minute, interval '1 minute');

  token_type := 'bearer';
  expires_in := least(900, floor(extract(epoch from v_key.expires_at - app.clock())));
  expires_at := date_trunc('second', app.clock()) + make_interval(secs => expires_in);
  access_token := app.sign_jwt(
    jsonb_build_object(
      'iss', 'carebase',
      'aud', 'authenticated',
      'role', 'authenticated',
      'sub', v_key.id,
      'api_key_id', v_key.id,
      'aal', 'aal1',
      'iat', floor(extract(epoch from app.clock()))::bigint,
      'exp', extract(epoch from exchange_api_key.expires_at)::bigint
    )
  );
end
$$;

comment on function app.exchange_api_key(text) is 'What public.exchange_api_key does; the key is the authorization.';

create function public.exchange_api_key(
  p_key text, out access_token text, out token_type text, out expires_in integer, out expires_at timestamptz
)
language sql volatile
set search_path = ''
as $$
  select issued.* from app.exchange_api_key(p_key) as issued
$$;

comment on function public.exchange_api_key(text) is
'Gives an access token for an API key, good for a quarter of an hour at most: send it as Authorization: Bearer. Ask
again before it ends. Each request is checked against the key, so a revoked key ends its tokens with it.
p_key: the key, cb_<prefix>_<secret>, as create_api_key() or rotate_api_key() told it.
expires_in: seconds from now; expires_at: the same as a moment.
Never null: access_token, token_type, expires_in, expires_at.
Errors: not_authenticated (whatever is wrong with the key), rate_limited.';

revoke all on function app.exchange_api_key(text) from public;
grant execute on function app.exchange_api_key(text) to anon, authenticated;
revoke all on function public.exchange_api_key(text) from public, anon, authenticated, service_role;
grant execute on function public.exchange_api_key(text) to anon, authenticated;
