-- Compiled from sql/signals/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.notification_templates enable row level security;
alter table public.notification_templates force row level security;

revoke all on public.notification_templates from public, anon, authenticated, service_role;
grant select on public.notification_templates to authenticated;
grant insert (
  template_key,
  channel,
  subject,
  body,
  payload_keys
) on public.notification_templates to authenticated;
grant update (
  subject,
  body,
  payload_keys
) on public.notification_templates to authenticated;
grant select, insert, update, delete on public.notification_templates to service_role;

create policy floor_organization on public.notification_templates
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.notification_templates is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization on public.notification_templates
for select to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.has_role('org_owner', 'admin'))
);
comment on policy select_organization on public.notification_templates is
'org_owner, admin: every row of the active organization.';

create policy insert_organization on public.notification_templates
for insert to authenticated
with check (
  org_id = (select app.current_org())
  and (select app.has_role('org_owner', 'admin'))
);
comment on policy insert_organization on public.notification_templates is
'org_owner, admin: every row of the active organization.';

create policy update_organization on public.notification_templates
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
comment on policy update_organization on public.notification_templates is
'org_owner, admin: every row of the active organization.';

create trigger _100_stamp
before insert or update on public.notification_templates
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.notification_templates
for each row execute function app.audit_row(
  'org_id', 'org_id,id', '', ''
);
