-- Compiled from sql/care/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.medication_stock_counts enable row level security;
alter table public.medication_stock_counts force row level security;

revoke all on public.medication_stock_counts from public, anon, authenticated, service_role;
grant select on public.medication_stock_counts to authenticated;
grant select, insert, update, delete on public.medication_stock_counts to service_role;

create policy floor_organization on public.medication_stock_counts
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.medication_stock_counts is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization_or_sites on public.medication_stock_counts
for select to authenticated
using (
  org_id = (select app.current_org())
  and (
    org_id = (select app.org_as('org_owner', 'compliance_lead'))
    or (
      (org_id = (select app.org_throughout('manager', 'care_manager', 'nurse', 'clinician', 'carer')) and site_id is not null)
      or site_id = any((select app.my_named_sites('manager', 'care_manager', 'nurse', 'clinician', 'carer'))::uuid[])
    )
  )
);
comment on policy select_organization_or_sites on public.medication_stock_counts is
'org_owner, compliance_lead: every row of the active organization; manager, care_manager, nurse, clinician, carer: rows of the sites they are assigned to.';

create trigger _100_stamp
before insert or update on public.medication_stock_counts
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.medication_stock_counts
for each row execute function app.audit_row(
  'org_id', 'org_id,id', 'is_controlled,expected_quantity,counted_quantity,difference,status,counted_at', ''
);
