-- The one adapter to the vault: what reads a secret is the same text on hosted Supabase and on the local stack.
create function app.secret(p_name text) returns text
language plpgsql stable
set search_path = ''
as $$
declare
  v_secret text;
begin
  select secrets.decrypted_secret into v_secret
  from vault.decrypted_secrets as secrets
  where secrets.name = p_name;
  if coalesce(v_secret, '') = '' then
    raise exception 'The vault has no secret %.', p_name
    using errcode = 'object_not_in_prerequisite_state',
    hint = 'Store it with vault.create_secret(secret, name).';
  end if;
  return v_secret;
end
$$;

comment on function app.secret(text) is 'A secret of this installation, by name, from the vault.';

-- Secrets that nobody outside needs to know are made where they are kept.
create function app.ensure_secret(p_name text) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  if not exists (select from vault.secrets where secrets.name = p_name) then
    perform vault.create_secret(
      encode(extensions.gen_random_bytes(32), 'hex'), p_name, 'Made by carebase. Losing it loses what it protects.'
    );
  end if;
end
$$;

comment on function app.ensure_secret(text) is 'Makes a random secret of 32 bytes under this name unless there is one.';

revoke all on function app.secret(text) from public;
revoke all on function app.ensure_secret(text) from public;
