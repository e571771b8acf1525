-- Compiled from sql/residency/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.resident_shares enable row level security;
alter table public.resident_shares force row level security;

revoke all on public.resident_shares from public, anon, authenticated, service_role;
grant select on public.resident_shares to authenticated;
grant select, insert, update, delete on public.resident_shares to service_role;

create policy floor_organization on public.resident_shares
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.resident_shares is
'Whatever else is allowed: only rows of the active organization.';

create policy select_sites_or_organization_or_own on public.resident_shares
for select to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (
    (
      (org_id = (select app.org_throughout('manager', 'care_manager')) and site_id is not null)
      or site_id = any((select app.my_named_sites('manager', 'care_manager'))::uuid[])
    )
    or org_id = (select app.org_as('compliance_lead'))
    or (
      (select app.has_role('family'))
      and user_id = (select app.my_id())
    )
  )
);
comment on policy select_sites_or_organization_or_own on public.resident_shares is
'manager, care_manager: rows of the sites they are assigned to; compliance_lead: every row of the active organization; family: their own rows.';

create trigger _100_stamp
before insert or update on public.resident_shares
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.resident_shares
for each row execute function app.audit_row(
  'org_id', 'org_id,id', '', ''
);
