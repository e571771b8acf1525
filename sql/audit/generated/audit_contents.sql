-- Compiled from sql/audit/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table app.audit_contents enable row level security;
alter table app.audit_contents force row level security;

revoke all on app.audit_contents from public, anon, authenticated, service_role;

create policy floor_organization on app.audit_contents
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on app.audit_contents is
'Whatever else is allowed: only rows of the active organization.';

create trigger _200_append_only
before update or delete on app.audit_contents
for each row execute function app.refuse_change();

create trigger _200_append_only_truncate
before truncate on app.audit_contents
for each statement execute function app.refuse_change();
