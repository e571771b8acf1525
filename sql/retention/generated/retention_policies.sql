-- Compiled from sql/retention/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.retention_policies enable row level security;
alter table public.retention_policies force row level security;

revoke all on public.retention_policies from public, anon, authenticated, service_role;
grant select on public.retention_policies to authenticated;
grant select, insert, update, delete on public.retention_policies to service_role;

create policy floor_organization on public.retention_policies
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.retention_policies is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization on public.retention_policies
for select to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.has_role('org_owner', 'admin', 'compliance_lead'))
);
comment on policy select_organization on public.retention_policies is
'org_owner, admin, compliance_lead: every row of the active organization.';

create trigger _100_stamp
before insert or update on public.retention_policies
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.retention_policies
for each row execute function app.audit_row(
  'org_id', 'org_id,table_name', '', ''
);
