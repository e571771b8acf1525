-- Compiled from sql/retention/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.legal_holds enable row level security;
alter table public.legal_holds force row level security;

revoke all on public.legal_holds from public, anon, authenticated, service_role;
grant select on public.legal_holds to authenticated;
grant select, insert, update, delete on public.legal_holds to service_role;

create policy floor_organization on public.legal_holds
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.legal_holds is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization on public.legal_holds
for select to authenticated
using (
  org_id = (select app.current_org())
  and (select app.has_role('org_owner', 'admin', 'compliance_lead'))
);
comment on policy select_organization on public.legal_holds is
'org_owner, admin, compliance_lead: every row of the active organization.';
