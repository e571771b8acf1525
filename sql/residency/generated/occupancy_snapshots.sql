-- Compiled from sql/residency/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.occupancy_snapshots enable row level security;
alter table public.occupancy_snapshots force row level security;

revoke all on public.occupancy_snapshots from public, anon, authenticated, service_role;
grant select on public.occupancy_snapshots to authenticated;
grant select, insert, update, delete on public.occupancy_snapshots to service_role;

create policy floor_organization on public.occupancy_snapshots
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.occupancy_snapshots is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization_or_sites on public.occupancy_snapshots
for select to authenticated
using (
  org_id = (select app.current_org())
  and (
    org_id = (select app.org_as('org_owner', 'admin', 'compliance_lead'))
    or (
      (org_id = (select app.org_throughout('manager', 'care_manager', 'case_manager')) and site_id is not null)
      or site_id = any((select app.my_named_sites('manager', 'care_manager', 'case_manager'))::uuid[])
    )
  )
);
comment on policy select_organization_or_sites on public.occupancy_snapshots is
'org_owner, admin, compliance_lead: every row of the active organization; manager, care_manager, case_manager: rows of the sites they are assigned to.';
