-- Compiled from sql/residency/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.resident_status_history enable row level security;
alter table public.resident_status_history force row level security;

revoke all on public.resident_status_history from public, anon, authenticated, service_role;
grant select on public.resident_status_history to authenticated;
grant select, insert, update, delete on public.resident_status_history to service_role;

create policy floor_organization on public.resident_status_history
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.resident_status_history is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization_or_sites on public.resident_status_history
for select to authenticated
using (
  org_id = (select app.current_org())
  and (
    org_id = (select app.org_as('org_owner', 'compliance_lead'))
    or (
      (org_id = (select app.org_throughout('manager', 'care_manager', 'case_manager', 'nurse', 'clinician')) and site_id is not null)
      or site_id = any((select app.my_named_sites('manager', 'care_manager', 'case_manager', 'nurse', 'clinician'))::uuid[])
    )
  )
);
comment on policy select_organization_or_sites on public.resident_status_history is
'org_owner, compliance_lead: every row of the active organization; manager, care_manager, case_manager, nurse, clinician: rows of the sites they are assigned to.';

create trigger _100_stamp
before insert or update on public.resident_status_history
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.resident_status_history
for each row execute function app.audit_row(
  'org_id', 'org_id,id', 'former_status,status,changed_at', ''
);
