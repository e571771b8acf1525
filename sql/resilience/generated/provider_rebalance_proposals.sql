-- Compiled from sql/resilience/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.provider_rebalance_proposals enable row level security;
alter table public.provider_rebalance_proposals force row level security;

revoke all on public.provider_rebalance_proposals from public, anon, authenticated, service_role;
grant select on public.provider_rebalance_proposals to authenticated;
grant select, insert, update, delete on public.provider_rebalance_proposals to service_role;

create policy floor_organization on public.provider_rebalance_proposals
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.provider_rebalance_proposals is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization on public.provider_rebalance_proposals
for select to authenticated
using (
  org_id = (select app.current_org())
  and (select app.has_role('admin', 'manager', 'care_manager'))
);
comment on policy select_organization on public.provider_rebalance_proposals is
'admin, manager, care_manager: every row of the active organization.';

create trigger _100_stamp
before insert or update on public.provider_rebalance_proposals
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.provider_rebalance_proposals
for each row execute function app.audit_row(
  'org_id', 'org_id,id', '', ''
);
