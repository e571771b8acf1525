-- Compiled from sql/care/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.incident_notifications_of_regulators enable row level security;
alter table public.incident_notifications_of_regulators force row level security;

revoke all on public.incident_notifications_of_regulators from public, anon, authenticated, service_role;
grant select on public.incident_notifications_of_regulators to authenticated;
grant select, insert, update, delete on public.incident_notifications_of_regulators to service_role;

create policy floor_organization on public.incident_notifications_of_regulators
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.incident_notifications_of_regulators is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization_or_sites on public.incident_notifications_of_regulators
for select to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (
    org_id = (select app.org_as('org_owner', 'compliance_lead'))
    or (
      (org_id = (select app.org_throughout('manager')) and site_id is not null)
      or site_id = any((select app.my_named_sites('manager'))::uuid[])
    )
  )
);
comment on policy select_organization_or_sites on public.incident_notifications_of_regulators is
'org_owner, compliance_lead: every row of the active organization; manager: rows of the sites they are assigned to.';

create trigger _100_stamp
before insert or update on public.incident_notifications_of_regulators
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.incident_notifications_of_regulators
for each row execute function app.audit_row(
  'org_id', 'org_id,id', '', ''
);
