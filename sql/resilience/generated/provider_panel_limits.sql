-- Compiled from sql/resilience/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.provider_panel_limits enable row level security;
alter table public.provider_panel_limits force row level security;

revoke all on public.provider_panel_limits from public, anon, authenticated, service_role;
grant select on public.provider_panel_limits to authenticated;
grant insert (
  practitioner_id,
  max_patients,
  max_acuity_points
) on public.provider_panel_limits to authenticated;
grant update (
  max_patients,
  max_acuity_points
) on public.provider_panel_limits to authenticated;
grant select, insert, update, delete on public.provider_panel_limits to service_role;

create policy floor_organization on public.provider_panel_limits
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.provider_panel_limits is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization on public.provider_panel_limits
for select to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.has_role('admin', 'manager', 'care_manager', 'case_manager', 'nurse', 'clinician'))
);
comment on policy select_organization on public.provider_panel_limits is
'admin, manager, care_manager, case_manager, nurse, clinician: every row of the active organization.';

create policy insert_organization on public.provider_panel_limits
for insert to authenticated
with check (
  org_id = (select app.current_org())
  and (select app.has_role('admin', 'manager', 'care_manager'))
);
comment on policy insert_organization on public.provider_panel_limits is
'admin, manager, care_manager: every row of the active organization.';

create policy update_organization on public.provider_panel_limits
for update to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.has_role('admin', 'manager', 'care_manager'))
)
with check (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.has_role('admin', 'manager', 'care_manager'))
);
comment on policy update_organization on public.provider_panel_limits is
'admin, manager, care_manager: every row of the active organization.';

create trigger _100_stamp
before insert or update on public.provider_panel_limits
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.provider_panel_limits
for each row execute function app.audit_row(
  'org_id', 'org_id,practitioner_id', '', ''
);
