-- Compiled from sql/signals/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.webhooks enable row level security;
alter table public.webhooks force row level security;

revoke all on public.webhooks from public, anon, authenticated, service_role;
grant select on public.webhooks to authenticated;
grant update (
  description,
  event_types,
  is_active
) on public.webhooks to authenticated;
grant select, insert, update, delete on public.webhooks to service_role;

create policy floor_organization on public.webhooks
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.webhooks is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization on public.webhooks
for select to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.has_role('org_owner', 'admin'))
);
comment on policy select_organization on public.webhooks is
'org_owner, admin: every row of the active organization.';

create policy update_organization on public.webhooks
for update to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.has_role('org_owner', 'admin'))
)
with check (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.has_role('org_owner', 'admin'))
);
comment on policy update_organization on public.webhooks is
'org_owner, admin: every row of the active organization.';

create trigger _100_stamp
before insert or update on public.webhooks
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.webhooks
for each row execute function app.audit_row(
  'org_id', 'org_id,id', '', ''
);
