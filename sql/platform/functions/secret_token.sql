-- Secrets that are shown once and kept only as a hash. 256 random bits cannot be guessed or looked up in a table of
-- common ones, so a plain SHA-256 is enough: no salt, no stretching, and the hash can be found by an index.
create function app.make_token() returns text
language sql volatile
set search_path = ''
as $$
  select rtrim(translate(encode(extensions.gen_random_bytes(32), 'base64'), '+/', '-_'), '=')
$$;

comment on function app.make_token() is
'A new secret of 256 random bits: 43 characters that need no escaping in an address (base64url).';

create function app.hash_token(p_token text) returns bytea
language sql immutable strict
set search_path = ''
as $$
  select sha256(convert_to(p_token, 'UTF8'))
$$;

comment on function app.hash_token(text) is
'What is kept of a secret made by app.make_token(): its SHA-256.';

revoke all on function app.make_token() from public;
revoke all on function app.hash_token(text) from public;
