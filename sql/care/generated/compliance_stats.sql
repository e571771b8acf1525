-- Compiled from sql/care/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.compliance_stats enable row level security;
alter table public.compliance_stats force row level security;

revoke all on public.compliance_stats from public, anon, authenticated, service_role;
grant select on public.compliance_stats to authenticated;
grant select, insert, update, delete on public.compliance_stats to service_role;

create policy floor_organization on public.compliance_stats
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.compliance_stats is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization_or_sites on public.compliance_stats
for select to authenticated
using (
  org_id = (select app.current_org())
  and (
    org_id = (select app.org_as('org_owner', 'compliance_lead'))
    or (
      (org_id = (select app.org_throughout('manager')) and site_id is not null)
      or site_id = any((select app.my_named_sites('manager'))::uuid[])
    )
  )
);
comment on policy select_organization_or_sites on public.compliance_stats is
'org_owner, compliance_lead: every row of the active organization; manager: rows of the sites they are assigned to.';
