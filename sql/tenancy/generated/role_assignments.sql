-- Compiled from sql/tenancy/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.role_assignments enable row level security;
alter table public.role_assignments force row level security;

revoke all on public.role_assignments from public, anon, authenticated, service_role;
grant select on public.role_assignments to authenticated;
grant select, insert, update, delete on public.role_assignments to service_role;

create policy floor_organization on public.role_assignments
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.role_assignments is
'Whatever else is allowed: only rows of the active organization.';

create policy select_own_or_organization on public.role_assignments
for select to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (
    user_id = (select app.my_id())
    or org_id = (select app.org_as('org_owner', 'admin'))
  )
);
comment on policy select_own_or_organization on public.role_assignments is
'anyone with a valid role in the active organization: their own rows; org_owner, admin: every row of the active organization.';

create trigger _100_stamp
before insert or update on public.role_assignments
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.role_assignments
for each row execute function app.audit_row(
  'org_id', 'org_id,id', '', ''
);
