-- Undoes the_token_hook_may_be_asked.
set local lock_timeout = '30s';

revoke execute on function app.custom_access_token(jsonb) from supabase_auth_admin;
revoke usage on schema app from supabase_auth_admin;
