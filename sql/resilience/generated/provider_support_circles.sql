-- Compiled from sql/resilience/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.provider_support_circles enable row level security;
alter table public.provider_support_circles force row level security;

revoke all on public.provider_support_circles from public, anon, authenticated, service_role;
grant select on public.provider_support_circles to authenticated;
grant insert (
  name,
  meeting_frequency,
  max_members,
  facilitator_id,
  is_active
) on public.provider_support_circles to authenticated;
grant update (
  name,
  meeting_frequency,
  max_members,
  facilitator_id,
  is_active
) on public.provider_support_circles to authenticated;
grant select, insert, update, delete on public.provider_support_circles to service_role;

create policy floor_organization on public.provider_support_circles
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.provider_support_circles is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization on public.provider_support_circles
for select to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.is_staff())
);
comment on policy select_organization on public.provider_support_circles is
'anyone who works for the active organization: every row of the active organization.';

create policy insert_organization on public.provider_support_circles
for insert to authenticated
with check (
  org_id = (select app.current_org())
  and (select app.has_role('admin', 'care_manager', 'wellness_officer'))
);
comment on policy insert_organization on public.provider_support_circles is
'admin, care_manager, wellness_officer: every row of the active organization.';

create policy update_organization on public.provider_support_circles
for update to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.has_role('admin', 'care_manager', 'wellness_officer'))
)
with check (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.has_role('admin', 'care_manager', 'wellness_officer'))
);
comment on policy update_organization on public.provider_support_circles is
'admin, care_manager, wellness_officer: every row of the active organization.';

create trigger _100_stamp
before insert or update on public.provider_support_circles
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.provider_support_circles
for each row execute function app.audit_row(
  'org_id', 'org_id,id', '', ''
);
