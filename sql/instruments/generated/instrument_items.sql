-- Compiled from sql/instruments/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table app.instrument_items enable row level security;
alter table app.instrument_items force row level security;

revoke all on app.instrument_items from public, anon, authenticated, service_role;
