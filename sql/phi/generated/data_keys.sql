-- Compiled from sql/phi/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table app.data_keys enable row level security;
alter table app.data_keys force row level security;

revoke all on app.data_keys from public, anon, authenticated, service_role;
