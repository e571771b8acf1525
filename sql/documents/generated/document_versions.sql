-- Compiled from sql/documents/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.document_versions enable row level security;
alter table public.document_versions force row level security;

revoke all on public.document_versions from public, anon, authenticated, service_role;
grant select on public.document_versions to authenticated;
grant select, insert, update, delete on public.document_versions to service_role;

create policy floor_organization on public.document_versions
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.document_versions is
'Whatever else is allowed: only rows of the active organization.';

create policy select_own_or_sites_or_organization on public.document_versions
for select to authenticated
using (
  org_id = (select app.current_org())
  and (
    (
      (select app.is_staff())
      and user_id = (select app.my_id())
    )
    or (
      (org_id = (select app.org_throughout('manager')) and site_id is not null)
      or site_id = any((select app.my_named_sites('manager'))::uuid[])
    )
    or org_id = (select app.org_as('org_owner', 'compliance_lead'))
  )
);
comment on policy select_own_or_sites_or_organization on public.document_versions is
'anyone who works for the active organization: their own rows; manager: rows of the sites they are assigned to; org_owner, compliance_lead: every row of the active organization.';
