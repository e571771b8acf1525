-- Compiled from sql/signals/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.notification_queue enable row level security;
alter table public.notification_queue force row level security;

revoke all on public.notification_queue from public, anon, authenticated, service_role;
grant select on public.notification_queue to authenticated;
grant select, insert, update, delete on public.notification_queue to service_role;

create policy floor_organization on public.notification_queue
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.notification_queue is
'Whatever else is allowed: only rows of the active organization.';

create policy select_own_or_organization on public.notification_queue
for select to authenticated
using (
  org_id = (select app.current_org())
  and (
    recipient_id = (select app.my_id())
    or org_id = (select app.org_as('org_owner', 'admin'))
  )
);
comment on policy select_own_or_organization on public.notification_queue is
'anyone with a valid role in the active organization: their own rows; org_owner, admin: every row of the active organization.';
