-- Compiled from sql/jobs/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table app.job_slots enable row level security;
alter table app.job_slots force row level security;

revoke all on app.job_slots from public, anon, authenticated, service_role;
