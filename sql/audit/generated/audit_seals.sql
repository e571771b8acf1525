-- Compiled from sql/audit/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table app.audit_seals enable row level security;
alter table app.audit_seals force row level security;

revoke all on app.audit_seals from public, anon, authenticated, service_role;

create policy floor_organization on app.audit_seals
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on app.audit_seals is
'Whatever else is allowed: only rows of the active organization.';

create trigger _200_append_only
before update or delete on app.audit_seals
for each row execute function app.refuse_change();

create trigger _200_append_only_truncate
before truncate on app.audit_seals
for each statement execute function app.refuse_change();
