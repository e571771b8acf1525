-- Compiled from sql/signals/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table app.notification_leases enable row level security;
alter table app.notification_leases force row level security;

revoke all on app.notification_leases from public, anon, authenticated, service_role;
