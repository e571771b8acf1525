-- Compiled from sql/tenancy/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.properties enable row level security;
alter table public.properties force row level security;

revoke all on public.properties from public, anon, authenticated, service_role;
grant select on public.properties to authenticated;
grant select, insert, update, delete on public.properties to service_role;

create policy floor_organization on public.properties
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.properties is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization on public.properties
for select to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
);
comment on policy select_organization on public.properties is
'anyone with a valid role in the active organization: every row of the active organization.';

create trigger _100_stamp
before insert or update on public.properties
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.properties
for each row execute function app.audit_row(
  'org_id', 'org_id,id', '', ''
);
