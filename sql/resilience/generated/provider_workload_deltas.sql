-- Compiled from sql/resilience/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table app.provider_workload_deltas enable row level security;
alter table app.provider_workload_deltas force row level security;

revoke all on app.provider_workload_deltas from public, anon, authenticated, service_role;

create policy floor_organization on app.provider_workload_deltas
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on app.provider_workload_deltas is
'Whatever else is allowed: only rows of the active organization.';
