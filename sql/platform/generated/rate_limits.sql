-- Compiled from sql/platform/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table app.rate_limits enable row level security;
alter table app.rate_limits force row level security;

revoke all on app.rate_limits from public, anon, authenticated, service_role;
