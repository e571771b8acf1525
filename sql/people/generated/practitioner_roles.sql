-- Compiled from sql/people/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.practitioner_roles enable row level security;
alter table public.practitioner_roles force row level security;

revoke all on public.practitioner_roles from public, anon, authenticated, service_role;
grant select on public.practitioner_roles to authenticated;
grant select, insert, update, delete on public.practitioner_roles to service_role;

create policy floor_organization on public.practitioner_roles
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.practitioner_roles is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization on public.practitioner_roles
for select to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.is_staff())
);
comment on policy select_organization on public.practitioner_roles is
'anyone who works for the active organization: every row of the active organization.';

create trigger _100_stamp
before insert or update on public.practitioner_roles
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.practitioner_roles
for each row execute function app.audit_row(
  'org_id', 'org_id,id', '', ''
);
