-- `public` is the API: what is in it can be called from outside. `app` is private: helpers, trigger functions
-- and everything SECURITY DEFINER. PostgREST never exposes it; API roles may use only what is granted by name.
create schema app;

comment on schema app is
'Private helpers of the rules in public. Never exposed through the API.';

revoke all on schema app from public;
grant usage on schema app to anon, authenticated, service_role;

-- Hosted Supabase may grant everything new in public to the API roles. Here nothing is granted unless said.
alter default privileges in schema public
revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public
revoke all on sequences from anon, authenticated, service_role;
alter default privileges in schema public
revoke all on functions from anon, authenticated, service_role;
