-- Compiled from sql/tenancy/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table app.invitations enable row level security;
alter table app.invitations force row level security;

revoke all on app.invitations from public, anon, authenticated, service_role;

create policy floor_organization on app.invitations
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on app.invitations is
'Whatever else is allowed: only rows of the active organization.';
