-- Compiled from sql/edits/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table app.claimed_requests enable row level security;
alter table app.claimed_requests force row level security;

revoke all on app.claimed_requests from public, anon, authenticated, service_role;
