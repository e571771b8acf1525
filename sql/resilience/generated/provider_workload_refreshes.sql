-- Compiled from sql/resilience/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table app.provider_workload_refreshes enable row level security;
alter table app.provider_workload_refreshes force row level security;

revoke all on app.provider_workload_refreshes from public, anon, authenticated, service_role;
