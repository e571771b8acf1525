-- Compiled from sql/tenancy/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table app.session_activity enable row level security;
alter table app.session_activity force row level security;

revoke all on app.session_activity from public, anon, authenticated, service_role;
