-- Compiled from sql/care/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.quality_audit_actions enable row level security;
alter table public.quality_audit_actions force row level security;

revoke all on public.quality_audit_actions from public, anon, authenticated, service_role;
grant select on public.quality_audit_actions to authenticated;
grant select, insert, update, delete on public.quality_audit_actions to service_role;

create policy floor_organization on public.quality_audit_actions
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.quality_audit_actions is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization_or_sites on public.quality_audit_actions
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
comment on policy select_organization_or_sites on public.quality_audit_actions is
'org_owner, compliance_lead: every row of the active organization; manager: rows of the sites they are assigned to.';

create trigger _100_stamp
before insert or update on public.quality_audit_actions
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.quality_audit_actions
for each row execute function app.audit_row(
  'org_id', 'org_id,id', '', ''
);
