-- the_token_hook_may_be_asked: written by `carebase db diff`. Never edited once it is applied anywhere.

set local lock_timeout = '30s';

revoke all on function app.custom_access_token(jsonb) from public, anon, authenticated, service_role, supabase_auth_admin;
grant all on function app.custom_access_token(jsonb) to supabase_auth_admin;

revoke all on schema app from public, anon, authenticated, service_role, supabase_auth_admin;
grant usage on schema app to anon, authenticated, service_role, supabase_auth_admin;
