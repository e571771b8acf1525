-- Compiled from sql/people/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.staff_members enable row level security;
alter table public.staff_members force row level security;

revoke all on public.staff_members from public, anon, authenticated, service_role;
grant select on public.staff_members to authenticated;
grant insert (
  user_id,
  job_title,
  employed_during
) on public.staff_members to authenticated;
grant update (
  job_title,
  employed_during
) on public.staff_members to authenticated;
grant select, insert, update, delete on public.staff_members to service_role;

create policy floor_organization on public.staff_members
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.staff_members is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization on public.staff_members
for select to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.is_staff())
);
comment on policy select_organization on public.staff_members is
'anyone who works for the active organization: every row of the active organization.';

create policy insert_organization on public.staff_members
for insert to authenticated
with check (
  org_id = (select app.current_org())
  and (select app.has_role('org_owner', 'admin'))
);
comment on policy insert_organization on public.staff_members is
'org_owner, admin: every row of the active organization.';

create policy update_organization on public.staff_members
for update to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.has_role('org_owner', 'admin'))
)
with check (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.has_role('org_owner', 'admin'))
);
comment on policy update_organization on public.staff_members is
'org_owner, admin: every row of the active organization.';

create trigger _100_stamp
before insert or update on public.staff_members
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.staff_members
for each row execute function app.audit_row(
  'org_id', 'org_id,user_id', '', ''
);
