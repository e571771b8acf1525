-- Compiled from sql/resilience/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table app.anonymity_keys enable row level security;
alter table app.anonymity_keys force row level security;

revoke all on app.anonymity_keys from public, anon, authenticated, service_role;

create policy floor_organization on app.anonymity_keys
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on app.anonymity_keys is
'Whatever else is allowed: only rows of the active organization.';
