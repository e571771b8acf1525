-- Compiled from sql/care/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.staff_availability enable row level security;
alter table public.staff_availability force row level security;

revoke all on public.staff_availability from public, anon, authenticated, service_role;
grant select on public.staff_availability to authenticated;
grant select, insert, update, delete on public.staff_availability to service_role;

create policy floor_organization on public.staff_availability
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.staff_availability is
'Whatever else is allowed: only rows of the active organization.';

create policy select_own on public.staff_availability
for select to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.is_staff())
  and user_id = (select app.my_id())
);
comment on policy select_own on public.staff_availability is
'anyone who works for the active organization: their own rows.';

create trigger _100_stamp
before insert or update on public.staff_availability
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.staff_availability
for each row execute function app.audit_row(
  'org_id', 'org_id,id', '*', 'user_id'
);
