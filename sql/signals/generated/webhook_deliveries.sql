-- Compiled from sql/signals/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.webhook_deliveries enable row level security;
alter table public.webhook_deliveries force row level security;

revoke all on public.webhook_deliveries from public, anon, authenticated, service_role;
grant select on public.webhook_deliveries to authenticated;
grant select, insert, update, delete on public.webhook_deliveries to service_role;

create policy floor_organization on public.webhook_deliveries
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.webhook_deliveries is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization on public.webhook_deliveries
for select to authenticated
using (
  org_id = (select app.current_org())
  and (select app.has_role('org_owner', 'admin'))
);
comment on policy select_organization on public.webhook_deliveries is
'org_owner, admin: every row of the active organization.';
