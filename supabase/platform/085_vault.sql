-- Secrets that SQL needs, under the names of Supabase Vault: what reads a secret is the same text here and there.
-- The difference is what is on disk: Vault encrypts with a key that is kept outside the database, and a plain Postgres
-- has no such place. Here a secret is stored as it is, in a data folder that only the server's user can read, beside
-- which the stack keeps the same secret in a file of its own anyway.

do $vault$
begin
  if to_regclass('vault.secrets') is null then
    create table vault.secrets (
      id uuid primary key default gen_random_uuid(),
      name text,
      description text not null default '',
      secret text not null,
      key_id uuid,
      nonce bytea,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    );
    create unique index secrets_name_idx on vault.secrets (name) where name is not null;
    comment on table vault.secrets is 'Secrets by name. Not encrypted on the local stack.';

    create view vault.decrypted_secrets as
    select id, name, description, secret, secret as decrypted_secret, key_id, nonce, created_at, updated_at
    from vault.secrets;
    comment on view vault.decrypted_secrets is 'Secrets, readable: column decrypted_secret.';
  end if;

  if to_regprocedure('vault.create_secret(text, text, text, uuid)') is null then
    create function vault.create_secret(
      new_secret text, new_name text default null, new_description text default '', new_key_id uuid default null
    ) returns uuid
    language sql
    security definer
    set search_path = ''
    as $body$
      insert into vault.secrets (secret, name, description, key_id)
      values (new_secret, new_name, new_description, new_key_id)
      returning id
    $body$;
    comment on function vault.create_secret(text, text, text, uuid) is 'Stores a secret; its id.';
  end if;

  if to_regprocedure('vault.update_secret(uuid, text, text, text, uuid)') is null then
    create function vault.update_secret(
      secret_id uuid,
      new_secret text default null,
      new_name text default null,
      new_description text default null,
      new_key_id uuid default null
    ) returns void
    language sql
    security definer
    set search_path = ''
    as $body$
      update vault.secrets
      set
        secret = coalesce(new_secret, secret),
        name = coalesce(new_name, name),
        description = coalesce(new_description, description),
        key_id = coalesce(new_key_id, key_id),
        updated_at = now()
      where id = secret_id
    $body$;
    comment on function vault.update_secret(uuid, text, text, text, uuid) is
    'Changes a secret; what is null stays as it is.';
  end if;
end
$vault$;

-- As on hosted Supabase, postgres reads and deletes secrets, and stores them through the functions. There service_role
-- may, too; here it may not: nothing of ours needs it, so nothing of ours may come to.
revoke all on all tables in schema vault from public;
revoke all on all functions in schema vault from public;
grant usage on schema vault to postgres with grant option;
grant select, delete on vault.secrets, vault.decrypted_secrets to postgres;
grant execute on all functions in schema vault to postgres;

comment on schema vault is
'Secrets for SQL, under the names of Supabase Vault; on the local stack they are not encrypted.';
