-- Compiled from sql/resilience/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.shift_reports enable row level security;
alter table public.shift_reports force row level security;

revoke all on public.shift_reports from public, anon, authenticated, service_role;
grant select on public.shift_reports to authenticated;
grant insert (
  shift_date,
  shift,
  patient_count,
  acuity,
  unit_patient_count,
  unit_nurse_count,
  unsafe_reasons,
  site_id
) on public.shift_reports to authenticated;
grant update (
  patient_count,
  acuity,
  unit_patient_count,
  unit_nurse_count,
  unsafe_reasons,
  site_id
) on public.shift_reports to authenticated;
grant select, insert, update, delete on public.shift_reports to service_role;

create policy floor_organization on public.shift_reports
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.shift_reports is
'Whatever else is allowed: only rows of the active organization.';

create policy select_own_or_organization on public.shift_reports
for select to authenticated
using (
  org_id = (select app.current_org())
  and (
    (
      (select app.is_staff())
      and user_id = (select app.my_id())
    )
    or org_id = (select app.org_as('org_owner', 'admin', 'manager', 'care_manager', 'wellness_officer'))
  )
);
comment on policy select_own_or_organization on public.shift_reports is
'anyone who works for the active organization: their own rows; org_owner, admin, manager, care_manager, wellness_officer: every row of the active organization.';

create policy insert_own on public.shift_reports
for insert to authenticated
with check (
  org_id = (select app.current_org())
  and (select app.is_staff())
  and user_id = (select app.my_id())
);
comment on policy insert_own on public.shift_reports is
'anyone who works for the active organization: their own rows.';

create policy update_own on public.shift_reports
for update to authenticated
using (
  org_id = (select app.current_org())
  and (select app.is_staff())
  and user_id = (select app.my_id())
)
with check (
  org_id = (select app.current_org())
  and (select app.is_staff())
  and user_id = (select app.my_id())
);
comment on policy update_own on public.shift_reports is
'anyone who works for the active organization: their own rows.';

create trigger _100_stamp
before insert or update on public.shift_reports
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.shift_reports
for each row execute function app.audit_row(
  'org_id', 'org_id,id', '', ''
);
