-- Compiled from sql/care/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table app.medication_plans enable row level security;
alter table app.medication_plans force row level security;

revoke all on app.medication_plans from public, anon, authenticated, service_role;

create policy floor_organization on app.medication_plans
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on app.medication_plans is
'Whatever else is allowed: only rows of the active organization.';
