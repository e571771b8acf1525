-- Compiled from sql/signals/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table app.notification_lines enable row level security;
alter table app.notification_lines force row level security;

revoke all on app.notification_lines from public, anon, authenticated, service_role;

create policy floor_organization on app.notification_lines
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on app.notification_lines is
'Whatever else is allowed: only rows of the active organization.';
