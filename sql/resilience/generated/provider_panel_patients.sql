-- Compiled from sql/resilience/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.provider_panel_patients enable row level security;
alter table public.provider_panel_patients force row level security;

revoke all on public.provider_panel_patients from public, anon, authenticated, service_role;
grant select on public.provider_panel_patients to authenticated;
grant insert (
  practitioner_id,
  patient_id,
  acuity
) on public.provider_panel_patients to authenticated;
grant update (
  acuity,
  ended_at
) on public.provider_panel_patients to authenticated;
grant select, insert, update, delete on public.provider_panel_patients to service_role;

create policy floor_organization on public.provider_panel_patients
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.provider_panel_patients is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization on public.provider_panel_patients
for select to authenticated
using (
  org_id = (select app.current_org())
  and (select app.has_role('admin', 'manager', 'care_manager', 'case_manager', 'nurse', 'clinician'))
);
comment on policy select_organization on public.provider_panel_patients is
'admin, manager, care_manager, case_manager, nurse, clinician: every row of the active organization.';

create policy insert_organization on public.provider_panel_patients
for insert to authenticated
with check (
  org_id = (select app.current_org())
  and (select app.has_role('care_manager'))
);
comment on policy insert_organization on public.provider_panel_patients is
'care_manager: every row of the active organization.';

create policy update_organization on public.provider_panel_patients
for update to authenticated
using (
  org_id = (select app.current_org())
  and (select app.has_role('care_manager'))
)
with check (
  org_id = (select app.current_org())
  and (select app.has_role('care_manager'))
);
comment on policy update_organization on public.provider_panel_patients is
'care_manager: every row of the active organization.';

create trigger _100_stamp
before insert or update on public.provider_panel_patients
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.provider_panel_patients
for each row execute function app.audit_row(
  'org_id', 'org_id,id', 'patient_id,acuity', ''
);
