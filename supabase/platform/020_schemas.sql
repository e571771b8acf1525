-- The schemas of a Supabase project and who may look into them.
-- postgres owns the database and with it may create schemas of ours (app, supabase_migrations).

do $owner$
begin
  execute format('alter database %I owner to postgres', current_database());
end
$owner$;

alter schema public owner to postgres;
create schema if not exists extensions authorization postgres;
create schema if not exists auth authorization supabase_auth_admin;
create schema if not exists storage authorization supabase_storage_admin;
create schema if not exists realtime;
create schema if not exists vault;

grant usage on schema public to anon, authenticated, service_role;
grant usage on schema extensions to anon, authenticated, service_role;
grant usage on schema auth to postgres, anon, authenticated, service_role;
grant usage on schema storage to postgres, anon, authenticated, service_role;
grant usage on schema realtime to postgres, anon, authenticated, service_role;

-- Not a choice of ours: hosted Supabase hands everything new in public to the API roles, so that what a
-- migration does not revoke is open. The local database must be as generous, or the tests would prove nothing.
alter default privileges for role postgres in schema public
grant all on tables to anon, authenticated, service_role;
alter default privileges for role postgres in schema public
grant all on sequences to anon, authenticated, service_role;
alter default privileges for role postgres in schema public
grant all on functions to anon, authenticated, service_role;
alter default privileges for role supabase_admin in schema public
grant all on tables to postgres, anon, authenticated, service_role;
alter default privileges for role supabase_admin in schema public
grant all on sequences to postgres, anon, authenticated, service_role;
alter default privileges for role supabase_admin in schema public
grant all on functions to postgres, anon, authenticated, service_role;

comment on schema realtime is
'Empty on the local stack: no broadcast, no realtime.messages. What needs it runs on hosted Supabase only.';
