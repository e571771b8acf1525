-- Compiled from sql/care/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.shift_swaps enable row level security;
alter table public.shift_swaps force row level security;

revoke all on public.shift_swaps from public, anon, authenticated, service_role;
grant select on public.shift_swaps to authenticated;
grant select, insert, update, delete on public.shift_swaps to service_role;

create policy floor_organization on public.shift_swaps
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.shift_swaps is
'Whatever else is allowed: only rows of the active organization.';

create policy select_own_or_organization_or_sites on public.shift_swaps
for select to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (
    (
      (select app.is_staff())
      and user_id = (select app.my_id())
    )
    or org_id = (select app.org_as('org_owner', 'compliance_lead', 'admin'))
    or (
      (org_id = (select app.org_throughout('manager', 'care_manager')) and site_id is not null)
      or site_id = any((select app.my_named_sites('manager', 'care_manager'))::uuid[])
    )
  )
);
comment on policy select_own_or_organization_or_sites on public.shift_swaps is
'anyone who works for the active organization: their own rows; org_owner, compliance_lead, admin: every row of the active organization; manager, care_manager: rows of the sites they are assigned to.';

create trigger _100_stamp
before insert or update on public.shift_swaps
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.shift_swaps
for each row execute function app.audit_row(
  'org_id', 'org_id,id', '', ''
);
