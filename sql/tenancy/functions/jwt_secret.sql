-- The only place that knows where the secret is: in the vault, under one name, here and on hosted Supabase
-- (docs/hosted.md). Nobody may call this; the functions that sign do, as its owner.
create function app.jwt_secret() returns text
language plpgsql stable
set search_path = ''
as $$
declare
  v_secret text;
begin
  select secrets.decrypted_secret into v_secret
  from vault.decrypted_secrets as secrets
  where secrets.name = 'carebase_jwt_secret';
  if coalesce(v_secret, '') = '' then
    raise exception 'The vault has no secret carebase_jwt_secret.'
    using errcode = 'object_not_in_prerequisite_state',
    hint = 'Store the secret that access tokens are signed with: see docs/hosted.md.';
  end if;
  return v_secret;
end
$$;

comment on function app.jwt_secret() is 'What access tokens are signed with, from the vault.';

-- Where the gateway knows several keys, the token has to say which one it was signed with (RFC 7515, section 4.1.4).
create function app.jwt_key_id() returns text
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select secrets.decrypted_secret
    from vault.decrypted_secrets as secrets
    where secrets.name = 'carebase_jwt_key_id' and secrets.decrypted_secret <> ''
  );
end
$$;

comment on function app.jwt_key_id() is 'The name of that secret among the gateway''s keys; null where it has only one.';

revoke all on function app.jwt_secret() from public;
revoke all on function app.jwt_key_id() from public;
