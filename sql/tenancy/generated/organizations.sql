-- Compiled from sql/tenancy/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.organizations enable row level security;
alter table public.organizations force row level security;

revoke all on public.organizations from public, anon, authenticated, service_role;
grant select on public.organizations to authenticated;
grant update (
  settings
) on public.organizations to authenticated;
grant select, insert, update, delete on public.organizations to service_role;

create policy floor_organization on public.organizations
as restrictive for all to anon, authenticated
using (
  id = (select app.current_org())
)
with check (
  id = (select app.current_org())
);
comment on policy floor_organization on public.organizations is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization on public.organizations
for select to authenticated
using (
  id = (select app.current_org())
  and deleted_at is null
);
comment on policy select_organization on public.organizations is
'anyone with a valid role in the active organization: every row of the active organization.';

create policy update_organization on public.organizations
for update to authenticated
using (
  id = (select app.current_org())
  and deleted_at is null
  and (select app.has_role('org_owner', 'admin'))
)
with check (
  id = (select app.current_org())
  and deleted_at is null
  and (select app.has_role('org_owner', 'admin'))
);
comment on policy update_organization on public.organizations is
'org_owner, admin: every row of the active organization.';

create trigger _100_stamp
before insert or update on public.organizations
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.organizations
for each row execute function app.audit_row(
  'id', 'id', '', ''
);
