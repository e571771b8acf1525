-- Compiled from sql/residency/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.waitlist_entries enable row level security;
alter table public.waitlist_entries force row level security;

revoke all on public.waitlist_entries from public, anon, authenticated, service_role;
grant select on public.waitlist_entries to authenticated;
grant insert (
  enquiry_id,
  site_id,
  priority,
  wanted_from_date
) on public.waitlist_entries to authenticated;
grant update (
  priority,
  wanted_from_date
) on public.waitlist_entries to authenticated;
grant select, insert, update, delete on public.waitlist_entries to service_role;

create policy floor_organization on public.waitlist_entries
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.waitlist_entries is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization_or_sites on public.waitlist_entries
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
comment on policy select_organization_or_sites on public.waitlist_entries is
'org_owner, admin: every row of the active organization; manager, care_manager: rows of the sites they are assigned to.';

create policy insert_sites on public.waitlist_entries
for insert to authenticated
with check (
  org_id = (select app.current_org())
  and site_id = any((select app.my_sites('manager', 'care_manager'))::uuid[])
);
comment on policy insert_sites on public.waitlist_entries is
'manager, care_manager: rows of the sites they are assigned to.';

create policy update_sites on public.waitlist_entries
for update to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and site_id = any((select app.my_sites('manager', 'care_manager'))::uuid[])
)
with check (
  org_id = (select app.current_org())
  and deleted_at is null
  and site_id = any((select app.my_sites('manager', 'care_manager'))::uuid[])
);
comment on policy update_sites on public.waitlist_entries is
'manager, care_manager: rows of the sites they are assigned to.';

create trigger _100_stamp
before insert or update on public.waitlist_entries
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.waitlist_entries
for each row execute function app.audit_row(
  'org_id', 'org_id,id', '', ''
);
