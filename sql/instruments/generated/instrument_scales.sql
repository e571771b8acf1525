-- Compiled from sql/instruments/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table app.instrument_scales enable row level security;
alter table app.instrument_scales force row level security;

revoke all on app.instrument_scales from public, anon, authenticated, service_role;
