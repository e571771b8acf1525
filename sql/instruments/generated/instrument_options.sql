-- Compiled from sql/instruments/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table app.instrument_options enable row level security;
alter table app.instrument_options force row level security;

revoke all on app.instrument_options from public, anon, authenticated, service_role;
