-- Compiled from sql/care/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.medication_witness_rules enable row level security;
alter table public.medication_witness_rules force row level security;

revoke all on public.medication_witness_rules from public, anon, authenticated, service_role;
grant select on public.medication_witness_rules to authenticated;
grant insert (
  site_id,
  roles,
  course_id,
  is_on_duty
) on public.medication_witness_rules to authenticated;
grant update (
  roles,
  course_id,
  is_on_duty
) on public.medication_witness_rules to authenticated;
grant select, insert, update, delete on public.medication_witness_rules to service_role;

create policy floor_organization on public.medication_witness_rules
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.medication_witness_rules is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization on public.medication_witness_rules
for select to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.is_staff())
);
comment on policy select_organization on public.medication_witness_rules is
'anyone who works for the active organization: every row of the active organization.';

create policy insert_organization on public.medication_witness_rules
for insert to authenticated
with check (
  org_id = (select app.current_org())
  and (select app.has_role('org_owner', 'compliance_lead', 'admin'))
);
comment on policy insert_organization on public.medication_witness_rules is
'org_owner, compliance_lead, admin: every row of the active organization.';

create policy update_organization on public.medication_witness_rules
for update to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.has_role('org_owner', 'compliance_lead', 'admin'))
)
with check (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.has_role('org_owner', 'compliance_lead', 'admin'))
);
comment on policy update_organization on public.medication_witness_rules is
'org_owner, compliance_lead, admin: every row of the active organization.';

create trigger _100_stamp
before insert or update on public.medication_witness_rules
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.medication_witness_rules
for each row execute function app.audit_row(
  'org_id', 'org_id,id', '', ''
);
