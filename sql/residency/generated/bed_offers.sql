-- Compiled from sql/residency/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.bed_offers enable row level security;
alter table public.bed_offers force row level security;

revoke all on public.bed_offers from public, anon, authenticated, service_role;
grant select on public.bed_offers to authenticated;
grant select, insert, update, delete on public.bed_offers to service_role;

create policy floor_organization on public.bed_offers
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.bed_offers is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization_or_sites on public.bed_offers
for select to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (
    org_id = (select app.org_as('org_owner', 'admin'))
    or (
      (org_id = (select app.org_throughout('manager', 'care_manager')) and site_id is not null)
      or site_id = any((select app.my_named_sites('manager', 'care_manager'))::uuid[])
    )
  )
);
comment on policy select_organization_or_sites on public.bed_offers is
'org_owner, admin: every row of the active organization; manager, care_manager: rows of the sites they are assigned to.';

create trigger _100_stamp
before insert or update on public.bed_offers
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.bed_offers
for each row execute function app.audit_row(
  'org_id', 'org_id,id', '', ''
);
