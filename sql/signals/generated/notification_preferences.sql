-- Compiled from sql/signals/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.notification_preferences enable row level security;
alter table public.notification_preferences force row level security;

revoke all on public.notification_preferences from public, anon, authenticated, service_role;
grant select on public.notification_preferences to authenticated;
grant insert (
  muted_channels,
  quiet_from,
  quiet_until,
  quiet_days,
  time_zone,
  prompt_hour
) on public.notification_preferences to authenticated;
grant update (
  muted_channels,
  quiet_from,
  quiet_until,
  quiet_days,
  time_zone,
  prompt_hour
) on public.notification_preferences to authenticated;
grant select, insert, update, delete on public.notification_preferences to service_role;

create policy floor_organization on public.notification_preferences
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.notification_preferences is
'Whatever else is allowed: only rows of the active organization.';

create policy select_own on public.notification_preferences
for select to authenticated
using (
  org_id = (select app.current_org())
  and user_id = (select app.my_id())
);
comment on policy select_own on public.notification_preferences is
'anyone with a valid role in the active organization: their own rows.';

create policy insert_own on public.notification_preferences
for insert to authenticated
with check (
  org_id = (select app.current_org())
  and user_id = (select app.my_id())
);
comment on policy insert_own on public.notification_preferences is
'anyone with a valid role in the active organization: their own rows.';

create policy update_own on public.notification_preferences
for update to authenticated
using (
  org_id = (select app.current_org())
  and user_id = (select app.my_id())
)
with check (
  org_id = (select app.current_org())
  and user_id = (select app.my_id())
);
comment on policy update_own on public.notification_preferences is
'anyone with a valid role in the active organization: their own rows.';

create trigger _100_stamp
before insert or update on public.notification_preferences
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.notification_preferences
for each row execute function app.audit_row(
  'org_id', 'org_id,user_id', '*', 'user_id'
);
