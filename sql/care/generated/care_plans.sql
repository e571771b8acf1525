-- Compiled from sql/care/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.care_plans enable row level security;
alter table public.care_plans force row level security;

revoke all on public.care_plans from public, anon, authenticated, service_role;
grant select on public.care_plans to authenticated;
grant select, insert, update, delete on public.care_plans to service_role;

create policy floor_organization on public.care_plans
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.care_plans is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization_or_sites on public.care_plans
for select to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (
    org_id = (select app.org_as('org_owner', 'compliance_lead'))
    or (
      (org_id = (select app.org_throughout('manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer')) and site_id is not null)
      or site_id = any((select app.my_named_sites('manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer'))::uuid[])
    )
  )
);
comment on policy select_organization_or_sites on public.care_plans is
'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician, carer: rows of the sites they are assigned to.';

create trigger _100_stamp
before insert or update on public.care_plans
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.care_plans
for each row execute function app.audit_row(
  'org_id', 'org_id,id', 'plan_type,ended_at', ''
);
