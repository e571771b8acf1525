-- The roles of a Supabase project. Cluster-wide: made once per server, left alone where they exist.
-- Passwords are not set here: whoever runs the server gives them to the roles that may log in.

do $roles$
declare
  v_role record;
begin
  for v_role in
    select r.name, r.attributes
    from (
      values
        -- Owner of everything of ours. Not a superuser, on hosted Supabase neither.
        ('postgres', 'login createdb createrole bypassrls'),
        -- Whom a request runs as, chosen by its token.
        ('anon', 'nologin'),
        ('authenticated', 'nologin'),
        ('service_role', 'nologin bypassrls'),
        -- Whom the REST gateway connects as. Hosted Supabase has noinherit here; the local gateway reads
        -- information_schema for its schema cache and sees there only what it inherits.
        ('authenticator', 'login inherit'),
        -- Owners of the auth and storage schemas.
        ('supabase_auth_admin', 'login noinherit createrole'),
        ('supabase_storage_admin', 'nologin noinherit')
    ) as r (name, attributes)
  loop
    if not exists (select from pg_catalog.pg_roles as p where p.rolname = v_role.name) then
      execute format('create role %I with %s', v_role.name, v_role.attributes);
    end if;
  end loop;
end
$roles$;

grant anon to authenticator;
grant authenticated to authenticator;
grant service_role to authenticator;
grant anon to postgres with admin option;
grant authenticated to postgres with admin option;
grant service_role to postgres with admin option;
grant pg_monitor to postgres with admin option;
grant pg_read_all_data to postgres with admin option;
grant pg_signal_backend to postgres with admin option;
-- Hosted Supabase lets postgres write policies on storage tables through an extension that only it has.
grant supabase_storage_admin to postgres;
-- … and configure PostgREST.
grant authenticator to postgres with admin option;
do $$ begin execute 'grant set on parameter pgrst.db_pre_request to postgres'; end $$;

alter role supabase_admin set search_path = '$user', public, extensions;
alter role postgres set search_path = '$user', public, extensions;
alter role anon set search_path = '$user', public, extensions;
alter role authenticated set search_path = '$user', public, extensions;
alter role service_role set search_path = '$user', public, extensions;
alter role authenticator set search_path = '$user', public, extensions;
alter role supabase_auth_admin set search_path = auth;

alter role anon set statement_timeout = '3s';
alter role authenticated set statement_timeout = '8s';
alter role authenticator set statement_timeout = '8s';
alter role authenticator set lock_timeout = '8s';
alter role supabase_auth_admin set idle_in_transaction_session_timeout = '60s';
