-- Compiled from sql/resilience/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.provider_rebalance_moves enable row level security;
alter table public.provider_rebalance_moves force row level security;

revoke all on public.provider_rebalance_moves from public, anon, authenticated, service_role;
grant select on public.provider_rebalance_moves to authenticated;
grant select, insert, update, delete on public.provider_rebalance_moves to service_role;

create policy floor_organization on public.provider_rebalance_moves
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.provider_rebalance_moves is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization on public.provider_rebalance_moves
for select to authenticated
using (
  org_id = (select app.current_org())
  and (select app.has_role('admin', 'manager', 'care_manager'))
);
comment on policy select_organization on public.provider_rebalance_moves is
'admin, manager, care_manager: every row of the active organization.';
