-- the_token_hook_may_be_asked: grants, which no comparison of ours looks at.
-- What Supabase's own roles are granted is left out when a migration is written, so the auth layer was never given the
-- hook that docs/hosted.md tells to switch on: with it, nobody could have signed in.
set local lock_timeout = '30s';

grant usage on schema app to supabase_auth_admin;
grant execute on function app.custom_access_token(jsonb) to supabase_auth_admin;
